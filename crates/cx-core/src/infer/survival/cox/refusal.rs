//! Why no model is given.

use crate::ground::estimate::Refused;

/// Why no model is given.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// A row has another number of covariates than there are names.
    #[error("a row has {got} covariates, there are {wanted}")]
    Width {
        /// Names.
        wanted: usize,
        /// Covariates of the row.
        got: usize,
    },
    /// An age or a covariate is no number.
    #[error("{what} is not a number")]
    NotANumber {
        /// Which.
        what: String,
    },
    /// A spell ends before it begins.
    #[error("a spell from age {entry} ends at age {exit}")]
    EndBeforeStart {
        /// Its first age.
        entry: f64,
        /// Its last age.
        exit: f64,
    },
    /// There is nothing to explain by.
    #[error("there are no covariates")]
    NoCovariates,
    /// Fewer events than can say anything about that many covariates.
    #[error("{events} events cannot carry {covariates} covariates")]
    FewEvents {
        /// Events.
        events: u64,
        /// Covariates.
        covariates: usize,
    },
    /// A covariate is constant, or a sum of the ones before it.
    #[error(
        "{} at the ages of the events: constant, or a combination of the covariates before",
        listed(columns)
    )]
    Collinear {
        /// Which.
        columns: Vec<String>,
    },
    /// The likelihood rises without end: a covariate separates those who left from those who stayed.
    #[error(
        "the likelihood rises without end along {}: it separates those who left from those who stayed",
        listed(columns)
    )]
    Monotone {
        /// Which.
        columns: Vec<String>,
    },
    /// The search did not end.
    #[error("the fit has not settled after {iterations} steps")]
    NotConverged {
        /// Steps taken.
        iterations: u32,
    },
}

impl Refusal {
    /// The same in the shape that stands where a figure would.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::survival::cox::Refusal;
    /// let refused = Refusal::Collinear { columns: vec!["tenure".to_owned()] }.refused();
    /// assert_eq!(refused.rule, "cox_collinear");
    /// ```
    pub fn refused(&self) -> Refused {
        let (rule, lift) = match self {
            Self::Width { .. } | Self::NotANumber { .. } => {
                ("cox_bad_row", "give every row a number for every covariate")
            }
            Self::EndBeforeStart { .. } => ("cox_bad_spell", "give spells that end after they begin"),
            Self::NoCovariates => ("cox_no_covariates", "give at least one covariate that varies"),
            Self::FewEvents { .. } => ("cox_few_events", "watch longer, or explain by fewer covariates"),
            Self::Collinear { .. } => ("cox_collinear", "leave the named covariates out"),
            Self::Monotone { .. } => (
                "cox_monotone_likelihood",
                "leave the named covariates out, or put their values into broader groups",
            ),
            Self::NotConverged { .. } => ("cox_not_converged", "scale the covariates, or leave some out"),
        };
        Refused { rule: rule.to_owned(), reason: self.to_string(), lift: lift.to_owned() }
    }
}

fn listed(columns: &[String]) -> String {
    let quoted: Vec<String> = columns.iter().map(|c| format!("`{c}`")).collect();
    quoted.join(", ")
}
