//! What columns say together.

use super::profile::{Holds, Profile};
use super::rows::each_row;
use super::survey::Column;
use super::words::Role;
use crate::ground::period::Day;
use crate::sources::{RawFile, SourceError};
use crate::tables::mapping::Decimal;
use crate::tables::read::number::parse;
use std::collections::BTreeMap;

/// Most questions of a long file.
const QUESTIONS: usize = 500;

/// Everything found out by looking at several columns at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// Letters before some order numbers, and whether those rows take back.
    pub returns: Option<Returns>,
    /// Share of rows in which the lifetime total is about tenure × monthly amount.
    pub tenure_is_months: Option<f64>,
    /// Values by question, for answers in long form.
    pub questions: BTreeMap<String, Profile>,
    /// The day from which ratings go beyond five, where they never did before.
    pub stars: Option<Stars>,
}

/// Ratings out of five up to a day, and out of ten from it on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stars {
    /// The rating column.
    pub rating: usize,
    /// The column of the day, which is written year first.
    pub date: usize,
    /// The first day with a rating above five.
    pub day: String,
    /// Ratings before that day, all of five at most.
    pub before: u64,
    /// Ratings from that day on.
    pub since: u64,
    /// Those among them that are above five.
    pub above: u64,
}

/// Fewest ratings before a change of scale that none of them gave away.
const BEFORE: u64 = 100;

/// Looks for the day from which ratings go beyond five.
fn stars(files: &[RawFile], columns: &[Column]) -> Result<Option<Stars>, SourceError> {
    let rating = best(columns, Role::Rating, Holds::Numbers);
    let date = best(columns, Role::Date, Holds::Moments);
    let (Some(rating), Some(date)) =
        (rating.filter(|c| (5.0..=10.0).contains(&columns[*c].profile.numbers().max)), date)
    else {
        return Ok(None);
    };
    // Days as they are written → ratings, those above five.
    let mut by: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut sorts = true;
    let names = [columns[rating].profile.name.as_str(), columns[date].profile.name.as_str()];
    each_row(files, &names, &mut |cells| {
        let Some(stars) = parse(cells[0], Decimal::Point) else { return };
        let written = cells[1].trim();
        let day = written.get(..10).filter(|d| d.parse::<Day>().is_ok());
        // What is not written year first does not sort, and an expression could not compare it.
        sorts &= day.is_some() || written.is_empty();
        if let Some(day) = day {
            let entry = by.entry(day.to_owned()).or_default();
            entry.0 += 1;
            entry.1 += u64::from(stars > 5.0);
        }
    })?;
    let Some(day) = by.iter().find(|(_, (_, above))| *above > 0).map(|(day, _)| day.clone()) else {
        return Ok(None);
    };
    let before = by.range(..day.clone()).map(|(_, (n, _))| n).sum();
    let (since, above) = by.range(day.clone()..).fold((0, 0), |sum, (_, n)| (sum.0 + n.0, sum.1 + n.1));
    // From then on large ratings are common: not a slip of somebody's finger.
    let told = sorts && before >= BEFORE && above * 4 >= since;
    Ok(told.then_some(Stars { rating, date, day, before, since, above }))
}

/// Order numbers with letters in front.
#[derive(Debug, Clone)]
pub(super) struct Returns {
    /// The order column.
    pub order: usize,
    /// The quantity or amount.
    pub measure: usize,
    /// Letters → rows, rows below zero.
    pub by: BTreeMap<String, (u64, u64)>,
}

/// The best column of a role among those that hold what is wanted.
fn best(columns: &[Column], role: Role, holds: Holds) -> Option<usize> {
    let fits = columns.iter().enumerate().filter(|(_, c)| holds == Holds::Text || c.profile.holds() == holds);
    fits.filter_map(|(i, c)| Some((*c.roles.get(&role)?, i))).min().map(|(_, i)| i)
}

/// Looks at the columns that may say something together.
pub(super) fn gather(files: &[RawFile], columns: &[Column]) -> Result<Evidence, SourceError> {
    let mut found = Evidence::default();
    let name = |i: usize| columns[i].profile.name.as_str();
    let number = |text: &str| parse(text, Decimal::Point).or_else(|| parse(text, Decimal::Comma));
    let measure =
        best(columns, Role::Quantity, Holds::Numbers).or_else(|| best(columns, Role::Amount, Holds::Numbers));
    let lettered = |i: &usize| {
        let prefixes = &columns[*i].profile.prefixes;
        let plain = prefixes.get("").copied().unwrap_or(0);
        prefixes.len() > 1 && plain * 2 > columns[*i].profile.known()
    };
    let order = best(columns, Role::Order, Holds::Text).filter(lettered);
    if let (Some(order), Some(measure)) = (order, measure) {
        let mut by: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        each_row(files, &[name(order), name(measure)], &mut |cells| {
            let letters: String = cells[0].trim().chars().take_while(char::is_ascii_alphabetic).collect();
            if !letters.is_empty() && (by.len() < 30 || by.contains_key(&letters)) {
                let entry = by.entry(letters).or_default();
                entry.0 += 1;
                entry.1 += u64::from(number(cells[1]).is_some_and(|x| x < 0.0));
            }
        })?;
        found.returns = Some(Returns { order, measure, by });
    }
    let of = |role| best(columns, role, Holds::Numbers);
    if let (Some(tenure), Some(monthly), Some(total)) =
        (of(Role::Tenure), of(Role::Monthly), of(Role::LifetimeTotal))
    {
        let (mut rows, mut near) = (0_u64, 0_u64);
        each_row(files, &[name(tenure), name(monthly), name(total)], &mut |cells| {
            if let (Some(t), Some(m), Some(sum)) = (number(cells[0]), number(cells[1]), number(cells[2]))
                && t > 0.0
                && m > 0.0
            {
                rows += 1;
                near += u64::from((sum / (t * m) - 1.0).abs() <= 0.2);
            }
        })?;
        found.tenure_is_months = (rows > 0).then(|| near as f64 / rows as f64);
    }
    found.stars = stars(files, columns)?;
    let question = best(columns, Role::Question, Holds::Words);
    let value = best(columns, Role::Value, Holds::Text).filter(|v| Some(*v) != question);
    if let (Some(question), Some(value)) = (question, value) {
        let mut by: BTreeMap<String, Profile> = BTreeMap::new();
        each_row(files, &[name(question), name(value)], &mut |cells| {
            let asked = cells[0].trim();
            if !asked.is_empty() && (by.len() < QUESTIONS || by.contains_key(asked)) {
                by.entry(asked.to_owned()).or_insert_with(|| Profile::new(asked)).add(cells[1]);
            }
        })?;
        by.values_mut().for_each(Profile::finish);
        found.questions = by;
    }
    Ok(found)
}
