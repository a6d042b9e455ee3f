//! What the analysis says: figures with their identity, ranked, corrected for many looks.
//!
//! ```text
//! metric   which metric exactly, and what makes two figures comparable
//! level    a figure: one metric, one slice, one period
//! change   a difference between two figures, with its split
//! card     everything found about one metric
//! fact     a figure of a study
//! linkage  what goes with a score, and one sentence for each difference
//! value    what customers are worth
//! ```

mod card;
mod change;
mod fact;
mod level;
mod linkage;
mod metric;
mod value;

pub use card::{Card, Records, TargetCheck, Verdict};
pub use change::{Change, MixPart, MixSplit};
pub use fact::Fact;
pub use level::{AgainstRest, Level, PeriodName, Shrunk};
pub use linkage::{
    BandOutcome, Contrast, ControlFound, KappaUsed, LinkageReport, OutcomeLinkage, Population, ResponseCheck,
    Said, Sentence, ShapeFound, SlopesFound, Strongest,
};
pub use metric::{Identity, MetricInfo};
pub use value::{Age, Backtest, Buying, Class, Contracts, Decile, Forecast, ModelCard, Step, Stretch, Value};
