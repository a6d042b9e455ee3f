//! Differences of shares, means and nets.

use super::groups::{Pair, Sides};
use crate::calc::answers::Answers;
use crate::calc::scores::nps::{estimate as net_estimate, side};
use crate::calc::{CalcError, Figure, Results};
use crate::ground::estimate::{Caveat, Estimate, Interval, Method};
use crate::ground::fixed;
use crate::ground::unit::Unit;
use crate::infer::means::{self, Summary};
use crate::infer::nets::Groups;
use crate::infer::shares::{Counted, pooled_z, wald_difference};
use crate::infer::special::normal;
use crate::infer::{Level, changes, shares};
use crate::stats::{RatioSums, Totals};
use std::collections::BTreeMap;

type Outcome = Result<(), CalcError>;

fn not_empty(sides: &Sides) -> Outcome {
    for (sums, name) in sides.sums.iter().zip(&sides.names) {
        if sums.rows == 0 {
            let help = "fill it, or compare other groups".to_owned();
            return Err(CalcError::Data { what: format!("group `{name}` has no usable answers"), help });
        }
    }
    Ok(())
}

/// Puts the difference first, then the two groups it is made of.
fn put(results: &mut Results, sides: &Sides, change: &Estimate, p: Option<f64>, each: [&Estimate; 2]) {
    results.put("difference", Figure::from(change));
    results.put("p", Figure::real_or(p, "the groups do not vary"));
    if let Some(se) = change.se {
        results.put("se", Figure::real(se).unit(change.unit));
    }
    let mut groups = Results::new();
    for (estimate, name) in each.into_iter().zip(&sides.names) {
        let n = Figure::count(estimate.size.n);
        groups.group(name, Results::new().with("value", Figure::from(estimate)).with("n", n));
    }
    results.group("groups", groups);
    if sides.shared > 0 {
        results.put("customers_in_both", Figure::count(sides.shared));
    }
}

pub(super) fn shares(
    sides: &Sides,
    pair: Option<&Pair<'_>>,
    method: &str,
    level: Level,
    results: &mut Results,
    caveats: &mut Vec<Caveat>,
) -> Outcome {
    not_empty(sides)?;
    let at = |level| sides.sums.map(|sums| shares::estimate(&sums, level));
    let [from, to] = at(level);
    let mut change = changes::difference(&to, &from);
    let newcombe = |level| {
        let [from, to] = at(level);
        changes::difference(&to, &from).interval
    };
    let p;
    if let Some(interval) = &mut change.interval {
        *interval = Interval { method: Method::Newcombe, ..*interval }.clamped((Some(-1.0), Some(1.0)));
    }
    let counted = |sums: &RatioSums| Counted { k: sums.numerator, n: sums.denominator };
    let [b, a] = [counted(&sides.sums[0]), counted(&sides.sums[1])];
    match (method, pair) {
        ("overlap", Some(pair)) => (change, p) = over_customers(pair, |x| x, 1.0, Unit::Share, level)?,
        ("wald", _) if sides.are_plain() => {
            change.interval = wald_difference(a, b, level);
            p = around(&change, level).1;
        }
        ("wald", _) => (change.interval, p) = around(&change, level),
        _ => p = changes::p_by_inversion(newcombe, 0.0),
    }
    put(results, sides, &change, p, [&from, &to]);
    if sides.are_plain()
        && method != "overlap"
        && let Some(test) = pooled_z(a, b)
    {
        results.put("pooled_z", Figure::real(test.statistic));
        results.put("pooled_p", Figure::real(test.p));
    }
    caveats.extend(change.caveats);
    Ok(())
}

pub(super) fn means(
    pair: &Pair<'_>,
    method: &str,
    level: Level,
    results: &mut Results,
    caveats: &mut Vec<Caveat>,
) -> Outcome {
    let sides = pair.sides(|x| x);
    not_empty(&sides)?;
    let at = |level| sides.sums.map(|sums| means::estimate(&sums, None, Unit::Ratio, level));
    let [from, to] = at(level);
    let mut change = changes::difference(&to, &from);
    let values = |a: &Answers<'_>| a.given.iter().map(|g| g.value).collect::<Vec<f64>>();
    let (a, b) = (values(&pair.to), values(&pair.from));
    let independent = sides.are_plain();
    let summaries = Summary::of(&a).zip(Summary::of(&b));
    let welch = summaries.as_ref().and_then(|(a, b)| means::welch(a, b)).filter(|_| independent);
    let p;
    match (method, &summaries) {
        ("overlap", _) => (change, p) = over_customers(pair, |x| x, 1.0, Unit::Ratio, level)?,
        ("welch", Some((a, b))) if independent => {
            change.interval = means::welch_interval(a, b, level);
            p = welch.map(|test| test.p);
        }
        _ => {
            let interval = |level| {
                let [from, to] = at(level);
                changes::difference(&to, &from).interval
            };
            p = changes::p_by_inversion(interval, 0.0);
        }
    }
    put(results, &sides, &change, p, [&from, &to]);
    if let Some(test) = welch.filter(|_| method != "overlap") {
        results.put("t", Figure::real(test.statistic));
        results.put("df", Figure::real_or(test.df, "no degrees of freedom"));
    }
    if let Some(test) = means::mann_whitney(&a, &b).filter(|_| independent && method != "overlap") {
        results.put("mann_whitney_u", Figure::real(test.u));
        results.put("mann_whitney_p", Figure::real(test.p));
        results.put("superiority", Figure::real(test.superiority));
    }
    caveats.extend(change.caveats);
    Ok(())
}

pub(super) fn nets(
    pair: &Pair<'_>,
    method: &str,
    level: Level,
    results: &mut Results,
    caveats: &mut Vec<Caveat>,
) -> Outcome {
    let sides = pair.sides(side);
    not_empty(&sides)?;
    let groups = |a: &Answers<'_>| {
        let weight = |wanted: f64| a.weight_where(|x| side(x) == wanted);
        Groups::new(weight(1.0), weight(0.0), weight(-1.0))
    };
    let (Some(from_groups), Some(to_groups)) = (groups(&pair.from), groups(&pair.to)) else { return Ok(()) };
    let at = |level| {
        let one = |g: &Groups, sums: &RatioSums| net_estimate("score", g, sums, level);
        [one(&from_groups, &sides.sums[0]), one(&to_groups, &sides.sums[1])]
    };
    let [from, to] = at(level);
    let mut change = changes::difference(&to, &from);
    let interval = |level| {
        let [from, to] = at(level);
        changes::difference(&to, &from).interval
    };
    let mut p = changes::p_by_inversion(interval, 0.0);
    match method {
        "overlap" => (change, p) = over_customers(pair, side, 100.0, Unit::Points, level)?,
        "wald" => (change.interval, p) = around(&change, level),
        _ => {}
    }
    if let Some(interval) = &mut change.interval {
        *interval = interval.clamped((Some(-200.0), Some(200.0)));
    }
    put(results, &sides, &change, p, [&from, &to]);
    caveats.extend(change.caveats);
    Ok(())
}

/// Normal interval and p-value of a difference with its standard error.
fn around(change: &Estimate, level: Level) -> (Option<Interval>, Option<f64>) {
    let (Some(value), Some(se)) = (change.value, change.se) else { return (None, None) };
    let half = level.z() * se;
    let p = (se > 0.0).then(|| normal::tails(value / se).two_sided());
    (Some(Interval::closed(value - half, value + half, level.value(), Method::Wald)), p)
}

/// The change over customers of either group.
fn over_customers(
    pair: &Pair<'_>,
    f: impl Fn(f64) -> f64,
    scale: f64,
    unit: Unit,
    level: Level,
) -> Result<(Estimate, Option<f64>), CalcError> {
    let mut units: BTreeMap<(u8, &str, usize), ([f64; 4], u64)> = BTreeMap::new();
    // `to` first: the change is first minus second.
    for (at, answers) in [(0, &pair.to), (2, &pair.from)] {
        for given in &answers.given {
            let key = given.customer.map_or((1, "", given.place), |customer| (0, customer, 0));
            let (terms, rows) = units.entry(key).or_default();
            terms[at] += given.weight * f(given.value);
            terms[at + 1] += given.weight;
            *rows += 1;
        }
    }
    let too_large = |_| CalcError::Data {
        what: "a value is too large to be summed exactly".to_owned(),
        help: "use a larger unit, such as thousands".to_owned(),
    };
    let mut totals = Totals::new(4);
    for (terms, rows) in units.values() {
        let mut exact = [0; 4];
        for (into, x) in exact.iter_mut().zip(terms) {
            *into = fixed::from_f64(*x).ok_or(fixed::Overflow).map_err(too_large)?;
        }
        totals.add(&exact, *rows).map_err(too_large)?;
    }
    let overlap = changes::overlap(&totals, scale, unit, level);
    Ok((overlap.difference, overlap.p))
}
