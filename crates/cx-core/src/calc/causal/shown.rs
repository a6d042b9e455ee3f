//! Effects as figures.

use crate::calc::{Answer, Figure, Results};
use crate::ground::estimate::{Caveat, Interval, Refused};
use crate::infer::Level;
use crate::infer::effects::Effect;
use crate::infer::effects::did::{FewUnits, Placed, randomised, wild};

/// Units below which errors by units are not trusted, and treated units below
/// which signs cannot be drawn either (method 3.4).
pub(super) const FEW_UNITS: usize = 30;
const FEW_TREATED: usize = 6;

/// A value between the limits of an interval.
pub(super) fn within(value: f64, interval: &Interval) -> Figure {
    Figure::real(value).between(interval.low, interval.high)
}

/// The effect with its interval, standard error and p-value.
pub(super) fn put(results: &mut Results, name: &str, effect: &Effect, level: Level) {
    results.put(name, within(effect.value, &effect.interval(level)));
    results.put("se", Figure::real(effect.se));
    results.put("p", Figure::real_or(effect.p(), "there is no spread to test against"));
}

/// The same as a group of its own.
pub(super) fn group(effect: &Effect, level: Level) -> Results {
    let mut results = Results::new();
    put(&mut results, "effect", effect, level);
    results
}

/// An answer whose effect must not be given; what led to that stands below it.
pub(super) fn none(refused: Refused, others: Results, caveats: Vec<Caveat>) -> Answer {
    let mut results = Results::new().with("effect", Figure::refused(refused));
    results.append(others);
    Answer { method: None, level: None, results, caveats }
}

pub(super) fn note(text: impl Into<String>) -> Caveat {
    Caveat::Note { text: text.into() }
}

/// The test that `treated` units among `all` call for, by name, on those seen on
/// both sides; none where they are enough for errors by unit.
pub(super) fn few(
    seen: &FewUnits,
    (treated, all): (usize, usize),
    (worlds, seed): (u32, u64),
    level: Level,
) -> Option<(&'static str, Result<Placed, Refused>)> {
    if treated < FEW_TREATED {
        return Some(("randomisation", randomised(seen, worlds, seed, level)));
    }
    (all < FEW_UNITS).then(|| ("wild_bootstrap", wild(seen, worlds, seed, level)))
}

/// A figure of few units with its p-value and the smallest that they allow.
pub(super) fn put_placed(results: &mut Results, placed: &Placed) {
    results.put("effect", within(placed.value, &placed.interval));
    results.put("p", Figure::real(placed.p));
    results.put("smallest_p", Figure::real(placed.smallest_p));
}
