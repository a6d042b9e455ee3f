//! How much of a total comes from the top few.

use crate::ground::estimate::Absent;
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
    let mut wanted = q * sketch.n() as f64;
    let mut held = 0.0;
    for (_, n, sum) in sketch.parts().rev() {
        let taken = (n as f64).min(wanted);
        held += sum * (taken / n as f64);
        wanted -= taken;
        if wanted <= 0.0 {
            break;
        }
    }
    Ok(held / total)
}
