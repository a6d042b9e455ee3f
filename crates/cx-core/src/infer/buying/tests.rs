use super::*;
use crate::ground::estimate::Absent;
use crate::infer::Level;
use crate::infer::fit::{Search, maximise};
use crate::infer::special::{Tails, gamma};
use crate::stats::{cluster_hash, group_of, group_weight, world_bits};

/// A gradient against central differences of the log-likelihood.
fn gradient_is_right<M: Model>(model: &M, cell: &Cell) {
    let (value, gradient) = model.log_likelihood(cell);
    assert!(
        value.is_finite() && gradient.iter().all(|g| g.is_finite()),
        "{model:?} {cell:?}: {value} {gradient:?}"
    );
    for k in 0..4 {
        let moved = |h: f64| {
            let mut p = model.parameters();
            p[k] *= f64::exp(h);
            M::new(p).log_likelihood(cell).0
        };
        let h = 1e-4;
        // Five points: the error is of the fourth order.
        let slope = (8.0 * (moved(h) - moved(-h)) - (moved(2.0 * h) - moved(-2.0 * h))) / (12.0 * h);
        let allowed = 1e-7 * gradient[k].abs().max(1.0) + 1e-11 * value.abs();
        assert!(
            (slope - gradient[k]).abs() <= allowed,
            "{model:?} {cell:?} {}: {slope} {}",
            M::NAMES[k],
            gradient[k]
        );
    }
}

fn histories() -> Vec<Cell> {
    let mut cells = Vec::new();
    for (x, recency, age) in [
        (0.0, 0.0, 38.9),
        (0.0, 0.0, 0.01),
        (0.0, 0.0, 5e4),
        (2.0, 30.43, 38.86),
        (1.0, 1.71, 38.86),
        (29.0, 37.9, 38.1),
        (26.0, 30.86, 31.0),
        (10.0, 38.0, 38.0),
        (3.0, 0.3, 5000.0),
        (3000.0, 500.0, 520.0),
        (3000.0, 100.0, 900.0),
        (1.0, 0.001, 0.002),
    ] {
        cells.push(Cell::one(x, recency, age));
    }
    cells
}

#[test]
fn gradients_hold_in_every_corner() {
    for cell in histories() {
        for p in [
            [0.243, 4.414, 0.793, 2.426],
            [1e-3, 10.0, 1e-3, 5.0],
            [50.0, 400.0, 30.0, 900.0],
            [0.5, 1e-3, 1.0, 1.0],
            [1e5, 1e6, 1e7, 2e8],
            [3.0, 2e-5, 0.2, 1e-4],
        ] {
            gradient_is_right(&BgNbd::new(p), &cell);
            gradient_is_right(&MbgNbd::new(p), &cell);
            gradient_is_right(&ParetoNbd::new(p), &cell);
        }
    }
    for (x, last, n) in
        [(0.0, 0.0, 6.0), (1.0, 3.0, 6.0), (6.0, 6.0, 6.0), (40.0, 150.0, 300.0), (0.0, 0.0, 1.0)]
    {
        for p in [[1.2035, 0.7497, 0.6567, 2.7834], [1e-3, 4.0, 20.0, 0.1], [1e6, 2e6, 1e4, 5e5]] {
            gradient_is_right(&BgBb::new(p), &Cell::one(x, last, n));
        }
    }
}

/// The sum over a table against the sum cell by cell.
fn table_is_right<M: Model>(model: &M, cells: &[Cell]) {
    let (value, slopes) = model.total(&Table::new(cells));
    let (mut sum, mut sums, mut sizes) = (0.0, [0.0; 4], [0.0; 4]);
    for cell in cells {
        let (value, slopes) = model.log_likelihood(cell);
        sum += cell.count * value;
        for k in 0..4 {
            sums[k] += cell.count * slopes[k];
            sizes[k] += (cell.count * slopes[k]).abs();
        }
    }
    // A history that is almost certain has a log near 0, known to the rounding of the logs it is made of.
    let rounding = 1e-13 * cells.iter().map(|cell| cell.count).sum::<f64>();
    let off = (value - sum).abs();
    assert!(off <= 1e-10f64.mul_add(sum.abs(), rounding), "{model:?}: {value} instead of {sum}, {cells:?}");
    for k in 0..4 {
        // Slopes of a customer that cancel (r·ψ against r·ln) are known to that size only.
        let off = (slopes[k] - sums[k]).abs();
        let name = M::NAMES[k];
        assert!(off <= 1e-10 * sizes[k].max(1.0), "{model:?} {name}: {} instead of {}", slopes[k], sums[k]);
    }
}

#[test]
fn a_table_sums_what_its_cells_say() {
    // Every extreme history alone, and all of them together with times that lie close or far apart.
    let mut all: Vec<Cell> = histories().into_iter().map(|c| c.times(3.0, 1)).collect();
    for x in [0.0, 1.0, 2.0, 3.0, 40.0, 3000.0] {
        for age in [0.002, 1.0, 1.0 + 1e-9, 26.0, 77.0 + 1.0 / 7.0, 520.0, 5e4] {
            for share in [1e-6, 0.3, 0.999, 1.0] {
                all.push(Cell::one(x, if x > 0.0 { share * age } else { 0.0 }, age).times(2.0, 5));
            }
        }
    }
    for p in [
        [0.243, 4.414, 0.793, 2.426],
        [1e-3, 10.0, 1e-3, 5.0],
        [50.0, 400.0, 30.0, 900.0],
        [0.5, 1e-3, 1.0, 1.0],
        [1e5, 1e6, 1e7, 2e8],
        [3.0, 2e-5, 0.2, 1e-4],
        [1e-3, 1e4, 50.0, 1e-3],
    ] {
        for cells in all.chunks(1).take(12).chain([&all[..]]) {
            table_is_right(&BgNbd::new(p), cells);
            table_is_right(&MbgNbd::new(p), cells);
            table_is_right(&ParetoNbd::new(p), cells);
        }
    }
    let occasions: Vec<Cell> = [(0.0, 0.0, 6.0), (1.0, 3.0, 6.0), (6.0, 6.0, 6.0), (40.0, 150.0, 300.0)]
        .map(|(x, last, n)| Cell::one(x, last, n).times(4.0, 0))
        .to_vec();
    table_is_right(&BgBb::new([1.2035, 0.7497, 0.6567, 2.7834]), &occasions);
}

/// The order of the cells, their groups and the threads leave every byte as it is.
#[test]
fn a_table_gives_the_same_bytes_on_any_threads() {
    let cells = customers(20_000, TRUTH, false, 21);
    let mut turned = cells.clone();
    turned.reverse();
    let (one, two) = (Table::new(&cells), Table::new(&turned));
    let model = ParetoNbd::new([0.55, 10.6, 0.61, 11.7]);
    assert_eq!(model.total(&one), model.total(&two));
    let sum = |threads| one.sum_on(threads, |piece| piece.one_by_one(&model, &one.times));
    let alone = sum(1);
    assert!([2, 3, 8].into_iter().all(|threads| sum(threads) == alone));
}

/// Even numbers in (0, 1), by counter.
struct Luck(u64, u32);

impl Luck {
    fn even(&mut self) -> f64 {
        self.1 += 1;
        ((world_bits(self.0, self.1) >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    fn gamma(&mut self, shape: f64) -> f64 {
        gamma::quantile(Tails::below(self.even()), shape)
    }

    fn exponential(&mut self) -> f64 {
        -self.even().ln()
    }

    fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a), self.gamma(b));
        x / (x + y)
    }
}

/// Customers of a BG/NBD (or, with `first`, MBG/NBD) world, watched 20 to 50 weeks, in groups by their number.
fn customers(n: u32, [r, alpha, a, b]: [f64; 4], first: bool, seed: u64) -> Vec<Cell> {
    (0..n)
        .map(|i| {
            let mut luck = Luck(cluster_hash(seed, &i.to_le_bytes()), 0);
            let (rate, leave) = (luck.gamma(r) / alpha, luck.beta(a, b));
            let age = f64::from(20 + i % 31);
            let (mut x, mut last, mut now) = (0.0, 0.0, 0.0);
            let mut there = !first || luck.even() >= leave;
            while there {
                now += luck.exponential() / rate;
                if now > age {
                    break;
                }
                (x, last) = (x + 1.0, now);
                there = luck.even() >= leave;
            }
            Cell::one(x, last, age).times(1.0, group_of(&i.to_string()))
        })
        .collect()
}

const TRUTH: [f64; 4] = [0.5, 6.0, 0.8, 2.5];

#[test]
fn the_sum_and_the_integral_of_what_is_to_come_agree() {
    for (a, b) in [(0.793, 2.426), (1.0, 1.5), (0.05, 0.3), (4.0, 0.2), (300.0, 2.0)] {
        let model = BgNbd::new([0.4, 3.0, a, b]);
        for (k, rate, t) in [(0.4, 3.0, 10.0), (5.4, 30.0, 52.0), (40.4, 9.0, 400.0), (0.4, 0.01, 30.0)] {
            let (first, second) = model.coming(k, rate, b + 3.0, t);
            let (one, two) = model.coming_by_integral(k, t / rate, b + 3.0);
            assert!((first / one - 1.0).abs() < 1e-11, "{a} {b} {k} {rate}: {first} {one}");
            assert!((second / two - 1.0).abs() < 1e-8, "{a} {b} {k} {rate}: {second} {two}");
        }
    }
}

/// At a = 1 the published formula divides by 0; here nothing happens.
#[test]
fn nothing_happens_at_a_equal_to_one_or_s_equal_to_one() {
    let cell = Cell::one(3.0, 20.0, 30.0);
    let at = |a: f64| BgNbd::new([0.243, 4.414, a, 2.426]).ahead(&cell, 52.0).mean;
    let middle = at(1.0);
    assert!(middle > 0.0 && (at(1.0 + 1e-9) - middle).abs() < 1e-8 && (at(1.0 - 1e-9) - middle).abs() < 1e-8);
    // mpmath: the closed form at a = 1.0001 and 0.9999 brackets it.
    assert!(at(0.9999) > middle && middle > at(1.0001));
    let at = |s: f64| ParetoNbd::new([0.553, 10.578, s, 11.669]).ahead(&cell, 52.0).mean;
    assert!((at(1.0 + 1e-9) - at(1.0)).abs() < 1e-7 && (at(1.0 - 1e-9) - at(1.0)).abs() < 1e-7);
    // A new customer where a + b = 1: the published prefactor is 0 times infinity.
    let fresh = |b: f64| BgNbd::new([0.243, 4.414, 0.4, b]).fresh(52.0).mean;
    assert!((fresh(0.6) - fresh(0.6 + 1e-9)).abs() < 1e-8 && fresh(0.6) > 0.0);
}

/// Without leaving all models are the negative binomial.
#[test]
fn moments_without_leaving_are_those_of_the_negative_binomial() {
    let (r, alpha, t) = (0.7, 5.0, 30.0);
    let mean = r * t / alpha;
    let variance = mean + mean * mean / r;
    let tiny = 1e-9;
    for moments in [
        BgNbd::new([r, alpha, tiny, 50.0]).fresh(t),
        MbgNbd::new([r, alpha, tiny, 50.0]).fresh(t),
        ParetoNbd::new([r, alpha, tiny, 50.0]).fresh(t),
    ] {
        assert!((moments.mean / mean - 1.0).abs() < 1e-7, "{moments:?} {mean}");
        assert!((moments.variance / variance - 1.0).abs() < 1e-7, "{moments:?} {variance}");
    }
    let n = 8.0;
    let moments = BgBb::new([2.0, 3.0, tiny, 50.0]).fresh(n);
    // Beta-binomial: n·p, n·p(1−p)(a+b+n)/(a+b+1).
    assert!((moments.mean - n * 0.4).abs() < 1e-7);
    assert!((moments.variance - n * 0.24 * 13.0 / 6.0).abs() < 1e-6, "{moments:?}");
}

/// Mean and variance of what a simulated world brings, against the formulas.
#[test]
fn moments_are_those_of_simulated_customers() {
    let n = 40_000;
    for first in [false, true] {
        let cells = customers(n, TRUTH, first, 3);
        let of = |cell: &Cell| {
            if first { MbgNbd::new(TRUTH).fresh(cell.age) } else { BgNbd::new(TRUTH).fresh(cell.age) }
        };
        let mean: f64 = cells.iter().map(|c| of(c).mean).sum();
        let variance: f64 = cells.iter().map(|c| of(c).variance).sum();
        let seen: f64 = cells.iter().map(|c| c.x).sum();
        let spread: f64 = cells.iter().map(|c| (c.x - of(c).mean).powi(2)).sum();
        assert!((seen - mean).abs() < 3.5 * variance.sqrt(), "{seen} {mean}");
        assert!((spread / variance - 1.0).abs() < 0.1, "{spread} {variance}");
    }
}

#[test]
fn numbers_stay_finite_in_every_corner() {
    let parameters = [
        [0.243, 4.414, 0.793, 2.426],
        [1e-3, 1e-3, 1e-3, 1e-3],
        [1e4, 1e4, 1e4, 1e4],
        [1e-3, 1e4, 50.0, 1e-3],
        [30.0, 1e-3, 1e-2, 1e3],
    ];
    for cell in histories() {
        for p in parameters {
            for t in [1e-6, 1.0, 52.0, 1e4, 1e7] {
                let (bg, mbg, pareto) = (BgNbd::new(p), MbgNbd::new(p), ParetoNbd::new(p));
                for (alive, ahead, fresh) in [
                    (bg.alive(&cell), bg.ahead(&cell, t), bg.fresh(t)),
                    (mbg.alive(&cell), mbg.ahead(&cell, t), mbg.fresh(t)),
                    (pareto.alive(&cell), pareto.ahead(&cell, t), pareto.fresh(t)),
                ] {
                    let what = format!("{p:?} {cell:?} {t}: {alive} {ahead:?} {fresh:?}");
                    assert!((0.0..=1.0).contains(&alive), "{what}");
                    assert!(
                        ahead.mean >= 0.0 && ahead.variance >= 0.0 && ahead.variance.is_finite(),
                        "{what}"
                    );
                    // No more than without leaving.
                    let most = (p[0] + cell.x) / (p[1] + cell.age) * t;
                    assert!(
                        ahead.mean <= most * (1.0 + 1e-9) && fresh.mean <= p[0] / p[1] * t * (1.0 + 1e-9),
                        "{what}"
                    );
                }
                for discount in [1e-6, 0.0027, 0.5] {
                    let left = pareto.residual(&cell, discount).unwrap();
                    assert!(left.is_finite() && left >= 0.0, "{p:?} {cell:?} {discount}: {left}");
                }
            }
        }
    }
}

fn rule<T: std::fmt::Debug>(result: Result<T, Absent>) -> String {
    match result {
        Err(Absent::Refused(refused)) => format!("{}: {}", refused.rule, refused.reason),
        other => format!("{other:?}"),
    }
}

#[test]
fn degenerate_customers_are_refused_by_name() {
    assert_eq!(fit::<BgNbd>(&[]), Err(Absent::NoData));
    let silent = [Cell::one(0.0, 0.0, 30.0).times(50.0, 0), Cell::one(0.0, 0.0, 20.0).times(9.0, 0)];
    assert!(rule(fit::<BgNbd>(&silent)).starts_with("nobody came back"));
    assert!(rule(fit::<ParetoNbd>(&silent)).starts_with("nobody came back"));
    let same = [Cell::one(2.0, 10.0, 30.0).times(50.0, 0), Cell::one(2.0, 10.0, 30.0).times(9.0, 3)];
    assert!(rule(fit::<MbgNbd>(&same)).starts_with("everybody alike"));
    for bad in [
        (1.0, 40.0, 30.0),
        (-1.0, 0.0, 30.0),
        (1.5, 3.0, 30.0),
        (0.0, 3.0, 30.0),
        (1.0, 0.0, 30.0),
        (1.0, f64::NAN, 30.0),
    ] {
        let cell = Cell::one(bad.0, bad.1, bad.2);
        assert!(matches!(fit::<BgNbd>(&[cell, silent[0]]), Err(Absent::Undefined { .. })), "{bad:?}");
    }
    // More purchases than occasions.
    assert!(matches!(fit::<BgBb>(&[Cell::one(4.0, 3.0, 6.0), silent[0]]), Err(Absent::Undefined { .. })));
    // Purchases spread evenly over the whole watch: no sign of leaving.
    let loyal: Vec<Cell> = [0.0, 0.0, 1.0, 2.0, 1.0, 14.0, 3.0, 1.0, 31.0, 5.0, 0.0, 2.0]
        .iter()
        .map(|&x| Cell::one(x, 30.0 * x / (x + 1.0), 30.0))
        .collect();
    for found in [rule(fit::<BgNbd>(&loyal)), rule(fit::<ParetoNbd>(&loyal))] {
        let named = ["nobody seems to leave", "leave seems the same", "leaving seems the same"];
        assert!(found.starts_with("likelihood without a peak"), "{found}");
        assert!(named.iter().any(|limit| found.contains(limit)), "{found}");
    }
    // Two histories are not enough for four parameters: whatever comes is a name or a maximum with a covariance.
    let two = [Cell::one(0.0, 0.0, 30.0).times(5.0, 0), Cell::one(2.0, 10.0, 30.0).times(9.0, 0)];
    for found in [
        fit::<BgNbd>(&two).map(|f| f.fit),
        fit::<MbgNbd>(&two).map(|f| f.fit),
        fit::<ParetoNbd>(&two).map(|f| f.fit),
    ] {
        match found {
            Ok(fit) => assert!(fit.information.covariance.is_some(), "{fit:?}"),
            Err(Absent::Refused(refused)) => assert!(!refused.reason.is_empty()),
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[test]
fn degenerate_spend_is_refused_by_name() {
    let cell = |x: f64, total: f64| SpendCell { x, total, count: 1.0, group: 0 };
    assert!(rule(fit_spend(&[])).starts_with("nobody came back"));
    assert!(rule(fit_spend(&[cell(0.0, 0.0), cell(2.0, 0.0)])).starts_with("nobody came back"));
    assert!(rule(fit_spend(&[cell(1.0, 20.0), cell(2.0, 40.0)])).starts_with("everybody alike"));
    assert!(matches!(fit_spend(&[cell(1.0, f64::NAN)]), Err(Absent::Undefined { .. })));
    let broad = GammaGamma { p: 2.0, q: 0.8, gamma: 10.0 };
    assert!(rule(broad.population_mean()).starts_with("no mean spend"));
    assert!(broad.expected_spend(1.0, 30.0).is_ok());
    assert!(rule(broad.expected_spend(0.0, 0.0)).starts_with("no mean spend"));
    assert_eq!(frequency_spend_correlation(&[cell(1.0, 20.0), cell(1.0, 30.0)]), None);
}

#[test]
fn spend_gradients_hold() {
    for (x, total) in [(1.0, 12.5), (3.0, 1e-3), (2000.0, 1e7)] {
        for p in [[6.25, 3.74, 15.44], [0.3, 0.9, 200.0], [1e4, 2e3, 5.0]] {
            let (value, gradient) = GammaGamma { p: p[0], q: p[1], gamma: p[2] }.log_likelihood(x, total);
            for k in 0..3 {
                let moved = |h: f64| {
                    let mut at = p;
                    at[k] *= f64::exp(h);
                    GammaGamma { p: at[0], q: at[1], gamma: at[2] }.log_likelihood(x, total).0
                };
                let h = 1e-4;
                let slope = (8.0 * (moved(h) - moved(-h)) - (moved(2.0 * h) - moved(-2.0 * h))) / (12.0 * h);
                let allowed = 1e-7 * gradient[k].abs().max(1.0) + 1e-10 * value.abs();
                assert!(
                    (slope - gradient[k]).abs() <= allowed,
                    "{x} {total} {p:?} {k}: {slope} {}",
                    gradient[k]
                );
            }
        }
    }
}

/// One Newton step per world: as far apart as the information says, and where a refit would end.
#[test]
fn one_step_worlds_agree_with_information_and_refits() {
    let cells = customers(4000, TRUTH, false, 5);
    let fitted = fit::<BgNbd>(&cells).unwrap();
    let worlds = fitted.worlds(&cells, 9, 400);
    for k in 0..4 {
        let mean = worlds.iter().map(|w| w[k]).sum::<f64>() / 400.0;
        let sd = (worlds.iter().map(|w| (w[k] - mean).powi(2)).sum::<f64>() / 399.0).sqrt();
        let error = fitted.fit.information.standard_error(k).unwrap();
        // 400 worlds and 200 groups: the spread itself is known to about 6 %.
        assert!((sd / error - 1.0).abs() < 0.2, "{}: {sd} against {error}", BgNbd::NAMES[k]);
        assert!((mean - fitted.fit.at[k]).abs() < 0.25 * error);
    }
    // True refits of ten worlds: the step ends within a fraction of a standard error of them.
    for b in 0..10_u32 {
        let resampled: Vec<Cell> =
            cells.iter().map(|c| c.times(c.count * group_weight(9, c.group, b) as f64, c.group)).collect();
        let refit = fit::<BgNbd>(&resampled).unwrap();
        for (k, stepped) in worlds[b as usize].iter().enumerate() {
            let error = fitted.fit.information.standard_error(k).unwrap();
            let off = (refit.fit.at[k] - stepped) / error;
            assert!(off.abs() < 0.6, "world {b} {}: {off} standard errors", BgNbd::NAMES[k]);
        }
        // What the parameters are for agrees far better than they do themselves.
        let by = |model: &BgNbd| cells.iter().map(|c| model.ahead(c, 26.0).mean).sum::<f64>();
        let (one, two) = (by(&at_logs(&worlds[b as usize])), by(&refit.model));
        assert!((one / two - 1.0).abs() < 0.02, "world {b}: {one} {two}");
    }
}

#[test]
fn the_expansion_of_a_total_agrees_with_every_world_in_full() {
    let cells = customers(3000, TRUTH, false, 11);
    let fitted = fit::<BgNbd>(&cells).unwrap();
    let worlds = fitted.worlds(&cells, 2, 400);
    let ahead = |m: &BgNbd, c: &Cell| m.ahead(c, 26.0).mean;
    let full = fitted.spread(&cells, &worlds, usize::MAX, ahead);
    let short = fitted.spread(&cells, &worlds, 0, ahead);
    assert!(!full.expanded && short.expanded && full.value == short.value);
    let sd = full.variance().sqrt();
    // What a second-order expansion leaves out grows with the cube of the distance.
    for (a, b) in full.worlds.iter().zip(&short.worlds) {
        let far = ((a - full.value) / sd).abs().max(2.0);
        assert!((a - b).abs() < 0.02 * far.powi(3) * sd, "{a} {b} ± {sd}");
    }
    let (one, two) = (full.interval(Level::P95).unwrap(), short.interval(Level::P95).unwrap());
    assert!((one.low.unwrap() - two.low.unwrap()).abs() < 0.05 * sd);
    assert!((one.high.unwrap() - two.high.unwrap()).abs() < 0.05 * sd);
    // Some sum of 0 cannot be expanded on the log scale, and is not.
    assert!(!fitted.spread(&cells, &worlds[..40], 0, |_, _| 0.0).expanded);
}

#[test]
fn weights_are_counts() {
    let cells = customers(500, TRUTH, false, 7);
    let twice: Vec<Cell> = cells.iter().map(|c| c.times(2.0, 0)).collect();
    let (one, two) = (fit::<BgNbd>(&cells).unwrap(), fit::<BgNbd>(&twice).unwrap());
    for k in 0..4 {
        let error = one.fit.information.standard_error(k).unwrap();
        assert!((one.fit.at[k] - two.fit.at[k]).abs() < 1e-5 * error);
        let ratio = error / two.fit.information.standard_error(k).unwrap();
        assert!((ratio - 2.0_f64.sqrt()).abs() < 1e-4, "{ratio}");
    }
}

/// Many cells are fitted from the maximum over some of them; the end is the maximum over all.
#[test]
fn a_pilot_only_chooses_the_start() {
    let cells = customers(40_000, TRUTH, false, 17);
    let fitted = fit::<BgNbd>(&cells).unwrap();
    assert!(fitted.cells >= 4 * 4_000 && fitted.fit.converged(), "{} cells", fitted.cells);
    let f = |at: &[f64], gradient: &mut [f64]| log_likelihood::<BgNbd>(&cells, at, gradient);
    let start: Vec<f64> = BgNbd::starts(&cells)[0].iter().map(|p| p.ln()).collect();
    let plain = maximise(&f, &[start], &Search::default()).unwrap();
    assert!((fitted.fit.value - plain.value).abs() < 1e-6);
    for (k, at) in plain.at.iter().enumerate() {
        let off = (fitted.fit.at[k] - at).abs() / plain.information.standard_error(k).unwrap();
        // A search ends where no more than 1e-8 is to be gained: 1.4e-4 standard errors.
        assert!(off < 1.4e-4, "{k}: {off} standard errors");
        // The truth is within four standard errors.
        let off = (at - TRUTH[k].ln()) / plain.information.standard_error(k).unwrap();
        assert!(off.abs() < 4.0, "{}: {off}", BgNbd::NAMES[k]);
    }
}

#[test]
fn profile_intervals_hold_the_fit_and_lean_to_the_flat_side() {
    let cells = customers(1500, TRUTH, false, 13);
    let fitted = fit::<BgNbd>(&cells).unwrap();
    for k in 0..4 {
        let (wald, profile) =
            (fitted.interval(k, Level::P95).unwrap(), fitted.profile(&cells, k, Level::P95).unwrap());
        let value = fitted.model.parameters()[k];
        assert!(wald.contains(value) && profile.contains(value), "{wald:?} {profile:?}");
        assert!((profile.low.unwrap() / wald.low.unwrap() - 1.0).abs() < 0.3, "{wald:?} {profile:?}");
    }
}
