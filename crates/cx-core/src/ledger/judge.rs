//! A promise held against what was delivered.

use super::{Delivered, Foresight, History, Promise};
use crate::ground::estimate::{Interval, Method, Refused};
use crate::infer::draws::Points;
use crate::infer::scoring::{crps_of_draws, interval_score, skill};

/// Values that stand for a promised distribution where it is scored: within
/// 0.3 % of the score of the smooth one.
const EVEN: u32 = 1000;

/// Which wording of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Version {
    /// As it was made.
    Original,
    /// As the amendment of this number left it, from 1.
    Amendment(usize),
}

/// Where the delivered median lies against the promised range of 80 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Against {
    /// Below the 10 % point.
    Below,
    /// Inside.
    Inside,
    /// Above the 90 % point.
    Above,
}

/// Delivered over promised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Realised {
    /// Delivered median over promised median: 1 where all came, 0 where nothing did.
    pub ratio: f64,
    /// Its 90 % interval: what is not known of the delivery alone.
    pub interval: Interval,
    /// Its standard error.
    pub se: f64,
}

/// One wording of a promise, scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The promise.
    pub claim_id: String,
    /// Its family.
    pub family: String,
    /// Which wording.
    pub version: Version,
    /// Whether this wording was registered before the exposure.
    pub foresight: Foresight,
    /// What was promised.
    pub promised: Points,
    /// What was delivered.
    pub delivered: Points,
    /// Delivered over promised; refused where nothing above 0 was promised.
    pub realised: Result<Realised, Refused>,
    /// Where the delivery lies.
    pub against: Against,
    /// Whether the promised intervals of 50, 80 and 90 % hold it.
    pub inside: [bool; 3],
    /// Its place in the promised distribution, 0..1.
    pub place: f64,
    /// Continuous ranked probability score, in the metric's unit; less is better.
    pub crps: f64,
    /// Interval score of the 90 % interval, in the metric's unit; less is better.
    pub interval_score: f64,
    /// Squared error of the chance to pay, 0..1; where one was promised and it is known.
    pub brier: Option<f64>,
    /// Skill against "nothing changes"; `None` where nothing did.
    pub skill_over_nothing: Option<f64>,
    /// Skill against last year's trend, where that is given.
    pub skill_over_trend: Option<f64>,
    /// Distance from the median over the half-width of the 80 % interval on
    /// that side: above 1 outside. `None` where that side has no width.
    pub miss: Option<f64>,
}

/// Delivered over promised, for a promise above 0.
///
/// The promised median is a number that was said, so that only the delivery
/// has a spread; the interval is its 5 and 95 % points over that number.
/// Source: definition of this product.
///
/// # Errors
/// The refusal `nothing_promised` where the promised median is 0 or below.
///
/// # Examples
/// ```
/// use cx_core::ground::evidence::Grade;
/// use cx_core::infer::draws::Points;
/// use cx_core::ledger::{realised, Delivered};
/// let promised = Points::checked([1.0, 2.0, 4.0, 5.0, 6.0, 8.0, 9.0]).unwrap();
/// let gain = Points::checked([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]).unwrap();
/// let found = realised(&promised, &Delivered { gain, se: 2.0, grade: Grade::R, paid: None }).unwrap();
/// assert_eq!((found.ratio, found.se, found.interval.low), (0.8, 0.4, Some(0.2)));
/// ```
pub fn realised(promised: &Points, delivered: &Delivered) -> Result<Realised, Refused> {
    let goal = promised.p50;
    if !(goal > 0.0 && goal.is_finite()) {
        return Err(Refused {
            rule: "nothing_promised".to_owned(),
            reason: "no gain above 0 was promised, and a ratio to it says nothing".to_owned(),
            lift: "promise a gain: what is better is above 0".to_owned(),
        });
    }
    let Delivered { gain, se, .. } = delivered;
    let interval = Interval::closed(gain.p5 / goal, gain.p95 / goal, 0.9, Method::Draws);
    Ok(Realised { ratio: gain.p50 / goal, interval, se: se / goal })
}

/// Scores every wording of a resolved promise; nothing where it is not resolved.
///
/// The outcome is the delivered median. The promised distribution is the one
/// through its seven quantiles ([`Points`]); its CRPS is that of 1000 values at
/// even places. `trend` holds draws of the gain that last year's trend would
/// have brought. Source: `gneiting2007`, `brier1950`.
///
/// An example stands at [`super::Ledger`].
pub fn judge(history: &History<'_>, trend: Option<&[f64]>) -> Vec<Judged> {
    let Some(resolution) = history.resolution else { return Vec::new() };
    let amended = history.amended.iter().enumerate().map(|(i, p)| (Version::Amendment(i + 1), *p));
    std::iter::once((Version::Original, history.original))
        .chain(amended)
        .filter_map(|(version, promise)| one(promise, version, &resolution.delivered, trend))
        .collect()
}

fn one(promise: &Promise, version: Version, delivered: &Delivered, trend: Option<&[f64]>) -> Option<Judged> {
    let promised = promise.promised;
    let y = delivered.gain.p50;
    let crps = crps_of_draws(&promised.even(EVEN), y)?;
    let over = |baseline: &[f64]| skill(crps, crps_of_draws(baseline, y)?);
    let (from_median, half) = if y < promised.p50 {
        (promised.p50 - y, promised.p50 - promised.p10)
    } else {
        (y - promised.p50, promised.p90 - promised.p50)
    };
    let against = if y < promised.p10 {
        Against::Below
    } else if y > promised.p90 {
        Against::Above
    } else {
        Against::Inside
    };
    let brier = promise.pays.zip(delivered.paid).map(|(p, paid)| (p - f64::from(u8::from(paid))).powi(2));
    Some(Judged {
        claim_id: promise.claim_id.clone(),
        family: promise.family.clone(),
        version,
        foresight: promise.foresight(),
        promised,
        delivered: delivered.gain,
        realised: realised(&promised, delivered),
        against,
        inside: promised.central().map(|interval| interval.holds(y)),
        place: promised.place(y),
        crps,
        interval_score: interval_score(y, promised.p5, promised.p95, 0.9)?,
        brier,
        skill_over_nothing: over(&[0.0]),
        skill_over_trend: trend.and_then(over),
        miss: (half > 0.0).then(|| from_median / half),
    })
}
