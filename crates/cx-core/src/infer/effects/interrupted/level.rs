//! A level that wanders, beside a control series: what would have come without the start.

use super::Series;
use crate::ground::estimate::{Method, Refused};
use crate::infer::effects::Effect;
use crate::infer::forecast::{Path, Step};

/// Periods before the start below which the wandering cannot be told from noise.
const FEWEST: usize = 12;
/// Cells of the first look over the share of the level's steps.
const CELLS: usize = 200;
/// Part of a squared step below which what is left is rounding.
const ROUNDING: f64 = 1e-24;

/// What moves a series: y = level + βx + noise, the level a random walk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelModel {
    /// Variance of the noise of one period, in the outcome's unit squared.
    pub irregular: f64,
    /// Variance of the level's step from one period to the next.
    pub level: f64,
    /// Outcome per unit of the control series; 0 without one.
    pub coefficient: f64,
}

/// What a model says of a series from its periods before the start alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Foretold {
    /// Log-likelihood of the periods before, the first contributing nothing.
    pub likelihood: f64,
    /// The periods after; standard deviations hold the noise, the steps of the
    /// level and what is not known of the last level, for a model that is known.
    pub forecast: Path,
}

/// A fitted level with the effect.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalLevel {
    /// The model of greatest likelihood.
    pub model: LevelModel,
    /// What it foretells.
    pub foretold: Foretold,
    /// Outcome less forecast, one a period after the start.
    pub effects: Vec<Effect>,
    /// Their mean.
    pub mean: Effect,
    /// Their sum.
    pub cumulative: Effect,
    /// Their sum over that of the forecasts; `None` where those sum to 0.
    pub relative: Option<f64>,
}

/// The filter's sums at a share of the level's steps, both variances in units of their sum.
struct Filtered {
    /// Variance of the level's step, 0..1; that of the noise is the rest.
    share: f64,
    /// Innovations.
    steps: f64,
    /// Σ ln F.
    logs: f64,
    /// Σ v²/F of the outcome, of both, of the control.
    squares: [f64; 3],
    /// Levels of outcome and control after the last period, and their variance.
    ends: (f64, f64, f64),
}

impl Filtered {
    /// Kalman's filter from a level of which nothing is known: after the first
    /// period it is that period, known up to the noise.
    fn of(share: f64, outcome: &[f64], control: &[f64]) -> Self {
        let noise = 1.0 - share;
        let (mut own, mut other, mut variance) = (outcome[0], control[0], noise);
        let (mut logs, mut squares) = (0.0, [0.0; 3]);
        for (y, x) in outcome.iter().zip(control).skip(1) {
            variance += share;
            let spread = variance + noise;
            let (v, w, gain) = (y - own, x - other, variance / spread);
            own += gain * v;
            other += gain * w;
            variance *= 1.0 - gain;
            logs += spread.ln();
            for (sum, product) in squares.iter_mut().zip([v * v, v * w, w * w]) {
                *sum += product / spread;
            }
        }
        let steps = outcome.len() as f64 - 1.0;
        Self { share, steps, logs, squares, ends: (own, other, variance) }
    }

    /// β by generalised least squares; 0 where the control does not move.
    fn coefficient(&self) -> f64 {
        let [_, both, control] = self.squares;
        if control > 0.0 { both / control } else { 0.0 }
    }

    /// What is left of Σ v²/F at a β.
    fn left(&self, coefficient: f64) -> f64 {
        let [own, both, control] = self.squares;
        (own - 2.0 * coefficient * both + coefficient * coefficient * control).max(0.0)
    }

    /// The log-likelihood at a β and a sum of both variances.
    fn likelihood(&self, coefficient: f64, scale: f64) -> f64 {
        let around = self.steps * (std::f64::consts::TAU * scale).ln();
        -0.5 * (around + self.logs + self.left(coefficient) / scale)
    }

    /// The greatest log-likelihood over β and scale.
    fn greatest(&self) -> f64 {
        let coefficient = self.coefficient();
        self.likelihood(coefficient, self.left(coefficient) / self.steps)
    }

    /// The log-likelihood with β and scale integrated out, up to a constant.
    fn restricted(&self, free: f64) -> f64 {
        let [_, _, control] = self.squares;
        let known = if control > 0.0 { control.ln() } else { 0.0 };
        -0.5 * (free * self.left(self.coefficient()).ln() + self.logs + known)
    }

    /// An effect and its variance at this share, the error of β and a divisor of `free` with it.
    fn effect(&self, of: &Span, free: f64) -> (f64, f64) {
        let (own, other, variance) = self.ends;
        let coefficient = self.coefficient();
        let [_, _, control] = self.squares;
        let apart = of.control - other;
        let lever = if control > 0.0 { apart * apart / control } else { 0.0 };
        let spread = variance + self.share * of.walk + (1.0 - self.share) * of.noise + lever;
        (of.outcome - own - coefficient * apart, self.left(coefficient) / free * spread)
    }

    /// Forecasts of the periods of `control` after the last one.
    fn ahead(&self, coefficient: f64, scale: f64, control: &[f64]) -> Path {
        let (own, other, variance) = self.ends;
        let step = |(h, x): (usize, &f64)| {
            let spread = variance + self.share * (h as f64 + 1.0) + (1.0 - self.share);
            Step { value: own + coefficient * (x - other), sd: Some((scale * spread).sqrt()) }
        };
        Path { steps: control.iter().enumerate().map(step).collect() }
    }
}

/// Periods after the start of which an effect is told: one, or the mean of all.
struct Span {
    outcome: f64,
    control: f64,
    /// Variances of the level's step that its walk holds.
    walk: f64,
    /// Variances of the noise.
    noise: f64,
}

impl LevelModel {
    /// The likelihood of the periods before the start and forecasts of those after.
    ///
    /// Formula: the level after the first period is that period less βx, with
    /// variance σ²ε; from then on Kalman's steps v = y − βx − l, F = P + σ²η + σ²ε,
    /// l ← l + (P + σ²η)v/F. Source: `harvey1989`.
    ///
    /// # Errors
    /// [`Refused`] for a negative variance or two of 0, and as [`local_level`]
    /// for the series.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::effects::interrupted::{LevelModel, Series};
    /// let outcome = [4.0, 6.0, 5.0, 6.0, 4.0, 5.0, 7.0, 6.0, 5.0, 6.0, 7.0, 6.0, 9.0];
    /// let series = Series { outcome: &outcome, control: None, start: 12, season: None };
    /// // Without noise the last period is the level: the forecast is the last value.
    /// let walk = LevelModel { irregular: 0.0, level: 4.0, coefficient: 0.0 };
    /// let step = walk.foretell(&series).unwrap().forecast.steps[0];
    /// assert_eq!((step.value, step.sd), (6.0, Some(2.0)));
    /// ```
    pub fn foretell(&self, series: &Series<'_>) -> Result<Foretold, Refused> {
        let control = readable(series)?;
        let Self { irregular, level, coefficient } = *self;
        let scale = irregular + level;
        let known = scale > 0.0 && scale.is_finite() && coefficient.is_finite();
        if !known || irregular < 0.0 || level < 0.0 {
            return Err(refusal(
                "variances of the level",
                format!("{irregular} of the noise and {level} of the level's steps"),
                "two variances of 0 or more, one of them above 0",
            ));
        }
        let (before, after) = control.split_at(series.start);
        let filtered = Filtered::of(level / scale, &series.outcome[..series.start], before);
        Ok(Foretold {
            likelihood: filtered.likelihood(coefficient, scale),
            forecast: filtered.ahead(coefficient, scale, after),
        })
    }
}

/// A level that wanders and a control series, fitted to the periods before the
/// start; the effect is what came less what that foretells.
///
/// Formula: y = l + βx + ε, l ← l + η, both normal. β and the sum of the
/// variances follow by generalised least squares through the filter at every
/// share σ²η/(σ²η + σ²ε); the share is searched over 0 to 1, both ends
/// included (0: a level that stays; 1: no noise but the walk). The forecasts
/// are those of a known model. The effects carry more: the error of β, the
/// variance with n − 2 for its divisor (n − 1 without a control), and that the
/// share is not known, as the mean over shares of variance and squared
/// distance from the effect, weighted by the likelihood with β and variance
/// integrated out, even in the root of the share; limits from t.
///
/// The control must not be touched by the initiative. In simulated series of 24
/// and 60 periods before the start and 12 after it, the 95 % interval of the
/// mean effect held the planted one in 92 to 95 of 100 where the level moved by
/// as much as the noise or three times as much, in 95 to 99 where it moved by a
/// third of it, and in nearly all where it stayed: too wide there. That of the
/// fitted model taken for the true one held it in 75 to 92.
/// Source: `harvey1989`, as a design `brodersen2015`.
///
/// # Errors
/// [`Refused`] below 12 periods before the start or none after, with gaps or a
/// season, a control of another length or one that never moves before the
/// start, and where nothing is left to tell noise from.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::interrupted::{Series, local_level};
/// let control: Vec<f64> = (0..30).map(|t| f64::from(t * t % 7)).collect();
/// let outcome: Vec<f64> = (0..30)
///     .map(|t| {
///         let noise = 0.1 * f64::from(t * 5 % 3);
///         2.0 * control[t as usize] + noise + if t >= 20 { 5.0 } else { 0.0 }
///     })
///     .collect();
/// let series = Series { outcome: &outcome, control: Some(&control), start: 20, season: None };
/// let fit = local_level(&series).unwrap();
/// assert!((fit.model.coefficient - 2.0).abs() < 0.05 && (fit.mean.value - 5.0).abs() < 0.2);
/// assert!(local_level(&Series { start: 5, ..series }).is_err());
/// ```
pub fn local_level(series: &Series<'_>) -> Result<LocalLevel, Refused> {
    let control = readable(series)?;
    let (before, after) = control.split_at(series.start);
    let history = &series.outcome[..series.start];
    let unmoved = before.iter().all(|x| *x == before[0]);
    if unmoved && series.control.is_some() {
        let reason = "the control is the same in every period before the start".to_owned();
        return Err(refusal("control that moves", reason, "a control series that moves, or none"));
    }
    let looked: Vec<Filtered> = (0..=CELLS).map(|i| Filtered::of(cell(i).powi(2), history, before)).collect();
    let filtered = searched(&looked, |share| Filtered::of(share, history, before));
    let coefficient = filtered.coefficient();
    let left = filtered.left(coefficient);
    if left <= ROUNDING * filtered.squares[0] {
        let reason = "the periods before the start leave no noise".to_owned();
        return Err(refusal("noise of the series", reason, "a series that is measured, not computed"));
    }
    let df = filtered.steps - f64::from(u8::from(!unmoved));
    let weights: Vec<f64> = {
        let raw: Vec<f64> = looked.iter().map(|f| f.restricted(df)).collect();
        let top = raw.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        raw.iter().map(|x| (x - top).exp()).collect()
    };
    let all: f64 = weights.iter().sum();
    let effect = |of: &Span| {
        let (value, _) = filtered.effect(of, df);
        let around = looked.iter().zip(&weights).map(|(filtered, weight)| {
            let (there, variance) = filtered.effect(of, df);
            weight * (variance + (there - value) * (there - value))
        });
        Effect { value, se: (around.sum::<f64>() / all).sqrt(), df, method: Method::SerialT }
    };
    let came = &series.outcome[series.start..];
    let effects: Vec<Effect> = (1..)
        .zip(came.iter().zip(after))
        .map(|(h, (y, x))| effect(&Span { outcome: *y, control: *x, walk: f64::from(h), noise: 1.0 }))
        .collect();
    let n = after.len() as f64;
    let mean = effect(&Span {
        outcome: came.iter().sum::<f64>() / n,
        control: after.iter().sum::<f64>() / n,
        // The j-th step of the level is in the mean with the periods from j on: Σ (n − j + 1)²/n².
        walk: (n + 1.0) * (2.0 * n + 1.0) / (6.0 * n),
        noise: 1.0 / n,
    });
    let (scale, share) = (left / filtered.steps, filtered.share);
    let forecast = filtered.ahead(coefficient, scale, after);
    let foretold: f64 = forecast.steps.iter().map(|step| step.value).sum();
    let cumulative = mean.times(n);
    Ok(LocalLevel {
        model: LevelModel { irregular: scale * (1.0 - share), level: scale * share, coefficient },
        foretold: Foretold { likelihood: filtered.likelihood(coefficient, scale), forecast },
        effects,
        mean,
        cumulative,
        relative: (foretold != 0.0).then(|| cumulative.value / foretold),
    })
}

/// The root of a share in the first look: even steps, so that shares lie dense
/// near 0, where they differ most.
fn cell(i: usize) -> f64 {
    i as f64 / CELLS as f64
}

/// The share of greatest likelihood: the best of the first look, then golden
/// sections around it; an end of the range where nothing inside is better.
fn searched(looked: &[Filtered], at: impl Fn(f64) -> Filtered) -> Filtered {
    let best = looked.iter().enumerate().fold((0, f64::NEG_INFINITY), |best, (i, filtered)| {
        let here = filtered.greatest();
        if here > best.1 { (i, here) } else { best }
    });
    let value = |u: f64| at(u * u).greatest();
    let (mut low, mut high) = (cell(best.0.saturating_sub(1)), cell((best.0 + 1).min(CELLS)));
    let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
    for _ in 0..60 {
        let (left, right) = (high - golden * (high - low), low + golden * (high - low));
        if value(left) >= value(right) {
            high = right;
        } else {
            low = left;
        }
    }
    let inner = f64::midpoint(low, high);
    let u = if value(inner) > best.1 { inner } else { cell(best.0) };
    at(u * u)
}

/// The control series, zeros without one, where the series can be read.
fn readable(series: &Series<'_>) -> Result<Vec<f64>, Refused> {
    let (n, start) = (series.outcome.len(), series.start);
    if start < FEWEST || start >= n {
        let reason = format!("{start} periods before and {} after the start", n.saturating_sub(start));
        let lift = format!("{FEWEST} periods before and one after");
        return Err(refusal("length of the series", reason, &lift));
    }
    let fine = |values: &[f64]| values.len() == n && values.iter().all(|y| y.is_finite());
    if !fine(series.outcome) || series.control.is_some_and(|control| !fine(control)) {
        let reason = "the series or its control has gaps, or they differ in length".to_owned();
        return Err(refusal("series without gaps", reason, "one number per period in both"));
    }
    if series.season.is_some() {
        let reason = "the model of a wandering level has no season of its own".to_owned();
        return Err(refusal(
            "series without season",
            reason,
            "a control that shares the season, or the segmented line",
        ));
    }
    Ok(series.control.map_or_else(|| vec![0.0; n], <[f64]>::to_vec))
}

fn refusal(rule: &str, reason: String, lift: &str) -> Refused {
    Refused { rule: rule.to_owned(), reason, lift: lift.to_owned() }
}
