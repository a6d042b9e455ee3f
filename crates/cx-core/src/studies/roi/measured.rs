//! What a design found, before money.

use crate::findings::{CheckFound, Compared, OutcomeEffect, PathPoint};
use crate::ground::estimate::Refused;
use crate::ground::period::Day;
use crate::infer::effects::{Design, Finding};
use crate::infer::power::Aim;

/// Effects by a design, with what pricing needs.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    pub design: Design,
    /// A better design that was tried, and why it gave nothing.
    pub passed_over: Option<(Design, String)>,
    pub compared: Compared,
    pub outcomes: Vec<OutcomeEffect>,
    pub checks: Vec<CheckFound>,
    pub failed: Vec<Finding>,
    pub path: Vec<PathPoint>,
    pub refused: Vec<Refused>,
    /// What the stream of the initiative changed; why it cannot be priced.
    pub change: Result<Change, Refused>,
    /// Share of the treated that had begun, by month since the start; empty where all began at once.
    pub reach: Vec<f64>,
    /// Treated units; none where customers were assigned.
    pub units: Vec<String>,
    /// The day after the last that was compared.
    pub until: Day,
    /// People that the costs were paid for: all who were assigned or chose.
    pub paid: f64,
}

/// A change that money is counted by, with its worlds where it was measured on customers.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// Money per person or unit and month, with less without.
    Monthly {
        /// The change.
        effect: Uncertain,
        /// Staying, spending and both, as shares of the change; none where staying is unknown.
        parts: Option<[f64; 3]>,
    },
    /// Shares kept over the window.
    Kept {
        /// With less without, per window.
        effect: Uncertain,
        /// Share kept without, world by world as the effect.
        without: Uncertain,
        /// Margin of a customer who is there, a month.
        margin: Uncertain,
        /// Months of the window.
        months: f64,
    },
}

/// A figure with its worlds, or with its standard error alone.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::studies) struct Uncertain {
    pub value: f64,
    pub se: f64,
    /// World b is the same customers in every figure of an initiative; empty where there are none.
    pub worlds: Vec<f64>,
}

impl Uncertain {
    pub(in crate::studies) const fn normal(value: f64, se: f64) -> Self {
        Self { value, se, worlds: Vec::new() }
    }

    pub(in crate::studies) fn times(&self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            se: self.se * factor.abs(),
            worlds: self.worlds.iter().map(|x| x * factor).collect(),
        }
    }
}

/// The smallest effect found in four of five cases.
pub(super) fn detectable(se: Option<f64>) -> Option<f64> {
    se.map(|se| Aim::USUAL.reach() * se)
}

pub(in crate::studies) fn refused(rule: &str, reason: impl Into<String>, lift: &str) -> Refused {
    Refused { rule: rule.to_owned(), reason: reason.into(), lift: lift.to_owned() }
}

/// The outcome that a stream of money is counted by.
pub(super) fn priced(stream: &str) -> Option<&'static str> {
    [("spend", "margin"), ("service", "cost_to_serve"), ("retention", "kept")]
        .into_iter()
        .find(|(name, _)| *name == stream)
        .map(|(_, outcome)| outcome)
}
