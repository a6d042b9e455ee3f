//! What the analysis says: figures with their identity, ranked, corrected for many looks.
//!
//! ```text
//! metric    which metric exactly, and what makes two figures comparable
//! level     a figure: one metric, one slice, one period
//! change    a difference between two figures, with its split
//! card      everything found about one metric
//! fact      a figure of a study
//! value     what customers are worth
//! retention who stays
//! linkage   what goes with a score, and one sentence for each difference
//! roi       what initiatives gave back
//! audit     whether metrics earn their place
//! claims    what others claim, held against own figures
//! promises  what was promised and what came of it
//! pays      the effect at which one just pays
//! scenario  what a change would be worth
//! plan      what to do next
//! recovery  whether what was planted is found again
//! lags      how long a change of score takes to show
//! ```

mod audit;
mod card;
mod change;
mod claims;
mod fact;
mod lags;
mod level;
mod linkage;
mod metric;
mod pays;
mod plan;
mod promises;
mod propensity;
mod recovery;
mod retention;
mod roi;
mod scenario;
mod value;

pub use audit::{AddedFound, AddsWord, AuditReport, MetricAudited, ScoreAudited, Shift, TableHeld};
pub use card::{Card, Records, TargetCheck, Verdict};
pub use change::{Change, MixPart, MixSplit};
pub use claims::{ClaimBeside, ClaimFound, ClaimsReport, FivePoints, OwnFigure, WithClaim, as_effect};
pub use fact::Fact;
pub use lags::{LagEffect, LagsReport};
pub use level::{AgainstRest, Level, PeriodName, Shrunk};
pub use linkage::{
    BandOutcome, Contrast, ControlFound, Counted, GapPart, Horizon, KappaUsed, LinkageReport, OutcomeLinkage,
    PointValue, Population, ResponseCheck, Said, Sentence, ShapeFound, SlopesFound, Strongest, band_members,
};
pub use metric::{Identity, MetricInfo};
pub use pays::JustPays;
pub use plan::{
    CandidateFound, ChoiceFound, FrontierFound, KnownFound, LearningFound, Opportunity, PlanReport,
    PortfolioFound, ResponseFound, ShrunkFound, StepFound, TestFound,
};
pub use promises::{
    CalibrationFound, CoverageFound, DeliveredFound, FamilyFound, PromiseFound, PromisesReport, RecordFound,
    Scored, Wording,
};
pub use propensity::{Band, Bin, Calibration, HoldOut, Propensity, Term};
pub use recovery::{Naive, Recovered, RecoveryReport, Tried};
pub use retention::{
    AtAge, Cause, Causes, Cohort, CohortCell, CohortKind, Cohorts, Curve, Drivers, Effect, Form, GroupTest,
    Groups, MonthlyHazard, Part, Retention, Step, Survival,
};
pub use roi::{
    CheckFound, ClaimHeld, Compared, Density, DesignFound, GuardFound, Held, InitiativeFound, InputFound,
    MoneyFound, OutcomeEffect, PathPoint, Programme, RoiReport, StreamFound,
};
pub use scenario::{AsPromised, BaseFound, ChangeFound, RealisationFound, ScenarioReport};
pub use value::{
    Age, Backtest, BridgeStep, Buying, Class, Contracts, Decile, Forecast, ModelCard, Stretch, Value,
};
