//! Customer equity and revenue, step by step, with what is not known of each step.

use crate::document::{Block, BridgeStep, Cell, Chart, ChartData, Figure, StepRange, Table};
use crate::inputs::worth::{EquityPart, Found, Growth, GrowthPart, GrowthRate, Step};
use crate::numbers;
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::ground::estimate::{Estimate, Method};
use cx_core::ground::unit::Unit;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    let worth = &editor.inputs.worth;
    let mut blocks = Vec::new();
    if !worth.equity.is_empty() {
        blocks.push(Block::Heading { text: editor.say.equity_heading() });
        blocks.push(Block::Chart(Box::new(equity(editor, &worth.equity))));
    }
    if let Some(growth) = &worth.growth {
        blocks.push(Block::Heading { text: editor.say.growth_heading() });
        blocks.push(Block::Chart(Box::new(revenue(editor, growth))));
        blocks.push(Block::Table(rates(editor, growth)));
    }
    blocks
}

/// True for a level of equity, false for a step.
pub(super) const fn is_equity(part: EquityPart) -> bool {
    matches!(part, EquityPart::Before | EquityPart::After)
}

/// True for a level of revenue, false for a step.
pub(super) const fn is_revenue(part: GrowthPart) -> bool {
    matches!(part, GrowthPart::Before | GrowthPart::After)
}

/// One step ready to be drawn and put into a table.
struct Drawn<'a> {
    label: String,
    found: &'a Found,
    level: bool,
}

impl Drawn<'_> {
    fn figure(&self, editor: &Editor<'_>) -> Figure {
        let estimate = &self.found.estimate;
        let mut own = if self.level { editor.figure(estimate) } else { editor.difference(estimate) };
        if is_bounds(estimate) && !own.interval.is_empty() {
            own.interval = editor.say.range_bounds(&own.interval);
        }
        own
    }

    fn step(&self, editor: &Editor<'_>) -> Option<BridgeStep> {
        let own = self.figure(editor);
        Some(BridgeStep {
            label: self.label.clone(),
            value: own.value?,
            text: own.text.clone(),
            level: self.level,
            range: (own.low.is_some() || own.high.is_some()).then(|| StepRange {
                low: own.low,
                high: own.high,
                text: own.interval.clone(),
                bounds: is_bounds(&self.found.estimate),
            }),
        })
    }
}

/// True where the limits hold whatever the unknown part is.
fn is_bounds(estimate: &Estimate) -> bool {
    estimate.interval.is_some_and(|interval| interval.method == Method::WorstCaseBounds)
}

fn equity(editor: &Editor<'_>, steps: &[Step<EquityPart>]) -> Chart {
    let say = &editor.say;
    let drawn: Vec<Drawn<'_>> = steps
        .iter()
        .map(|s| Drawn { label: editor.equity_part(s.part), found: &s.found, level: is_equity(s.part) })
        .collect();
    let find =
        |part: EquityPart| steps.iter().position(|s| s.part == part).map(|at| drawn[at].figure(editor));
    let given = |part: EquityPart| find(part).filter(|figure| figure.value.is_some());
    let summary = match (
        given(EquityPart::Before),
        given(EquityPart::Lost),
        given(EquityPart::New),
        given(EquityPart::After),
    ) {
        (Some(before), Some(lost), Some(new), Some(after)) => {
            let evidence = editor.bracketed(&after);
            say.equity_summary(&after.text, &evidence, &before.text, &lost.text, &new.text)
        }
        (_, _, _, Some(after)) => say.equity_summary_short(&after.text, &editor.bracketed(&after)),
        _ => String::new(),
    };
    Chart {
        id: "equity".to_owned(),
        title: say.equity_title(),
        summary,
        note: say.equity_note(&capital(&editor.terms(&editor.inputs.worth.terms)), &editor.freshness()),
        table: table(editor, "equity-table", say.equity_table(), &drawn),
        data: data(editor, &drawn),
    }
}

fn revenue(editor: &Editor<'_>, growth: &Growth) -> Chart {
    let say = &editor.say;
    let drawn: Vec<Drawn<'_>> = growth
        .steps
        .iter()
        .map(|s| Drawn { label: editor.growth_part(s.part), found: &s.found, level: is_revenue(s.part) })
        .collect();
    let rate = |part: GrowthRate| {
        let found = growth.rates.iter().find(|rate| rate.part == part)?;
        Some(rate_figure(editor, &found.found)).filter(|figure| figure.value.is_some())
    };
    let summary = match (rate(GrowthRate::Earned), rate(GrowthRate::Bought), rate(GrowthRate::Total)) {
        (Some(earned), Some(bought), Some(total)) => {
            say.growth_summary(&earned.text, &editor.bracketed(&earned), &bought.text, &total.text)
        }
        _ => say.growth_summary_short(),
    };
    Chart {
        id: "growth".to_owned(),
        title: say.growth_title(),
        summary,
        note: say.growth_note(&editor.freshness()),
        table: table(editor, "growth-table", say.growth_table(), &drawn),
        data: data(editor, &drawn),
    }
}

fn data(editor: &Editor<'_>, drawn: &[Drawn<'_>]) -> ChartData {
    let unit = drawn.first().map_or(Unit::Money, |one| one.found.estimate.unit);
    ChartData::Bridge {
        steps: drawn.iter().filter_map(|one| one.step(editor)).collect(),
        format: numbers::format(unit),
    }
}

fn table(editor: &Editor<'_>, id: &str, title: String, drawn: &[Drawn<'_>]) -> Table {
    let say = &editor.say;
    let row = |one: &Drawn<'_>| -> Vec<Cell> {
        let own = one.figure(editor);
        let n = text(own.n.clone());
        vec![text(one.label.clone()), figure(own, &one.found.id), n]
    };
    Table {
        id: id.to_owned(),
        title,
        columns: vec![
            text_column(say.step_column()),
            number_column(say.column_value()),
            number_column(say.column_n()),
        ],
        rows: drawn.iter().map(row).collect(),
        note: String::new(),
        folded: false,
    }
}

/// A rate of growth; bounds are called by their name.
fn rate_figure(editor: &Editor<'_>, found: &Found) -> Figure {
    Drawn { label: String::new(), found, level: true }.figure(editor)
}

fn rates(editor: &Editor<'_>, growth: &Growth) -> Table {
    let say = &editor.say;
    let rows = growth
        .rates
        .iter()
        .map(|rate| {
            let own = rate_figure(editor, &rate.found);
            vec![text(editor.growth_rate(rate.part)), figure(own, &rate.found.id)]
        })
        .collect();
    Table {
        id: "growth-rates".to_owned(),
        title: say.growth_rates(),
        columns: vec![text_column(say.column_metric()), number_column(say.column_value())],
        rows,
        note: String::new(),
        folded: false,
    }
}
