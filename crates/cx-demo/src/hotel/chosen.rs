//! The houses that did worst, chosen first; and what the company tried in them.

use super::stays::Stay;
use super::world::{AS_OF, CHOSEN_BY, HOUSES, KEYS, LIVE, PILLOWS, START, WINTER, World};
use crate::assignments::{Assignment, Who};
use crate::calendar::Day;
use crate::costs::{Account, Spending, account};
use crate::figures::Standing;
use crate::initiatives::Initiative;

pub(super) const LIVE_ID: &str = "LIVE26";

/// Monthly costs, in cents per guest on file.
pub(super) const ACCOUNTS: [Account; 4] = [
    account("Booking sites", "marketing", "new", "yes", 210.0),
    account("Letters to guests", "marketing", "existing", "no", 12.0),
    account("Front desks", "service", "", "", 340.0),
    account("Administration", "overhead", "", "", 190.0),
];

const fn initiative(id: &'static str, name: &'static str, selected_from: Day, from: Day) -> Initiative {
    Initiative {
        id,
        name,
        strategy: "assessment",
        from,
        until: None,
        owner: "S. Verbeke",
        department: "Operations",
        moves: "rebooking_rate",
        assigned_by: "worst_first",
        selected_from: Some(selected_from),
        unit: "outlet",
        stream: "retention",
        horizon_months: 24,
        cash_share: 1.0,
        population: None,
    }
}

pub(super) const INITIATIVES: [Initiative; 3] = [
    initiative(LIVE_ID, "Live guest feedback", CHOSEN_BY.0, LIVE),
    Initiative {
        strategy: "quality",
        until: Some(PILLOWS.1),
        moves: "csat_t2b",
        horizon_months: 12,
        ..initiative("PILLOW25", "A choice of pillows", WINTER.0, PILLOWS.0)
    },
    Initiative { strategy: "technology_ai", ..initiative("KEY26", "Keys on the telephone", LIVE, KEYS) },
];

/// How many of the worst each begins with, and the days by which they are found.
const CHOICES: [(usize, (Day, Day)); 3] = [(15, CHOSEN_BY), (12, WINTER), (15, (LIVE, Day::of(2026, 11, 1)))];

/// The houses that have something.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    houses: [bool; HOUSES],
    from: Day,
}

impl Chosen {
    /// No house.
    pub(super) const fn none() -> Self {
        Self { houses: [false; HOUSES], from: START }
    }

    /// The worst by the answers of some days, for one of the initiatives.
    pub(super) fn worst(initiative: usize, stays: &[Stay]) -> Self {
        let (count, (from, until)) = CHOICES[initiative];
        let mut answers = [(0.0, 0.0); HOUSES];
        for stay in stays.iter().filter(|s| (from..until).contains(&s.day)) {
            if let Some(point) = stay.point {
                let house = &mut answers[stay.house];
                *house = (house.0 + f64::from(u8::from(point >= 4)), house.1 + 1.0);
            }
        }
        let share = |house: usize| answers[house].0 / f64::max(answers[house].1, 1.0);
        let mut order: Vec<usize> = (0..HOUSES).filter(|h| answers[*h].1 > 0.0).collect();
        order.sort_by(|a, b| share(*a).total_cmp(&share(*b)));
        let mut houses = [false; HOUSES];
        order.into_iter().take(count).for_each(|house| houses[house] = true);
        Self { houses, from: INITIATIVES[initiative].from }
    }

    /// Whether a house has it on a day.
    pub(super) fn has(&self, house: usize, day: Day) -> bool {
        self.houses[house] && day >= self.from
    }
}

/// How a house stands to each initiative, and whether that one does something in it.
pub(super) fn standings(
    chosen: &[Chosen; 3],
    house: usize,
) -> impl Iterator<Item = (&'static str, bool, Standing)> {
    INITIATIVES.iter().zip(chosen).map(move |(one, chosen)| {
        let treated = chosen.houses[house];
        (one.id, treated && one.id == LIVE_ID, Standing { treated, start: one.from, end: one.end(AS_OF) })
    })
}

/// The houses of each initiative; the others are in no arm.
pub(super) fn assignments(world: &World, chosen: &[Chosen; 3]) -> Vec<Assignment> {
    let of = |(one, chosen): (&'static Initiative, &Chosen)| {
        let houses = world.houses.iter().zip(chosen.houses).filter(|(_, has)| *has);
        houses
            .map(|(house, _)| Assignment {
                initiative: one.id,
                who: Who::Unit(house.name),
                treated: true,
                assigned: one.from.plus(-7),
                exposed: Some(one.from),
            })
            .collect::<Vec<_>>()
    };
    INITIATIVES.iter().zip(chosen).flat_map(of).collect()
}

/// What the initiatives cost, in proportion to the guests.
pub(super) fn spending(world: &World) -> [Spending; 3] {
    let cents = |each: f64| (f64::from(world.customers) * each) as i64;
    let one = |initiative, account, from: Day, until, once, monthly| Spending {
        initiative,
        account,
        capex: (from.plus(-20), cents(once)),
        opex: (from, until, cents(monthly)),
    };
    [
        one(LIVE_ID, "Live feedback", LIVE, AS_OF, 22.0, 2.6),
        one("PILLOW25", "Pillows", PILLOWS.0, PILLOWS.1, 6.0, 0.4),
        one("KEY26", "Keys", KEYS, AS_OF, 55.0, 3.0),
    ]
}

pub(super) const EVENTS: [&[&str]; 3] = [
    &["2025-02-10", "campaign", "New breakfast", "in every house"],
    &["2025-10-01", "price", "Autumn prices", "a tenth off on weekdays"],
    &["2026-04-20", "campaign", "Rooms renewed", "a floor in every house"],
];
