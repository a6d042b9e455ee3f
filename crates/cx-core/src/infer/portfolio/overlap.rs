//! Initiatives that reach the same customers.

use crate::ground::estimate::Refused;

/// Who is reached by what.
///
/// V(S) = Σ_c v_c (1 − Π_{j∈S} (1 − q_jc)): a customer who is saved twice is
/// saved once. It grows, and by less and less (submodular).
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    values: Vec<f64>,
    reach: Vec<Vec<f64>>,
}

impl Overlap {
    /// Cells of customers with their value, and by initiative the chance that it
    /// brings the value of each cell.
    ///
    /// # Errors
    /// The refusal `reach_out_of_range` for chances outside 0..1, values below 0
    /// or lists of different length.
    pub fn new(values: Vec<f64>, reach: Vec<Vec<f64>>) -> Result<Self, Refused> {
        let fits = |q: &Vec<f64>| q.len() == values.len() && q.iter().all(|q| (0.0..=1.0).contains(q));
        if values.iter().all(|v| *v >= 0.0 && v.is_finite()) && reach.iter().all(fits) {
            return Ok(Self { values, reach });
        }
        Err(Refused {
            rule: "reach_out_of_range".to_owned(),
            reason: "a chance lies outside 0 to 1, a value below 0, or a cell is missing".to_owned(),
            lift: "give every initiative a chance for every cell of customers".to_owned(),
        })
    }

    /// Gross value of a set.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::portfolio::Overlap;
    /// let overlap = Overlap::new(vec![100.0], vec![vec![0.5], vec![0.5]]).unwrap();
    /// assert_eq!(overlap.value(&[true, false]), 50.0);
    /// assert_eq!(overlap.value(&[true, true]), 75.0);
    /// ```
    pub fn value(&self, set: &[bool]) -> f64 {
        let missed = |c: usize| -> f64 {
            self.reach.iter().zip(set).filter(|(_, chosen)| **chosen).map(|(q, _)| 1.0 - q[c]).product()
        };
        self.values.iter().enumerate().map(|(c, v)| v * (1.0 - missed(c))).sum()
    }
}
