//! The laws of this company's world.

use crate::calendar::Day;
use crate::dice::Dice;
use serde::Serialize;

/// The first day of records.
pub(super) const START: Day = Day::of(2024, 5, 1);
/// The last day of records, in the middle of a month.
pub(super) const AS_OF: Day = Day::of(2026, 11, 15);
/// The app opens to those invited.
pub(super) const APP: Day = Day::of(2025, 12, 1);
/// Choosing a seat by message, on trial for half a year: nothing comes of it.
pub(super) const SEATS: (Day, Day) = (Day::of(2025, 5, 1), Day::of(2025, 11, 1));
/// Free messages on board, days before the records end.
pub(super) const WIFI: Day = Day::of(2026, 11, 9);

/// Everything that decides what happens.
#[derive(Debug, Serialize)]
pub(super) struct World {
    #[serde(skip)]
    pub seed: u64,
    #[serde(skip)]
    pub customers: u32,
    /// Flights per member and month at the start; the mean of a gamma with shape 1.5.
    pub flights_per_month: f64,
    /// Factor on flights per month that passes: new routes.
    pub flights_grow: f64,
    /// Factors on flights, January to December.
    pub season: [f64; 12],
    /// Chance per month that a member flies no more.
    pub stops: f64,
    /// Share of members invited to each trial, by lot.
    pub invited: f64,
    /// Take-up: the chance of somebody who flies as often as most, on the log of odds, and its slope in the log of flights.
    pub take_up: [f64; 2],
    /// Share of satisfied answers of those who would not take the app, and of those who would.
    pub satisfied: [f64; 2],
    pub app: App,
    /// Contribution margin of a fare.
    pub margin: f64,
}

/// What the app does to those who use it.
#[derive(Debug, Serialize)]
pub(super) struct App {
    /// Factor on flights.
    pub flights: f64,
    /// Share of satisfied answers with the app: a level, most of which was there before.
    pub satisfied: f64,
}

impl World {
    pub(super) const fn new(seed: u64, customers: u32) -> Self {
        Self {
            seed,
            customers,
            flights_per_month: 0.26,
            flights_grow: 1.015,
            season: [0.8, 0.82, 0.95, 1.0, 1.05, 1.15, 1.3, 1.25, 1.05, 0.98, 0.8, 0.85],
            stops: 0.008,
            invited: 0.5,
            take_up: [0.1, 0.9],
            satisfied: [0.78, 0.83],
            app: App { flights: 1.12, satisfied: 0.85 },
            margin: 0.2,
        }
    }

    /// Flights per month of somebody who flies as often as most.
    pub(super) fn flights(&self, day: Day, app: bool) -> f64 {
        let growth = self.flights_grow.powf(f64::from(day.0 - START.0) / 30.44);
        let works = if app { self.app.flights } else { 1.0 };
        self.flights_per_month * self.season[day.month() as usize - 1] * growth * works
    }

    /// Chance of a 4 or 5 on satisfaction.
    pub(super) const fn satisfied(&self, would_take: bool, app: bool) -> f64 {
        if app { self.app.satisfied } else { self.satisfied[would_take as usize] }
    }

    /// Whether a member would take an offer up, by the factor on their flights.
    pub(super) fn takes(&self, id: &str, member: usize, rate: f64) -> bool {
        let odds = (self.take_up[0] + self.take_up[1] * rate.max(0.05).ln()).exp();
        Dice::new(self.seed, id, member as u64).chance(odds / (1.0 + odds))
    }
}
