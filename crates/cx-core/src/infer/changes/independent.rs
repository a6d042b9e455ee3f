//! Difference of two independent figures.

use crate::ground::estimate::{Estimate, Interval, Method};

/// Interval of a − b for independent figures, from each one's value and interval.
///
/// Formula: d − √((a−l_a)² + (u_b−b)²) to d + √((u_a−a)² + (b−l_b)²). An open
/// end of a part opens the end it feeds. `None` where the levels differ.
/// Source: `zou2008`; for shares with Wilson limits it is `newcombe1998`.
///
/// # Examples
/// ```
/// use cx_core::ground::estimate::{Interval, Method};
/// use cx_core::infer::changes::square_and_add;
/// let a = Interval::closed(7.0, 13.0, 0.95, Method::T);
/// let b = Interval::closed(1.0, 9.0, 0.95, Method::T);
/// let difference = square_and_add((10.0, &a), (5.0, &b)).unwrap();
/// assert_eq!((difference.low, difference.high), (Some(0.0), Some(10.0)));
/// ```
pub fn square_and_add(a: (f64, &Interval), b: (f64, &Interval)) -> Option<Interval> {
    let ((a, ia), (b, ib)) = (a, b);
    if ia.level != ib.level {
        return None;
    }
    let d = a - b;
    let low = ia.low.zip(ib.high).map(|(l, u)| d - (a - l).hypot(u - b));
    let high = ia.high.zip(ib.low).map(|(u, l)| d + (u - a).hypot(b - l));
    Some(Interval { low, high, level: ia.level, method: Method::SquaredArms })
}

/// First minus second of two independent estimates.
///
/// The interval squares and adds the arms of theirs, whatever made them, so
/// the change agrees with the two figures printed beside it. No interval where
/// either has none; no value where either has none.
///
/// # Examples
/// ```
/// use cx_core::infer::{changes, shares, Level};
/// let now = shares::estimate_counts(56, 70, Level::P95);
/// let before = shares::estimate_counts(48, 80, Level::P95);
/// let change = changes::difference(&now, &before);
/// assert!((change.interval.unwrap().low.unwrap() - 0.052_431).abs() < 1e-6);
/// ```
pub fn difference(a: &Estimate, b: &Estimate) -> Estimate {
    let size = crate::ground::estimate::Size {
        n: a.size.n + b.size.n,
        clusters: a.size.clusters + b.size.clusters,
        ..Default::default()
    };
    let (Some(va), Some(vb)) = (a.value, b.value) else {
        let why = a.absent.as_ref().or(b.absent.as_ref()).cloned();
        return Estimate::absent(why.unwrap_or(crate::ground::estimate::Absent::NoData), a.unit, size);
    };
    let interval =
        a.interval.as_ref().zip(b.interval.as_ref()).and_then(|(ia, ib)| square_and_add((va, ia), (vb, ib)));
    let mut change = Estimate::new(va - vb, interval, a.unit, size);
    change.se = a.se.zip(b.se).map(|(x, y)| x.hypot(y));
    for caveat in a.caveats.iter().chain(&b.caveats) {
        if !change.caveats.contains(caveat) {
            change.caveats.push(caveat.clone());
        }
    }
    change
}
