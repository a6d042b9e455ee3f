//! Changes as people write them.

use clap::Args;
use clap::builder::PossibleValuesParser;
use cx_core::studies::scenario::written::{given, lasting, part, rate, set, spent};
use cx_core::studies::scenario::{Amount, Change, Key};

/// Options of `simulate`.
#[derive(Debug, Args)]
#[command(after_help = "\
A change says what it is counted in: `%` is a share of the base, `pp` percentage points of a share,
`abs` an amount. Three values apart by `..` hold at 10, 50 and 90 %.

  cx simulate --set churn=-5%..-10%..-20% --cost 150000 --cost-per-customer 1
  cx simulate --set contacts=-0.1abs --set churn=-1.4pp --every year --cash 60%

Base values come from the last year of records; --base puts your own in their place.")]
pub(crate) struct SimulateArgs {
    /// What changes and by how much: churn, retention, margin, spend, contacts, contact_cost,
    /// cost_to_serve, satisfied
    #[arg(long, value_name = "KEY=CHANGE", required = true, value_parser = set)]
    pub(crate) set: Vec<(Key, Change)>,

    /// A base value of your own, such as margin=120, churn=18%, contacts=1..1.2..1.5
    #[arg(long, value_name = "KEY=VALUE", value_parser = given)]
    pub(crate) base: Vec<(Key, Amount)>,

    /// What rates and amounts of the base are per
    #[arg(long, value_name = "PERIOD", default_value = "month", value_parser = PossibleValuesParser::new(["month", "year"]))]
    pub(crate) every: String,

    /// Customers that the change reaches [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) customers: Option<u32>,

    /// Share of a change that is left after a year, for all or for one key, as churn=0..0.5..1:
    /// least, most likely, most [default: 0..0.5..1]
    #[arg(long, value_name = "[KEY=]SHARE", value_parser = lasting)]
    pub(crate) lasting: Vec<(Option<Key>, Amount)>,

    /// Spent once, at the start
    #[arg(long, value_name = "AMOUNT", default_value = "0", value_parser = spent)]
    pub(crate) cost: Amount,

    /// Running cost of a year
    #[arg(long, value_name = "AMOUNT", default_value = "0", value_parser = spent)]
    pub(crate) cost_yearly: Amount,

    /// Running cost of a year for every active customer
    #[arg(long, value_name = "AMOUNT", default_value = "0", value_parser = spent)]
    pub(crate) cost_per_customer: Amount,

    /// Share of spared service that is cash: budgets shrink, not only queues
    #[arg(long, value_name = "SHARE", default_value = "100%", value_parser = part)]
    pub(crate) cash: Amount,

    /// Months that money is counted for
    #[arg(long, value_name = "MONTHS", default_value_t = 36, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub(crate) horizon: u32,

    /// Discount rate a year, as 10% [default: that of cx.toml]
    #[arg(long, value_name = "SHARE", value_parser = rate)]
    pub(crate) rate: Option<f64>,

    /// The return that is asked for, as a share of the cost, such as 0.15
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    pub(crate) hurdle: f64,

    /// Joint draws
    #[arg(long, value_name = "N", default_value_t = cx_core::infer::draws::DRAWS, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pub(crate) draws: u32,

    /// Family of initiatives that it is a forecast of: how much of such promises came so far
    #[arg(long, value_name = "FAMILY", default_value = "other")]
    pub(crate) forecast_of: String,

    /// Take the benefit as promised, without what promises usually lose
    #[arg(long)]
    pub(crate) as_promised: bool,
}
