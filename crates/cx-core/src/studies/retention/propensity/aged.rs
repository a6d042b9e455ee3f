//! Chances where the records know ages and no dates: fitted on the months of
//! some customers, checked on those of others.

use super::super::Context;
use super::super::ages::{Ages, by_values};
use super::super::base::History;
use super::super::drivers::Chosen;
use super::super::levels::Covariate;
use super::super::survival::Lives;
use super::super::words::reduction;
use super::cell::Cell;
use super::dated::money;
use super::model::Model;
use super::score::Now;
use super::whole::Parts;
use crate::findings::{HoldOut, Propensity};
use crate::ground::estimate::Absent;
use crate::ground::period::DAYS_PER_MONTH;
use crate::reduce::plan::{Gather, Reduction};
use crate::reduce::{Reduced, Stat};
use crate::stats::GROUPS;
use std::collections::BTreeMap;

/// First month of each stretch of age but the first: within a stretch the chance of a month is one.
const AGES: [u32; 7] = [2, 4, 7, 13, 25, 37, 49];
/// Random groups that the model does not see: one of five folds.
const HELD_OUT: u32 = GROUPS - GROUPS / 5;
/// Room for bands of price beside a random group.
const ROOM: usize = 8;

/// A propensity by ages on its way.
#[derive(Debug)]
pub(in super::super) struct Aged {
    months: u32,
    chosen: Chosen,
    rows: Option<String>,
    key: &'static str,
    revenue: Option<(String, String)>,
}

impl Aged {
    pub(in super::super) fn of(
        context: &Context<'_>,
        history: &History,
        chosen: &Chosen,
        within: Option<u32>,
    ) -> Self {
        let months = ((f64::from(within.unwrap_or(90)) / DAYS_PER_MONTH).round() as u32).max(1);
        let rows = history.priced(context);
        let linked =
            context.data.table(history.base.table).is_some_and(|t| t.column("customer_id").is_some());
        let paid = rows.as_ref().map(|_| {
            ("price * 12".to_owned(), "twelve times the monthly revenue of the contract".to_owned())
        });
        let key = if linked { "customer_id" } else { "subscription_id" };
        Self { months, chosen: chosen.clone(), rows, key, revenue: paid }
    }

    /// The group and the band of a row, in one number.
    fn band(&self) -> String {
        let price = self.chosen.price.as_ref().map_or_else(|| "0".to_owned(), |bands| bands.expr("price"));
        format!("fold({}, {GROUPS}) * {ROOM} + {price}", self.key)
    }

    /// Plans: lives by covariates and group, and the revenue of those who are there.
    pub(in super::super) fn plans(&self, history: &History) -> Result<Vec<Reduction>, Absent> {
        let dimensions = self.chosen.dimensions();
        let rows = self.rows.as_deref();
        let lives = history.lives(&dimensions, rows, Some(&self.band()))?;
        let words = &history.words;
        let there = format!("({e} is missing or {e} >= AS_OF)", e = history.base.end);
        let base = format!("{} where {} and {there}", history.base.table, history.condition());
        let text = match rows.and_then(|r| r.split_once(" each by ")) {
            Some((_, each)) => format!("{base} each by {each}"),
            None => base,
        };
        let revenue =
            self.revenue.as_ref().map_or_else(|| "0".to_owned(), |(r, _)| format!("coalesce({r}, 0)"));
        let gather = Gather::Cells {
            stratum: words.expr(&format!("floor({})", history.exit()))?,
            band: words.expr(&self.band())?,
            outcome: words.expr(&revenue)?,
            weight: None,
        };
        Ok(vec![lives, reduction(words.rows(&text)?, &dimensions, None, gather)])
    }

    fn covariates(&self) -> Vec<Covariate> {
        let starts = std::iter::once(1).chain(AGES);
        let ends = AGES.iter().map(|m| Some(m - 1)).chain([None]);
        let levels = starts.zip(ends).map(|(from, to)| match to {
            Some(to) if to == from => format!("month {from}"),
            Some(to) => format!("months {from} to {to}"),
            None => format!("month {from} and later"),
        });
        let age = Covariate { name: "age".to_owned(), levels: levels.collect(), reference: 0 };
        std::iter::once(age).chain(self.chosen.all()).collect()
    }

    /// Levels of the covariates beside age.
    fn levels(&self, values: &[Option<String>], band: usize) -> Vec<usize> {
        let mut levels: Vec<usize> = (self.chosen.covariates.iter().zip(values))
            .map(|(column, value)| column.place(value.as_deref()).unwrap_or(column.reference))
            .collect();
        levels.extend(self.chosen.price.as_ref().map(|bands| band.min(bands.len() - 1)));
        levels
    }

    pub(in super::super) fn propensity(
        &self,
        context: &Context<'_>,
        history: &History,
        lives: &Lives,
        counted: &Reduced,
        now: &Reduced,
    ) -> Result<Propensity, Absent> {
        let (mut fit, mut check) = (Vec::new(), Vec::new());
        for ((values, part), ages) in by_values(counted) {
            let (group, band) = (part / ROOM as u32, part as usize % ROOM);
            let beside = self.levels(&values, band);
            for (stretch, (n, yes)) in months(&ages, lives.whole_months) {
                let levels: Vec<usize> = std::iter::once(stretch).chain(beside.iter().copied()).collect();
                let into = if group < HELD_OUT { &mut fit } else { &mut check };
                into.push(Cell { levels, group, n, yes });
            }
        }
        let per = money(context).0;
        let mut there: Vec<(u32, Vec<usize>, u32, u64, f64)> = Vec::new();
        for (key, stat) in &now.cells {
            let Stat::Cells(cells) = stat else { continue };
            for ((days, part), cell) in &cells.0 {
                let age = (*days as f64 / DAYS_PER_MONTH).round().max(0.0) as u32;
                let (group, band) = (*part as u32 / ROOM as u32, *part as usize % ROOM);
                let revenue = crate::ground::fixed::to_f64(cell.sum) / per;
                there.push((age, self.levels(&key.values, band), group, cell.n, revenue));
            }
        }
        let from = context.covered.map_or_else(String::new, |(_, end)| end.plus(-1).to_string());
        let parts = Parts {
            context,
            event: "leave",
            days: (f64::from(self.months) * DAYS_PER_MONTH).round() as u32,
            from,
            hold_out: HoldOut::OtherCustomers { share: 0.2 },
            unit: "customer in a month",
            covariates: self.covariates(),
            fit,
            check,
            records: vec![history.records(context, &counted.tally)],
            population: history.rows().map_or_else(|_| String::new(), |rows| rows.to_string()),
            revenue: self.revenue.as_ref().map(|(_, from)| from.clone()),
        };
        parts.propensity(|model: &Model| {
            there
                .iter()
                .map(|(age, levels, group, customers, revenue)| {
                    let row = |ahead: u32| {
                        let all: Vec<usize> =
                            std::iter::once(stretch(age + ahead)).chain(levels.iter().copied()).collect();
                        model.design(&all)
                    };
                    let rows = (1..=self.months).map(row).collect();
                    Now { rows, group: *group, customers: *customers, revenue: *revenue }
                })
                .collect()
        })
    }
}

/// The stretch that a month of age belongs to; 1 is the first month.
fn stretch(month: u32) -> usize {
    AGES.partition_point(|from| *from <= month)
}

/// Months that customers were watched through, and those in which they left, by stretch of age.
///
/// Who left at age a was there for ⌈a⌉ months, at least one; who is still
/// there counts for the ⌊a⌋ months that are complete.
fn months(ages: &Ages, whole: bool) -> BTreeMap<usize, (u64, u64)> {
    let mut out: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    for (age, _, by_cause, censored) in ages.in_months(whole) {
        let left: u64 = by_cause.iter().sum();
        let last = (age.ceil() as u32).max(1);
        for (n, through) in [(left, last), (censored, age.floor() as u32)] {
            for month in (1..=through).filter(|_| n > 0) {
                out.entry(stretch(month)).or_default().0 += n;
            }
        }
        if left > 0 {
            out.entry(stretch(last)).or_default().1 += left;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_of_age() {
        assert_eq!([1, 2, 3, 4, 12, 13, 48, 49, 72].map(stretch), [0, 1, 1, 2, 3, 4, 6, 7, 7]);
    }

    /// One leaves in the second month, one on the first day, one is there after three and a half.
    #[test]
    fn months_count_while_they_are_watched() {
        let mut life = crate::stats::Life::default();
        for (days, cause) in [(45_i128, Some(0)), (0, Some(0)), (107, None)] {
            life.add(0, days << 20, cause, 1);
        }
        let mut reduced = Reduced::default();
        let key = crate::reduce::CellKey { values: Vec::new(), period: 0, part: 0 };
        reduced.cells.insert(key, Stat::Life(life));
        let ages = by_values(&reduced).into_values().next().unwrap();
        let found = months(&ages, false);
        // Month 1: three there, one left. Months 2 and 3: two and one there, one left.
        assert_eq!(found, BTreeMap::from([(0, (3, 1)), (1, (3, 1))]));
    }
}
