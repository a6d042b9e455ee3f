//! `rates.csv`: what foreign money was worth, as a bank publishes it.

use super::world::{AS_OF, START, World};
use crate::calendar::Day;
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::Sheet;
use std::collections::BTreeMap;

/// Published currencies and their first rate in ten-thousandths of a euro. No
/// rate of the Czech crown is published: its orders have no amount in euro.
const PUBLISHED: [(&str, f64); 2] = [("CHF", 10_630.0), ("PLN", 2_310.0)];
/// Days without a Swiss rate.
const GAP: (Day, Day) = (Day::of(2025, 8, 4), Day::of(2025, 8, 22));
/// Days a rate may be old: none is published at weekends.
const OLDEST: i32 = 7;

/// Rates by currency and day, in ten-thousandths of a euro.
#[derive(Debug)]
pub(super) struct Rates(BTreeMap<&'static str, BTreeMap<Day, i64>>);

impl Rates {
    /// A slow random walk on workdays.
    pub(super) fn new(world: &World) -> Self {
        let mut all = BTreeMap::new();
        for (currency, first) in PUBLISHED {
            let mut dice = Dice::new(world.seed, currency, 0);
            let mut rate = first;
            let mut list = BTreeMap::new();
            for offset in -7..=AS_OF.0 - START.0 {
                let day = START.plus(offset);
                rate *= 1.0 + 0.0025 * dice.normal();
                let gap = currency == "CHF" && (GAP.0..=GAP.1).contains(&day);
                if day.is_workday() && !gap {
                    list.insert(day, rate.round() as i64);
                }
            }
            all.insert(currency, list);
        }
        Self(all)
    }

    /// Hundredths of foreign money in euro cents, at the latest rate up to a week old.
    pub(super) fn convert(&self, currency: &str, day: Day, hundredths: i64) -> Option<i64> {
        let (_, rate) = self.0.get(currency)?.range(day.plus(-OLDEST)..=day).next_back()?;
        let product = hundredths * rate;
        // Half a cent goes away from zero.
        Some((product.abs() + 5_000) / 10_000 * product.signum())
    }

    /// Writes the list by day.
    pub(super) fn write(&self, folder: &mut Folder) -> Result<u64, Error> {
        let name = "rates.csv";
        let mut sheet = Sheet::plain(folder.create(name)?, ',');
        sheet.head("Date,Currency,EUR for 1");
        let mut rows: Vec<(Day, &str, i64)> =
            self.0.iter().flat_map(|(c, list)| list.iter().map(|(d, r)| (*d, *c, *r))).collect();
        rows.sort_unstable();
        for (day, currency, rate) in rows {
            sheet.cell(day).text(currency).cell(format_args!("{}.{:04}", rate / 10_000, rate % 10_000)).end();
        }
        sheet.finish().map_err(Error::io(&folder.path(name)))
    }
}
