//! Pareto/NBD: a customer may leave at any time.

use super::model::{mean_age, moves};
use super::{Cell, Model, Moments};
use crate::infer::special::psi::{digamma_rise, ln_add, ln_rising};
use crate::infer::special::quadrature::gauss;

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
