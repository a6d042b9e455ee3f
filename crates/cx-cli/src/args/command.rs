//! The commands and their own options.

use super::{CalcCall, Global, PlanArgs, ServeArgs, SimulateArgs};
use clap::builder::PossibleValuesParser;
use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use cx_core::ground::period::{Day, Grain, Instant};
use cx_core::ground::written;
use cx_core::studies::linkage::Score;
use std::path::PathBuf;

/// Customer-experience measurement: from a company's own records to figures with intervals, and back
/// to the rows.
#[derive(Debug, Parser)]
#[command(name = "cx", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "\
Exit codes: 0 ok, 1 the check said no, 2 usage, 3 data, 4 not found, 5 unsupported, 6 limit,
70 internal, 74 cannot read or write, 130 interrupted.")]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// What every command takes.
    #[command(flatten)]
    pub(crate) global: Global,
}

/// A command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a demo company with planted truth, report on it and say where it is
    Demo(DemoArgs),
    /// Look at the files of a folder, recognise them and write a commented cx.toml
    Init(InitArgs),
    /// Check settings and records: every fault with its place and its mend
    Check(CheckArgs),
    /// List the metrics, or show one with its formula, variants and source
    Catalog(CatalogArgs),
    /// Figures with intervals, series, groups and comparisons
    Metrics(MetricsArgs),
    /// What customers are worth: lifetime values, customer equity, the backtest behind them
    Value(ValueArgs),
    /// Who stays: survival, reasons, drivers, cohorts, every form of churn, chances checked on a hold-out
    Retention(RetentionArgs),
    /// What goes with a score: what promoters do that others do not, before and after adjustment
    Linkage(LinkageArgs),
    /// What initiatives gave back: effects by the best design that the records allow, then money
    Roi(RoiArgs),
    /// What a change would be worth: what if churn fell by 15 %?
    Simulate(SimulateArgs),
    /// What to do next: opportunities, what a test would find, the best use of a budget, a roadmap
    Plan(PlanArgs),
    /// What was promised and what came of it: every promise of the ledger, and how far they could be relied on
    Evaluate(EvaluateArgs),
    /// Check that nothing was changed: the ledger's chain, a sealed report made again; or that a known
    /// effect planted in these records is found
    Verify(VerifyArgs),
    /// Whether metrics earn their place: owner, target, freshness, drift, what they add; others' claims
    Audit(AuditArgs),
    /// Show how a figure came about: formula, population, files, rows
    Explain(ExplainArgs),
    /// The report: scorecard, trends, groups, changes, data quality, method
    Report(ReportArgs),
    /// Serve project folders: every study over HTTP, as JSON and as a page
    Serve(ServeArgs),
    /// Run a formula over a plain file or flags, without a project
    #[command(
        subcommand_value_name = "FORMULA",
        subcommand_help_heading = "Formulas",
        arg_required_else_help = true
    )]
    Calc {
        /// The formula and its arguments.
        #[command(subcommand)]
        call: CalcCall,
    },
    /// Bring an older cx.toml to the current form
    Migrate(MigrateArgs),
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the pages that are made from the program itself
    #[command(hide = true)]
    Docs(DocsArgs),
}

/// Options of `demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// The company
    #[arg(default_value = "ecommerce", value_parser = companies())]
    pub(crate) company: String,

    /// Folder to write it to [default: demo/COMPANY]
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,

    /// Customers it has
    #[arg(long, value_name = "N", default_value_t = cx_demo::Size::default().customers)]
    pub(crate) customers: u32,
}

/// The words of all demo companies.
fn companies() -> PossibleValuesParser {
    PossibleValuesParser::new(cx_demo::Company::ALL.iter().map(|c| c.word()))
}

/// Options of `init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder [default: that of --project, or this folder]
    pub(crate) dir: Option<PathBuf>,

    /// Answer a question, such as --set project.time_zone=Europe/Warsaw
    #[arg(long, value_name = "KEY=VALUE", value_parser = answer)]
    pub(crate) set: Vec<(String, String)>,

    /// Write anew although there is a cx.toml; the old one stays beside it as cx.toml.old
    #[arg(long)]
    pub(crate) force: bool,
}

/// `KEY=VALUE` apart.
fn answer(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.trim().to_owned())),
        _ => Err("write it as KEY=VALUE, such as project.currency=EUR".to_owned()),
    }
}

/// Options of `catalog`.
#[derive(Debug, Args)]
pub(crate) struct CatalogArgs {
    /// One metric, by its id
    pub(crate) metric: Option<String>,

    /// Look at the project's records and say which metrics they allow
    #[arg(long, conflicts_with = "metric")]
    pub(crate) available: bool,
}

/// Options of `metrics`.
#[derive(Debug, Args)]
pub(crate) struct MetricsArgs {
    /// Metrics: ids, with a variant or constants where wanted, such as nps, churn_rate_average:exposed,
    /// fcr_window[W=14d] [default: the profile of cx.toml]
    #[arg(value_delimiter = ',', value_name = "METRIC")]
    pub(crate) metrics: Vec<String>,

    /// Cut by these columns, all at once
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub(crate) by: Vec<String>,

    /// A figure for every period
    #[arg(long, value_name = "PERIOD", value_parser = PossibleValuesParser::new(Grain::ALL.map(Grain::word)))]
    pub(crate) every: Option<String>,

    /// First day, as 2026-01-01
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Day>,

    /// Last day, included
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<Day>,

    /// Only rows for which this is true, such as "channel = 'email' and amount > 20"
    #[arg(long = "where", value_name = "CONDITION")]
    pub(crate) filter: Option<String>,

    /// Compare with the window before (`previous`), or the groups of a column with the rest
    #[arg(long, value_name = "previous|COLUMN")]
    pub(crate) compare: Option<String>,
}

/// Options of `linkage`.
#[derive(Debug, Args)]
pub(crate) struct LinkageArgs {
    /// What customers did afterwards: kept, spend, orders, contacts, cost_to_serve, recurring_revenue
    /// [default: all that the records allow]
    #[arg(value_delimiter = ',', value_name = "OUTCOME")]
    pub(crate) outcomes: Vec<String>,

    /// The score
    #[arg(long, default_value = "nps", value_parser = PossibleValuesParser::new(Score::ALL.map(|(name, _)| name)))]
    pub(crate) score: String,

    /// Days after the answer that count [default: the longest of 365, 180 and 90 that the records allow]
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) window: Option<u32>,

    /// Days before the answer that the adjustment looks at [default: as many as the window]
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) look_back: Option<u32>,

    /// Days right after the answer that do not count
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = clap::value_parser!(u32).range(0..=365))]
    pub(crate) gap: u32,

    /// Instead: how many periods a change of score takes to show in this metric
    #[arg(long, value_name = "METRIC", conflicts_with_all = ["outcomes", "window", "look_back"])]
    pub(crate) lags: Option<String>,

    /// With --lags: columns whose values are the units, such as a store or a region [default: the company as one]
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', requires = "lags")]
    pub(crate) by: Vec<String>,

    /// With --lags: the length of a period
    #[arg(long, value_name = "PERIOD", default_value = "month", requires = "lags",
        value_parser = PossibleValuesParser::new(Grain::ALL.map(Grain::word)))]
    pub(crate) every: String,
}

/// Options of `retention`.
#[derive(Debug, Args)]
pub(crate) struct RetentionArgs {
    /// Curves by these columns, all at once [default: the column whose groups differ most clearly]
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub(crate) by: Vec<String>,

    /// Days within which customers may leave or buy again [default: 90, or what the records allow]
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) within: Option<u32>,
}

/// Options of `roi`.
#[derive(Debug, Args)]
pub(crate) struct RoiArgs {
    /// Initiatives, by their ids [default: all of the register]
    #[arg(value_name = "ID")]
    pub(crate) initiatives: Vec<String>,

    /// Months from the start that money is counted for [default: as the register says, or 36]
    #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(u32).range(1..=600))]
    pub(crate) horizon: Option<u32>,

    /// The return that is asked for, as a share of the cost, such as 0.15 [default: 0]
    #[arg(long, value_name = "SHARE")]
    pub(crate) hurdle: Option<f64>,

    /// Joint draws that money is counted by [default: 10000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pub(crate) draws: Option<u32>,

    /// Claims of others to be shown as sceptical priors beside the own effects, such as C15; money stays
    /// on the own effects
    #[arg(long = "claim", value_name = "CLAIM,…", value_delimiter = ',')]
    pub(crate) claims: Vec<String>,
}

/// Options of `audit`.
#[derive(Debug, Args)]
pub(crate) struct AuditArgs {
    /// Instead: hold what others claim against these records
    #[arg(long)]
    pub(crate) claims: bool,
}

/// Options of `evaluate`.
#[derive(Debug, Args)]
pub(crate) struct EvaluateArgs {
    /// Add the records of this JSON file to the ledger: one promise, amendment, withdrawal or resolution,
    /// or a list of them
    #[arg(long, value_name = "FILE", conflicts_with = "resolve")]
    pub(crate) add: Option<PathBuf>,

    /// Write down what came of the promises that are due
    #[arg(long, requires = "author")]
    pub(crate) resolve: bool,

    /// Who resolves them
    #[arg(long, value_name = "NAME", requires = "resolve")]
    pub(crate) author: Option<String>,

    /// The moment that records are registered at [default: now]
    #[arg(long, value_name = "MOMENT", hide = true)]
    pub(crate) at: Option<Instant>,
}

/// Options of `verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// A seal: say what was changed since it was written
    #[arg(value_name = "SEAL")]
    pub(crate) sealed: Option<PathBuf>,

    /// Write a seal to this file: hashes of records, settings, ledger and report
    #[arg(long, value_name = "FILE", conflicts_with_all = ["sealed", "head"])]
    pub(crate) seal: Option<PathBuf>,

    /// A hash that was printed as the ledger's last: it must still be in it
    #[arg(long, value_name = "HASH")]
    pub(crate) head: Option<String>,

    /// Instead, the recovery test: plant a known effect in these records, in memory, and say whether
    /// `cx roi` finds it
    #[arg(long, conflicts_with_all = ["sealed", "seal", "head"])]
    pub(crate) recover: bool,

    /// With --recover: what the lines of the treated grow by, such as 10% or -5%
    #[arg(long, value_name = "CHANGE", default_value = "10%", value_parser = written::change,
        allow_hyphen_values = true, requires = "recover")]
    pub(crate) effect: f64,

    /// With --recover: share of the active customers that each lot draws; half of them are treated
    #[arg(long, value_name = "SHARE", default_value = "100%", value_parser = written::part, requires = "recover")]
    pub(crate) share: f64,

    /// With --recover: first day of the effect [default: the middle of the order lines]
    #[arg(long, value_name = "DATE", requires = "recover")]
    pub(crate) from: Option<Day>,

    /// With --recover: lots that are drawn
    #[arg(long, value_name = "N", default_value_t = 100, requires = "recover",
        value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub(crate) repeats: u32,
}

/// Options of `report`.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// File to write; its ending says the form: .html, .md, .csv, .json, .txt
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Language of the sentences
    #[arg(long, default_value = "en", value_parser = PossibleValuesParser::new(["en"]))]
    pub(crate) lang: String,
}

/// Options of `value`.
#[derive(Debug, Args)]
pub(crate) struct ValueArgs {
    /// Write every customer who has bought to this CSV file: chance to be still a customer, purchases
    /// expected in a year, value still to come
    #[arg(long, value_name = "FILE")]
    pub(crate) customers: Option<PathBuf>,
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The finding, as the other commands print it: nps/channel=email/2026-03
    pub(crate) finding: String,
}

/// Options of `docs`.
#[derive(Debug, Args)]
pub(crate) struct DocsArgs {
    /// Folder of the pages
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: PathBuf,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Say no (exit code 1) as soon as a cell or row could not be used
    #[arg(long)]
    pub(crate) strict: bool,

    /// Show values of customer ids, comments and whole lines among the samples
    #[arg(long)]
    pub(crate) show_values: bool,

    /// Write no quarantine files
    #[arg(long)]
    pub(crate) no_quarantine: bool,
}

/// Options of `migrate`.
#[derive(Debug, Args)]
pub(crate) struct MigrateArgs {
    /// Write the new text to cx.toml; the old one stays beside it as cx.toml.old
    #[arg(long)]
    pub(crate) write: bool,
}

/// The whole command line as clap holds it.
pub(crate) fn definition() -> clap::Command {
    Cli::command()
}

/// The arguments of this run; a call that cannot be understood ends it with 2.
pub(crate) fn parse() -> Cli {
    Cli::parse()
}
