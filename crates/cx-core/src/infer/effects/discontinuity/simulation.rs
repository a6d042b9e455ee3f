//! Rules whose effect is known.

use super::*;
use crate::infer::Level;
use crate::infer::effects::dice::{Dice, covers};

/// A curve that bends differently on the sides, and a jump of 0.5.
fn units(n: usize, seed: u64, moved: f64) -> (Vec<f64>, Vec<f64>) {
    let mut dice = Dice::new(seed);
    let mut running = Vec::new();
    for _ in 0..n {
        let x = dice.even() + dice.even() - 1.0;
        // Some of those just below carry themselves over.
        running.push(if x < 0.0 && x > -0.1 && dice.even() < moved { -x } else { x });
    }
    let at = |x: f64| if x < 0.0 { x + 2.0 * x * x + x.powi(3) } else { 0.5 + x - x * x };
    let outcome = running.iter().map(|x| at(*x) + 0.3 * dice.normal()).collect();
    (running, outcome)
}

#[test]
fn intervals_hold_the_planted_jump() {
    let repeats = 200;
    let (mut held, mut even) = (0, 0);
    for seed in 0..repeats {
        let (running, outcome) = units(500, seed, 0.0);
        let jump = discontinuity(&Cut { running: &running, outcome: &outcome, at: 0.0 }, None).unwrap();
        held += u64::from(jump.robust.interval(Level::P95).contains(0.5));
        even += u64::from(density(&running, 0.0).unwrap().robust.interval(Level::P95).contains(0.0));
    }
    assert!(covers(held, repeats), "{held} of {repeats}");
    // The robust density test rejects a little more often than 5 %.
    assert!(even as f64 > 0.89 * repeats as f64, "{even} of {repeats}");
}

#[test]
fn units_that_choose_their_side_are_noticed() {
    let (running, outcome) = units(2_000, 5, 0.8);
    let cut = Cut { running: &running, outcome: &outcome, at: 0.0 };
    assert_eq!(measured(&cut, &[]).unwrap_err().rule, "density at the cut-off");
    let (running, outcome) = units(2_000, 5, 0.0);
    let cut = Cut { running: &running, outcome: &outcome, at: 0.0 };
    let sound = measured(&cut, &[("the running variable", &running)]).unwrap();
    assert_eq!(sound.checks.len(), 6);
    // A covariate that jumps with the outcome.
    assert_eq!(measured(&cut, &[("income", &outcome)]).unwrap_err().rule, "covariates at the cut-off");
}

/// The jump follows the outcome's scale and place, and does not know the units of the rule.
#[test]
fn units_of_measure_do_not_matter() {
    let (running, outcome) = units(400, 9, 0.0);
    let of = |by: f64, scale: f64, shift: f64| {
        let running: Vec<f64> = running.iter().map(|x| by * x + 7.0).collect();
        let outcome: Vec<f64> = outcome.iter().map(|y| scale * y + shift).collect();
        discontinuity(&Cut { running: &running, outcome: &outcome, at: 7.0 }, None).unwrap()
    };
    let (plain, other) = (of(1.0, 1.0, 0.0), of(1000.0, -3.0, 11.0));
    assert!((other.robust.value + 3.0 * plain.robust.value).abs() < 1e-6);
    assert!((other.robust.se - 3.0 * plain.robust.se).abs() < 1e-6);
    assert!((other.bandwidths.line / plain.bandwidths.line - 1000.0).abs() < 1e-3);
    assert_eq!(plain.near, other.near);
}

#[test]
fn rounded_values_are_refused() {
    let (running, outcome) = units(500, 3, 0.0);
    let rounded: Vec<f64> = running.iter().map(|x| (4.0 * x).round() / 4.0).collect();
    let cut = Cut { running: &rounded, outcome: &outcome, at: 0.0 };
    assert_eq!(discontinuity(&cut, None).unwrap_err().rule, "points near the cut-off");
}
