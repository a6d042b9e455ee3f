//! A forecast held against what came, from many origins.

use super::{Naive, Path, naive};
use crate::ground::estimate::Refused;
use crate::infer::draws::summary;
use crate::infer::scoring::{crps_of_normal, mean_step, skill};

/// Origins below which one lucky stretch decides.
const LEAST: usize = 6;

/// How a method is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Trial {
    /// Periods ahead.
    pub ahead: usize,
    /// Origins, the last `ahead` periods before the end of the series.
    pub origins: usize,
    /// Periods of a season; `None` without one.
    pub season: Option<usize>,
}

/// Errors of one method over all origins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tried {
    /// Mean absolute error over the mean step of each history (of one period,
    /// or of one season): 1 is as good as the naive forecast one step ahead.
    pub scaled: f64,
    /// Mean of the ranked probability score of the normal forecast, in the
    /// series' unit; `None` where the method gives no spread.
    pub crps: Option<f64>,
    /// Mean of actual less forecast, in the series' unit.
    pub bias: f64,
}

/// A method and the two it must beat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backtest {
    /// The method.
    pub method: Tried,
    /// The last value goes on.
    pub last_value: Tried,
    /// The same period of the last season; `None` without a season.
    pub seasonal: Option<Tried>,
    /// 1 − its scaled error over that of the better rule: above 0 it earns its place.
    pub skill: Option<f64>,
    /// Origins.
    pub origins: usize,
}

/// Refits a method at every origin on what was known there, and scores its
/// forecast of one later period.
///
/// `method` sees a history and gives a path. Errors are scaled by the mean
/// step of the history at each origin, so that no later value enters; no error
/// is taken relative to a value that may be near 0. Neighbouring origins share
/// most of their history: the errors are no independent sample.
/// Source: `tashman2000`, the scaling `hyndman2006`.
///
/// # Errors
/// Refusals: `few_origins` below 6, `short_history` where the first origin has
/// less than two seasons (or three periods), and what the method refuses.
///
/// # Examples
/// ```
/// use cx_core::infer::forecast::{backtest, naive, Naive, Trial};
/// let series: Vec<f64> = (0..40).map(|t| 100.0 + 2.0 * f64::from(t) + f64::from(t % 4)).collect();
/// let trial = Trial { ahead: 2, origins: 8, season: Some(4) };
/// let found = backtest(&series, trial, |history| naive(history, Naive::Drift, 2)).unwrap();
/// assert!(found.method.scaled < found.last_value.scaled && found.skill.unwrap() > 0.4);
/// let few = backtest(&series, Trial { origins: 5, ..trial }, |history| naive(history, Naive::Drift, 2));
/// assert_eq!(few.unwrap_err().rule, "few_origins");
/// ```
pub fn backtest(
    series: &[f64],
    trial: Trial,
    method: impl Fn(&[f64]) -> Result<Path, Refused>,
) -> Result<Backtest, Refused> {
    let refused = |rule: &str, reason: String, lift: &str| Refused {
        rule: rule.to_owned(),
        reason,
        lift: lift.to_owned(),
    };
    let Trial { ahead, origins, season } = trial;
    if origins < LEAST || ahead == 0 {
        let reason = format!("{origins} origins; at least {LEAST} are tried, a period ahead or more");
        return Err(refused("few_origins", reason, "try more origins"));
    }
    let lag = season.unwrap_or(1);
    let first = series.len().checked_sub(ahead + origins - 1).filter(|n| lag > 0 && *n > (2 * lag).max(2));
    let Some(first) = first.filter(|_| series.iter().all(|x| x.is_finite())) else {
        let reason = format!("{} periods do not reach for {origins} origins", series.len());
        return Err(refused("short_history", reason, "a longer series, or fewer origins"));
    };
    let tried = |method: &dyn Fn(&[f64]) -> Result<Path, Refused>| {
        let (mut scaled, mut crps, mut bias) = (Vec::new(), Vec::new(), Vec::new());
        for origin in first..first + origins {
            let (history, actual) = (&series[..origin], series[origin + ahead - 1]);
            let path = method(history)?;
            let unmade =
                || refused("short_path", "the method gives too few periods".to_owned(), "ask it for more");
            let step = path.steps.get(ahead - 1).ok_or_else(unmade)?;
            let off = actual - step.value;
            bias.push(off);
            // A history that never moved has no step to scale by, and scores nothing.
            scaled.extend(mean_step(history, lag).filter(|step| *step > 0.0).map(|step| off.abs() / step));
            crps.extend(step.sd.and_then(|sd| crps_of_normal(actual, step.value, sd)));
        }
        let mean = |list: &[f64]| summary(list).map(|s| s.mean);
        let unmoved = || {
            refused("unmoved_series", "the series never moved before an origin".to_owned(), "none is needed")
        };
        Ok(Tried {
            scaled: mean(&scaled).filter(|_| scaled.len() == origins).ok_or_else(unmoved)?,
            crps: mean(&crps).filter(|_| crps.len() == origins),
            bias: mean(&bias).unwrap_or(f64::NAN),
        })
    };
    let found = tried(&method)?;
    let last_value = tried(&|history| naive(history, Naive::Last, ahead))?;
    let seasonal =
        season.map(|season| tried(&|history| naive(history, Naive::Seasonal(season), ahead))).transpose()?;
    let bar = seasonal.map_or(last_value.scaled, |s| s.scaled.min(last_value.scaled));
    Ok(Backtest { method: found, last_value, seasonal, skill: skill(found.scaled, bar), origins })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::draws::uniform;
    use crate::infer::forecast::{Season, Smoothing, State};
    use crate::infer::special::{Tails, normal};

    fn luck(world: u64, t: usize) -> f64 {
        normal::quantile(Tails::below(uniform(world, "luck", t as u32)))
    }

    /// A season with a trend: smoothing beats both rules. A random walk: nothing beats its last value.
    #[test]
    fn what_earns_its_place_and_what_does_not() {
        let season = [0.0, 5.0, 9.0, 4.0];
        let series: Vec<f64> = (0..60).map(|t| 50.0 + 0.8 * t as f64 + season[t % 4] + luck(1, t)).collect();
        let smooth = |history: &[f64]| {
            let smoothing =
                Smoothing { level: 0.3, trend: Some(0.1), season: 0.2, damping: 1.0, kind: Season::Adds };
            Ok(smoothing.run(history, State::of_seasons(history, 4, Season::Adds)?)?.ahead(3))
        };
        let trial = Trial { ahead: 3, origins: 20, season: Some(4) };
        let found = backtest(&series, trial, smooth).unwrap();
        assert!(found.skill.unwrap() > 0.4, "{found:?}");
        assert!(found.method.crps.unwrap() < found.seasonal.unwrap().crps.unwrap());
        let mut at = 0.0;
        let mut step = |t: usize| {
            at += luck(2, t);
            at
        };
        let walk: Vec<f64> = (0..120).map(&mut step).collect();
        let trial = Trial { ahead: 1, origins: 80, season: None };
        let found = backtest(&walk, trial, |history| naive(history, Naive::Mean, 1)).unwrap();
        assert!(found.skill.unwrap() < 0.0 && (found.last_value.scaled - 1.0).abs() < 0.25, "{found:?}");
    }

    /// What comes after an origin is not seen: a changed end moves no earlier forecast.
    #[test]
    fn the_future_is_not_seen() {
        let series: Vec<f64> = (0..30).map(|t| luck(3, t)).collect();
        let lengths = std::cell::RefCell::new(Vec::new());
        let trial = Trial { ahead: 2, origins: 6, season: None };
        let watch = |history: &[f64]| {
            lengths.borrow_mut().push(history.len());
            naive(history, Naive::Last, 2)
        };
        let found = backtest(&series, trial, watch).unwrap();
        assert_eq!(lengths.into_inner(), [23, 24, 25, 26, 27, 28]);
        assert_eq!((found.method, found.skill), (found.last_value, Some(0.0)));
        let flat = backtest(&[1.0; 30], trial, |history| naive(history, Naive::Last, 2));
        assert_eq!(flat.unwrap_err().rule, "unmoved_series");
    }
}
