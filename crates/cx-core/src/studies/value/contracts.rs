//! Contracts: how long they last, and what that is worth.

use super::Context;
use super::drawn::Drawn;
use super::gather::{days, fixed as formula, group, reduction, sums};
use crate::findings::{Age, Contracts, ModelCard};
use crate::ground::estimate::{Absent, Estimate, Refused, Size};
use crate::ground::fixed;
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::lifetime_value::{Convention, Curve};
use crate::infer::renewal::{Choice, Fitted, FittedWeibull, Renewals, Sbg, choose, fit_weibull};
use crate::infer::survival::{Table, estimate_at};
use crate::infer::turnover::per_period;
use crate::reduce::plan::{Gather, Reduction};
use crate::reduce::{Reduced, Stat};
use crate::stats::{GROUPS, Life, Merge, WORLDS, group_weight};
use std::collections::BTreeMap;

/// A contract counts as renewed a few days early: months are not equally long.
const SLACK: &str = "3d";
/// Contracts below which no curve is fitted.
const LEAST: u64 = 300;

/// What has to be gathered: contracts by age in months, and what the running ones pay, by age and in all.
pub(super) fn reductions(context: &Context<'_>) -> [Option<Reduction>; 3] {
    let params = days(context, &[("END", context.covered.1), ("BEGIN", context.covered.0)]);
    let begun = "subscriptions where started_at < END and maybe(ended_at >= started_at)";
    // Watching begins where the records do: who left before is not among them.
    let entry = formula(&format!("max(0, floor(months(BEGIN - started_at + {SLACK})))"));
    let exit = formula(&format!(
        "if(ended_at is known and ended_at < END, \
         max(1, -floor(-months(ended_at - started_at - {SLACK}))), \
         max(0, floor(months(END - started_at + {SLACK}))))"
    ));
    let causes = vec![formula("if(ended_at is known and ended_at < END, true, false)")];
    let life = reduction(
        context,
        begun,
        &params,
        Gather::Life { entry: entry.clone(), exit, causes },
        Some(group()),
    );
    let running = "subscriptions where started_at < END and maybe(ended_at >= END) and mrr is known";
    let age = formula(&format!("max(0, floor(months(END - started_at + {SLACK})))"));
    let by_age = reduction(
        context,
        running,
        &params,
        Gather::Histogram { value: age, weight: Some(formula("mrr")) },
        None,
    );
    [life, by_age, sums(context, running, &params, &["mrr", "1"])]
}

/// How contracts last.
#[derive(Debug, Clone)]
enum Law {
    Sbg(Sbg),
    Weibull(Box<FittedWeibull>),
    Geometric(f64),
    /// As watched, then the constant rate of its later half.
    Table(Vec<f64>, f64),
}

impl Law {
    /// The life table of renewals with its later half's rate beyond.
    fn table(renewals: &Renewals) -> Self {
        let curve = Curve::new(renewals.rows().map(|(_, due, lost)| (due, lost)));
        let rows: Vec<(f64, f64)> = renewals.rows().map(|(_, due, lost)| (due, lost)).collect();
        let late = &rows[rows.len() / 2..];
        let (due, lost) = late.iter().fold((0.0, 0.0), |(d, l), row| (d + row.0, l + row.1));
        Self::Table(curve.survival(), if due > 0.0 { 1.0 - lost / due } else { 1.0 })
    }

    fn survival(&self, t: u32) -> f64 {
        match self {
            Self::Sbg(law) => law.survival(f64::from(t)),
            Self::Weibull(fitted) => fitted.law.survival(f64::from(t)),
            Self::Geometric(retention) => retention.powi(t as i32),
            Self::Table(curve, rate) => {
                let last = curve.len() - 1;
                let beyond = (t as usize).saturating_sub(last);
                curve[(t as usize).min(last)] * rate.powi(beyond as i32)
            }
        }
    }

    /// The same kind of law, fitted to other counts.
    fn again(&self, renewals: &Renewals) -> Option<Self> {
        match self {
            Self::Sbg(_) | Self::Geometric(_) => match crate::infer::renewal::fit_sbg(renewals).ok()? {
                Fitted::Sbg { law, .. } => Some(Self::Sbg(law)),
                Fitted::Alike { law, .. } => Some(Self::Geometric(law.retention)),
            },
            Self::Weibull(_) => fit_weibull(renewals).ok().map(|f| Self::Weibull(Box::new(f))),
            Self::Table(..) => Some(Self::table(renewals)),
        }
    }
}

/// What contracts are worth.
#[derive(Debug, Clone)]
pub(super) struct Worth {
    /// Models, curve and choice.
    pub found: Contracts,
    /// Revenue of a running contract per month.
    pub monthly: Drawn,
    /// Revenue of a new contract over the horizon, undiscounted.
    pub new_revenue: Drawn,
    /// The same discounted, by the convention of the settings.
    pub new_discounted: Drawn,
    /// By each convention, at the fit.
    pub by_convention: Vec<(Convention, f64)>,
    /// Discounted revenue to come from the running contracts, all together.
    pub remaining: Drawn,
    /// Months of a new contract over the horizon.
    pub months: Drawn,
    /// Discounted revenue by month of a new contract.
    pub by_month: Vec<f64>,
}

/// The worth of contracts.
///
/// # Errors
/// There are none, too few, or none that ever ended.
pub(super) fn worth(
    context: &Context<'_>,
    [life, by_age, paid]: [Option<&Reduced>; 3],
) -> Result<Worth, Absent> {
    let needs = || Absent::NotAvailable {
        needs: vec!["subscriptions.started_at".to_owned(), "subscriptions.ended_at".to_owned()],
    };
    let groups = lives(life.ok_or_else(needs)?);
    let mut whole = Life::default();
    for life in groups.values() {
        // Ages are whole months below a thousand: nothing overflows.
        let _ = whole.merge(life);
    }
    if whole.units() < LEAST {
        return Err(Absent::BelowMinN { n: whole.units(), wanted: LEAST });
    }
    let (Some(by_age), Some(paid)) = (by_age, paid) else {
        return Err(Absent::NotAvailable { needs: vec!["subscriptions.mrr".to_owned()] });
    };
    let monthly = Drawn::ratio(paid, 0, 1, context.seed).ok_or(Absent::NoData)?;
    let monthly = monthly.map(|minor| minor / context.minor());
    let renewals = renewals(&whole);
    let choice = choose(&renewals);
    let table = Table::new(&whole);
    let (mut law, mut chosen, mut why) = chosen(&choice, &renewals);
    if let Some(miss) = missed(&law, &table, renewals.observed() as u32, context.level) {
        why = format!(
            "the {chosen} law misses the watched curve by up to {:.1} points; the life table itself projects, \
             with the constant rate of its later half beyond it",
            100.0 * miss
        );
        (law, chosen) = (Law::table(&renewals), "life table".to_owned());
    }
    let drawn_laws = laws(context, &law, &groups);
    let rate = per_period(context.terms.rate, 12.0);
    let horizon = (context.terms.years * 12.0).round() as u32;
    let over = |f: &dyn Fn(&Law) -> f64| Drawn {
        value: f(&law),
        worlds: drawn_laws.iter().map(|l| l.as_ref().map(f).filter(|x| x.is_finite())).collect(),
    };
    let months = over(&|law| (0..horizon).map(|t| law.survival(t)).sum());
    let value = |convention| over(&move |law: &Law| of_convention(law, convention, rate, horizon));
    let by_convention = Convention::ALL.map(|c| (c, value(c).value * monthly.value)).to_vec();
    let new_discounted = value(context.terms.convention).with(&monthly, |a, b| a * b);
    let ages = ages(by_age, context.minor());
    let remaining = over(&|law| remaining(law, &ages, rate, horizon));
    // What runs now is known; what it pays does not move with the worlds.
    let by_month: Vec<f64> =
        (0..horizon).map(|t| monthly.value * law.survival(t) * (1.0 + rate).powi(-(t as i32))).collect();
    let last = renewals.observed() as u32;
    let curve = (0..=last.max(12)).map(|age| Age {
        age,
        at_risk: table.at_risk(f64::from(age)),
        observed: (age <= last && table.at_risk(f64::from(age)) > 0)
            .then(|| estimate_at(&table, f64::from(age), context.level)),
        fitted: law.survival(age),
    });
    let found = Contracts {
        contracts: whole.units(),
        running: whole.censored(),
        period_months: 1,
        models: cards(&choice, context.level, whole.units()),
        chosen,
        why,
        curve: curve.collect(),
    };
    Ok(Worth {
        found,
        new_revenue: months.with(&monthly, |a, b| a * b),
        monthly,
        new_discounted,
        by_convention,
        remaining,
        months,
        by_month,
    })
}

/// Life tables by random group; contracts without a customer have none.
fn lives(reduced: &Reduced) -> BTreeMap<u32, &Life> {
    let cells = reduced.cells.iter();
    cells
        .filter_map(|(key, stat)| if let Stat::Life(life) = stat { Some((key.part, life)) } else { None })
        .collect()
}

/// Renewals from a life table in whole months.
fn renewals(life: &Life) -> Renewals {
    let table = Table::new(life);
    let mut renewals = Renewals::default();
    let last = table.last_age().unwrap_or(0.0) as u32;
    for age in 1..=last {
        let age = f64::from(age);
        let lost = table.rows().iter().find(|row| row.age == age).map_or(0, |row| row.events);
        renewals.add(age as usize, table.at_risk(age) as f64, lost as f64);
    }
    renewals
}

/// The law that projects, its name, and why.
fn chosen(choice: &Result<Choice, Refused>, renewals: &Renewals) -> (Law, String, String) {
    match choice {
        Err(refused) => (
            Law::table(renewals),
            "life table".to_owned(),
            format!("{}; the life table stands in, with a constant rate beyond it", refused.reason),
        ),
        Ok(choice) => match (&choice.drifting, choice.drifts) {
            (Ok(drifting), true) => {
                let (gain, p) = choice.likelihood_ratio.unwrap_or((0.0, 1.0));
                let turn = choice
                    .turns_up_at
                    .map_or_else(String::new, |n| format!("; leaving rises again from renewal {n}"));
                (
                    Law::Weibull(Box::new(drifting.clone())),
                    "beta-discrete-Weibull".to_owned(),
                    format!(
                        "the rate of leaving drifts with age (likelihood ratio {gain:.1}, p = {p:.2e}){turn}"
                    ),
                )
            }
            _ => match &choice.plain {
                Fitted::Sbg { law, .. } => (
                    Law::Sbg(*law),
                    "shifted beta-geometric".to_owned(),
                    "customers differ in loyalty, and no drift with age improves on that".to_owned(),
                ),
                Fitted::Alike { law, .. } => (
                    Law::Geometric(law.retention),
                    "geometric".to_owned(),
                    "customers do not differ in loyalty as far as the records show".to_owned(),
                ),
            },
        },
    }
}

/// How far a law misses the curve as watched, where it misses it: outside the
/// curve's interval at more than a quarter of the ages, and by more than a point somewhere.
fn missed(law: &Law, table: &Table, last: u32, level: Level) -> Option<f64> {
    let ages: Vec<u32> = (1..=last).filter(|age| table.at_risk(f64::from(*age)) >= 100).collect();
    let off = ages.iter().filter_map(|age| {
        let observed = estimate_at(table, f64::from(*age), level);
        let inside = observed.interval?.contains(law.survival(*age));
        Some((!inside).then(|| (law.survival(*age) - observed.value.unwrap_or(0.0)).abs()))
    });
    let off: Vec<f64> = off.flatten().collect();
    let most = off.iter().fold(0.0_f64, |m, x| m.max(*x));
    (4 * off.len() > ages.len() && most > 0.01).then_some(most)
}

/// The law in every resampled world: refitted, which costs little on a few dozen counts.
fn laws(context: &Context<'_>, law: &Law, groups: &BTreeMap<u32, &Life>) -> Vec<Option<Law>> {
    let each: Vec<(u32, Renewals)> = groups.iter().map(|(g, life)| (*g, renewals(life))).collect();
    let world = |b: u32| {
        let mut drawn = Renewals::default();
        for (group, renewals) in &each {
            let times = group_weight(context.seed, *group, b) as f64;
            for (number, due, lost) in renewals.rows() {
                drawn.add(number, times * due, times * lost);
            }
        }
        law.again(&drawn)
    };
    debug_assert!(groups.len() <= GROUPS as usize);
    (0..WORLDS).map(world).collect()
}

/// The value of one unit of money a period, by a convention, over a horizon.
fn of_convention(law: &Law, convention: Convention, rate: f64, horizon: u32) -> f64 {
    let v = |t: u32| (1.0 + rate).powi(-(t as i32));
    match convention {
        Convention::Immediate => (0..horizon).map(|t| law.survival(t) * v(t)).sum(),
        Convention::EndCertain => (1..=horizon).map(|t| law.survival(t - 1) * v(t)).sum(),
        Convention::EndConditional => (1..=horizon).map(|t| law.survival(t) * v(t)).sum(),
    }
}

/// Monthly revenue of the running contracts by age.
fn ages(reduced: &Reduced, minor: f64) -> Vec<(u32, f64)> {
    let Some(Stat::Histogram(histogram)) = reduced.cells.values().next() else { return Vec::new() };
    histogram.bars().map(|(age, bar)| (age.max(0.0) as u32, fixed::to_f64(bar.weight) / minor)).collect()
}

/// Discounted revenue to come: each contract pays while it lasts beyond the age it has.
fn remaining(law: &Law, ages: &[(u32, f64)], rate: f64, horizon: u32) -> f64 {
    let one = |age: u32, monthly: f64| {
        let now = law.survival(age);
        if now <= 0.0 {
            return 0.0;
        }
        let sum: f64 =
            (1..=horizon).map(|t| law.survival(age + t) / now * (1.0 + rate).powi(-(t as i32))).sum();
        monthly * sum
    };
    ages.iter().map(|(age, monthly)| one(*age, *monthly)).sum()
}

fn cards(choice: &Result<Choice, Refused>, level: Level, n: u64) -> Vec<ModelCard> {
    let size = Size { n, clusters: n, events: None, effective: None };
    let bare = |name: &str, absent: Absent| ModelCard {
        name: name.to_owned(),
        parameters: Vec::new(),
        log_likelihood: None,
        customers: n,
        steps: 0,
        absent: Some(absent),
    };
    let named =
        |name: &str, estimate: Estimate| (name.to_owned(), Estimate { unit: Unit::Ratio, size, ..estimate });
    match choice {
        Err(refused) => vec![bare("shifted beta-geometric", Absent::Refused(refused.clone()))],
        Ok(choice) => {
            let parameters = choice
                .plain
                .parameters(level)
                .map_or_else(Vec::new, |[a, b]| vec![named("alpha", a), named("beta", b)]);
            let plain = ModelCard {
                name: if parameters.is_empty() { "geometric" } else { "shifted beta-geometric" }.to_owned(),
                parameters,
                log_likelihood: Some(choice.plain.log_likelihood()),
                customers: n,
                steps: 0,
                absent: None,
            };
            let drifting = match &choice.drifting {
                Ok(fitted) => {
                    let [a, b, c] = fitted.parameters(level);
                    ModelCard {
                        name: "beta-discrete-Weibull".to_owned(),
                        parameters: vec![named("alpha", a), named("beta", b), named("c", c)],
                        log_likelihood: Some(fitted.fit.value),
                        customers: n,
                        steps: fitted.fit.steps,
                        absent: None,
                    }
                }
                Err(refused) => bare("beta-discrete-Weibull", Absent::Refused(refused.clone())),
            };
            vec![plain, drifting]
        }
    }
}
