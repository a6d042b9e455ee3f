//! Forecasts without a model.

use super::{Path, Step};
use crate::ground::estimate::Refused;

/// A rule of thumb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Naive {
    /// The last value goes on.
    Last,
    /// The same period of the last season, seasons of so many periods.
    Seasonal(usize),
    /// The mean of the history.
    Mean,
    /// The line from the first value to the last goes on.
    Drift,
}

fn short(least: usize, n: usize) -> Refused {
    Refused {
        rule: "short_history".to_owned(),
        reason: format!("{n} periods of history; {least} are needed, all of them numbers"),
        lift: "a longer history, or a simpler forecast".to_owned(),
    }
}

/// Forecasts of `ahead` periods by a rule of thumb.
///
/// The standard deviation is that of the rule's own one-step errors in the
/// history, σ. Formula: σ√h for the last value, σ√(seasons begun) for the
/// seasonal one, σ√(1 + 1/n) for the mean, σ√(h (1 + h/(n − 1))) for the drift.
/// Source: `hyndman2021`.
///
/// # Errors
/// The refusal `short_history`: two values, or more than a season.
///
/// # Examples
/// ```
/// use cx_core::infer::forecast::{naive, Naive};
/// let history = [10.0, 20.0, 12.0, 22.0];
/// assert_eq!(naive(&history, Naive::Seasonal(2), 3).unwrap().values(), [12.0, 22.0, 12.0]);
/// assert_eq!(naive(&history, Naive::Drift, 1).unwrap().values(), [26.0]);
/// assert_eq!(naive(&history, Naive::Seasonal(4), 1).unwrap_err().rule, "short_history");
/// ```
pub fn naive(history: &[f64], rule: Naive, ahead: usize) -> Result<Path, Refused> {
    let n = history.len();
    let lag = if let Naive::Seasonal(season) = rule { season } else { 1 };
    if n <= lag || lag == 0 || n < 2 || history.iter().any(|x| !x.is_finite()) {
        return Err(short(lag.max(1) + 1, n));
    }
    let count = n as f64;
    let mean = history.iter().sum::<f64>() / count;
    let slope = (history[n - 1] - history[0]) / (count - 1.0);
    let errors: Vec<f64> = match rule {
        Naive::Mean => history.iter().map(|x| x - mean).collect(),
        Naive::Drift => history.windows(2).map(|w| w[1] - w[0] - slope).collect(),
        Naive::Last | Naive::Seasonal(_) => (lag..n).map(|t| history[t] - history[t - lag]).collect(),
    };
    // The mean and the slope are estimates of one number each.
    let free = errors.len() as f64 - f64::from(u8::from(matches!(rule, Naive::Mean | Naive::Drift)));
    let sd = (free > 0.0).then(|| (errors.iter().map(|e| e * e).sum::<f64>() / free).sqrt());
    let step = |h: usize| {
        let ahead = h as f64;
        let (value, grows) = match rule {
            Naive::Last => (history[n - 1], ahead),
            Naive::Seasonal(season) => {
                (history[n - season + (h - 1) % season], ((h - 1) / season + 1) as f64)
            }
            Naive::Mean => (mean, 1.0 + 1.0 / count),
            Naive::Drift => (slope.mul_add(ahead, history[n - 1]), ahead * (1.0 + ahead / (count - 1.0))),
        };
        Step { value, sd: sd.map(|sd| sd * grows.sqrt()) }
    };
    Ok(Path { steps: (1..=ahead).map(step).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::Level;
    use crate::infer::draws::uniform;
    use crate::infer::special::{Tails, normal};

    /// Limits of the last value hold a random walk's fifth step about as often as they say.
    #[test]
    fn limits_cover_a_random_walk() {
        let repeats = 400;
        let mut inside = 0;
        for world in 0..repeats {
            let mut at = 0.0;
            let walk: Vec<f64> = (0..65)
                .map(|t| {
                    at += normal::quantile(Tails::below(uniform(world, "walk", t)));
                    at
                })
                .collect();
            let (low, high) = naive(&walk[..60], Naive::Last, 5).unwrap().limits(5, Level::P90).unwrap();
            inside += u32::from((low..=high).contains(&walk[64]));
        }
        // Three binomial standard errors about 0.9, less a little for the estimated spread.
        let share = f64::from(inside) / repeats as f64;
        assert!((0.84..=0.945).contains(&share), "{share}");
    }
}
