//! What a search for the maximum brought home.

use super::Information;
use crate::ground::estimate::Refused;

/// How a search ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// A maximum: the gradient vanishes against the curvature, and a Newton step no longer moves.
    Converged,
    /// The likelihood no longer rises, yet the parameters could still move: a
    /// ridge without a peak, or a maximum at infinity (on the scale of the
    /// model: at 0 or infinity). `direction` has length 1 and points along it,
    /// to where the likelihood rises as far as it rises at all.
    Flat {
        /// Where the likelihood is flat.
        direction: Vec<f64>,
    },
    /// The line search found no rise although the gradient promises one: the
    /// likelihood and its gradient disagree, or rounding hides the rise.
    Stalled,
    /// The search used up its steps.
    OutOfSteps,
}

/// No search could begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoFit {
    /// The log-likelihood has no finite value at any start.
    #[error("the log-likelihood is not finite at any start")]
    NotFinite,
    /// No start was given, or starts of different lengths, or of none.
    #[error("every search needs a start, and all starts the same parameters")]
    NoStart,
}

/// The end of a search: where, how high, how sure.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The maximiser, in the model's unconstrained parameters.
    pub at: Vec<f64>,
    /// The log-likelihood there.
    pub value: f64,
    /// Its gradient there.
    pub gradient: Vec<f64>,
    /// ½ gᵀ I⁻¹ g: what the log-likelihood could still gain, to second order.
    /// `None` where the information is not positive definite.
    pub gain: Option<f64>,
    /// Steps of the search from the winning start.
    pub steps: u32,
    /// Evaluations of likelihood and gradient over all starts.
    pub evaluations: u32,
    /// Which start won, from 0.
    pub start: usize,
    /// How the search ended.
    pub verdict: Verdict,
    /// The observed information there.
    pub information: Information,
}

impl Fit {
    /// The Euclidean norm of the gradient at the end.
    pub fn gradient_norm(&self) -> f64 {
        self.gradient.iter().map(|g| g * g).sum::<f64>().sqrt()
    }

    /// True where the search ended on a maximum.
    pub fn converged(&self) -> bool {
        self.verdict == Verdict::Converged
    }

    /// Why the fit must not be used; `None` where it may. `names` are the
    /// parameters, in order.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::fit::{Search, maximise};
    /// // Four of four came back: the share runs to 1, its logit to infinity.
    /// let all = |at: &[f64], gradient: &mut [f64]| {
    ///     gradient[0] = 4.0 / (1.0 + at[0].exp());
    ///     -4.0 * (-at[0]).exp().ln_1p()
    /// };
    /// let fit = maximise(&all, &[vec![0.0]], &Search::default()).unwrap();
    /// assert_eq!(fit.refusal(&["logit of the share"]).unwrap().rule, "likelihood without a peak");
    /// ```
    pub fn refusal(&self, names: &[&str]) -> Option<Refused> {
        let refused = |rule: &str, reason: String, lift: &str| {
            Some(Refused { rule: rule.to_owned(), reason, lift: lift.to_owned() })
        };
        match &self.verdict {
            Verdict::Converged => None,
            Verdict::Flat { direction } => {
                let largest = direction.iter().fold(0.0_f64, |m, d| m.max(d.abs()));
                let running: Vec<String> = direction
                    .iter()
                    .zip(names)
                    .filter(|(d, _)| d.abs() >= 0.3 * largest)
                    .map(|(d, name)| format!("{name} {}", if *d > 0.0 { "upwards" } else { "downwards" }))
                    .collect();
                refused(
                    "likelihood without a peak",
                    format!(
                        "the likelihood does not fall however far these move: {}; the data do not hold them",
                        running.join(", ")
                    ),
                    "more units, a longer watch, or a model with fewer parameters",
                )
            }
            Verdict::Stalled => refused(
                "search stalled",
                "the likelihood stopped rising before its gradient vanished".to_owned(),
                "look for extreme values in the data",
            ),
            Verdict::OutOfSteps => refused(
                "search unfinished",
                format!("no maximum within {} steps", self.steps),
                "look for extreme values in the data",
            ),
        }
    }
}
