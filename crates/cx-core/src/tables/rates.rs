//! Exchange rates by day.

use crate::ground::period::Day;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

/// Days a rate may be old: banks publish none at weekends and on holidays.
const OLDEST: i32 = 7;

/// Units of the reporting currency for one unit of a foreign one, by day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rates(HashMap<String, BTreeMap<i32, Decimal>>);

impl Rates {
    /// Adds the rate of a day.
    pub fn add(&mut self, currency: &str, day: Day, rate: Decimal) {
        self.0.entry(currency.to_owned()).or_default().insert(day.0, rate);
    }

    /// The rate of a day: the latest one published on it or up to a week before.
    pub fn get(&self, currency: &str, day: Day) -> Option<Decimal> {
        let list = self.0.get(currency)?;
        list.range(day.0 - OLDEST..=day.0).next_back().map(|(_, rate)| *rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekend_takes_fridays_rate_and_a_gap_takes_none() {
        let mut rates = Rates::default();
        rates.add("USD", Day(100), "0.92".parse().unwrap());
        assert_eq!(rates.get("USD", Day(102)), Some("0.92".parse().unwrap()));
        assert_eq!(rates.get("USD", Day(108)), None);
        assert_eq!(rates.get("USD", Day(99)), None);
        assert_eq!(rates.get("GBP", Day(100)), None);
    }
}
