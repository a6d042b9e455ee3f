//! What a test by lot would find, before money is spent.

use crate::document::{Cell, Table};
use crate::numbers::{Kind, chance, count};
use crate::sections::cells::{number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::findings::{CandidateFound, PlanReport, TestFound};
use cx_core::ground::unit::Unit;

/// None where nothing that is planned can be tested.
pub(super) fn table(editor: &Editor<'_>, plan: &PlanReport) -> Option<Table> {
    let say = &editor.say;
    let tests = || plan.candidates.iter().flat_map(|one| one.tests.iter().map(move |test| (one, test)));
    let (_, first) = tests().next()?;
    Some(Table {
        id: "tests-before".to_owned(),
        title: say.tests_table(),
        columns: vec![
            text_column(say.column_initiative()),
            text_column(say.column_change_of()),
            number_column(say.column_arm()),
            number_column(say.column_comes()),
            number_column(say.column_just_pays()),
            number_column(say.column_smallest()),
            number_column(say.column_power()),
            number_column(say.column_arm_needed()),
        ],
        rows: tests().map(|(one, test)| row(editor, plan, one, test)).collect(),
        note: say.tests_note(&editor.months(f64::from(first.months))),
        folded: false,
    })
}

fn row(editor: &Editor<'_>, plan: &PlanReport, one: &CandidateFound, test: &TestFound) -> Vec<Cell> {
    let by = |x: f64| {
        let (unit, kind) = match test.change.sort.as_str() {
            "relative" => (Unit::Share, Kind::Relative),
            "points" => (Unit::Share, Kind::Difference),
            _ => (test.change.unit, Kind::Difference),
        };
        text(editor.bare(x, unit, kind).text)
    };
    let people = |x: f64| text(count(x.round() as u64));
    let dash = || text("–");
    let base = plan.base.iter().find(|base| base.key == test.change.key);
    let what = base.map_or_else(|| test.change.key.clone(), |base| base.name.clone());
    vec![
        text(one.name.clone()),
        text(capital(&what)),
        people(test.per_arm),
        by(test.expected),
        test.even.map_or_else(dash, by),
        test.detectable.map_or_else(|| text(editor.say.tests_none()), by),
        test.power.map_or_else(dash, |power| text(chance(power))),
        test.needed_per_arm.map_or_else(dash, people),
    ]
}
