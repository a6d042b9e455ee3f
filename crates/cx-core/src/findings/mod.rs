//! What the analysis says: figures with their identity, ranked, corrected for many looks.
//!
//! ```text
//! metric    which metric exactly, and what makes two figures comparable
//! level     a figure: one metric, one slice, one period
//! change    a difference between two figures, with its split
//! card      everything found about one metric
//! fact      a figure of a study
//! retention who stays
//! ```

mod card;
mod change;
mod fact;
mod level;
mod metric;
mod retention;

pub use card::{Card, Records, TargetCheck, Verdict};
pub use change::{Change, MixPart, MixSplit};
pub use fact::Fact;
pub use level::{AgainstRest, Level, PeriodName, Shrunk};
pub use metric::{Identity, MetricInfo};
pub use retention::{
    AtAge, Band, Bin, Calibration, Cause, Causes, Cohort, CohortCell, CohortKind, Cohorts, Curve, Drivers,
    Effect, Form, GroupTest, Groups, HoldOut, MonthlyHazard, Part, Propensity, Retention, Step, Survival,
    Term,
};
