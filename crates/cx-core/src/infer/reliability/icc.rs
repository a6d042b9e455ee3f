//! Intraclass correlations: how alike several raters score the same subjects.

use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use crate::infer::special::fisher;

/// Which intraclass correlation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IccKind {
    /// Every subject by other raters, one rating.
    OneWay,
    /// Raters drawn from many, one rating; differences in level count against them.
    TwoWayRandom,
    /// These very raters, one rating; differences in level do not count.
    TwoWayFixed,
    /// As the first, mean of all ratings.
    OneWayMean,
    /// As the second, mean of all ratings.
    TwoWayRandomMean,
    /// As the third, mean of all ratings: equals Cronbach's alpha.
    TwoWayFixedMean,
}

impl IccKind {
    /// The usual short name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OneWay => "ICC1",
            Self::TwoWayRandom => "ICC2",
            Self::TwoWayFixed => "ICC3",
            Self::OneWayMean => "ICC1k",
            Self::TwoWayRandomMean => "ICC2k",
            Self::TwoWayFixedMean => "ICC3k",
        }
    }
}

/// One intraclass correlation with its test and interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IccForm {
    /// Which.
    pub kind: IccKind,
    /// Its value.
    pub value: f64,
    /// F statistic against 0.
    pub f: f64,
    /// Degrees of freedom.
    pub df: (f64, f64),
    /// One-sided p-value.
    pub p: f64,
    /// Its interval.
    pub interval: Interval,
}

/// All six forms from complete rows, one row a subject, one column a rater.
///
/// Formula: mean squares of a two-way table, MS_B between subjects, MS_J
/// between raters, MS_E left and MS_W within subjects, n subjects, k raters;
/// ICC1 = (MS_B − MS_W)/(MS_B + (k−1)MS_W), ICC2 = (MS_B − MS_E)/(MS_B +
/// (k−1)MS_E + k(MS_J − MS_E)/n), ICC3 = (MS_B − MS_E)/(MS_B + (k−1)MS_E); the
/// means of k by stepping up. Limits from F quantiles, for ICC2 with
/// Satterthwaite's degrees of freedom. `None` below two rows or columns or
/// where nothing is left to vary. Source: `shrout1979`, limits `mcgraw1996`.
///
/// # Examples
/// ```
/// use cx_core::infer::{reliability::{icc, IccKind}, Level};
/// let rows = [vec![9.0, 2.0, 5.0, 8.0], vec![6.0, 1.0, 3.0, 2.0], vec![8.0, 4.0, 6.0, 8.0],
///             vec![7.0, 1.0, 2.0, 6.0], vec![10.0, 5.0, 6.0, 9.0], vec![6.0, 2.0, 4.0, 7.0]];
/// let forms = icc(&rows, Level::P95).unwrap();
/// // The worked example of the source: .17, .29, .71.
/// let values: Vec<f64> = forms.iter().take(3).map(|f| (100.0 * f.value).round() / 100.0).collect();
/// assert_eq!(values, [0.17, 0.29, 0.71]);
/// ```
pub fn icc(rows: &[Vec<f64>], level: Level) -> Option<Vec<IccForm>> {
    let columns = rows.first()?.len();
    if rows.len() < 2 || columns < 2 || rows.iter().any(|row| row.len() != columns) {
        return None;
    }
    let (n, k) = (rows.len() as f64, columns as f64);
    let grand = rows.iter().flatten().sum::<f64>() / (n * k);
    let of_rows: f64 = rows.iter().map(|row| (row.iter().sum::<f64>() / k - grand).powi(2)).sum::<f64>() * k;
    let of_columns: f64 =
        (0..columns).map(|j| (rows.iter().map(|row| row[j]).sum::<f64>() / n - grand).powi(2)).sum::<f64>()
            * n;
    let whole: f64 = rows.iter().flatten().map(|x| (x - grand) * (x - grand)).sum();
    let (df_b, df_j) = (n - 1.0, k - 1.0);
    let (df_w, df_e) = (n * df_j, df_b * df_j);
    let (ms_b, ms_j) = (of_rows / df_b, of_columns / df_j);
    let (ms_w, ms_e) = ((whole - of_rows) / df_w, (whole - of_rows - of_columns) / df_e);
    if !(ms_b > 0.0 && ms_w > 0.0 && ms_e > 1e-14 * ms_b) {
        return None;
    }
    let upper = level.upper();
    let make = |kind: IccKind, value: f64, f: f64, df: (f64, f64), (low, high): (f64, f64)| IccForm {
        kind,
        value,
        f,
        df,
        p: fisher::tails(f, df.0, df.1).above,
        interval: Interval::closed(low, high, level.value(), Method::FDistribution),
    };
    // Limits of F over its degrees of freedom, for the forms that are plain functions of F.
    let f_limits =
        |f: f64, df: f64| (f / fisher::quantile(upper, df_b, df), f * fisher::quantile(upper, df, df_b));
    let (f1, f3) = (ms_b / ms_w, ms_b / ms_e);
    let single = |f: f64| (f - 1.0) / (f + k - 1.0);
    let mean = |f: f64| 1.0 - 1.0 / f;
    let both = |g: &dyn Fn(f64) -> f64, (low, high): (f64, f64)| (g(low), g(high));
    let (one, three) = (f_limits(f1, df_w), f_limits(f3, df_e));

    let icc2 = (ms_b - ms_e) / (ms_b + df_j * ms_e + k * (ms_j - ms_e) / n);
    let f_j = ms_j / ms_e;
    let part = n * (1.0 + df_j * icc2) - k * icc2;
    let v = df_j * df_b * (k * icc2 * f_j + part).powi(2) / (df_b * (k * icc2 * f_j).powi(2) + part * part);
    let (f_low, f_high) = (fisher::quantile(upper, df_b, v), fisher::quantile(upper, v, df_b));
    let raters = k * ms_j + (k * n - k - n) * ms_e;
    let two = (
        n * (ms_b - f_low * ms_e) / (f_low * raters + n * ms_b),
        n * (f_high * ms_b - ms_e) / (raters + n * f_high * ms_b),
    );
    let step_up = |x: f64| k * x / df_j.mul_add(x, 1.0);
    let icc2_mean = (ms_b - ms_e) / (ms_b + (ms_j - ms_e) / n);
    Some(vec![
        make(IccKind::OneWay, single(f1), f1, (df_b, df_w), both(&single, one)),
        make(IccKind::TwoWayRandom, icc2, f3, (df_b, df_e), two),
        make(IccKind::TwoWayFixed, single(f3), f3, (df_b, df_e), both(&single, three)),
        make(IccKind::OneWayMean, mean(f1), f1, (df_b, df_w), both(&mean, one)),
        make(IccKind::TwoWayRandomMean, icc2_mean, f3, (df_b, df_e), both(&step_up, two)),
        make(IccKind::TwoWayFixedMean, mean(f3), f3, (df_b, df_e), both(&mean, three)),
    ])
}
