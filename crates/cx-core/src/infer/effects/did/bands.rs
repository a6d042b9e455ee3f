//! Bands that hold a whole curve.

use super::EventPoint;
use crate::ground::estimate::{Interval, Method, Refused};
use crate::infer::Level;
use crate::stats::{cluster_hash, world_bits};

/// Worlds below which no band is drawn.
const FEWEST: u32 = 99;

/// Bands around the points of an event study.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// Standard errors to either side that hold all points at once.
    pub reach: f64,
    /// One interval a point.
    pub intervals: Vec<Interval>,
}

/// The sign of a unit in world `b`: one or minus one, evenly.
pub(super) fn sign(seed: u64, unit: usize, b: u32) -> f64 {
    let bits = world_bits(cluster_hash(seed, &(unit as u64).to_le_bytes()), b);
    if bits >> 63 == 0 { 1.0 } else { -1.0 }
}

/// Simultaneous bands by the multiplier bootstrap over units.
///
/// In each of `worlds` worlds every unit's part in the errors gets a sign of
/// its own; the reach is the quantile of the largest |Σ ± part|/se over the
/// points. Same seed, same bands. Source: `callaway2021`.
///
/// # Errors
/// [`Refused`] below 99 worlds or without a point that varies.
pub fn simultaneous(points: &[EventPoint], worlds: u32, seed: u64, level: Level) -> Result<Bands, Refused> {
    let varied: Vec<&EventPoint> = points.iter().filter(|p| p.effect.se > 0.0).collect();
    if varied.is_empty() || worlds < FEWEST {
        return Err(Refused {
            rule: "worlds of a band".to_owned(),
            reason: format!("{} points that vary in {worlds} worlds", varied.len()),
            lift: "99 worlds or more, and units that differ".to_owned(),
        });
    }
    let units = varied[0].effect.parts.len();
    let mut largest: Vec<f64> = (0..worlds)
        .map(|b| {
            let signs: Vec<f64> = (0..units).map(|i| sign(seed, i, b)).collect();
            let off = |p: &&EventPoint| {
                p.effect.parts.iter().zip(&signs).map(|(part, sign)| part * sign).sum::<f64>().abs()
                    / p.effect.se
            };
            varied.iter().map(off).fold(0.0, f64::max)
        })
        .collect();
    largest.sort_by(f64::total_cmp);
    let place = (level.value() * (f64::from(worlds) + 1.0)).ceil() as usize;
    let reach = largest[place.clamp(1, largest.len()) - 1].max(level.z());
    let intervals = points
        .iter()
        .map(|p| {
            let half = reach * p.effect.se;
            let (low, high) = (p.effect.value - half, p.effect.value + half);
            Interval::closed(low, high, level.value(), Method::SimultaneousBands)
        })
        .collect();
    Ok(Bands { reach, intervals })
}
