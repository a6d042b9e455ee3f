//! Returns draw by draw.

use super::{Chance, Summary, chance_above, summary};
use crate::ground::estimate::{Absent, Refused};
use crate::infer::finance::Returns;

/// Spread of the cost beyond which the mean of a ratio misleads.
const SPREAD: f64 = 0.3;

/// What joint draws of benefit and cost say.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnReturns {
    /// Net present value.
    pub npv: Summary,
    /// Present value of the benefit.
    pub benefit: Summary,
    /// Present value of the cost.
    pub cost: Summary,
    /// Return on investment; absent where a draw has no cost.
    pub roi: Result<Summary, Absent>,
    /// The mean return; absent where the cost varies by more than 0.3 of its mean.
    pub mean_roi: Result<f64, Absent>,
    /// Chance of a net present value above 0.
    pub pays: Chance,
    /// Chance of a return above the hurdle.
    pub above_hurdle: Chance,
}

/// Returns of joint draws; `hurdle` is a return, as a share.
///
/// A draw whose cost is not above 0 leaves the return absent, not the net
/// present value. `replicates` as in [`chance_above`].
/// Source: definition of this product.
///
/// # Errors
/// The refusal `draws_do_not_match` where there are no draws, not as many of
/// one as of the other, or what is no number.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::returns_of_draws;
/// let drawn = returns_of_draws(&[90.0, 120.0, 150.0], &[100.0, 100.0, 100.0], 0.25, None).unwrap();
/// assert_eq!(drawn.npv.p50, 20.0);
/// assert!((drawn.pays.p - 2.0 / 3.0).abs() < 1e-12 && (drawn.above_hurdle.p - 1.0 / 3.0).abs() < 1e-12);
/// ```
pub fn returns_of_draws(
    benefit: &[f64],
    cost: &[f64],
    hurdle: f64,
    replicates: Option<usize>,
) -> Result<DrawnReturns, Refused> {
    let pairs = || benefit.iter().zip(cost).map(|(b, c)| Returns { benefit: *b, cost: *c });
    let npv: Vec<f64> = pairs().map(Returns::npv).collect();
    let roi: Result<Vec<f64>, Refused> = pairs().map(Returns::roi).collect();
    // Above the hurdle without dividing: B > (1+h) C also where C is 0.
    let over: Vec<f64> = pairs().map(|r| r.benefit - (1.0 + hurdle) * r.cost).collect();
    let found = (
        summary(&npv),
        summary(benefit),
        summary(cost),
        chance_above(&npv, 0.0, replicates),
        chance_above(&over, 0.0, replicates),
    );
    let (Some(npv), Some(benefit_is), Some(cost_is), Some(pays), Some(above_hurdle)) = found else {
        return Err(unmatched());
    };
    if benefit.len() != cost.len() {
        return Err(unmatched());
    }
    let roi = roi.map_err(Absent::Refused).and_then(|draws| summary(&draws).ok_or(Absent::NoData));
    let mean_roi = roi.clone().and_then(|roi| {
        if cost_is.sd > SPREAD * cost_is.mean {
            let why = "the cost varies too much for a mean of ratios; take the median".to_owned();
            return Err(Absent::Undefined { why });
        }
        Ok(roi.mean)
    });
    Ok(DrawnReturns { npv, benefit: benefit_is, cost: cost_is, roi, mean_roi, pays, above_hurdle })
}

fn unmatched() -> Refused {
    Refused {
        rule: "draws_do_not_match".to_owned(),
        reason: "benefit and cost have not the same draws, or none".to_owned(),
        lift: "draw both in the same worlds".to_owned(),
    }
}
