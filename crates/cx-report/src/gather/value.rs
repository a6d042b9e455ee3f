//! What the study of value found, as the section on value takes it.

use crate::inputs::worth::{
    About, Backtest, BacktestPoint, Decile, Forecast, Ledger, Question, Step, Value, Worth,
};
use cx_core::findings::{self, Buying, Fact};
use cx_core::ground::estimate::Estimate;

/// What the study calls the forecast that models have to beat.
const AVERAGE: &str = "plain average";
/// Times as frequent as in the base that a group has to be among a tenth to be named.
const MARKED: f64 = 1.5;
/// Most groups named of one tenth.
const GROUPS: usize = 3;

/// Puts the findings in their places.
pub(super) fn put(worth: &mut Worth, found: &findings::Value) {
    worth.assumptions.clone_from(&found.assumptions);
    let mut facts: Vec<&Fact> = found.facts.iter().collect();
    facts.sort_by_key(|fact| rank(fact).unwrap_or(FIRST.len()));
    worth.values.extend(facts.into_iter().map(|fact| Value { ledger: ledger(fact), fact: fact.clone() }));
    let step =
        |name: &str, amount: &Estimate, total| Step { name: name.to_owned(), amount: amount.clone(), total };
    worth.equity = found.equity.iter().map(|s| step(&s.name, &s.amount, s.total)).collect();
    worth.growth = found.growth.iter().map(|s| step(&s.name, &s.amount, s.total)).collect();
    worth.deciles = found.deciles.iter().map(decile).collect();
    match &found.buying {
        Ok(buying) => match &buying.backtest {
            Ok(backtest) => worth.backtest = Some(backtest_of(buying, backtest)),
            Err(absent) => {
                worth.absent.push(Question { about: About::Backtest, absent: absent.clone() });
            }
        },
        Err(absent) => worth.absent.push(Question { about: About::Buyers, absent: absent.clone() }),
    }
    if let Err(absent) = &found.contracts {
        worth.absent.push(Question { about: About::Contracts, absent: absent.clone() });
    }
}

/// Figures that stand first, in this order; contracts have some of them too.
const FIRST: [&str; 7] = [
    "customer_equity",
    "residual_clv",
    "clv",
    "clv_cac_ratio",
    "cac_payback",
    "revenue_at_risk",
    "cost_to_serve",
];

/// Where a figure stands among those that stand first.
fn rank(fact: &Fact) -> Option<usize> {
    let last = fact.id.rsplit('/').next().unwrap_or_default();
    FIRST.iter().position(|name| *name == last)
}

/// Where a figure stands, by its id.
fn ledger(fact: &Fact) -> Ledger {
    let has = |part: &str| fact.id.contains(part);
    if has("referral") {
        Ledger::Referral
    } else if ["immediate", "end_certain", "end_conditional"].into_iter().any(has) {
        Ledger::Convention
    } else if rank(fact).is_some() {
        Ledger::Own
    } else {
        Ledger::Side
    }
}

fn decile(decile: &findings::Decile) -> Decile {
    let mut marked: Vec<(String, String, f64, f64)> =
        decile.profile.iter().filter(|(_, _, here, base)| *here >= MARKED * base).cloned().collect();
    marked.sort_by(|a, b| (b.2 - b.3).total_cmp(&(a.2 - a.3)));
    marked.truncate(GROUPS);
    Decile { customers: decile.customers, value: decile.value, share: decile.share, marked }
}

/// The forecast of the chosen model beside the plain average, which is the last of the forecasts.
fn backtest_of(buying: &Buying, backtest: &findings::Backtest) -> Backtest {
    let fitted = backtest.stretches.iter().rev().find(|stretch| stretch.seen);
    let average = backtest.forecasts.iter().find(|forecast| forecast.name == AVERAGE);
    Backtest {
        what: "repeat purchases".to_owned(),
        points: backtest
            .stretches
            .iter()
            .map(|stretch| BacktestPoint {
                label: stretch.from.clone(),
                actual: Some(stretch.actual),
                model: Some(stretch.model.clone()),
                baseline: Some(stretch.average),
            })
            .collect(),
        fitted: fitted.map_or_else(String::new, |stretch| stretch.from.clone()),
        chosen: buying.chosen.clone(),
        baseline: average.map_or_else(String::new, |forecast| forecast.name.clone()),
        why: buying.why.clone(),
        actual: backtest.actual,
        forecasts: backtest
            .forecasts
            .iter()
            .map(|forecast| Forecast {
                name: forecast.name.clone(),
                total: forecast.total.clone(),
                error: forecast.error,
                by_stretch: forecast.by_stretch,
                covers: forecast.covers,
            })
            .collect(),
    }
}
