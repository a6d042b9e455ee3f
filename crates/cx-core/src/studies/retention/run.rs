//! All of it, in four readings of the records.

use super::base::{Base, History, survey};
use super::causes::causes;
use super::cohorts::Plan;
use super::drivers::{Chosen, drivers};
use super::levels::{Bands, covariate};
use super::propensity::{Aged, Dated, Dates, money};
use super::survival::{Lives, clearness, survival};
use super::words::reduction;
use super::{Context, Request};
use crate::findings::{Part, Retention, Survival};
use crate::ground::estimate::Absent;
use crate::reduce::plan::{Gather, Reduction};
use crate::reduce::{Engine, ReduceError, Reduced, Run, Stat};

/// Bands of what customers pay.
const PRICES: u64 = 3;
/// Most columns in a model of chances by date.
const COLUMNS: usize = 2;

/// Runs the study. The forms of churn and retention are metrics and are put in by the façade.
///
/// # Errors
/// See [`ReduceError`]. A part that cannot be given is no error: it says why.
pub fn run(
    context: &Context<'_>,
    request: &Request,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Retention, ReduceError> {
    let go = |plans: &[Reduction]| engine.run(context.data, plans, machine);
    let history = history(context, &go)?;
    let history_ref = history.as_ref().ok();
    let absent = || history.as_ref().err().cloned().unwrap_or(Absent::NoData);

    // Second reading: lives by every column, cohorts, cut points.
    let mut batch = Batch::default();
    let looked = history_ref.map(|history| Looked::plan(context, history, request, &mut batch));
    let triangle = Plan::of(context, history_ref).map(|plan| {
        let at = batch.add(plan.reductions.clone());
        (plan, at)
    });
    let buying = Dates::of(context, request.within, None)
        .and_then(|dates| Dated::buying(context, dates))
        .and_then(|dated| Ok((batch.add(dated.sketches(context)?), dated)));
    let batch = batch.run(context, engine, &go)?;

    let cohorts = triangle.and_then(|(plan, at)| plan.cohorts(context, batch.get(at)?));
    let mut buying = buying.and_then(|(at, mut dated)| {
        dated.band(batch.get(at)?);
        Ok(dated)
    });
    let mut found = Retention {
        as_of: context.covered.map(|(_, end)| end.plus(-1).to_string()),
        covered: context.covered.map(|(first, end)| (first.to_string(), end.plus(-1).to_string())),
        level: context.level.value(),
        currency: context.data.currency.map(|c| c.code().to_owned()),
        survival: Part::Absent(absent()),
        causes: Part::Absent(absent()),
        drivers: Part::Absent(absent()),
        cohorts: part(cohorts),
        forms: Vec::new(),
        leaving: Part::Absent(absent()),
        buying: Part::Absent(Absent::NoData),
    };
    let mut last = Batch::default();
    let mut pending = None;
    if let (Some(history), Some(looked)) = (history_ref, &looked) {
        pending = looked.found(context, history, request, &batch, &mut found, &mut last);
    }
    // Third reading: cut points of chances at the date of the fit.
    let mut leaving = None;
    if let Some(Pending { lives, chosen, columns, .. }) = &pending
        && let Some(history) = history_ref
    {
        leaving = Some(leaves(context, history, request, (lives, chosen, columns.clone()), &go)?);
    }
    // Fourth reading: counts by covariates.
    let counted = buying.as_mut().ok().map(|dated| dated.plans(context).map(|plans| last.add(plans)));
    let left = leaving
        .as_ref()
        .map(|l| l.as_ref().map_err(Clone::clone).and_then(|l| l.plans(context, history_ref)));
    let left = left.map(|plans| plans.map(|plans| last.add(plans)));
    let last = last.run(context, engine, &go)?;
    if let (Some(Pending { lives, chosen, at, .. }), Some(history)) = (&pending, history_ref) {
        let fitted = at.clone().and_then(|at| drivers(context, history, lives, chosen, &last.get(at)?[0]));
        found.drivers = part(fitted);
        if let (Some(leaving), Some(at)) = (&leaving, left) {
            let made = leaving.as_ref().map_err(Clone::clone);
            found.leaving = part(made.and_then(|l| l.propensity(context, history, lives, last.get(at?)?)));
        }
    }
    found.buying = part(match (buying, counted) {
        (Ok(dated), Some(at)) => at.and_then(|at| {
            let reduced = last.get(at)?;
            dated.propensity(context, &reduced[0], &reduced[1])
        }),
        (Err(why), _) => Err(why),
        (Ok(_), None) => Err(Absent::NoData),
    });
    Ok(found)
}

fn part<T>(found: Result<T, Absent>) -> Part<T> {
    found.map_or_else(Part::Absent, Part::Found)
}

type Go<'a> = &'a dyn Fn(&[Reduction]) -> Result<Vec<Reduced>, ReduceError>;

/// First reading: what the base says of itself.
fn history(context: &Context<'_>, go: Go<'_>) -> Result<Result<History, Absent>, ReduceError> {
    let planned = Base::of(context).and_then(|base| Ok((survey(context, &base)?, base)));
    match planned {
        Err(why) => Ok(Err(why)),
        Ok((plans, base)) => {
            let found = go(&plans)?;
            Ok(History::of(context, base, &found))
        }
    }
}

/// Plans that are run together, in stretches that stay together.
#[derive(Debug, Default)]
struct Batch(Vec<Vec<Reduction>>);

/// What came of them; a stretch that cannot be carried out says why.
#[derive(Debug)]
struct Done(Vec<Result<Vec<Reduced>, Absent>>);

impl Batch {
    fn add(&mut self, plans: Vec<Reduction>) -> usize {
        self.0.push(plans);
        self.0.len() - 1
    }

    fn run(self, context: &Context<'_>, engine: &dyn Engine, go: Go<'_>) -> Result<Done, ReduceError> {
        let supported = |plans: &Vec<Reduction>| {
            plans.iter().try_for_each(|plan| engine.supports(context.data, plan)).map_err(|e| {
                super::words::refused(
                    "retention_plan",
                    e.to_string(),
                    "records with the columns that it names",
                )
            })
        };
        let checked: Vec<Result<(), Absent>> = self.0.iter().map(supported).collect();
        let list: Vec<Reduction> = (self.0.iter().zip(&checked))
            .filter(|(_, fine)| fine.is_ok())
            .flat_map(|(plans, _)| plans.iter().cloned())
            .collect();
        let mut found = if list.is_empty() { Vec::new() } else { go(&list)? }.into_iter();
        let take = |(plans, fine): (Vec<Reduction>, Result<(), Absent>)| {
            fine.map(|()| found.by_ref().take(plans.len()).collect())
        };
        Ok(Done(self.0.into_iter().zip(checked).map(take).collect()))
    }
}

impl Done {
    fn get(&self, at: usize) -> Result<&[Reduced], Absent> {
        match self.0.get(at) {
            Some(Ok(list)) => Ok(list),
            Some(Err(why)) => Err(why.clone()),
            None => Err(Absent::NoData),
        }
    }
}

/// Where the lives of the second reading are found.
#[derive(Debug)]
struct Looked {
    cuts: Vec<Vec<String>>,
    asked: Result<(), Absent>,
    lives: Result<usize, Absent>,
    reasons: Vec<(&'static str, Result<usize, Absent>)>,
    price: Option<usize>,
}

/// What waits for the last reading.
#[derive(Debug)]
struct Pending {
    lives: Lives,
    chosen: Chosen,
    /// Columns of chances by date, the clearest first.
    columns: Vec<super::levels::Covariate>,
    /// Where the lives by covariates are found.
    at: Result<usize, Absent>,
}

impl Looked {
    fn plan(context: &Context<'_>, history: &History, request: &Request, batch: &mut Batch) -> Self {
        let asked = history.base.cut(context, &request.by);
        let mut cuts: Vec<Vec<String>> =
            history.base.dimensions(context).into_iter().map(|name| vec![name]).collect();
        if !request.by.is_empty() && asked.is_ok() {
            cuts.retain(|cut| *cut != request.by);
            cuts.insert(0, request.by.clone());
        }
        let plans: Result<Vec<Reduction>, Absent> = std::iter::once(&Vec::new())
            .chain(&cuts)
            .map(|dimensions| history.lives(dimensions, None, None))
            .collect();
        let lives = plans.map(|plans| batch.add(plans));
        let mut reasons = Vec::new();
        for reason in &history.base.reasons {
            let plan = history.lives(&[(*reason).to_owned()], None, None);
            reasons.push((*reason, plan.map(|plan| batch.add(vec![plan]))));
        }
        let price = history.priced(context).and_then(|rows| {
            let rows = history.words.rows(&rows).ok()?;
            let gather = Gather::Sketch { value: history.words.expr("price").ok()? };
            Some(batch.add(vec![reduction(rows, &[], None, gather)]))
        });
        Self { cuts, asked, lives, reasons, price }
    }

    fn found(
        &self,
        context: &Context<'_>,
        history: &History,
        request: &Request,
        done: &Done,
        found: &mut Retention,
        last: &mut Batch,
    ) -> Option<Pending> {
        let lives =
            self.lives.clone().and_then(|at| Ok(Lives::of(context, history, &self.cuts, done.get(at)?)));
        let lives = match lives {
            Ok(lives) => lives,
            Err(why) => {
                found.survival = Part::Absent(why.clone());
                found.causes = Part::Absent(why.clone());
                found.drivers = Part::Absent(why.clone());
                found.leaving = Part::Absent(why);
                return None;
            }
        };
        let asked = !request.by.is_empty();
        let curves: Result<Survival, Absent> = match (&self.asked, asked) {
            (Err(why), true) => Err(why.clone()),
            _ => {
                // What was asked for is shown, clear or not.
                let shown = |lives: &Lives| survival(context, history, lives, false);
                if asked {
                    survival(context, history, &only(&lives, &request.by), true)
                } else {
                    shown(&lives)
                }
            }
        };
        let looks = survival(context, history, &lives, false).map(|s| s.looks).unwrap_or_default();
        found.survival = part(curves.map(|mut curves| {
            curves.looks.clone_from(&looks);
            if let Some(by) = &mut curves.by
                && let Some(look) = looks.iter().find(|l| l.dimension == by.dimension)
            {
                // Corrected for all looks, not for one.
                by.test = look.clone();
            }
            curves
        }));
        found.causes = part(self.causes(context, history, &lives, done));
        let price = self.price.and_then(|at| {
            let reduced = done.get(at).ok()?;
            let sketch = reduced[0]
                .cells
                .values()
                .find_map(|s| if let Stat::Sketch(s) = s { Some(s) } else { None })?;
            let (per, code) = money(context);
            let bands = Bands::at_quantiles("price", &code, per, sketch, PRICES);
            (!bands.cuts.is_empty()).then_some(bands)
        });
        let chosen = Chosen::of(&lives, &looks, price);
        let rows = chosen.price.as_ref().and_then(|_| history.priced(context));
        let band = chosen.price.as_ref().map(|bands| bands.expr("price"));
        let plan = history.lives(&chosen.dimensions(), rows.as_deref(), Some(band.as_deref().unwrap_or("0")));
        let at = plan.map(|plan| last.add(vec![plan]));
        let mut order: Vec<_> =
            looks.iter().filter(|l| !l.dimension.contains(',') && l.significant).collect();
        order.sort_by(|a, b| clearness(b).total_cmp(&clearness(a)));
        let columns = order
            .into_iter()
            .filter_map(|look| {
                let (_, groups) = lives.cuts.iter().find(|(c, _)| c.len() == 1 && c[0] == look.dimension)?;
                covariate(&look.dimension, groups)
            })
            .take(COLUMNS)
            .collect();
        Some(Pending { lives, chosen, columns, at })
    }

    fn causes(
        &self,
        context: &Context<'_>,
        history: &History,
        lives: &Lives,
        done: &Done,
    ) -> Result<crate::findings::Causes, Absent> {
        let mut why = Absent::NotAvailable {
            needs: vec![
                if history.base.table == "customers" {
                    "customers.close_reason"
                } else {
                    "subscriptions.end_reason"
                }
                .to_owned(),
            ],
        };
        for (column, at) in &self.reasons {
            let made = at.clone().and_then(|at| causes(context, history, lives, column, &done.get(at)?[0]));
            match made {
                Ok(found) => return Ok(found),
                Err(e) => why = e,
            }
        }
        Err(why)
    }
}

/// Only one cut of lives.
fn only(lives: &Lives, by: &[String]) -> Lives {
    Lives {
        whole: lives.whole.clone(),
        cuts: lives.cuts.iter().filter(|(columns, _)| columns == by).cloned().collect(),
        whole_months: lives.whole_months,
        records: lives.records.clone(),
    }
}

/// A propensity to leave on its way: by date, or by age where the records know no dates.
#[derive(Debug)]
enum Leaving {
    Dated(Box<Dated>),
    Aged(Box<Aged>),
}

impl Leaving {
    fn plans(&self, context: &Context<'_>, history: Option<&History>) -> Result<Vec<Reduction>, Absent> {
        match (self, history) {
            (Self::Dated(dated), _) => dated.plans(context),
            (Self::Aged(aged), Some(history)) => aged.plans(history),
            (Self::Aged(_), None) => Err(Absent::NoData),
        }
    }

    fn propensity(
        &self,
        context: &Context<'_>,
        history: &History,
        lives: &Lives,
        found: &[Reduced],
    ) -> Result<crate::findings::Propensity, Absent> {
        match self {
            Self::Dated(dated) => dated.propensity(context, &found[0], &found[1]),
            Self::Aged(aged) => aged.propensity(context, history, lives, &found[0], &found[1]),
        }
    }
}

fn leaves(
    context: &Context<'_>,
    history: &History,
    request: &Request,
    (lives, chosen, columns): (&Lives, &Chosen, Vec<super::levels::Covariate>),
    go: Go<'_>,
) -> Result<Result<Leaving, Absent>, ReduceError> {
    if lives.whole.events() == 0 {
        return Ok(Err(Absent::Undefined { why: "nobody has left".to_owned() }));
    }
    if history.snapshot.is_some() {
        return Ok(Ok(Leaving::Aged(Box::new(Aged::of(context, history, chosen, request.within)))));
    }
    let since = history.since.map(|since| context.data.calendar.day_of(since));
    let planned = Dates::of(context, request.within, since)
        .and_then(|dates| Dated::leaving(context, history, dates, columns))
        .and_then(|dated| Ok((dated.sketches(context)?, dated)));
    match planned {
        Err(why) => Ok(Err(why)),
        Ok((plans, mut dated)) => {
            let found = go(&plans)?;
            dated.band(&found);
            Ok(Ok(Leaving::Dated(Box::new(dated))))
        }
    }
}
