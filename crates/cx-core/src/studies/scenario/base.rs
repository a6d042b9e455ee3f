//! Where the company stands: what its own records say of the last year.

use super::Key;
use crate::ground::estimate::Refused;
use crate::ground::expr::{Expr, Literal};
use crate::ground::period::Day;
use crate::infer::draws::percentile;
use crate::reduce::plan::Periods;
use crate::reduce::{Engine, ReduceError, Reduced, Run};
use crate::stats::group_weight;
use crate::studies::roi::gather::{Sums, run, totals};
use crate::studies::roi::measured::{Uncertain, refused};
use crate::studies::roi::outcomes::line_margin;
use crate::studies::roi::{Context, MONTH};
use std::collections::BTreeMap;

/// Resampled worlds behind draws.
const WORLDS: u32 = 2000;
/// Days looked at.
pub(in crate::studies) const YEAR: i32 = 365;
/// Days of records below which no rate is given.
const FEWEST: i32 = 90;

/// The base in months: figures that the records allow, with their worlds; why not, where they do not.
#[derive(Debug, Clone)]
pub(in crate::studies) struct Base {
    /// Customers at the end of the records.
    pub customers: f64,
    /// How it is known who is a customer, in words.
    pub known_by: &'static str,
    /// First and last day looked at.
    pub days: (Day, Day),
    figures: BTreeMap<Key, Result<Uncertain, Refused>>,
}

impl Base {
    /// A figure of the base.
    ///
    /// # Errors
    /// Why the records do not have it.
    pub(in crate::studies) fn figure(&self, key: Key) -> Result<&Uncertain, Refused> {
        let key = match key {
            Key::Spend => Key::Margin,
            other => other,
        };
        match self.figures.get(&key) {
            Some(found) => found.as_ref().map_err(Clone::clone),
            None => Err(refused("base", format!("{} is not recorded", key.name()), "give it by hand")),
        }
    }
}

/// Sums over customers by random group, one list a group.
type Groups = BTreeMap<u32, Vec<f64>>;

/// Measures the base of customers for whom a condition on `customers` holds.
///
/// # Errors
/// See [`ReduceError`].
pub(in crate::studies) fn base(
    context: &Context<'_>,
    population: Option<&Expr>,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Base, ReduceError> {
    let (begin, end) = context.covered;
    let start = Day(begin.0.max(end.0 - YEAR));
    let earlier = Day(start.0 - YEAR);
    let months = f64::from(end.0 - start.0) / MONTH;
    let contractual = context.has("customers", "closed_at");
    let own = |prefix: &str| narrowed(context, population, prefix);
    let only = own("customers.");
    let window = "occurred_at >= START and occurred_at < END and customer_id is known";
    let margin = line_margin(context).unwrap_or_else(|| "margin".to_owned());
    let there = if contractual {
        Sums {
            rows: &format!("customers where customer_id is known and maybe(acquired_at < END){}", own("")),
            terms: vec![
                "if(closed_at is missing, 1, if(closed_at >= END, 1, 0))".to_owned(),
                "if(closed_at is missing, 0, if(closed_at >= START and closed_at < END, 1, 0))".to_owned(),
                format!(
                    "max(0, min({months}, coalesce(months(END - acquired_at), {months})) \
                     - if(closed_at is missing, 0, max(0, months(END - closed_at))))"
                ),
            ],
            ..sums(context, start, earlier)
        }
        .reduction(context)
    } else {
        let rows = format!(
            "transactions where occurred_at >= EARLIER and occurred_at < END and customer_id is known{only} \
             per customer_id {{ before = sum(if(occurred_at < START, 1, 0)), \
             now = sum(if(occurred_at < START, 0, 1)) }}"
        );
        Sums {
            rows: &rows,
            terms: vec![
                "if(now > 0, 1, 0)".to_owned(),
                "if(before > 0 and now <= 0, 1, 0)".to_owned(),
                "if(before > 0, 1, 0)".to_owned(),
            ],
            ..sums(context, start, earlier)
        }
        .reduction(context)
    };
    let of = |table: &str, filter: &str, fields: &str, terms: &[&str]| {
        let rows = format!("{table} where {window}{filter}{only} per customer_id {{ {fields} }}");
        Sums {
            rows: &rows,
            terms: terms.iter().map(|t| (*t).to_owned()).collect(),
            ..sums(context, start, earlier)
        }
        .reduction(context)
    };
    let contact = if context.has("interactions", "kind") { " and kind = 'contact'" } else { "" };
    let lines = of("transactions", "", &format!("total = sum({margin})"), &["total"]);
    let contacts = of("interactions", contact, "number = sum(1)", &["number"]);
    let costs = of("interactions", "", "total = sum(cost)", &["total"]);
    let satisfied = Sums {
        rows: &format!(
            "responses where answered_at >= START and answered_at < END and customer_id is known \
             and question = 'satisfaction' and answered{only} per customer_id {{ \
             top = sum(if(value >= scale_max - 1, 1, 0)), number = sum(1) }}"
        ),
        terms: vec!["top".to_owned(), "number".to_owned()],
        ..sums(context, start, earlier)
    }
    .reduction(context);
    // What runs now pays every month; months that have passed are not recorded by contract.
    let recurring = context.margin.filter(|_| context.data.table("transactions").is_none()).and_then(|_| {
        let rows = format!(
            "subscriptions where customer_id is known and mrr is known and started_at < END \
             and (ended_at is missing or ended_at >= END){only} per customer_id {{ total = sum(mrr) }}"
        );
        Sums { rows: &rows, terms: vec!["total".to_owned()], ..sums(context, start, earlier) }
            .reduction(context)
    });
    let wanted = vec![there, lines, contacts, costs, satisfied, recurring];
    let found = run(context, wanted, engine, machine)?;
    let groups: Vec<Option<Groups>> = found.iter().map(|r| r.as_ref().map(by_group)).collect();
    let [Some(there), lines, contacts, costs, satisfied, recurring] = groups.as_slice() else {
        return Ok(nobody(start, end));
    };
    let sum = |table: &Groups, term: usize, weight: &dyn Fn(u32) -> f64| -> f64 {
        table.iter().map(|(g, sums)| weight(*g) * sums.get(term).copied().unwrap_or(0.0)).sum()
    };
    let customers = sum(there, 0, &|_| 1.0);
    if customers < 1.0 {
        return Ok(nobody(start, end));
    }
    let exposure = |w: &dyn Fn(u32) -> f64| {
        if contractual { sum(there, 2, w) } else { sum(there, 0, w) * months }
    };
    let drawn = |figure: &dyn Fn(&dyn Fn(u32) -> f64) -> f64| uncertain(context.seed, figure);
    let minor = context.minor();
    let mut figures = BTreeMap::new();
    let long = end.0 - start.0 >= FEWEST;
    let enough = contractual || begin.0 <= earlier.0 + 7;
    let leaving = sum(there, 1, &|_| 1.0);
    figures.insert(
        Key::Churn,
        if !long || !enough {
            let reason = "the records are too short to tell who leaves".to_owned();
            Err(refused("base", reason, "two years of purchases, or `closed_at` of customers"))
        } else if leaving < 1.0 {
            let reason = "nobody left in the last year of records".to_owned();
            Err(refused("base", reason, "give churn by hand, or map `closed_at` of customers"))
        } else {
            drawn(&|w| {
                if contractual {
                    // Active months are means of start and end, so that c/(1 − c/2) is the rate of leaving.
                    let rate = sum(there, 1, w) / sum(there, 2, w);
                    2.0 * rate / (2.0 + rate)
                } else {
                    1.0 - (1.0 - sum(there, 1, w) / sum(there, 2, w)).powf(12.0_f64.recip())
                }
            })
        },
    );
    let service = |w: &dyn Fn(u32) -> f64| costs.as_ref().map_or(0.0, |t| sum(t, 0, w) / minor);
    if let Some(lines) = lines {
        figures.insert(Key::Margin, drawn(&|w| (sum(lines, 0, w) / minor - service(w)) / exposure(w)));
    } else if let (Some(recurring), Some(share)) = (recurring, context.margin) {
        let paid = |w: &dyn Fn(u32) -> f64| share * sum(recurring, 0, w) / minor / sum(there, 0, w);
        figures.insert(Key::Margin, drawn(&|w| paid(w) - service(w) / exposure(w)));
    } else {
        figures.insert(
            Key::Margin,
            Err(refused(
                "margin",
                "no line carries a margin and none is set; revenue is not a return",
                "map `margin` or `cogs` of transactions, set `[value] margin`, or give it by hand",
            )),
        );
    }
    if let Some(contacts) = contacts {
        figures.insert(Key::Contacts, drawn(&|w| sum(contacts, 0, w) / exposure(w)));
        if costs.is_some() {
            figures.insert(Key::ContactCost, drawn(&|w| service(w) / sum(contacts, 0, w)));
        }
    }
    if costs.is_some() {
        figures.insert(Key::CostToServe, drawn(&|w| service(w) / exposure(w)));
    }
    if let Some(answers) = satisfied {
        figures.insert(Key::Satisfied, drawn(&|w| sum(answers, 0, w) / sum(answers, 1, w)));
    }
    let retention = figures.get(&Key::Churn).and_then(|churn| churn.as_ref().ok()).map(|churn| Uncertain {
        value: 1.0 - churn.value,
        se: churn.se,
        worlds: churn.worlds.iter().map(|x| 1.0 - x).collect(),
    });
    figures.extend(retention.map(|kept| (Key::Retention, Ok(kept))));
    let known_by = if contractual {
        "accounts that are not closed"
    } else {
        "customers who bought in the last year of records"
    };
    Ok(Base { customers, known_by, days: (start, end.plus(-1)), figures })
}

/// A condition on `customers` as it is added to rows, its columns with a prefix; nothing without one.
pub(in crate::studies) fn narrowed(context: &Context<'_>, population: Option<&Expr>, prefix: &str) -> String {
    population.map_or_else(String::new, |condition| {
        let column =
            |name: &str| context.has("customers", name).then(|| Expr::Col(format!("{prefix}{name}")));
        format!(" and ({})", condition.clone().replace(&column))
    })
}

/// A base of nobody, with no figure.
pub(in crate::studies) fn nobody(start: Day, end: Day) -> Base {
    let days = (start, end.plus(-1));
    Base { customers: 0.0, known_by: "nobody qualifies", days, figures: BTreeMap::new() }
}

/// Sums over the days looked at, with their borders as constants.
fn sums(context: &Context<'_>, start: Day, earlier: Day) -> Sums<'static> {
    let at = |day: Day| Literal::Time(context.data.calendar.start_of(day).0);
    let borders = [("START", start), ("END", context.covered.1), ("EARLIER", earlier)];
    Sums {
        rows: "",
        params: borders.iter().map(|(name, day)| ((*name).to_owned(), at(*day))).collect(),
        terms: Vec::new(),
        dimensions: Vec::new(),
        periods: Periods::always(),
        groups: true,
    }
}

fn by_group(reduced: &Reduced) -> Groups {
    totals(reduced).map(|(key, cell)| (key.part, (0..cell.k()).map(|i| cell.sum(i)).collect())).collect()
}

/// A figure with its worlds, the same customers in each world of every figure.
fn uncertain(seed: u64, figure: &dyn Fn(&dyn Fn(u32) -> f64) -> f64) -> Result<Uncertain, Refused> {
    let value = figure(&|_| 1.0);
    let worlds: Vec<f64> =
        (0..WORLDS).map(|b| figure(&|group| group_weight(seed, group, b) as f64)).collect();
    if !value.is_finite() || worlds.iter().any(|x| !x.is_finite()) {
        let reason = "too few customers: some resampled worlds hold none of them";
        return Err(refused("base", reason, "more customers, or give the figure by hand"));
    }
    let mut sorted = worlds.clone();
    sorted.sort_by(f64::total_cmp);
    let at = |p| percentile(&sorted, p).unwrap_or(value);
    // Half the middle 68.3 % of worlds: a standard error that one odd world does not move.
    Ok(Uncertain { value, se: 0.5 * (at(0.841_345) - at(0.158_655)), worlds })
}
