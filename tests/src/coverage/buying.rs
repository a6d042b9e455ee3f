//! Customers without a contract: parameters of buying models and what is still to come.

use super::{Case, Family, Random, Trial};
use cx_core::infer::Level;
use cx_core::infer::buying::{BgNbd, Cell, Fitted, Model, ParetoNbd, SpendCell, fit, fit_spend, prediction};
use cx_core::stats::GROUPS;

const BG: [f64; 4] = [0.5, 6.0, 0.8, 2.5];
const PARETO: [f64; 4] = [0.6, 8.0, 0.8, 12.0];
const SPEND: [f64; 3] = [6.0, 4.0, 15.0];
/// Weeks ahead that are foretold.
const AHEAD: f64 = 26.0;

/// A customer's purchases after the first, watched for `age` and then for `AHEAD` more.
fn customer(
    random: &mut Random,
    age: f64,
    rate: f64,
    mut there: impl FnMut(&mut Random, f64) -> bool,
) -> (Cell, f64) {
    let (mut x, mut last, mut later, mut now) = (0.0, 0.0, 0.0, 0.0);
    loop {
        now += random.exponential() / rate;
        if now > age + AHEAD || !there(random, now) {
            break;
        }
        if now <= age {
            (x, last) = (x + 1.0, now);
        } else {
            later += 1.0;
        }
    }
    let group = random.below(GROUPS as usize) as u32;
    (Cell::one(x, last, age).times(1.0, group), later)
}

/// `n` customers of 20 to 50 weeks, and what they bring later.
fn bg_nbd(random: &mut Random, n: usize) -> (Vec<Cell>, f64) {
    let [r, alpha, a, b] = BG;
    let mut later = 0.0;
    let cells = (0..n).map(|i| {
        let (rate, leave) = (random.gamma(r) / alpha, random.beta(a, b));
        let age = (20 + i % 31) as f64;
        let mut stays = true;
        let (cell, more) = customer(random, age, rate, |random, _| {
            let was = stays;
            stays = stays && !random.chance(leave);
            was
        });
        later += more;
        cell
    });
    (cells.collect(), later)
}

fn pareto_nbd(random: &mut Random, n: usize) -> (Vec<Cell>, f64) {
    let [r, alpha, s, beta] = PARETO;
    let mut later = 0.0;
    let cells = (0..n).map(|i| {
        let rate = random.gamma(r) / alpha;
        let until = random.exponential() / (random.gamma(s) / beta);
        let (cell, more) = customer(random, (20 + i % 31) as f64, rate, |_, now| now <= until);
        later += more;
        cell
    });
    (cells.collect(), later)
}

/// The interval of parameter `k`, where the fit has one.
fn parameter<M: Model>(cells: &[Cell], truth: [f64; 4], k: usize) -> Trial {
    Trial::Interval(truth[k], fit::<M>(cells).ok().and_then(|f| f.interval(k, Level::P95)))
}

/// The interval of what the whole base buys in the weeks ahead.
fn forecast<M: Model>(cells: &[Cell], later: f64) -> Trial {
    let interval = fit::<M>(cells).ok().and_then(|fitted: Fitted<M>| {
        let worlds = fitted.worlds(cells, 1, 400);
        let mean = fitted.spread(cells, &worlds, 0, |m, c| m.ahead(c, AHEAD).mean);
        let variance = fitted.spread(cells, &worlds, 0, |m, c| m.ahead(c, AHEAD).variance);
        let pairs: Vec<(f64, f64)> = mean.worlds.into_iter().zip(variance.worlds).collect();
        prediction(&pairs, Level::P95)
    });
    Trial::Interval(later, interval)
}

/// The mean spend of a purchase over customers, from `n` of them.
fn spend(random: &mut Random, n: usize) -> Trial {
    let [p, q, gamma] = SPEND;
    let cells: Vec<SpendCell> = (0..n)
        .map(|_| {
            let nu = random.gamma(q) / gamma;
            let x = 1.0 + random.poisson(2.0) as f64;
            let total = random.gamma(p * x) / nu;
            SpendCell { x, total, count: 1.0, group: random.below(GROUPS as usize) as u32 }
        })
        .collect();
    let interval = fit_spend(&cells).ok().and_then(|fitted| {
        let worlds = fitted.worlds(&cells, 1, 400);
        let means = worlds.iter().map(|w| w.population_mean().unwrap_or(f64::INFINITY)).collect();
        let value = fitted.model.population_mean().ok()?;
        cx_core::infer::buying::Spread { value, worlds: means, expanded: false }.interval(Level::P95)
    });
    Trial::Interval(p * gamma / (q - 1.0), interval)
}

const CUSTOMERS: &[u64] = &[300, 1000];

/// Models of repeat purchases: too slow for the page, they have a suite of their own.
pub fn family() -> Family {
    let mut cases = Vec::new();
    for (k, population) in ["BG/NBD, r", "BG/NBD, alpha", "BG/NBD, a", "BG/NBD, b"].into_iter().enumerate() {
        cases.push(Case::new("Wald on the log (default)", population, move |random, n| {
            parameter::<BgNbd>(&bg_nbd(random, n).0, BG, k)
        }));
    }
    for (k, population) in
        ["Pareto/NBD, r", "Pareto/NBD, alpha", "Pareto/NBD, s", "Pareto/NBD, beta"].into_iter().enumerate()
    {
        cases.push(Case::new("Wald on the log (default)", population, move |random, n| {
            parameter::<ParetoNbd>(&pareto_nbd(random, n).0, PARETO, k)
        }));
    }
    cases.push(Case::new("prediction (default)", "BG/NBD, purchases in 26 weeks", |random, n| {
        let (cells, later) = bg_nbd(random, n);
        forecast::<BgNbd>(&cells, later)
    }));
    cases.push(Case::new("prediction (default)", "Pareto/NBD, purchases in 26 weeks", |random, n| {
        let (cells, later) = pareto_nbd(random, n);
        forecast::<ParetoNbd>(&cells, later)
    }));
    cases.push(Case::new("one-step worlds (default)", "gamma-gamma, mean spend", spend));
    Family {
        title: "Repeat purchases",
        about: "n customers without a contract, watched 20 to 50 weeks, some of whom have left unseen. \
                Parameters of the fitted models; purchases of the whole base in the 26 weeks after the \
                watch, which are themselves random; the mean spend of a purchase.",
        cases: cases.into_iter().map(|case| case.at(CUSTOMERS).resampling()).collect(),
    }
}
