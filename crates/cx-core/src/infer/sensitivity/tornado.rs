//! Each input from low to high, the others at their medians.

use crate::infer::draws::percentile;

/// The answer at the ends of one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Place of the input.
    pub input: usize,
    /// Answer at the input's 10 % point.
    pub low: f64,
    /// Answer at its 90 % point.
    pub high: f64,
}

impl Bar {
    /// Length of the bar.
    pub fn swing(self) -> f64 {
        (self.high - self.low).abs()
    }
}

/// The tornado of a model: one bar an input, the longest first.
///
/// `None` where an input has no draws. Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::sensitivity::tornado;
/// let inputs = [vec![0.0, 5.0, 10.0], vec![1.0, 1.0, 1.0]];
/// let bars = tornado(&inputs, |x| x[0] * x[1]).unwrap();
/// assert_eq!((bars[0].input, bars[0].low, bars[0].high), (0, 1.0, 9.0));
/// assert_eq!(bars[1].swing(), 0.0);
/// ```
pub fn tornado(inputs: &[Vec<f64>], model: impl Fn(&[f64]) -> f64) -> Option<Vec<Bar>> {
    let sorted: Vec<Vec<f64>> = inputs
        .iter()
        .map(|draws| {
            let mut sorted = draws.clone();
            sorted.sort_by(f64::total_cmp);
            sorted
        })
        .collect();
    let medians: Vec<f64> = sorted.iter().map(|draws| percentile(draws, 0.5)).collect::<Option<_>>()?;
    let mut bars = Vec::with_capacity(inputs.len());
    for (input, draws) in sorted.iter().enumerate() {
        let at = |p: f64| {
            let mut point = medians.clone();
            point[input] = percentile(draws, p)?;
            Some(model(&point))
        };
        bars.push(Bar { input, low: at(0.1)?, high: at(0.9)? });
    }
    bars.sort_by(|a, b| b.swing().total_cmp(&a.swing()));
    Some(bars)
}
