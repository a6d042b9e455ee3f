//! Looking before the end, paid for beforehand.

use crate::ground::estimate::{Interval, Refused};
use crate::infer::Level;
use crate::infer::effects::Effect;
use crate::infer::special::quadrature::gauss;
use crate::infer::special::{Tails, bisect, normal};

/// One planned look at a running experiment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Share of the planned information at the look, 0..1.
    pub information: f64,
    /// Chance of a false finding spent up to and with this look.
    pub spent: f64,
    /// An effect of this many standard errors or more ends the experiment.
    pub edge: f64,
}

impl Look {
    /// The interval that may be shown at this look: value ± edge·se holds the
    /// truth at all looks together as often as the level says.
    pub fn interval(&self, effect: &Effect, level: Level) -> Interval {
        let half = self.edge * effect.se;
        Interval::closed(effect.value - half, effect.value + half, level.value(), effect.method)
    }
}

/// Chance of a false finding spent at a share of the information, both sides.
///
/// Formula: 4 (1 − Φ(z/√t)) with z above which a normal lies with chance α/4:
/// hardly anything early, α at the end. Source: `lan1983`.
///
/// # Examples
/// ```
/// use cx_core::infer::{effects::randomised::spent, Level};
/// assert!((spent(1.0, Level::P95) - 0.05).abs() < 1e-15);
/// assert!(spent(0.2, Level::P95) < 2e-6);
/// ```
pub fn spent(information: f64, level: Level) -> f64 {
    let z = normal::quantile(Tails::above(level.alpha() / 4.0));
    4.0 * normal::tails(z / information.sqrt()).above
}

/// Edges of O'Brien and Fleming's kind for looks planned beforehand.
///
/// The edges are such that with no effect the chance to have crossed one by
/// look k is [`spent`] there: the density of the running sum is carried from
/// look to look by quadrature. `information` ascends and ends at 1.
/// Source: `lan1983`, `obrien1979`.
///
/// # Errors
/// [`Refused`] unless the looks ascend within 0..1 and end at 1.
///
/// # Examples
/// ```
/// use cx_core::infer::{effects::randomised::obrien_fleming, Level};
/// let looks = obrien_fleming(&[0.2, 0.4, 0.6, 0.8, 1.0], Level::P95).unwrap();
/// for (look, edge) in looks.iter().zip([4.8769, 3.3570, 2.6803, 2.2898, 2.0310]) {
///     assert!((look.edge - edge).abs() < 1e-4);
/// }
/// assert!((obrien_fleming(&[1.0], Level::P95).unwrap()[0].edge - 1.959_964).abs() < 1e-6);
/// ```
pub fn obrien_fleming(information: &[f64], level: Level) -> Result<Vec<Look>, Refused> {
    let ascends = information.windows(2).all(|pair| pair[0] < pair[1]);
    if !(ascends && information.first().is_some_and(|t| *t > 0.0) && information.last() == Some(&1.0)) {
        return Err(Refused {
            rule: "planned looks".to_owned(),
            reason: format!("looks at {information:?} of the information are no plan"),
            lift: "ascending shares of the planned information that end at 1".to_owned(),
        });
    }
    let mut looks = Vec::new();
    // Nodes of the running sum inside all edges so far, with weight times density.
    let mut inside = vec![(0.0, 1.0)];
    let (mut before, mut paid) = (0.0_f64, 0.0);
    for t in information {
        let (step, to_pay) = ((t - before).sqrt(), spent(*t, level));
        let crossing =
            |edge: f64| inside.iter().map(|(u, w)| w * normal::tails((edge - u) / step).above).sum::<f64>();
        // Beyond 12 standard errors nothing is left to pay with.
        let most = 12.0 * t.sqrt();
        let due = 0.5 * (to_pay - paid);
        let edge = bisect(|edge| crossing(edge) - due, 0.0, most, true);
        looks.push(Look { information: *t, spent: to_pay, edge: edge / t.sqrt() });
        let mut next = Vec::new();
        let panels = 16;
        for panel in 0..panels {
            let at = |k: i32| edge * (2.0 * f64::from(k) / f64::from(panels) - 1.0);
            gauss(at(panel), at(panel + 1), |s, weight| {
                let density: f64 =
                    inside.iter().map(|(u, w)| w * normal::density((s - u) / step) / step).sum();
                next.push((s, weight * density));
            });
        }
        (inside, before, paid) = (next, *t, to_pay);
    }
    Ok(looks)
}
