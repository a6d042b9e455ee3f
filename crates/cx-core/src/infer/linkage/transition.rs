//! From customers who move between bands to outcome and score.

use crate::ground::estimate::Refused;

/// Who moves: `share[a][b]` of the base goes from band a to band b.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    share: Vec<Vec<f64>>,
}

/// What a transition brings.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// Mean change of the outcome per customer of the base, causal share applied.
    pub outcome: f64,
    /// The same in each draw.
    pub draws: Vec<f64>,
    /// Change of the net promoter score, in points.
    pub nps: f64,
}

/// Ways to move the score by one point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// 1 % of the base from passive to promoter.
    PassiveToPromoter,
    /// 1 % of the base from detractor to passive.
    DetractorToPassive,
    /// ½ % of the base from detractor to promoter.
    DetractorToPromoter,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::PassiveToPromoter, Self::DetractorToPassive, Self::DetractorToPromoter];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PassiveToPromoter => "passive-to-promoter",
            Self::DetractorToPassive => "detractor-to-passive",
            Self::DetractorToPromoter => "detractor-to-promoter",
        }
    }

    /// Share of the base that moves.
    pub const fn share(self) -> f64 {
        match self {
            Self::PassiveToPromoter | Self::DetractorToPassive => 0.01,
            Self::DetractorToPromoter => 0.005,
        }
    }

    /// The transition, on bands detractor, passive, promoter.
    pub fn transition(self) -> Transition {
        let (from, to) = match self {
            Self::PassiveToPromoter => (1, 2),
            Self::DetractorToPassive => (0, 1),
            Self::DetractorToPromoter => (0, 2),
        };
        let mut table = vec![vec![0.0; 3]; 3];
        table[from][to] = self.share();
        Transition { share: table }
    }
}

impl Transition {
    /// A transition table; rows from, columns to, shares of the base.
    ///
    /// # Errors
    /// A refusal where the table does not fit the bands, a share is negative,
    /// or more leave a band than `held` (its share of the base) has.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::linkage::Transition;
    /// let held = [0.2, 0.3, 0.5];
    /// let none = vec![0.0; 3];
    /// let table = vec![vec![0.0, 0.1, 0.15], none.clone(), none];
    /// assert_eq!(Transition::new(table, &held).unwrap_err().rule, "more move than there are");
    /// ```
    pub fn new(share: Vec<Vec<f64>>, held: &[f64]) -> Result<Self, Refused> {
        let square = share.len() == held.len() && share.iter().all(|row| row.len() == held.len());
        if !square || share.iter().flatten().any(|x| x.is_nan() || *x < 0.0) {
            return Err(Refused {
                rule: "transition table".to_owned(),
                reason: "a transition has one row and one column a band, and shares of 0 or more".to_owned(),
                lift: "a square table of shares of the base".to_owned(),
            });
        }
        for (band, (row, held)) in share.iter().zip(held).enumerate() {
            let leave: f64 = row.iter().enumerate().filter(|(to, _)| *to != band).map(|(_, x)| x).sum();
            if leave > held + 1e-12 {
                return Err(Refused {
                    rule: "more move than there are".to_owned(),
                    reason: format!(
                        "{:.1} % of the base leave band {} of {:.1} %",
                        100.0 * leave,
                        band + 1,
                        100.0 * held
                    ),
                    lift: "a smaller move".to_owned(),
                });
            }
        }
        Ok(Self { share })
    }

    /// What it brings, given the outcome of each band and the causal share.
    ///
    /// Formula: Δy = Σ M_ab (μ_b − μ_a) κ; Δscore = 100 Σ M_ab (v_b − v_a) with
    /// v −1 for the lowest band, 1 for the highest, 0 between. `draws` gives μ
    /// by draw, `kappa` κ by draw; the shorter list is gone through again.
    /// `None` where the bands do not fit. Source: definition of this product.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::linkage::Preset;
    /// // Lifetime values 100, 190, 220: the same point is worth 0.30, 0.90 or 0.60.
    /// let worth = Preset::ALL.map(|preset| {
    ///     let moved = preset.transition().moves(&[100.0, 190.0, 220.0], &[], (1.0, &[])).unwrap();
    ///     assert!((moved.nps - 1.0).abs() < 1e-12);
    ///     moved.outcome
    /// });
    /// assert!(worth.iter().zip([0.3, 0.9, 0.6]).all(|(a, b)| (a - b).abs() < 1e-12));
    /// ```
    pub fn moves(&self, means: &[f64], draws: &[Vec<f64>], kappa: (f64, &[f64])) -> Option<Moved> {
        let bands = self.share.len();
        if means.len() != bands || draws.iter().any(|d| d.len() != bands) {
            return None;
        }
        let gain = |means: &[f64]| {
            let pairs = self.share.iter().enumerate();
            pairs
                .map(|(a, row)| row.iter().zip(means).map(|(m, to)| m * (to - means[a])).sum::<f64>())
                .sum::<f64>()
        };
        let place = |b: usize| f64::from(u8::from(b + 1 == bands)) - f64::from(u8::from(b == 0));
        let nps: f64 = (0..bands)
            .flat_map(|a| (0..bands).map(move |b| (a, b)))
            .map(|(a, b)| 100.0 * self.share[a][b] * (place(b) - place(a)))
            .sum();
        let count = draws.len().max(kappa.1.len());
        let world = |d: usize| if draws.is_empty() { gain(means) } else { gain(&draws[d % draws.len()]) };
        let share = |d: usize| if kappa.1.is_empty() { kappa.0 } else { kappa.1[d % kappa.1.len()] };
        Some(Moved {
            outcome: gain(means) * kappa.0,
            draws: (0..count).map(|d| world(d) * share(d)).collect(),
            nps,
        })
    }
}

/// The value of one point of score: refused, since it depends on who moves.
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::one_point;
/// let refused = one_point();
/// assert!(refused.lift.contains("detractor-to-passive"));
/// ```
pub fn one_point() -> Refused {
    let names: Vec<&str> = Preset::ALL.iter().map(|preset| preset.name()).collect();
    Refused {
        rule: "value of a point without a path".to_owned(),
        reason: "the same point is worth different money, depending on who moves".to_owned(),
        lift: format!("say who moves: {}", names.join(", ")),
    }
}
