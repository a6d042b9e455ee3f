//! Reductions of the study, and running them together.

use super::Context;
use crate::ground::expr::{Expr, Literal, parse};
use crate::ground::period::Day;
use crate::reduce::plan::{Gather, Params, Periods, Reduction, parse_rows};
use crate::reduce::{Engine, ReduceError, Reduced, Run, Stat};
use crate::stats::{GROUPS, Rfm, Totals};
use crate::studies::metrics::settled;

/// A purchase as it counts: returns, fees and corrections are none.
pub(super) const SALE: &str = "maybe(kind = 'sale') and maybe(amount >= 0)";

/// The random group of a customer, as an expression.
pub(super) fn group() -> Expr {
    fixed(&format!("fold(customer_id, {GROUPS})"))
}

/// An expression written in this study; it parses, as its tests hold.
pub(super) fn fixed(text: &str) -> Expr {
    parse(text).unwrap_or_else(|_| Expr::num(f64::NAN))
}

/// Days as constants of a formula.
pub(super) fn days(context: &Context<'_>, list: &[(&str, Day)]) -> Params {
    list.iter().map(|(name, day)| ((*name).to_owned(), Literal::Time(context.start(*day).0))).collect()
}

/// A reduction over all days, with days as constants; none where the records lack a column it needs.
pub(super) fn reduction(
    context: &Context<'_>,
    rows: &str,
    params: &Params,
    gather: Gather,
    part: Option<Expr>,
) -> Option<Reduction> {
    let rows = parse_rows(rows, params).ok()?;
    let with = |e: Expr| {
        e.replace(&|name| {
            params.iter().find(|(n, _)| n == name).map(|(_, literal)| Expr::Lit(literal.clone()))
        })
    };
    // One list, so that everything is settled over the same columns.
    let mut list: Vec<Expr> = gather.expressions().cloned().map(with).collect();
    list.extend(part.clone());
    let (rows, mut list) = settled(context.data, context.start(context.covered.1).0, rows, list).ok()?;
    let part = part.and_then(|_| list.pop());
    Some(Reduction { part, ..Reduction::plain(rows, Vec::new(), Periods::always(), filled(gather, list)) })
}

fn histories_rows() -> String {
    format!(
        "transactions where occurred_at < END per customer_id {{ first = min(day where {SALE}), \
         last = max(day where {SALE}), days = distinct(day where {SALE}), \
         repeat = sum(amount where day > first) }} where days >= 1"
    )
}

/// Histories of customers before a day: purchase days after the first, days to
/// the last one, days watched, and spend after the first day, returns taken off.
pub(super) fn histories(context: &Context<'_>, end: Day, dimensions: &[String]) -> Option<Reduction> {
    let mut params = days(context, &[("END", end)]);
    // `day` is the number of a day.
    let last = end.plus(-1).0;
    params.push(("LAST".to_owned(), Literal::Number(f64::from(last), last.to_string())));
    let rows = histories_rows();
    let gather = Gather::Rfm {
        x: fixed("days - 1"),
        last: fixed("last - first"),
        observed: fixed("LAST - first"),
        spend: fixed("repeat"),
    };
    let mut made = reduction(context, &rows, &params, gather, Some(group()))?;
    made.dimensions = dimensions.to_vec();
    Some(made)
}

/// Sums of terms by random group.
pub(super) fn sums(context: &Context<'_>, rows: &str, params: &Params, terms: &[&str]) -> Option<Reduction> {
    let terms = terms.iter().map(|t| fixed(t)).collect();
    reduction(context, rows, params, Gather::Totals { terms, weight: None }, Some(group()))
}

/// A gather with its expressions replaced, in their order.
fn filled(gather: Gather, list: Vec<Expr>) -> Gather {
    let mut list = list.into_iter();
    let mut next = |old: Expr| list.next().unwrap_or(old);
    match gather {
        Gather::Totals { terms, weight } => Gather::Totals {
            terms: terms.into_iter().map(&mut next).collect(),
            weight: weight.map(&mut next),
        },
        Gather::Histogram { value, weight } => {
            Gather::Histogram { value: next(value), weight: weight.map(&mut next) }
        }
        Gather::Life { entry, exit, causes } => Gather::Life {
            entry: next(entry),
            exit: next(exit),
            causes: causes.into_iter().map(&mut next).collect(),
        },
        Gather::Rfm { x, last, observed, spend } => {
            Gather::Rfm { x: next(x), last: next(last), observed: next(observed), spend: next(spend) }
        }
        other => other,
    }
}

/// Runs what the records allow; an entry is none where they do not.
///
/// # Errors
/// See [`ReduceError`].
pub(super) fn run(
    context: &Context<'_>,
    wanted: Vec<Option<Reduction>>,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Vec<Option<Reduced>>, ReduceError> {
    let possible = |r: &Reduction| engine.supports(context.data, r).is_ok();
    let mut list = Vec::new();
    let places: Vec<bool> = wanted
        .into_iter()
        .map(|r| match r.filter(possible) {
            Some(r) => {
                list.push(r);
                true
            }
            None => false,
        })
        .collect();
    let mut done = engine.run(context.data, &list, machine)?.into_iter();
    Ok(places.into_iter().map(|there| if there { done.next() } else { None }).collect())
}

/// Histories by random group, whatever else they are cut by.
pub(super) fn rfm(reduced: &Reduced) -> Vec<(u32, &Rfm)> {
    let cells = reduced.cells.iter();
    cells
        .filter_map(|(key, stat)| if let Stat::Rfm(rfm) = stat { Some((key.part, rfm)) } else { None })
        .collect()
}

/// Sums by part: one row per part that has any.
pub(super) fn by_group(reduced: &Reduced) -> Vec<(u32, &Totals)> {
    let cells = reduced.cells.iter();
    cells
        .filter_map(|(key, stat)| if let Stat::Totals(t) = stat { Some((key.part, t)) } else { None })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every expression and every row text of this study parses.
    #[test]
    fn texts_parse() {
        for text in ["days - 1", "last - first", "LAST - first", "repeat"] {
            assert!(parse(text).is_ok(), "{text}");
        }
        let params: Params = ["END", "LAST"].iter().map(|n| ((*n).to_owned(), Literal::Time(0))).collect();
        let rows = histories_rows();
        assert!(parse_rows(&rows, &params).is_ok(), "{:?}", parse_rows(&rows, &params));
    }
}
