//! What the company tried, what it cost and what else happened.

use super::world::{APP, AS_OF, SEATS, WIFI, World};
use crate::calendar::Day;
use crate::costs::{Account, Spending, account};
use crate::initiatives::Initiative;

pub(super) const APP_ID: &str = "APP25";

pub(super) const FLIGHTS: &str = "flights per customer-month";
pub(super) const INVITED: &str = "flights per customer-month of all invited";
pub(super) const SATISFIED: &str = "share of satisfied answers";

/// Monthly costs, in cents per member.
pub(super) const ACCOUNTS: [Account; 4] = [
    account("Fare advertising", "marketing", "all", "yes", 96.0),
    account("Miles", "retention", "", "", 120.0),
    account("Service desk", "service", "", "", 74.0),
    account("Administration", "overhead", "", "", 140.0),
];

const fn initiative(id: &'static str, name: &'static str, from: Day) -> Initiative {
    Initiative {
        id,
        name,
        strategy: "technology_ai",
        from,
        until: None,
        owner: "T. Almeida",
        department: "Digital",
        moves: "purchase_frequency",
        assigned_by: "lot",
        unit: "",
        stream: "spend",
        horizon_months: 24,
        cash_share: 0.9,
        population: None,
        selected_from: None,
    }
}

pub(super) const INITIATIVES: [Initiative; 3] = [
    initiative(APP_ID, "App for members", APP),
    Initiative {
        strategy: "personalisation",
        until: Some(SEATS.1),
        horizon_months: 12,
        ..initiative("SEAT25", "Choosing a seat by message", SEATS.0)
    },
    Initiative { strategy: "quality", ..initiative("WIFI26", "Free messages on board", WIFI) },
];

/// What the trials cost, in proportion to the members.
pub(super) fn spending(world: &World) -> [Spending; 3] {
    let cents = |each: f64| (f64::from(world.customers) * each) as i64;
    let one = |initiative, account, from: Day, until, once, monthly| Spending {
        initiative,
        account,
        capex: (from.plus(-30), cents(once)),
        opex: (from, until, cents(monthly)),
    };
    [
        one(APP_ID, "App", APP, AS_OF, 110.0, 6.0),
        one("SEAT25", "Seats by message", SEATS.0, SEATS.1, 9.0, 1.0),
        one("WIFI26", "Messages on board", WIFI, AS_OF, 70.0, 5.0),
    ]
}

pub(super) const EVENTS: [&[&str]; 3] = [
    &["2025-03-30", "campaign", "Summer timetable", "four new routes"],
    &["2026-03-29", "campaign", "Summer timetable", "six new routes, more flights on all"],
    &["2026-06-15", "competitor", "Another airline leaves Porto", ""],
];
