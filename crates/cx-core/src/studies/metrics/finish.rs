//! What is judged over all figures of a run: many looks, ranking, small groups, targets.

use super::{Context, Request};
use crate::findings::{Card, Level as Figure, Shrunk, TargetCheck, Verdict};
use crate::ground::estimate::{Absent, Estimate};
use crate::ground::segment::Slice;
use crate::ground::unit::Direction;
use crate::infer::{Level, looks, shrinkage};
use std::collections::BTreeMap;

/// Judges all cards of a request together.
pub(super) fn finish(context: &Context<'_>, request: &Request, cards: &mut [Card]) {
    for card in cards.iter_mut() {
        suppress(context, request, card);
        shrink(context.level, card);
    }
    correct(context.level, cards);
    for card in cards.iter_mut() {
        card.target = target(context, card);
    }
    attain(cards);
}

/// Hides figures of groups so small that they tell about people, and one more
/// where the hidden one could be found by subtraction.
fn suppress(context: &Context<'_>, request: &Request, card: &mut Card) {
    let least = least_people(context, &card.records.table);
    let hide = |figure: &mut Figure, complementary: bool| {
        let size = crate::ground::estimate::Size::default();
        figure.estimate = Estimate::absent(Absent::Suppressed { complementary }, figure.estimate.unit, size);
        figure.against_rest = None;
        figure.shrunk = None;
    };
    if least == 0 {
        return;
    }
    let small = |e: &Estimate| e.size.clusters > 0 && e.size.clusters < least;
    if request.filter.is_some() && small(&card.overall.estimate) {
        hide(&mut card.overall, false);
    }
    // Groups of one period and one set of dimensions add up to everybody.
    let mut families: BTreeMap<(String, Vec<String>), Vec<usize>> = BTreeMap::new();
    for (i, level) in card.levels.iter().enumerate() {
        let dimensions = level.slice.0.iter().map(|(d, _)| d.clone()).collect();
        families.entry((level.period.label.clone(), dimensions)).or_default().push(i);
    }
    let mut hidden: Vec<(Slice, String)> = Vec::new();
    for members in families.values() {
        let sizes: Vec<(usize, u64)> = members
            .iter()
            .map(|i| (*i, card.levels[*i].estimate.size.clusters))
            .filter(|(_, n)| *n > 0)
            .collect();
        let few: Vec<usize> = sizes.iter().filter(|(_, n)| *n < least).map(|(i, _)| *i).collect();
        for i in &few {
            hide(&mut card.levels[*i], false);
            hidden.push((card.levels[*i].slice.clone(), card.levels[*i].period.label.clone()));
        }
        // What is hidden must not be found by subtraction: not one group alone, nor
        // several that are still too few together.
        let mut others: Vec<(usize, u64)> = sizes.iter().copied().filter(|(i, _)| !few.contains(i)).collect();
        others.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let mut count = few.len();
        let mut people: u64 = sizes.iter().filter(|(i, _)| few.contains(i)).map(|(_, n)| n).sum();
        let grouped = !card.levels[members[0]].slice.is_all();
        while grouped && count > 0 && (count == 1 || people < least) {
            let Some((i, n)) = others.pop() else { break };
            hide(&mut card.levels[i], true);
            hidden.push((card.levels[i].slice.clone(), card.levels[i].period.label.clone()));
            (count, people) = (count + 1, people + n);
        }
    }
    let is_hidden = |slice: &Slice, period: &str| hidden.iter().any(|(s, p)| s == slice && p == period);
    for change in &mut card.changes {
        let slice = &change.slice;
        let filtered = request.filter.is_some()
            && matches!(card.overall.estimate.absent, Some(Absent::Suppressed { .. }));
        if is_hidden(slice, &change.after.label)
            || is_hidden(slice, &change.before.label)
            || (filtered && slice.is_all())
        {
            let unit = change.difference.unit;
            let size = crate::ground::estimate::Size::default();
            change.difference = Estimate::absent(Absent::Suppressed { complementary: false }, unit, size);
            (change.p, change.relative, change.in_both) = (None, None, None);
        }
        // A group hidden among the figures must not be told among the parts of a split.
        for split in &mut change.splits {
            let dimension = &split.dimension;
            let told = |value: &str| {
                let slice = Slice(vec![(dimension.clone(), value.to_owned())]);
                !hidden.iter().any(|(s, _)| *s == slice)
            };
            split.parts.retain(|part| told(&part.value));
        }
    }
}

/// Fewest people a figure may speak about; 0 where it speaks about no people.
pub(super) fn least_people(context: &Context<'_>, table: &str) -> u64 {
    let Some(table) = context.data.table(table) else { return 0 };
    if table.spec.name == "employee_responses" {
        return context.privacy.1;
    }
    if table.spec.has_customer() { context.privacy.0 } else { 0 }
}

/// Pulls the figures of groups towards each other, each by how little it is known.
fn shrink(level: Level, card: &mut Card) {
    let mut families: BTreeMap<(String, usize), Vec<usize>> = BTreeMap::new();
    for (i, l) in card.levels.iter().enumerate().filter(|(_, l)| !l.slice.is_all()) {
        if l.estimate.value.is_some() && standard_error(&l.estimate).is_some() {
            families.entry((l.period.label.clone(), l.slice.0.len())).or_default().push(i);
        }
    }
    for members in families.values() {
        let known: Vec<(f64, f64)> = members
            .iter()
            .filter_map(|i| {
                let e = &card.levels[*i].estimate;
                let se = standard_error(e)?;
                Some((e.value?, se * se))
            })
            .collect();
        let Some(found) = shrinkage::shrink(&known, level) else { continue };
        for (i, group) in members.iter().zip(&found.groups) {
            let (min, max) = card.metric.unit.range();
            let cut = |x: f64| x.max(min.unwrap_or(f64::NEG_INFINITY)).min(max.unwrap_or(f64::INFINITY));
            card.levels[*i].shrunk = Some(Shrunk {
                value: cut(group.value),
                low: cut(group.low),
                high: cut(group.high),
                reliability: group.reliability,
            });
        }
    }
}

/// The standard error, or what the interval says it is.
fn standard_error(estimate: &Estimate) -> Option<f64> {
    let of_interval = || {
        let interval = estimate.interval?;
        let z = Level::new(interval.level)?.z();
        Some((interval.high? - interval.low?) / (2.0 * z))
    };
    estimate.se.filter(|se| *se > 0.0).or_else(of_interval).filter(|se| *se > 0.0 && se.is_finite())
}

/// Corrects for looking many times: all changes of a run are one family, all
/// groups against the rest another.
fn correct(level: Level, cards: &mut [Card]) {
    let q = level.alpha();
    let p: Vec<f64> = cards.iter().flat_map(|c| c.changes.iter().filter_map(|c| c.p)).collect();
    let mut adjusted = looks::benjamini_hochberg(&p).p.into_iter();
    for change in cards.iter_mut().flat_map(|c| &mut c.changes) {
        change.p_adjusted = change.p.and_then(|_| adjusted.next());
        change.significant = change.p_adjusted.is_some_and(|p| p <= q);
    }
    let groups = |c: &Card| c.levels.iter().filter_map(|l| l.against_rest.as_ref()?.p).collect::<Vec<_>>();
    let p: Vec<f64> = cards.iter().flat_map(groups).collect();
    let mut adjusted = looks::benjamini_hochberg(&p).p.into_iter();
    let all = cards.iter_mut().flat_map(|c| &mut c.levels).filter_map(|l| l.against_rest.as_mut());
    for against in all {
        against.p_adjusted = against.p.and_then(|_| adjusted.next());
        against.significant = against.p_adjusted.is_some_and(|p| p <= q);
    }
}

/// How the figure of everybody stands to its plan.
fn target(context: &Context<'_>, card: &Card) -> Option<TargetCheck> {
    let planned =
        context.targets.iter().find(|t| t.metric == card.metric.key || t.metric == card.metric.id)?;
    let estimate = &card.overall.estimate;
    let value = estimate.value?;
    let distance = estimate.clone().affine(1.0, -planned.target, estimate.unit);
    let (low, high) = match estimate.interval {
        Some(i) => (i.low.unwrap_or(f64::NEG_INFINITY), i.high.unwrap_or(f64::INFINITY)),
        None => (value, value),
    };
    let above = low >= planned.target;
    let below = high <= planned.target;
    let verdict = match card.metric.direction {
        Direction::Higher if above => Verdict::Meets,
        Direction::Higher if high < planned.target => Verdict::Misses,
        Direction::Lower if below => Verdict::Meets,
        Direction::Lower if low > planned.target => Verdict::Misses,
        // Both sides are bad: only a clear distance says something.
        Direction::Target | Direction::Neutral if high < planned.target || low > planned.target => {
            Verdict::Misses
        }
        _ => Verdict::CannotBeTold,
    };
    Some(TargetCheck {
        target: planned.target,
        baseline: planned.baseline,
        owner: planned.owner.clone(),
        distance,
        verdict,
    })
}

/// How far figures with a plan have come from where they stood: (actual −
/// baseline)/(target − baseline), one per metric.
fn attain(cards: &mut [Card]) {
    let mut found = Vec::new();
    for card in cards.iter() {
        let Some(check) = &card.target else { continue };
        let Some(baseline) = check.baseline else { continue };
        let way = check.target - baseline;
        let estimate = card.overall.estimate.clone();
        let attained = if way == 0.0 {
            let why = "the target equals the baseline".to_owned();
            Estimate::absent(Absent::Undefined { why }, crate::ground::unit::Unit::Ratio, estimate.size)
        } else {
            estimate.affine(1.0 / way, -baseline / way, crate::ground::unit::Unit::Ratio)
        };
        found.push((card.metric.key.clone(), card.overall.period.clone(), attained));
    }
    for card in cards.iter_mut().filter(|c| c.metric.id == "target_attainment") {
        if !matches!(card.overall.estimate.absent, Some(Absent::NoData)) {
            continue;
        }
        if found.is_empty() {
            let needs = vec!["targets with a baseline".to_owned()];
            card.overall.estimate.absent = Some(Absent::NotAvailable { needs });
            continue;
        }
        card.overall.estimate.absent =
            Some(Absent::Undefined { why: "it is one figure per target, listed below".to_owned() });
        for (key, period, estimate) in &found {
            card.levels.push(Figure {
                id: format!("{}/metric={key}", card.metric.key),
                slice: Slice(vec![("metric".to_owned(), key.clone())]),
                period: period.clone(),
                estimate: estimate.clone(),
                shrunk: None,
                against_rest: None,
            });
        }
    }
}
