//! What can be asked, as clap sees it.
//!
//! ```text
//! calc      one subcommand per formula of `cx_core::calc`, made from its own description
//! global    what every command takes
//! percent   shares as people write them
//! plan      budgets and objectives
//! simulate  changes as people write them
//! ```

mod calc;
mod command;
mod global;
mod percent;
mod plan;
mod simulate;

pub(crate) use calc::CalcCall;
pub(crate) use command::{
    AuditArgs, CatalogArgs, CheckArgs, Command, DemoArgs, DocsArgs, EvaluateArgs, ExplainArgs, InitArgs,
    LinkageArgs, MetricsArgs, MigrateArgs, ReportArgs, RetentionArgs, RoiArgs, ValueArgs, VerifyArgs,
    definition, parse,
};
pub(crate) use global::Global;
pub(crate) use plan::PlanArgs;
pub(crate) use simulate::SimulateArgs;
