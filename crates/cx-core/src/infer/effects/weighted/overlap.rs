//! Is there anybody to compare with?

use crate::ground::estimate::Refused;
use crate::infer::effective;

/// Chances to choose in that are kept.
pub const TRIM: (f64, f64) = (0.05, 0.95);
/// Effective number of controls below which no effect is given.
pub const FEWEST_EFFECTIVE: f64 = 50.0;
/// Share of people that must stay after trimming.
pub const LEAST_KEPT: f64 = 0.8;

/// What trimming leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    /// Places of the people kept.
    pub kept: Vec<usize>,
    /// Share trimmed, 0..1.
    pub trimmed: f64,
    /// Kish's effective number of controls under the weights e/(1 − e).
    pub effective_controls: f64,
}

/// Trims people whose chance to choose in lies outside 0.05..0.95.
///
/// Source: `crump2009`; the effective number is Kish's.
///
/// # Errors
/// [`Refused`] where less than 80 % of the people stay, or fewer than 50 effective controls.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::weighted::overlap;
/// let treated: Vec<bool> = (0..200).map(|i| i % 2 == 0).collect();
/// let even = overlap(&treated, &[0.5; 200]).unwrap();
/// assert_eq!((even.trimmed, even.effective_controls), (0.0, 100.0));
/// assert_eq!(overlap(&treated, &[0.99; 200]).unwrap_err().rule, "overlap");
/// ```
pub fn overlap(treated: &[bool], chances: &[f64]) -> Result<Overlap, Refused> {
    let kept: Vec<usize> = (0..treated.len()).filter(|i| (TRIM.0..=TRIM.1).contains(&chances[*i])).collect();
    let share = kept.len() as f64 / treated.len().max(1) as f64;
    let (sum, squares) = kept.iter().filter(|i| !treated[**i]).fold((0.0, 0.0), |(sum, squares), i| {
        let odds = chances[*i] / (1.0 - chances[*i]);
        (sum + odds, odds.mul_add(odds, squares))
    });
    let controls = effective::kish(sum, squares).unwrap_or(0.0);
    let refuse = |reason: String, lift: &str| {
        Err(Refused { rule: "overlap".to_owned(), reason, lift: lift.to_owned() })
    };
    if share < LEAST_KEPT {
        let kept = 100.0 * share;
        return refuse(
            format!("only {kept:.0} % of the people could have chosen either way"),
            "a question about the people who could, or a random invitation",
        );
    }
    if controls < FEWEST_EFFECTIVE {
        return refuse(
            format!("the controls count for {controls:.0} people under their weights"),
            "more people like the treated who did not choose in",
        );
    }
    Ok(Overlap { kept, trimmed: 1.0 - share, effective_controls: controls })
}
