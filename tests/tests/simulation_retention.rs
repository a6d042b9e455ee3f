//! Intervals of survival, hazards and renewals held against populations whose truth is known.
//!
//! Few samples in a usual run, `CX_SIMULATE=all` for a thousand of each. The
//! count of intervals that hold the truth must lie where a binomial of 95 %
//! lies in all but one of a thousand runs.

use cx_core::ground::estimate::{Interval, Size};
use cx_core::ground::unit::Unit;
use cx_core::infer::Level;
use cx_core::infer::lifetime_value::{Curve, Tail, by_life_table, of_draws};
use cx_core::infer::renewal::{Fitted, Renewals, Sbg, fit_sbg, sbg_worlds};
use cx_core::infer::special::binomial;
use cx_core::infer::survival::cox::{
    Clock, Control, Spells, concordance, fit, proportionality, robust_covariance,
};
use cx_core::infer::survival::{Table, Weighting, hazard_at, log_rank, restricted_mean_difference};
use cx_core::stats::GROUPS;
use cx_tests::coverage::Random;
use std::collections::BTreeMap;
use std::io::Write as _;

const LEVEL: Level = Level::P95;

/// Samples of one population.
fn samples(few: u64) -> u64 {
    if std::env::var("CX_SIMULATE").is_ok_and(|word| word == "all") { 1000.max(few) } else { few }
}

/// How many intervals of each figure held the truth, of how many.
#[derive(Default)]
struct Tally(BTreeMap<&'static str, (u64, u64)>);

impl Tally {
    fn add(&mut self, name: &'static str, interval: Option<Interval>, truth: f64) {
        let one = self.0.entry(name).or_default();
        if let Some(interval) = interval {
            one.0 += u64::from(interval.contains(truth));
            one.1 += 1;
        }
    }

    /// A test at 5 % held if it found nothing where there is nothing.
    fn add_test(&mut self, name: &'static str, p: f64) {
        let one = self.0.entry(name).or_default();
        one.0 += u64::from(p > 0.05);
        one.1 += 1;
    }

    fn judge(self, repeats: u64) {
        for (name, (held, n)) in self.0 {
            let _ = writeln!(
                std::io::stdout(),
                "{name}: {held} of {n} ({:.1} %)",
                100.0 * held as f64 / n as f64
            );
            assert!(n as f64 >= 0.95 * repeats as f64, "{name}: {n} figures in {repeats} samples");
            let (low, high) = (binomial::quantile(0.0005, n, 0.95), binomial::quantile(0.9995, n, 0.95));
            assert!((low..=high).contains(&held), "{name}: {held} of {n}, not {low} to {high}");
        }
    }
}

/// Two covariates, Weibull ages, random ends of watching, some late.
fn leaving(random: &mut Random, n: usize, beta: [f64; 2]) -> Spells {
    let mut spells = Spells::new(["plan", "tickets"]);
    for _ in 0..n {
        let x = [f64::from(u8::from(random.chance(0.4))), random.normal()];
        let rate = 0.05 * (beta[0] * x[0] + beta[1] * x[1]).exp();
        let age = (random.exponential() / rate).powf(0.8);
        let until = random.between(5.0, 25.0);
        let entry = if random.chance(0.3) { random.between(0.0, 4.0) } else { 0.0 };
        if age > entry {
            spells.add(entry, age.min(until), age <= until, 1, &x).expect("a spell");
        }
    }
    spells
}

#[test]
fn coefficients_of_proportional_hazards() {
    let repeats = samples(200);
    let mut random = Random::named("cox");
    let mut tally = Tally::default();
    let beta = [0.5, -0.7];
    for _ in 0..repeats {
        let spells = leaving(&mut random, 250, beta);
        let model = fit(&spells, Control::default()).expect("a model");
        let robust = robust_covariance(&spells, &model, None).expect("a variance");
        let own = model.coefficients(LEVEL);
        let sandwich = model.coefficients_with(&robust, LEVEL);
        for (name, ratio, by_robust, k) in [
            ("plan", "hazard ratio of plan", "plan, robust", 0),
            ("tickets", "hazard ratio of tickets", "tickets, robust", 1),
        ] {
            tally.add(name, Some(own[k].interval), beta[k]);
            tally.add(ratio, Some(own[k].hazard_ratio_interval), beta[k].exp());
            tally.add(by_robust, Some(sandwich[k].interval), beta[k]);
        }
        let drift = proportionality(&spells, &model, Clock::default()).expect("spells").expect("a test");
        tally.add_test("proportionality", drift.global.p);
        // Survival of one profile at age 10: baseline (t^1.25)·0.05 with x = (1, 0).
        let curve = model.survival_of(&[1.0, 0.0], LEVEL).expect("a curve");
        let at = curve.partition_point(|row| row.age <= 10.0);
        let truth = (-0.05 * 0.5_f64.exp() * 10.0_f64.powf(1.25)).exp();
        tally.add("survival of a profile", Some(curve[at - 1].interval), truth);
        let c = concordance(&spells, &model).expect("spells").expect("pairs");
        assert!(c.value > 0.5 && c.se > 0.01 && c.se < 0.06, "{c:?}");
    }
    tally.judge(repeats);
}

#[test]
fn hazards_and_differences_of_curves() {
    let repeats = samples(300);
    let mut random = Random::named("curves");
    let mut tally = Tally::default();
    for _ in 0..repeats {
        let mut table = |rate: f64| {
            let spells: Vec<_> = (0..120)
                .map(|_| {
                    let (age, until) = (random.exponential() / rate, random.between(0.5, 2.5));
                    (0.0, age.min(until), (age <= until).then_some(0), 1)
                })
                .collect();
            Table::exact(spells)
        };
        let (slow, fast, same) = (table(0.4), table(0.8), table(0.4));
        tally.add("cumulative hazard", hazard_at(&slow, 1.0, LEVEL).interval, 0.4);
        let mean = |rate: f64| (1.0 - (-rate).exp()) / rate;
        let gain = restricted_mean_difference(&slow, &fast, 1.0, Unit::Months, LEVEL);
        tally.add("difference of mean lifetimes", gain.difference.interval, mean(0.4) - mean(0.8));
        tally.add_test("log-rank", log_rank(&[&slow, &same], Weighting::Even).expect("a test").test.p);
        tally.add_test("Peto-Peto", log_rank(&[&slow, &same], Weighting::Early).expect("a test").test.p);
    }
    tally.judge(repeats);
}

#[test]
fn parameters_and_lifetimes_of_renewals() {
    let repeats = samples(150);
    let mut random = Random::named("renewals");
    let mut tally = Tally::default();
    let truth = Sbg { a: 0.8, b: 3.2 };
    for _ in 0..repeats {
        // A thousand customers in random groups, seven renewals.
        let mut groups = vec![Renewals::default(); GROUPS as usize];
        for customer in 0..1000 {
            let group = &mut groups[customer % GROUPS as usize];
            for number in 1..=7 {
                let left = !random.chance(truth.retention(number as u32));
                group.add(number, 1.0, f64::from(u8::from(left)));
                if left {
                    break;
                }
            }
        }
        let mut all = Renewals::default();
        for group in &groups {
            all.merge(group);
        }
        let Ok(fitted) = fit_sbg(&all) else { continue };
        let Fitted::Sbg { law, .. } = &fitted else { continue };
        let [a, b] = fitted.parameters(LEVEL).expect("parameters");
        tally.add("a, Wald on the log", a.interval, truth.a);
        tally.add("b, Wald on the log", b.interval, truth.b);
        let [a, b] = fitted.profiles(LEVEL).expect("profiles");
        tally.add("a, profile", Some(a), truth.a);
        tally.add("b, profile", Some(b), truth.b);
        let over = fitted.at(LEVEL);
        let residual = truth.derl(1, 0.1).expect("a sum");
        tally.add("residual lifetime, likelihood ratio", over.derl(1, 0.1).interval, residual);
        tally.add(
            "survival after twelve, likelihood ratio",
            over.survival(12.0).interval,
            truth.survival(12.0),
        );
        let draws: Vec<Option<f64>> =
            sbg_worlds(*law, &groups, 11, 200).into_iter().map(|w| w?.derl(1, 0.1)).collect();
        let size = Size { n: 1000, clusters: 1000, events: None, effective: None };
        let drawn = of_draws(law.derl(1, 0.1), &draws, Unit::PerUnit, size, LEVEL);
        tally.add("residual lifetime, draws", drawn.interval, residual);
    }
    tally.judge(repeats);
}

#[test]
fn value_on_a_life_table() {
    let repeats = samples(400);
    let mut random = Random::named("life table");
    let mut tally = Tally::default();
    for _ in 0..repeats {
        let mut periods = vec![(0.0, 0.0); 10];
        for _ in 0..300 {
            let until = 3 + random.below(8);
            for period in &mut periods[..until] {
                period.0 += 1.0;
                if random.chance(0.2) {
                    period.1 += 1.0;
                    break;
                }
            }
        }
        let curve = Curve::new(periods);
        let cut = by_life_table(&curve, |_| 100.0, 0.1, Tail::Cut, LEVEL);
        let step: f64 = 0.8 / 1.1;
        tally.add("ten periods", cut.interval, 100.0 * (1.0 - step.powi(11)) / (1.0 - step));
        let whole = by_life_table(&curve, |_| 100.0, 0.1, Tail::Constant, LEVEL);
        tally.add("with a constant tail", whole.interval, 100.0 / (1.0 - step));
    }
    tally.judge(repeats);
}
