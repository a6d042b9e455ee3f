//! The model of value against what happened after the days it was fitted to.

use crate::document::{Block, Cell, Chart, ChartData, Table};
use crate::inputs::worth::{Backtest, BacktestPoint, BacktestVerdict};
use crate::numbers::{self, Kind, count};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use cx_core::findings::PeriodName;
use cx_core::ground::unit::Unit;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    match &editor.inputs.worth.backtest {
        Some(backtest) if !backtest.points.is_empty() => vec![
            Block::Heading { text: editor.say.backtest_heading() },
            Block::Chart(Box::new(chart(editor, backtest))),
            Block::Table(measures(editor, backtest)),
        ],
        _ => Vec::new(),
    }
}

/// The unit of what is forecast.
fn unit(backtest: &Backtest) -> Unit {
    backtest.points.iter().find_map(|p| p.model.as_ref()).map_or(Unit::Count, |estimate| estimate.unit)
}

fn chart(editor: &Editor<'_>, backtest: &Backtest) -> Chart {
    let say = &editor.say;
    let unit = unit(backtest);
    let fitted = PeriodName { label: backtest.fitted.clone(), first: None, last: None, partial: false };
    Chart {
        id: "backtest".to_owned(),
        title: say.backtest_title(&editor.model(backtest.model)),
        summary: verdict(editor, backtest),
        note: say.backtest_note(&editor.period(&fitted), &editor.level(), &editor.freshness()),
        table: table(editor, backtest),
        data: ChartData::Backtest {
            points: backtest
                .points
                .iter()
                .map(|p| crate::document::BacktestPoint {
                    label: p.period.clone(),
                    actual: p.actual.map(|x| editor.mark(x, unit)),
                    model: p.model.as_ref().map(|estimate| editor.figure(estimate)),
                    baseline: p.baseline.map(|x| editor.mark(x, unit)),
                })
                .collect(),
            fitted: backtest.fitted.clone(),
            model: editor.model(backtest.model),
            baseline: editor.model(backtest.baseline),
            format: numbers::format(unit),
        },
    }
}

/// Which of the two errs less, and how often the truth lay inside the interval.
pub(super) fn verdict(editor: &Editor<'_>, backtest: &Backtest) -> String {
    let say = &editor.say;
    let error = editor.figure(&backtest.error.estimate);
    if let Some(why) = &error.absent {
        return why.clone();
    }
    let n = count(backtest.error.estimate.size.n);
    let (model, baseline) = (editor.model(backtest.model), editor.model(backtest.baseline));
    let baseline_error = or_absent(editor.figure(&backtest.baseline_error));
    let coverage = or_absent(editor.figure(&backtest.coverage));
    let (evidence, level) = (editor.bracketed(&error), editor.level());
    match backtest.verdict {
        BacktestVerdict::Model => say.backtest_model_used(
            &n,
            &model,
            &error.text,
            &evidence,
            &baseline,
            &baseline_error,
            &coverage,
            &level,
        ),
        BacktestVerdict::Baseline => say.backtest_baseline_used(
            &n,
            &model,
            &error.text,
            &evidence,
            &baseline,
            &baseline_error,
            &coverage,
            &level,
        ),
        BacktestVerdict::Tie => say.backtest_tie(
            &n,
            &model,
            &error.text,
            &evidence,
            &baseline,
            &baseline_error,
            &coverage,
            &level,
        ),
    }
}

fn or_absent(figure: crate::document::Figure) -> String {
    figure.absent.unwrap_or(figure.text)
}

fn table(editor: &Editor<'_>, backtest: &Backtest) -> Table {
    let say = &editor.say;
    let unit = unit(backtest);
    let value = |x: Option<f64>| -> Cell {
        x.map_or_else(|| text("–"), |x| figure(editor.bare(x, unit, Kind::Level), ""))
    };
    let row = |p: &BacktestPoint| -> Vec<Cell> {
        let period = PeriodName { label: p.period.clone(), first: None, last: None, partial: false };
        let model = p.model.as_ref().map_or_else(|| text("–"), |m| figure(editor.figure(m), ""));
        vec![text(editor.period(&period)), value(p.actual), model, value(p.baseline)]
    };
    Table {
        id: "backtest-table".to_owned(),
        title: say.backtest_table(),
        columns: vec![
            text_column(say.backtest_period()),
            number_column(say.backtest_actual()),
            number_column(editor.model(backtest.model)),
            number_column(editor.model(backtest.baseline)),
        ],
        rows: backtest.points.iter().map(row).collect(),
        note: String::new(),
        folded: false,
    }
}

fn measures(editor: &Editor<'_>, backtest: &Backtest) -> Table {
    let say = &editor.say;
    let error = |name: &str| say.backtest_error(name);
    let own = |estimate, id: &str| figure(editor.figure(estimate), id);
    Table {
        id: "backtest-measures".to_owned(),
        title: say.backtest_measures(),
        columns: vec![text_column(say.backtest_measure()), number_column(say.column_value())],
        rows: vec![
            vec![
                text(error(&editor.model(backtest.model))),
                own(&backtest.error.estimate, &backtest.error.id),
            ],
            vec![text(error(&editor.model(backtest.baseline))), own(&backtest.baseline_error, "")],
            vec![text(say.backtest_coverage()), own(&backtest.coverage, "")],
        ],
        note: String::new(),
        folded: false,
    }
}
