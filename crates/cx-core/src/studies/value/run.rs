//! The study as a whole.

use super::Context;
use super::backtest::{Plan, backtest};
use super::contracts;
use super::deciles::deciles;
use super::drawn::Drawn;
use super::facts;
use super::gather::{self, SALE, days, histories, sums};
use super::growth::{self, Origins};
use super::law::{self, AVERAGE, Found, NAMES};
use super::lifetime::{self, History, NewCustomer, Remaining};
use crate::findings::{Backtest, Buying, Decile, Forecast, ModelCard, Records, Value};
use crate::ground::estimate::{Absent, Estimate, Refused, Size};
use crate::ground::unit::Unit;
use crate::infer::buying::{Cell, FittedSpend, GammaGamma, fit_spend, frequency_spend_correlation};
use crate::reduce::{Engine, ReduceError, Reduced, Run};

/// Customers below whom no model of buying is fitted.
const LEAST: u64 = 500;

/// What was found out about buying, and what it is worth.
pub(super) struct Purchases {
    pub found: Buying,
    pub law: Box<dyn Found>,
    pub histories: Vec<History>,
    pub spend: Result<Spend, Absent>,
}

/// The model of spend in every world.
pub(super) struct Spend {
    pub fitted: FittedSpend,
    pub worlds: Vec<GammaGamma>,
}

/// What a customer is worth by buying.
pub(super) struct Worth {
    pub remaining: Remaining,
    pub new: NewCustomer,
    pub mean_spend: Drawn,
}

/// What the records say before it is put into figures.
pub(super) struct Look {
    pub margin: Result<(Drawn, &'static str), Absent>,
    pub bought: Result<Purchases, Absent>,
    pub worth: Result<Worth, Absent>,
    contracts: Result<contracts::Worth, Absent>,
    growth: Option<Origins>,
    deciles: Vec<Decile>,
    records: Vec<Records>,
}

/// Runs the study.
///
/// # Errors
/// See [`ReduceError`].
pub fn run(context: &Context<'_>, engine: &dyn Engine, machine: &Run<'_>) -> Result<Value, ReduceError> {
    let Look { margin, bought, worth, contracts, growth, deciles, records } = look(context, engine, machine)?;
    let facts = facts::facts(context, &margin, &bought, &worth, &contracts, &records);
    Ok(Value {
        as_of: context.last().to_string(),
        currency: context.currency.map(|(code, _)| code.to_owned()),
        level: context.level.value(),
        assumptions: facts::assumptions(context, &margin),
        equity: facts::equity(context, &facts),
        growth: growth.as_ref().map_or_else(Vec::new, Origins::steps),
        facts,
        buying: bought.map(|b| b.found),
        contracts: contracts.map(|c| c.found),
        deciles,
        records,
    })
}

/// Gathers everything in one run and fits the models.
pub(super) fn look(
    context: &Context<'_>,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Look, ReduceError> {
    let end = context.covered.1;
    let params = days(context, &[("END", end)]);
    let plan = Plan::of(context);
    let held = plan.as_ref().map_or([None, None, None], |plan| plan.reductions(context));
    let lines = "transactions where occurred_at < END and customer_id is known and amount is known";
    let margin_of = |known: &str, margin: &str| {
        sums(context, &format!("{lines} and {known}"), &params, &[margin, "amount"])
    };
    let first = sums(
        context,
        &format!(
            "transactions where occurred_at < END per customer_id {{ first = min(day where {SALE}), \
             days = distinct(day where {SALE}), begun = sum(amount where day <= first) }} where days >= 1"
        ),
        &params,
        &["begun", "1"],
    );
    let segmented = Some(context.segments).filter(|s| !s.is_empty());
    let mut wanted = vec![histories(context, end, &[])];
    wanted.extend(held);
    wanted.push(margin_of("(margin is known or cogs is known)", "coalesce(margin, amount - cogs)"));
    wanted.push(margin_of("margin is known", "margin"));
    wanted.push(margin_of("cogs is known", "amount - cogs"));
    wanted.push(first);
    wanted.extend(contracts::reductions(context));
    wanted.extend(growth::reductions(context));
    wanted.push(segmented.and_then(|s| histories(context, end, s)));
    // Taken in the order in which they were asked for.
    let mut done = gather::run(context, wanted, engine, machine)?.into_iter();
    let base = done.next().flatten();
    let held = next::<3>(&mut done);
    let margins = next::<3>(&mut done);
    let first = done.next().flatten();
    let of_contracts = next::<3>(&mut done);
    let of_growth = next::<2>(&mut done);
    let cut = done.next().flatten();
    let margin = margin(context, margins.each_ref().map(Option::as_ref));
    let bought = base.as_ref().ok_or_else(|| Absent::NotAvailable {
        needs: missing(context, "transactions", &["customer_id", "occurred_at", "amount"]),
    });
    let bought =
        bought.and_then(|reduced| buying(context, reduced, &plan, held.each_ref().map(Option::as_ref)));
    let worth = bought.as_ref().map_err(Clone::clone).and_then(|b| worth(context, b, first.as_ref()));
    let deciles = match (&bought, &worth) {
        (Ok(b), Ok(w)) => deciles(&b.histories, &w.remaining.each, &b.law.law(), segmented.zip(cut.as_ref())),
        _ => Vec::new(),
    };
    Ok(Look {
        margin,
        contracts: contracts::worth(context, of_contracts.each_ref().map(Option::as_ref)),
        growth: Origins::of(context, of_growth.each_ref().map(Option::as_ref)),
        deciles,
        records: records(context, base.as_ref(), of_contracts[0].as_ref()),
        bought,
        worth,
    })
}

/// Which of some columns a table lacks.
fn missing(context: &Context<'_>, table: &str, columns: &[&str]) -> Vec<String> {
    let there = |column: &&&str| context.data.table(table).and_then(|t| t.column(column)).is_none();
    columns.iter().filter(there).map(|column| format!("{table}.{column}")).collect()
}

/// The next `N` of what was gathered.
fn next<const N: usize>(done: &mut impl Iterator<Item = Option<Reduced>>) -> [Option<Reduced>; N] {
    std::array::from_fn(|_| done.next().flatten())
}

/// Margin over revenue: of the lines that carry one, else as set, else none.
fn margin(context: &Context<'_>, gathered: [Option<&Reduced>; 3]) -> Result<(Drawn, &'static str), Absent> {
    let of_lines = gathered.into_iter().flatten().find_map(|r| Drawn::ratio(r, 0, 1, context.seed));
    if let Some(drawn) = of_lines {
        return Ok((drawn, "of the lines that carry one"));
    }
    context.terms.margin.map(|m| (Drawn::sure(m), "as set")).ok_or_else(|| {
        Absent::Refused(Refused {
            rule: "no value in margin without a margin".to_owned(),
            reason: "no line carries a margin or a cost of goods, and none is set; revenue is not what a customer is worth"
                .to_owned(),
            lift: "map `margin` or `cogs`, or set `[value] margin = 0.4`".to_owned(),
        })
    })
}

/// Models on all records, chosen by the days held back.
fn buying(
    context: &Context<'_>,
    reduced: &Reduced,
    plan: &Result<Plan, Absent>,
    held: [Option<&Reduced>; 3],
) -> Result<Purchases, Absent> {
    let groups = gather::rfm(reduced);
    let histories = lifetime::histories(&groups, context.minor());
    let cells: Vec<Cell> = histories.iter().map(|h| h.cell).collect();
    let customers = cells.iter().map(|c| c.count).sum::<f64>().round() as u64;
    if customers < LEAST {
        return Err(Absent::BelowMinN { n: customers, wanted: LEAST });
    }
    let tested = plan.as_ref().map_err(Clone::clone).and_then(|plan| backtest(context, plan, held));
    let mut models: Vec<Result<Box<dyn Found>, Absent>> =
        law::all(&cells, context.seed, context.level).into_iter().collect();
    let cards = NAMES.iter().zip(&models).map(|(name, model)| match model {
        Ok(found) => found.card(name, context.level),
        Err(absent) => law::without(name, absent),
    });
    let cards: Vec<ModelCard> = cards.collect();
    let place = match &tested {
        Ok((_, place)) => *place,
        // Nothing was held back: the simplest model that has a fit.
        Err(_) => models.iter().position(Result::is_ok),
    };
    let fitted = place.and_then(|i| models.get(i)).is_some_and(Result::is_ok);
    let (law, chosen) = match place.filter(|_| fitted) {
        Some(i) => (models.swap_remove(i)?, NAMES[i]),
        None => (law::average(&cells, context.seed, context.level), AVERAGE),
    };
    let why = reason(&tested, chosen, fitted, place.is_some());
    let spend_cells = lifetime::spend_cells(&groups, context.minor());
    let spend = fit_spend(&spend_cells).map(|fitted| {
        let worlds = lifetime::spend_worlds(&fitted, &spend_cells, context.seed);
        Spend { fitted, worlds }
    });
    let found = Buying {
        customers,
        cells: distinct(&cells),
        models: cards,
        chosen: chosen.to_owned(),
        why,
        spend: spend.as_ref().map(|s| spend_card(&s.fitted, context)).map_err(Clone::clone),
        correlation: frequency_spend_correlation(&spend_cells),
        backtest: tested.map(|(found, _)| found),
    };
    Ok(Purchases { found, law, histories, spend })
}

fn reason(
    tested: &Result<(Backtest, Option<usize>), Absent>,
    chosen: &str,
    fitted: bool,
    wanted: bool,
) -> String {
    match tested {
        Ok((found, _)) => {
            let error = |f: &Forecast| {
                format!("{} {:.1} and {:.1} %", f.name, 100.0 * f.by_stretch, 100.0 * f.by_class)
            };
            let errors: Vec<String> = found.forecasts.iter().map(error).collect();
            let lost = if wanted && !fitted { "; the model that won has no fit on all records" } else { "" };
            format!(
                "errors of the days held back, by stretch and by customers' purchases so far, root mean square over \
                 the mean: {}; within two points of both together the simpler wins{lost}",
                errors.join(", ")
            )
        }
        Err(_) => format!("no days could be held back, so {chosen} stands untested"),
    }
}

/// Histories that differ, whatever group their customers fall into.
fn distinct(cells: &[Cell]) -> u64 {
    let bits = |c: &Cell| (c.x as u64, c.recency.to_bits(), c.age.to_bits());
    cells.iter().map(bits).collect::<std::collections::BTreeSet<_>>().len() as u64
}

fn spend_card(fitted: &FittedSpend, context: &Context<'_>) -> ModelCard {
    let n = fitted.customers.round() as u64;
    let size = Size { n, clusters: n, events: None, effective: None };
    let values = [fitted.model.p, fitted.model.q, fitted.model.gamma];
    let parameters = GammaGamma::NAMES.iter().zip(values).enumerate();
    ModelCard {
        name: "gamma-gamma".to_owned(),
        parameters: parameters
            .map(|(k, (name, x))| {
                let interval = fitted.interval(k, context.level);
                ((*name).to_owned(), Estimate::new(x, interval, Unit::Ratio, size))
            })
            .collect(),
        log_likelihood: Some(fitted.fit.value),
        customers: n,
        steps: fitted.fit.steps,
        absent: None,
    }
}

fn worth(context: &Context<'_>, bought: &Purchases, first: Option<&Reduced>) -> Result<Worth, Absent> {
    let spend = bought.spend.as_ref().map_err(Clone::clone)?;
    let mean_spend = lifetime::mean_spend(&spend.fitted, &spend.worlds)?;
    let first = first.and_then(|r| Drawn::ratio(r, 0, 1, context.seed)).ok_or(Absent::NoData)?;
    let first = first.map(|minor| minor / context.minor());
    let remaining =
        lifetime::remaining(context, bought.law.as_ref(), &spend.fitted, &spend.worlds, &bought.histories)?;
    let new = lifetime::new_customer(context, bought.law.as_ref(), &first, &mean_spend);
    Ok(Worth { remaining, new, mean_spend })
}

/// Where the rows of the tables went.
fn records(context: &Context<'_>, bought: Option<&Reduced>, life: Option<&Reduced>) -> Vec<Records> {
    let of = |table: &str, reduced: &Reduced| Records {
        table: table.to_owned(),
        rows: context.data.table(table).map_or(0, |t| t.rows),
        units: reduced.tally.units,
        undated: reduced.tally.undated,
        outside: reduced.tally.outside,
        censored: reduced.tally.censored,
        blank: reduced.tally.blank,
        lone: reduced.tally.lone,
    };
    let bought = bought.map(|r| of("transactions", r));
    let life = life.map(|r| of("subscriptions", r));
    bought.into_iter().chain(life).collect()
}
