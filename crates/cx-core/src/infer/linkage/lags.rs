//! How long a change of score takes to reach the outcome.

use crate::ground::estimate::Refused;
use crate::infer::regression::{FitError, Line, Pooled, Variance, least_squares};
use std::collections::BTreeMap;

/// One period of one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PanelRow {
    /// The unit: a store, a region, a team.
    pub unit: u64,
    /// The period, counted in steps of one.
    pub period: i64,
    /// Mean score in it.
    pub score: f64,
    /// Outcome in it.
    pub outcome: f64,
}

/// Which of the two goes before the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Leads {
    /// The score goes before the outcome more strongly than the other way round.
    Score,
    /// The outcome leads as strongly or more: direction not established.
    NotEstablished,
}

/// Effects of the score by lag.
#[derive(Debug, Clone, PartialEq)]
pub struct Lagged {
    /// Effect of lag 0, 1, …, outcome per score point.
    pub effects: Vec<f64>,
    /// Their standard errors.
    pub effect_ses: Vec<f64>,
    /// Their sum, the long-run effect.
    pub long_run: f64,
    /// Its standard error, by the delta method on the clustered covariance.
    pub long_run_se: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// t of earlier scores on the outcome, and of earlier outcomes on the score.
    pub precedence: (f64, f64),
    /// What the two say of the direction. Precedence predicts; it is no cause.
    pub leads: Leads,
    /// Akaike's criterion by the number of lags, 0 upwards, on the same rows.
    pub criteria: Vec<f64>,
    /// True where the effects lie on a parabola (more than four lags).
    pub smoothed: bool,
}

/// Fits y_ut = α_u + λ_t + Σ β_l s_{u,t−l} with the lags that Akaike's criterion
/// picks up to `most`, fixed in advance.
///
/// Units' and periods' own effects are taken off; with one unit there is a
/// trend in place of the periods. Above four lags the β lie on a parabola.
/// The reverse regression (score on earlier outcomes) is always made: where it
/// is as strong, the direction is not established. Variance clustered by unit;
/// with fewer than ten units, or one, robust without clusters.
/// Source: `almon1965`.
///
/// # Errors
/// A refusal below 24 periods, or below 15 units with 8 periods each.
pub fn distributed_lag(rows: &[PanelRow], most: usize) -> Result<Lagged, Refused> {
    let panel = Panel::new(rows);
    panel.is_enough()?;
    // All lengths are compared on the rows that the longest leaves.
    let mut criteria = Vec::new();
    for lags in 0..=most {
        criteria.push(panel.fit(lags, most, false, false).map_err(FitError::refused)?.line.aic());
    }
    let chosen = (0..criteria.len()).min_by(|a, b| criteria[*a].total_cmp(&criteria[*b])).unwrap_or(0);
    let fit = panel.fit(chosen, chosen, false, false).map_err(FitError::refused)?;
    // Each effect, and their sum, as weights of the coefficients.
    let weights: Vec<Vec<f64>> = (0..=chosen).map(|lag| Fit::weights(chosen, lag)).collect();
    let whole: Vec<f64> = (0..weights[0].len()).map(|k| weights.iter().map(|w| w[k]).sum()).collect();
    let effects: Vec<(f64, f64)> = weights.iter().map(|w| fit.combined(w)).collect();
    let (long_run, long_run_se) = fit.combined(&whole);
    let earlier = chosen.max(1);
    let strength = |reverse: bool| {
        panel.fit(earlier, earlier, reverse, true).map(|fit| fit.strength()).map_err(FitError::refused)
    };
    let precedence = (strength(false)?, strength(true)?);
    let leads = if precedence.0.abs() > precedence.1.abs() { Leads::Score } else { Leads::NotEstablished };
    Ok(Lagged {
        effects: effects.iter().map(|(effect, _)| *effect).collect(),
        effect_ses: effects.iter().map(|(_, se)| *se).collect(),
        long_run,
        long_run_se,
        df: fit.line.df,
        precedence,
        leads,
        criteria,
        smoothed: chosen > 4,
    })
}

struct Panel {
    cells: BTreeMap<(u64, i64), (f64, f64)>,
    units: usize,
    periods: usize,
    per_unit: usize,
}

struct Fit {
    line: Line,
    columns: usize,
}

impl Fit {
    /// The weight of each coefficient in the effect of a lag.
    fn weights(lags: usize, lag: usize) -> Vec<f64> {
        if lags <= 4 {
            return (0..=lags).map(|l| f64::from(u8::from(l == lag))).collect();
        }
        vec![1.0, lag as f64, (lag * lag) as f64]
    }

    /// A sum of coefficients with its standard error.
    fn combined(&self, weights: &[f64]) -> (f64, f64) {
        let value = weights.iter().zip(&self.line.coefficients).map(|(w, b)| w * b).sum();
        let mut variance = 0.0;
        for (i, a) in weights.iter().enumerate() {
            for (j, b) in weights.iter().enumerate() {
                variance += a * b * self.line.covariance[(i, j)];
            }
        }
        (value, f64::max(variance, 0.0).sqrt())
    }

    /// t of the sum of the first columns.
    fn strength(&self) -> f64 {
        let sum: f64 = self.line.coefficients[..self.columns].iter().sum();
        let variance = self.line.covariance.view((0, 0), (self.columns, self.columns)).sum();
        if variance > 0.0 { sum / variance.sqrt() } else { 0.0 }
    }
}

impl Panel {
    fn new(rows: &[PanelRow]) -> Self {
        let cells: BTreeMap<(u64, i64), (f64, f64)> =
            rows.iter().map(|row| ((row.unit, row.period), (row.score, row.outcome))).collect();
        let mut units: BTreeMap<u64, usize> = BTreeMap::new();
        for (unit, _) in cells.keys() {
            *units.entry(*unit).or_default() += 1;
        }
        let mut periods: Vec<i64> = cells.keys().map(|(_, period)| *period).collect();
        periods.sort_unstable();
        periods.dedup();
        let per_unit = units.values().copied().min().unwrap_or(0);
        Self { cells, units: units.len(), periods: periods.len(), per_unit }
    }

    fn is_enough(&self) -> Result<(), Refused> {
        if self.periods >= 24 || (self.units >= 15 && self.per_unit >= 8) {
            return Ok(());
        }
        Err(Refused {
            rule: "short panel".to_owned(),
            reason: format!(
                "{} unit{} with {} periods cannot show how long an effect takes",
                self.units,
                if self.units == 1 { "" } else { "s" },
                self.periods
            ),
            lift: "24 periods, or 15 units with 8 periods each".to_owned(),
        })
    }

    /// Fits one variable on lags of the other; `ahead` leaves lag 0 out and
    /// puts the variable's own last value beside.
    fn fit(&self, lags: usize, need: usize, reverse: bool, ahead: bool) -> Result<Fit, FitError> {
        let driver = |cell: &(f64, f64)| if reverse { cell.1 } else { cell.0 };
        let target = |cell: &(f64, f64)| if reverse { cell.0 } else { cell.1 };
        let first = usize::from(ahead);
        let mut rows: Vec<(u64, i64, Vec<f64>, f64)> = Vec::new();
        for ((unit, period), cell) in &self.cells {
            let back = |l: usize| self.cells.get(&(*unit, period - l as i64));
            let lagged: Option<Vec<f64>> = (first..=need.max(lags)).map(|l| back(l).map(driver)).collect();
            let own = if ahead { back(1).map(target) } else { Some(0.0) };
            let (Some(lagged), Some(own)) = (lagged, own) else { continue };
            let mut x: Vec<f64> = if lags > 4 && !ahead {
                let sum = |power: i32| {
                    lagged.iter().take(lags + 1).enumerate().map(|(l, s)| (l as f64).powi(power) * s).sum()
                };
                vec![sum(0), sum(1), sum(2)]
            } else {
                lagged[..=lags - first].to_vec()
            };
            if ahead {
                x.push(own);
            }
            rows.push((*unit, *period, x, target(cell)));
        }
        let columns = rows.first().ok_or(FitError::Empty)?.2.len() - usize::from(ahead);
        self.solved(rows, columns)
    }

    fn solved(&self, mut rows: Vec<(u64, i64, Vec<f64>, f64)>, columns: usize) -> Result<Fit, FitError> {
        let mut periods: Vec<i64> = rows.iter().map(|row| row.1).collect();
        periods.sort_unstable();
        periods.dedup();
        for (_, period, x, _) in &mut rows {
            if self.units > 1 {
                x.extend(periods.iter().skip(1).map(|p| f64::from(u8::from(p == period))));
            } else {
                x.push(*period as f64);
            }
        }
        let width = rows[0].2.len();
        let mut means: BTreeMap<u64, (f64, Vec<f64>, f64)> = BTreeMap::new();
        for (unit, _, x, y) in &rows {
            let mean = means.entry(*unit).or_insert_with(|| (0.0, vec![0.0; width], 0.0));
            mean.0 += 1.0;
            mean.1.iter_mut().zip(x).for_each(|(into, x)| *into += x);
            mean.2 += y;
        }
        let pooled: Vec<Pooled> = rows
            .iter()
            .map(|(unit, _, x, y)| {
                let (n, sums, total) = &means[unit];
                let x = x.iter().zip(sums).map(|(x, sum)| x - sum / n).collect();
                Pooled::row(x, y - total / n).of_cluster(*unit)
            })
            .collect();
        let variance = if self.units >= 10 { Variance::Clustered } else { Variance::Robust1 };
        Ok(Fit { line: least_squares(&pooled, variance)?, columns })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers between −1 and 1 without a pattern that matters here.
    fn noise(seed: u64) -> f64 {
        let bits = crate::stats::world_bits(crate::stats::cluster_hash(3, &seed.to_le_bytes()), 0);
        2.0 * ((bits >> 11) as f64 / (1_u64 << 53) as f64) - 1.0
    }

    fn panel(reverse: bool) -> Vec<PanelRow> {
        let driver = |unit: u64, t: i64| noise(unit * 1000 + (t + 10) as u64);
        let follower = |unit: u64, t: i64| {
            5.0 * unit as f64
                + 0.6 * driver(unit, t - 1)
                + 0.3 * driver(unit, t - 2)
                + 0.2 * noise(900_000 + unit * 1000 + (t + 10) as u64)
                + 0.1 * t as f64
        };
        (0..20_u64)
            .flat_map(|unit| (0..16_i64).map(move |t| (unit, t)))
            .map(|(unit, period)| {
                let (a, b) = (driver(unit, period), follower(unit, period));
                let (score, outcome) = if reverse { (b, a) } else { (a, b) };
                PanelRow { unit, period, score, outcome }
            })
            .collect()
    }

    #[test]
    fn planted_lags_are_found() {
        let lagged = distributed_lag(&panel(false), 4).unwrap();
        assert!(lagged.effects.len() >= 3, "{:?}", lagged.criteria);
        for (effect, wanted) in lagged.effects.iter().zip([0.0, 0.6, 0.3]) {
            assert!((effect - wanted).abs() < 0.08, "{:?}", lagged.effects);
        }
        assert!((lagged.long_run - 0.9).abs() < 3.0 * lagged.long_run_se, "{lagged:?}");
        assert_eq!(lagged.leads, Leads::Score);
    }

    #[test]
    fn a_follower_does_not_lead() {
        let lagged = distributed_lag(&panel(true), 4).unwrap();
        assert_eq!(lagged.leads, Leads::NotEstablished, "{:?}", lagged.precedence);
    }

    #[test]
    fn a_long_lag_lies_on_a_parabola() {
        let weight = |l: i64| 0.05 * (l * (8 - l)) as f64;
        let rows: Vec<PanelRow> = (0..20_u64)
            .flat_map(|unit| (0..40_i64).map(move |t| (unit, t)))
            .map(|(unit, period)| {
                let score = |t: i64| noise(unit * 1000 + (t + 20) as u64);
                let outcome = (0..=8).map(|l| weight(l) * score(period - l)).sum::<f64>();
                PanelRow { unit, period, score: score(period), outcome }
            })
            .collect();
        let lagged = distributed_lag(&rows, 8).unwrap();
        assert!(lagged.smoothed);
        let total: f64 = (0..=8).map(weight).sum();
        assert!((lagged.long_run - total).abs() < 0.02 * total, "{} {total}", lagged.long_run);
    }

    #[test]
    fn short_panels_are_refused() {
        let rows = panel(false);
        let short: Vec<PanelRow> = rows.iter().filter(|r| r.unit < 5 && r.period < 8).copied().collect();
        assert_eq!(distributed_lag(&short, 2).unwrap_err().rule, "short panel");
    }
}
