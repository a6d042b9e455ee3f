//! The three groups a net is made of.

/// Sizes of the upper, middle and lower group; promoters, passives and
/// detractors for NPS. Fractional sizes are effective ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Groups {
    up: f64,
    middle: f64,
    down: f64,
}

impl Groups {
    /// Three group sizes; `None` where one is negative, no number, or all are 0.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::nets::Groups;
    /// let nps = Groups::new(60.0, 25.0, 15.0).unwrap();
    /// assert_eq!(nps.points(), 45.0);
    /// assert_eq!(Groups::new(0.0, 0.0, 0.0), None);
    /// ```
    pub fn new(up: f64, middle: f64, down: f64) -> Option<Self> {
        let fine = [up, middle, down].iter().all(|x| (0.0..f64::INFINITY).contains(x));
        (fine && up + middle + down > 0.0).then_some(Self { up, middle, down })
    }

    /// Answers in all.
    pub fn n(&self) -> f64 {
        self.up + self.middle + self.down
    }

    /// Size of the upper group.
    pub const fn up(&self) -> f64 {
        self.up
    }

    /// Size of the middle group.
    pub const fn middle(&self) -> f64 {
        self.middle
    }

    /// Size of the lower group.
    pub const fn down(&self) -> f64 {
        self.down
    }

    /// Upper share minus lower share, −1..1.
    pub fn balance(&self) -> f64 {
        (self.up - self.down) / self.n()
    }

    /// The net in points, −100..100.
    pub fn points(&self) -> f64 {
        100.0 * (self.up - self.down) / self.n()
    }

    /// Variance of one answer scored 1, 0 or −1: p + d − (p − d)², in shares squared.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::nets::Groups;
    /// assert!((Groups::new(60.0, 25.0, 15.0).unwrap().variance() - 0.5475).abs() < 1e-15);
    /// ```
    pub fn variance(&self) -> f64 {
        let s = self.balance();
        ((self.up + self.down) / self.n() - s * s).max(0.0)
    }

    /// Standard error in points, √(variance / n).
    pub fn se(&self) -> f64 {
        100.0 * (self.variance() / self.n()).sqrt()
    }

    /// The same proportions at another size.
    #[must_use]
    pub fn resized(&self, n: f64) -> Option<Self> {
        let scale = n / self.n();
        Self::new(self.up * scale, self.middle * scale, self.down * scale)
    }
}
