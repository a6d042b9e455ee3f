//! Estimates, draws and designs that all initiatives share.

use cx_core::findings::{CheckFound, Density, DesignFound, Fact, InputFound, Records};
use cx_core::ground::estimate::{Estimate, Interval, Method, Size};
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::Unit;

/// Designs from best to least with their grades.
const DESIGNS: [(&str, Grade, &str); 8] = [
    ("randomised", Grade::R, "assignment was not drawn by lot"),
    ("discontinuity", Grade::Q, "no cut-off decides who is treated"),
    ("differences", Grade::Q, "no units without treatment"),
    ("synthetic", Grade::Q, "no treated unit"),
    ("controlled_series", Grade::Q, "no series that the initiative cannot have moved"),
    ("series", Grade::T, "fewer than 12 periods before the start"),
    ("weighted", Grade::W, "nobody chose in with a known history"),
    ("linkage", Grade::A, ""),
];

/// The ladder with these designs allowed besides linkage.
pub(super) fn designs(allowed: &[&str]) -> Vec<DesignFound> {
    let one = |(design, grade, missing): &(&str, Grade, &str)| DesignFound {
        design: (*design).into(),
        grade: *grade,
        missing: (!missing.is_empty() && !allowed.contains(design)).then(|| (*missing).into()),
    };
    DESIGNS.iter().map(one).collect()
}

pub(super) fn check(name: &str, passed: bool, says: &str) -> CheckFound {
    CheckFound { name: name.into(), passed, says: says.into() }
}

/// An effect with a symmetric interval.
pub(super) fn effect(value: f64, half: f64, unit: Unit, n: u64) -> Estimate {
    let interval = Interval::closed(value - half, value + half, 0.95, Method::Welch);
    Estimate::new(value, Some(interval), unit, Size { n, ..Size::default() }).with_se(half / 1.96)
}

/// A median of draws with its 5 and 95 % points.
pub(super) fn drawn(median: f64, (low, high): (f64, f64), unit: Unit) -> Estimate {
    let interval = Interval::closed(low, high, 0.90, Method::Draws);
    Estimate::new(median, Some(interval), unit, Size { n: 10_000, ..Size::default() })
}

/// Draws that lie like a bell around a middle.
pub(super) fn bell(middle: f64, spread: f64) -> Density {
    let (from, to) = (middle - 2.6 * spread, middle + 2.6 * spread);
    let at = |i: u32| -2.6 + 5.2 * (f64::from(i) + 0.5) / 40.0;
    let heights: Vec<f64> = (0..40).map(|i| (-0.5 * at(i) * at(i)).exp()).collect();
    let sum: f64 = heights.iter().sum();
    Density { from, to, counts: heights.iter().map(|h| (10_000.0 * h / sum).round() as u32).collect() }
}

/// The points at 5, 10, 25, 50, 75, 90 and 95 % of the same draws.
pub(super) fn points(middle: f64, spread: f64) -> [f64; 7] {
    [-1.645, -1.282, -0.674, 0.0, 0.674, 1.282, 1.645].map(|z: f64| z.mul_add(spread, middle))
}

pub(super) fn input(
    name: &str,
    provenance: &str,
    drawn: &str,
    swing: (f64, f64),
    (index, information): (Option<f64>, f64),
) -> InputFound {
    InputFound {
        name: name.into(),
        provenance: provenance.into(),
        drawn: drawn.into(),
        swing,
        total_index: index,
        information,
    }
}

/// A figure with its formula and the rows it stands on.
pub(super) fn fact(id: &str, name: &str, formula: &str, estimate: &Estimate, grade: Grade) -> Fact {
    let records =
        |table: &str, rows: u64| Records { table: table.into(), rows, units: rows, ..Records::default() };
    Fact::new(id, name, estimate.clone())
        .by(formula, "practice")
        .from_records(&[records("assignments", 41_260), records("costs", 318)])
        .assuming("discount rate a year", "0.1")
        .graded(grade)
}
