//! Effects by start cohort and period.

use super::Panel;
use crate::ground::estimate::Refused;

/// Who stands for what would have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Controls {
    /// Units that are never treated: the default.
    Never,
    /// Units that are not treated up to the period compared.
    NotYet,
}

/// The effect on one cohort in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Att {
    /// Start of the cohort, a place in the panel's periods.
    pub cohort: usize,
    /// The period compared.
    pub period: usize,
    /// Change of the cohort less change of the controls.
    pub value: f64,
    /// √(s²/n) over both arms, divisor n.
    pub se: f64,
    /// Each unit's part in the error: Σ parts² is the variance.
    pub parts: Vec<f64>,
}

impl Att {
    /// Periods since the start.
    pub const fn event(&self) -> i64 {
        self.period as i64 - self.cohort as i64
    }
}

/// All effects by cohort and period.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupTime {
    /// By cohort, then period.
    pub effects: Vec<Att>,
    /// (start, units) of each cohort.
    pub cohorts: Vec<(usize, u64)>,
    /// Start of each unit.
    pub starts: Vec<Option<usize>>,
}

/// Effects by start cohort and period, without covariates.
///
/// Formula: ATT(g, t) = mean change from the base period over units that start
/// at g, less the same over the controls. Base: the last period before the
/// start (less `anticipation` periods); before it the period just before t, so
/// that each figure there is one period's departure from parallel. Every
/// comparison is with units not treated in either period. Source: `callaway2021`.
///
/// # Errors
/// [`Refused`] where no cohort has a period before, or no controls.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::did::{group_time, Controls, Panel, UnitPath};
/// let unit = |start, outcomes: [f64; 3]| UnitPath { start, outcomes: outcomes.to_vec() };
/// let panel = Panel::new(vec![
///     unit(Some(2), [1.0, 2.0, 5.0]),
///     unit(Some(2), [3.0, 4.0, 7.5]),
///     unit(None, [0.0, 1.0, 2.0]),
///     unit(None, [2.0, 3.0, 4.0]),
/// ]).unwrap();
/// let all = group_time(&panel, Controls::Never, 0).unwrap();
/// assert_eq!(all.effects.iter().map(|e| (e.event(), e.value)).collect::<Vec<_>>(), [(-1, 0.0), (0, 2.25)]);
/// ```
pub fn group_time(panel: &Panel, controls: Controls, anticipation: usize) -> Result<GroupTime, Refused> {
    let units = panel.units();
    let starts: Vec<Option<usize>> = units.iter().map(|unit| unit.start).collect();
    let cohorts: Vec<(usize, u64)> = panel
        .cohorts()
        .into_iter()
        .filter(|g| *g > anticipation && *g < panel.periods())
        .map(|g| (g, starts.iter().filter(|s| **s == Some(g)).count() as u64))
        .collect();
    let mut effects = Vec::new();
    for (g, size) in &cohorts {
        for t in 1..panel.periods() {
            let base = if t + anticipation >= *g { g - 1 - anticipation } else { t - 1 };
            if base == t {
                continue;
            }
            let last = t.max(base) + anticipation;
            let control = |start: Option<usize>| match controls {
                Controls::Never => start.is_none(),
                Controls::NotYet => start.is_none_or(|s| s > last) && start != Some(*g),
            };
            let change = |i: usize| units[i].outcomes[t] - units[i].outcomes[base];
            let of = |arm: &dyn Fn(Option<usize>) -> bool| {
                (0..units.len()).filter(|i| arm(starts[*i])).collect::<Vec<_>>()
            };
            let (inside, outside) = (of(&|start| start == Some(*g)), of(&control));
            if outside.is_empty() {
                continue;
            }
            let mut parts = vec![0.0; units.len()];
            let mut mean = |arm: &[usize], sign: f64| {
                let n = arm.len() as f64;
                let mean = arm.iter().map(|i| change(*i)).sum::<f64>() / n;
                for i in arm {
                    parts[*i] += sign * (change(*i) - mean) / n;
                }
                mean
            };
            let value = mean(&inside, 1.0) - mean(&outside, -1.0);
            debug_assert_eq!(inside.len() as u64, *size);
            let se = parts.iter().map(|p| p * p).sum::<f64>().sqrt();
            effects.push(Att { cohort: *g, period: t, value, se, parts });
        }
    }
    if !effects.iter().any(|effect| effect.event() >= 0) {
        return Err(Refused {
            rule: "controls and a period before".to_owned(),
            reason: "no cohort has both a period before its start and units without treatment".to_owned(),
            lift: "units that are never (or not yet) treated, and a period before the start".to_owned(),
        });
    }
    Ok(GroupTime { effects, cohorts, starts })
}
