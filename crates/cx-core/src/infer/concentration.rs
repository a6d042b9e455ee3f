//! How much of a total comes from the top few.

use super::{Level, effective};
use crate::ground::estimate::{Absent, Caveat, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::stats::Sketch;

/// Share of the total that the top `q` of the values hold (Lorenz share).
///
/// Values are taken from the largest down until q·n of them; where the cut
/// falls inside a group of equal values or a bucket, that group gives its
/// share in proportion. Values below 0 can push it above 1. No share where
/// the total is 0 or less.
///
/// # Errors
/// The reason why there is no share.
///
/// # Examples
/// ```
/// use cx_core::infer::concentration::top_share;
/// use cx_core::stats::Sketch;
/// let mut margin = Sketch::default();
/// margin.add(100 << 20, 1).unwrap();
/// margin.add(10 << 20, 9).unwrap();
/// assert_eq!(top_share(&margin, 0.1), Ok(100.0 / 190.0));
/// assert_eq!(top_share(&margin, 0.2), Ok(110.0 / 190.0));
/// ```
pub fn top_share(sketch: &Sketch, q: f64) -> Result<f64, Absent> {
    if sketch.n() == 0 {
        return Err(Absent::NoData);
    }
    let undefined = |why: &str| Err(Absent::Undefined { why: why.to_owned() });
    if !(0.0..=1.0).contains(&q) {
        return undefined("the top share lies between 0 and 1");
    }
    let total: f64 = sketch.parts().map(|(_, _, sum)| sum).sum();
    if total <= 0.0 {
        return undefined("the total is not above 0");
    }
    Ok(held_by_top(sketch, q).0 / total)
}

/// What the top `q` hold, and the value at which the cut falls.
fn held_by_top(sketch: &Sketch, q: f64) -> (f64, f64) {
    let mut wanted = q * sketch.n() as f64;
    let (mut held, mut cut) = (0.0, 0.0);
    for (_, n, sum) in sketch.parts().rev() {
        let taken = (n as f64).min(wanted);
        held += sum * (taken / n as f64);
        cut = sum / n as f64;
        wanted -= taken;
        if wanted <= 0.0 {
            break;
        }
    }
    (held, cut)
}

/// [`top_share`] with its interval.
///
/// Formula: the influence of a value x on the share S with cut c is
/// ((x − c)⁺ + qc − Sx)/μ; Var = Σψ²/n², t with n − 1 degrees of freedom. In
/// heavy tails the interval is too short, which the caveat says.
///
/// # Examples
/// ```
/// use cx_core::infer::{concentration, Level};
/// use cx_core::stats::Sketch;
/// let mut margin = Sketch::default();
/// for i in 1..=100_i128 {
///     margin.add(i << 20, 1).unwrap();
/// }
/// let top = concentration::estimate(&margin, 0.1, Level::P95);
/// assert!((top.value.unwrap() - 955.0 / 5050.0).abs() < 1e-12);
/// assert!(top.interval.unwrap().contains(0.19));
/// ```
pub fn estimate(sketch: &Sketch, q: f64, level: Level) -> Estimate {
    let n = sketch.n();
    let size = Size { n, clusters: n, events: None, effective: None };
    let share = match top_share(sketch, q) {
        Ok(share) => share,
        Err(why) => return Estimate::absent(why, Unit::Share, size),
    };
    let (_, cut) = held_by_top(sketch, q);
    let count = n as f64;
    let total: f64 = sketch.parts().map(|(_, _, sum)| sum).sum();
    let mean = total / count;
    let squares: f64 = sketch
        .parts()
        .map(|(_, n, sum)| {
            let x = sum / n as f64;
            let influence = ((x - cut).max(0.0) + q * cut - share * x) / mean;
            n as f64 * influence * influence
        })
        .sum();
    let mut estimate = Estimate::new(share, None, Unit::Share, size);
    // Where all hold the same, rounding alone is left.
    if n > 1 && squares <= 1e-18 * count {
        estimate.caveats.push(effective::no_spread());
    } else if n > 1 {
        let se = squares.sqrt() / count;
        let half = level.t(count - 1.0) * se;
        let limits = ((share - half).max(0.0), share + half);
        estimate.interval = Some(Interval::closed(limits.0, limits.1, level.value(), Method::LinearisedT));
        estimate.se = Some(se);
    }
    let largest = sketch.range().map_or(0.0, |(_, max)| max);
    if largest > 0.05 * total {
        estimate.caveats.push(Caveat::Note {
            text: "one unit holds more than 5 % of the total: the interval is too short".to_owned(),
        });
    }
    estimate
}
