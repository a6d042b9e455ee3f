//! Budgets and objectives as people write them.

use clap::Args;
use cx_core::studies::plan::written::{budget, chance, rate};
use std::path::PathBuf;

/// Options of `plan`.
#[derive(Debug, Args)]
#[command(after_help = "\
What may be done stands in plan.toml beside cx.toml: each initiative with its strategy, owner, customers,
what it is expected to change, what it costs and what it needs. Without one, cx plan still says what moving
a figure of the base would be worth.

  cx plan --template > plan.toml
  cx plan --budget 500000 --min-chance 0.8
  cx plan --lot NOTICES --arms 2 --by segment --to assignments.csv
  cx plan --promise NOTICES --author 'A. Owner' --to promise.json")]
pub(crate) struct PlanArgs {
    /// The plan [default: plan.toml beside cx.toml]
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,

    /// What may be spent over the horizon, at present values [default: that of the plan]
    #[arg(long, value_name = "AMOUNT", value_parser = budget)]
    pub(crate) budget: Option<f64>,

    /// Choose the best mean among sets that pay with at least this chance
    #[arg(long, value_name = "CHANCE", value_parser = chance, conflicts_with = "fear")]
    pub(crate) min_chance: Option<f64>,

    /// Choose the best mean less this times the mean loss in the worst twentieth of draws
    #[arg(long, value_name = "WEIGHT", value_parser = budget)]
    pub(crate) fear: Option<f64>,

    /// Months that money is counted for [default: that of the plan, else 36]
    #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(u32).range(1..=600))]
    pub(crate) horizon: Option<u32>,

    /// Discount rate a year, as 10% [default: that of the plan, else of cx.toml]
    #[arg(long, value_name = "SHARE", value_parser = rate)]
    pub(crate) rate: Option<f64>,

    /// Joint draws
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pub(crate) draws: Option<u32>,

    /// Print a plan to fill in
    #[arg(long, conflicts_with_all = ["lot", "promise"])]
    pub(crate) template: bool,

    /// Draw the customers of this initiative into arms by lot, as the table of assignments reads them
    #[arg(long, value_name = "ID", requires = "to", conflicts_with = "promise")]
    pub(crate) lot: Option<String>,

    /// Arms of the lot, the last of which is the control
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u32).range(2..=20))]
    pub(crate) arms: u32,

    /// A text column of customers within whose equal values arms are equally large
    #[arg(long, value_name = "COLUMN", requires = "lot")]
    pub(crate) by: Option<String>,

    /// The forecast of this initiative as a promise, for `cx evaluate --add`
    #[arg(long, value_name = "ID", requires_all = ["to", "author"])]
    pub(crate) promise: Option<String>,

    /// Who promises
    #[arg(long, value_name = "NAME", requires = "promise")]
    pub(crate) author: Option<String>,

    /// Where the lot or the promise is written
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,
}
