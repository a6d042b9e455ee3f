//! Panels whose truth is known.

use super::*;
use crate::infer::Level;
use crate::infer::effects::dice::{Dice, covers};
use crate::infer::effects::did::{Panel, UnitPath};

/// Units that follow two common paths in different measure; the last `treated` gain 2 from period 14 on.
fn paths(n: usize, treated: usize, seed: u64) -> Vec<UnitPath> {
    let mut dice = Dice::new(seed);
    let common: Vec<[f64; 2]> = (0..20).map(|t| [0.2 * f64::from(t), dice.normal()]).collect();
    (0..n)
        .map(|i| {
            let (a, b, c) = (dice.even(), dice.even(), 3.0 * dice.normal());
            let start = (i >= n - treated).then_some(14);
            let outcomes = (0..20)
                .map(|t| {
                    let effect = if start.is_some_and(|s| t >= s) { 2.0 } else { 0.0 };
                    c + a * common[t][0] + b * common[t][1] + 0.5 * dice.normal() + effect
                })
                .collect();
            UnitPath { start, outcomes }
        })
        .collect()
}

#[test]
fn intervals_hold_the_planted_effect() {
    let repeats = 100;
    let (mut one, mut some) = (0, 0);
    for seed in 0..repeats {
        let single = Panel::new(paths(25, 1, seed)).unwrap();
        let found = differences(&single, Spread::Placebo { choices: 0, seed }).unwrap();
        one += u64::from(found.effect.interval(Level::P95).contains(2.0));
        let several = Panel::new(paths(40, 10, seed)).unwrap();
        let found = differences(&several, Spread::Jackknife).unwrap();
        some += u64::from(found.effect.interval(Level::P95).contains(2.0));
    }
    assert!(covers(one, repeats) && covers(some, repeats), "{one} and {some} of {repeats}");
}

#[test]
fn weights_are_mixtures_and_levels_drop_out() {
    let units = paths(25, 3, 4);
    let moved = units.iter().enumerate().map(|(i, unit)| UnitPath {
        start: unit.start,
        outcomes: unit.outcomes.iter().map(|y| y + 100.0 * i as f64).collect(),
    });
    let of = |units: Vec<UnitPath>| {
        differences(&Panel::new(units).unwrap(), Spread::Placebo { choices: 20, seed: 1 }).unwrap()
    };
    let (plain, other) = (of(units.clone()), of(moved.collect()));
    for weights in [&plain.units, &plain.periods] {
        assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9 && weights.iter().all(|w| *w >= 0.0));
    }
    assert!((plain.effect.value - other.effect.value).abs() < 1e-6);
    assert!((plain.effect.se - other.effect.se).abs() < 1e-6);
    let alone = Panel::new(paths(25, 1, 4)).unwrap();
    assert_eq!(differences(&alone, Spread::Jackknife).unwrap_err().rule, "spread of the effect");
}

#[test]
fn mixtures_that_do_not_follow_are_refused() {
    let donors: Vec<Vec<f64>> =
        (0..12).map(|i| (0..20).map(|t| f64::from(i + t * i % 5)).collect()).collect();
    let treated: Vec<f64> = (0..20).map(|t| 6.0 + f64::from(t * t % 11)).collect();
    let data = Donors { treated, donors, start: 14 };
    assert_eq!(measured(&data).unwrap_err().rule, "fit before the start");
    // The predictor that is the outcome's own past gets the importance.
    let noise = |i: usize| (i * 7919 % 13) as f64;
    let own = Predictor { treated: 5.5, donors: (0..12).map(f64::from).collect() };
    let idle = Predictor { treated: 3.0, donors: (0..12).map(noise).collect() };
    let lines: Vec<Vec<f64>> =
        (0..12).map(|i| (0..20).map(|t| f64::from(i) * (1.0 + 0.1 * f64::from(t))).collect()).collect();
    let data = Donors {
        treated: (0..20).map(|t| 5.5 * (1.0 + 0.1 * f64::from(t))).collect(),
        donors: lines,
        start: 14,
    };
    let found = searched(&data, &[own, idle]).unwrap();
    assert!(found.fit.before < 1e-3, "{found:?}");
}
