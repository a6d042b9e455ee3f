//! A model of yes or no with the statistics that are printed beside it.

use super::{Family, FitError, Generalised, Pooled, Variance, generalised};

/// A model of yes or no.
#[derive(Debug, Clone, PartialEq)]
pub struct BinaryFit {
    /// The model.
    pub model: Generalised,
    /// Chance that a row with yes is placed above one with no, on the rows of the fit.
    pub area: Option<f64>,
}

/// Fits a model of yes or no (logit, probit or complementary log-log).
///
/// # Errors
/// As [`generalised`].
///
/// # Examples
/// ```
/// use cx_core::infer::regression::{binary, Family, Pooled, Variance};
/// let rows = [Pooled::trials(vec![1.0, 0.0], 20, 100), Pooled::trials(vec![1.0, 1.0], 50, 100)];
/// let fit = binary(&rows, Family::Logit, Variance::Classical).unwrap();
/// // (50·80 + ½(50·50 + 20·80)) of 70·130 pairs.
/// assert!((fit.area.unwrap() - 6050.0 / 9100.0).abs() < 1e-12);
/// ```
pub fn binary(rows: &[Pooled], family: Family, variance: Variance) -> Result<BinaryFit, FitError> {
    let model = generalised(rows, family, variance, 0.0)?;
    let scored: Vec<(f64, f64, f64)> =
        rows.iter().map(|row| (model.line(&row.x), row.sum, row.n - row.sum)).collect();
    Ok(BinaryFit { area: area_under_curve(&scored), model })
}

/// Area under the ROC curve from (score, yes, no) counts; ties count half.
///
/// `None` without a yes or without a no. Source: `hanley1982`.
///
/// # Examples
/// ```
/// use cx_core::infer::regression::area_under_curve;
/// assert_eq!(area_under_curve(&[(0.2, 0.0, 2.0), (0.7, 2.0, 0.0)]), Some(1.0));
/// assert_eq!(area_under_curve(&[(0.2, 1.0, 1.0)]), Some(0.5));
/// assert_eq!(area_under_curve(&[(0.2, 1.0, 0.0)]), None);
/// ```
pub fn area_under_curve(scored: &[(f64, f64, f64)]) -> Option<f64> {
    let mut order: Vec<&(f64, f64, f64)> = scored.iter().collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut wins, mut yes_all) = (0.0, 0.0, 0.0);
    for tie in order.chunk_by(|a, b| a.0 == b.0) {
        let yes: f64 = tie.iter().map(|row| row.1).sum();
        let no: f64 = tie.iter().map(|row| row.2).sum();
        wins += yes * (below + 0.5 * no);
        below += no;
        yes_all += yes;
    }
    (yes_all > 0.0 && below > 0.0).then(|| wins / (yes_all * below))
}
