//! What can be asked, as clap sees it.
//!
//! ```text
//! calc      one subcommand per formula of `cx_core::calc`, made from its own description
//! global    what every command takes
//! plan      budgets and objectives
//! serve     where and within which limits the server serves
//! simulate  changes as people write them
//! ```

mod calc;
mod command;
mod global;
mod plan;
mod serve;
mod simulate;

pub(crate) use calc::CalcCall;
pub(crate) use command::{
    AuditArgs, CatalogArgs, CheckArgs, Command, DemoArgs, DocsArgs, EvaluateArgs, ExplainArgs, InitArgs,
    LinkageArgs, MetricsArgs, MigrateArgs, ReportArgs, RetentionArgs, RoiArgs, ValueArgs, VerifyArgs,
    definition, parse,
};
pub(crate) use global::Global;
pub(crate) use plan::PlanArgs;
pub(crate) use serve::{Log, ServeArgs};
pub(crate) use simulate::SimulateArgs;
