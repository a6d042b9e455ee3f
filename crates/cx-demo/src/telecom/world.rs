//! The laws of this company's world.
//!
//! Factors multiply what stands before them, so that an effect is the same
//! ratio in every region and month.

use crate::calendar::Day;
use crate::dice::Dice;
use serde::Serialize;

/// The first day of records.
pub(super) const START: Day = Day::of(2024, 5, 1);
/// The last day of records, in the middle of a month.
pub(super) const AS_OF: Day = Day::of(2026, 11, 15);
/// One desk for every channel reaches the regions in three waves: the first day, and how many.
pub(super) const WAVES: [(Day, usize); 3] =
    [(Day::of(2025, 7, 1), 7), (Day::of(2025, 11, 1), 7), (Day::of(2026, 3, 1), 6)];
/// New hold music reached regions in two waves, and ended everywhere at once.
pub(super) const MUSIC: [(Day, usize); 2] = [(Day::of(2024, 12, 1), 10), (Day::of(2025, 2, 1), 10)];
pub(super) const MUSIC_ENDS: Day = Day::of(2025, 7, 1);
/// Plain bills, for half of the customers by lot.
pub(super) const BILLS: Day = Day::of(2025, 10, 1);
/// Calls before a contract ends, and a bonus for staying: the same regions.
pub(super) const SAVING_CALLS: Day = Day::of(2026, 2, 1);
pub(super) const BONUS: Day = Day::of(2026, 3, 1);
/// The voice menu, days before the records end.
pub(super) const MENU: Day = Day::of(2026, 11, 9);
/// Tariffs go up for everybody.
pub(super) const PRICE_RISE: Day = Day::of(2026, 1, 1);
/// The network is down in half of the country, and what follows.
pub(super) const OUTAGE: (Day, Day) = (Day::of(2026, 5, 16), Day::of(2026, 6, 1));

pub(super) const REGIONS: [&str; 30] = [
    "Aldermoor",
    "Ashford Vale",
    "Barrowdale",
    "Beacon Hills",
    "Birchwater",
    "Calder",
    "Carrick",
    "Coldstream",
    "Dunmere",
    "Eastmarsh",
    "Ellerby",
    "Fenwick",
    "Glenhaven",
    "Greyport",
    "Harrowgate",
    "Highmoor",
    "Inverdale",
    "Kestrel Bay",
    "Langholm",
    "Lower Tarn",
    "Merrow",
    "Northcliff",
    "Oakhampton",
    "Pennridge",
    "Ravensea",
    "Redmarsh",
    "Southwick",
    "Thornbury",
    "Upper Tarn",
    "Westerfell",
];

/// Ways of getting in touch: name, share, cents each.
pub(super) const CHANNELS: [(&str, f64, f64); 4] =
    [("phone", 0.52, 910.0), ("chat", 0.2, 480.0), ("email", 0.16, 520.0), ("shop", 0.12, 1340.0)];

/// One region.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Region {
    pub name: &'static str,
    /// Weight in the number of customers.
    pub size: f64,
    /// Factor on contacts.
    pub contacts: f64,
    /// Share of satisfied answers at the start.
    pub satisfied: f64,
    /// First day of the one desk; none where it never comes.
    #[serde(skip)]
    pub desk: Option<Day>,
    #[serde(skip)]
    pub music: Option<Day>,
    /// With saving calls and bonus.
    pub saving: bool,
    pub menu: bool,
}

/// Everything that decides what happens.
#[derive(Debug, Serialize)]
pub(super) struct World {
    #[serde(skip)]
    pub seed: u64,
    #[serde(skip)]
    pub customers: u32,
    pub regions: Vec<Region>,
    /// Contacts per customer and month at the start; the mean of a gamma with shape 1.5.
    pub contacts_per_month: f64,
    /// Factor on contacts per month that passes, everywhere.
    pub contacts_grow: f64,
    pub contacts_after_price_rise: f64,
    pub contacts_in_outage: f64,
    /// Factor on the cost of a contact per month that passes: wages.
    pub wages_grow: f64,
    /// Factor on satisfied answers per month that passes, and in the outage.
    pub satisfied_falls: f64,
    pub satisfied_in_outage: f64,
    /// Chance per month that a contract ends, and factors on it.
    pub leaving: f64,
    pub leaving_after_price_rise: f64,
    pub price_rise: f64,
    pub desk: Desk,
    /// Factors on leaving.
    pub bills: f64,
    pub saving_calls: f64,
    pub bonus: f64,
}

/// What the one desk for all channels does in a region that has it.
#[derive(Debug, Serialize)]
pub(super) struct Desk {
    /// Factor on contacts.
    pub contacts: f64,
    /// Factor on the cost of each; with fewer contacts it makes the cost per customer.
    pub cost_of_contact: f64,
    /// Factor on the service cost per customer-month.
    pub cost: f64,
    /// Factor on the share of satisfied answers.
    pub satisfied: f64,
    /// Factor on leaving: none.
    pub leaving: f64,
}

impl World {
    pub(super) fn new(seed: u64, customers: u32) -> Self {
        let (contacts, cost) = (0.88, 0.8);
        Self {
            seed,
            customers,
            regions: regions(seed),
            contacts_per_month: 0.21,
            contacts_grow: 1.011,
            contacts_after_price_rise: 1.08,
            contacts_in_outage: 1.7,
            wages_grow: 1.004,
            satisfied_falls: 0.996,
            satisfied_in_outage: 0.85,
            leaving: 0.015,
            leaving_after_price_rise: 1.25,
            price_rise: 1.05,
            desk: Desk { contacts, cost_of_contact: cost / contacts, cost, satisfied: 1.4, leaving: 1.0 },
            bills: 0.9,
            saving_calls: 0.9,
            bonus: 0.85,
        }
    }

    /// Months from the first day of records.
    fn age(day: Day) -> f64 {
        f64::from(day.0 - START.0) / 30.44
    }

    /// Contacts per month of somebody who is in touch as often as most.
    pub(super) fn contacts(&self, region: &Region, day: Day, desk: bool) -> f64 {
        let price = if day >= PRICE_RISE { self.contacts_after_price_rise } else { 1.0 };
        let outage = if (OUTAGE.0..OUTAGE.1).contains(&day) { self.contacts_in_outage } else { 1.0 };
        let works = if desk { self.desk.contacts } else { 1.0 };
        let trend = self.contacts_grow.powf(Self::age(day));
        self.contacts_per_month * region.contacts * trend * price * outage * works
    }

    /// Cents of a contact through a channel.
    pub(super) fn cost(&self, channel: usize, day: Day, desk: bool) -> f64 {
        let works = if desk { self.desk.cost_of_contact } else { 1.0 };
        CHANNELS[channel].2 * self.wages_grow.powf(Self::age(day)) * works
    }

    /// Cents of a contact through any channel.
    pub(super) fn mean_cost(&self, day: Day, desk: bool) -> f64 {
        (0..CHANNELS.len()).map(|c| CHANNELS[c].1 * self.cost(c, day, desk)).sum()
    }

    /// Chance of a 4 or 5 on satisfaction.
    pub(super) fn satisfied(&self, region: &Region, day: Day, desk: bool) -> f64 {
        let outage = if (OUTAGE.0..OUTAGE.1).contains(&day) { self.satisfied_in_outage } else { 1.0 };
        let works = if desk { self.desk.satisfied } else { 1.0 };
        region.satisfied * self.satisfied_falls.powf(Self::age(day)) * outage * works
    }

    /// Chance per month that a contract ends, whatever is done about it.
    pub(super) fn leaves(&self, day: Day) -> f64 {
        self.leaving * if day >= PRICE_RISE { self.leaving_after_price_rise } else { 1.0 }
    }
}

/// The regions; their order in every roll-out is drawn by lot.
fn regions(seed: u64) -> Vec<Region> {
    let mut dice = Dice::new(seed, "regions", 0);
    let mut list: Vec<Region> = Vec::new();
    for name in REGIONS {
        let size = 0.6 + 0.8 * dice.unit();
        let contacts = (0.1 * dice.normal()).exp();
        let satisfied = (0.44 + 0.025 * dice.normal()).clamp(0.38, 0.5);
        let (desk, music) = (None, None);
        list.push(Region { name, size, contacts, satisfied, desk, music, saving: false, menu: false });
    }
    let order = |purpose| Dice::new(seed, purpose, 0).distinct(REGIONS.len(), REGIONS.len());
    let starts = |waves: &[(Day, usize)]| {
        waves.iter().flat_map(|(day, n)| std::iter::repeat_n(*day, *n)).collect::<Vec<Day>>()
    };
    for (rank, region) in order("roll-out").into_iter().enumerate() {
        list[region].desk = starts(&WAVES).get(rank).copied();
        // Every fourth of the order, so that each wave has its part of them.
        list[region].saving = rank % 4 == 1;
        list[region].menu = rank % 3 == 2;
    }
    for (rank, region) in order("hold music").into_iter().enumerate() {
        list[region].music = starts(&MUSIC).get(rank).copied();
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laws_keep_their_promises() {
        let world = World::new(1, 500);
        let treated = world.regions.iter().filter(|r| r.desk.is_some()).count();
        assert_eq!((treated, world.regions.len()), (20, 30));
        for offset in 0..=AS_OF.0 - START.0 {
            let day = START.plus(offset);
            for region in &world.regions {
                let cost = |desk| world.contacts(region, day, desk) * world.mean_cost(day, desk);
                assert!((cost(true) / cost(false) - 0.8).abs() < 1e-12);
                assert!((0.0..0.75).contains(&world.satisfied(region, day, true)));
            }
        }
        assert!((CHANNELS.iter().map(|c| c.1).sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
