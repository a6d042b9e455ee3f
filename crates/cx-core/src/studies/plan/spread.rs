//! How customers differ: margin, contacts and cost of service of one customer over the days of a test.

use crate::ground::expr::{Expr, Literal};
use crate::ground::period::Day;
use crate::reduce::plan::{Periods, Reduction};
use crate::reduce::{Engine, ReduceError, Reduced, Run};
use crate::studies::roi::gather::{Sums, run, totals};
use crate::studies::roi::outcomes::line_margin;
use crate::studies::roi::{Context, MONTH};
use crate::studies::scenario::base::narrowed;

/// Standard deviations between customers of what they bring over a test, in major units; none where it
/// is not recorded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    /// Months that it is over.
    pub months: f64,
    /// Of margin.
    pub margin: Option<f64>,
    /// Of the number of contacts.
    pub contacts: Option<f64>,
    /// Of what contacts cost.
    pub service: Option<f64>,
}

/// Sums of a value of customers, and of its square.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    sum: f64,
    squares: f64,
}

/// Spreads over the last `months` of records, for `customers` of whom those without rows bring nothing.
///
/// # Errors
/// See [`ReduceError`].
pub(super) fn spread(
    context: &Context<'_>,
    population: Option<&Expr>,
    customers: f64,
    months: u32,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Spread, ReduceError> {
    let (begin, end) = context.covered;
    let start = Day(begin.0.max(end.0 - (f64::from(months) * MONTH).round() as i32));
    let months = f64::from(end.0 - start.0) / MONTH;
    let mut only = narrowed(context, population, "customers.");
    if context.has("customers", "closed_at") {
        // A lot is drawn among those who are still there: what leavers brought is no spread of theirs.
        only.push_str(" and (customers.closed_at is missing or customers.closed_at >= END)");
    }
    let of = |rows: String| per_customer(context, &rows, start, end);
    let within = "occurred_at >= START and occurred_at < END and customer_id is known";
    let contact = if context.has("interactions", "kind") { " and kind = 'contact'" } else { "" };
    let margin = line_margin(context).and_then(|margin| {
        of(format!("transactions where {within}{only} per customer_id {{ x = sum({margin}) }}"))
    });
    let paid = context.margin.filter(|_| context.data.table("transactions").is_none());
    let contracts = paid.and_then(|_| {
        of(format!(
            "subscriptions where customer_id is known and mrr is known and started_at < END \
             and (ended_at is missing or ended_at >= END){only} per customer_id {{ x = sum(mrr) }}"
        ))
    });
    let contacts = of(format!("interactions where {within}{contact}{only} per customer_id {{ x = sum(1) }}"));
    let service = of(format!("interactions where {within}{only} per customer_id {{ x = sum(cost) }}"));
    let found = run(context, vec![margin, contracts, contacts, service], engine, machine)?;
    let deviation = |i: usize, scale: f64| -> Option<f64> {
        let Moments { sum, squares } = moments(found[i].as_ref()?);
        let variance = (squares - sum * sum / customers) / (customers - 1.0);
        (customers > 1.0 && variance > 0.0).then(|| variance.sqrt() * scale)
    };
    let money = context.minor().recip();
    Ok(Spread {
        months,
        margin: deviation(0, money).or_else(|| deviation(1, money * months * paid?)),
        contacts: deviation(2, 1.0),
        service: deviation(3, money),
    })
}

fn per_customer(context: &Context<'_>, rows: &str, start: Day, end: Day) -> Option<Reduction> {
    let at = |day: Day| Literal::Time(context.data.calendar.start_of(day).0);
    Sums {
        rows,
        params: [("START", start), ("END", end)].map(|(name, day)| (name.to_owned(), at(day))).to_vec(),
        terms: vec!["x".to_owned(), "x * x".to_owned()],
        dimensions: Vec::new(),
        periods: Periods::always(),
        groups: false,
    }
    .reduction(context)
}

fn moments(reduced: &Reduced) -> Moments {
    totals(reduced).fold(Moments::default(), |all, (_, cell)| Moments {
        sum: all.sum + cell.sum(0),
        squares: all.squares + cell.sum(1),
    })
}
