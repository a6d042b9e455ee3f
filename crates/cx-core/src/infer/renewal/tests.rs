//! Laws of the laws; reference values stand with the golden suites.

use super::fitted::log_likelihood;
use super::*;
use crate::infer::Level;
use crate::stats::{GROUPS, group_weight};

const SURVIVORS: [f64; 8] = [1000.0, 869.0, 743.0, 653.0, 593.0, 551.0, 517.0, 491.0];

fn renewals() -> Renewals {
    Renewals::of_survivors(&SURVIVORS).unwrap()
}

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance * (1.0 + b.abs()), "{a} instead of {b}");
}

/// The sum itself, far enough out.
#[test]
fn lifetimes_are_the_sums_they_stand_for() {
    for (a, b) in [(0.668, 3.806), (0.2, 0.3), (5.0, 40.0), (0.7, 0.05), (300.0, 900.0)] {
        let law = Sbg { a, b };
        for rate in [0.03, 0.1, 0.5] {
            let (mut sum, mut survival, mut x) = (0.0, 1.0, 1.0);
            for t in 1..=4000 {
                sum += survival * x;
                survival *= law.retention(t);
                x /= 1.0 + rate;
            }
            close(law.del(rate).unwrap(), sum, 1e-12);
        }
        // Tiny rates still settle, towards the undiscounted sum where there is one.
        let slow = law.del(1e-7).unwrap();
        assert!(slow.is_finite() && slow > law.del(0.03).unwrap());
    }
    close(Sbg { a: 3.0, b: 5.0 }.del(1e-9).unwrap(), 3.5, 1e-6);
    for bad in [-0.1, f64::NAN] {
        assert_eq!(Sbg { a: 2.0, b: 3.0 }.del(bad), None);
    }
    assert_eq!(Sbg { a: 1.0, b: 3.0 }.derl(2, 0.0), None);
}

#[test]
fn survival_is_one_whichever_way_it_is_summed() {
    let law = Sbg { a: 0.4, b: 2.3 };
    close(
        law.survival(5000.0),
        law.survival(4096.0) * (4097..=5000).map(|t| law.retention(t)).product::<f64>(),
        1e-11,
    );
    close(law.survival(3.0), law.retention(1) * law.retention(2) * law.retention(3), 1e-14);
}

/// The gradients are those of the likelihoods.
#[test]
fn gradients_are_slopes() {
    let data = renewals();
    let plain = log_likelihood(&data);
    let (mut gradient, mut scratch) = ([0.0; 2], [0.0; 2]);
    let at = [0.3_f64, 1.1];
    plain(&at, &mut gradient);
    for k in 0..2 {
        let (mut up, mut down) = (at, at);
        up[k] += 1e-6;
        down[k] -= 1e-6;
        let slope = (plain(&up, &mut scratch) - plain(&down, &mut scratch)) / 2e-6;
        close(gradient[k], slope, 1e-6);
    }
}

#[test]
fn alike_customers_give_the_geometric_law() {
    let survivors: Vec<f64> = (0..8).map(|t| 1e5 * 0.8_f64.powi(t)).collect();
    let fitted = fit_sbg(&Renewals::of_survivors(&survivors).unwrap()).unwrap();
    let Fitted::Alike { law, .. } = &fitted else { panic!("{fitted:?}") };
    close(law.retention, 0.8, 1e-12);
    assert_eq!((fitted.law(), fitted.parameters(Level::P95).is_none()), ("geometric", true));
    let del = fitted.at(Level::P95).del(0.1);
    close(del.value.unwrap(), 1.1 / 0.3, 1e-9);
    assert!(del.interval.unwrap().contains(1.1 / 0.3));
    // Rates of leaving that rise are not heterogeneity either.
    let rising = Renewals::of_survivors(&[1000.0, 950.0, 850.0, 680.0, 440.0, 200.0]).unwrap();
    assert!(matches!(fit_sbg(&rising).unwrap(), Fitted::Alike { .. }));
}

#[test]
fn what_cannot_be_fitted_is_refused_by_name() {
    let rule = |survivors: &[f64]| {
        Renewals::of_survivors(survivors).and_then(|r| fit_sbg(&r).map(|_| ())).unwrap_err().rule
    };
    assert_eq!(rule(&[10.0, 9.0, 8.0, 7.0]), "few_renewals");
    assert_eq!(rule(&[10.0, 10.0, 10.0, 10.0, 10.0]), "nobody_left");
    assert_eq!(rule(&[10.0, 9.0, 9.5, 7.0, 5.0]), "renewals_rise");
    assert_eq!(rule(&[10.0, f64::NAN, 9.5, 7.0, 5.0]), "renewals_rise");
    // Some leave at once and nobody after: b runs to 0 with a.
    assert_eq!(rule(&[100.0, 60.0, 60.0, 60.0, 60.0, 60.0]), "likelihood without a peak");
}

/// Two cohorts of one law are one sum, and the number of customers scales the error alone.
#[test]
fn cohorts_of_one_law_are_one_sum() {
    let mut twice = renewals();
    twice.merge(&renewals());
    let (one, two) = (fit_sbg(&renewals()).unwrap(), fit_sbg(&twice).unwrap());
    let (p, q) = (one.parameters(Level::P95).unwrap(), two.parameters(Level::P95).unwrap());
    for k in 0..2 {
        close(p[k].value.unwrap(), q[k].value.unwrap(), 1e-6);
        close(p[k].se.unwrap(), q[k].se.unwrap() * 2.0_f64.sqrt(), 1e-4);
        let profile = one.profiles(Level::P95).unwrap()[k];
        assert!(profile.contains(p[k].value.unwrap()));
    }
}

/// On a border of the region the likelihood lies by the drop below its maximum;
/// the interval of a parameter over it is its profile interval.
#[test]
fn the_region_is_the_profile() {
    let fitted = fit_sbg(&renewals()).unwrap();
    let profile = fitted.profiles(Level::P95).unwrap()[1];
    let over = fitted.at(Level::P95).figure(crate::ground::unit::Unit::Ratio, |law| Some(law.b), |_| None);
    let interval = over.interval.unwrap();
    close(interval.low.unwrap(), profile.low.unwrap(), 2e-3);
    close(interval.high.unwrap(), profile.high.unwrap(), 2e-3);
}

/// One Newton step lands where the fit of the drawn world lands, to first order.
#[test]
fn a_step_is_the_fit_of_the_world() {
    let fitted = fit_sbg(&renewals()).unwrap();
    let Fitted::Sbg { law, .. } = fitted else { panic!() };
    // Every group a twentieth of the cohort, unevenly lost.
    let groups: Vec<Renewals> = (0..GROUPS as usize)
        .map(|g| {
            let mut survivors = SURVIVORS.map(|s| s / 10.0);
            for (t, s) in survivors.iter_mut().enumerate().skip(1) {
                *s *= 1.0 - 0.1 * (((g + t) % 5) as f64 / 5.0) / t as f64;
            }
            for t in 1..survivors.len() {
                survivors[t] = survivors[t].min(survivors[t - 1]);
            }
            Renewals::of_survivors(&survivors).unwrap()
        })
        .collect();
    let mut whole = Renewals::default();
    for group in &groups {
        whole.merge(group);
    }
    let Fitted::Sbg { law: centre, .. } = fit_sbg(&whole).unwrap() else { panic!() };
    let worlds = sbg_worlds(centre, &groups, 3, 20);
    assert_eq!(worlds, sbg_worlds(centre, &groups, 3, 20));
    for (b, world) in worlds.iter().enumerate() {
        let mut drawn = Renewals::default();
        for (g, group) in groups.iter().enumerate() {
            for _ in 0..group_weight(3, g as u32, b as u32) {
                drawn.merge(group);
            }
        }
        let Fitted::Sbg { law: there, .. } = fit_sbg(&drawn).unwrap() else { panic!() };
        let stepped = world.unwrap();
        let moved = (there.a / centre.a).ln().abs().max((there.b / centre.b).ln().abs());
        let missed = (there.a / stepped.a).ln().abs().max((there.b / stepped.b).ln().abs());
        assert!(missed < 0.1 * moved + 1e-6, "world {b}: {missed} of {moved}");
    }
    assert!(law.a > 0.0);
}
