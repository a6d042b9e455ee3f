//! All of the test: one lot to learn the window, then every lot with the effect and without.

use super::Question;
use super::gains::Gains;
use super::ground::{Ground, ground};
use super::look::{Look, look};
use super::people::{People, people};
use super::plant::Field;
use super::tally::{World, checks, median, naive, tried};
use crate::findings::Recovered;
use crate::ground::estimate::{Absent, Refused};
use crate::ground::period::Day;
use crate::ground::unit::Unit;
use crate::reduce::{Engine, ReduceError, Run};
use crate::studies::roi::Context;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Plants the effect in every lot, and nothing in the same lots, and counts what the study says.
///
/// The truth of a lot is what its treated gained and its others would have
/// gained, a customer: the mean over everybody drawn. Records stay as they
/// are, only lots differ, so that shares of lots speak of the luck of a lot.
///
/// # Errors
/// See [`ReduceError`]; the inner refusal says what the records lack.
pub fn run(
    context: &Context<'_>,
    question: &Question,
    engine: &(dyn Engine + Sync),
    machine: &Run<'_>,
) -> Result<Result<Recovered, Absent>, ReduceError> {
    let ground = match ground(context, question) {
        Ok(ground) => ground,
        Err(why) => return Ok(Err(Absent::Refused(why))),
    };
    let people = match people(context, &ground, question.share, engine, machine)? {
        Ok(people) => people,
        Err(why) => return Ok(Err(Absent::Refused(why))),
    };
    let field = Field::new(context, &ground, &people, question.effect);
    let test = Test { context, question, ground: &ground, people: &people, field: &field, engine };
    let pilot = match test.pilot(machine)? {
        Ok(pilot) => pilot,
        Err(why) => return Ok(Err(Absent::Refused(why))),
    };
    let days = days(&pilot);
    let raised = field.all_raised();
    let gains = Gains::of(context.data, &raised, &ground, &people, days, engine, machine)?;
    let pairs = test.worlds(&gains, machine)?;
    Ok(Ok(test.judge(&pilot, pairs)))
}

/// Days of the window that the study looked at.
fn days(look: &Look) -> i32 {
    let day = |text: &str| text.parse::<Day>().map_or(0, |day| day.0);
    day(&look.compared.until) - day(&look.compared.from) + 1
}

/// What every lot needs.
struct Test<'a> {
    context: &'a Context<'a>,
    question: &'a Question,
    ground: &'a Ground,
    people: &'a People,
    field: &'a Field<'a>,
    engine: &'a (dyn Engine + Sync),
}

impl Test<'_> {
    /// The first lot without an effect: its window is that of every other.
    fn pilot(&self, machine: &Run<'_>) -> Result<Result<Look, Refused>, ReduceError> {
        let lot = self.people.lot(0, self.question.share);
        look(self.context, &self.field.with(&lot, false), self.ground.outcome, self.engine, machine)
    }

    /// One lot with the effect, and without.
    fn pair(&self, repeat: u32, gains: &Gains, machine: &Run<'_>) -> Result<[World; 2], ReduceError> {
        let lot = self.people.lot(repeat, self.question.share);
        let minor = self.context.currency.map_or(100.0, |(_, minor)| minor);
        let one = |effect: bool| -> Result<World, ReduceError> {
            let data = self.field.with(&lot, effect);
            let look = look(self.context, &data, self.ground.outcome, self.engine, machine)?.ok();
            Ok(World { truth: if effect { gains.of_lot(&lot) / minor } else { 0.0 }, look })
        };
        Ok([one(true)?, one(false)?])
    }

    /// Every lot, in order, whatever thread it was looked at on.
    fn worlds(&self, gains: &Gains, machine: &Run<'_>) -> Result<Vec<[World; 2]>, ReduceError> {
        let n = self.question.repeats as usize;
        let threads = machine.threads.clamp(1, n.max(1));
        let next = AtomicUsize::new(0);
        let done: Mutex<Vec<(usize, Result<[World; 2], ReduceError>)>> = Mutex::new(Vec::with_capacity(n));
        let work = || {
            let own = Run { threads: 1, memory: machine.memory / threads, cancel: machine.cancel };
            loop {
                let repeat = next.fetch_add(1, Ordering::Relaxed);
                if repeat >= n {
                    break;
                }
                let pair = self.pair(repeat as u32, gains, &own);
                if pair.is_err() {
                    next.store(n, Ordering::Relaxed);
                }
                done.lock().unwrap_or_else(PoisonError::into_inner).push((repeat, pair));
            }
        };
        if threads == 1 {
            work();
        } else {
            std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
        }
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(repeat, _)| *repeat);
        done.into_iter().map(|(_, pair)| pair).collect()
    }

    fn judge(&self, pilot: &Look, pairs: Vec<[World; 2]>) -> Recovered {
        let level = self.context.level;
        let (effects, nothing): (Vec<World>, Vec<World>) = pairs.into_iter().map(|[a, b]| (a, b)).unzip();
        let planted = tried(&effects, self.question.effect.signum(), level);
        let placebo = tried(&nothing, 0.0, level);
        let looks = || nothing.iter().filter_map(|w| w.look.as_ref());
        let without: Vec<f64> = looks().filter_map(|look| look.without).collect();
        let without = without.iter().sum::<f64>() / without.len().max(1) as f64;
        let detectable = median(looks().filter_map(|look| look.detectable));
        let checks = checks(&planted, &placebo, level);
        Recovered {
            holds: checks.iter().all(|check| check.passed),
            checks,
            outcome: self.ground.outcome.to_owned(),
            unit: Unit::Money,
            design: pilot.design.clone(),
            from: pilot.compared.from.clone(),
            until: pilot.compared.until.clone(),
            months: pilot.compared.months,
            active: self.people.list.len() as u64,
            treated: pilot.compared.treated,
            control: pilot.compared.control,
            without,
            before_after: naive(&effects, level),
            planted,
            placebo,
            detectable,
            detectable_share: detectable.filter(|_| without > 0.0).map(|least| least / without),
        }
    }
}
