//! Tests of hypotheses that are true: how often they are left standing at 5 %.

use super::differences::{equal_shares, p_of_windows};
use super::nets::{groups, points};
use super::samples::{RECOMMEND, SATISFIED};
use super::{Case, Family, Random, Trial};
use cx_core::infer::means::{Summary, mann_whitney, welch};
use cx_core::infer::{changes, nets, shares};

fn two_groups(random: &mut Random, n: usize, chances: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut draw = || (0..n).map(|_| random.place(chances) as f64).collect();
    (draw(), draw())
}

pub(crate) fn family() -> Family {
    let inverted = "inverted interval (default)";
    let mix = [0.5, 0.3, 0.2];
    let cases = vec![
        Case::new(inverted, "share against its true 0.3, Wilson", |r, n| {
            let k = r.binomial(n, 0.3) as f64;
            Trial::Test(changes::p_by_inversion(|level| shares::wilson(k, n as f64, level), 0.3))
        }),
        Case::new(inverted, "two shares of 0.3, Newcombe", |r, n| {
            let (a, b) = equal_shares(r, n, 0.3);
            Trial::Test(changes::p_by_inversion(|level| shares::newcombe(a, b, level), 0.0))
        }),
        Case::new(inverted, "two nets of 50/30/20, squared arms", move |r, n| {
            let (a, b) = (groups(r, n, &mix), groups(r, n, &mix));
            Trial::Test(changes::p_by_inversion(|level| nets::difference(&a, &b, level), 0.0))
        }),
        Case::new("pooled z", "two shares of 0.3", |r, n| {
            let (a, b) = equal_shares(r, n, 0.3);
            Trial::Test(shares::pooled_z(a, b).map(|test| test.p))
        }),
        Case::new("z of a net", "50/30/20 against its true net", move |r, n| {
            Trial::Test(nets::z_test(&groups(r, n, &mix), points(&mix)))
        }),
        Case::new("Welch", "two groups, 0 to 10", |r, n| {
            let (a, b) = two_groups(r, n, &RECOMMEND);
            let (a, b) = (Summary::of(&a).expect("values"), Summary::of(&b).expect("values"));
            Trial::Test(welch(&a, &b).map(|test| test.p))
        }),
        Case::new("Mann-Whitney", "two groups, 1 to 5 with ties", |r, n| {
            let (a, b) = two_groups(r, n, &SATISFIED);
            Trial::Test(mann_whitney(&a, &b).map(|test| test.p))
        }),
        Case::new("overlap t (default)", "two windows, 40 % in both", |r, n| {
            Trial::Test(p_of_windows(r, n, 0.4))
        }),
    ];
    Family {
        title: "Tests",
        about: "The hypothesis is true in every sample; the figure is how often p stays at or above 0.05. \
                n counts the answers of each group.",
        cases,
    }
}
