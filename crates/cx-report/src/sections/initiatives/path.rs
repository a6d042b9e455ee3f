//! Effects by time since the start: before it there can be none.

use crate::document::{Cell, Chart, ChartData, EventPoint, Table};
use crate::numbers;
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use cx_core::findings::{InitiativeFound, PathPoint};
use cx_core::ground::estimate::{Estimate, Interval, Method, Size};
use cx_core::ground::unit::Unit;

/// None where the design follows no units over time.
pub(super) fn chart(editor: &Editor<'_>, at: usize, one: &InitiativeFound) -> Option<Chart> {
    let say = &editor.say;
    let outcome = one.outcomes.iter().find(|outcome| outcome.priced).or_else(|| one.outcomes.first())?;
    if one.path.is_empty() {
        return None;
    }
    let points: Vec<EventPoint> = one.path.iter().map(|point| drawn(editor, point, outcome.unit)).collect();
    let before = one.path.iter().filter(|point| point.month < 0);
    let apart =
        |point: &&PathPoint| point.low.zip(point.high).is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    let (before, unlike) = (before.clone().count() as u64, before.filter(apart).count() as u64);
    // A mixture or a line carried on has no band: its gaps before the start show how near it comes.
    let banded = one.path.iter().any(|point| point.low.is_some() || point.high.is_some());
    let checks = editor.list(one.checks.iter().map(|check| say.check_said(&check.name, &check.says)));
    Some(Chart {
        id: format!("path-{at}"),
        title: say.path_title(&outcome.name, &one.name),
        summary: if banded { say.path_summary(unlike, before) } else { say.path_gaps() },
        note: if banded {
            say.path_note(&editor.level(), &checks, &editor.freshness())
        } else {
            say.path_gaps_note(&checks, &editor.freshness())
        },
        table: table(editor, at, one, &points),
        data: ChartData::EventStudy { points, axis: say.path_axis(), format: numbers::format(outcome.unit) },
    })
}

fn drawn(editor: &Editor<'_>, point: &PathPoint, unit: Unit) -> EventPoint {
    let limits = (point.low.is_some() || point.high.is_some()).then_some(Interval {
        low: point.low,
        high: point.high,
        level: editor.inputs.level,
        method: Method::SimultaneousBands,
    });
    let estimate = Estimate::new(point.value, limits, unit, Size::default());
    EventPoint { at: point.month, figure: editor.difference(&estimate) }
}

fn table(editor: &Editor<'_>, at: usize, one: &InitiativeFound, points: &[EventPoint]) -> Table {
    let say = &editor.say;
    let row = |point: &EventPoint| -> Vec<Cell> {
        vec![text(point.at.to_string().replace('-', "−")), figure(point.figure.clone(), "")]
    };
    Table {
        id: format!("path-{at}-table"),
        title: say.path_table(&one.name),
        columns: vec![text_column(say.path_axis_column()), number_column(say.column_effect())],
        rows: points.iter().map(row).collect(),
        note: String::new(),
        folded: false,
    }
}
