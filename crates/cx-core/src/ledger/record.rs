//! What a ledger holds.

use crate::ground::evidence::Grade;
use crate::ground::period::{Day, Instant};
use crate::ground::unit::Unit;
use crate::infer::draws::Points;
use serde::{Deserialize, Serialize};

/// Which metric exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricName {
    /// Id of the catalogue.
    pub id: String,
    /// Its variant.
    pub variant: String,
}

/// A value and its day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The value, in the metric's unit.
    pub value: f64,
    /// The day it is of.
    pub on: Day,
}

/// A promise: what an initiative will bring, written down with its spread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// Id of the promise; amendments, withdrawal and resolution name it.
    pub claim_id: String,
    /// The initiative.
    pub initiative: String,
    /// Its family, within which promises come true alike.
    pub family: String,
    /// The metric that will tell.
    pub metric: MetricName,
    /// Unit of all values.
    pub unit: Unit,
    /// The query that names who is meant.
    pub population: String,
    /// Where the metric stood.
    pub baseline: Reading,
    /// The gain over the baseline that is promised; better is above 0, also
    /// where less of the metric is better.
    pub promised: Points,
    /// The chance that it pays for itself that is promised, 0..1, where one is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pays: Option<f64>,
    /// The day on which it is judged.
    pub due: Day,
    /// When the first customer is exposed.
    pub exposed_from: Instant,
    /// The design that will tell the effect from what would have come anyway.
    pub design: String,
    /// The analysis, fixed now.
    pub analysis: String,
    /// What is done upon which result.
    pub decision_rule: String,
    /// Who promises.
    pub author: String,
    /// When this was written; the caller's clock.
    pub registered_at: Instant,
}

/// Whether a promise was made before anything could be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Foresight {
    /// Registered before the exposure began.
    Prospective,
    /// Registered later: scored apart.
    Retrospective,
}

impl Promise {
    /// Whether it was registered before the exposure began.
    pub fn foresight(&self) -> Foresight {
        if self.registered_at < self.exposed_from { Foresight::Prospective } else { Foresight::Retrospective }
    }

    /// What makes no sense in it.
    fn content(&self) -> Result<(), String> {
        let named = [
            ("claim_id", &self.claim_id),
            ("initiative", &self.initiative),
            ("family", &self.family),
            ("metric.id", &self.metric.id),
            ("population", &self.population),
            ("design", &self.design),
            ("analysis", &self.analysis),
            ("decision_rule", &self.decision_rule),
            ("author", &self.author),
        ];
        if let Some((name, _)) = named.iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(format!("`{name}` is empty"));
        }
        if !self.promised.is_sound() {
            return Err("the promised quantiles are not in order".to_owned());
        }
        if !self.baseline.value.is_finite() {
            return Err("the baseline is no number".to_owned());
        }
        if self.pays.is_some_and(|p| !(0.0..=1.0).contains(&p)) {
            return Err("the chance to pay lies outside 0 to 1".to_owned());
        }
        if self.due <= self.baseline.on {
            return Err("the promise is due before the day of its baseline".to_owned());
        }
        Ok(())
    }
}

/// A promise changed; the promise as it was is still scored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// Why.
    pub reason: String,
    /// The promise as it is now, whole, with the moment it was changed.
    pub promise: Promise,
}

/// A promise taken back. It counts as unresolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The promise.
    pub claim_id: String,
    /// Why.
    pub reason: String,
    /// Who takes it back.
    pub author: String,
    /// When this was written.
    pub registered_at: Instant,
}

/// What was delivered, with its own spread.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivered {
    /// Quantiles of the gain over what would have been without the initiative.
    pub gain: Points,
    /// Standard deviation of its draws, in the metric's unit.
    pub se: f64,
    /// How the effect was found.
    pub grade: Grade,
    /// Whether it paid for itself, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub paid: Option<bool>,
}

/// What became of a promise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// The promise.
    pub claim_id: String,
    /// What was delivered.
    pub delivered: Delivered,
    /// What the company did next: the budget, the roll-out, the end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decision: Option<String>,
    /// What was learnt.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub learnt: Option<String>,
    /// Who resolves it.
    pub author: String,
    /// When this was written; by UTC on the day that the promise is due, or later.
    pub registered_at: Instant,
}

/// One record of a ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Record {
    /// A promise.
    Promise(Promise),
    /// A promise changed.
    Amendment(Amendment),
    /// A promise taken back.
    Withdrawal(Withdrawal),
    /// What became of a promise.
    Resolution(Resolution),
}

impl Record {
    /// What it is, in a word.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Promise(_) => "promise",
            Self::Amendment(_) => "amendment",
            Self::Withdrawal(_) => "withdrawal",
            Self::Resolution(_) => "resolution",
        }
    }

    /// The promise it is about.
    pub fn claim_id(&self) -> &str {
        match self {
            Self::Promise(promise) | Self::Amendment(Amendment { promise, .. }) => &promise.claim_id,
            Self::Withdrawal(withdrawal) => &withdrawal.claim_id,
            Self::Resolution(resolution) => &resolution.claim_id,
        }
    }

    /// When it was written.
    pub const fn registered_at(&self) -> Instant {
        match self {
            Self::Promise(promise) | Self::Amendment(Amendment { promise, .. }) => promise.registered_at,
            Self::Withdrawal(withdrawal) => withdrawal.registered_at,
            Self::Resolution(resolution) => resolution.registered_at,
        }
    }

    /// The same record as written at a moment.
    #[must_use]
    pub fn registered(mut self, at: Instant) -> Self {
        match &mut self {
            Self::Promise(promise) | Self::Amendment(Amendment { promise, .. }) => promise.registered_at = at,
            Self::Withdrawal(withdrawal) => withdrawal.registered_at = at,
            Self::Resolution(resolution) => resolution.registered_at = at,
        }
        self
    }

    /// What makes no sense in it, in words.
    ///
    /// # Errors
    /// The first thing found.
    pub fn content(&self) -> Result<(), String> {
        let said = |name: &str, text: &str| {
            if text.trim().is_empty() { Err(format!("`{name}` is empty")) } else { Ok(()) }
        };
        match self {
            Self::Promise(promise) => promise.content(),
            Self::Amendment(amendment) => {
                said("reason", &amendment.reason)?;
                amendment.promise.content()
            }
            Self::Withdrawal(withdrawal) => {
                said("reason", &withdrawal.reason)?;
                said("author", &withdrawal.author)
            }
            Self::Resolution(Resolution { delivered, author, .. }) => {
                said("author", author)?;
                if !delivered.gain.is_sound() {
                    return Err("the delivered quantiles are not in order".to_owned());
                }
                if !(delivered.se >= 0.0 && delivered.se.is_finite()) {
                    return Err("the standard deviation of what was delivered is below 0".to_owned());
                }
                Ok(())
            }
        }
    }
}
