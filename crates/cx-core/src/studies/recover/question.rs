//! What is asked.

use crate::ground::period::Day;

/// What is planted, in whom, and how often.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// The first day of the effect; the middle of the order lines where none is given.
    pub from: Option<Day>,
    /// Share of the active customers that a lot draws, above 0 and at most 1; half of the drawn are treated.
    pub share: f64,
    /// What the lines of the treated grow by, as a share of them: 0.1 for +10 %; not 0, above −1.
    pub effect: f64,
    /// Lots.
    pub repeats: u32,
}

impl Default for Question {
    /// +10 % for half of all active customers, a hundred times.
    fn default() -> Self {
        Self { from: None, share: 1.0, effect: 0.1, repeats: 100 }
    }
}
