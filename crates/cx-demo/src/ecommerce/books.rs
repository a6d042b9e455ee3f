//! What the company spends, plans and tries: costs, the plan, initiatives,
//! their assignments, what else happened, and the study of importance.

use super::people::{Person, number};
use super::survey::QUESTIONS;
use super::world::{AS_OF, PRICE_RISE, PROGRAMME, START, World};
use crate::calendar::Day;
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::{Sheet, money};
use serde::Serialize;
use std::collections::BTreeMap;

/// Monthly costs: account, kind, whom marketing speaks to, paid media, euro cents per customer on file.
const ACCOUNTS: [(&str, &str, &str, &str, f64); 9] = [
    ("Search ads", "marketing", "new", "yes", 78.0),
    ("Social ads", "marketing", "new", "yes", 41.0),
    ("Newsletter", "marketing", "existing", "no", 19.0),
    ("Brand", "marketing", "all", "no", 33.0),
    ("Sales desk", "sales", "", "", 27.0),
    ("Welcome parcels", "onboarding", "", "", 16.0),
    ("Customer care", "service", "", "", 84.0),
    ("Club benefits", "retention", "", "", 41.0),
    ("Administration", "overhead", "", "", 92.0),
];

/// What was written about money and trials.
#[derive(Debug, Default, Serialize)]
pub(super) struct BookTruth {
    pub cost_rows: u64,
    pub costs_cents: BTreeMap<&'static str, i64>,
    pub initiatives: u64,
    pub assignments: u64,
    pub treated: u64,
    pub held_out: u64,
    pub events: u64,
    pub plan_rows: u64,
    pub importance_rows: u64,
}

/// Writes all of them.
pub(super) fn write(world: &World, people: &[Person], folder: &mut Folder) -> Result<BookTruth, Error> {
    let mut truth = BookTruth::default();
    costs(world, folder, &mut truth)?;
    assignments(world, people, folder, &mut truth)?;
    importance(world, folder, &mut truth)?;
    truth.initiatives = list(
        folder,
        "initiatives.csv",
        "Id,Name,Strategy,From,Until,Owner,Department,Moves",
        &[
            &[
                "CARE26",
                "Care programme",
                "proactive",
                &PROGRAMME.to_string(),
                "",
                "J. Okafor",
                "Customer care",
                "csat_t2b",
            ],
            &[
                "PACK25",
                "Stronger packaging",
                "quality",
                "2025-06-01",
                "2025-09-30",
                "M. Lindqvist",
                "Warehouse",
                "perfect_order_rate",
            ],
            &[
                "BOT25",
                "Chat assistant",
                "technology_ai",
                "2025-03-01",
                "",
                "J. Okafor",
                "Customer care",
                "bot_containment_rate",
            ],
        ],
    )?;
    truth.events = list(
        folder,
        "events.csv",
        "Date,Kind,What,Note",
        &[
            &["2024-11-22", "campaign", "Black week", "20 % on most articles"],
            &[
                "2025-05-01",
                "campaign",
                "Marketplace opened to all categories",
                "the share of the marketplace begins to grow",
            ],
            &["2025-09-13", "outage", "Checkout down", "five hours on a Saturday"],
            &["2025-11-21", "campaign", "Black week", "20 % on most articles"],
            &["2026-01-12", "competitor", "Casa Nord opens its shop", ""],
            &[&PRICE_RISE.to_string(), "price", "New price list", "list prices and club fees 6 % up"],
        ],
    )?;
    truth.plan_rows = list(
        folder,
        "plan.csv",
        "Metric,Segment,From,Until,Baseline,Target,Owner",
        &[
            &["nps", "", "2026-01-01", "2026-12-31", "36", "45", "A. Marek"],
            &["csat_t2b", "", "2026-01-01", "2026-12-31", "0.63", "0.70", "A. Marek"],
            &["fcr_survey", "", "2026-01-01", "2026-12-31", "0.58", "0.62", "J. Okafor"],
            &["enps", "", "2026-01-01", "2026-12-31", "-8", "2", "R. Duval"],
            &["on_time_delivery", "", "2026-01-01", "2026-12-31", "0.88", "0.95", "M. Lindqvist"],
        ],
    )?;
    Ok(truth)
}

/// A short list as it is.
fn list(folder: &mut Folder, name: &str, head: &str, rows: &[&[&str]]) -> Result<u64, Error> {
    let mut sheet = Sheet::plain(folder.create(name)?, ',');
    sheet.head(head);
    for row in rows {
        for cell in *row {
            sheet.text(cell);
        }
        sheet.end();
    }
    sheet.finish().map_err(Error::io(&folder.path(name)))
}

/// Costs of every complete month, and of the programme.
fn costs(world: &World, folder: &mut Folder, truth: &mut BookTruth) -> Result<(), Error> {
    let name = "costs.csv";
    let mut sheet = Sheet::plain(folder.create(name)?, ',');
    sheet.head("Booking,Date,Account,Amount,Kind,Addressed to,Paid media,Initiative");
    let mut dice = Dice::new(world.seed, "costs", 0);
    let mut book =
        |day: Day, account: &str, cents: i64, kind: &'static str, to: &str, paid: &str, initiative: &str| {
            sheet.cell(format_args!("B{:05}", sheet.rows() + 1)).cell(day).text(account).cell(money(cents));
            sheet.text(kind).text(to).text(paid).text(initiative).end();
            *truth.costs_cents.entry(kind).or_default() += cents;
        };
    let mut month = START;
    while month.month_start(1) <= AS_OF.plus(1) {
        let last = month.month_start(1).plus(-1);
        for (account, kind, to, paid, cents) in ACCOUNTS {
            let season = if matches!(month.month(), 11 | 12) { 1.4 } else { 1.0 };
            let amount = cents * f64::from(world.customers) * season * (1.0 + 0.06 * dice.normal());
            book(last, account, amount as i64, kind, to, paid, "");
        }
        if month >= PROGRAMME {
            book(
                last,
                "Care programme",
                i64::from(world.customers) * 22,
                "initiative_opex",
                "",
                "",
                "CARE26",
            );
        }
        month = month.month_start(1);
    }
    book(
        PROGRAMME.plus(-12),
        "Care programme",
        i64::from(world.customers) * 310,
        "initiative_capex",
        "",
        "",
        "CARE26",
    );
    truth.cost_rows = sheet.finish().map_err(Error::io(&folder.path(name)))?;
    Ok(())
}

/// Who is in which arm of the programme's trial.
fn assignments(
    world: &World,
    people: &[Person],
    folder: &mut Folder,
    truth: &mut BookTruth,
) -> Result<(), Error> {
    let name = "assignments.csv";
    let mut sheet = Sheet::plain(folder.create(name)?, ',');
    sheet.head("Initiative,Customer,Arm,Assigned,First contact");
    for (i, person) in people.iter().enumerate() {
        let Some(treated) = person.treated else { continue };
        let met = PROGRAMME.plus(Dice::new(world.seed, "first contact", i as u64).below(14) as i32);
        sheet.text("CARE26").cell(number(i as u32)).text(if treated { "treatment" } else { "control" });
        sheet.cell(PROGRAMME.plus(-1)).maybe(treated.then_some(met)).end();
        *(if treated { &mut truth.treated } else { &mut truth.held_out }) += 1;
    }
    truth.assignments = sheet.finish().map_err(Error::io(&folder.path(name)))?;
    Ok(())
}

/// A study with one row per attribute: how much each matters, from 1 to 10.
fn importance(world: &World, folder: &mut Folder, truth: &mut BookTruth) -> Result<(), Error> {
    let name = "importance_study.csv";
    let mut sheet = Sheet::plain(folder.create(name)?, ',');
    sheet.head("Interview,Date,Attribute,Importance");
    let items = QUESTIONS.iter().filter(|(_, question, _)| *question == "attribute").map(|(.., item)| *item);
    for interview in 0..400_u64 {
        let mut dice = Dice::new(world.seed, "importance", interview);
        let day = Day::of(2026, 6, 8).plus(dice.below(12) as i32);
        for (item, typical) in items.clone().zip([8.6, 6.1, 6.9, 5.2, 7.4]) {
            let rating = (typical + 1.6 * dice.normal()).round().clamp(1.0, 10.0);
            sheet.cell(format_args!("IS{:04}", interview + 1)).cell(day).text(item).cell(rating).end();
        }
    }
    truth.importance_rows = sheet.finish().map_err(Error::io(&folder.path(name)))?;
    Ok(())
}
