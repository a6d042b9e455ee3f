//! Service level: five formulas under one name.

/// Contacts of one period by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Contacts {
    /// Answered within the threshold.
    pub answered_in_time: u64,
    /// Answered later.
    pub answered_late: u64,
    /// Given up within a short time that no service could have met.
    pub abandoned_short: u64,
    /// Given up within the threshold, the short ones included.
    pub abandoned_in_time: u64,
    /// Given up later.
    pub abandoned_late: u64,
}

/// Which service level. The variant belongs to the name of the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// (answered + abandoned in time) / all.
    AbandonedInTimeCount,
    /// Answered in time / answered.
    AnsweredOnly,
    /// Answered in time / all: the default.
    AllOffered,
    /// Answered in time / (answered + abandoned late).
    WithoutEarlyAbandons,
    /// (answered in time + abandoned in the short time) / all.
    ShortAbandonsCount,
}

impl Variant {
    /// Every variant, in the order of the catalogue.
    pub const ALL: [Self; 5] = [
        Self::AbandonedInTimeCount,
        Self::AnsweredOnly,
        Self::AllOffered,
        Self::WithoutEarlyAbandons,
        Self::ShortAbandonsCount,
    ];
}

impl Contacts {
    /// Numerator and denominator of a variant: a share of counts for [`super::shares`].
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::service_level::{Contacts, Variant};
    /// let day = Contacts {
    ///     answered_in_time: 860,
    ///     answered_late: 140,
    ///     abandoned_short: 10,
    ///     abandoned_in_time: 20,
    ///     abandoned_late: 40,
    /// };
    /// let shares = Variant::ALL.map(|v| {
    ///     let (k, n) = day.counts(v);
    ///     (1000.0 * k as f64 / n as f64).round() / 1000.0
    /// });
    /// assert_eq!(shares, [0.83, 0.86, 0.811, 0.827, 0.821]);
    /// ```
    pub const fn counts(&self, variant: Variant) -> (u64, u64) {
        let answered = self.answered_in_time + self.answered_late;
        let all = answered + self.abandoned_in_time + self.abandoned_late;
        let in_time = self.answered_in_time;
        match variant {
            Variant::AbandonedInTimeCount => (in_time + self.abandoned_in_time, all),
            Variant::AnsweredOnly => (in_time, answered),
            Variant::AllOffered => (in_time, all),
            Variant::WithoutEarlyAbandons => (in_time, answered + self.abandoned_late),
            Variant::ShortAbandonsCount => (in_time + self.abandoned_short, all),
        }
    }
}
