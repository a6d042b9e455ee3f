//! Holt and Winters' smoothing with weights of least squared error.

use super::{Season, Smoothed, Smoothing, State};
use crate::ground::estimate::Refused;

/// Weights that are tried first, in every combination.
const FIRST: [f64; 4] = [0.1, 0.3, 0.6, 0.9];
/// Starts from which the search goes down.
const STARTS: usize = 3;
/// Step of a weight at which the search ends.
const FINEST: f64 = 1e-7;

/// A smoothing whose weights were searched.
#[derive(Debug, Clone, PartialEq)]
pub struct HoltWinters {
    /// α of the level.
    pub level: f64,
    /// β of the trend, of the level's own step.
    pub trend: f64,
    /// γ of the season, of what the new level leaves of the value.
    pub season: f64,
    /// The series from its second season to its end; `smoothed.ahead` forecasts.
    pub smoothed: Smoothed,
}

/// Weights of α, β and γ, each 0..1, with the least sum of squared one-step errors.
///
/// Formula: the first two seasons give the start: their trend is the centred
/// mean over a season, half a weight at both ends; the seasons are the mean of
/// what it leaves, about 0 (about 1 where they multiply); level and trend are
/// the line through it, one period before its first: on a trend the start lies
/// half a season behind, as in the published program. From the second season on
/// l ← α(y − s) + (1 − α)(l + b), b ← β(l − l₋₁) + (1 − β)b, s ← γ(y − l) + (1 − γ)s,
/// with y/s and y/l for a season that multiplies. These γ are not those of
/// [`Smoothing`]: where the season adds, γ(1 − α) is. The squared error can have
/// several valleys; the search goes down from the three best of 64 combinations
/// and takes the lowest end. Source: `winters1960`, the start `hyndman2008`.
///
/// # Errors
/// The refusals `short_history` below two seasons and a period, and
/// `smoothing_out_of_range` for no season, one of a single period, or values
/// that are no numbers or not above 0 under a season that multiplies.
///
/// # Examples
/// ```
/// use cx_core::infer::forecast::{Season, holt_winters};
/// let history: Vec<f64> = (0..40).map(|t| 10.0 + f64::from(t) + [0.0, 3.0, 5.0, 2.0][t as usize % 4]).collect();
/// let found = holt_winters(&history, 4, Season::Adds).unwrap();
/// assert!((found.smoothed.ahead(1).steps[0].value - 50.0).abs() < 0.5);
/// assert_eq!(holt_winters(&history[..8], 4, Season::Adds).unwrap_err().rule, "short_history");
/// ```
pub fn holt_winters(history: &[f64], length: usize, kind: Season) -> Result<HoltWinters, Refused> {
    let refused = |rule: &str, reason: String, lift: &str| Refused {
        rule: rule.to_owned(),
        reason,
        lift: lift.to_owned(),
    };
    let fine = |x: &f64| x.is_finite() && (kind == Season::Adds || *x > 0.0);
    if kind == Season::None || length < 2 || !history.iter().all(fine) {
        let reason = "there is no season, or the values do not fit it".to_owned();
        return Err(refused(
            "smoothing_out_of_range",
            reason,
            "a season of two periods or more; one that adds where values can be 0 or below",
        ));
    }
    if history.len() <= 2 * length {
        let reason = format!("{} periods of history; more than two seasons are needed", history.len());
        return Err(refused("short_history", reason, "a longer history, or a forecast without a season"));
    }
    let start = decomposed(history, length, kind);
    let squares = |weights: [f64; 3]| run(history, &start, kind, weights).squares;
    let mut tried: Vec<([f64; 3], f64)> = FIRST
        .iter()
        .flat_map(|a| FIRST.iter().flat_map(move |b| FIRST.iter().map(move |g| [*a, *b, *g])))
        .map(|weights| (weights, squares(weights)))
        .collect();
    tried.sort_by(|a, b| a.1.total_cmp(&b.1));
    let ends = tried.into_iter().take(STARTS).map(|(weights, value)| descend(weights, value, squares));
    let best = ends.min_by(|a, b| a.1.total_cmp(&b.1)).filter(|end| end.1.is_finite());
    let Some((weights, _)) = best else {
        let reason = "the squared error has no value: a level came down to 0".to_owned();
        return Err(refused("smoothing_out_of_range", reason, "a season that adds"));
    };
    let [level, trend, season] = weights;
    Ok(HoltWinters { level, trend, season, smoothed: run(history, &start, kind, weights) })
}

/// Steps along one weight at a time, halved where none goes down.
fn descend(mut at: [f64; 3], mut value: f64, f: impl Fn([f64; 3]) -> f64) -> ([f64; 3], f64) {
    let mut step = 0.1;
    while step > FINEST {
        let before = (at, value);
        for i in 0..3 {
            for side in [step, -step] {
                let mut next = at;
                next[i] = (at[i] + side).clamp(0.0, 1.0);
                let there = f(next);
                if there < value {
                    (at, value) = (next, there);
                    break;
                }
            }
        }
        if value < before.1 {
            // On along the way that all weights went together.
            let further = [0, 1, 2].map(|i| (2.0 * at[i] - before.0[i]).clamp(0.0, 1.0));
            let there = f(further);
            if there < value {
                (at, value) = (further, there);
            }
        } else {
            step *= 0.5;
        }
    }
    (at, value)
}

/// Level, trend and seasons before the second season, out of the first two.
fn decomposed(history: &[f64], length: usize, kind: Season) -> State {
    let two = &history[..2 * length];
    let half = length / 2;
    // Even seasons have no middle: half of the periods at both ends.
    let ends = if length.is_multiple_of(2) { 0.5 } else { 1.0 };
    let trend_at = |t: usize| {
        let inner: f64 = two[t + 1 - half..t + half].iter().sum();
        (inner + ends * (two[t - half] + two[t + half])) / length as f64
    };
    let places: Vec<usize> = (half..2 * length - half).collect();
    let trend: Vec<f64> = places.iter().map(|t| trend_at(*t)).collect();
    let multiplies = kind == Season::Multiplies;
    let mut sums = vec![(0.0, 0.0); length];
    for (t, trend) in places.iter().zip(&trend) {
        let left = if multiplies { two[*t] / trend } else { two[*t] - trend };
        let (sum, count) = &mut sums[t % length];
        *sum += left;
        *count += 1.0;
    }
    let raw: Vec<f64> = sums.iter().map(|(sum, count)| sum / count).collect();
    let mean = raw.iter().sum::<f64>() / length as f64;
    let seasons = raw.iter().map(|s| if multiplies { s / mean } else { s - mean }).collect();
    let n = trend.len() as f64;
    let (middle, height) = (f64::midpoint(1.0, n), trend.iter().sum::<f64>() / n);
    let (product, square) = (1..).zip(&trend).fold((0.0, 0.0), |(product, square), (i, y)| {
        let off = f64::from(i) - middle;
        (product + off * (y - height), square + off * off)
    });
    let slope = product / square;
    State { level: height - slope * middle, trend: slope, seasons }
}

/// The recursion from the second season on.
fn run(history: &[f64], start: &State, kind: Season, weights: [f64; 3]) -> Smoothed {
    let [alpha, beta, gamma] = weights;
    let State { mut level, mut trend, mut seasons } = start.clone();
    let length = seasons.len();
    let multiplies = kind == Season::Multiplies;
    let (mut fitted, mut squares) = (Vec::with_capacity(history.len() - length), 0.0);
    for (t, y) in history.iter().enumerate().skip(length) {
        let season = seasons[t % length];
        let base = level + trend;
        let forecast = if multiplies { base * season } else { base + season };
        let fresh = if multiplies { y / season } else { y - season };
        let next = alpha * fresh + (1.0 - alpha) * base;
        trend = beta * (next - level) + (1.0 - beta) * trend;
        level = next;
        let fresh = if multiplies { y / level } else { y - level };
        seasons[t % length] = gamma * fresh + (1.0 - gamma) * season;
        fitted.push(forecast);
        squares += (y - forecast) * (y - forecast);
    }
    seasons.rotate_left(history.len() % length);
    let smoothing =
        Smoothing { level: alpha, trend: Some(beta), season: gamma * (1.0 - alpha), damping: 1.0, kind };
    Smoothed { fitted, squares, state: State { level, trend, seasons }, smoothing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::draws::uniform;

    fn series(periods: usize) -> Vec<f64> {
        let season = [1.0, 4.0, 2.0, 5.0, 3.0];
        (0..periods).map(|t| 20.0 + 0.3 * t as f64 + season[t % 5] + uniform(1, "series", t as u32)).collect()
    }

    /// Where the season adds, both ways to write the recursion are one.
    #[test]
    fn the_same_as_the_error_form() {
        let history = series(43);
        let found = holt_winters(&history, 5, Season::Adds).unwrap();
        let start = decomposed(&history, 5, Season::Adds);
        let same = found.smoothed.smoothing.run(&history[5..], start).unwrap();
        assert!((same.squares / found.smoothed.squares - 1.0).abs() < 1e-9);
        for (a, b) in same.ahead(12).values().iter().zip(found.smoothed.ahead(12).values()) {
            assert!((a - b).abs() < 1e-9, "{a} {b}");
        }
    }

    /// No weights of a fine grid do better, seasons of even and of uneven length.
    #[test]
    fn nothing_on_a_grid_is_lower() {
        for (length, kind) in [(5, Season::Adds), (5, Season::Multiplies), (10, Season::Adds)] {
            let history = series(60);
            let found = holt_winters(&history, length, kind).unwrap();
            let start = decomposed(&history, length, kind);
            let twentieth = |i: u32| f64::from(i) / 20.0;
            for cell in 0..21_u32.pow(3) {
                let weights = [cell % 21, cell / 21 % 21, cell / 441].map(twentieth);
                let there = run(&history, &start, kind, weights).squares;
                assert!(there >= found.smoothed.squares - 1e-9, "{length} {kind:?} {weights:?}: {there}");
            }
        }
    }

    #[test]
    fn what_is_refused() {
        let history = series(30);
        let rule = |history: &[f64], length, kind| holt_winters(history, length, kind).unwrap_err().rule;
        assert_eq!(rule(&history[..10], 5, Season::Adds), "short_history");
        assert_eq!(rule(&history, 5, Season::None), "smoothing_out_of_range");
        assert_eq!(rule(&history, 1, Season::Adds), "smoothing_out_of_range");
        let down: Vec<f64> = history.iter().map(|y| y - 30.0).collect();
        assert_eq!(rule(&down, 5, Season::Multiplies), "smoothing_out_of_range");
        assert!(holt_winters(&down, 5, Season::Adds).is_ok());
    }
}
