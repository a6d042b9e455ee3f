//! The reductions of one metric in one request.

use super::choose::Planned;
use super::profile::Profile;
use super::{Context, Request};
use crate::ground::expr::Expr;
use crate::ground::period::{Calendar, Day, Grain, Instant};
use crate::reduce::plan::{Anchor, Clock, Cluster, Gather, Periods, Reduction, Resampling, Rows, Shape};

/// Resampled worlds of money.
const WORLDS: u32 = 400;
/// With more customers than this the linearised interval is as good.
const MOST_CLUSTERS: u64 = 5_000;

/// A stretch of time that figures speak about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub label: String,
    pub first: Day,
    pub end: Day,
    /// The records do not hold all of its days.
    pub partial: bool,
    /// The formula needs moments that nobody recorded then.
    pub unknown: Option<&'static str>,
}

/// Where a reduction's cells belong.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    /// Cut by the request's dimensions.
    pub grouped: bool,
    /// A series of periods.
    pub series: bool,
    /// Only there for the totals of everybody.
    pub base: bool,
    /// Its periods in order; none where rows carry no time.
    pub stretches: Vec<Stretch>,
    pub reduction: Reduction,
}

impl Cut {
    /// The number of the stretch that the figures speak about, outside a series.
    pub(super) fn current(&self) -> usize {
        self.stretches.len().saturating_sub(1)
    }
}

/// All reductions of one metric in one request.
pub(super) fn cuts(
    context: &Context<'_>,
    profile: &Profile,
    planned: &Planned,
    request: &Request,
) -> Vec<Cut> {
    let rows = &planned.gathering.rows;
    let timeless = is_timeless(context, rows);
    let mut whole = stretches_of(context, rows, request);
    judge(context, profile, rows, &mut whole);
    let mut list =
        vec![cut(context, planned, request, false, false, if timeless { Vec::new() } else { whole.clone() })];
    if !request.by.is_empty() {
        list.push(cut(context, planned, request, true, false, if timeless { Vec::new() } else { whole }));
    }
    if let (Some(grain), false) = (request.every, timeless) {
        let (first, end) = request.window.unwrap_or(context.covered);
        let mut series = periods(context, grain, first, end);
        judge(context, profile, rows, &mut series);
        if !series.is_empty() {
            list.push(cut(context, planned, request, false, true, series.clone()));
            if !request.by.is_empty() {
                list.push(cut(context, planned, request, true, true, series));
            }
        }
    }
    if planned.gathering.listed.is_some() {
        // One figure per value is a share of everybody, who must be known as a whole.
        let bases: Vec<Cut> = list.iter().filter(|c| !c.grouped).map(|c| base_of(c, planned)).collect();
        list.extend(bases);
    }
    list
}

/// The same cut without the listed values.
fn base_of(cut: &Cut, planned: &Planned) -> Cut {
    let mut base = cut.clone();
    base.base = true;
    base.reduction.dimensions.retain(|d| Some(d) != planned.gathering.listed.as_ref());
    base.reduction.against_whole = false;
    base.reduction.pairs.clear();
    base
}

/// True where rows carry no moment at all.
pub(super) fn is_timeless(context: &Context<'_>, rows: &Rows) -> bool {
    let Some(table) = context.data.table(&rows.table) else { return false };
    match &rows.clock {
        Clock::Main => table.spec.clock.is_none_or(|c| table.column(c).is_none()) || table.span.is_none(),
        _ => false,
    }
}

fn periods(context: &Context<'_>, grain: Grain, first: Day, end: Day) -> Vec<Stretch> {
    let list = context.data.calendar.periods(grain, first, end, context.covered);
    list.into_iter()
        .map(|p| Stretch {
            label: p.label,
            first: p.first,
            end: p.end,
            partial: p.partial.is_some(),
            unknown: None,
        })
        .collect()
}

/// The window the figures speak about, after the one they are compared with.
fn stretches_of(context: &Context<'_>, rows: &Rows, request: &Request) -> Vec<Stretch> {
    let calendar = &context.data.calendar;
    let (first, end) = request.window.unwrap_or(context.covered);
    if rows.clock == Clock::Period && !request.exact {
        let months = periods(context, Grain::Month, context.covered.0.min(first), end);
        let complete: Vec<&Stretch> = months.iter().filter(|m| m.end <= end).collect();
        let Some(last) = complete.len().checked_sub(1) else {
            return vec![named(context, calendar, first, end)];
        };
        let from = if request.previous { last.saturating_sub(1) } else { last };
        return complete[from..].iter().map(|m| (*m).clone()).collect();
    }
    let mut list = Vec::new();
    let earlier = before(calendar, first, end).filter(|_| request.previous);
    list.extend(earlier.map(|(from, to)| named(context, calendar, from, to)));
    list.push(named(context, calendar, first, end));
    list
}

/// A window by its days, or by its name where it is a calendar period.
pub(super) fn named(context: &Context<'_>, calendar: &Calendar, first: Day, end: Day) -> Stretch {
    let partial = first < context.covered.0 || end > context.covered.1;
    let calendar_name = Grain::ALL.into_iter().find_map(|grain| {
        let list = calendar.periods(grain, first, end, context.covered);
        match list.as_slice() {
            [one] if one.first == first && one.end == end => Some(one.label.clone()),
            _ => None,
        }
    });
    let label = calendar_name.unwrap_or_else(|| format!("{first}..{}", end.plus(-1)));
    Stretch { label, first, end, partial, unknown: None }
}

/// The window just before, of the same length: whole months before whole months.
pub(super) fn before(calendar: &Calendar, first: Day, end: Day) -> Option<(Day, Day)> {
    let whole_months =
        calendar.floor(Grain::Month, first) == first && calendar.floor(Grain::Month, end) == end;
    if whole_months {
        let months = calendar.periods(Grain::Month, first, end, (first, end)).len();
        return Some((first.months_before(i32::try_from(months).ok()?), first));
    }
    let days = end.0 - first.0;
    Some((first.plus(-days), first))
}

/// Marks stretches in which the formula needs moments that nobody recorded.
fn judge(context: &Context<'_>, profile: &Profile, rows: &Rows, stretches: &mut [Stretch]) {
    if rows.clock != Clock::Period {
        return;
    }
    let calendar = &context.data.calendar;
    let month_of = |t: Instant| calendar.floor(Grain::Month, calendar.day_of(t));
    // Moments that the conditions compare with the period: since when are they recorded?
    let mut since: Option<Day> = None;
    let conditions = rows.filter.iter().chain(&rows.having);
    for column in conditions.flat_map(Expr::columns) {
        if let Some(t) = profile.since(&rows.table, column) {
            since = since.max(Some(month_of(t)));
        }
    }
    // Changes of revenue may come from contracts, whose ends are known only since the first of them.
    let tables = rows.fields().iter().map(|f| f.table.as_deref().unwrap_or(&rows.table));
    let of_revenue = tables.chain([rows.table.as_str()]).any(|t| t == "mrr_changes");
    let ends = profile.since("subscriptions", "ended_at").filter(|_| of_revenue).map(month_of);
    since = since.max(ends);
    // Before its day a snapshot has only those who were still there on it.
    let snapshot = |rows: &Rows| {
        let tables = rows.fields().iter().filter_map(|f| f.table.as_deref());
        tables.chain([rows.table.as_str()]).filter_map(|t| profile.snapshot(t)).max()
    };
    since = since.max(snapshot(rows).map(month_of));
    for stretch in stretches {
        if since.is_some_and(|day| stretch.first < day) {
            stretch.unknown = Some("the records do not reach back that far");
        }
        let window = context.window((stretch.first, stretch.end));
        for field in rows.fields() {
            let table = field.table.as_deref().unwrap_or(&rows.table);
            let span = context.data.table(table).and_then(|t| t.span);
            for bound in field.window.iter().flat_map(|w| [w.low, w.high]) {
                let at = match bound.anchor {
                    Anchor::Start => window.start.0,
                    Anchor::End => window.end.0,
                    Anchor::Open | Anchor::Row => continue,
                }
                .saturating_add(bound.offset);
                let begins = span.map_or(i64::MIN, |(first, _)| calendar.start_of(month_of(first)).0);
                if at < begins {
                    stretch.unknown = Some("the records do not reach back that far");
                } else if at > context.as_of().0 {
                    stretch.unknown = Some("the time it needs is not over yet");
                }
            }
        }
    }
}

fn cut(
    context: &Context<'_>,
    planned: &Planned,
    request: &Request,
    grouped: bool,
    series: bool,
    stretches: Vec<Stretch>,
) -> Cut {
    let gathering = &planned.gathering;
    let mut dimensions = if grouped { request.by.clone() } else { Vec::new() };
    dimensions.extend(gathering.listed.iter().cloned());
    dimensions.extend(gathering.hidden.iter().cloned());
    let windows: Vec<_> = stretches.iter().map(|s| context.window((s.first, s.end))).collect();
    let mut periods = Periods::always();
    if !windows.is_empty() {
        let days = stretches.iter().map(|s| (s.first, s.end)).collect();
        periods = Periods { days, windows, covered: context.window(context.covered) };
    }
    let totals = matches!(gathering.gather, Gather::Totals { .. });
    let clustered = matches!(planned.cluster, Cluster::Column(_));
    let plain = totals && gathering.hidden.is_empty();
    let comparable = |a: usize, b: usize| {
        let fine = |s: &Stretch| !s.partial && s.unknown.is_none();
        fine(&stretches[a]) && fine(&stretches[b])
    };
    let pairs = if plain && clustered {
        (1..stretches.len()).filter(|i| comparable(*i, i - 1)).map(|i| (i, i - 1)).collect()
    } else {
        Vec::new()
    };
    let calendar = matches!(gathering.rows.shape, Shape::Calendar { .. });
    let resampling = (gathering.resample && clustered && !calendar).then_some(Resampling {
        seed: context.seed,
        worlds: WORLDS,
        most_clusters: MOST_CLUSTERS,
    });
    let against_whole = plain && clustered && (gathering.listed.is_some() || grouped);
    let reduction = Reduction {
        rows: gathering.rows.clone(),
        dimensions,
        periods,
        part: None,
        gather: gathering.gather.clone(),
        cluster: planned.cluster.clone(),
        resampling,
        pairs,
        against_whole,
    };
    Cut { grouped, series, base: false, stretches, reduction }
}
