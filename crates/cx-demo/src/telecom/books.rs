//! What the company tried, whom it reached, what it cost and what else happened.

use super::people::{Person, number};
use super::world::{AS_OF, BILLS, BONUS, MENU, MUSIC, MUSIC_ENDS, SAVING_CALLS, WAVES, World};
use crate::assignments::{Assignment, Who};
use crate::calendar::Day;
use crate::costs::{Account, Spending, account};
use crate::initiatives::Initiative;

pub(super) const DESK: &str = "DESK25";
pub(super) const MUSIC_ID: &str = "MUSIC24";
pub(super) const BILL: &str = "BILL25";
pub(super) const SAVING: &str = "CALL26";
pub(super) const BONUS_ID: &str = "STAY26";
pub(super) const MENU_ID: &str = "MENU26";

pub(super) const COST: &str = "service cost per customer-month";
pub(super) const SATISFIED: &str = "share of satisfied answers";
pub(super) const LEFT: &str = "contracts ended per customer-month";

/// Monthly costs, in cents per customer on file.
pub(super) const ACCOUNTS: [Account; 5] = [
    account("Advertising", "marketing", "new", "yes", 61.0),
    account("Letters to customers", "marketing", "existing", "no", 14.0),
    account("Shops", "sales", "", "", 88.0),
    account("Contact centre", "service", "", "", 170.0),
    account("Administration", "overhead", "", "", 120.0),
];

const fn initiative(id: &'static str, name: &'static str, from: Day) -> Initiative {
    Initiative {
        id,
        name,
        strategy: "omnichannel",
        from,
        until: None,
        owner: "H. Osei",
        department: "Customer service",
        moves: "cost_to_serve",
        assigned_by: "phased",
        unit: "Region",
        stream: "service",
        horizon_months: 36,
        cash_share: 0.6,
        population: None,
        selected_from: None,
    }
}

pub(super) const INITIATIVES: [Initiative; 6] = [
    initiative(DESK, "One desk for every channel", WAVES[0].0),
    Initiative {
        strategy: "other",
        until: Some(MUSIC_ENDS),
        moves: "csat_t2b",
        horizon_months: 12,
        ..initiative(MUSIC_ID, "New hold music", MUSIC[0].0)
    },
    Initiative {
        strategy: "process",
        moves: "churn_rate_start",
        assigned_by: "lot",
        unit: "",
        stream: "retention",
        cash_share: 1.0,
        ..initiative(BILL, "Bills in plain words", BILLS)
    },
    Initiative {
        strategy: "proactive",
        owner: "L. Brandt",
        department: "Retention",
        moves: "churn_rate_start",
        stream: "retention",
        cash_share: 1.0,
        ..initiative(SAVING, "Calls before a contract ends", SAVING_CALLS)
    },
    Initiative {
        strategy: "personalisation",
        owner: "L. Brandt",
        department: "Retention",
        moves: "churn_rate_start",
        stream: "retention",
        cash_share: 1.0,
        ..initiative(BONUS_ID, "A bonus for staying", BONUS)
    },
    Initiative { strategy: "technology_ai", ..initiative(MENU_ID, "Voice menu that listens", MENU) },
];

/// Who got what. Regions in no arm were left as they were.
pub(super) fn assignments(world: &World, people: &[Person]) -> Vec<Assignment> {
    let mut list = Vec::new();
    for one in &INITIATIVES {
        for region in &world.regions {
            let start = match one.id {
                DESK => region.desk,
                MUSIC_ID => region.music,
                SAVING | BONUS_ID => region.saving.then_some(one.from),
                MENU_ID => region.menu.then_some(one.from),
                _ => None,
            };
            list.extend(start.map(|day| Assignment {
                initiative: one.id,
                who: Who::Unit(region.name),
                treated: true,
                assigned: day,
                exposed: Some(day),
            }));
        }
    }
    for (i, person) in people.iter().enumerate() {
        list.extend(person.bills.map(|treated| Assignment {
            initiative: BILL,
            who: Who::Customer(number(i)),
            treated,
            assigned: BILLS.plus(-3),
            exposed: treated.then_some(BILLS),
        }));
    }
    list
}

/// What the initiatives cost; nobody booked anything for the plain bills.
pub(super) fn spending(world: &World) -> [Spending; 5] {
    let cents = |each: f64| (f64::from(world.customers) * each) as i64;
    let one = |initiative, account, from: Day, until, once, monthly| Spending {
        initiative,
        account,
        capex: (from.plus(-20), cents(once)),
        opex: (from, until, cents(monthly)),
    };
    [
        one(DESK, "One desk", WAVES[0].0, AS_OF, 110.0, 7.0),
        one(MUSIC_ID, "Hold music", MUSIC[0].0, MUSIC_ENDS, 2.0, 0.5),
        one(SAVING, "Calls before the end", SAVING_CALLS, AS_OF, 3.0, 1.5),
        one(BONUS_ID, "Bonus for staying", BONUS, AS_OF, 2.0, 6.0),
        one(MENU_ID, "Voice menu", MENU, AS_OF, 45.0, 4.0),
    ]
}

/// What else happened; tariffs rise for old contracts too, and the network's
/// failure brings calls for weeks.
pub(super) const EVENTS: [&[&str]; 3] = [
    &["2025-09-15", "campaign", "Back to school", "cheaper tablets for new contracts"],
    &["2026-01-01", "price", "Tariffs 5 % up", "for everybody, old contracts too"],
    &["2026-05-16", "outage", "Core network down", "two days, and two weeks of calls"],
];
