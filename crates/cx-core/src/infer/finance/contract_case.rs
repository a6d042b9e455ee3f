//! An initiative that keeps contract customers and spares contacts, priced over its years.

use super::identity::{TwoWorlds, person_periods, present_gain};
use super::{Returns, Timing};
use crate::ground::estimate::Refused;

/// What the case is made of; rates and amounts per period, shares 0..1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ContractCase {
    /// Customers at the start.
    pub base: f64,
    /// Share that leaves in a period without the initiative.
    pub churn: f64,
    /// By how much (a share, not relative) churn is lower in the first period.
    pub effect: f64,
    /// Part of the effect that is left in later periods, 0..1.
    pub persistence: f64,
    /// Contribution margin of an active customer, in money.
    pub margin: f64,
    /// Contacts spared per active customer.
    pub contacts: f64,
    /// Variable cost of one contact, in money.
    pub contact_cost: f64,
    /// Share of the spared contacts that is cash, 0..1.
    pub cash: f64,
    /// Cost at the start, in money.
    pub capital: f64,
    /// Running cost per active customer, in money.
    pub running: f64,
    /// Periods looked at.
    pub periods: u32,
    /// Discount rate per period, above −1.
    pub rate: f64,
    /// When the amounts of a period fall.
    pub timing: Timing,
}

/// The case in present values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValuedCase {
    /// Margin of customers who stay.
    pub retention: f64,
    /// Contacts spared, their cash share.
    pub service: f64,
    /// Contacts spared that nobody has turned into money.
    pub service_not_cash: f64,
    /// Capital and running cost.
    pub cost: f64,
}

impl ValuedCase {
    /// Cashable benefit and cost.
    pub fn returns(self) -> Returns {
        Returns { benefit: self.retention + self.service, cost: self.cost }
    }

    /// Retention alone against the whole cost.
    pub fn retention_alone(self) -> Returns {
        Returns { benefit: self.retention, cost: self.cost }
    }
}

impl ContractCase {
    /// Prices the case against the world without the initiative.
    ///
    /// Active customers of a period are the mean of start and end; spared
    /// contacts and running cost are those of the treated world.
    /// Source: definition of this product.
    ///
    /// # Errors
    /// Refusals where churn with the effect leaves 0..1, and for a rate of −1 or less.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::finance::{ContractCase, Timing};
    /// // Proactive notices to 200 000 contract customers.
    /// let notices = ContractCase {
    ///     base: 200_000.0, churn: 0.18, effect: 0.014, persistence: 0.5, margin: 120.0,
    ///     contacts: 0.10, contact_cost: 3.5, cash: 0.6, capital: 150_000.0, running: 1.0,
    ///     periods: 3, rate: 0.10, timing: Timing::Middle,
    /// };
    /// let valued = notices.valued().unwrap();
    /// assert_eq!(valued.returns().npv().round(), 358_697.0);
    /// assert!((valued.returns().roi().unwrap() - 0.644_868).abs() < 1e-6);
    /// assert!((valued.retention_alone().roi().unwrap() - 0.49).abs() < 0.005);
    /// ```
    pub fn valued(&self) -> Result<ValuedCase, Refused> {
        let effect = |k: u32| if k == 0 { self.effect } else { self.effect * self.persistence };
        let with: Vec<f64> = (0..self.periods).map(|k| self.churn - effect(k)).collect();
        let control = person_periods(self.base, &vec![self.churn; self.periods as usize])?;
        let treated = person_periods(self.base, &with)?;
        let years: Vec<TwoWorlds> = control
            .iter()
            .zip(&treated)
            .map(|(a, b)| TwoWorlds { active: (*a, *b), margin: (self.margin, self.margin) })
            .collect();
        let Some(gain) = present_gain(&years, self.rate, self.timing) else {
            return Err(Refused {
                rule: "rate_out_of_range".to_owned(),
                reason: "a discount rate of −100 % or less has no meaning".to_owned(),
                lift: "give the rate per period as a share".to_owned(),
            });
        };
        let active: f64 = (1..).zip(&treated).map(|(k, a)| a * self.timing.discount(k, self.rate)).sum();
        let spared = active * self.contacts * self.contact_cost;
        Ok(ValuedCase {
            retention: gain.total(),
            service: spared * self.cash,
            service_not_cash: spared * (1.0 - self.cash),
            cost: self.running.mul_add(active, self.capital),
        })
    }
}
