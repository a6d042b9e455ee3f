//! BG/BB: purchases at fixed occasions.

use super::model::moves;
use super::{Cell, Model, Moments};
use crate::infer::special::hypergeometric::ln_hyp2f1;
use crate::infer::special::psi::{digamma_rise, ln_add, ln_rising};

/// At each occasion (a year, an issue, a concert) a customer who is still there
/// buys with a chance that is Beta(α, β) over customers; before each occasion
/// the customer leaves with a chance that is Beta(γ, δ) over customers.
///
/// Cells hold x purchases at the n occasions after the first purchase (their
/// `age`), the last of them at occasion t_x (their `recency`). The likelihood is
///
///   B(α+x, β+n−x)/B(α,β) · B(γ, δ+n)/B(γ,δ)
///   + Σ_{i=0}^{n−t_x−1} B(α+x, β+t_x−x+i)/B(α,β) · B(γ+1, δ+t_x+i)/B(γ,δ).
///
/// Source: `fader2010`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BgBb {
    /// First parameter of the chances of buying.
    pub alpha: f64,
    /// Second parameter of the chances of buying.
    pub beta: f64,
    /// First parameter of the chances of leaving.
    pub gamma: f64,
    /// Second parameter of the chances of leaving.
    pub delta: f64,
}

impl BgBb {
    /// ln [B(a+m, b+k)/B(a,b)] and its gradient over (ln a, ln b).
    fn ratio(a: f64, b: f64, m: f64, k: f64) -> (f64, [f64; 2]) {
        let value = ln_rising(a, m) + ln_rising(b, k) - ln_rising(a + b, m + k);
        let both = digamma_rise(a + b, m + k);
        (value, [a * (digamma_rise(a, m) - both), b * (digamma_rise(b, k) - both)])
    }

    /// One part of the likelihood with its gradient: x purchases in `seen`
    /// occasions, then gone (`left` = 1) or still there (0).
    fn part(&self, x: f64, seen: f64, left: f64) -> (f64, [f64; 4]) {
        let (buys, buying) = Self::ratio(self.alpha, self.beta, x, seen - x);
        let (stays, staying) = Self::ratio(self.gamma, self.delta, left, seen);
        (buys + stays, [buying[0], buying[1], staying[0], staying[1]])
    }

    /// The chance that a customer with this history will still be there at the next occasion.
    ///
    /// [`Model::alive`] asks about the last occasion; a customer may leave between the two.
    pub fn alive_next(&self, cell: &Cell) -> f64 {
        let stay = (self.delta + cell.age) / (self.gamma + self.delta + cell.age);
        self.alive(cell) * stay
    }

    /// The purchases still to come of a customer with this history, those of the
    /// j-th occasion ahead discounted by (1+d)^(−j), for ever.
    ///
    /// `None` where it does not end: without discount it needs γ > 1.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::buying::{BgBb, Cell};
    /// let model = BgBb { alpha: 1.203_522, beta: 0.749_716, gamma: 0.656_718, delta: 2.783_442 };
    /// let left = model.residual(&Cell::one(6.0, 6.0, 6.0), 0.1).unwrap();
    /// assert!((left - 5.9099).abs() < 1e-3);
    /// ```
    pub fn residual(&self, cell: &Cell, discount: f64) -> Option<f64> {
        let rate = self.alive(cell) * (self.alpha + cell.x) / (self.alpha + self.beta + cell.age);
        let (gamma, stays) = (self.gamma, self.delta + cell.age);
        if discount.is_nan() || discount < 0.0 {
            return None;
        }
        if discount == 0.0 {
            return (gamma > 1.0).then(|| rate * stays / (gamma - 1.0));
        }
        let factor = 1.0 / (1.0 + discount);
        // Σ_{j≥1} E[(1−θ)ʲ] vʲ = E[1−θ] v ₂F₁(1, δ'+1; γ+δ'+1; v).
        let series = ln_hyp2f1(1.0, stays + 1.0, gamma + stays + 1.0, factor).exp();
        Some(rate * stays / (gamma + stays) * factor * series)
    }

    /// First and second moment of the purchases at the next `occasions` of a customer who is there now.
    fn coming(&self, cell: &Cell, occasions: f64) -> (f64, f64) {
        let (buys, all) = (self.alpha + cell.x, self.alpha + self.beta + cell.age);
        let p = buys / all;
        let p_square = p * (buys + 1.0) / (all + 1.0);
        let stays = self.delta + cell.age;
        let (mut there, mut occasions_met, mut squares) = (1.0, 0.0, 0.0);
        let mut j = 1.0;
        while j <= occasions {
            there *= (stays + j - 1.0) / (self.gamma + stays + j - 1.0);
            occasions_met += there;
            squares += (2.0 * j - 1.0) * there;
            j += 1.0;
        }
        (p * occasions_met, occasions_met * (p - p_square) + p_square * squares)
    }
}

impl Model for BgBb {
    const NAMES: [&'static str; 4] = ["alpha", "beta", "gamma", "delta"];

    fn new([alpha, beta, gamma, delta]: [f64; 4]) -> Self {
        Self { alpha, beta, gamma, delta }
    }

    fn parameters(&self) -> [f64; 4] {
        [self.alpha, self.beta, self.gamma, self.delta]
    }

    fn possible(cell: &Cell) -> bool {
        let whole = cell.recency.fract() == 0.0 && cell.age.fract() == 0.0;
        cell.possible() && whole && cell.x <= cell.recency
    }

    fn log_likelihood(&self, cell: &Cell) -> (f64, [f64; 4]) {
        let Cell { x, recency, age, .. } = *cell;
        let mut parts = vec![self.part(x, age, 0.0)];
        let mut seen = recency;
        while seen < age {
            parts.push(self.part(x, seen, 1.0));
            seen += 1.0;
        }
        let both = parts.iter().fold(f64::NEG_INFINITY, |sum, part| ln_add(sum, part.0));
        let mut gradient = [0.0; 4];
        for (value, slopes) in &parts {
            let share = (value - both).exp();
            for (sum, slope) in gradient.iter_mut().zip(slopes) {
                *sum += share * slope;
            }
        }
        (both, gradient)
    }

    fn alive(&self, cell: &Cell) -> f64 {
        let there = self.part(cell.x, cell.age, 0.0).0;
        (there - self.log_likelihood(cell).0).exp().min(1.0)
    }

    fn ahead(&self, cell: &Cell, t: f64) -> Moments {
        let (first, second) = self.coming(cell, t);
        Moments::mixed(self.alive(cell), first, second)
    }

    fn fresh(&self, t: f64) -> Moments {
        self.ahead(&Cell::one(0.0, 0.0, 0.0), t)
    }

    fn starts(_: &[Cell]) -> Vec<[f64; 4]> {
        vec![[1.0, 1.0, 1.0, 3.0], [0.5, 2.0, 0.5, 2.0]]
    }

    fn limit(direction: &[f64]) -> Option<&'static str> {
        match moves(direction) {
            [0, 0, -1, 0 | 1] | [0, 0, 0, 1] => {
                Some("nobody seems to leave: a beta-binomial without leaving")
            }
            [0, 0, 1, 1] => Some("the chance to leave seems the same for everybody"),
            [1, 1, 0, 0] => Some("the chance to buy seems the same for everybody"),
            [0, -1, 0, 0] | [1, 0 | -1, 0, 0] => Some("whoever is there seems to buy at every occasion"),
            _ => None,
        }
    }
}
