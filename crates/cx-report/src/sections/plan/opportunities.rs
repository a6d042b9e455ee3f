//! What moving a figure of the base would be worth, before any cost.

use super::part::months;
use crate::document::{Cell, Chart, ChartData, ForestGroup, Table, Way};
use crate::numbers::{self, Kind};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::findings::{Opportunity, PlanReport};
use cx_core::ground::unit::Unit;

/// None where no figure of the base can be priced.
pub(super) fn chart(editor: &Editor<'_>, plan: &PlanReport) -> Option<Chart> {
    let say = &editor.say;
    let priced: Vec<&Opportunity> =
        plan.opportunities.iter().filter(|one| one.worth.value.is_some()).collect();
    let most = priced.first()?;
    let group = |one: &&Opportunity| ForestGroup {
        finding: id(one),
        label: label(editor, plan, one),
        figure: editor.figure(&one.worth),
        shrunk: None,
        differs: false,
    };
    Some(Chart {
        id: "opportunities".to_owned(),
        title: say.opportunities_title(),
        summary: say.opportunities_summary(
            &label(editor, plan, most),
            &editor.figure(&most.worth).text,
            &months(editor, plan),
        ),
        note: say.opportunities_note(&editor.freshness()),
        table: Table {
            id: "opportunities-table".to_owned(),
            title: say.opportunities_table(),
            columns: vec![text_column(say.column_change()), number_column(say.column_expected_worth())],
            rows: priced.iter().map(|one| row(editor, plan, one)).collect(),
            note: String::new(),
            folded: false,
        },
        data: ChartData::Forest {
            groups: priced.iter().map(group).collect(),
            overall: None,
            format: numbers::format(Unit::Money),
            direction: Way::None,
        },
    })
}

fn row(editor: &Editor<'_>, plan: &PlanReport, one: &Opportunity) -> Vec<Cell> {
    vec![text(label(editor, plan, one)), figure(editor.figure(&one.worth), &id(one))]
}

fn id(one: &Opportunity) -> String {
    format!("plan/opportunity/{}", one.change.key)
}

/// The figure by its name, and by how much it moves.
fn label(editor: &Editor<'_>, plan: &PlanReport, one: &Opportunity) -> String {
    let base = plan.base.iter().find(|base| base.key == one.change.key);
    let name = base.map_or_else(|| one.change.key.clone(), |base| base.name.clone());
    let by = editor.bare(one.change.by[1], Unit::Share, Kind::Relative).text;
    editor.say.opportunity_label(&capital(&name), &by)
}
