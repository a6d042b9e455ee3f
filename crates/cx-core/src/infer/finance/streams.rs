//! Streams of value, and how much of each reaches the bank.

use crate::ground::estimate::Refused;

/// What a stream of value is paid by. Each has one owner row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Customers who stay.
    Retention,
    /// Customers who spend more.
    Spend,
    /// Satisfaction priced by itself: allowed only where retention is not priced.
    Satisfaction,
    /// Cheaper or fewer contacts.
    CostToServe,
    /// Posts that are cut.
    Headcount,
    /// Higher prices.
    Price,
    /// New customers through old ones.
    Referral,
    /// Less to be spent on winning customers.
    Acquisition,
    /// Fines and losses that do not come.
    Risk,
}

/// Present value of one stream and the share of it that is cash.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stream {
    /// What pays it.
    pub kind: Kind,
    /// Present value in money.
    pub value: f64,
    /// Share that is cashable, 0..1: hours removed, overtime or outsourcing
    /// that shrinks, growth that is absorbed.
    pub cash: f64,
}

/// A benefit by what of it is cash.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cashable {
    /// The headline.
    pub cashable: f64,
    /// Shown beside it: capacity that nobody has turned into money.
    pub other: f64,
}

/// Adds streams, cashable and other apart.
///
/// # Errors
/// The refusal `cash_out_of_range` for a share outside 0..1.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::{cashable, Kind, Stream};
/// let streams = [
///     Stream { kind: Kind::Retention, value: 900.0, cash: 1.0 },
///     Stream { kind: Kind::CostToServe, value: 100.0, cash: 0.6 },
/// ];
/// let sum = cashable(&streams).unwrap();
/// assert_eq!((sum.cashable, sum.other), (960.0, 40.0));
/// ```
pub fn cashable(streams: &[Stream]) -> Result<Cashable, Refused> {
    if streams.iter().any(|s| !(0.0..=1.0).contains(&s.cash) || !s.value.is_finite()) {
        return Err(Refused {
            rule: "cash_out_of_range".to_owned(),
            reason: "the cashable share of a stream lies outside 0 to 1".to_owned(),
            lift: "give the share that finance has agreed to take out of a budget".to_owned(),
        });
    }
    let sum = |share: fn(&Stream) -> f64| streams.iter().map(|s| s.value * share(s)).sum();
    Ok(Cashable { cashable: sum(|s| s.cash), other: sum(|s| 1.0 - s.cash) })
}
