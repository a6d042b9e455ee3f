//! Experiments whose truth is known.

use super::*;
use crate::infer::Level;
use crate::infer::effects::dice::{Dice, covers};
use crate::infer::regression::{Family, Pooled, Variance, generalised};

/// Counts with one overdispersed rate per customer: intervals hold the planted ratio and difference.
#[test]
fn intervals_of_rates_cover() {
    let repeats = 200;
    let (mut ratio, mut difference) = (0, 0);
    for seed in 0..repeats {
        let mut dice = Dice::new(seed);
        let mut arm = |rate: f64| {
            let customers: Vec<(f64, f64)> = (0..120)
                .map(|_| {
                    let exposure = 1.0 + 2.0 * dice.even();
                    let own = rate * exposure * (0.6 * dice.normal() - 0.18).exp();
                    // Unit gaps until the exposure is used up: a Poisson count.
                    let (mut at, mut events) = (-dice.even().ln(), 0.0);
                    while at < own {
                        at -= dice.even().ln();
                        events += 1.0;
                    }
                    (events, exposure)
                })
                .collect();
            Events::of(&customers)
        };
        let effect = rates(&arm(0.8), &arm(1.2)).unwrap();
        difference += u64::from(effect.difference.interval(Level::P95).contains(-0.4));
        ratio += u64::from(effect.ratio(Level::P95).unwrap().1.contains(0.8 / 1.2));
    }
    assert!(covers(ratio, repeats) && covers(difference, repeats), "{ratio} {difference} of {repeats}");
}

/// The closed form is the Poisson regression with a sandwich, but for n/(n − 1).
#[test]
fn rates_are_the_poisson_model() {
    let arm = |scale: f64| {
        let customers: Vec<(f64, f64)> =
            (0..40_u32).map(|i| (f64::from(i * 7 % 5) * scale, 1.0 + f64::from(i % 3))).collect();
        Events::of(&customers)
    };
    let (treated, control) = (arm(1.0), arm(2.0));
    let pooled = |arm: &Events, x: f64| {
        Pooled::exposed(vec![1.0, x], arm.customers, arm.exposure, arm.events, arm.spread)
    };
    let rows = [pooled(&control, 0.0), pooled(&treated, 1.0)];
    let fit = generalised(&rows, Family::Poisson, Variance::Robust0, 0.0).unwrap();
    let log = rates(&treated, &control).unwrap().log_ratio.unwrap();
    assert!((log.value - fit.coefficients[1]).abs() < 1e-12);
    assert!((log.se * (39.0_f64 / 40.0).sqrt() - fit.se(1)).abs() < 1e-12);
}

/// Ten stores per arm of unequal size with a spread of their own.
#[test]
fn intervals_of_clusters_cover() {
    let repeats = 400;
    let mut held = 0;
    for seed in 0..repeats {
        let mut dice = Dice::new(seed);
        let all: Vec<Cluster> = (0..20)
            .map(|i| {
                let people = 40.0 + 40.0 * dice.even();
                let treated = i % 2 == 0;
                let own = 3.0 * dice.normal() + 8.0 / people.sqrt() * dice.normal();
                Cluster { mean: own + if treated { 2.0 } else { 0.0 }, people, treated }
            })
            .collect();
        held += u64::from(clusters(&all).unwrap().interval(Level::P95).contains(2.0));
    }
    assert!(covers(held, repeats), "{held} of {repeats}");
}

/// Five looks find nothing in 95 of 100 experiments without an effect; five plain tests do far worse.
#[test]
fn looks_that_were_planned_keep_the_level() {
    let looks = obrien_fleming(&[0.2, 0.4, 0.6, 0.8, 1.0], Level::P95).unwrap();
    let repeats = 2000;
    let (mut planned, mut plain) = (0_u64, 0_u64);
    for seed in 0..repeats {
        let mut dice = Dice::new(seed);
        let mut sum = 0.0;
        let (mut crossed, mut naive) = (false, false);
        for look in &looks {
            sum += 0.2_f64.sqrt() * dice.normal();
            let z = (sum / look.information.sqrt()).abs();
            crossed |= z > look.edge;
            naive |= z > Level::P95.z();
        }
        planned += u64::from(!crossed);
        plain += u64::from(naive);
    }
    assert!(covers(planned, repeats), "{planned} of {repeats}");
    assert!(plain as f64 > 0.12 * repeats as f64, "{plain} of {repeats}");
}

/// Whatever the slope, the adjusted effect is on average the planted one; with ρ = 0.8 most noise is gone.
#[test]
fn the_outcome_before_takes_noise_off_and_no_effect() {
    let repeats = 300;
    let (mut held, mut ratio) = (0, 0.0);
    for seed in 0..repeats {
        let mut dice = Dice::new(seed);
        let mut arm = |effect: f64| {
            let people: Vec<(f64, f64)> = (0..60)
                .map(|_| {
                    let before = dice.normal();
                    (before, 0.8 * before + 0.6 * dice.normal() + effect)
                })
                .collect();
            Pairs::of(&people).unwrap()
        };
        let both = cuped(&arm(0.5), &arm(0.0)).unwrap();
        held += u64::from(both.adjusted.interval(Level::P95).contains(0.5));
        ratio += (both.adjusted.se / both.raw.se).powi(2) / repeats as f64;
    }
    assert!(covers(held, repeats), "{held} of {repeats}");
    assert!((ratio - 0.36).abs() < 0.03, "{ratio}");
}

/// The bounds hold the effect on those who are always seen, and close where nobody is lost.
#[test]
fn bounds_of_attrition() {
    let even = lee_bounds(&[1.0, 2.0, 3.0], 3, &[0.0, 1.0, 2.0], 3).unwrap();
    assert_eq!((even.low, even.high), (Some(1.0), Some(1.0)));
    let mut dice = Dice::new(4);
    let (mut treated, mut control) = (Vec::new(), Vec::new());
    for i in 0..4000 {
        let y = dice.normal();
        // Of the control, those below −0.5 are never seen.
        if i % 2 == 0 {
            treated.push(y + 1.0);
        } else if y > -0.5 {
            control.push(y);
        }
    }
    let bounds = lee_bounds(&treated, 2000, &control, 2000).unwrap();
    assert!(bounds.contains(1.0));
    let plain = treated.iter().sum::<f64>() / treated.len() as f64
        - control.iter().sum::<f64>() / control.len() as f64;
    assert!(plain < 0.6, "{plain}");
}
