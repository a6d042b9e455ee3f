//! Samples that are the same on every run: a small generator and the distributions drawn from it.
//!
//! Written out here rather than taken from a library because the recorded
//! coverage belongs to these very samples; libraries of distributions change
//! their streams between versions.

use cx_core::stats::cluster_hash;

/// Xoshiro256++, started from a hash of a name.
#[derive(Debug, Clone)]
pub struct Random {
    state: [u64; 4],
    spare: Option<f64>,
}

impl Random {
    /// The stream that belongs to a name.
    ///
    /// # Examples
    /// ```
    /// use cx_tests::coverage::Random;
    /// assert_eq!(Random::named("a").bits(), Random::named("a").bits());
    /// assert_ne!(Random::named("a").bits(), Random::named("b").bits());
    /// ```
    pub fn named(name: &str) -> Self {
        let word = |i: u64| cluster_hash(i, name.as_bytes());
        Self { state: [word(1), word(2), word(3), word(4)], spare: None }
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Uniform strictly between 0 and 1.
    pub fn unit(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) / 2.0_f64.powi(52)
    }

    /// Uniform between two numbers.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        (high - low).mul_add(self.unit(), low)
    }

    /// A whole number from 0 to `k` − 1.
    pub fn below(&mut self, k: usize) -> usize {
        ((self.unit() * k as f64) as usize).min(k - 1)
    }

    /// True with chance `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// How many of `n` independent trials with chance `p` succeed.
    pub fn binomial(&mut self, n: usize, p: f64) -> u64 {
        (0..n).filter(|_| self.chance(p)).count() as u64
    }

    /// A place drawn with these chances, which sum to 1.
    pub fn place(&mut self, chances: &[f64]) -> usize {
        let mut rest = self.unit();
        for (i, p) in chances.iter().enumerate() {
            rest -= p;
            if rest < 0.0 {
                return i;
            }
        }
        chances.len() - 1
    }

    /// Standard normal, by Marsaglia's polar method.
    pub fn normal(&mut self) -> f64 {
        if let Some(x) = self.spare.take() {
            return x;
        }
        loop {
            let (u, v) = (self.between(-1.0, 1.0), self.between(-1.0, 1.0));
            let s = u * u + v * v;
            if s < 1.0 && s > 0.0 {
                let scale = (-2.0 * s.ln() / s).sqrt();
                self.spare = Some(v * scale);
                return u * scale;
            }
        }
    }

    /// e to the power of a normal with standard deviation `sd`: median 1, mean e^(sd²/2).
    pub fn lognormal(&mut self, sd: f64) -> f64 {
        (sd * self.normal()).exp()
    }

    /// Exponential with mean 1.
    pub fn exponential(&mut self) -> f64 {
        -self.unit().ln()
    }

    /// Gamma with this shape and scale 1, by Marsaglia and Tsang's method.
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            // The boost of the same authors for small shapes.
            return self.gamma(shape + 1.0) * self.unit().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.unit().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// Beta.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a), self.gamma(b));
        x / (x + y)
    }

    /// Dirichlet: shares that sum to 1 and have these means; the larger `concentration`, the closer to them.
    pub fn mix(&mut self, means: &[f64], concentration: f64) -> Vec<f64> {
        let parts: Vec<f64> = means.iter().map(|m| self.gamma(m * concentration)).collect();
        let sum: f64 = parts.iter().sum();
        parts.iter().map(|x| x / sum).collect()
    }

    /// Poisson, in steps of at most 30 so that no chance underflows.
    pub fn poisson(&mut self, mean: f64) -> u64 {
        let (mut rest, mut count) = (mean, 0);
        while rest > 0.0 {
            let step = rest.min(30.0);
            let (limit, mut product) = ((-step).exp(), self.unit());
            while product > limit {
                count += 1;
                product *= self.unit();
            }
            rest -= step;
        }
        count
    }

    /// Student's t with `df` degrees of freedom.
    pub fn student(&mut self, df: f64) -> f64 {
        let chi = 2.0 * self.gamma(0.5 * df);
        self.normal() / (chi / df).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    /// Means and variances of every distribution within five standard errors of what they should be.
    #[test]
    fn samples_have_the_moments_of_their_laws() {
        let n = 200_000;
        let mut random = Random::named("moments");
        let mut check = |what: &str, mean: f64, variance: f64, draw: &mut dyn FnMut(&mut Random) -> f64| {
            let values: Vec<f64> = (0..n).map(|_| draw(&mut random)).collect();
            let m = values.iter().sum::<f64>() / f64::from(n);
            let v = values.iter().map(|x| (x - m).powi(2)).sum::<f64>() / f64::from(n);
            let fourth = values.iter().map(|x| (x - m).powi(4)).sum::<f64>() / f64::from(n);
            let (se_m, se_v) = ((v / f64::from(n)).sqrt(), ((fourth - v * v) / f64::from(n)).sqrt());
            assert!((m - mean).abs() < 5.0 * se_m, "{what}: mean {m}, not {mean}");
            assert!((v - variance).abs() < 5.0 * se_v, "{what}: variance {v}, not {variance}");
        };
        check("unit", 0.5, 1.0 / 12.0, &mut Random::unit);
        check("normal", 0.0, 1.0, &mut Random::normal);
        check("exponential", 1.0, 1.0, &mut Random::exponential);
        check("gamma 0.5", 0.5, 0.5, &mut |r| r.gamma(0.5));
        check("gamma 4", 4.0, 4.0, &mut |r| r.gamma(4.0));
        check("beta", 0.25, 0.25 * 0.75 / 9.0, &mut |r| r.beta(2.0, 6.0));
        check("poisson 0.7", 0.7, 0.7, &mut |r| r.poisson(0.7) as f64);
        check("poisson 100", 100.0, 100.0, &mut |r| r.poisson(100.0) as f64);
        check("binomial", 6.0, 4.2, &mut |r| r.binomial(20, 0.3) as f64);
        check("place", 1.3, 0.61, &mut |r| r.place(&[0.2, 0.3, 0.5]) as f64);
        check("student 8", 0.0, 8.0 / 6.0, &mut |r| r.student(8.0));
        let e = 0.25_f64.exp();
        check("lognormal", e.sqrt(), (e - 1.0) * e, &mut |r| r.lognormal(0.5));
        check("mix", 0.2, 0.2 * 0.8 / 5.0, &mut |r| r.mix(&[0.2, 0.5, 0.3], 4.0)[0]);
    }
}
