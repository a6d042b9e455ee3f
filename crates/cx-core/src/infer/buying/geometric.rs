//! BG/NBD and MBG/NBD: a customer may leave after a purchase.

use super::model::{mean_age, moves};
use super::table::{Side, Sides, Sum, Table};
use super::{Cell, Model, Moments};
use crate::infer::special::bisect;
use crate::infer::special::psi::{digamma_rise, ln_add, ln_beta, ln_rising};
use crate::infer::special::quadrature::ln_trapezoid;

/// Poisson purchases whose rate is Gamma(r, α) over customers; after each
/// purchase the customer leaves with a chance that is Beta(a, b) over
/// customers. With `FIRST` also after the first.
///
/// r, a and b have no unit, α has the unit of time of the cells. With
/// x' = x for BG/NBD and x + 1 for MBG/NBD the likelihood of (x, t_x, T) is
///
///   Γ(r+x)αʳ/Γ(r) · [ B(a, b+x')/B(a,b) (α+T)^−(r+x) + B(a+1, b+x'−1)/B(a,b) (α+t_x)^−(r+x) ]
///
/// where the second part, the customer who left at t_x, is missing for BG/NBD
/// at x = 0: who never came back there is certainly alive. Everything is
/// computed on the log scale, in differences that hold when parameters run to
/// infinity.
///
/// What is still to come is a sum of positive terms, not the published
/// difference of hypergeometric functions, which loses its digits near a = 1
/// and has no value there: given that the customer is alive, the chance of
/// more than j purchases within t is
///
///   P(Y > j) = E[(1−p)ʲ] · P(N > j),   p ~ Beta(a, b+x'),   N ~ NegBin(r+x, (α+T)/(α+T+t)).
///
/// Sources: `fader2005`, `batislam2007`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Geometric<const FIRST: bool> {
    /// Shape of the rates of buying.
    pub r: f64,
    /// Inverse scale of the rates of buying, in the unit of time.
    pub alpha: f64,
    /// First parameter of the chances of leaving.
    pub a: f64,
    /// Second parameter of the chances of leaving.
    pub b: f64,
}

/// Beta-geometric / negative binomial: leaving is possible after every repeat purchase.
pub type BgNbd = Geometric<false>;

/// Modified beta-geometric / negative binomial: leaving is possible after every purchase, the first included.
pub type MbgNbd = Geometric<true>;

/// Terms of the sum at most; beyond, the integral over p takes over.
const TERMS: u32 = 20_000;

impl<const FIRST: bool> Geometric<FIRST> {
    /// Chances to leave that a customer has passed or met.
    fn tosses(x: f64) -> f64 {
        if FIRST { x + 1.0 } else { x }
    }

    /// Logs of the two parts of the likelihood without Γ(r+x)/Γ(r): alive, and left at t_x.
    fn parts(&self, cell: &Cell) -> (f64, f64) {
        let &Self { r, alpha, a, b } = self;
        let Cell { x, recency, age, .. } = *cell;
        let tosses = Self::tosses(x);
        let until = |t: f64| -r * (t / alpha).ln_1p() - x * (alpha + t).ln();
        let all = ln_rising(a + b, tosses);
        let alive = until(age) + ln_rising(b, tosses) - all;
        let left = if tosses > 0.0 {
            until(recency) + a.ln() + ln_rising(b, tosses - 1.0) - all
        } else {
            f64::NEG_INFINITY
        };
        (alive, left)
    }

    /// What the likelihood of x purchases has apart from their times: shared by
    /// both parts, of those alive, of those who left.
    fn without_times(&self, x: f64) -> (Side, Side, Side) {
        let &Self { r, a, b, .. } = self;
        let tosses = Self::tosses(x);
        let all = digamma_rise(a + b, tosses);
        let mut shared = Side {
            ln: ln_rising(r, x) - ln_rising(a + b, tosses),
            slopes: [r * digamma_rise(r, x), 0.0, -a * all, -b * all],
        };
        if tosses == 0.0 {
            return (shared, Side::default(), Side { ln: f64::NEG_INFINITY, slopes: [0.0; 4] });
        }
        shared.ln += ln_rising(b, tosses - 1.0);
        shared.slopes[3] += b * digamma_rise(b, tosses - 1.0);
        let stays = b + tosses - 1.0;
        let alive = Side { ln: stays.ln(), slopes: [0.0, 0.0, 0.0, b / stays] };
        (shared, alive, Side { ln: a.ln(), slopes: [0.0, 0.0, 1.0, 0.0] })
    }

    /// First and second moment of the purchases within t of a customer who is
    /// alive, with rates Gamma(k, rate) and chances of leaving Beta(a, stays).
    pub(super) fn coming(&self, k: f64, rate: f64, stays: f64, t: f64) -> (f64, f64) {
        if t <= 0.0 {
            return (0.0, 0.0);
        }
        let a = self.a;
        // P(N = 0) on the log scale; P(N > 0) without cancellation.
        let ratio = t / rate;
        let mut ln_term = -k * ratio.ln_1p();
        let z = t / (rate + t);
        let ln_z = -(rate / t).ln_1p();
        let mut above = -ln_term.exp_m1();
        let (mut stayed, mut first, mut second) = (1.0, 0.0, 0.0);
        for j in 0..TERMS {
            let j = f64::from(j);
            let term = stayed * above;
            first += term;
            second += (2.0 * j + 1.0) * term;
            // The terms to come are below a geometric series with ratio z once past the mode.
            let rest = term * (rate + t) / rate;
            if rest * (2.0 * j + 3.0 + 2.0 * t / rate) < 1e-15 * second && j > z * k * ratio {
                return (first, second);
            }
            ln_term += ((k + j) / (j + 1.0)).ln() + ln_z;
            let mass = ln_term.exp();
            above = (above - mass).max(0.0);
            // The tail is below a geometric series: rounding may not leave more than that.
            let ratio = ((k + j + 1.0) / (j + 2.0)).max(1.0) * z;
            if ratio < 1.0 {
                above = above.min(mass * ratio / (1.0 - ratio));
            }
            stayed *= (stays + j) / (a + stays + j);
        }
        self.coming_by_integral(k, ratio, stays)
    }

    /// The same as integrals over p, for horizons thousands of times the
    /// history: E[(1 − M)/p] and the second moment alike, with M = (1+p·ratio)^(−k).
    pub(super) fn coming_by_integral(&self, k: f64, ratio: f64, stays: f64) -> (f64, f64) {
        let a = self.a;
        // Both moments given p, and the share p.
        let given = |u: f64| {
            let p = 1.0 / (1.0 + (-u).exp());
            let q = 1.0 / (1.0 + u.exp());
            let met = p * ratio;
            if met * (k + 3.0) < 1e-4 {
                // Where hardly anybody leaves both are differences of nearly equal numbers: four terms of the series.
                let part = |n: f64| (k + n) * met;
                let first =
                    k * ratio * (1.0 - part(1.0) / 2.0 * (1.0 - part(2.0) / 3.0 * (1.0 - part(3.0) / 4.0)));
                let twice = 1.0 - part(2.0) * (2.0 / 3.0 - part(3.0) / 4.0);
                return (first, first + q * k * (k + 1.0) * ratio * ratio * twice);
            }
            let first = -(-k * met.ln_1p()).exp_m1() / p;
            // Σ j qʲ P(N > j) = q [first − M′]/p with M′ = k·ratio·(1+p·ratio)^(−k−1).
            let slope = k * ratio * (-(k + 1.0) * met.ln_1p()).exp();
            let twice = 2.0 * (first - slope) / p;
            (first, first + q * twice)
        };
        let ln_density = |u: f64| {
            let soft = |u: f64| if u > 0.0 { u + (-u).exp().ln_1p() } else { u.exp().ln_1p() };
            a.mul_add(u, -(a + stays) * soft(u))
        };
        let moment = |of: &dyn Fn((f64, f64)) -> f64| {
            let f = |u: f64| ln_density(u) + of(given(u)).ln();
            let slope = |u: f64| f(u + 1e-4) - f(u - 1e-4);
            let peak = bisect(slope, -600.0, 600.0, true);
            let bend = -(f(peak + 1e-2) - 2.0 * f(peak) + f(peak - 1e-2)) / 1e-4;
            let step = (0.5 / bend.max(1e-12).sqrt()).min(0.25);
            (ln_trapezoid(f, peak, step) - ln_beta(a, stays)).exp()
        };
        (moment(&|m| m.0), moment(&|m| m.1))
    }

    /// The chances that a new customer makes more than 0, 1, … `most` repeat purchases within t.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::buying::{BgNbd, Model};
    /// let model = BgNbd { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
    /// let above = model.more_than(39.0, 500);
    /// // The sum of all of them is the expected number.
    /// assert!((above.iter().sum::<f64>() - model.fresh(39.0).mean).abs() < 1e-9);
    /// ```
    pub fn more_than(&self, t: f64, most: u32) -> Vec<f64> {
        let &Self { r, alpha, a, b } = self;
        let mut ln_term = -r * (t / alpha).ln_1p();
        let ln_z = if t > 0.0 { -(alpha / t).ln_1p() } else { f64::NEG_INFINITY };
        let mut above = -ln_term.exp_m1();
        let mut stayed = if FIRST { b / (a + b) } else { 1.0 };
        let tossed = Self::tosses(0.0);
        (0..=most)
            .map(|j| {
                let j = f64::from(j);
                let chance = stayed * above;
                ln_term += ((r + j) / (j + 1.0)).ln() + ln_z;
                above = (above - ln_term.exp()).max(0.0);
                stayed *= (b + tossed + j) / (a + b + tossed + j);
                chance
            })
            .collect()
    }
}

impl<const FIRST: bool> Model for Geometric<FIRST> {
    const NAMES: [&'static str; 4] = ["r", "alpha", "a", "b"];

    fn new([r, alpha, a, b]: [f64; 4]) -> Self {
        Self { r, alpha, a, b }
    }

    fn parameters(&self) -> [f64; 4] {
        [self.r, self.alpha, self.a, self.b]
    }

    fn log_likelihood(&self, cell: &Cell) -> (f64, [f64; 4]) {
        let &Self { r, alpha, a, b } = self;
        let Cell { x, recency, age, .. } = *cell;
        let tosses = Self::tosses(x);
        let (alive, left) = self.parts(cell);
        let both = ln_add(alive, left);
        // The share of the part that is alive, and its complement, each to full precision.
        let (lives, leaves) = ((alive - both).exp(), (left - both).exp());
        let rate = |t: f64| (r * t - x * alpha) / (alpha + t);
        let mut gradient = [
            r * (digamma_rise(r, x) - lives * (age / alpha).ln_1p() - leaves * (recency / alpha).ln_1p()),
            lives * rate(age) + leaves * rate(recency),
            leaves - a * digamma_rise(a + b, tosses),
            0.0,
        ];
        if tosses > 0.0 {
            let stays = digamma_rise(b, tosses - 1.0) + lives / (b + tosses - 1.0);
            gradient[3] = b * (stays - digamma_rise(a + b, tosses));
        }
        (ln_rising(r, x) + both, gradient)
    }

    fn total(&self, table: &Table) -> Sum {
        let &Self { r, alpha, .. } = self;
        // What a time does, once for every time: ln(1+t/α), ln(α+t), t/(α+t).
        let spent: Vec<[f64; 3]> =
            table.times.iter().map(|&t| [(t / alpha).ln_1p(), (alpha + t).ln(), t / (alpha + t)]).collect();
        table.sum(|piece| {
            let x = piece.x;
            let (shared, alive, left) = self.without_times(x);
            let at = |part: Side| {
                let spent = &spent;
                let of = move |&time: &u32| {
                    let [rest, ln, share] = spent[time as usize];
                    let mut side = part;
                    side.ln += -r * rest - x * ln;
                    side.slopes[0] = -r * rest;
                    // (rt − xα)/(α+t)
                    side.slopes[1] = (r + x).mul_add(share, -x);
                    side
                };
                piece.times.iter().map(of).collect()
            };
            piece.joined(&Sides { shared, alive: at(alive), left: at(left) })
        })
    }

    fn alive(&self, cell: &Cell) -> f64 {
        let (alive, left) = self.parts(cell);
        1.0 / (1.0 + (left - alive).exp())
    }

    fn ahead(&self, cell: &Cell, t: f64) -> Moments {
        let stays = self.b + Self::tosses(cell.x);
        let (first, second) = self.coming(self.r + cell.x, self.alpha + cell.age, stays, t);
        Moments::mixed(self.alive(cell), first, second)
    }

    fn fresh(&self, t: f64) -> Moments {
        self.ahead(&Cell::one(0.0, 0.0, 0.0), t)
    }

    fn starts(cells: &[Cell]) -> Vec<[f64; 4]> {
        let age = mean_age(cells);
        vec![[0.5, 0.3 * age, 1.0, 2.5], [2.0, 2.0 * age, 0.3, 3.0]]
    }

    fn limit(direction: &[f64]) -> Option<&'static str> {
        match moves(direction) {
            [0, 0, -1, 0 | 1] | [0, 0, 0, 1] => {
                Some("nobody seems to leave: a negative binomial without leaving")
            }
            [0, 0, 1, 1] => Some("the chance to leave seems the same for everybody"),
            [0, 0, 1, 0 | -1] | [0, 0, 0, -1] => Some("everybody seems to leave at the first chance"),
            [1, 1, 0, 0] => Some("the rate of buying seems the same for everybody"),
            [0, 0, -1, -1] => Some("some customers seem never to leave, all others at once"),
            _ => None,
        }
    }
}
