//! Smoothing with weights and start of greatest likelihood.

use super::slopes::Sloped;
use super::{Path, Season, Smoothed, Smoothing, State, Step};
use crate::ground::estimate::Refused;
use crate::infer::fit::{Search, Verdict, maximise};

/// Ends between which the weights are searched.
const WEIGHTS: (f64, f64) = (1e-4, 0.9999);

/// How the errors of a series grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Errors {
    /// They stay as they are.
    Add,
    /// They grow with the forecast: errors are shares of it. Values must be above 0.
    Scale,
}

/// A model of errors, trend and season.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Model {
    /// How errors grow.
    pub errors: Errors,
    /// φ of a trend, how much of it is left after one period; `None` for no trend.
    pub damping: Option<f64>,
    /// How the season enters.
    pub season: Season,
    /// Periods of a season; not used without one.
    pub length: usize,
}

/// A model with the weights and the start of greatest likelihood.
#[derive(Debug, Clone, PartialEq)]
pub struct Likely {
    /// The model.
    pub model: Model,
    /// The weights.
    pub weights: Smoothing,
    /// The start.
    pub start: State,
    /// The series smoothed with both.
    pub smoothed: Smoothed,
    /// As [`log_likelihood`] of its one-step forecasts.
    pub likelihood: f64,
    /// Akaike's criterion, corrected for short series; `None` where the
    /// parameters are as many as the periods.
    pub aicc: Option<f64>,
    /// Weights, start and variance counted.
    pub parameters: usize,
}

impl Likely {
    /// Forecasts of `ahead` periods; without standard deviations where errors
    /// scale, and where seasons multiply.
    pub fn ahead(&self, ahead: usize) -> Path {
        let path = self.smoothed.ahead(ahead);
        if self.model.errors == Errors::Add {
            return path;
        }
        Path { steps: path.steps.into_iter().map(|step| Step { sd: None, ..step }).collect() }
    }
}

/// The log-likelihood of one-step forecasts, the variance at its best, without
/// its constant −(n/2)(1 + ln(2π/n)); `None` where errors scale and a forecast
/// is not above 0, and where nothing is missed.
///
/// Formula and source as [`likely`].
///
/// # Examples
/// ```
/// use cx_core::infer::forecast::{Errors, log_likelihood};
/// let found = log_likelihood(&[3.0, 1.0], &[2.0, 2.0], Errors::Add);
/// assert_eq!(found, Some(-(2.0_f64.ln())));
/// assert_eq!(log_likelihood(&[3.0], &[0.0], Errors::Scale), None);
/// ```
pub fn log_likelihood(history: &[f64], fitted: &[f64], errors: Errors) -> Option<f64> {
    let (mut squares, mut logs) = (0.0, 0.0);
    for (y, f) in history.iter().zip(fitted) {
        let scale = if errors == Errors::Scale { *f } else { 1.0 };
        if scale <= 0.0 {
            return None;
        }
        squares += ((y - f) / scale).powi(2);
        logs += scale.ln();
    }
    (squares > 0.0).then(|| -0.5 * history.len() as f64 * squares.ln() - logs)
}

/// Fits weights and start of a model to a series.
///
/// Formula: −(n/2) ln Σe² for errors that add; for errors that scale
/// −(n/2) ln Σ(e/f)² − Σ ln f, f the one-step forecasts of [`Smoothing::run`].
/// Weights lie in 0.0001..0.9999, γ below 1 − α besides; the seasons of the
/// start sum to 0 (to their number where they multiply). AICc is
/// −2 ln L + 2k + 2k(k + 1)/(n − k − 1) and compares models of one series.
/// The likelihood can have several peaks: the search climbs from six sets of
/// weights and takes the highest end. A weight at its end is an answer: the
/// level, trend or season does not move. Source: `hyndman2008`.
///
/// # Errors
/// The refusals `short_history` below two seasons or without a period more than
/// parameters, `smoothing_out_of_range` for values or a damping that do not fit
/// the model, and `search unfinished` where no climb comes to rest.
///
/// # Examples
/// ```
/// use cx_core::infer::forecast::{Errors, Model, Season, likely};
/// let history: Vec<f64> = (0..40).map(|t| 50.0 + f64::from(t * t % 11)).collect();
/// let level = Model { errors: Errors::Add, damping: None, season: Season::None, length: 1 };
/// let fit = likely(&history, level).unwrap();
/// // Values that go round a level: the newest counts for next to nothing.
/// assert!(fit.weights.level < 0.1 && fit.parameters == 3);
/// let trend = likely(&history, Model { damping: Some(1.0), ..level }).unwrap();
/// assert!(trend.likelihood >= fit.likelihood - 1e-6 && trend.aicc > fit.aicc);
/// ```
pub fn likely(history: &[f64], model: Model) -> Result<Likely, Refused> {
    let refused = |rule: &str, reason: String, lift: &str| Refused {
        rule: rule.to_owned(),
        reason,
        lift: lift.to_owned(),
    };
    let positive = model.errors == Errors::Scale || model.season == Season::Multiplies;
    let fine = |x: &f64| x.is_finite() && (!positive || *x > 0.0);
    let damped = model.damping.is_none_or(|phi| phi > 0.0 && phi <= 1.0);
    if !damped || !history.iter().all(fine) || (model.season != Season::None && model.length < 2) {
        return Err(refused(
            "smoothing_out_of_range",
            "the damping, the season or the values do not fit the model".to_owned(),
            "errors and a season that add where values can be 0 or below",
        ));
    }
    let shape = Shape::of(history, model)?;
    let (n, parameters) = (history.len(), shape.free() + 1);
    if n <= parameters + 1 {
        let reason = format!("{n} periods of history for {parameters} parameters");
        return Err(refused("short_history", reason, "a longer history, or a model with fewer parameters"));
    }
    let climb = |at: &[f64], gradient: &mut [f64]| shape.climb(history, at, gradient);
    let starts: Vec<Vec<f64>> =
        [0.1, 0.4, 0.8].iter().flat_map(|level| [0.02, 0.3].map(|other| shape.from(*level, other))).collect();
    let unfinished = |reason: String| {
        refused("search unfinished", reason, "look for extreme values in the data, or a simpler model")
    };
    let fit = maximise(&climb, &starts, &Search::default()).map_err(|e| unfinished(e.to_string()))?;
    if !matches!(fit.verdict, Verdict::Converged | Verdict::Flat { .. }) {
        return Err(unfinished("the likelihood stopped rising before its gradient vanished".to_owned()));
    }
    let (weights, start) = shape.read(&fit.at);
    let smoothed = weights.run(history, start.clone())?;
    let (count, k) = (n as f64, parameters as f64);
    let room = count - k - 1.0;
    let aicc = (room > 0.0).then(|| 2.0 * (k + k * (k + 1.0) / room - fit.value));
    Ok(Likely { model, weights, start, smoothed, likelihood: fit.value, aicc, parameters })
}

/// Where parameters stand in a search, from which origin and in which unit.
struct Shape {
    model: Model,
    origin: State,
    /// Unit of the level and of seasons that add.
    unit: f64,
}

/// The parts of a model with their slopes.
struct Parts {
    alpha: Sloped,
    beta: Option<Sloped>,
    gamma: Option<Sloped>,
    level: Sloped,
    trend: Option<Sloped>,
    seasons: Vec<Sloped>,
}

impl Shape {
    fn of(history: &[f64], model: Model) -> Result<Self, Refused> {
        let length = if model.season == Season::None { 1 } else { model.length };
        let mut origin = State::of_seasons(history, length, model.season)?;
        if model.season == Season::None {
            // One value is no level: the mean of the first ten, or of what there is.
            let first = &history[..history.len().min(10)];
            let n = first.len() as f64;
            origin.level = first.iter().sum::<f64>() / n;
            origin.trend = (first[first.len() - 1] - first[0]) / (n - 1.0).max(1.0);
        }
        let mean = history.iter().sum::<f64>() / history.len() as f64;
        let spread = history.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / history.len() as f64;
        let unit = if spread > 0.0 { spread.sqrt() } else { 1.0 };
        Ok(Self { model, origin, unit })
    }

    /// Free parameters: weights and start.
    fn free(&self) -> usize {
        let trend = if self.model.damping.is_some() { 2 } else { 0 };
        // A weight, and all seasons but the one that their sum gives.
        2 + trend + self.origin.seasons.len()
    }

    /// The origin with these weights.
    fn from(&self, level: f64, other: f64) -> Vec<f64> {
        let logit = |share: f64| (share / (1.0 - share)).ln();
        let weights =
            1 + usize::from(self.model.damping.is_some()) + usize::from(!self.origin.seasons.is_empty());
        (0..self.free())
            .map(|i| {
                if i == 0 {
                    logit(level)
                } else if i < weights {
                    logit(other)
                } else {
                    0.0
                }
            })
            .collect()
    }

    fn parts(&self, at: &[f64]) -> Parts {
        let mut places = 0..at.len();
        let mut place = || places.next().unwrap_or(0);
        let trended = self.model.damping.is_some();
        let seasonal = !self.origin.seasons.is_empty();
        let one = Sloped::constant(1.0, at.len());
        let alpha = Sloped::share(WEIGHTS, at, place());
        let beta = trended.then(|| Sloped::share(WEIGHTS, at, place()));
        let gamma = seasonal.then(|| &(&one - &alpha) * &Sloped::share(WEIGHTS, at, place()));
        let level = Sloped::parameter(self.origin.level, self.unit, at, place());
        let step = self.unit / 10.0;
        let trend = trended.then(|| Sloped::parameter(self.origin.trend, step, at, place()));
        let multiplies = self.model.season == Season::Multiplies;
        let unit = if multiplies { 1.0 } else { self.unit };
        let free = self.origin.seasons.iter().skip(1);
        let mut seasons: Vec<Sloped> =
            free.map(|season| Sloped::parameter(*season, unit, at, place())).collect();
        if seasonal {
            let whole = if multiplies { self.origin.seasons.len() as f64 } else { 0.0 };
            let all = Sloped::constant(whole, at.len());
            let rest = seasons.iter().fold(all, |rest, season| &rest - season);
            seasons.insert(0, rest);
        }
        Parts { alpha, beta, gamma, level, trend, seasons }
    }

    fn read(&self, at: &[f64]) -> (Smoothing, State) {
        let parts = self.parts(at);
        let weights = Smoothing {
            level: parts.alpha.value,
            trend: parts.beta.map(|beta| beta.value),
            season: parts.gamma.map_or(0.0, |gamma| gamma.value),
            damping: self.model.damping.unwrap_or(1.0),
            kind: self.model.season,
        };
        let start = State {
            level: parts.level.value,
            trend: parts.trend.map_or(0.0, |trend| trend.value),
            seasons: parts.seasons.iter().map(|season| season.value).collect(),
        };
        (weights, start)
    }

    /// The log-likelihood with its gradient, by the recursion of [`Smoothing::run`].
    fn climb(&self, history: &[f64], at: &[f64], gradient: &mut [f64]) -> f64 {
        let Parts { alpha, beta, gamma, mut level, mut trend, mut seasons } = self.parts(at);
        let multiplies = self.model.season == Season::Multiplies;
        if multiplies && seasons.iter().any(|season| season.value <= 0.0) {
            return f64::NEG_INFINITY;
        }
        let damping = self.model.damping.unwrap_or(1.0);
        let length = seasons.len().max(1);
        let mut squares = Sloped::constant(0.0, at.len());
        let mut logs = Sloped::constant(0.0, at.len());
        for (t, y) in history.iter().enumerate() {
            let kept = trend.as_ref().map(|trend| trend * damping);
            let base = kept.as_ref().map_or_else(|| level.clone(), |kept| &level + kept);
            let season = seasons.get(t % length);
            let forecast = match season {
                None => base.clone(),
                Some(season) if multiplies => &base * season,
                Some(season) => &base + season,
            };
            let error = &Sloped::constant(*y, at.len()) - &forecast;
            let by_level = season.filter(|_| multiplies).map_or_else(|| error.clone(), |s| &error / s);
            let moved = &alpha * &by_level;
            level = &base + &moved;
            trend = kept.zip(beta.as_ref()).map(|(kept, beta)| &kept + &(beta * &moved));
            if let (Some(season), Some(gamma)) = (season, &gamma) {
                let by_season = if multiplies { &error / &base } else { error.clone() };
                seasons[t % length] = season + &(gamma * &by_season);
            }
            let own = if self.model.errors == Errors::Scale {
                if forecast.value <= 0.0 {
                    return f64::NEG_INFINITY;
                }
                logs.value += forecast.value.ln();
                logs.slopes += &forecast.slopes / forecast.value;
                &error / &forecast
            } else {
                error
            };
            squares = &squares + &(&own * &own);
        }
        let half = 0.5 * history.len() as f64;
        for (place, slope) in gradient.iter_mut().enumerate() {
            *slope = -half * squares.slopes[place] / squares.value - logs.slopes[place];
        }
        -half * squares.value.ln() - logs.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::draws::uniform;
    use crate::infer::special::{Tails, normal};

    fn luck(world: u64, t: usize) -> f64 {
        normal::quantile(Tails::below(uniform(world, "luck", t as u32)))
    }

    /// A season with a trend and errors about them.
    fn series(world: u64, multiplies: bool) -> Vec<f64> {
        let season = [0.8, 1.0, 1.3, 0.9];
        let at = |t: usize| {
            let (level, season) = (50.0 + 0.5 * t as f64, season[t % 4]);
            if multiplies {
                level * season * (1.0 + 0.02 * luck(world, t))
            } else {
                level + 20.0 * season + luck(world, t)
            }
        };
        (0..48).map(at).collect()
    }

    /// The slopes that the search climbs by are those of the likelihood.
    #[test]
    fn slopes_are_those_of_the_likelihood() {
        for (season, errors) in [
            (Season::None, Errors::Add),
            (Season::Adds, Errors::Add),
            (Season::Adds, Errors::Scale),
            (Season::Multiplies, Errors::Scale),
        ] {
            let history = series(1, season == Season::Multiplies);
            let model = Model { errors, damping: Some(0.9), season, length: 4 };
            let shape = Shape::of(&history, model).unwrap();
            let at: Vec<f64> = (0..shape.free()).map(|i| 0.05 * luck(2, i)).collect();
            let mut gradient = vec![0.0; at.len()];
            let here = shape.climb(&history, &at, &mut gradient);
            let (weights, start) = shape.read(&at);
            let smoothed = weights.run(&history, start).unwrap();
            let again = log_likelihood(&history, &smoothed.fitted, errors).unwrap();
            assert!((here - again).abs() < 1e-9 * here.abs(), "{season:?}: {here} {again}");
            for place in 0..at.len() {
                let value = |shift: f64| {
                    let mut there = at.clone();
                    there[place] += shift;
                    shape.climb(&history, &there, &mut vec![0.0; at.len()])
                };
                let slope = (value(1e-5) - value(-1e-5)) / 2e-5;
                assert!((slope - gradient[place]).abs() < 1e-4 * slope.abs().max(1.0), "{season:?} {place}");
            }
        }
    }

    /// AICc finds the shape that made the series in most of them.
    #[test]
    fn the_shape_that_made_the_series_is_found() {
        let mut right = 0;
        for world in 0..20 {
            let multiplies = world % 2 == 0;
            let history = series(world, multiplies);
            let aicc = |season: Season, errors: Errors| {
                let model = Model { errors, damping: Some(1.0), season, length: 4 };
                likely(&history, model).unwrap().aicc.unwrap()
            };
            let (adds, scales) = (aicc(Season::Adds, Errors::Add), aicc(Season::Multiplies, Errors::Scale));
            assert!(adds.min(scales) < aicc(Season::None, Errors::Add));
            right += u32::from((scales < adds) == multiplies);
        }
        assert!(right >= 18, "{right} of 20");
    }

    #[test]
    fn what_is_refused() {
        let model = Model { errors: Errors::Add, damping: None, season: Season::Adds, length: 4 };
        let rule = |history: &[f64], model: Model| likely(history, model).unwrap_err().rule;
        let history = series(3, false);
        assert_eq!(rule(&history[..7], model), "short_history");
        assert_eq!(rule(&history[..8], model), "short_history");
        assert_eq!(rule(&history, Model { damping: Some(1.5), ..model }), "smoothing_out_of_range");
        assert_eq!(rule(&history, Model { length: 1, ..model }), "smoothing_out_of_range");
        let down: Vec<f64> = history.iter().map(|y| y - 100.0).collect();
        assert_eq!(rule(&down, Model { errors: Errors::Scale, ..model }), "smoothing_out_of_range");
        assert_eq!(rule(&[], Model { season: Season::None, ..model }), "short_history");
    }
}
