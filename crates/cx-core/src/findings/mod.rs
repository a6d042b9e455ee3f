//! What the analysis says: figures with their identity, ranked, corrected for many looks.
//!
//! ```text
//! metric    which metric exactly, and what makes two figures comparable
//! level     a figure: one metric, one slice, one period
//! change    a difference between two figures, with its split
//! card      everything found about one metric
//! fact      a figure of a study
//! retention  who stays
//! propensity  chances, with their calibration
//! ```

mod card;
mod change;
mod fact;
mod level;
mod metric;
mod propensity;
mod retention;

pub use card::{Card, Records, TargetCheck, Verdict};
pub use change::{Change, MixPart, MixSplit};
pub use fact::Fact;
pub use level::{AgainstRest, Level, PeriodName, Shrunk};
pub use metric::{Identity, MetricInfo};
pub use propensity::{Band, Bin, Calibration, HoldOut, Propensity, Term};
pub use retention::{
    AtAge, Cause, Causes, Cohort, CohortCell, CohortKind, Cohorts, Curve, Drivers, Effect, Form, GroupTest,
    Groups, MonthlyHazard, Part, Retention, Step, Survival,
};
