//! From cells to what is said: fitted, checked, scored.

use super::super::Context;
use super::super::levels::Covariate;
use super::cell::Cell;
use super::check::check;
use super::model::Model;
use super::score::{Frame, Now, score};
use crate::findings::{HoldOut, Propensity, Records};
use crate::ground::estimate::{Absent, Refused};

/// Fewest events that a model is fitted to.
const LEAST: u64 = 30;

/// What a propensity is made of.
pub(super) struct Parts<'a> {
    pub context: &'a Context<'a>,
    /// `leave` or `buy`.
    pub event: &'static str,
    pub days: u32,
    pub from: String,
    pub hold_out: HoldOut,
    /// What a row of the fit and of the hold-out is.
    pub unit: &'static str,
    pub covariates: Vec<Covariate>,
    pub fit: Vec<Cell>,
    pub check: Vec<Cell>,
    pub records: Vec<Records>,
    pub population: String,
    pub revenue: Option<String>,
}

impl Parts<'_> {
    /// Fits, checks and scores; `now` makes out those there now.
    pub(super) fn propensity(self, now: impl FnOnce(&Model) -> Vec<Now>) -> Result<Propensity, Absent> {
        let (events, n) = self.fit.iter().fold((0, 0), |(y, n), c| (y + c.yes, n + c.n));
        let few = events.min(n - events);
        if few < LEAST {
            return Err(Absent::Refused(Refused {
                rule: "propensity_few_events".to_owned(),
                reason: format!("{few} of the rarer outcome to learn from; {LEAST} are asked for"),
                lift: "longer records, or more days to leave or buy in".to_owned(),
            }));
        }
        let level = self.context.level;
        let model = Model::fit(&self.covariates, &self.fit)?;
        // A chance made of months is checked month by month.
        let over = if self.unit == "customer" { self.days } else { 30 };
        let (calibration, refused) =
            check(&model, &self.check, self.unit, (self.event, over), &self.records, level)?;
        let frame = Frame {
            event: self.event,
            days: self.days,
            seed: self.context.seed,
            level,
            records: &self.records,
            revenue: self.revenue,
            population: self.population,
            privacy: self.context.privacy,
        };
        let scored = score(&model, &now(&model), &frame, refused.as_ref());
        let said = format!("slope, average and rank on the hold-out: {}", calibration.said);
        let beside = |fact: crate::findings::Fact| fact.assuming("calibration", said.clone());
        Ok(Propensity {
            event: self.event.to_owned(),
            days: self.days,
            from: self.from,
            hold_out: self.hold_out,
            terms: if refused.is_some() { Vec::new() } else { model.terms(level) },
            left_out: model.left_out,
            calibration,
            refused,
            bands: scored.bands,
            expected: beside(scored.expected),
            revenue: scored.revenue.map(beside),
        })
    }
}
