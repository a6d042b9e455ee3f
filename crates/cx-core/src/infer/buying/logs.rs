//! Sums of many logarithms.

/// Σ n ln y of many y, with few logarithms: exponents are added, and mantissas
/// multiplied for as long as their product stays in range.
pub(super) struct Logs {
    sum: f64,
    exponents: f64,
    product: f64,
    left: u32,
}

/// Mantissas, 1 to 2 each, that can be multiplied without leaving the range of a number.
const FACTORS: u32 = 512;

/// Customers of a cell up to which multiplying is cheaper than a logarithm.
const REPEATED: f64 = 16.0;

/// The bits of a number that hold its mantissa.
const MANTISSA: u64 = (1 << 52) - 1;

impl Default for Logs {
    fn default() -> Self {
        Self { sum: 0.0, exponents: 0.0, product: 1.0, left: FACTORS }
    }
}

impl Logs {
    /// Adds `n` times ln `y`, of a y that is no smaller than the smallest normal number.
    pub(super) fn add(&mut self, y: f64, n: f64) {
        if n > REPEATED || n.fract() != 0.0 {
            self.sum += n * y.ln();
            return;
        }
        let times = n as u32;
        if self.left < times {
            self.sum += self.product.ln();
            (self.product, self.left) = (1.0, FACTORS);
        }
        self.left -= times;
        let bits = y.to_bits();
        // A positive number: its topmost bits are the exponent, biased by 1023.
        self.exponents = n.mul_add((bits >> 52) as f64 - 1023.0, self.exponents);
        let mantissa = f64::from_bits((bits & MANTISSA) | 1.0_f64.to_bits());
        for _ in 0..times {
            self.product *= mantissa;
        }
    }

    pub(super) fn sum(&self) -> f64 {
        self.exponents.mul_add(std::f64::consts::LN_2, self.sum + self.product.ln())
    }
}
