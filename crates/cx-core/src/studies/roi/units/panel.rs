//! Who the units are, month by month.

use super::super::MONTH;
use super::super::measured::refused;
use super::super::outcomes::Outcome;
use super::super::register::Way;
use super::compared::Units;
use crate::ground::estimate::Refused;
use crate::ground::period::Day;
use crate::infer::effects::did::{Controls, Panel, UnitPath};
use std::collections::BTreeMap;

/// Months before the start by which the worst were chosen, where the register does not say.
const CHOSEN_BY: i32 = 12;

impl Units<'_> {
    pub(super) fn units(&self) -> impl Iterator<Item = &String> {
        let mut all: Vec<&String> = self.gathered.outcomes.iter().flat_map(BTreeMap::keys).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter()
    }

    pub(super) fn first_start(&self) -> Day {
        self.gathered.starts.values().min().copied().unwrap_or(self.context.covered.0)
    }

    /// What an outcome is taken per.
    pub(super) fn denominator(&self, outcome: &Outcome) -> String {
        match (outcome.over_rows, self.gathered.customers.is_empty()) {
            (true, _) => String::new(),
            (false, false) => " per customer and month".to_owned(),
            (false, true) => match self.kind {
                Some(kind) => format!(" per {kind} and month"),
                None => " per month".to_owned(),
            },
        }
    }

    /// Customers of the treated units, on average since the start; the units themselves where nobody is counted.
    pub(super) fn population(&self) -> f64 {
        self.gathered.starts.iter().map(|(unit, start)| self.size(unit, *start)).sum()
    }

    pub(super) fn size(&self, unit: &str, start: Day) -> f64 {
        if self.gathered.customers.is_empty() {
            return 1.0;
        }
        let Some(series) = self.gathered.customers.get(unit) else { return 0.0 };
        let since = self.gathered.months.iter().zip(series).filter(|((_, end), _)| *end > start);
        let (sum, n) = since.fold((0.0, 0.0), |(sum, n), (_, customers)| (sum + customers, n + 1.0));
        if n > 0.0 { sum / n } else { 0.0 }
    }

    /// Units that begin later bring nothing before: the share of the treated that had begun, month by month.
    pub(super) fn reach(&self) -> Vec<f64> {
        let (first, whole) = (self.first_start(), self.population());
        let last = self.gathered.starts.values().max().copied().unwrap_or(first);
        let months = (f64::from(last.0 - first.0) / MONTH).ceil() as usize;
        let begun = |month: usize| {
            let share =
                |start: &Day| (month as f64 + 1.0 - f64::from(start.0 - first.0) / MONTH).clamp(0.0, 1.0);
            let starts = self.gathered.starts.iter();
            starts.map(|(unit, start)| share(start) * self.size(unit, *start)).sum::<f64>() / whole
        };
        if whole > 0.0 { (0..months).map(begun).collect() } else { Vec::new() }
    }

    /// True where a unit begins once the months seen are over.
    fn waits(&self, unit: &str) -> bool {
        let end = self.gathered.months.last().map(|(_, end)| *end);
        self.gathered.starts.get(unit).copied() >= end
    }

    /// The month in which a unit begins: it counts as treated from its first day.
    pub(super) fn month_of(&self, day: Day) -> Option<usize> {
        self.gathered.months.iter().position(|(from, end)| *from <= day && day < *end)
    }

    pub(super) fn panel(
        &self,
        outcome: &Outcome,
        sums: &BTreeMap<String, Vec<(f64, f64)>>,
    ) -> Result<Panel, Refused> {
        let per = if outcome.money { self.context.minor() } else { 1.0 };
        let begun = self.month_of(self.first_start());
        // Units chosen by a bad year bounce back by themselves: that year cannot say what they were like.
        let left_out = match (self.initiative.way, begun) {
            (Some(Way::WorstFirst), Some(start)) => match self.initiative.selected_from {
                Some(day) => self.gathered.months.iter().filter(|(_, end)| *end <= day).count()..start,
                None => start.saturating_sub(CHOSEN_BY as usize)..start,
            },
            _ => 0..0,
        };
        let kept: Vec<usize> = (0..self.gathered.months.len()).filter(|m| !left_out.contains(m)).collect();
        let (mut units, mut silent) = (Vec::new(), 0);
        for (unit, series) in sums {
            let customers = self.gathered.customers.get(unit);
            let value = |m: usize| {
                let (sum, rows) = series[m];
                if outcome.over_rows { sum / rows } else { sum / per / customers.map_or(1.0, |c| c[m]) }
            };
            let start = self.gathered.starts.get(unit).map(|day| self.month_of(*day));
            // A unit whose start lies outside the months seen is neither treated nor untouched; those that
            // wait until the months end stand for those without.
            let start = match start {
                Some(None) if self.controls == Controls::NotYet && self.waits(unit) => Some(kept.len()),
                Some(None) => continue,
                Some(Some(month)) => Some(kept.iter().filter(|m| **m < month).count()),
                None => None,
            };
            let outcomes: Vec<f64> = kept.iter().map(|m| value(*m)).collect();
            // A share of no answers is no share: such a unit says nothing of this outcome.
            if outcome.over_rows && outcomes.iter().any(|x| x.is_nan()) {
                silent += 1;
                continue;
            }
            units.push(UnitPath { start, outcomes });
        }
        if silent * 5 > sums.len() {
            return Err(refused(
                "gaps",
                format!("{silent} of {} units have months without a row", sums.len()),
                "larger units, or more answers",
            ));
        }
        Panel::new(units)
    }
}
