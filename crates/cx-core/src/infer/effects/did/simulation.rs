//! Panels whose truth is known.

use super::*;
use crate::infer::Level;
use crate::infer::effects::dice::{Dice, covers};
use crate::infer::power::Aim;

/// Units with their own level, a common trend, random walks and an effect; every third never starts.
fn panel(n: usize, seed: u64, starts: [Option<usize>; 3], effect: f64, drift: f64) -> Panel {
    let mut dice = Dice::new(seed);
    let units = (0..n)
        .map(|i| {
            let start = starts[i % 3];
            let mut at = 5.0 * dice.normal();
            let outcomes = (0..8)
                .map(|t| {
                    at += 0.5 * dice.normal() + if start.is_some() { drift } else { 0.0 };
                    at + 0.3 * t as f64 + if start.is_some_and(|s| t >= s) { effect } else { 0.0 }
                })
                .collect();
            UnitPath { start, outcomes }
        })
        .collect();
    Panel::new(units).unwrap()
}

const STAGGERED: [Option<usize>; 3] = [Some(3), Some(5), None];

#[test]
fn intervals_and_bands_hold_the_planted_effect() {
    let repeats = 200;
    let (mut held, mut curve, mut passed) = (0, 0, 0);
    for seed in 0..repeats {
        let all = group_time(&panel(90, seed, STAGGERED, 1.0, 0.0), Controls::NotYet, 0).unwrap();
        held += u64::from(overall(&all).unwrap().effect().interval(Level::P95).contains(1.0));
        let points = event_study(&all);
        let bands = simultaneous(&points, 399, seed, Level::P95).unwrap();
        let truth = |p: &EventPoint| if p.event < 0 { 0.0 } else { 1.0 };
        curve += u64::from(points.iter().zip(&bands.intervals).all(|(p, band)| band.contains(truth(p))));
        passed += u64::from(pre_trend(&points, Aim::USUAL).unwrap().p > 0.05);
    }
    assert!(covers(held, repeats), "{held} of {repeats}");
    assert!(curve as f64 > 0.88 * repeats as f64, "{curve} of {repeats}");
    assert!(covers(passed, repeats), "{passed} of {repeats}");
}

/// Thirty units and a dozen months before the start: a true parallel is rejected as often as it says.
#[test]
fn many_periods_and_few_units_keep_the_level() {
    let repeats = 300;
    let accepted = (0..repeats).filter(|seed| {
        let mut dice = Dice::new(7000 + seed);
        let units = (0..30)
            .map(|i| UnitPath {
                start: (i < 15).then_some(13),
                outcomes: (0..16).map(|_| dice.normal()).collect(),
            })
            .collect();
        let all = group_time(&Panel::new(units).unwrap(), Controls::Never, 0).unwrap();
        pre_trend(&event_study(&all), Aim::USUAL).unwrap().p > 0.05
    });
    let accepted = accepted.count() as u64;
    assert!(covers(accepted, repeats), "{accepted} of {repeats}");
}

/// The drift that the test says it finds in 80 of 100 is found about as often.
#[test]
fn the_power_of_the_pre_test_is_what_it_says() {
    let slope_of = |seed| {
        let all = group_time(&panel(90, seed, STAGGERED, 0.0, 0.0), Controls::Never, 0).unwrap();
        pre_trend(&event_study(&all), Aim::USUAL).unwrap().detectable_slope
    };
    let slope = (0..20).map(slope_of).sum::<f64>() / 20.0;
    let repeats = 200;
    let found = (1000..1000 + repeats)
        .filter(|seed| {
            let all = group_time(&panel(90, *seed, STAGGERED, 0.0, slope), Controls::Never, 0).unwrap();
            pre_trend(&event_study(&all), Aim::USUAL).unwrap().p < 0.05
        })
        .count();
    let share = found as f64 / repeats as f64;
    assert!((0.70..0.92).contains(&share), "{share} at a drift of {slope}");
}

#[test]
fn few_units_keep_the_level() {
    let repeats = 150;
    let (mut of_wild, mut of_places) = (0, 0);
    for seed in 0..repeats {
        let some = changes(&panel(15, seed, [Some(4), None, None], 1.0, 0.0)).unwrap();
        assert_eq!((some.treated.len(), some.control.len()), (5, 10));
        of_wild += u64::from(wild(&some, 199, seed, Level::P95).unwrap().interval.contains(1.0));
        of_places += u64::from(randomised(&some, 299, seed, Level::P95).unwrap().interval.contains(1.0));
    }
    assert!(of_wild as f64 > 0.89 * repeats as f64, "wild {of_wild} of {repeats}");
    assert!(covers(of_places, repeats), "places {of_places} of {repeats}");
}

/// A larger departure before the start makes the result break down sooner.
#[test]
fn drift_breaks_the_result() {
    let at = |drift: f64| {
        let all = group_time(&panel(90, 3, STAGGERED, 2.0, drift), Controls::Never, 0).unwrap();
        breakdown(&all, &event_study(&all), Level::P95).unwrap()
    };
    assert!(at(0.0) > 1.0 && at(0.4) < 0.5 * at(0.0), "{} {}", at(0.0), at(0.4));
}

/// An effect that grows: two-way fixed effects fall below every true effect, group-time effects do not.
#[test]
fn forbidden_comparisons_pull_the_plain_regression_down() {
    let units = (0..30)
        .map(|i| {
            let start = if i % 3 == 2 { None } else { Some(if i % 3 == 0 { 2 } else { 5 }) };
            let outcomes = (0..8)
                .map(|t| f64::from(t) + start.map_or(0.0, |s: i32| f64::from((t - s + 1).max(0))))
                .collect();
            UnitPath { start: start.map(|s| s as usize), outcomes }
        })
        .collect();
    let panel = Panel::new(units).unwrap();
    let right = overall(&group_time(&panel, Controls::Never, 0).unwrap()).unwrap().value;
    let plain = two_way(&panel).unwrap().effect.value;
    assert!((right - 3.0).abs() < 1e-12, "{right}");
    assert!(plain < 0.9 * right, "{plain}");
}

/// What the checks find goes into the grade.
#[test]
fn a_panel_with_its_checks() {
    let sound = measured(&panel(90, 3, STAGGERED, 2.0, 0.0)).unwrap();
    assert!(sound.grade_left == crate::ground::evidence::Grade::Q && sound.checks.iter().all(|c| c.passed));
    let drifting = measured(&panel(90, 3, STAGGERED, 0.1, 0.4)).unwrap();
    assert!(drifting.grade_left < sound.grade_left, "{drifting:?}");
}
