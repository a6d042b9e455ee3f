//! Whether predicted chances came true.

use crate::ground::estimate::Interval;
use crate::infer::regression::{Family, FitError, Pooled, Variance, area_under_curve, generalised};
use crate::infer::{Level, shares};

/// Predictions of one bin and what happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Mean predicted chance.
    pub predicted: f64,
    /// Share that happened.
    pub happened: f64,
    /// Wilson's interval of that share.
    pub interval: Interval,
    /// Rows.
    pub n: f64,
}

/// How well predicted chances match what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Calibration in the large: the constant to add on the logit scale; 0 is right on average.
    pub intercept: f64,
    /// Its standard error.
    pub intercept_se: f64,
    /// Slope of the outcome on the predicted logit; below 1 predictions are too extreme.
    /// `None` where all predictions are alike.
    pub slope: Option<(f64, f64)>,
    /// Tenths of the rows by prediction, ties together.
    pub bins: Vec<Bin>,
    /// Mean squared error of the chances.
    pub brier: f64,
    /// Area under the ROC curve.
    pub area: Option<f64>,
}

/// Calibration of chances on rows that the model has not seen.
///
/// `scored` is (chance, happened, did not happen) counts. Chances are taken
/// strictly inside 0..1. Source: `cox1958`, `brier1950`, `hanley1982`.
///
/// # Errors
/// [`FitError`] where everything or nothing happened.
///
/// # Examples
/// ```
/// use cx_core::infer::{linkage::calibration, Level};
/// // Right on average and too extreme.
/// let scored = [(0.1, 20.0, 80.0), (0.9, 80.0, 20.0)];
/// let result = calibration(&scored, Level::P95).unwrap();
/// assert!(result.intercept.abs() < 1e-9);
/// assert!((result.slope.unwrap().0 - 4.0_f64.ln() / 9.0_f64.ln()).abs() < 1e-9);
/// assert!((result.brier - (0.2 * 0.81 + 0.8 * 0.01)).abs() < 1e-12);
/// ```
pub fn calibration(scored: &[(f64, f64, f64)], level: Level) -> Result<Calibration, FitError> {
    let rows: Vec<(f64, f64, f64)> = scored
        .iter()
        .filter(|(_, yes, no)| yes + no > 0.0)
        .map(|(p, yes, no)| (p.clamp(1e-9, 1.0 - 1e-9), *yes, *no))
        .collect();
    let n: f64 = rows.iter().map(|(_, yes, no)| yes + no).sum();
    let yes: f64 = rows.iter().map(|row| row.1).sum();
    if n <= 0.0 {
        return Err(FitError::Empty);
    }
    if yes <= 0.0 || yes >= n {
        return Err(FitError::OneOutcome);
    }
    let logit = |p: f64| (p / (1.0 - p)).ln();
    // Σ(y − p) = 0 at the constant, a monotone equation.
    let moved = |a: f64, p: f64| 1.0 / (1.0 + (-(a + logit(p))).exp());
    let off = |a: f64| {
        rows.iter().fold((-yes, 0.0), |(sum, slope), (p, y, no)| {
            let (q, n) = (moved(a, *p), y + no);
            (sum + n * q, slope + n * q * (1.0 - q))
        })
    };
    let intercept = crate::infer::special::increasing_root(off, -60.0, 60.0, 0.0);
    let intercept_se = 1.0 / off(intercept).1.sqrt();
    let trials: Vec<Pooled> = rows
        .iter()
        .map(|(p, y, no)| Pooled {
            x: vec![1.0, logit(*p)],
            n: y + no,
            sum: *y,
            squares: *y,
            spread: [y + no, *y, *y],
            rows: (y + no).ceil() as u64,
            cluster: 0,
        })
        .collect();
    let slope = match generalised(&trials, Family::Logit, Variance::Classical, 0.0) {
        Ok(fit) => Some((fit.coefficients[1], fit.se(1))),
        Err(FitError::Collinear { .. }) => None,
        Err(error) => return Err(error),
    };
    let brier = rows.iter().map(|(p, y, no)| y * (1.0 - p) * (1.0 - p) + no * p * p).sum::<f64>() / n;
    Ok(Calibration {
        intercept,
        intercept_se,
        slope,
        bins: bins(&rows, n, level),
        brier,
        area: area_under_curve(&rows),
    })
}

fn bins(rows: &[(f64, f64, f64)], n: f64, level: Level) -> Vec<Bin> {
    let mut order = rows.to_vec();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut bins, mut open, mut seen) = (Vec::new(), (0.0, 0.0, 0.0), 0.0);
    let mut close = |open: &mut (f64, f64, f64)| {
        let (sum, yes, size) = std::mem::take(open);
        if size > 0.0
            && let Some(interval) = shares::wilson(yes, size, level)
        {
            bins.push(Bin { predicted: sum / size, happened: yes / size, interval, n: size });
        }
    };
    for tie in order.chunk_by(|a, b| a.0 == b.0) {
        for (p, yes, no) in tie {
            open = (open.0 + p * (yes + no), open.1 + yes, open.2 + yes + no);
            seen += yes + no;
        }
        if open.2 >= n / 10.0 - 1e-9 || seen >= n - 1e-9 {
            close(&mut open);
        }
    }
    close(&mut open);
    bins
}
