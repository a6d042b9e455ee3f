//! What the company spends, plans and tries: costs, the plan, initiatives,
//! their assignments, what else happened, and the study of importance.

use super::people::Person;
use super::survey::QUESTIONS;
use super::trials;
use super::world::{AS_OF, PRICE_RISE, PROGRAMME, START, World};
use crate::assignments::{self, Arms};
use crate::calendar::Day;
use crate::costs::{self, Account, CostTruth, Span, Spending, account};
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::initiatives;
use crate::sheet::{Sheet, list};
use serde::Serialize;
use std::collections::BTreeMap;

/// Monthly costs, in euro cents per customer on file.
const ACCOUNTS: [Account; 9] = [
    account("Search ads", "marketing", "new", "yes", 78.0),
    account("Social ads", "marketing", "new", "yes", 41.0),
    account("Newsletter", "marketing", "existing", "no", 19.0),
    account("Brand", "marketing", "all", "no", 33.0),
    account("Sales desk", "sales", "", "", 27.0),
    account("Welcome parcels", "onboarding", "", "", 16.0),
    account("Customer care", "service", "", "", 84.0),
    account("Club benefits", "retention", "", "", 41.0),
    account("Administration", "overhead", "", "", 92.0),
];

/// What was written about money and trials.
#[derive(Debug, Default, Serialize)]
pub(super) struct BookTruth {
    pub cost_rows: u64,
    pub costs: CostTruth,
    pub initiatives: u64,
    pub assignments: u64,
    pub arms: BTreeMap<&'static str, Arms>,
    pub events: u64,
    pub plan_rows: u64,
    pub importance_rows: u64,
}

/// Writes all of them.
pub(super) fn write(world: &World, people: &[Person], folder: &mut Folder) -> Result<BookTruth, Error> {
    let mut truth = BookTruth::default();
    let span = Span {
        seed: world.seed,
        customers: world.customers,
        first: START,
        last: AS_OF,
        season: |month| if matches!(month, 11 | 12) { 1.4 } else { 1.0 },
    };
    truth.costs = costs::write(span, &ACCOUNTS, &spending(world), folder)?;
    truth.cost_rows = truth.costs.rows;
    (truth.assignments, truth.arms) = assignments::write(&trials::assignments(world, people), folder)?;
    importance(world, folder, &mut truth)?;
    truth.initiatives = initiatives::write(&trials::INITIATIVES, folder)?;
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

/// What the trials cost, in proportion to the customers on file.
fn spending(world: &World) -> [Spending; 3] {
    let cents = |each: i64| i64::from(world.customers) * each;
    let one = |initiative, account, from: Day, until, once, monthly| Spending {
        initiative,
        account,
        capex: (from.plus(-12), cents(once)),
        opex: (from, until, cents(monthly)),
    };
    [
        one("CARE26", "Care programme", PROGRAMME, AS_OF, 310, 22),
        one("NOTE25", "Handwritten notes", trials::NOTES.0, trials::NOTES.1, 4, 6),
        one("RING26", "Calls to new buyers", trials::CALLS, AS_OF, 30, 8),
    ]
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
