//! Effects by cohort and period, brought together.

use super::{Att, GroupTime};
use crate::infer::effects::Effect;

/// A weighted mean of effects by cohort and period.
#[derive(Debug, Clone, PartialEq)]
pub struct Combined {
    /// The mean.
    pub value: f64,
    /// Its standard error, that of the cohort shares with it.
    pub se: f64,
    /// Each unit's part in the error.
    pub parts: Vec<f64>,
}

impl Combined {
    /// As an effect judged by t with as many degrees of freedom as units less one.
    pub fn effect(&self) -> Effect {
        Effect {
            value: self.value,
            se: self.se,
            df: (self.parts.len() as f64 - 1.0).max(1.0),
            method: crate::ground::estimate::Method::LinearisedT,
        }
    }
}

/// The mean effect a number of periods after the start.
#[derive(Debug, Clone, PartialEq)]
pub struct EventPoint {
    /// Periods since the start; negative before it.
    pub event: i64,
    /// The mean over cohorts seen then.
    pub effect: Combined,
}

/// Means by periods since the start, weighted by the sizes of the cohorts seen then.
///
/// Source: `callaway2021`.
pub fn event_study(all: &GroupTime) -> Vec<EventPoint> {
    let mut events: Vec<i64> = all.effects.iter().map(Att::event).collect();
    events.sort_unstable();
    events.dedup();
    events
        .into_iter()
        .filter_map(|event| Some(EventPoint { event, effect: weighted(all, |e| e.event() == event)? }))
        .collect()
}

/// The mean of all effects from the start on, weighted by cohort size.
///
/// `None` where there is none. Source: `callaway2021`.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::did::{event_study, group_time, overall, Controls, Panel, UnitPath};
/// let units = (0..12_usize)
///     .map(|i| {
///         let start = [Some(2), Some(3), None][i % 3];
///         let outcomes = (0..5)
///             .map(|t| (i % 4) as f64 + t as f64 + if start.is_some_and(|s| t >= s) { 2.0 } else { 0.0 })
///             .collect();
///         UnitPath { start, outcomes }
///     })
///     .collect();
/// let all = group_time(&Panel::new(units).unwrap(), Controls::Never, 0).unwrap();
/// assert!((overall(&all).unwrap().value - 2.0).abs() < 1e-12);
/// assert!(event_study(&all).iter().all(|p| (p.effect.value - if p.event < 0 { 0.0 } else { 2.0 }).abs() < 1e-12));
/// ```
pub fn overall(all: &GroupTime) -> Option<Combined> {
    weighted(all, |e| e.event() >= 0)
}

/// The mean over cohorts of each cohort's mean effect, weighted by cohort size: every treated
/// unit counts once, however long it was watched.
///
/// `None` where there is none. Source: `callaway2021`.
pub fn by_cohort(all: &GroupTime) -> Option<f64> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (g, n) in &all.cohorts {
        let own: Vec<f64> =
            all.effects.iter().filter(|e| e.cohort == *g && e.event() >= 0).map(|e| e.value).collect();
        if !own.is_empty() {
            sum += *n as f64 * own.iter().sum::<f64>() / own.len() as f64;
            weight += *n as f64;
        }
    }
    (weight > 0.0).then(|| sum / weight)
}

/// Mean weighted by cohort size over the effects that `takes` picks.
fn weighted(all: &GroupTime, takes: impl Fn(&Att) -> bool) -> Option<Combined> {
    let size = |g: usize| all.cohorts.iter().find(|(start, _)| *start == g).map_or(0.0, |(_, n)| *n as f64);
    let taken: Vec<(&Att, f64)> =
        all.effects.iter().filter(|e| takes(e)).map(|e| (e, size(e.cohort))).collect();
    let sum: f64 = taken.iter().map(|(_, n)| n).sum();
    if sum <= 0.0 {
        return None;
    }
    let value = taken.iter().map(|(e, n)| n * e.value).sum::<f64>() / sum;
    let units = all.starts.len();
    let mut parts = vec![0.0; units];
    for (effect, n) in &taken {
        for (i, part) in parts.iter_mut().enumerate() {
            *part += n / sum * effect.parts[i];
            // The cohort's share is an estimate too.
            let own = f64::from(u8::from(all.starts[i] == Some(effect.cohort)));
            *part += (own - n / units as f64) * (effect.value - value) / sum;
        }
    }
    let se = parts.iter().map(|p| p * p).sum::<f64>().sqrt();
    Some(Combined { value, se, parts })
}
