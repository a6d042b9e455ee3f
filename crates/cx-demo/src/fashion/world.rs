//! The laws of this company's world.

use crate::calendar::Day;
use serde::Serialize;

/// The first day of records.
pub(super) const START: Day = Day::of(2024, 5, 1);
/// The last day of records, in the middle of a month.
pub(super) const AS_OF: Day = Day::of(2026, 11, 15);
/// Assistants in the shops, for those who book one.
pub(super) const ASSISTANTS: Day = Day::of(2025, 11, 1);
/// Letters with looks of the season, for those who asked: nothing comes of them.
pub(super) const LOOKS: (Day, Day) = (Day::of(2025, 5, 1), Day::of(2025, 11, 1));
/// Fittings at home, days before the records end.
pub(super) const FITTINGS: Day = Day::of(2026, 11, 9);

pub(super) const AGES: [(&str, f64); 4] = [("18-29", 0.24), ("30-44", 0.33), ("45-59", 0.27), ("60+", 0.16)];
pub(super) const FORMATS: [(&str, usize); 3] = [("flagship", 8), ("town", 22), ("outlet", 10)];
pub(super) const SHOPS: usize = 40;

/// Everything that decides what happens.
#[derive(Debug, Serialize)]
pub(super) struct World {
    #[serde(skip)]
    pub seed: u64,
    #[serde(skip)]
    pub customers: u32,
    /// Visits with a purchase per customer and month; the mean of a gamma with shape 2.
    pub visits_per_month: f64,
    /// Cents of a basket of somebody who buys as most do, and the spread of the log between customers.
    pub basket: f64,
    pub basket_spread: f64,
    /// Spread of the log between baskets of one customer.
    pub basket_noise: f64,
    pub basket_by_age: [f64; 4],
    pub basket_by_format: [f64; 3],
    pub visits_by_age: [f64; 4],
    /// Factors by month, January to December.
    pub season: [f64; 12],
    /// Factor on baskets per month that passes: prices.
    pub prices_grow: f64,
    /// Chance per month that a customer comes no more.
    pub stops: f64,
    pub choice: Choice,
    pub assistants: Assistants,
    /// Contribution margin of what is bought.
    pub margin: f64,
}

/// Who chooses, by the twelve months before: on the log of odds.
#[derive(Debug, Serialize)]
pub(super) struct Choice {
    pub most: f64,
    /// By the log of the mean basket over that of most.
    pub basket: f64,
    /// By the log of the number of visits over three.
    pub visits: f64,
    pub age: [f64; 4],
    pub format: [f64; 3],
}

/// What assistants do to those who booked one.
#[derive(Debug, Serialize)]
pub(super) struct Assistants {
    pub basket: f64,
    pub visits: f64,
}

/// A customer's twelve months before a choice.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct History {
    pub visits: f64,
    pub cents: f64,
}

impl World {
    pub(super) const fn new(seed: u64, customers: u32) -> Self {
        Self {
            seed,
            customers,
            visits_per_month: 0.36,
            basket: 6200.0,
            basket_spread: 0.35,
            basket_noise: 0.5,
            basket_by_age: [0.8, 1.0, 1.12, 1.05],
            basket_by_format: [1.15, 1.0, 0.8],
            visits_by_age: [1.1, 1.0, 0.95, 0.9],
            season: [0.85, 0.75, 0.95, 1.05, 1.0, 0.95, 0.9, 0.85, 1.05, 1.05, 1.15, 1.5],
            prices_grow: 1.003,
            stops: 0.012,
            choice: Choice {
                most: -1.75,
                basket: 1.1,
                visits: 0.3,
                age: [-0.3, 0.0, 0.3, 0.1],
                format: [0.4, 0.0, -0.6],
            },
            assistants: Assistants { basket: 1.08, visits: 1.03 },
            margin: 0.45,
        }
    }

    /// Visits per month of somebody who comes as often as most.
    pub(super) fn visits(&self, age: usize, day: Day, assistant: bool) -> f64 {
        let works = if assistant { self.assistants.visits } else { 1.0 };
        self.visits_per_month * self.visits_by_age[age] * self.season[day.month() as usize - 1] * works
    }

    /// Cents of a basket of somebody who buys as most do.
    pub(super) fn basket(&self, age: usize, format: usize, day: Day, assistant: bool) -> f64 {
        let works = if assistant { self.assistants.basket } else { 1.0 };
        let prices = self.prices_grow.powf(f64::from(day.0 - START.0) / 30.44);
        self.basket * self.basket_by_age[age] * self.basket_by_format[format] * prices * works
    }

    /// Chance of choosing; none for those who did not come in twelve months: they were not asked.
    pub(super) fn chooses(&self, age: usize, format: usize, history: History) -> Option<f64> {
        let Choice { most, basket, visits, age: by_age, format: by_format } = &self.choice;
        (history.visits > 0.0).then(|| {
            let odds = (most
                + basket * (history.cents / history.visits / self.basket).ln()
                + visits * (history.visits / 3.0).ln()
                + by_age[age]
                + by_format[format])
                .exp();
            odds / (1.0 + odds)
        })
    }
}
