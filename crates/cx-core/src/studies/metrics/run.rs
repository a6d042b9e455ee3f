//! Requests to cards: every reduction of every metric in one run of the engine.

use super::choose::{Prepared, prepare};
use super::compare::not_compared;
use super::cuts::{Cut, cuts};
use super::evaluate::{Evaluated, always, finding_id, period_name};
use super::finish::{finish, least_people};
use super::margins::{Ready, weigh};
use super::{Context, Request};
use crate::findings::{Card, Change, Level as Figure, Records};
use crate::ground::estimate::{Absent, Estimate, Refused, Size};
use crate::ground::segment::Slice;
use crate::reduce::{Engine, ReduceError, Reduced, Run, Tally};

/// Runs all requests together; one list of cards per request, in the order of its metrics.
///
/// # Errors
/// See [`ReduceError`]. A metric that cannot be computed is no error: its card says why.
pub fn run(
    context: &Context<'_>,
    requests: &[Request],
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Vec<Vec<Card>>, ReduceError> {
    let profile = context.known.of(context.data, engine, machine)?;
    let mut ready = Vec::new();
    for (number, request) in requests.iter().enumerate() {
        for metric in &request.metrics {
            let prepared = prepare(context, profile, metric, request.filter.as_ref());
            ready.push(Ready { request: number, metric, prepared });
        }
    }
    weigh(context, profile, requests, &mut ready, engine, machine)?;
    let mut jobs = Vec::new();
    for Ready { request, prepared, .. } in ready {
        let cuts = match &prepared.plan {
            Ok(planned) if !planned.attainment => cuts(context, profile, planned, &requests[request]),
            _ => Vec::new(),
        };
        jobs.push(Job::new(context, engine, request, prepared, cuts));
    }
    let list: Vec<_> = jobs.iter().flat_map(|j| j.cuts.iter().map(|c| c.reduction.clone())).collect();
    let mut results = engine.run(context.data, &list, machine)?.into_iter();
    let mut cards: Vec<Vec<Card>> = requests.iter().map(|_| Vec::new()).collect();
    for job in &jobs {
        let reduced: Vec<Reduced> = results.by_ref().take(job.cuts.len()).collect();
        cards[job.request].push(job.card(context, &requests[job.request], &reduced));
    }
    for (request, cards) in requests.iter().zip(&mut cards) {
        finish(context, request, cards);
    }
    Ok(cards)
}

/// One metric of one request.
struct Job {
    request: usize,
    prepared: Prepared,
    cuts: Vec<Cut>,
    refused: Vec<Refused>,
}

impl Job {
    /// Keeps the cuts that the engine can carry out, and says which it cannot.
    fn new(
        context: &Context<'_>,
        engine: &dyn Engine,
        request: usize,
        mut prepared: Prepared,
        cuts: Vec<Cut>,
    ) -> Self {
        let mut refused = Vec::new();
        let mut kept = Vec::new();
        for cut in cuts {
            match engine.supports(context.data, &cut.reduction) {
                Ok(()) => kept.push(cut),
                Err(e) if cut.grouped => {
                    if refused.is_empty() {
                        refused.push(Refused {
                            rule: "no_such_cut".to_owned(),
                            reason: e.to_string(),
                            lift: "cut by a column that every table of the formula has".to_owned(),
                        });
                    }
                }
                Err(e) => {
                    let why = Refused {
                        rule: "formula".to_owned(),
                        reason: e.to_string(),
                        lift: "mend the formula".to_owned(),
                    };
                    prepared.plan = Err(Absent::Refused(why));
                    kept.clear();
                    break;
                }
            }
        }
        Self { request, prepared, cuts: kept, refused }
    }

    fn card(&self, context: &Context<'_>, request: &Request, reduced: &[Reduced]) -> Card {
        let mut info = self.prepared.info.clone();
        info.identity.window = window_name(request);
        let unit = info.unit;
        let planned = match &self.prepared.plan {
            Ok(planned) => planned,
            Err(why) => return self.absent(info, Estimate::absent(why.clone(), unit, Size::default())),
        };
        let mut evaluated: Vec<Evaluated<'_>> = self
            .cuts
            .iter()
            .zip(reduced)
            .filter(|(cut, _)| !cut.base)
            .filter_map(|(cut, reduced)| {
                Evaluated::new(context, &self.prepared, cut, reduced, &planned.gathering.estimator, request)
            })
            .collect();
        let listed = planned.gathering.listed.is_some();
        for e in &mut evaluated {
            // Everybody is the cut of the same time without groups; one figure per value has its own.
            let same = |cut: &Cut| {
                cut.series == e.cut.series && if listed { cut.base } else { !cut.grouped && !cut.base }
            };
            if let Some((_, all)) = self.cuts.iter().zip(reduced).find(|(cut, _)| same(cut)) {
                e.beside_everybody(all);
            }
        }
        let Some(whole) = evaluated.iter().find(|e| !e.cut.grouped && !e.cut.series) else {
            return self.absent(info, Estimate::absent(Absent::NoData, unit, Size::default()));
        };
        let current = whole.cut.current();
        let mut overall = whole.figure(&self.prepared, &[], current, context.level);
        if listed {
            // One figure per value; the whole of them is 1 and says nothing.
            overall.estimate = not_compared(unit, "it is one figure per value, listed below");
        }
        let mut levels = Vec::new();
        let mut changes = Vec::new();
        for e in &evaluated {
            self.levels(context, e, &mut levels);
            self.changes(context, request, e, &evaluated, &mut changes);
        }
        let records = records(context, &self.prepared, &whole.reduced.tally);
        Card { metric: info, overall, levels, changes, target: None, refused: self.refused.clone(), records }
    }

    /// Figures by slice and period; that of everybody over the whole window stands apart.
    fn levels(&self, context: &Context<'_>, e: &Evaluated<'_>, levels: &mut Vec<Figure>) {
        let plain = e.dimensions.is_empty();
        if plain && !e.cut.series {
            return;
        }
        let current = e.cut.current();
        for values in e.slices() {
            let periods = if e.cut.series { 0..e.cut.stretches.len() } else { current..current + 1 };
            for period in periods {
                let mut figure = e.figure(&self.prepared, &values, period, context.level);
                if e.cut.grouped && figure.estimate.value.is_some() {
                    figure.against_rest = e.against_rest(&values, period, context.level);
                }
                levels.push(figure);
            }
        }
    }

    fn changes(
        &self,
        context: &Context<'_>,
        request: &Request,
        e: &Evaluated<'_>,
        all: &[Evaluated<'_>],
        changes: &mut Vec<Change>,
    ) {
        let pairs: Vec<(usize, usize)> = if e.cut.series {
            (1..e.cut.stretches.len()).map(|i| (i, i - 1)).collect()
        } else if request.previous && e.cut.stretches.len() > 1 {
            vec![(e.cut.current(), e.cut.current() - 1)]
        } else {
            Vec::new()
        };
        let table = self.prepared.plan.as_ref().map_or("", |p| p.gathering.rows.table.as_str());
        let least = least_people(context, table);
        for values in e.slices() {
            for (later, earlier) in pairs.iter().copied() {
                let (after, before) = (e.period(later), e.period(earlier));
                let slice = e.slice(&values);
                let name = format!("{}-vs-{}", after.label, before.label);
                let id = finding_id(&self.prepared.info.key, &slice, Some(&name));
                let mut change = Change {
                    id,
                    slice,
                    difference: not_compared(self.prepared.info.unit, "a partial period is never compared"),
                    before,
                    after,
                    p: None,
                    p_adjusted: None,
                    significant: false,
                    relative: None,
                    in_both: None,
                    splits: Vec::new(),
                };
                let few = |period: usize| {
                    let n = e.estimate(&values, period, context.level).size.clusters;
                    n > 0 && n < least
                };
                if (!change.slice.is_all() || request.filter.is_some()) && (few(later) || few(earlier)) {
                    // With the figure after, a change gives the one before away.
                    change.difference.absent = Some(Absent::Suppressed { complementary: false });
                } else if !change.before.partial && !change.after.partial {
                    let found = e.change(&values, (later, earlier), context.level);
                    change.p = found.p;
                    change.in_both = found.in_both;
                    let base = e.estimate(&values, earlier, context.level).value;
                    if !self.prepared.info.unit.has_arbitrary_zero() {
                        let ratio = found.estimate.value.zip(base).filter(|(_, b)| *b > 0.0);
                        change.relative = ratio.map(|(d, b)| d / b);
                    }
                    change.difference = found.estimate;
                    if values.is_empty() {
                        let same = |o: &&Evaluated<'_>| o.cut.grouped && o.cut.series == e.cut.series;
                        let grouped = all.iter().find(same);
                        change.splits = grouped
                            .and_then(|g| g.split((later, earlier), least, context.level))
                            .into_iter()
                            .collect();
                    }
                }
                changes.push(change);
            }
        }
    }

    fn absent(&self, info: crate::findings::MetricInfo, estimate: Estimate) -> Card {
        let overall = Figure {
            id: info.key.clone(),
            slice: Slice::all(),
            period: always(),
            estimate,
            shrunk: None,
            against_rest: None,
        };
        Card {
            metric: info,
            overall,
            levels: Vec::new(),
            changes: Vec::new(),
            target: None,
            refused: self.refused.clone(),
            records: Records::default(),
        }
    }
}

fn window_name(request: &Request) -> String {
    match (request.window, request.every) {
        (_, Some(grain)) => grain.word().to_owned(),
        (Some((first, end)), None) => format!("{first}..{}", end.plus(-1)),
        (None, None) => "all".to_owned(),
    }
}

fn records(context: &Context<'_>, prepared: &Prepared, tally: &Tally) -> Records {
    let table = prepared.plan.as_ref().map_or("", |p| p.gathering.rows.table.as_str());
    Records {
        table: table.to_owned(),
        rows: context.data.table(table).map_or(0, |t| t.rows),
        units: tally.units,
        undated: tally.undated,
        outside: tally.outside,
        censored: tally.censored,
        blank: tally.blank,
        lone: tally.lone,
    }
}

/// The window a request speaks about, and the one before it.
pub fn windows(
    context: &Context<'_>,
    request: &Request,
) -> (crate::findings::PeriodName, Option<crate::findings::PeriodName>) {
    let (first, end) = request.window.unwrap_or(context.covered);
    let stretch = |first, end| super::cuts::named(context, &context.data.calendar, first, end);
    let previous = super::cuts::before(&context.data.calendar, first, end).filter(|_| request.previous);
    (period_name(&stretch(first, end)), previous.map(|(a, b)| period_name(&stretch(a, b))))
}

/// The key every metric would run under, and why it cannot.
///
/// # Errors
/// See [`ReduceError`].
pub fn availability(
    context: &Context<'_>,
    metrics: &[super::Definition],
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Vec<(String, Option<Absent>)>, ReduceError> {
    let profile = context.known.of(context.data, engine, machine)?;
    let all = metrics.iter().map(|metric| {
        let prepared = prepare(context, profile, metric, None);
        (prepared.info.key, prepared.plan.err())
    });
    Ok(all.collect())
}
