//! Lifetime value by band of score, and where the gap between bands comes from.

use crate::ground::estimate::Refused;

/// What a customer of one band does, period by period from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Share still there.
    pub survival: Vec<f64>,
    /// Margin before cost to serve, per active customer and period.
    pub margin: Vec<f64>,
    /// Cost to serve, per active customer and period.
    pub service: Vec<f64>,
    /// What the customer brings by recommending, discounted; in the value of
    /// the band, left out of any sum over customers.
    pub referral: f64,
}

/// The gap between two bands by where it comes from. The parts sum to the gap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// The whole gap.
    pub total: f64,
    /// From staying longer.
    pub retention: f64,
    /// From spending more.
    pub spend: f64,
    /// From costing less to serve.
    pub service: f64,
    /// From recommending more.
    pub referral: f64,
}

impl Band {
    /// Lifetime value: Σ S(t) (m(t) − c(t))/(1+i)ᵗ + referral value.
    ///
    /// Periods beyond the shortest of the three series are not counted.
    pub fn value(&self, rate: f64) -> f64 {
        let sum: f64 =
            (self.periods().zip(discounts(rate))).map(|((s, m, c), discount)| s * (m - c) * discount).sum();
        sum + self.referral
    }

    fn periods(&self) -> impl Iterator<Item = (f64, f64, f64)> {
        self.survival.iter().zip(&self.margin).zip(&self.service).map(|((s, m), c)| (*s, *m, *c))
    }
}

fn discounts(rate: f64) -> impl Iterator<Item = f64> {
    (0..).map(move |t| (1.0 + rate).powi(-t))
}

/// The gap of `band` over `base`, period by period, each part at the mean of
/// the other: Δ(S x) = ΔS x̄ + S̄ Δx, so that no order of the parts matters.
///
/// # Errors
/// A refusal for bands of unlike length and for a rate of −1 or less.
///
/// # Examples
/// ```
/// use cx_core::infer::lifetime_value::{gap, Band};
/// let band = |r: f64, m: f64, c: f64, referral: f64| Band {
///     survival: (0..20).map(|t| r.powi(t)).collect(), margin: vec![m; 20], service: vec![c; 20], referral,
/// };
/// let (promoter, passive) = (band(0.9, 110.0, 8.0, 12.0), band(0.8, 100.0, 10.0, 4.0));
/// let gap = gap(&promoter, &passive, 0.1).unwrap();
/// let parts = gap.retention + gap.spend + gap.service + gap.referral;
/// assert!((gap.total - parts).abs() < 1e-9 && gap.referral == 8.0);
/// assert!((gap.total - (promoter.value(0.1) - passive.value(0.1))).abs() < 1e-9);
/// ```
pub fn gap(band: &Band, base: &Band, rate: f64) -> Result<Gap, Refused> {
    let lengths = [band, base].map(|b| [b.survival.len(), b.margin.len(), b.service.len()]);
    if lengths.iter().flatten().any(|n| *n != lengths[0][0]) || rate <= -1.0 {
        return Err(Refused {
            rule: "bands_unlike".to_owned(),
            reason: "the bands are not known over the same periods, or the rate is −100 % or below"
                .to_owned(),
            lift: "give every band the same horizon".to_owned(),
        });
    }
    let (mut retention, mut spend, mut service) = (0.0, 0.0, 0.0);
    for (((s1, m1, c1), (s0, m0, c0)), discount) in band.periods().zip(base.periods()).zip(discounts(rate)) {
        let stay = discount * f64::midpoint(s1, s0);
        retention += discount * (s1 - s0) * f64::midpoint(m1 - c1, m0 - c0);
        spend += stay * (m1 - m0);
        service += stay * (c0 - c1);
    }
    let referral = band.referral - base.referral;
    Ok(Gap { total: retention + spend + service + referral, retention, spend, service, referral })
}
