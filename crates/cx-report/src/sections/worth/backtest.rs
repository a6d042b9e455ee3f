//! Forecasts of days that were held back, beside what happened.

use crate::document::{BacktestPoint, Block, Cell, Chart, ChartData, Table};
use crate::inputs::worth::{self, Backtest, Forecast};
use crate::numbers::{self, Kind, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::{capital, sentence};
use cx_core::findings::PeriodName;
use cx_core::ground::unit::Unit;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    match &editor.inputs.worth.backtest {
        Some(backtest) if !backtest.points.is_empty() => vec![
            Block::Heading { text: editor.say.backtest_heading() },
            Block::Chart(Box::new(chart(editor, backtest))),
            Block::Table(forecasts(editor, backtest)),
        ],
        _ => Vec::new(),
    }
}

/// The unit of what is forecast.
fn unit(backtest: &Backtest) -> Unit {
    backtest.points.iter().find_map(|p| p.model.as_ref()).map_or(Unit::Count, |estimate| estimate.unit)
}

/// A stretch by its name or its first day.
fn when(editor: &Editor<'_>, label: &str) -> String {
    editor.period(&PeriodName { label: label.to_owned(), first: None, last: None, partial: false })
}

fn chart(editor: &Editor<'_>, backtest: &Backtest) -> Chart {
    let say = &editor.say;
    let unit = unit(backtest);
    Chart {
        id: "backtest".to_owned(),
        title: capital(&say.backtest_title(&backtest.chosen)),
        summary: summary(editor, backtest),
        note: say.backtest_note(
            &backtest.what,
            &when(editor, &backtest.fitted),
            &editor.level(),
            &editor.freshness(),
        ),
        table: table(editor, backtest),
        data: ChartData::Backtest {
            points: backtest
                .points
                .iter()
                .map(|p| BacktestPoint {
                    label: p.label.clone(),
                    actual: p.actual.map(|x| editor.mark(x, unit)),
                    model: p.model.as_ref().map(|estimate| editor.figure(estimate)),
                    baseline: p.baseline.map(|x| editor.mark(x, unit)),
                })
                .collect(),
            fitted: backtest.fitted.clone(),
            model: backtest.chosen.clone(),
            baseline: backtest.baseline.clone(),
            format: numbers::format(unit),
        },
    }
}

/// A signed error in percent.
fn error(editor: &Editor<'_>, forecast: &Forecast) -> String {
    let sign = if forecast.error < 0.0 { "−" } else { "+" };
    let text = editor.numbers.level(forecast.error.abs(), Unit::Share);
    format!("{sign}{text}")
}

/// What the chosen model foretold, what happened, and how the simple forecast did.
fn summary(editor: &Editor<'_>, backtest: &Backtest) -> String {
    let say = &editor.say;
    let find = |name: &str| backtest.forecasts.iter().find(|forecast| forecast.name == name);
    let (Some(chosen), Some(baseline)) = (find(&backtest.chosen), find(&backtest.baseline)) else {
        return sentence(&backtest.why);
    };
    let total = editor.figure(&chosen.total);
    if let Some(why) = total.absent {
        return why;
    }
    let covers = match chosen.covers {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    };
    let actual = editor.bare(backtest.actual, chosen.total.unit, Kind::Level).text;
    let evidence = editor.bracketed(&total);
    [
        say.backtest_foretold(
            &backtest.chosen,
            &total.text,
            &evidence,
            &backtest.what,
            &actual,
            &error(editor, chosen),
        ),
        say.backtest_inside(covers),
        capital(&say.backtest_other(&backtest.baseline, &error(editor, baseline))),
        sentence(&backtest.why),
    ]
    .join(" ")
}

fn table(editor: &Editor<'_>, backtest: &Backtest) -> Table {
    let say = &editor.say;
    let unit = unit(backtest);
    let value = |x: Option<f64>| -> Cell {
        x.map_or_else(|| text("–"), |x| figure(editor.bare(x, unit, Kind::Level), ""))
    };
    let row = |p: &worth::BacktestPoint| -> Vec<Cell> {
        let model = p.model.as_ref().map_or_else(|| text("–"), |m| figure(editor.figure(m), ""));
        vec![text(when(editor, &p.label)), value(p.actual), model, value(p.baseline)]
    };
    Table {
        id: "backtest-table".to_owned(),
        title: say.backtest_table(),
        columns: vec![
            text_column(say.backtest_period()),
            number_column(say.backtest_actual()),
            number_column(backtest.chosen.clone()),
            number_column(backtest.baseline.clone()),
        ],
        rows: backtest.points.iter().map(row).collect(),
        note: String::new(),
        folded: false,
    }
}

/// Every forecast of the days held back, the simplest first.
fn forecasts(editor: &Editor<'_>, backtest: &Backtest) -> Table {
    let say = &editor.say;
    let covers = |covers: Option<bool>| match covers {
        Some(true) => say.backtest_yes(),
        Some(false) => say.backtest_no(),
        None => "–".to_owned(),
    };
    let rows = backtest
        .forecasts
        .iter()
        .map(|forecast| {
            vec![
                text(forecast.name.clone()),
                figure(editor.figure(&forecast.total), ""),
                text(error(editor, forecast)),
                text(percent(forecast.by_stretch)),
                text(covers(forecast.covers)),
            ]
        })
        .collect();
    Table {
        id: "backtest-forecasts".to_owned(),
        title: say.backtest_forecasts(),
        columns: vec![
            text_column(say.backtest_forecast()),
            number_column(say.backtest_total()),
            number_column(say.backtest_error()),
            number_column(say.backtest_by_stretch()),
            text_column(say.backtest_covers()),
        ],
        rows,
        note: String::new(),
        folded: false,
    }
}
