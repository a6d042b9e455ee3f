//! Doubts and absences in a sentence.

use super::number::{figure, plain};
use cx_core::ground::estimate::{Absent, Caveat};
use cx_core::ground::unit::Unit;

/// Why there is no figure.
pub(crate) fn why_absent(absent: &Absent) -> String {
    match absent {
        Absent::Undefined { why } => why.clone(),
        Absent::NoData => "no row qualifies".to_owned(),
        Absent::BelowMinN { n, wanted } => format!("{n} rows; shown from {wanted} on"),
        Absent::Refused(refused) => format!("{}; {}", refused.reason, refused.lift),
        Absent::NotAvailable { needs } => format!("needs {}", needs.join(", ")),
        Absent::Suppressed { complementary: false } => "too few people to be shown".to_owned(),
        Absent::Suppressed { complementary: true } => {
            "withheld: with it a smaller group could be computed".to_owned()
        }
        Absent::CensoredWindow => "every window is still open".to_owned(),
    }
}

/// Why a figure is weaker than it looks.
pub(crate) fn caveat(caveat: &Caveat) -> String {
    match caveat {
        Caveat::FewRows { n, wanted } => format!("{n} rows; {wanted} are asked for before it is compared"),
        Caveat::FewEvents { events, wanted } => format!("{events} events; {wanted} are asked for"),
        Caveat::FewClusters { clusters } => format!("only {clusters} customers or other clusters"),
        Caveat::Skewed { skewness } => {
            format!("skewed (skewness {skewness:.1}): the interval covers a little less than it says")
        }
        Caveat::Ceiling => "answers pile up at one end of the scale: the interval may be short".to_owned(),
        Caveat::Censored { rows } => format!("{rows} recent rows left out: their window is still open"),
        Caveat::PartialPeriod => "the period does not hold all of its days".to_owned(),
        Caveat::Bucketed => "quantile from buckets: up to 1 % off besides the interval".to_owned(),
        Caveat::RowsWithoutCustomer { rows } => {
            format!("{rows} rows without a customer stand for themselves")
        }
        Caveat::Weighted { effective, design_effect } => {
            format!(
                "weighted: worth {} answers of equal weight (design effect {design_effect:.2})",
                figure(*effective, Some(Unit::Index), None)
            )
        }
        Caveat::SeveralScales { scales } => format!("answers on several scales: {}", scales.join(", ")),
        Caveat::OpenCases { rows } => format!("{rows} have no known end and count as still open"),
        Caveat::UnknownKind { rows, low, high } => {
            format!(
                "{rows} rows of unknown kind: the figure lies between {} and {}",
                plain(*low),
                plain(*high)
            )
        }
        Caveat::DroppedReplicates { dropped } => format!("{dropped} empty resampled worlds were dropped"),
        Caveat::Note { text } => text.clone(),
    }
}
