//! Agreement of raters.

use super::{Case, Family, Random, Trial};
use cx_core::ground::estimate::Method;
use cx_core::infer::Level;
use cx_core::infer::agreement::{Disagreement, Scale, cohen, resampled};

/// What two raters say about one unit: chances of every pair of categories.
type Pairs = Vec<Vec<f64>>;

/// Two categories, the second in 30 % of units; each rater errs once in ten.
fn two_categories() -> Pairs {
    let truth = [0.7, 0.3];
    let said = |unit: usize, rater: usize| if unit == rater { 0.9 } else { 0.1 };
    (0..2)
        .map(|i| (0..2).map(|j| (0..2).map(|t| truth[t] * said(t, i) * said(t, j)).sum()).collect())
        .collect()
}

/// Five ordered categories; each rater is one off in three of ten, inside the scale.
fn five_categories() -> Pairs {
    let truth = [0.1, 0.15, 0.25, 0.3, 0.2];
    let said = |unit: usize, rater: usize| -> f64 {
        let near = |x: usize| unit.abs_diff(x) == 1;
        let neighbours = (0..5).filter(|x| near(*x)).count() as f64;
        if unit == rater {
            0.7
        } else if near(rater) {
            0.3 / neighbours
        } else {
            0.0
        }
    };
    (0..5)
        .map(|i| (0..5).map(|j| (0..5).map(|t| truth[t] * said(t, i) * said(t, j)).sum()).collect())
        .collect()
}

/// 1 − Σ δ p / Σ δ p p over the pairs: kappa and, the raters being alike, alpha of the population.
fn agreement(pairs: &Pairs, delta: fn(f64, f64) -> f64) -> f64 {
    let k = pairs.len();
    let margin: Vec<f64> = pairs.iter().map(|row| row.iter().sum()).collect();
    let (mut observed, mut expected) = (0.0, 0.0);
    for i in 0..k {
        for j in 0..k {
            let d = delta(i as f64, j as f64);
            observed += d * pairs[i][j];
            expected += d * margin[i] * margin[j];
        }
    }
    1.0 - observed / expected
}

fn draw(random: &mut Random, pairs: &Pairs) -> (f64, f64) {
    let flat: Vec<f64> = pairs.iter().flatten().copied().collect();
    let place = random.place(&flat);
    ((place / pairs.len()) as f64, (place % pairs.len()) as f64)
}

fn differ(a: f64, b: f64) -> f64 {
    f64::from(u8::from(a != b))
}

fn squared(a: f64, b: f64) -> f64 {
    (a - b) * (a - b)
}

pub(crate) fn family() -> Family {
    let cohen_of = |pairs: Pairs, weights: Disagreement, truth: f64| {
        move |r: &mut Random, n: usize| {
            let rows: Vec<(f64, f64)> = (0..n).map(|_| draw(r, &pairs)).collect();
            Trial::Interval(truth, cohen(&rows, weights).map(|kappa| kappa.interval(Level::P95)))
        }
    };
    let alpha_of = |pairs: Pairs, scale: Scale, truth: f64| {
        move |r: &mut Random, n: usize| {
            let units: Vec<Vec<f64>> = (0..n)
                .map(|_| {
                    let (a, b) = draw(r, &pairs);
                    vec![a, b]
                })
                .collect();
            let limits = resampled(&units, scale, r.bits(), 399).limits(Level::P95);
            Trial::limits(truth, limits, Method::PercentileBootstrap)
        }
    };
    let (two, five) = (two_categories(), five_categories());
    let cases = vec![
        Case::new(
            "Cohen's kappa, Wald",
            "two categories, kappa 0.60",
            cohen_of(two.clone(), Disagreement::Unweighted, agreement(&two, differ)),
        ),
        Case::new(
            "Cohen's kappa, quadratic, Wald",
            "five categories, kappa 0.82",
            cohen_of(five.clone(), Disagreement::Quadratic, agreement(&five, squared)),
        ),
        Case::new(
            "Krippendorff's alpha, percentile bootstrap",
            "two categories, alpha 0.60",
            alpha_of(two.clone(), Scale::Nominal, agreement(&two, differ)),
        )
        .resampling(),
        Case::new(
            "Krippendorff's alpha, percentile bootstrap",
            "five categories, interval, alpha 0.82",
            alpha_of(five.clone(), Scale::Interval, agreement(&five, squared)),
        )
        .resampling(),
    ];
    Family {
        title: "Agreement of raters",
        about: "n counts units that two raters rated; the raters err alike and independently. Bootstraps \
                draw 399 worlds.",
        cases,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_the_populations_state_their_truth() {
        let two = agreement(&two_categories(), differ);
        assert!((two - 0.60).abs() < 0.005, "{two}");
        let five = agreement(&five_categories(), squared);
        assert!((five - 0.82).abs() < 0.005, "{five}");
    }
}
