//! What could be chosen, how sure that is, and what other budgets would bring.

use super::part::name;
use crate::document::{Amount, Cell, Chart, ChartData, Table};
use crate::numbers::{self, Kind, chance, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use cx_core::findings::{ChoiceFound, PlanReport, PortfolioFound};
use cx_core::ground::unit::Unit;

/// Share of draws in which each is in the best set, the chosen first; none where nothing is ever in it.
pub(super) fn chart(editor: &Editor<'_>, plan: &PlanReport, portfolio: &PortfolioFound) -> Option<Chart> {
    let say = &editor.say;
    let mut all: Vec<&ChoiceFound> = portfolio.choices.iter().collect();
    all.sort_by(|a, b| b.chosen.cmp(&a.chosen).then(b.frequency.total_cmp(&a.frequency)));
    let most =
        all.iter().max_by(|a, b| a.frequency.total_cmp(&b.frequency)).filter(|one| one.frequency > 0.0)?;
    let choice = |one: &ChoiceFound| if one.chosen { say.choice_do() } else { say.choice_leave() };
    let row = |one: &&ChoiceFound| -> Vec<Cell> {
        let money = |x: f64| figure(editor.bare(x, Unit::Money, Kind::Level), "");
        let own = plan.candidates.iter().find(|c| c.id == one.id).and_then(|c| c.money.as_ref().ok());
        vec![
            text(name(plan, &one.id)),
            text(choice(one)),
            own.map_or_else(
                || text("–"),
                |found| figure(editor.figure(&found.npv), &format!("plan/{}/npv", one.id)),
            ),
            money(one.net),
            money(one.cost),
            text(percent(one.frequency)),
            one.last_in.map_or_else(|| text("–"), money),
        ]
    };
    Some(Chart {
        id: "choice".to_owned(),
        title: say.frequency_title(),
        summary: say.frequency_summary(&name(plan, &most.id), &percent(most.frequency)),
        note: say.frequency_note(&editor.freshness()),
        table: Table {
            id: "choice-table".to_owned(),
            title: say.frequency_table(),
            columns: vec![
                text_column(say.column_initiative()),
                text_column(say.column_choice()),
                number_column(say.column_worth_interval()),
                number_column(say.column_expected_worth()),
                number_column(say.column_cost()),
                number_column(say.column_frequency()),
                number_column(say.column_last_in()),
            ],
            rows: all.iter().map(row).collect(),
            note: String::new(),
            folded: false,
        },
        data: ChartData::Amounts {
            bars: all
                .iter()
                .map(|one| Amount {
                    label: name(plan, &one.id),
                    group: choice(one),
                    mark: editor.mark(one.frequency, Unit::Share),
                })
                .collect(),
            format: numbers::format(Unit::Share),
        },
    })
}

/// The best sets at other budgets.
pub(super) fn frontier(editor: &Editor<'_>, plan: &PlanReport, portfolio: &PortfolioFound) -> Table {
    let say = &editor.say;
    let money = |x: f64| figure(editor.bare(x, Unit::Money, Kind::Level), "");
    let rows = portfolio.frontier.iter().map(|point| -> Vec<Cell> {
        if point.chosen.is_empty() {
            let dash = || text("–");
            return vec![money(point.budget), text(say.frontier_nothing()), dash(), dash(), dash(), dash()];
        }
        vec![
            money(point.budget),
            text(editor.list(point.chosen.iter().map(|id| name(plan, id)))),
            money(point.spent),
            money(point.mean),
            text(chance(point.pays)),
            money(point.shortfall),
        ]
    });
    Table {
        id: "frontier".to_owned(),
        title: say.frontier_table(),
        columns: vec![
            number_column(say.column_budget()),
            text_column(say.column_do()),
            number_column(say.column_cost()),
            number_column(say.column_expected_worth()),
            number_column(say.column_pays()),
            number_column(say.column_worst()),
        ],
        rows: rows.collect(),
        note: say.frontier_note(),
        folded: false,
    }
}
