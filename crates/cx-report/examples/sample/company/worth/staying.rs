//! How long customers stay, and who is still there by cohort.

use super::figures::{estimate, found, found_of, months, wobble};
use cx_core::ground::estimate::{Absent, Estimate, Method, Size};
use cx_core::ground::unit::Unit;
use cx_report::inputs::worth::{Churn, ChurnForm, CohortCell, Cohorts, Survival, SurvivalGroup};

const Z: f64 = 1.959_964;

/// A plan: customers at the start, share that leaves in a month, twice that at an anniversary, months watched.
const PLANS: [(&str, u64, f64, u32); 4] = [
    ("Contract, mobile and internet", 18_402, 0.009, 36),
    ("Contract, mobile only", 12_960, 0.019, 36),
    ("Prepaid", 9_118, 0.045, 36),
    ("Internet only", 740, 0.024, 21),
];

const AGES: [f64; 7] = [0.0, 6.0, 12.0, 18.0, 24.0, 30.0, 36.0];

pub(super) fn survival() -> Vec<Survival> {
    let everybody = group("", (41_220, 0.021, 36), None);
    let plans = PLANS.iter().map(|(name, n, leaves, end)| group(name, (*n, *leaves, *end), Some(name)));
    vec![
        Survival { dimension: None, groups: vec![everybody], ages: AGES.to_vec(), p: None },
        Survival {
            dimension: Some("plan".into()),
            groups: plans.collect(),
            ages: AGES.to_vec(),
            p: Some(0.000_04),
        },
    ]
}

/// A curve of monthly steps, with Greenwood's variance on the log(-log) scale.
fn group(value: &str, (n, leaves, end): (u64, f64, u32), plan: Option<&str>) -> SurvivalGroup {
    let mut watched = n as f64;
    let (mut share, mut variance) = (1.0_f64, 0.0_f64);
    let mut steps = vec![(0.0, 1.0, None, None)];
    let mut at_risk = vec![n];
    for month in 1..=end {
        let hazard = leaves * if month % 12 == 0 { 2.2 } else { 1.0 + 0.2 * wobble(month as usize) };
        let left = (watched * hazard).round();
        variance += left / (watched * (watched - left));
        share *= 1.0 - left / watched;
        // Customers who joined later are watched for a shorter time.
        watched = (watched - left) * 0.975;
        at_risk.push(watched.round() as u64);
        let spread = Z * variance.sqrt() / share.ln().abs();
        let limit = |sign: f64| Some(share.powf((sign * spread).exp()));
        steps.push((f64::from(month), share, limit(1.0), limit(-1.0)));
    }
    let id = plan.map_or_else(|| "median_tenure".to_owned(), |plan| format!("median_tenure/plan={plan}"));
    let median = median(&steps, n);
    let formula = "least t with S(t) <= 0.5, S by Kaplan-Meier";
    SurvivalGroup {
        value: value.to_owned(),
        at_ages: AGES.iter().map(|age| at(&steps, &at_risk, *age)).collect(),
        // Few enough to be drawn in the smallest group only.
        censored: if n < 1_000 { vec![5.0, 9.0, 14.0, 20.0, 21.0] } else { vec![] },
        median: match plan {
            Some(plan) => found_of(&id, ("plan", plan), formula, median),
            None => found(&id, formula, median),
        },
        id,
        steps,
        end: f64::from(end),
    }
}

type Step = (f64, f64, Option<f64>, Option<f64>);

fn at(steps: &[Step], at_risk: &[u64], age: f64) -> Estimate {
    match steps.iter().position(|step| step.0 == age) {
        Some(place) => {
            let (_, share, low, high) = steps[place];
            let limits = (low.unwrap_or(share), high.unwrap_or(share));
            estimate(share, limits, Unit::Share, at_risk[place], Method::GreenwoodLogLog)
        }
        None => Estimate::absent(
            Absent::Undefined { why: "nobody was watched for so long".into() },
            Unit::Share,
            Size::default(),
        ),
    }
}

/// When each of the curve and its limits falls to one half.
fn median(steps: &[Step], n: u64) -> Estimate {
    let first = |of: fn(&Step) -> Option<f64>| {
        steps.iter().find(|step| of(step).is_some_and(|share| share <= 0.5)).map(|step| step.0)
    };
    let Some(half) = first(|step| Some(step.1)) else {
        let why = "more than half are still there at the last age watched".into();
        return Estimate::absent(Absent::Undefined { why }, Unit::Months, Size { n, ..Size::default() });
    };
    let limits = (first(|step| step.2).unwrap_or(half), first(|step| step.3).unwrap_or(half + 1.0));
    estimate(half, limits, Unit::Months, n, Method::BrookmeyerCrowley)
}

pub(super) fn cohorts() -> Cohorts {
    let names = months((2025, 7), 11);
    let ages: Vec<u32> = (1..=11).collect();
    let mut cells = Vec::new();
    for (c, name) in names.iter().enumerate() {
        for (a, age) in ages.iter().enumerate().take(11 - c) {
            let n = 1_300 + 40 * c as u64;
            let share = 0.985_f64.powi(*age as i32) * (0.99 - 0.004 * c as f64) + 0.006 * wobble(c * 13 + a);
            let half = Z * (share * (1.0 - share) / n as f64).sqrt();
            let id = format!("cohort_retention/{name}/{age}");
            let estimate = if c == 4 && a == 2 {
                Estimate::absent(Absent::Suppressed { complementary: false }, Unit::Share, Size::default())
            } else {
                estimate(share, (share - half, share + half), Unit::Share, n, Method::Wilson)
            };
            cells.push(CohortCell {
                cohort: c,
                age: a,
                found: found(
                    &id,
                    "customers of the cohort still there at the age / customers of the cohort",
                    estimate,
                ),
                partial: a + c == 10,
            });
        }
    }
    Cohorts { metric: "cohort_retention".into(), cohorts: names, ages, cells }
}

pub(super) fn churn() -> Vec<Churn> {
    let one = |form, id: &str, formula: &str, value: f64, half: f64, unit, method| Churn {
        form,
        found: found(id, formula, estimate(value, (value - half, value + half), unit, 208_114, method)),
    };
    vec![
        one(
            ChurnForm::Start,
            "churn_rate_start",
            "left of start / start",
            0.108,
            0.001_3,
            Unit::Share,
            Method::Wilson,
        ),
        one(
            ChurnForm::Average,
            "churn_rate_average",
            "left / ((start + end) / 2)",
            0.121,
            0.001_5,
            Unit::Share,
            Method::PoissonExact,
        ),
        one(
            ChurnForm::Exposure,
            "churn_hazard",
            "left / months there",
            0.020_6,
            0.000_3,
            Unit::PerMonth,
            Method::PoissonExact,
        ),
        one(
            ChurnForm::Revenue,
            "revenue_churn_rate",
            "revenue lost / revenue at the start",
            0.089,
            0.002_2,
            Unit::Share,
            Method::PercentileBootstrap,
        ),
    ]
}
