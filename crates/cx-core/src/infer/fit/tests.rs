use super::*;
use crate::infer::Level;
use crate::infer::special::density::ln_gamma;

fn gradient_is_right(f: &impl Fn(&[f64], &mut [f64]) -> f64, at: &[f64]) {
    let mut gradient = vec![0.0; at.len()];
    f(at, &mut gradient);
    let mut scratch = vec![0.0; at.len()];
    for i in 0..at.len() {
        let mut point = at.to_vec();
        let h = 1e-5;
        point[i] += h;
        let up = f(&point, &mut scratch);
        point[i] -= 2.0 * h;
        let down = f(&point, &mut scratch);
        let numeric = (up - down) / (2.0 * h);
        assert!(
            (numeric - gradient[i]).abs() < 1e-6 * gradient[i].abs().max(1.0),
            "{numeric} {}",
            gradient[i]
        );
    }
}

/// Rosenbrock's valley, upside down: maximum 0 at (1, 1).
fn valley(at: &[f64], gradient: &mut [f64]) -> f64 {
    let (x, y) = (at[0], at[1]);
    let across = y - x * x;
    gradient[0] = 400.0 * across * x + 2.0 * (1.0 - x);
    gradient[1] = -200.0 * across;
    -100.0 * across * across - (1.0 - x).powi(2)
}

#[test]
fn a_curved_valley_is_followed_to_its_end() {
    gradient_is_right(&valley, &[-1.2, 1.0]);
    let fit = maximise(&valley, &[vec![-1.2, 1.0]], &Search::default()).unwrap();
    assert!(fit.converged(), "{fit:?}");
    assert!((fit.at[0] - 1.0).abs() < 1e-5 && (fit.at[1] - 1.0).abs() < 1e-5, "{fit:?}");
    assert!(fit.evaluations < 150, "{}", fit.evaluations);
    // Known information [[802, −400], [−400, 200]] and its inverse.
    let covariance = fit.information.covariance.as_ref().unwrap();
    assert!((fit.information.matrix[(0, 0)] - 802.0).abs() < 0.01);
    assert!((covariance[(0, 0)] - 0.5).abs() < 1e-3 && (covariance[(1, 1)] - 2.005).abs() < 1e-3);
    assert!(fit.gain.unwrap() <= 1e-14);
}

/// The units of the likelihood do not matter: ten million answers or one tenth of one.
#[test]
fn the_scale_of_the_likelihood_does_not_matter() {
    for n in [0.1, 10.0, 1e4, 1e7, 1e10] {
        let f = |at: &[f64], gradient: &mut [f64]| {
            let value = n * valley(at, gradient);
            for g in gradient.iter_mut() {
                *g *= n;
            }
            value
        };
        let fit = maximise(&f, &[vec![-1.2, 1.0]], &Search::default()).unwrap();
        assert!(fit.converged(), "n {n}: {fit:?}");
        // Within a ten-thousandth of the standard error.
        for k in 0..2 {
            let error = fit.information.standard_error(k).unwrap();
            assert!((fit.at[k] - 1.0).abs() < 1e-4 * error.max(1e-5), "n {n}: {fit:?}");
        }
        let expected = (0.5_f64 / n).sqrt();
        assert!((fit.information.standard_error(0).unwrap() / expected - 1.0).abs() < 1e-2);
    }
}

/// A negative binomial over counts, r and p: gradient, information and both intervals.
#[test]
fn a_likelihood_with_gamma_functions_and_its_intervals() {
    let counts = [0.0, 0.0, 1.0, 4.0, 2.0, 0.0, 9.0, 1.0, 3.0, 0.0, 0.0, 7.0];
    let f = |at: &[f64], gradient: &mut [f64]| {
        let (r, odds) = (at[0].exp(), at[1].exp());
        let value = |r: f64| -> f64 {
            counts
                .iter()
                .map(|k| ln_gamma(r + k) - ln_gamma(r) + k * odds.ln() - (r + k) * odds.ln_1p())
                .sum()
        };
        let h = 1e-5 * r;
        gradient[0] = r * (value(r + h) - value(r - h)) / (2.0 * h);
        gradient[1] = counts.iter().map(|k| k - (r + k) * odds / (1.0 + odds)).sum();
        value(r)
    };
    let fit = maximise(&f, &[vec![0.0, 0.0], vec![2.0, -2.0]], &Search::default()).unwrap();
    assert!(fit.converged(), "{fit:?}");
    // The mean of the fit is the mean of the counts.
    assert!(((fit.at[0] + fit.at[1]).exp() - 2.25).abs() < 1e-7);
    let wald = fit.interval_exp(0, Level::P95).unwrap();
    let by_profile = profile(&f, &fit, 0, 20.0, Level::P95).unwrap();
    let (low, high) = (by_profile.low.unwrap().exp(), by_profile.high.unwrap().exp());
    assert!(low < fit.at[0].exp() && fit.at[0].exp() < high);
    // The profile leans to large r, where the counts tell little.
    assert!(high > wald.high.unwrap() && low > wald.low.unwrap(), "{low} {high} {wald:?}");
    // At the limits the profile is z²/2 lower: two parameters, so the other one is free there.
    let mut scratch = [0.0; 2];
    let best =
        (-8000..8000).map(|i| f(&[high.ln(), f64::from(i) * 1e-3], &mut scratch)).fold(f64::MIN, f64::max);
    assert!((fit.value - best - 0.5 * Level::P95.z().powi(2)).abs() < 1e-4);
}

#[test]
fn equal_counts_run_away_and_are_named() {
    // Less spread than Poisson: r to infinity, odds to 0, along a ridge r · odds = 2.
    let f = |at: &[f64], gradient: &mut [f64]| {
        let (r, odds) = (at[0].exp(), at[1].exp());
        // Eight units with two events each.
        gradient[0] = 8.0 * r * (1.0 / r + 1.0 / (r + 1.0) - odds.ln_1p());
        gradient[1] = 8.0 * (2.0 - (r + 2.0) * odds / (1.0 + odds));
        8.0 * (at[0] + r.ln_1p() + at[0] + 2.0 * at[1] - at[0] - (r + 2.0) * odds.ln_1p())
    };
    gradient_is_right(&f, &[0.3, 0.2]);
    let fit = maximise(&f, &[vec![0.0, 0.0]], &Search::default()).unwrap();
    let Verdict::Flat { direction } = &fit.verdict else { panic!("{fit:?}") };
    assert!(direction[0] > 0.3 && direction[1] < -0.3, "{direction:?}");
    let refused = fit.refusal(&["r", "odds"]).unwrap();
    assert!(refused.reason.contains("r upwards, odds downwards"), "{refused:?}");
    assert_eq!(fit.interval(0, Level::P95), None);
}

#[test]
fn a_ridge_is_no_maximum() {
    let f = |at: &[f64], gradient: &mut [f64]| {
        let sum = at[0] + at[1] - 1.0;
        gradient.fill(-20.0 * sum);
        -10.0 * sum * sum
    };
    let fit = maximise(&f, &[vec![3.0, 1.0]], &Search::default()).unwrap();
    let Verdict::Flat { direction } = &fit.verdict else { panic!("{fit:?}") };
    assert!((direction[0] + direction[1]).abs() < 1e-6);
    assert_eq!(fit.information.covariance, None);
    // A constant is flat everywhere.
    let nothing = |_: &[f64], gradient: &mut [f64]| {
        gradient.fill(0.0);
        -3.0
    };
    let fit = maximise(&nothing, &[vec![3.0, 1.0]], &Search::default()).unwrap();
    assert!(matches!(fit.verdict, Verdict::Flat { .. }), "{fit:?}");
}

#[test]
fn a_saddle_is_left() {
    // Two peaks at x = ±1, a saddle at 0.
    let f = |at: &[f64], gradient: &mut [f64]| {
        let (x, y) = (at[0], at[1]);
        gradient[0] = 100.0 * (x - x * x * x);
        gradient[1] = -100.0 * y;
        100.0 * (0.5 * x * x - 0.25 * x.powi(4) - 0.5 * y * y)
    };
    let fit = maximise(&f, &[vec![0.0, 0.7]], &Search::default()).unwrap();
    assert!(fit.converged(), "{fit:?}");
    assert!((fit.at[0].abs() - 1.0).abs() < 1e-6, "{fit:?}");
}

#[test]
fn the_highest_of_several_peaks_wins() {
    let f = |at: &[f64], gradient: &mut [f64]| {
        let x = at[0];
        // Peaks near −1 (lower) and +1 (higher).
        gradient[0] = 100.0 * (x - x * x * x) + 5.0;
        100.0 * (0.5 * x * x - 0.25 * x.powi(4)) + 5.0 * x
    };
    let fit = maximise(&f, &[vec![-1.5], vec![0.9]], &Search::default()).unwrap();
    assert_eq!(fit.start, 1);
    assert!(fit.at[0] > 1.0 && fit.converged());
}

#[test]
fn searches_that_cannot_begin_say_so() {
    let never = |_: &[f64], _: &mut [f64]| f64::NAN;
    assert_eq!(maximise(&never, &[vec![0.0]], &Search::default()), Err(NoFit::NotFinite));
    assert_eq!(maximise(&valley, &[], &Search::default()), Err(NoFit::NoStart));
    assert_eq!(maximise(&valley, &[vec![]], &Search::default()), Err(NoFit::NoStart));
    assert_eq!(maximise(&valley, &[vec![0.0, 0.0], vec![0.0]], &Search::default()), Err(NoFit::NoStart));
    // One bad start among good ones is passed over.
    let half = |at: &[f64], gradient: &mut [f64]| {
        gradient[0] = 1.0 / at[0] - 1.0;
        at[0].ln() - at[0]
    };
    let fit = maximise(&half, &[vec![-1.0], vec![5.0]], &Search::default()).unwrap();
    assert!(fit.converged() && (fit.at[0] - 1.0).abs() < 1e-6);
}

#[test]
fn out_of_steps_and_wrong_gradients_are_named() {
    let fit = maximise(&valley, &[vec![-1.2, 1.0]], &Search { steps: 3, ..Search::default() }).unwrap();
    assert_eq!(fit.verdict, Verdict::OutOfSteps);
    assert_eq!(fit.refusal(&["x", "y"]).unwrap().rule, "search unfinished");
    // A gradient that points the wrong way.
    let wrong = |at: &[f64], gradient: &mut [f64]| {
        gradient[0] = 2.0 * (at[0] - 1.0) + 3.0;
        -(at[0] - 1.0).powi(2)
    };
    let fit = maximise(&wrong, &[vec![4.0]], &Search::default()).unwrap();
    assert_eq!(fit.verdict, Verdict::Stalled);
}
