//! Sums and products of a few quantities over units.

use super::crossed::Crossed;
use super::{Merge, add, product};
use crate::ground::fixed::{self, Overflow};
use ethnum::I256;

/// Sums and products of `k` quantities over units: rows, or clusters such as
/// customers whose rows were first added up.
///
/// For quantities t₁…t_k per unit it holds the number of units G, Σtᵢ and all
/// Σtᵢtⱼ, exactly, in fixed point (2⁻²⁰). That is enough for
///
/// * a count (k = 0), a share (an indicator and 1), a mean (x and 1), a rate
///   (events and exposure), a ratio (two totals), each with its variance;
/// * a weighted mean (w·x and w), the rows' Σw² kept beside for Kish's n;
/// * any smooth function of k totals, by linearisation;
/// * the difference of two windows (a₁, b₁, a₂, b₂), whatever their overlap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Rows behind the units.
    pub rows: u64,
    /// Units G.
    pub units: u64,
    /// Σ w² over rows, scaled 2⁴⁰; 0 without weights.
    pub weight_squares: i128,
    sums: Vec<i128>,
    /// Upper triangle, row by row.
    products: Vec<i128>,
}

impl Totals {
    /// No units yet, of `k` quantities.
    pub fn new(k: usize) -> Self {
        Self { sums: vec![0; k], products: vec![0; k * (k + 1) / 2], ..Self::default() }
    }

    /// Number of quantities.
    pub fn k(&self) -> usize {
        self.sums.len()
    }

    /// Adds one unit of `rows` rows with these totals, in fixed point.
    #[inline]
    pub fn add(&mut self, terms: &[i128], rows: u64) -> Result<(), Overflow> {
        self.add_times(terms, rows, 1)
    }

    /// Adds `times` units that share the same totals.
    #[inline]
    pub fn add_times(&mut self, terms: &[i128], rows: u64, times: u64) -> Result<(), Overflow> {
        debug_assert_eq!(terms.len(), self.k());
        let n = i128::from(times);
        self.rows += rows * times;
        self.units += times;
        let mut products = self.products.iter_mut();
        for (i, (&a, sum)) in terms.iter().zip(&mut self.sums).enumerate() {
            let times_a = product(a, n)?;
            add(sum, times_a)?;
            for (&b, into) in terms[i..].iter().zip(products.by_ref()) {
                add(into, product(times_a, b)?)?;
            }
        }
        Ok(())
    }

    /// Σtᵢ as a real number.
    pub fn sum(&self, i: usize) -> f64 {
        fixed::to_f64(self.sums[i])
    }

    /// Σtᵢ in fixed point.
    pub fn raw_sum(&self, i: usize) -> i128 {
        self.sums[i]
    }

    /// Σtᵢtⱼ as a real number.
    pub fn product(&self, i: usize, j: usize) -> f64 {
        fixed::product_to_f64(self.raw_product(i, j))
    }

    fn raw_product(&self, i: usize, j: usize) -> i128 {
        let (i, j) = (i.min(j), i.max(j));
        self.products[i * self.k() - i * (i + 1) / 2 + j]
    }

    /// Totals of new quantities that are small whole-number combinations of these, exactly:
    /// row i of `rows` holds the factors of the new quantity i.
    ///
    /// Promoters, detractors and answers per customer become net and answers
    /// by `[[1, -1, 0], [0, 0, 1]]`.
    ///
    /// # Errors
    /// [`Overflow`] when a sum leaves 128 bits.
    ///
    /// # Examples
    /// ```
    /// use cx_core::stats::Totals;
    /// let one = 1 << 20;
    /// let mut groups = Totals::new(3);
    /// groups.add(&[one, 0, one], 1).unwrap();
    /// groups.add(&[0, one, one], 1).unwrap();
    /// let net = groups.combine(&[&[1, -1, 0], &[0, 0, 1]]).unwrap();
    /// assert_eq!((net.sum(0), net.sum(1), net.product(0, 0)), (0.0, 2.0, 2.0));
    /// ```
    pub fn combine(&self, rows: &[&[i32]]) -> Result<Self, Overflow> {
        debug_assert!(rows.iter().all(|factors| factors.len() == self.k()));
        let mut combined = Self {
            rows: self.rows,
            units: self.units,
            weight_squares: self.weight_squares,
            ..Self::new(rows.len())
        };
        let mut at = 0;
        for (i, left) in rows.iter().enumerate() {
            for (&factor, &sum) in left.iter().zip(&self.sums) {
                add(&mut combined.sums[i], product(sum, i128::from(factor))?)?;
            }
            for right in &rows[i..] {
                for (p, &a) in left.iter().enumerate() {
                    for (q, &b) in right.iter().enumerate() {
                        let factor = i128::from(a) * i128::from(b);
                        if factor != 0 {
                            add(&mut combined.products[at], product(self.raw_product(p, q), factor)?)?;
                        }
                    }
                }
                at += 1;
            }
        }
        Ok(combined)
    }

    /// The quantities of two sides as one list, over `units` units of `rows` rows.
    pub(super) fn of_two(one: &Self, two: &Self, crossed: &Crossed, units: u64, rows: u64) -> Self {
        let k = one.k();
        debug_assert_eq!(k, two.k());
        let mut joint = Self { rows, units, ..Self::new(2 * k) };
        joint.sums[..k].copy_from_slice(&one.sums);
        joint.sums[k..].copy_from_slice(&two.sums);
        let pairs = (0..2 * k).flat_map(|i| (i..2 * k).map(move |j| (i, j)));
        for (into, (i, j)) in joint.products.iter_mut().zip(pairs) {
            *into = match (i < k, j < k) {
                (true, true) => one.raw_product(i, j),
                (true, false) => crossed.raw(i, j - k),
                (false, _) => two.raw_product(i - k, j - k),
            };
        }
        joint
    }

    /// Σ(tᵢ − t̄ᵢ)(tⱼ − t̄ⱼ), exact up to one rounding.
    pub fn centred_product(&self, i: usize, j: usize) -> f64 {
        if self.units == 0 {
            return 0.0;
        }
        let wide = I256::from;
        let units = i128::from(self.units);
        let centred = wide(self.raw_product(i, j)) * wide(units) - wide(self.sums[i]) * wide(self.sums[j]);
        fixed::wide_to_f64(centred) / (fixed::ONE as f64 * fixed::ONE as f64) / self.units as f64
    }

    /// Σ(tᵢ − r·tⱼ)² for the ratio r = Σtᵢ/Σtⱼ, without the cancellation that
    /// the textbook expansion suffers when the spread is small beside the mean.
    ///
    /// The squares are first taken about r rounded to 2⁻²⁰, exactly in 256
    /// bits; the remainder is a small correction in floating point.
    pub fn ratio_sums(&self, i: usize, j: usize) -> RatioSums {
        let (a, b) = (self.sums[i], self.sums[j]);
        let ratio = a as f64 / b as f64;
        let mut sums = RatioSums {
            rows: self.rows,
            units: self.units,
            numerator: fixed::to_f64(a),
            denominator: fixed::to_f64(b),
            squares: 0.0,
            weight_squares: fixed::product_to_f64(self.weight_squares),
        };
        let Some(r0) = (b != 0).then(|| fixed::from_f64(ratio)).flatten() else {
            return sums;
        };
        let wide = I256::from;
        let (saa, sab, sbb) =
            (wide(self.raw_product(i, i)), wide(self.raw_product(i, j)), wide(self.raw_product(j, j)));
        let (r0, one) = (wide(r0), wide(fixed::ONE));
        // Scaled 2⁸⁰: (aᵢ·2²⁰ − r₀·bᵢ)² with everything an integer.
        let about = saa * one * one - r0 * one * sab * 2 + r0 * r0 * sbb;
        let cross = sab * one - r0 * sbb;
        let scale = 2.0_f64.powi(40);
        let delta = ratio - fixed::to_f64(r0.as_i128());
        let (about, cross) = (
            fixed::wide_to_f64(about) / scale / scale,
            fixed::wide_to_f64(cross) / scale / fixed::ONE as f64,
        );
        sums.squares = (delta * delta)
            .mul_add(fixed::product_to_f64(self.raw_product(j, j)), about - 2.0 * delta * cross)
            .max(0.0);
        sums
    }
}

impl Merge for Totals {
    fn merge(&mut self, other: &Self) -> Result<(), Overflow> {
        debug_assert_eq!(self.k(), other.k());
        self.rows += other.rows;
        self.units += other.units;
        add(&mut self.weight_squares, other.weight_squares)?;
        for (into, x) in self.sums.iter_mut().zip(&other.sums) {
            add(into, *x)?;
        }
        for (into, x) in self.products.iter_mut().zip(&other.products) {
            add(into, *x)?;
        }
        Ok(())
    }
}

/// What a ratio of two totals and its linearised variance need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioSums {
    /// Rows.
    pub rows: u64,
    /// Units (clusters) G.
    pub units: u64,
    /// A = Σa.
    pub numerator: f64,
    /// B = Σb.
    pub denominator: f64,
    /// Σ(a − R·b)² over units, R = A/B.
    pub squares: f64,
    /// Σw² over rows; 0 without weights.
    pub weight_squares: f64,
}

impl RatioSums {
    /// The ratio A/B; `None` when B is 0.
    pub fn ratio(&self) -> Option<f64> {
        (self.denominator != 0.0).then(|| self.numerator / self.denominator)
    }

    /// Var(A/B) = G/(G−1)·Σ(a−Rb)²/B²; `None` below two units.
    pub fn variance(&self) -> Option<f64> {
        let g = self.units as f64;
        (self.units > 1 && self.denominator != 0.0)
            .then(|| g / (g - 1.0) * self.squares / (self.denominator * self.denominator))
    }

    /// True where every unit shows the same ratio, up to the rounding of its
    /// inputs to 2⁻²⁰ on entry.
    pub fn has_no_spread(&self) -> bool {
        let entry = (1.0 + self.ratio().unwrap_or(0.0).abs()) / fixed::ONE as f64;
        self.squares <= self.rows as f64 * entry * entry
    }

    /// True where some unit holds several rows.
    pub const fn is_clustered(&self) -> bool {
        self.rows > self.units
    }

    /// True where rows carry weights.
    pub const fn is_weighted(&self) -> bool {
        self.weight_squares > 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spread_of_pistons_survives_their_mean() {
        // 74.0 ± 0.01 a thousand times over: the plain expansion loses eight digits here.
        let values: Vec<f64> = (0..1000).map(|i| 74.0 + 0.01 * f64::from(i % 3 - 1)).collect();
        let mut totals = Totals::new(2);
        for x in &values {
            totals.add(&[fixed::from_f64(*x).unwrap(), fixed::ONE], 1).unwrap();
        }
        let entered: Vec<f64> = values.iter().map(|x| fixed::to_f64(fixed::from_f64(*x).unwrap())).collect();
        let mean = entered.iter().sum::<f64>() / 1000.0;
        let squares: f64 = entered.iter().map(|x| (x - mean).powi(2)).sum();
        let got = totals.ratio_sums(0, 1).squares;
        assert!((got - squares).abs() < 1e-12 * squares, "{got} {squares}");
        let centred = totals.centred_product(0, 0);
        assert!((centred - squares).abs() < 1e-12 * squares, "{centred} {squares}");
        assert!(!totals.ratio_sums(0, 1).has_no_spread());
    }

    #[test]
    fn equal_answers_have_no_spread_whatever_their_weights() {
        let mut totals = Totals::new(2);
        for i in 1..50 {
            let w = 0.37 * f64::from(i);
            totals.add(&[fixed::from_f64(w * 4.3).unwrap(), fixed::from_f64(w).unwrap()], 1).unwrap();
        }
        assert!(totals.ratio_sums(0, 1).has_no_spread());
        totals.add(&[fixed::from_f64(0.5 * 4.2).unwrap(), fixed::from_f64(0.5).unwrap()], 1).unwrap();
        assert!(!totals.ratio_sums(0, 1).has_no_spread());
    }
}
