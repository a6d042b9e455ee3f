//! From the cells of a reduction to figures by slice and period.

use super::choose::Prepared;
use super::cuts::{Cut, Stretch};
use super::estimator::{Estimator, Gathered, Judge, summary};
use super::{Context, Request};
use crate::findings::{Level as Figure, PeriodName};
use crate::ground::estimate::{Absent, Caveat, Estimate, Size};
use crate::ground::segment::{NONE_VALUE, Slice};
use crate::infer::Level;
use crate::infer::ratings::Prior;
use crate::reduce::{Reduced, Stat};
use crate::stats::{Crossed, Replicates, Totals};
use std::collections::BTreeMap;

/// The cells of one slice in one period.
#[derive(Debug, Default)]
pub(super) struct Bundle<'a> {
    /// One per hidden value; one where nothing is hidden.
    pub stats: Vec<&'a Stat>,
    pub worlds: Option<&'a Replicates>,
    /// The cell and its whole, over the clusters in the cell.
    pub whole: Option<&'a Crossed>,
}

/// Figures of one metric in one cut.
pub(super) struct Evaluated<'a> {
    pub cut: &'a Cut,
    pub judge: Judge,
    pub reduced: &'a Reduced,
    pub estimator: &'a Estimator,
    /// By values of the visible dimensions and number of the period.
    pub bundles: BTreeMap<(Vec<Option<String>>, usize), Bundle<'a>>,
    /// Names of the visible dimensions.
    pub dimensions: Vec<String>,
    /// Rows per period, of everybody.
    rows: BTreeMap<usize, u64>,
    /// Totals of everybody per period, over whole clusters.
    everybody: BTreeMap<usize, &'a Totals>,
    /// Ids name their period: of a series, or of a window that was asked for.
    dated: bool,
}

impl<'a> Evaluated<'a> {
    pub(super) fn new(
        context: &Context<'_>,
        prepared: &Prepared,
        cut: &'a Cut,
        reduced: &'a Reduced,
        estimator: &'a Estimator,
        request: &Request,
    ) -> Option<Self> {
        let planned = prepared.plan.as_ref().ok()?;
        let hidden = planned.gathering.hidden.len();
        let visible = cut.reduction.dimensions.len() - hidden;
        let dimensions = cut.reduction.dimensions[..visible].to_vec();
        let mut bundles: BTreeMap<(Vec<Option<String>>, usize), Bundle<'a>> = BTreeMap::new();
        let mut rows: BTreeMap<usize, u64> = BTreeMap::new();
        for (key, stat) in &reduced.cells {
            let bundle = bundles.entry((key.values[..visible].to_vec(), key.period)).or_default();
            bundle.stats.push(stat);
            bundle.worlds = reduced.worlds.get(key);
            bundle.whole = reduced.whole.get(key);
            if let Stat::Totals(t) = stat {
                *rows.entry(key.period).or_default() += t.rows;
            }
        }
        let judge = Judge {
            unit: prepared.info.unit,
            factor: planned.factor,
            seed: context.seed,
            weights: planned.gathering.weights(),
            prior: prior_of(estimator, &bundles),
        };
        let everybody = BTreeMap::new();
        let dated = !cut.stretches.is_empty() && (cut.series || request.window.is_some());
        Some(Self { cut, judge, reduced, estimator, bundles, dimensions, rows, everybody, dated })
    }

    /// The figure of one slice in one period, at any level.
    pub(super) fn estimate(&self, values: &[Option<String>], period: usize, level: Level) -> Estimate {
        if let Some(why) = self.cut.stretches.get(period).and_then(|s| s.unknown) {
            let why = Absent::Undefined { why: why.to_owned() };
            return Estimate::absent(why, self.judge.unit, Size::default());
        }
        let Some(bundle) = self.bundles.get(&(values.to_vec(), period)) else {
            let censored = self.reduced.tally.censored > 0 && self.bundles.is_empty();
            let why = if censored { Absent::CensoredWindow } else { Absent::NoData };
            return Estimate::absent(why, self.judge.unit, Size::default());
        };
        let beside = self.beside(values, period);
        let gathered = Gathered {
            stats: &bundle.stats,
            worlds: bundle.worlds,
            whole: beside.as_ref(),
            rows: self.rows.get(&period).copied().unwrap_or(0),
        };
        self.estimator.estimate(gathered, self.judge, level)
    }

    /// Every slice that has units in some period.
    pub(super) fn slices(&self) -> Vec<Vec<Option<String>>> {
        let mut list: Vec<Vec<Option<String>>> =
            self.bundles.keys().map(|(values, _)| values.clone()).collect();
        list.dedup();
        if list.is_empty() && self.dimensions.is_empty() {
            list.push(Vec::new());
        }
        list
    }

    /// Learns the totals of everybody from the same cut without groups.
    pub(super) fn beside_everybody(&mut self, reduced: &'a Reduced) {
        for (key, stat) in &reduced.cells {
            if let (Stat::Totals(totals), true) = (stat, key.values.is_empty()) {
                self.everybody.insert(key.period, totals);
            }
        }
    }

    /// Totals of a group and then of everybody, over all clusters.
    pub(super) fn beside(&self, values: &[Option<String>], period: usize) -> Option<Totals> {
        let own = self.bundles.get(&(values.to_vec(), period))?.whole?;
        Some(own.beside(self.totals(values, period)?, self.everybody.get(&period)?))
    }

    /// Plain totals of a cell.
    pub(super) fn totals(&self, values: &[Option<String>], period: usize) -> Option<&'a Totals> {
        match self.bundles.get(&(values.to_vec(), period))?.stats.as_slice() {
            [Stat::Totals(totals)] => Some(totals),
            _ => None,
        }
    }

    /// The slice by its dimensions.
    pub(super) fn slice(&self, values: &[Option<String>]) -> Slice {
        let value = |v: &Option<String>| v.clone().unwrap_or_else(|| NONE_VALUE.to_owned());
        Slice(self.dimensions.iter().cloned().zip(values.iter().map(value)).collect())
    }

    /// Name of a period of this cut.
    pub(super) fn period(&self, number: usize) -> PeriodName {
        self.cut.stretches.get(number).map_or_else(always, period_name)
    }

    /// A figure with its identity and doubts.
    pub(super) fn figure(
        &self,
        prepared: &Prepared,
        values: &[Option<String>],
        period: usize,
        level: Level,
    ) -> Figure {
        let slice = self.slice(values);
        let name = self.period(period);
        let mut estimate = self.estimate(values, period, level);
        doubts(&mut estimate, prepared, &self.reduced.tally, name.partial && self.cut.series);
        let id = finding_id(&prepared.info.key, &slice, self.dated.then_some(name.label.as_str()));
        Figure { id, slice, period: name, estimate, shrunk: None, against_rest: None }
    }
}

/// The whole time, where rows carry no moment.
pub(super) fn always() -> PeriodName {
    PeriodName { label: "all".to_owned(), first: None, last: None, partial: false }
}

pub(super) fn period_name(stretch: &Stretch) -> PeriodName {
    PeriodName {
        label: stretch.label.clone(),
        first: Some(stretch.first.to_string()),
        last: Some(stretch.end.plus(-1).to_string()),
        partial: stretch.partial,
    }
}

/// `nps`, `nps/channel=email`, `nps/channel=email/2026-03`. An id names the same
/// figure wherever it is printed: only everything covered goes without a period.
pub(super) fn finding_id(key: &str, slice: &Slice, period: Option<&str>) -> String {
    let mut id = key.to_owned();
    if !slice.is_all() {
        let parts: Vec<String> = slice.0.iter().map(|(d, v)| format!("{d}={v}")).collect();
        id.push('/');
        id.push_str(&parts.join(","));
    }
    if let Some(period) = period {
        id.push('/');
        id.push_str(period);
    }
    id
}

/// Adds what makes the figure weaker than it looks.
fn doubts(estimate: &mut Estimate, prepared: &Prepared, tally: &crate::reduce::Tally, partial: bool) {
    if estimate.value.is_none() {
        return;
    }
    let least = prepared.info.min_n;
    let n = estimate.size.n;
    if n < least.show {
        estimate.caveats.push(Caveat::FewRows { n, wanted: least.show });
    }
    if let Some(events) = estimate.size.events.filter(|e| *e < least.events) {
        estimate.caveats.push(Caveat::FewEvents { events, wanted: least.events });
    }
    if partial {
        estimate.caveats.push(Caveat::PartialPeriod);
    }
    if tally.censored > 0 {
        estimate.caveats.push(Caveat::Censored { rows: tally.censored });
    }
    for caveat in &prepared.caveats {
        estimate.caveats.push(caveat.clone());
    }
}

/// Prior of means that are pulled together: the grand mean, worth the median number of values.
fn prior_of(
    estimator: &Estimator,
    bundles: &BTreeMap<(Vec<Option<String>>, usize), Bundle<'_>>,
) -> Option<(Prior, f64)> {
    if !matches!(estimator, Estimator::Bayes) || bundles.len() < 2 {
        return None;
    }
    let cells: Vec<_> = bundles
        .values()
        .filter_map(|b| match b.stats.as_slice() {
            [Stat::Totals(t)] => summary(t),
            _ => None,
        })
        .collect();
    let n: u64 = cells.iter().map(|c| c.n).sum();
    if n < 2 {
        return None;
    }
    let mean = cells.iter().map(|c| c.mean * c.n as f64).sum::<f64>() / n as f64;
    let within: f64 = cells.iter().map(|c| c.variance.unwrap_or(0.0) * (c.n as f64 - 1.0)).sum();
    let freedom: f64 = cells.iter().map(|c| c.n as f64 - 1.0).sum();
    let mut counts: Vec<u64> = cells.iter().map(|c| c.n).collect();
    counts.sort_unstable();
    let weight = counts[counts.len() / 2] as f64;
    Some((Prior { weight, mean }, if freedom > 0.0 { within / freedom } else { 0.0 }))
}
