//! `calls.csv`: the telephone, in both directions.

use super::people::{Person, number};
use super::survey::{Given, RECOMMEND, State, Submission};
use super::world::{AS_OF, START, World};
use crate::calendar::Moment;
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::Sheet;
use serde::Serialize;

pub(super) const FILE: &str = "calls.csv";

/// Share of unhappy customers who are called back.
const CALLED_BACK: f64 = 0.62;

/// What was written to `calls.csv`.
#[derive(Debug, Default, Serialize)]
pub(super) struct CallTruth {
    pub rows: u64,
    /// Of calls from customers.
    pub answered: u64,
    pub abandoned: u64,
    /// Answered within 20 seconds.
    pub answered_within_20_s: u64,
    pub without_customer: u64,
    /// Seconds waited by those who were answered.
    pub wait_of_answered_s: i64,
    /// Calls to customers who had answered 0 to 6.
    pub outbound: u64,
}

/// Writes the calls by time: those that come in on workdays, and those made
/// to customers who would not recommend the shop.
pub(super) fn write(
    world: &World,
    people: &[Person],
    submissions: &[Submission],
    folder: &mut Folder,
) -> Result<CallTruth, Error> {
    let mut sheet = Sheet::plain(folder.create(FILE)?, '\t');
    sheet.head("Call\tDirection\tBegan\tAnswered\tHung up waiting\tCustomer\tQueue\tAgent\tHandling seconds\tTransferred");
    let mut truth = CallTruth::default();
    let mut dice = Dice::new(world.seed, "calls", 0);
    let mut begun: Vec<(Moment, Option<u32>)> = call_backs(world, submissions);
    let per_day = (f64::from(world.customers) / 12_000.0 * 13.0).min(25.0);
    for day in (0..=AS_OF.0 - START.0).map(|n| START.plus(n)).filter(|day| day.is_workday()) {
        for _ in 0..dice.poisson(per_day * busy(day)) {
            begun.push((Moment { day, second: dice.between(8 * 3600, 18 * 3600 - 1) as u32 }, None));
        }
    }
    begun.sort_unstable();
    for (at, called) in begun {
        match called {
            Some(customer) => outbound(&mut sheet, at, customer, &mut dice, &mut truth),
            None => inbound(&mut sheet, at, people, &mut dice, &mut truth),
        }
    }
    truth.rows = sheet.finish().map_err(Error::io(&folder.path(FILE)))?;
    Ok(truth)
}

/// Lines are busier before and after Christmas.
fn busy(day: crate::calendar::Day) -> f64 {
    if matches!(day.month(), 12 | 1) { 1.5 } else { 1.0 }
}

fn call_backs(world: &World, submissions: &[Submission]) -> Vec<(Moment, Option<u32>)> {
    let unhappy = submissions.iter().filter(|s| {
        s.state == State::Completed && matches!(s.given[RECOMMEND], Given::Point(0..=6)) && s.person.is_some()
    });
    let calls = unhappy.filter_map(|s| {
        let mut dice = Dice::new(world.seed, "call back", u64::from(s.id));
        let at = s.acted?.plus(60 * (20 + dice.exponential(1500.0) as i64));
        (dice.chance(CALLED_BACK) && at.day <= AS_OF).then_some((at, s.person))
    });
    calls.collect()
}

fn outbound(sheet: &mut Sheet, at: Moment, customer: u32, dice: &mut Dice, truth: &mut CallTruth) {
    sheet.cell(format_args!("C{}", 200_001 + sheet.rows())).text("out").cell(at).cell("").cell("");
    sheet.cell(number(customer)).text("Call back").cell(format_args!("A{:02}", 1 + dice.below(24)));
    sheet.cell(60 + (dice.gamma(2.0) * 120.0) as i64).text("no").end();
    truth.outbound += 1;
}

fn inbound(sheet: &mut Sheet, at: Moment, people: &[Person], dice: &mut Dice, truth: &mut CallTruth) {
    let wait = dice.exponential(15.0 * busy(at.day)) as i64;
    let patience = dice.exponential(240.0) as i64 + 3;
    let answered = wait <= patience;
    let caller = dice.below(people.len());
    let known = people[caller].joined <= at.day && dice.chance(0.86);
    sheet.cell(format_args!("C{}", 200_001 + sheet.rows())).text("in").cell(at);
    sheet.maybe(answered.then(|| at.plus(wait))).maybe((!answered).then(|| at.plus(patience)));
    sheet.maybe(known.then(|| number(caller as u32)));
    sheet.text(dice.pick(&["Orders", "Returns", "Club"]));
    sheet.maybe(answered.then(|| format!("A{:02}", 1 + dice.below(24))));
    sheet.maybe(answered.then(|| 40 + (dice.gamma(2.0) * 130.0) as i64));
    sheet.maybe(answered.then(|| if dice.chance(0.12) { "yes" } else { "no" })).end();
    truth.without_customer += u64::from(!known);
    if answered {
        truth.answered += 1;
        truth.answered_within_20_s += u64::from(wait <= 20);
        truth.wait_of_answered_s += wait;
    } else {
        truth.abandoned += 1;
    }
}
