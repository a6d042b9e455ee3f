//! What others claim, held against the company's own figures.

use super::{Fact, OutcomeEffect};
use crate::claims::{Claim, Effect, Headline, Posterior, Verdict};
use crate::ground::estimate::{Estimate, Refused};
use crate::ground::evidence::Grade;
use crate::ground::unit::Unit;
use serde::Serialize;

/// Every claim with its verdict here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimsReport {
    /// The last complete day of records.
    pub as_of: Option<String>,
    /// Level of every interval.
    pub level: f64,
    /// The claims, in the order of their ids.
    pub claims: Vec<ClaimFound>,
    /// What five more points of retention would bring here; none without contracts that end.
    pub five_points: Option<FivePoints>,
    /// Every own figure, for `cx explain`.
    pub facts: Vec<Fact>,
}

/// A claim with its verdict here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimFound {
    /// The claim with its grade, its gaps and what is known about it.
    #[serde(flatten)]
    pub claim: Claim,
    /// The own figure that it is held against.
    pub own: Option<OwnFigure>,
    /// What it is worth here.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// What is wrong with it whatever the own figure says.
    pub remark: Option<String>,
}

/// A figure of the company's own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnFigure {
    /// What it is.
    pub name: String,
    /// The command or finding that gives it.
    pub from: String,
    /// The figure, in the terms of the claim.
    pub estimate: Estimate,
    /// How it was found, where it is an effect.
    pub grade: Option<Grade>,
    /// True where it is only the nearest quantity that the records hold.
    pub near: bool,
}

/// A claim beside the effect of one initiative.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimBeside {
    /// The claim with its grade.
    #[serde(flatten)]
    pub claim: Claim,
    /// The own effect, relative to the level without.
    pub own: OwnFigure,
    /// What the claim is worth here.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The effect with the claim as a prior, where somebody switched it on.
    pub with: Option<WithClaim>,
    /// Why the claim cannot be a prior although it was switched on.
    pub stays_out: Option<Refused>,
}

/// An effect with a claim as a prior; the one without stands beside it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WithClaim {
    /// The relative effect with the claim.
    pub estimate: Estimate,
    /// Share of the own data in it, 0..1.
    pub own_share: f64,
    /// Weight of the claim, 0..1.
    pub weight: f64,
    /// True where the figure without is said first: the claim turns the sign or moves it by more than half.
    pub without_first: bool,
}

impl WithClaim {
    /// As a posterior has it.
    pub fn of(posterior: &Posterior, weight: f64, own: &Estimate) -> Self {
        let with = posterior.with;
        Self {
            estimate: Estimate::new(with.value, Some(with.interval), own.unit, own.size),
            own_share: posterior.own_share,
            weight,
            without_first: posterior.headline == Headline::Without,
        }
    }
}

/// What five more points of retention would bring, by the company's own rate of staying.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FivePoints {
    /// Share of customers kept over a year.
    pub retention: Estimate,
    /// Discount rate a year.
    pub rate: f64,
    /// Change of lifetime value by convention of payment, relative.
    pub values: Vec<(String, Estimate)>,
    /// Change of a year's profit by year from now, relative, with what is won and what a customer
    /// earns as they are.
    pub profits: Vec<(u32, Estimate)>,
    /// What it tends to.
    pub profit_in_the_end: Estimate,
}

impl OutcomeEffect {
    /// The effect relative to the level without, as claims tell it; `turned`
    /// tells that of leaving where the outcome is the share that stays.
    ///
    /// The level without is taken as known. `None` where it is not above 0, or
    /// without an interval.
    pub fn relative_effect(&self, turned: bool) -> Option<Estimate> {
        let without = self.without.map(|x| if turned { 1.0 - x } else { x }).filter(|x| *x > 0.0)?;
        self.effect.value?;
        self.effect.interval?;
        let scale = if turned { -1.0 } else { 1.0 } / without;
        Some(self.effect.clone().affine(scale, 0.0, Unit::Share))
    }
}

/// An estimate as claims are held against; `None` without value or interval.
pub fn as_effect(estimate: &Estimate) -> Option<Effect> {
    Some(Effect { value: estimate.value?, interval: estimate.interval? })
}
