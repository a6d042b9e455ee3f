//! What the company tried, what it cost and what else happened.

use super::world::{AS_OF, ASSISTANTS, FITTINGS, LOOKS, World};
use crate::calendar::Day;
use crate::costs::{Account, Spending, account};
use crate::initiatives::Initiative;

pub(super) const ASSIST: &str = "ASSIST25";

pub(super) const BASKET: &str = "basket per visit";
pub(super) const VISITS: &str = "visits per customer-month";
pub(super) const SPEND: &str = "spend per customer-month";

/// Monthly costs, in cents per cardholder.
pub(super) const ACCOUNTS: [Account; 4] = [
    account("Posters and film", "marketing", "new", "yes", 88.0),
    account("Letters to cardholders", "marketing", "existing", "no", 22.0),
    account("Shop staff", "sales", "", "", 410.0),
    account("Administration", "overhead", "", "", 150.0),
];

const fn initiative(id: &'static str, name: &'static str, from: Day) -> Initiative {
    Initiative {
        id,
        name,
        strategy: "personalisation",
        from,
        until: None,
        owner: "C. Moreau",
        department: "Shops",
        moves: "aov",
        assigned_by: "choice",
        unit: "",
        stream: "spend",
        horizon_months: 24,
        cash_share: 1.0,
        population: None,
        selected_from: None,
    }
}

pub(super) const INITIATIVES: [Initiative; 3] = [
    initiative(ASSIST, "Assistants in the shops", ASSISTANTS),
    Initiative {
        until: Some(LOOKS.1),
        horizon_months: 12,
        ..initiative("LOOK25", "Looks of the season", LOOKS.0)
    },
    initiative("FIT26", "Fittings at home", FITTINGS),
];

/// What the initiatives cost, in proportion to the cardholders.
pub(super) fn spending(world: &World) -> [Spending; 3] {
    let cents = |each: f64| (f64::from(world.customers) * each) as i64;
    let one = |initiative, account, from: Day, until, once, monthly| Spending {
        initiative,
        account,
        capex: (from.plus(-20), cents(once)),
        opex: (from, until, cents(monthly)),
    };
    [
        one(ASSIST, "Assistants", ASSISTANTS, AS_OF, 60.0, 25.0),
        one("LOOK25", "Looks", LOOKS.0, LOOKS.1, 3.0, 1.2),
        one("FIT26", "Fittings", FITTINGS, AS_OF, 35.0, 9.0),
    ]
}

pub(super) const EVENTS: [&[&str]; 3] = [
    &["2025-02-01", "price", "Spring prices", "3 to 4 % up"],
    &["2025-12-01", "campaign", "Christmas windows", ""],
    &["2026-02-01", "price", "Spring prices", "3 to 4 % up"],
];
