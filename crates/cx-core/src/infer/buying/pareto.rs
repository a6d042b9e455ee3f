//! Pareto/NBD: a customer may leave at any time.

use super::model::{mean_age, moves};
use super::table::{Piece, Side, Sides, Sum, Table};
use super::{Cell, Model, Moments};
use crate::infer::special::psi::{digamma_rise, ln_add, ln_rising};
use crate::infer::special::quadrature::{gauss, gauss_few};

/// Poisson purchases whose rate is Gamma(r, α) over customers, until a time
/// whose rate is Gamma(s, β) over customers.
///
/// r and s have no unit; α and β have the unit of time of the cells. The
/// likelihood of (x, t_x, T) is
///
///   Γ(r+x)αʳβˢ/Γ(r) · [ (α+T)^−(r+x) (β+T)^−s + s ∫ (α+τ)^−(r+x) (β+τ)^−(s+1) dτ ]
///
/// with the integral over the unseen time of leaving, t_x ≤ τ ≤ T. The
/// published form writes the integral as a difference of two hypergeometric
/// functions that cancel; here it is taken by Gauss' rule on ln(m+τ),
/// m = min(α, β), where the integrand is smooth whatever the parameters, in
/// panels over which it falls at most 3000-fold, and the same nodes give its
/// gradient. Source: `schmittlein1987`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParetoNbd {
    /// Shape of the rates of buying.
    pub r: f64,
    /// Inverse scale of the rates of buying, in the unit of time.
    pub alpha: f64,
    /// Shape of the rates of leaving.
    pub s: f64,
    /// Inverse scale of the rates of leaving, in the unit of time.
    pub beta: f64,
}

/// ln ∫ over the unseen time of leaving, and averages over it.
struct Unseen {
    /// ln of the integral relative to the integrand at t_x.
    ln: f64,
    /// Averages of ln((α+τ)/(α+t_x)), (rτ−xα)/(α+τ), ln((β+τ)/(β+t_x)), (sτ−β)/(β+τ).
    means: [f64; 4],
}

/// What comes after a time, relative to the integrand at that time.
#[derive(Default)]
struct After {
    /// The integrand until the last time.
    left: f64,
    /// The chance to buy again or to be alive at the last time.
    bought: f64,
    /// The integrand times ln(1+τ/α), τ/(α+τ), ln(1+τ/β), τ/(β+τ).
    means: [f64; 4],
}

impl ParetoNbd {
    /// The integral over the time of leaving. It is 0 where t_x = T.
    fn unseen(&self, cell: &Cell) -> Unseen {
        let &Self { r, alpha, s, beta } = self;
        let Cell { x, recency, age, .. } = *cell;
        let (kappa, sigma) = (r + x, s + 1.0);
        let floor = alpha.min(beta) + recency;
        let whole = ((age - recency) / floor).ln_1p();
        let fall = |y: f64| {
            let past = floor * y.exp_m1();
            let (la, lb) = ((past / (alpha + recency)).ln_1p(), (past / (beta + recency)).ln_1p());
            (past, la, lb, kappa * la + sigma * lb)
        };
        let (mut sum, mut sums) = (0.0, [0.0; 4]);
        let (mut low, mut fallen) = (0.0, 0.0);
        while low < whole {
            let mut high = whole.min(low + 3.0);
            let mut then = fall(high).3;
            while then - fallen > 8.0 {
                high = f64::midpoint(low, high);
                then = fall(high).3;
            }
            gauss(low, high, |y, weight| {
                let (past, la, lb, fallen) = fall(y);
                let mass = weight * (y - fallen).exp();
                let time = recency + past;
                sum += mass;
                sums[0] += mass * la;
                sums[1] += mass * (r * time - x * alpha) / (alpha + time);
                sums[2] += mass * lb;
                sums[3] += mass * (s * time - beta) / (beta + time);
            });
            // Beyond, the rest is below 10⁻¹⁹ of the sum: the integrand falls on, faster than it fell so far.
            if then - high > 60.0 + sum.ln().abs() {
                break;
            }
            (low, fallen) = (high, then);
        }
        let means = if sum > 0.0 { sums.map(|x| x / sum) } else { [0.0; 4] };
        Unseen { ln: floor.ln() + sum.ln(), means }
    }

    /// Logs of the two parts of the likelihood without Γ(r+x)/Γ(r): alive at T, and left before.
    fn parts(&self, cell: &Cell, unseen: &Unseen) -> (f64, f64) {
        let &Self { r, alpha, s, beta } = self;
        let Cell { x, recency, age, .. } = *cell;
        let until = |t: f64| -r * (t / alpha).ln_1p() - x * (alpha + t).ln() - s * (t / beta).ln_1p();
        (until(age), until(recency) + s.ln() - (beta + recency).ln() + unseen.ln)
    }

    /// The likelihood as a part that knows T and a part that knows t_x.
    ///
    /// With g(τ) the integrand and A(T) what is alive at T, A(T) + ∫g from t_x
    /// to T is [A(T) − ∫g from T to M] + ∫g from t_x to M, whatever M, here the
    /// last time of the piece; the bracket is A(M) + ∫ (r+x)/(α+τ) A(τ) dτ from
    /// T to M. So both parts are sums of positive terms that grow from the last
    /// time to the first, one step per time, and a cell needs no integral.
    fn sides(&self, piece: &Piece, times: &[f64], spent: &[[f64; 4]]) -> Sides {
        let &Self { r, alpha, s, beta } = self;
        let x = piece.x;
        let (kappa, sigma) = (r + x, s + 1.0);
        let shared = Side { ln: ln_rising(r, x), slopes: [r * digamma_rise(r, x), 0.0, 0.0, 0.0] };
        let (mut alive, mut left) = (Vec::new(), Vec::new());
        // Relative to the integrand at the time: both parts, and ∫g of ln(1+τ/α), τ/(α+τ) and alike in β.
        let mut after = After::default();
        let mut later: Option<f64> = None;
        for &place in piece.times.iter().rev() {
            let time = times[place as usize];
            let [by_alpha, ln_alpha, by_beta, ln_beta] = spent[place as usize];
            match later {
                None => after.bought = (beta + time) / s,
                Some(next) => self.step_back(kappa, (time, next), &mut after, (by_alpha, by_beta)),
            }
            later = Some(time);
            let top = s.ln() - r * by_alpha - x * ln_alpha - s * by_beta - ln_beta;
            let [rest_a, share_a, rest_b, share_b] = after.means;
            let unseen = [
                -r * rest_a,
                kappa.mul_add(share_a, -x * after.left),
                s.mul_add(-rest_b, after.left),
                sigma.mul_add(share_b, -after.left),
            ];
            // Alive at T: (β+T)/s times the integrand.
            let still = (beta + time) / s;
            let known = [
                -r * by_alpha,
                kappa.mul_add(time / (alpha + time), -x),
                -s * by_beta,
                s * time / (beta + time),
            ];
            alive.push(Side {
                ln: top + after.bought.ln(),
                slopes: std::array::from_fn(|k| (still * known[k] - unseen[k]) / after.bought),
            });
            let slopes = if after.left > 0.0 { unseen.map(|slope| slope / after.left) } else { [0.0; 4] };
            left.push(Side { ln: top + after.left.ln(), slopes });
        }
        alive.reverse();
        left.reverse();
        Sides { shared, alive, left }
    }

    /// From one time of a piece to the one before: adds the integrals between them.
    fn step_back(&self, kappa: f64, (from, to): (f64, f64), after: &mut After, spent: (f64, f64)) {
        let &Self { alpha, s, beta, .. } = self;
        let sigma = s + 1.0;
        let floor = alpha.min(beta) + from;
        let whole = ((to - from) / floor).ln_1p();
        let fall = |y: f64| {
            let past = floor * y.exp_m1();
            let (la, lb) = ((past / (alpha + from)).ln_1p(), (past / (beta + from)).ln_1p());
            (past, la, lb, kappa * la + sigma * lb)
        };
        let (mut sum, mut bought, mut means) = (0.0, 0.0, [0.0; 4]);
        let mut visit = |y: f64, weight: f64| {
            let (past, la, lb, fallen) = fall(y);
            let mass = floor * weight * (y - fallen).exp();
            let time = from + past;
            let per = mass / (alpha + time);
            sum += mass;
            bought += per * (beta + time);
            means[0] += mass * (spent.0 + la);
            means[1] += per * time;
            means[2] += mass * (spent.1 + lb);
            means[3] += mass * time / (beta + time);
        };
        let end = fall(whole).3;
        if whole < 0.5 && end < 0.9 {
            gauss_few(0.0, whole, visit);
        } else {
            let (mut low, mut fallen) = (0.0, 0.0);
            while low < whole {
                let mut high = whole.min(low + 3.0);
                let mut then = fall(high).3;
                while then - fallen > 8.0 {
                    high = f64::midpoint(low, high);
                    then = fall(high).3;
                }
                gauss(low, high, &mut visit);
                // Beyond there is nothing: the integrand falls on, faster than it fell so far.
                if then - high > 760.0 {
                    break;
                }
                (low, fallen) = (high, then);
            }
        }
        let kept = (-end).exp();
        after.left = kept.mul_add(after.left, sum);
        after.bought = kept.mul_add(after.bought, kappa / s * bought);
        for (old, new) in after.means.iter_mut().zip(means) {
            *old = kept.mul_add(*old, new);
        }
    }

    /// The mean and mean square of the time until leaving, at most t, of a customer who is alive after T:
    /// ∫₀ᵗ P(τ>u) du and ∫₀ᵗ 2u P(τ>u) du with P(τ>u) = ((β+T)/(β+T+u))ˢ.
    fn stay(&self, age: f64, t: f64) -> (f64, f64) {
        let scale = self.beta + age;
        let whole = (t / scale).ln_1p();
        // On y = ln(1+u/scale): du = scale·eʸ dy, P = e^(−sy).
        let mean = scale * decay(self.s - 1.0, whole);
        let mut square = 0.0;
        let mut low = 0.0;
        while low < whole {
            let high = whole.min(low + (3.0_f64).min(8.0 / self.s.max(1.0)));
            gauss(low, high, |y, weight| square += weight * y.exp_m1() * ((1.0 - self.s) * y).exp());
            low = high;
            if (2.0 - self.s) * low < -60.0 {
                break;
            }
        }
        (mean, 2.0 * scale * scale * square)
    }

    /// The purchases still to come of a customer with this history, each
    /// discounted at the continuous rate `discount` per unit of time, for ever.
    ///
    /// P(alive) · (r+x)/(α+T) · ∫₀^∞ e^(−δu) ((β+T)/(β+T+u))ˢ du, by Gauss'
    /// rule. `None` where it does not end: without discount it needs s > 1.
    /// A yearly rate d is ln(1+d)/52.18 per week. Source: `fader2005b`.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::buying::{Cell, ParetoNbd};
    /// let model = ParetoNbd { r: 0.562_996_6, alpha: 12.559_037, s: 0.408_109_5, beta: 10.514_804_8 };
    /// let left = model.residual(&Cell::one(7.0, 35.0, 77.86), 0.0027).unwrap();
    /// assert!(left > 0.0);
    /// assert_eq!(model.residual(&Cell::one(7.0, 35.0, 77.86), 0.0), None);
    /// ```
    pub fn residual(&self, cell: &Cell, discount: f64) -> Option<f64> {
        let &Self { r, alpha, s, beta } = self;
        let scale = beta + cell.age;
        let rate = self.alive(cell) * (r + cell.x) / (alpha + cell.age);
        if discount.is_nan() || discount < 0.0 {
            return None;
        }
        if discount == 0.0 {
            return (s > 1.0).then(|| rate * scale / (s - 1.0));
        }
        let steep = discount * scale;
        let fall = |y: f64| steep * y.exp_m1() + s * y;
        let (mut sum, mut low, mut fallen) = (0.0, 0.0, 0.0);
        while fallen - low < 60.0 + f64::ln(f64::max(sum, 1e-300)).abs() {
            let mut high = low + 3.0;
            let mut then = fall(high);
            while then - fallen > 8.0 {
                high = f64::midpoint(low, high);
                then = fall(high);
            }
            gauss(low, high, |y, weight| sum += weight * (y - fall(y)).exp());
            (low, fallen) = (high, then);
        }
        Some(rate * scale * sum)
    }
}

/// ∫₀ᴸ e^(−cy) dy, for any sign of c and at c = 0.
pub(super) fn decay(c: f64, length: f64) -> f64 {
    if (c * length).abs() < 1e-300 { length } else { -(-c * length).exp_m1() / c }
}

impl Model for ParetoNbd {
    const NAMES: [&'static str; 4] = ["r", "alpha", "s", "beta"];

    fn new([r, alpha, s, beta]: [f64; 4]) -> Self {
        Self { r, alpha, s, beta }
    }

    fn parameters(&self) -> [f64; 4] {
        [self.r, self.alpha, self.s, self.beta]
    }

    fn log_likelihood(&self, cell: &Cell) -> (f64, [f64; 4]) {
        let &Self { r, alpha, s, beta } = self;
        let Cell { x, recency, age, .. } = *cell;
        let unseen = self.unseen(cell);
        let (alive, left) = self.parts(cell, &unseen);
        let both = ln_add(alive, left);
        let (lives, leaves) = ((alive - both).exp(), (left - both).exp());
        let m = unseen.means;
        let gradient = [
            r * (digamma_rise(r, x)
                - lives * (age / alpha).ln_1p()
                - leaves * ((recency / alpha).ln_1p() + m[0])),
            lives * (r * age - x * alpha) / (alpha + age) + leaves * m[1],
            leaves * s.mul_add(-((recency / beta).ln_1p() + m[2]), 1.0) - lives * s * (age / beta).ln_1p(),
            lives * s * age / (beta + age) + leaves * m[3],
        ];
        (ln_rising(r, x) + both, gradient)
    }

    fn total(&self, table: &Table) -> Sum {
        let &Self { alpha, beta, .. } = self;
        // ln(1+t/α), ln(α+t), ln(1+t/β) and ln(β+t), once for every time.
        let spent: Vec<[f64; 4]> = table
            .times
            .iter()
            .map(|&t| [(t / alpha).ln_1p(), (alpha + t).ln(), (t / beta).ln_1p(), (beta + t).ln()])
            .collect();
        table.sum(|piece| piece.joined(&self.sides(piece, &table.times, &spent)))
    }

    fn alive(&self, cell: &Cell) -> f64 {
        let (alive, left) = self.parts(cell, &self.unseen(cell));
        1.0 / (1.0 + (left - alive).exp())
    }

    fn ahead(&self, cell: &Cell, t: f64) -> Moments {
        let (mean, square) = self.stay(cell.age, t.max(0.0));
        let (k, rate) = (self.r + cell.x, self.alpha + cell.age);
        let first = k / rate * mean;
        Moments::mixed(self.alive(cell), first, first + k * (k + 1.0) / (rate * rate) * square)
    }

    fn fresh(&self, t: f64) -> Moments {
        self.ahead(&Cell::one(0.0, 0.0, 0.0), t)
    }

    fn starts(cells: &[Cell]) -> Vec<[f64; 4]> {
        let age = mean_age(cells);
        vec![[0.5, 0.3 * age, 0.5, 0.3 * age], [2.0, 2.0 * age, 1.0, 3.0 * age]]
    }

    fn limit(direction: &[f64]) -> Option<&'static str> {
        match moves(direction) {
            [0, 0, -1, 0 | 1] | [0, 0, 0, 1] => {
                Some("nobody seems to leave: a negative binomial without leaving")
            }
            [0, 0, 1, 1] => Some("the rate of leaving seems the same for everybody"),
            [0, 0, -1, -1] => Some("some customers seem never to leave, all others at once"),
            [1, 1, 0, 0] => Some("the rate of buying seems the same for everybody"),
            _ => None,
        }
    }
}
