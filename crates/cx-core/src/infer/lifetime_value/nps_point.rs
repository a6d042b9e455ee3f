//! What a point of NPS is worth: it depends on who moves.

use crate::ground::estimate::Refused;

/// Lifetime value, or any other outcome, of a customer by band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BandValues {
    /// Of a detractor.
    pub detractor: f64,
    /// Of a passive.
    pub passive: f64,
    /// Of a promoter.
    pub promoter: f64,
}

/// Paths that all give one point more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NpsPath {
    /// One per cent of the base from passive to promoter.
    PassiveToPromoter,
    /// One per cent of the base from detractor to passive.
    DetractorToPassive,
    /// Half a per cent of the base from detractor to promoter.
    DetractorToPromoter,
}

/// Part of the base that moves from one band to another: 0 detractor, 1 passive, 2 promoter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Transition {
    /// The band before.
    pub from: usize,
    /// The band after.
    pub to: usize,
    /// Share of the base, 0..1.
    pub share: f64,
}

impl NpsPath {
    /// All paths.
    pub const ALL: [Self; 3] = [Self::PassiveToPromoter, Self::DetractorToPassive, Self::DetractorToPromoter];

    /// Who moves.
    pub const fn transition(self) -> Transition {
        match self {
            Self::PassiveToPromoter => Transition { from: 1, to: 2, share: 0.01 },
            Self::DetractorToPassive => Transition { from: 0, to: 1, share: 0.01 },
            Self::DetractorToPromoter => Transition { from: 0, to: 2, share: 0.005 },
        }
    }
}

/// Value of one NPS point per customer of the base, by the path it takes.
///
/// Without a path it has no value: with 100, 190 and 220 per band, the three
/// are worth 0.30, 0.90 and 0.60. `kappa`, 0..1.5, is the part of the
/// difference between bands that moving a customer would bring.
///
/// # Examples
/// ```
/// use cx_core::infer::lifetime_value::{nps_point_value, BandValues, NpsPath};
/// let values = BandValues { detractor: 100.0, passive: 190.0, promoter: 220.0 };
/// assert!((nps_point_value(values, NpsPath::DetractorToPassive, 1.0) - 0.9).abs() < 1e-12);
/// ```
pub fn nps_point_value(values: BandValues, path: NpsPath, kappa: f64) -> f64 {
    moved(values, path.transition()) * kappa
}

fn moved(values: BandValues, Transition { from, to, share }: Transition) -> f64 {
    let of = |band: usize| [values.detractor, values.passive, values.promoter].get(band).copied();
    share * of(to).zip(of(from)).map_or(0.0, |(to, from)| to - from)
}

/// Value per customer, and the change of NPS in points, of a table of transitions.
///
/// `shares` are the bands' shares before, detractors first.
///
/// # Errors
/// A refusal where more would leave a band than it holds, or a band does not exist.
///
/// # Examples
/// ```
/// use cx_core::infer::lifetime_value::{transition_value, BandValues, Transition};
/// let values = BandValues { detractor: 100.0, passive: 190.0, promoter: 220.0 };
/// let moves = [Transition { from: 0, to: 1, share: 0.02 }, Transition { from: 1, to: 2, share: 0.01 }];
/// let (value, points) = transition_value(values, [0.2, 0.3, 0.5], &moves, 0.5).unwrap();
/// assert!((value - 1.05).abs() < 1e-12 && (points - 3.0).abs() < 1e-12);
/// assert!(transition_value(values, [0.01, 0.3, 0.69], &moves, 0.5).is_err());
/// ```
pub fn transition_value(
    values: BandValues,
    shares: [f64; 3],
    moves: &[Transition],
    kappa: f64,
) -> Result<(f64, f64), Refused> {
    let mut left = [0.0; 3];
    let (mut value, mut points) = (0.0, 0.0);
    for step in moves {
        if step.from > 2 || step.to > 2 || !(0.0..=1.0).contains(&step.share) {
            return Err(refused("a move is from a band that does not exist, or of no share of the base"));
        }
        left[step.from] += step.share;
        value += moved(values, *step);
        points += 100.0 * step.share * (step.to as f64 - step.from as f64);
    }
    if left.iter().zip(&shares).any(|(left, held)| *left > held + 1e-12) {
        return Err(refused("more customers would move than the band holds"));
    }
    Ok((value * kappa, points))
}

fn refused(reason: &str) -> Refused {
    Refused {
        rule: "transition_impossible".to_owned(),
        reason: reason.to_owned(),
        lift: "move no more of a band than its share of the base".to_owned(),
    }
}
