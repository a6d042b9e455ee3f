//! Agreement in order.

/// Mean ranks from 1, ties sharing theirs.
fn mean_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0.0;
    for tie in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let size = tie.len() as f64;
        for place in tie {
            ranks[*place] = before + 0.5 * (size + 1.0);
        }
        before += size;
    }
    ranks
}

/// Spearman's rank correlation, ties sharing their mean rank.
///
/// `None` for lists of different length, below two values, or where one does
/// not vary. Source: `spearman1904`.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::spearman;
/// assert_eq!(spearman(&[1.0, 2.0, 3.0], &[10.0, 30.0, 20.0]), Some(0.5));
/// ```
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() {
        return None;
    }
    let (a, b) = (mean_ranks(x), mean_ranks(y));
    let middle = 0.5 * (x.len() as f64 + 1.0);
    let product =
        |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| (a - middle) * (b - middle)).sum() };
    let scale = (product(&a, &a) * product(&b, &b)).sqrt();
    (scale > 0.0).then(|| product(&a, &b) / scale)
}

/// Kendall's τ-b: concordant less discordant pairs, ties taken out of the scale.
///
/// `None` as above. Source: `kendall1938`.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::kendall;
/// assert!((kendall(&[1.0, 2.0, 3.0], &[10.0, 30.0, 20.0]).unwrap() - 1.0 / 3.0).abs() < 1e-12);
/// ```
pub fn kendall(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() {
        return None;
    }
    let sign = |a: f64, b: f64| f64::from(i8::from(a > b) - i8::from(a < b));
    let (mut sum, mut of_x, mut of_y) = (0.0, 0.0, 0.0);
    for i in 0..x.len() {
        for j in 0..i {
            let (a, b) = (sign(x[i], x[j]), sign(y[i], y[j]));
            sum += a * b;
            of_x += a * a;
            of_y += b * b;
        }
    }
    (of_x > 0.0 && of_y > 0.0).then(|| sum / (of_x * of_y).sqrt())
}
