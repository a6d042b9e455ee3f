//! Do the arms have the sizes that were planned?

use crate::ground::estimate::Refused;
use crate::infer::special::chi_square;

/// The sizes of the arms against the plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampleRatio {
    /// Pearson's chi-square.
    pub statistic: f64,
    /// Arms less one.
    pub df: f64,
    /// Chance of sizes at least that far from the plan.
    pub p: f64,
}

/// p-value below which an experiment is not analysed.
const STOP: f64 = 0.001;

/// Sample-ratio mismatch: people per arm against the planned shares.
///
/// Formula: Σ (n − N s)²/(N s), chi-square with arms − 1 degrees of freedom.
/// Below p = 0.001 something chose who is counted, and no effect is given.
/// Planned shares need not sum to 1. Source: `fabijan2019`.
///
/// # Errors
/// [`Refused`] where p < 0.001, or the plan is none.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::randomised::sample_ratio;
/// assert!(sample_ratio(&[5_060, 4_940], &[0.5, 0.5]).unwrap().p > 0.2);
/// // 821,588 against 815,482 looks even and is not.
/// assert_eq!(sample_ratio(&[821_588, 815_482], &[1.0, 1.0]).unwrap_err().rule, "sample ratio");
/// ```
pub fn sample_ratio(people: &[u64], planned: &[f64]) -> Result<SampleRatio, Refused> {
    let refuse = |rule: &str, reason: String, lift: &str| Refused {
        rule: rule.to_owned(),
        reason,
        lift: lift.to_owned(),
    };
    let (all, parts) = (people.iter().sum::<u64>() as f64, planned.iter().sum::<f64>());
    if people.len() != planned.len() || people.len() < 2 || all == 0.0 || !planned.iter().all(|s| *s > 0.0) {
        let reason = format!("{} arms against {} planned shares", people.len(), planned.len());
        return Err(refuse("planned arms", reason, "a positive planned share for each of two arms or more"));
    }
    let statistic = people
        .iter()
        .zip(planned)
        .map(|(n, share)| {
            let wanted = all * share / parts;
            (*n as f64 - wanted).powi(2) / wanted
        })
        .sum();
    let df = people.len() as f64 - 1.0;
    let p = chi_square::tails(statistic, df).above;
    if p < STOP {
        let reason = format!("arms of {people:?} against the plan {planned:?}: p = {p:.1e}");
        return Err(refuse("sample ratio", reason, "the fault in assignment or counting found and mended"));
    }
    Ok(SampleRatio { statistic, df, p })
}
