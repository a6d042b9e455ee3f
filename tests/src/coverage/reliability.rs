//! Reliability of items and raters.

use super::{Case, Family, Random, Trial};
use cx_core::infer::Level;
use cx_core::infer::reliability::{IccKind, alpha, feldt, icc};

pub(crate) fn family() -> Family {
    let feldt_of = |items: usize, truth: f64, draw: fn(&mut Random, usize) -> Vec<f64>| {
        move |r: &mut Random, n: usize| {
            let rows: Vec<Vec<f64>> = (0..n).map(|_| draw(r, items)).collect();
            let interval = alpha(&rows).and_then(|a| feldt(a.alpha, n as u64, items as u64, Level::P95));
            Trial::Interval(truth, interval)
        }
    };
    let mut cases = vec![
        Case::new(
            "Feldt (Cronbach's alpha)",
            "five equal normal items, alpha 0.77",
            feldt_of(5, 2.0 / 2.6, equal_items),
        ),
        Case::new(
            "Feldt (Cronbach's alpha)",
            "five unequal normal items, alpha 0.69",
            feldt_of(5, unequal_alpha(), unequal_items),
        ),
        Case::new(
            "Feldt (Cronbach's alpha)",
            "three items on 1 to 5, alpha 0.83",
            feldt_of(3, rounded_alpha(3), rounded_items),
        ),
    ];
    for kind in [IccKind::OneWay, IccKind::OneWayMean] {
        cases.push(Case::new(label(kind), "four raters, anew for each subject", move |r, n| {
            let rows = (0..n).map(|_| {
                let subject = r.normal();
                (0..RATERS).map(|_| subject + r.normal()).collect()
            });
            of_rows(&rows.collect::<Vec<_>>(), kind, 0.5)
        }));
    }
    for kind in [IccKind::TwoWayRandom, IccKind::TwoWayRandomMean] {
        cases.push(Case::new(label(kind), "four raters drawn at random, sd 0.5", move |r, n| {
            let raters: Vec<f64> = (0..RATERS).map(|_| 0.5 * r.normal()).collect();
            of_rows(&crossed(r, n, &raters), kind, 1.0 / 2.25)
        }));
    }
    for kind in [IccKind::TwoWayFixed, IccKind::TwoWayFixedMean] {
        cases.push(Case::new(label(kind), "four given raters", move |r, n| {
            of_rows(&crossed(r, n, &[-0.5, 0.0, 0.2, 0.6]), kind, 0.5)
        }));
    }
    Family {
        title: "Reliability",
        about: "n counts respondents or subjects. In the intraclass correlations subjects and errors are \
                normal with standard deviation 1.",
        cases,
    }
}

const RATERS: usize = 4;

const fn label(kind: IccKind) -> &'static str {
    match kind {
        IccKind::OneWay => "ICC1, F",
        IccKind::OneWayMean => "ICC1k, F",
        IccKind::TwoWayRandom => "ICC2, F with Satterthwaite",
        IccKind::TwoWayRandomMean => "ICC2k, F with Satterthwaite",
        IccKind::TwoWayFixed => "ICC3, F",
        IccKind::TwoWayFixedMean => "ICC3k, F",
    }
}

/// Items of correlation 0.4: alpha = 5 · 0.4/(1 + 4 · 0.4).
fn equal_items(random: &mut Random, k: usize) -> Vec<f64> {
    let factor = random.normal();
    (0..k).map(|_| 0.4_f64.sqrt() * factor + 0.6_f64.sqrt() * random.normal()).collect()
}

const LOADINGS: [f64; 5] = [0.8, 0.7, 0.55, 0.45, 0.3];

fn unequal_items(random: &mut Random, k: usize) -> Vec<f64> {
    let factor = random.normal();
    LOADINGS[..k].iter().map(|l| l * factor + (1.0 - l * l).sqrt() * random.normal()).collect()
}

fn unequal_alpha() -> f64 {
    let sum: f64 = LOADINGS.iter().sum();
    let squares: f64 = LOADINGS.iter().map(|l| l * l).sum();
    let whole = sum * sum - squares + 5.0;
    1.25 * (1.0 - 5.0 / whole)
}

/// An answer on 1 to 5 that leans to the top, of a feeling made of the respondent's and the item's part.
fn rounded(feeling: f64) -> f64 {
    1.0 + [-2.0, -1.5, -0.8, 0.1].iter().filter(|cut| feeling > **cut).count() as f64
}

const SHARED: f64 = 0.7;

fn rounded_items(random: &mut Random, k: usize) -> Vec<f64> {
    let factor = random.normal();
    (0..k).map(|_| rounded(SHARED.sqrt() * factor + (1.0 - SHARED).sqrt() * random.normal())).collect()
}

/// Alpha of these items, from the mean answer at every strength of the shared part.
fn rounded_alpha(k: usize) -> f64 {
    let steps = 2000;
    let node = |i: i32| -8.0 + 16.0 * (f64::from(i) + 0.5) / f64::from(steps);
    let density = |x: f64| (-0.5 * x * x).exp() / std::f64::consts::TAU.sqrt() * 16.0 / f64::from(steps);
    // E and Var of an answer, and the covariance of two: the variance of the conditional mean.
    let over = |f: &dyn Fn(f64) -> f64| -> f64 { (0..steps).map(|i| density(node(i)) * f(node(i))).sum() };
    let mean = over(&rounded);
    let variance = over(&|x| (rounded(x) - mean).powi(2));
    let above = |cut: f64, factor: f64| {
        cx_core::infer::special::normal::tails((cut - SHARED.sqrt() * factor) / (1.0 - SHARED).sqrt()).above
    };
    let given =
        |factor: f64| 1.0 + [-2.0, -1.5, -0.8, 0.1].iter().map(|cut| above(*cut, factor)).sum::<f64>();
    let covariance = over(&|factor| (given(factor) - mean).powi(2));
    let k = k as f64;
    let whole = k * variance + k * (k - 1.0) * covariance;
    k / (k - 1.0) * (1.0 - k * variance / whole)
}

fn crossed(random: &mut Random, n: usize, raters: &[f64]) -> Vec<Vec<f64>> {
    (0..n)
        .map(|_| {
            let subject = random.normal();
            raters.iter().map(|level| subject + level + random.normal()).collect()
        })
        .collect()
}

/// `truth` is the correlation of single ratings; means of all are stepped up.
fn of_rows(rows: &[Vec<f64>], kind: IccKind, truth: f64) -> Trial {
    let mean = matches!(kind, IccKind::OneWayMean | IccKind::TwoWayRandomMean | IccKind::TwoWayFixedMean);
    let k = RATERS as f64;
    let truth = if mean { k * truth / (k - 1.0).mul_add(truth, 1.0) } else { truth };
    let forms = icc(rows, Level::P95);
    let interval = forms.and_then(|all| all.into_iter().find(|form| form.kind == kind)).map(|f| f.interval);
    Trial::Interval(truth, interval)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_the_populations_state_their_truth() {
        assert!((unequal_alpha() - 0.69).abs() < 0.005, "{}", unequal_alpha());
        assert!((rounded_alpha(3) - 0.83).abs() < 0.005, "{}", rounded_alpha(3));
    }
}
