//! The laws of this company's world: every number that decides what happens.
//!
//! They go into `truth.json` as they are. Multipliers act on the product of
//! those before them, so a ratio between two arms is exact whatever the season.

use crate::calendar::Day;
use serde::Serialize;

/// The first day of records.
pub(super) const START: Day = Day::of(2024, 11, 1);
/// The last day of records: the 25th month is cut off in its middle.
pub(super) const AS_OF: Day = Day::of(2026, 11, 15);
/// The last day of the last complete month.
pub(super) const LAST_COMPLETE: Day = Day::of(2026, 10, 31);
/// The care programme begins; half of the customers on file are held out.
pub(super) const PROGRAMME: Day = Day::of(2026, 2, 1);
/// Prices go up.
pub(super) const PRICE_RISE: Day = Day::of(2026, 4, 1);

pub(super) const SEGMENTS: [&str; 5] = ["home", "garden", "studio", "trade", "press"];
pub(super) const TIERS: [&str; 4] = ["standard", "silver", "gold", "founder"];
pub(super) const CHANNELS: [&str; 3] = ["web", "app", "marketplace"];
pub(super) const COUNTRIES: [&str; 7] = ["DE", "AT", "NL", "FR", "CH", "PL", "CZ"];
pub(super) const CURRENCIES: [&str; 7] = ["EUR", "EUR", "EUR", "EUR", "CHF", "PLN", "CZK"];
pub(super) const LANGUAGES: [&str; 7] = ["de", "de", "nl", "fr", "de", "pl", "cs"];

/// Shares of promoters and detractors of one channel, and where they end.
#[derive(Debug, Serialize)]
pub(super) struct Recommend {
    pub channel: &'static str,
    pub promoters: f64,
    pub detractors: f64,
    /// Added to promoters and taken off detractors by the end of the rise.
    pub rise: f64,
}

/// Everything that decides what happens.
#[derive(Debug, Serialize)]
pub(super) struct World {
    #[serde(skip)]
    pub seed: u64,
    #[serde(skip)]
    pub customers: u32,
    /// Shares of segments; `press` has a fixed number of customers instead.
    pub segment_shares: [f64; 4],
    /// Shares of tiers; `founder` has a fixed number of customers instead.
    pub tier_shares: [f64; 3],
    pub country_shares: [f64; 7],
    /// Orders per month of a customer, the mean of a gamma with shape 1.5.
    pub orders_per_month: f64,
    /// Factors on the order rate by segment.
    pub order_rate_by_segment: [f64; 5],
    /// Factors on the order rate, January to December.
    pub season_of_orders: [f64; 12],
    /// Chance per month that a customer stops buying for good.
    pub monthly_stop: f64,
    /// Share of customers who stop and close their account.
    pub closes_account: f64,
    /// Factors on stopping after the price rise, and on ending a club contract.
    pub stop_after_price_rise: f64,
    /// List prices after the rise over list prices before.
    pub price_rise: f64,
    /// Marketplace share of orders at the start and after its growth.
    pub marketplace_share: [f64; 2],
    /// Share of the app in what is not sold on the marketplace.
    pub app_share_of_rest: f64,
    pub recommend: [Recommend; 3],
    /// Added to promoters and taken off detractors, by segment.
    pub recommend_by_segment: [f64; 5],
    /// Share of 4 and 5 on 1-5, before the factors below.
    pub satisfied: f64,
    pub satisfied_by_channel: [f64; 3],
    pub satisfied_by_month: [f64; 12],
    pub satisfied_after_price_rise: f64,
    /// The effects of the programme on treated customers, against held-out ones.
    pub programme: Programme,
}

/// What the care programme does to those treated.
#[derive(Debug, Serialize)]
pub(super) struct Programme {
    /// Factor on the share of satisfied answers.
    pub satisfied: f64,
    /// Factor on the chance per month of leaving, of the shop and of the club.
    pub leaving: f64,
    /// Factor on value over 36 months; it sets the factor on orders.
    pub value_36_months: f64,
    /// Factor on the order rate that, with fewer leaving, makes that value.
    pub orders: f64,
}

/// Months of a customer who leaves with a fixed chance at the end of each.
fn months_alive(leaving: f64, horizon: i32) -> f64 {
    (0..horizon).map(|t| (1.0 - leaving).powi(t)).sum()
}

impl World {
    pub(super) fn new(seed: u64, customers: u32) -> Self {
        let (monthly_stop, leaving, value) = (0.03, 0.85, 1.10);
        let orders = value * months_alive(monthly_stop, 36) / months_alive(monthly_stop * leaving, 36);
        let recommend =
            |channel, promoters, detractors, rise| Recommend { channel, promoters, detractors, rise };
        Self {
            seed,
            customers,
            segment_shares: [0.46, 0.33, 0.12, 0.09],
            tier_shares: [0.62, 0.26, 0.12],
            country_shares: [0.64, 0.125, 0.10, 0.0695, 0.04, 0.025, 0.0005],
            orders_per_month: 0.165,
            order_rate_by_segment: [1.0, 1.0, 0.8, 1.6, 2.5],
            season_of_orders: [0.75, 0.8, 1.0, 1.1, 1.1, 1.0, 0.85, 0.8, 0.95, 1.0, 1.35, 1.55],
            monthly_stop,
            closes_account: 0.3,
            stop_after_price_rise: 1.12,
            price_rise: 1.06,
            marketplace_share: [0.12, 0.56],
            app_share_of_rest: 0.38,
            recommend: [
                recommend("web", 0.54, 0.14, 0.03),
                recommend("app", 0.59, 0.12, 0.03),
                recommend("marketplace", 0.31, 0.33, 0.035),
            ],
            recommend_by_segment: [0.0, 0.03, 0.01, -0.05, 0.0],
            satisfied: 0.66,
            satisfied_by_channel: [1.0, 1.04, 0.86],
            satisfied_by_month: [0.97, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.95, 0.88],
            satisfied_after_price_rise: 0.92,
            programme: Programme { satisfied: 1.2, leaving, value_36_months: value, orders },
        }
    }

    /// 0 before the growth of the marketplace, 1 after it; a straight line between.
    fn growth(day: Day) -> f64 {
        let (from, to) = (Day::of(2025, 5, 1), Day::of(2026, 5, 1));
        (f64::from(day.0 - from.0) / f64::from(to.0 - from.0)).clamp(0.0, 1.0)
    }

    /// Shares of the sales channels on a day.
    pub(super) fn channel_shares(&self, day: Day) -> [f64; 3] {
        let [low, high] = self.marketplace_share;
        let marketplace = low + (high - low) * Self::growth(day);
        let rest = 1.0 - marketplace;
        [rest * (1.0 - self.app_share_of_rest), rest * self.app_share_of_rest, marketplace]
    }

    /// Chances of a promoter, a passive and a detractor.
    pub(super) fn recommends(&self, channel: usize, segment: usize, day: Day) -> [f64; 3] {
        let law = &self.recommend[channel];
        let up = law.rise * Self::growth(day) + self.recommend_by_segment[segment];
        let (p, d) = (law.promoters + up, law.detractors - up);
        [p, 1.0 - p - d, d]
    }

    /// Chance of a 4 or 5 on the 1-5 scale of satisfaction. `channel` is none for service.
    pub(super) fn satisfied(&self, channel: Option<usize>, day: Day, treated: bool) -> f64 {
        let channel = channel.map_or(1.0, |c| self.satisfied_by_channel[c]);
        let price = if day >= PRICE_RISE { self.satisfied_after_price_rise } else { 1.0 };
        let programme = if treated && day >= PROGRAMME { self.programme.satisfied } else { 1.0 };
        self.satisfied * channel * self.satisfied_by_month[day.month() as usize - 1] * price * programme
    }

    /// Factor on every chance of leaving.
    pub(super) fn leaving(&self, day: Day, treated: bool) -> f64 {
        let price = if day >= PRICE_RISE { self.stop_after_price_rise } else { 1.0 };
        price * if treated && day >= PROGRAMME { self.programme.leaving } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_chances() {
        let world = World::new(1, 500);
        for offset in 0..745 {
            let day = START.plus(offset);
            assert!((world.channel_shares(day).iter().sum::<f64>() - 1.0).abs() < 1e-12);
            for channel in 0..3 {
                assert!((0.0..1.0).contains(&world.satisfied(Some(channel), day, true)));
                for segment in 0..5 {
                    let chances = world.recommends(channel, segment, day);
                    assert!(chances.iter().all(|p| *p > 0.0), "{chances:?}");
                }
            }
        }
        assert!((world.segment_shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((world.tier_shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((world.country_shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    /// Fewer leavers and more orders together make the promised value.
    #[test]
    fn the_programme_is_worth_what_it_says() {
        let world = World::new(1, 500);
        let value = |leaving: f64, orders: f64| orders * months_alive(world.monthly_stop * leaving, 36);
        let ratio = value(world.programme.leaving, world.programme.orders) / value(1.0, 1.0);
        assert!((ratio - 1.10).abs() < 1e-12);
        assert!(world.programme.orders > 1.0);
    }
}
