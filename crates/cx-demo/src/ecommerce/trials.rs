//! The trials among customers: who is in which arm, and what each does.

use super::orders::{Order, expected};
use super::people::{Person, number};
use super::survey::Submission;
use super::world::{AS_OF, PROGRAMME, World};
use crate::assignments::{Assignment, Who};
use crate::calendar::{Day, months};
use crate::dice::Dice;
use crate::figures::{Figures, Part, Standing};
use crate::initiatives::Initiative;
use std::collections::HashMap;

/// Handwritten notes in parcels: nothing comes of them.
pub(super) const NOTES: (Day, Day) = (Day::of(2025, 6, 1), Day::of(2025, 10, 1));
/// Calls to new buyers begin, a week before the records end.
pub(super) const CALLS: Day = Day::of(2026, 11, 9);

const ORDERS: &str = "orders per customer-month";
const SATISFIED: &str = "share of satisfied answers";

const fn initiative(id: &'static str, name: &'static str, from: Day) -> Initiative {
    Initiative {
        id,
        name,
        strategy: "proactive",
        from,
        until: None,
        owner: "J. Okafor",
        department: "Customer care",
        moves: "csat_t2b",
        assigned_by: "lot",
        unit: "",
        stream: "retention",
        horizon_months: 36,
        cash_share: 1.0,
        population: None,
        selected_from: None,
    }
}

/// What the shop did. The last two were done to everybody at once.
pub(super) const INITIATIVES: [Initiative; 5] = [
    initiative("CARE26", "Care programme", PROGRAMME),
    Initiative {
        strategy: "personalisation",
        until: Some(NOTES.1),
        owner: "M. Lindqvist",
        department: "Warehouse",
        moves: "purchase_frequency",
        stream: "spend",
        horizon_months: 12,
        ..initiative("NOTE25", "Handwritten notes", NOTES.0)
    },
    Initiative { moves: "repeat_purchase_rate", ..initiative("RING26", "Calls to new buyers", CALLS) },
    Initiative {
        strategy: "quality",
        until: Some(Day::of(2025, 10, 1)),
        owner: "M. Lindqvist",
        department: "Warehouse",
        moves: "perfect_order_rate",
        assigned_by: "management",
        ..initiative("PACK25", "Stronger packaging", Day::of(2025, 6, 1))
    },
    Initiative {
        strategy: "technology_ai",
        moves: "bot_containment_rate",
        assigned_by: "management",
        stream: "service",
        cash_share: 0.4,
        ..initiative("BOT25", "Chat assistant", Day::of(2025, 3, 1))
    },
];

/// The arm of a customer: none where not on file at the start.
fn arm(world: &World, i: usize, person: &Person, id: &str, from: Day) -> Option<bool> {
    if id == "CARE26" {
        return person.treated;
    }
    let on_file = person.joined < from && person.closed.is_none_or(|(day, _)| day >= from);
    (on_file && !person.is_rare()).then(|| Dice::new(world.seed, id, i as u64).chance(0.5))
}

/// The trials: those decided by lot.
fn trials() -> impl Iterator<Item = &'static Initiative> {
    INITIATIVES.iter().filter(|one| one.assigned_by == "lot")
}

/// Who is in which arm of which trial.
pub(super) fn assignments(world: &World, people: &[Person]) -> Vec<Assignment> {
    let mut list = Vec::new();
    for trial in trials() {
        for (i, person) in people.iter().enumerate() {
            let Some(treated) = arm(world, i, person, trial.id, trial.from) else { continue };
            let purpose = if trial.id == "CARE26" { "first contact" } else { "first note or call" };
            let met = trial.from.plus(Dice::new(world.seed, purpose, i as u64).below(14) as i32);
            list.push(Assignment {
                initiative: trial.id,
                who: Who::Customer(number(i as u32)),
                treated,
                assigned: trial.from.plus(-1),
                exposed: (treated && met <= AS_OF).then_some(met),
            });
        }
    }
    list
}

/// Adds what the trials did to orders. Those who stopped stay, with no orders.
pub(super) fn orders(world: &World, people: &[Person], orders: &[Order], figures: &mut Figures) {
    let mut counts: HashMap<(u32, Day), f64> = HashMap::new();
    for order in orders {
        if let Some(customer) = order.customer {
            *counts.entry((customer, order.at.day.month_start(0))).or_default() += 1.0;
        }
    }
    for trial in trials() {
        let end = trial.end(AS_OF);
        for (i, person) in people.iter().enumerate() {
            let Some(treated) = arm(world, i, person, trial.id, trial.from) else { continue };
            let standing = Standing { treated, start: trial.from, end };
            let works = treated && trial.id == "CARE26";
            // Chances that somebody who bought at the start still does, without and with.
            let there = f64::from(u8::from(person.stopped.is_none_or(|day| day >= trial.from)));
            let mut alive = [there; 2];
            for part in months(person.joined.max(trial.from.month_start(-12)), end) {
                let recorded = counts.get(&(i as u32, part.from.month_start(0))).copied().unwrap_or(0.0);
                let mut law = [0.0; 2];
                if part.from >= trial.from {
                    for (works, at) in [(false, 0), (works, 1)] {
                        let stops = world.monthly_stop * world.leaving(part.from, works) * part.share;
                        // Those who stop in a month are there for half of it.
                        law[at] = expected(world, person, part, works) * alive[at] * (1.0 - stops / 2.0);
                        alive[at] *= 1.0 - stops;
                    }
                }
                let [without, with] = law;
                let sum = Part { recorded, n: part.share, without, with };
                figures.of(trial.id, ORDERS).add(standing, part.from, sum);
            }
        }
    }
}

/// Adds an answer on satisfaction that counts, given on a day.
pub(super) fn answered(
    world: &World,
    people: &[Person],
    made: &Submission,
    day: Day,
    point: i32,
    figures: &mut Figures,
) {
    let Some(i) = made.person else { return };
    for trial in trials() {
        let Some(treated) = arm(world, i as usize, &people[i as usize], trial.id, trial.from) else {
            continue;
        };
        let standing = Standing { treated, start: trial.from, end: trial.end(AS_OF) };
        let in_care = people[i as usize].treated == Some(true);
        let part = Part {
            recorded: f64::from(u8::from(point >= 4)),
            n: 1.0,
            without: world.satisfied(made.channel, day, in_care && trial.id != "CARE26"),
            with: world.satisfied(made.channel, day, in_care),
        };
        figures.of(trial.id, SATISFIED).add(standing, day, part);
    }
}
