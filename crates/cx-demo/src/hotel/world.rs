//! The laws of this company's world.

use crate::calendar::Day;
use crate::dice::Dice;
use serde::Serialize;

/// The first day of records.
pub(super) const START: Day = Day::of(2024, 5, 1);
/// The last day of records, in the middle of a month.
pub(super) const AS_OF: Day = Day::of(2026, 11, 15);
/// Guests can say at once what is wrong, in the houses that did worst the year before.
pub(super) const LIVE: Day = Day::of(2026, 1, 1);
/// The year by which those houses were chosen.
pub(super) const CHOSEN_BY: (Day, Day) = (Day::of(2025, 1, 1), LIVE);
/// A choice of pillows for half a year, and the winter by which its houses were chosen.
pub(super) const PILLOWS: (Day, Day) = (Day::of(2025, 5, 1), Day::of(2025, 11, 1));
pub(super) const WINTER: (Day, Day) = (Day::of(2024, 11, 1), PILLOWS.0);
/// Keys on the telephone, days before the records end.
pub(super) const KEYS: Day = Day::of(2026, 11, 9);
pub(super) const HOUSES: usize = 60;
/// Days within which a guest who books again is seen to.
pub(super) const AGAIN_WITHIN: i32 = 90;

/// Each place has a house at the harbour, one on the hill and one at the station.
const NAMES: [&str; HOUSES] = [
    "Bergen Harbour",
    "Bergen Hill",
    "Bergen Station",
    "Bruges Harbour",
    "Bruges Hill",
    "Bruges Station",
    "Cork Harbour",
    "Cork Hill",
    "Cork Station",
    "Delft Harbour",
    "Delft Hill",
    "Delft Station",
    "Dinant Harbour",
    "Dinant Hill",
    "Dinant Station",
    "Galway Harbour",
    "Galway Hill",
    "Galway Station",
    "Ghent Harbour",
    "Ghent Hill",
    "Ghent Station",
    "Gorey Harbour",
    "Gorey Hill",
    "Gorey Station",
    "Haarlem Harbour",
    "Haarlem Hill",
    "Haarlem Station",
    "Kinsale Harbour",
    "Kinsale Hill",
    "Kinsale Station",
    "Leiden Harbour",
    "Leiden Hill",
    "Leiden Station",
    "Lille Harbour",
    "Lille Hill",
    "Lille Station",
    "Malmo Harbour",
    "Malmo Hill",
    "Malmo Station",
    "Mechelen Harbour",
    "Mechelen Hill",
    "Mechelen Station",
    "Namur Harbour",
    "Namur Hill",
    "Namur Station",
    "Odense Harbour",
    "Odense Hill",
    "Odense Station",
    "Sligo Harbour",
    "Sligo Hill",
    "Sligo Station",
    "Stavanger Harbour",
    "Stavanger Hill",
    "Stavanger Station",
    "Utrecht Harbour",
    "Utrecht Hill",
    "Utrecht Station",
    "Visby Harbour",
    "Visby Hill",
    "Visby Station",
];
/// Factors on the price of a night, at the harbour, on the hill, at the station.
const PRICES: [f64; 3] = [1.1, 0.95, 0.8];

/// One house.
#[derive(Debug, Clone, Serialize)]
pub(super) struct House {
    pub name: &'static str,
    /// Weight in the number of stays.
    pub size: f64,
    /// Cents a night.
    pub night: f64,
    /// What is lastingly good or bad about it, on the log of the share satisfied.
    pub quality: f64,
}

/// Everything that decides what happens.
#[derive(Debug, Serialize)]
pub(super) struct World {
    #[serde(skip)]
    pub seed: u64,
    #[serde(skip)]
    pub customers: u32,
    pub houses: Vec<House>,
    /// Spread of what is good or bad about a house for half a year and then passes.
    pub passing: f64,
    /// Share of satisfied answers of a house like most at the start, and its growth per month.
    pub satisfied: f64,
    pub satisfied_grow: f64,
    /// Share of stays followed by another in the same house, and its growth per month.
    pub books_again: f64,
    pub books_again_grow: f64,
    /// How far booking again follows quality, lasting and passing.
    pub books_again_by_quality: f64,
    /// Factors on arrivals, January to December.
    pub season: [f64; 12],
    pub live: Live,
    /// Contribution margin of a stay.
    pub margin: f64,
}

/// What live feedback does in a house that has it.
#[derive(Debug, Serialize)]
pub(super) struct Live {
    pub satisfied: f64,
    pub books_again: f64,
}

impl World {
    pub(super) fn new(seed: u64, customers: u32) -> Self {
        Self {
            seed,
            customers,
            houses: houses(seed),
            passing: 0.13,
            satisfied: 0.55,
            satisfied_grow: 1.003,
            books_again: 0.44,
            books_again_grow: 1.004,
            books_again_by_quality: 1.0,
            season: [0.6, 0.65, 0.85, 1.0, 1.15, 1.25, 1.35, 1.3, 1.1, 0.95, 0.7, 0.8],
            live: Live { satisfied: 1.08, books_again: 1.05 },
            margin: 0.36,
        }
    }

    fn age(day: Day) -> f64 {
        f64::from(day.0 - START.0) / 30.44
    }

    /// What is good or bad about a house on a day, on a log scale.
    fn quality(&self, house: usize, day: Day) -> f64 {
        let (year, month, _) = day.date();
        let half = (year * 2 + (month - 1) / 6) as u64;
        let passing = Dice::new(self.seed, "half a year", house as u64 * 100_000 + half).normal();
        (self.houses[house].quality + self.passing * passing).clamp(-0.4, 0.33)
    }

    /// Chance of a 4 or 5 on satisfaction.
    pub(super) fn satisfied(&self, house: usize, day: Day, live: bool) -> f64 {
        let works = if live { self.live.satisfied } else { 1.0 };
        self.satisfied * self.quality(house, day).exp() * self.satisfied_grow.powf(Self::age(day)) * works
    }

    /// Chance that a guest comes back to the same house within the time.
    pub(super) fn books_again(&self, house: usize, day: Day, live: bool) -> f64 {
        let works = if live { self.live.books_again } else { 1.0 };
        let quality = (self.books_again_by_quality * self.quality(house, day)).exp();
        self.books_again * quality * self.books_again_grow.powf(Self::age(day)) * works
    }
}

fn houses(seed: u64) -> Vec<House> {
    let mut dice = Dice::new(seed, "houses", 0);
    NAMES
        .iter()
        .enumerate()
        .map(|(i, name)| House {
            name,
            size: 0.7 + 0.6 * dice.unit(),
            night: 11_500.0 * PRICES[i % PRICES.len()] * (0.15 * dice.normal()).exp(),
            quality: (0.07 * dice.normal()).clamp(-0.16, 0.16),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_chances() {
        for seed in 0..20 {
            let world = World::new(seed, 500);
            for offset in (0..=AS_OF.0 - START.0).step_by(20) {
                for house in 0..HOUSES {
                    let day = START.plus(offset);
                    assert!((0.2..0.97).contains(&world.satisfied(house, day, true)));
                    assert!((0.2..0.9).contains(&world.books_again(house, day, true)));
                }
            }
        }
    }
}
