//! Changes as people write them.

use clap::Args;
use clap::builder::PossibleValuesParser;
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

fn key(word: &str) -> Result<Key, String> {
    let word = word.trim();
    Key::named(word).ok_or_else(|| {
        let known: Vec<&str> = Key::ALL.iter().map(|(name, _)| *name).collect();
        format!("there is no `{word}`; there are {}", known.join(", "))
    })
}

fn pair(text: &str) -> Result<(Key, &str), String> {
    let (word, rest) = text.split_once('=').ok_or("write it as KEY=VALUE, such as churn=-10%")?;
    Ok((key(word)?, rest.trim()))
}

fn set(text: &str) -> Result<(Key, Change), String> {
    let (key, change) = pair(text)?;
    Ok((key, change.parse()?))
}

fn given(text: &str) -> Result<(Key, Amount), String> {
    let (key, value) = pair(text)?;
    let amount: Amount = value.parse()?;
    let fits =
        |x: f64| if key.is_share() { (0.0..=1.0).contains(&x) } else { key == Key::Margin || x >= 0.0 };
    if !amount.points().into_iter().all(fits) {
        return Err(format!("`{value}` cannot be: a share lies in 0 to 100 %, an amount above 0"));
    }
    match key {
        Key::Spend => Err("give the margin: revenue is not a return".to_owned()),
        Key::Retention => Err("give churn, which is 100 % less retention".to_owned()),
        _ => Ok((key, amount)),
    }
}

fn part(text: &str) -> Result<Amount, String> {
    let amount: Amount = text.parse()?;
    let fits = amount.points().into_iter().all(|x| (0.0..=1.0).contains(&x));
    if fits { Ok(amount) } else { Err("a share lies in 0 to 1, or 0 to 100 %".to_owned()) }
}

fn spent(text: &str) -> Result<Amount, String> {
    let amount: Amount = text.parse()?;
    let fits = !text.contains('%') && amount.points().into_iter().all(|x| x >= 0.0);
    if fits { Ok(amount) } else { Err("a cost is an amount of 0 or more".to_owned()) }
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse()? {
        Amount::Sure(x) if x > -1.0 && x < 10.0 => Ok(x),
        _ => Err("a rate is one share, such as 0.1 or 10%".to_owned()),
    }
}

fn lasting(text: &str) -> Result<(Option<Key>, Amount), String> {
    let (key, share) = match text.split_once('=') {
        Some((word, share)) => (Some(key(word)?), share),
        None => (None, text),
    };
    Ok((key, part(share)?))
}
