//! What the study of value found, as the section on value takes it.

use crate::inputs::worth::{
    About, Backtest, BacktestPoint, Decile, Forecast, Ledger, Question, Step, Value, Worth,
};
use cx_core::findings::{self, Buying, Fact};
use cx_core::ground::estimate::Estimate;

/// What the study calls the forecast that models have to beat.
const AVERAGE: &str = "cohort average";
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

/// The forecast of the chosen model beside the cohort average, which is the last of the forecasts.
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

#[cfg(test)]
mod tests {
    use super::*;
    use cx_core::findings::Stretch;
    use cx_core::ground::estimate::{Absent, Size};
    use cx_core::ground::unit::Unit;

    fn number(value: f64) -> Estimate {
        Estimate::new(value, None, Unit::Count, Size::default())
    }

    fn findings(buying: Result<Buying, Absent>) -> findings::Value {
        let fact = |id: &str| Fact::new(id, id, number(1.0));
        findings::Value {
            as_of: "2026-06-30".into(),
            currency: None,
            level: 0.95,
            assumptions: vec![("horizon".into(), "36 months".into())],
            facts: ["value/spend", "value/clv", "value/referral", "value/customer_equity"].map(fact).into(),
            buying,
            contracts: Err(Absent::NoData),
            equity: vec![],
            growth: vec![],
            deciles: vec![findings::Decile {
                number: 1,
                customers: 10.0,
                value: 100.0,
                share: 0.5,
                purchases: 2.0,
                alive: None,
                profile: vec![
                    ("plan".into(), "gold".into(), 0.6, 0.2),
                    ("plan".into(), "tin".into(), 0.4, 0.4),
                ],
            }],
            records: vec![],
        }
    }

    #[test]
    fn values_stand_in_their_ledgers_the_whole_base_first() {
        let mut worth = Worth::default();
        put(&mut worth, &findings(Err(Absent::NoData)));
        let places: Vec<(&str, Ledger)> =
            worth.values.iter().map(|v| (v.fact.id.as_str(), v.ledger)).collect();
        assert_eq!(
            places,
            [
                ("value/customer_equity", Ledger::Own),
                ("value/clv", Ledger::Own),
                ("value/spend", Ledger::Side),
                ("value/referral", Ledger::Referral)
            ]
        );
        let asked: Vec<About> = worth.absent.iter().map(|question| question.about).collect();
        assert_eq!(asked, [About::Buyers, About::Contracts]);
        // Only groups that are much more frequent among a tenth are named.
        assert_eq!(worth.deciles[0].marked, [("plan".to_owned(), "gold".to_owned(), 0.6, 0.2)]);
    }

    #[test]
    fn a_backtest_is_held_against_the_plain_average() {
        let stretch = |from: &str, seen: bool| Stretch {
            from: from.into(),
            until: from.into(),
            seen,
            actual: 9.0,
            model: number(8.0),
            average: 7.0,
        };
        let forecast = |name: &str, error: f64| findings::Forecast {
            name: name.into(),
            total: number(8.0),
            error,
            by_stretch: 0.1,
            by_class: 0.1,
            covers: Some(true),
        };
        let backtest = findings::Backtest {
            from: "2026-01-01".into(),
            fitted_until: "2026-01-14".into(),
            until: "2026-01-28".into(),
            customers: 5,
            actual: 9.0,
            forecasts: vec![forecast("BG/NBD", -0.1), forecast(AVERAGE, -0.2)],
            stretches: vec![
                stretch("2026-01-01", true),
                stretch("2026-01-08", true),
                stretch("2026-01-15", false),
            ],
            classes: vec![],
        };
        let buying = Buying {
            customers: 5,
            cells: 3,
            models: vec![],
            chosen: "BG/NBD".into(),
            why: "it errs least".into(),
            spend: Err(Absent::NoData),
            correlation: None,
            backtest: Ok(backtest),
        };
        let mut worth = Worth::default();
        put(&mut worth, &findings(Ok(buying)));
        let told = worth.backtest.expect("there is a backtest");
        assert_eq!((told.fitted.as_str(), told.baseline.as_str()), ("2026-01-08", AVERAGE));
        assert_eq!(told.points.len(), 3);
    }
}
