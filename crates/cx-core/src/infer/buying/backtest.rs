//! How far a forecast was from what came.

/// (forecast − actual)/actual; `None` where nothing came.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::total_error;
/// assert_eq!(total_error(110.0, 100.0), Some(0.1));
/// assert_eq!(total_error(1.0, 0.0), None);
/// ```
pub fn total_error(forecast: f64, actual: f64) -> Option<f64> {
    (actual > 0.0).then(|| (forecast - actual) / actual)
}

/// The mean absolute error by period as a share of what came in the period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PeriodErrors {
    /// The mean of |forecast − actual| / actual.
    pub mape: f64,
    /// Periods in it.
    pub periods: usize,
    /// Periods left out because nothing came in them.
    pub empty: usize,
}

/// Compares (forecast, actual) by period, usually weeks; `None` where nothing came in any.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::period_errors;
/// let errors = period_errors(&[(11.0, 10.0), (7.0, 10.0), (2.0, 0.0)]).unwrap();
/// assert!((errors.mape - 0.2).abs() < 1e-12);
/// assert_eq!((errors.periods, errors.empty), (2, 1));
/// ```
pub fn period_errors(pairs: &[(f64, f64)]) -> Option<PeriodErrors> {
    let told: Vec<f64> =
        pairs.iter().filter(|(_, actual)| *actual > 0.0).map(|(f, a)| (f - a).abs() / a).collect();
    (!told.is_empty()).then(|| PeriodErrors {
        mape: told.iter().sum::<f64>() / told.len() as f64,
        periods: told.len(),
        empty: pairs.len() - told.len(),
    })
}

/// A class of customers and how far their forecasts were off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassError {
    /// Repeat purchases before the forecast; the last class holds all who made as many or more.
    pub x: u32,
    /// Customers.
    pub customers: f64,
    /// √ of the mean of (forecast − actual)² over them; `None` where there are none.
    pub rmse: Option<f64>,
    /// What was forecast of them in all.
    pub forecast: f64,
    /// What came from them in all.
    pub actual: f64,
}

/// Root mean squared errors by customer class. Each entry of `customers` is
/// (x, forecast, actual, how many): x before, purchases forecast and made after.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::class_errors;
/// let classes = class_errors(&[(0.0, 0.5, 1.0, 2.0), (0.0, 0.5, 0.0, 2.0), (9.0, 4.0, 1.0, 1.0)], 7);
/// assert_eq!(classes[0].rmse, Some(0.5));
/// assert_eq!((classes[7].rmse, classes[3].rmse), (Some(3.0), None));
/// ```
pub fn class_errors(customers: &[(f64, f64, f64, f64)], most: u32) -> Vec<ClassError> {
    let mut sums = vec![[0.0; 4]; most as usize + 1];
    for (x, forecast, actual, count) in customers {
        let sum = &mut sums[x.min(f64::from(most)) as usize];
        sum[0] += count;
        sum[1] += count * (forecast - actual) * (forecast - actual);
        sum[2] += count * forecast;
        sum[3] += count * actual;
    }
    (0..=most)
        .zip(sums)
        .map(|(x, [customers, squares, forecast, actual])| ClassError {
            x,
            customers,
            rmse: (customers > 0.0).then(|| (squares / customers).sqrt()),
            forecast,
            actual,
        })
        .collect()
}
