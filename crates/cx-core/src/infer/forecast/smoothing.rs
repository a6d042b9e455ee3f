//! Exponential smoothing with trend and season.

use super::{Path, Step};
use crate::ground::estimate::Refused;

/// How the season enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Season {
    /// Not at all.
    None,
    /// It adds.
    Adds,
    /// It multiplies: swings grow with the level. Values must be above 0.
    Multiplies,
}

/// Weights of the newest value, each 0..1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Smoothing {
    /// α of the level.
    pub level: f64,
    /// β of the trend; `None` for a series without one.
    pub trend: Option<f64>,
    /// γ of the season; not used without one.
    pub season: f64,
    /// φ, how much of a trend is left after one period; 1 is a straight line.
    pub damping: f64,
    /// How the season enters.
    pub kind: Season,
}

/// Where a series stands.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Level.
    pub level: f64,
    /// Trend per period.
    pub trend: f64,
    /// Seasons, that of the next period first; empty without a season.
    pub seasons: Vec<f64>,
}

/// A series smoothed to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Smoothed {
    /// One-step forecasts of the history.
    pub fitted: Vec<f64>,
    /// Sum of squared one-step errors.
    pub squares: f64,
    /// Where it stands.
    pub state: State,
    pub(super) smoothing: Smoothing,
}

impl State {
    /// A start by the book: the level is the mean of the first season, the
    /// trend the difference of the first two seasons' means per period, the
    /// seasons the first season's values against that level.
    ///
    /// # Errors
    /// The refusal `short_history` below two seasons.
    pub fn of_seasons(history: &[f64], length: usize, kind: Season) -> Result<Self, Refused> {
        if length == 0 || history.len() < 2 * length || history.iter().any(|x| !x.is_finite()) {
            return Err(Refused {
                rule: "short_history".to_owned(),
                reason: format!("{} periods of history; two seasons of {length} are needed", history.len()),
                lift: "a longer history, or a forecast without a season".to_owned(),
            });
        }
        let mean = |from: usize| history[from..from + length].iter().sum::<f64>() / length as f64;
        let (level, next) = (mean(0), mean(length));
        let season = |x: &f64| match kind {
            Season::Multiplies => x / level,
            Season::Adds => x - level,
            Season::None => 0.0,
        };
        let seasons =
            if kind == Season::None { Vec::new() } else { history[..length].iter().map(season).collect() };
        Ok(Self { level, trend: (next - level) / length as f64, seasons })
    }
}

impl Smoothing {
    /// Runs a series from a known start to its end.
    ///
    /// Formula (season adds): forecast f = l + φb + s; with the error e = y − f
    /// l ← l + φb + αe, b ← φb + αβe, s ← s + γe; a season that multiplies takes
    /// f = (l + φb)s and divides its errors by what they multiply.
    /// Source: `winters1960`, the error form `hyndman2008`.
    ///
    /// # Errors
    /// The refusal `smoothing_out_of_range` for weights outside 0..1, a start
    /// whose seasons do not fit the kind, and values not above 0 under a season
    /// that multiplies.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::forecast::{Season, Smoothing, State};
    /// let simple = Smoothing { level: 0.5, trend: None, season: 0.0, damping: 1.0, kind: Season::None };
    /// let start = State { level: 10.0, trend: 0.0, seasons: vec![] };
    /// let smoothed = simple.run(&[12.0, 14.0], start).unwrap();
    /// assert_eq!(smoothed.fitted, [10.0, 11.0]);
    /// assert_eq!(smoothed.ahead(2).values(), [12.5, 12.5]);
    /// ```
    pub fn run(self, history: &[f64], start: State) -> Result<Smoothed, Refused> {
        self.check(history, &start)?;
        let State { mut level, mut trend, mut seasons } = start;
        let (mut fitted, mut squares) = (Vec::with_capacity(history.len()), 0.0);
        let length = seasons.len().max(1);
        for (t, y) in history.iter().enumerate() {
            let base = self.damping.mul_add(trend, level);
            let season = seasons.get(t % length).copied();
            let forecast = self.with_season(base, season);
            let error = y - forecast;
            // What one unit of the level moves in the value, and one unit of the season.
            let (by_level, by_season) =
                if self.kind == Season::Multiplies { (season.unwrap_or(1.0), base) } else { (1.0, 1.0) };
            level = base + self.level * error / by_level;
            trend = self
                .trend
                .map_or(0.0, |beta| self.damping.mul_add(trend, self.level * beta * error / by_level));
            if let Some(season) = seasons.get_mut(t % length) {
                *season += self.season * error / by_season;
            }
            fitted.push(forecast);
            squares += error * error;
        }
        // The season of the next period first.
        seasons.rotate_left(history.len() % length);
        let state = State { level, trend, seasons };
        Ok(Smoothed { fitted, squares, state, smoothing: self })
    }

    fn with_season(self, base: f64, season: Option<f64>) -> f64 {
        match self.kind {
            Season::None => base,
            Season::Adds => base + season.unwrap_or(0.0),
            Season::Multiplies => base * season.unwrap_or(1.0),
        }
    }

    fn check(self, history: &[f64], start: &State) -> Result<(), Refused> {
        let weights = [self.level, self.trend.unwrap_or(0.0), self.season, self.damping];
        let fits = (self.kind == Season::None) == start.seasons.is_empty();
        let plain = |x: &f64| x.is_finite() && (self.kind != Season::Multiplies || *x > 0.0);
        let started = start.level.is_finite() && start.trend.is_finite();
        let seasons = start.seasons.iter().all(plain);
        if weights.iter().all(|w| (0.0..=1.0).contains(w))
            && fits
            && started
            && seasons
            && history.iter().all(plain)
        {
            return Ok(());
        }
        Err(Refused {
            rule: "smoothing_out_of_range".to_owned(),
            reason: "a weight lies outside 0 to 1, or the start or the values do not fit the season"
                .to_owned(),
            lift: "use a season that adds where values can be 0 or below".to_owned(),
        })
    }
}

impl Smoothed {
    /// Forecasts of `ahead` periods.
    ///
    /// Formula: l + (φ + … + φʰ) b with the season of the period. The standard
    /// deviation is that of the one-step errors, σ² = Σe²/n, times
    /// 1 + Σ_{j<h} (α(1 + β(φ + … + φʲ)) + γ at whole seasons)²; it is exact for
    /// errors and seasons that add and not given where seasons multiply.
    /// Source: `hyndman2008`.
    pub fn ahead(&self, ahead: usize) -> Path {
        let Self { state, smoothing, .. } = self;
        let length = state.seasons.len().max(1);
        let variance = self.squares / self.fitted.len() as f64;
        let (mut reach, mut power, mut spread) = (0.0, 1.0, 1.0);
        let steps = (1..=ahead).map(|h| {
            let now = spread;
            power *= smoothing.damping;
            reach += power;
            let trend = smoothing.trend.map_or(0.0, |beta| smoothing.level * beta * reach);
            let season = if h % length == 0 && !state.seasons.is_empty() { smoothing.season } else { 0.0 };
            spread += (smoothing.level + trend + season).powi(2);
            let season = state.seasons.get((h - 1) % length).copied();
            let value = smoothing.with_season(state.trend.mul_add(reach, state.level), season);
            let known = smoothing.kind != Season::Multiplies && variance.is_finite();
            Step { value, sd: known.then(|| (variance * now).sqrt()) }
        });
        Path { steps: steps.collect() }
    }
}
