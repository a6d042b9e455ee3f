//! How long customers stay, and who is still there by cohort.

use super::figures::{estimate, fact, months, wobble};
use cx_core::ground::estimate::{Absent, Estimate, Method, Size};
use cx_core::ground::unit::Unit;
use cx_report::inputs::worth::{AtAge, Cohort, CohortCell, Cohorts, Curve, CurveStep, Form, Survival};

const Z: f64 = 1.959_964;

/// A plan: customers at the start, share that leaves in a month, months watched.
const PLANS: [(&str, u64, f64, u32); 4] = [
    ("Contract, mobile and internet", 18_402, 0.009, 36),
    ("Contract, mobile only", 12_960, 0.019, 36),
    ("Prepaid", 9_118, 0.045, 36),
    ("Internet only", 740, 0.024, 21),
];

const AGES: [u32; 6] = [6, 12, 18, 24, 30, 36];

pub(super) fn survival() -> Vec<Survival> {
    let everybody = curve("", (41_220, 0.021, 36));
    let plans = PLANS.iter().map(|(name, n, leaves, end)| curve(name, (*n, *leaves, *end)));
    vec![
        Survival { dimension: None, curves: vec![everybody], p: None },
        Survival { dimension: Some("plan".into()), curves: plans.collect(), p: Some(0.000_04) },
    ]
}

/// A curve of monthly steps, twice as steep at an anniversary, with Greenwood's variance on the log(-log) scale.
fn curve(value: &str, (n, leaves, end): (u64, f64, u32)) -> Curve {
    let mut watched = n as f64;
    let (mut share, mut variance) = (1.0_f64, 0.0_f64);
    let mut steps = vec![CurveStep { age: 0.0, share: 1.0, low: None, high: None }];
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
        steps.push(CurveStep { age: f64::from(month), share, low: limit(1.0), high: limit(-1.0) });
    }
    let of = if value.is_empty() { String::new() } else { format!("/plan={value}") };
    let at = AGES
        .iter()
        .map(|age| AtAge {
            age: *age,
            at_risk: at_risk.get(*age as usize).copied().unwrap_or(0),
            fact: fact(
                &format!("retention/survival{of}/{age}"),
                &format!("Still there after {age} months"),
                "product over ages of 1 − left / watched (Kaplan-Meier)",
                share_at(&steps, *age, n),
            ),
        })
        .collect();
    Curve {
        value: value.to_owned(),
        n,
        at,
        // Few enough to be drawn in the smallest group only.
        censored: if n < 1_000 { vec![5.0, 9.0, 14.0, 20.0, 21.0] } else { vec![] },
        median: fact(
            &format!("retention/median{of}"),
            "Age by which half have left",
            "least t with S(t) <= 0.5, S by Kaplan-Meier",
            median(&steps, n),
        ),
        steps,
        end: f64::from(end),
    }
}

fn share_at(steps: &[CurveStep], age: u32, n: u64) -> Estimate {
    match steps.get(age as usize) {
        Some(CurveStep { share, low, high, .. }) => {
            let limits = (low.unwrap_or(*share), high.unwrap_or(*share));
            estimate(*share, limits, Unit::Share, n, Method::GreenwoodLogLog)
        }
        None => Estimate::absent(
            Absent::Undefined { why: "nobody was watched for so long".into() },
            Unit::Share,
            Size::default(),
        ),
    }
}

/// When each of the curve and its limits falls to one half.
fn median(steps: &[CurveStep], n: u64) -> Estimate {
    let first = |of: fn(&CurveStep) -> Option<f64>| {
        steps.iter().find(|step| of(step).is_some_and(|share| share <= 0.5)).map(|step| step.age)
    };
    let Some(half) = first(|step| Some(step.share)) else {
        let why = "more than half are still there at the last age watched".into();
        return Estimate::absent(Absent::Undefined { why }, Unit::Months, Size { n, ..Size::default() });
    };
    let limits = (first(|step| step.low).unwrap_or(half), first(|step| step.high).unwrap_or(half + 1.0));
    estimate(half, limits, Unit::Months, n, Method::BrookmeyerCrowley)
}

pub(super) fn cohorts() -> Cohorts {
    let rows = months((2025, 7), 11)
        .into_iter()
        .enumerate()
        .map(|(c, label)| {
            let cells = (1..=11 - c).map(|age| cell(c, age)).collect();
            Cohort { label, cells }
        })
        .collect();
    Cohorts { bought: false, rows }
}

fn cell(cohort: usize, age: usize) -> CohortCell {
    let n = 1_300 + 40 * cohort as u64;
    let share =
        0.985_f64.powi(age as i32) * (0.99 - 0.004 * cohort as f64) + 0.006 * wobble(cohort * 13 + age - 1);
    let half = Z * (share * (1.0 - share) / n as f64).sqrt();
    let share = if (cohort, age) == (4, 3) {
        Estimate::absent(Absent::Suppressed { complementary: false }, Unit::Share, Size::default())
    } else {
        estimate(share, (share - half, share + half), Unit::Share, n, Method::Wilson)
    };
    CohortCell { month: age as u32, share, partial: age + cohort == 11 }
}

pub(super) fn forms() -> Vec<Form> {
    let one =
        |id: &str, name: &str, base: &str, formula: &str, (value, half): (f64, f64), unit, method| Form {
            base: base.to_owned(),
            fact: fact(
                &format!("retention/form/{id}"),
                name,
                formula,
                estimate(value, (value - half, value + half), unit, 208_114, method),
            ),
        };
    vec![
        one(
            "churn_rate_start",
            "Churn rate, start of the period",
            "customers at the start",
            "left of start / start",
            (0.108, 0.001_3),
            Unit::Share,
            Method::Wilson,
        ),
        one(
            "churn_rate_average",
            "Churn rate, average base",
            "mean of customers at start and end",
            "left / ((start + end) / 2)",
            (0.121, 0.001_5),
            Unit::Share,
            Method::PoissonExact,
        ),
        one(
            "churn_hazard",
            "Churn hazard",
            "months that customers were there",
            "left / months there",
            (0.020_6, 0.000_3),
            Unit::PerMonth,
            Method::PoissonExact,
        ),
        one(
            "revenue_churn_rate",
            "Revenue churn",
            "revenue at the start",
            "revenue lost / revenue at the start",
            (0.089, 0.002_2),
            Unit::Share,
            Method::PercentileBootstrap,
        ),
    ]
}
