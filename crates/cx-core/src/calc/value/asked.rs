//! What a call of a buying model asks for.

use super::histories::{PARAMETERS, ROWS, SEED, WORLDS_OPTION};
use crate::calc::spec::LEVEL;
use crate::calc::{Args, CalcError, Choice, Figure};
use crate::ground::estimate::{Absent, Interval};
use crate::infer::Level;

const HORIZON: Choice = Choice {
    name: "horizon",
    default: None,
    allowed: &[],
    help: "time ahead to expect purchases in, in the unit of the table",
};

const DISCOUNT: Choice =
    Choice { name: "discount", default: None, allowed: &[], help: "discount rate per period, 0.01 for 1 %" };

const PERIOD: Choice = Choice {
    name: "period",
    default: Some("1"),
    allowed: &[],
    help: "length of the discount period, in the unit of the table (4.345 for months of weeks)",
};

pub(super) const OPTIONS: &[Choice] =
    &[HORIZON, DISCOUNT, PERIOD, ROWS, PARAMETERS, WORLDS_OPTION, SEED, LEVEL];

/// What is asked for.
pub(super) struct Asked {
    pub(super) level: Level,
    pub(super) seed: u64,
    pub(super) worlds: u32,
    pub(super) horizon: Option<f64>,
    pub(super) discount: Option<f64>,
    pub(super) period: f64,
    pub(super) rows: bool,
}

impl Asked {
    pub(super) fn of(args: &Args<'_>) -> Result<Self, CalcError> {
        let worlds: u32 = args.whole("worlds")?.unwrap_or(400);
        if worlds > 10_000 {
            return Err(args.bad("worlds", "give at most 10000"));
        }
        let horizon = args.real("horizon")?;
        if horizon.is_some_and(|t| t <= 0.0) {
            return Err(args.bad("horizon", "give a time above 0"));
        }
        let discount = args.real("discount")?;
        if discount.is_some_and(|d| d < 0.0) {
            return Err(args.bad("discount", "give a rate from 0 up, such as 0.01"));
        }
        let period = args.real_in("period", 0.0, f64::INFINITY)?;
        if period == 0.0 {
            return Err(args.bad("period", "give a length above 0"));
        }
        if horizon.is_some_and(|t| t / period > 10_000.0) {
            return Err(args.bad("period", "give a longer period: the horizon may have 10000 of them"));
        }
        Ok(Self {
            level: args.level()?,
            seed: args.whole("seed")?.unwrap_or(1),
            worlds,
            horizon,
            discount,
            period,
            rows: args.word("rows") == "yes",
        })
    }

    /// Whole periods up to the horizon, with its discount, where both are given.
    pub(super) fn periods(&self) -> Option<(u32, f64)> {
        let (horizon, discount) = (self.horizon?, self.discount?);
        Some(((horizon / self.period).round().max(1.0) as u32, discount))
    }
}

/// A refusal of a fit as an error with its remedy.
pub(super) fn refused(absent: Absent) -> CalcError {
    match absent {
        Absent::Refused(refused) => refused.into(),
        Absent::Undefined { why } => CalcError::Data { what: why, help: "correct the row".to_owned() },
        _ => CalcError::Data {
            what: "there is no row with frequency, recency and age".to_owned(),
            help: "fill these columns".to_owned(),
        },
    }
}

/// The parameters given by option, where they are.
pub(super) fn given<const K: usize>(
    args: &Args<'_>,
    names: &[&str; K],
) -> Result<Option<[f64; K]>, CalcError> {
    let Some(text) = args.option("parameters") else { return Ok(None) };
    let numbers: Vec<f64> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    let help = || format!("give {} numbers above 0: {}", K, names.join(","));
    let found: [f64; K] = numbers.try_into().map_err(|_| args.bad("parameters", &help()))?;
    if found.iter().any(|p| !(p.is_finite() && *p > 0.0)) || text.split(',').count() != K {
        return Err(args.bad("parameters", &help()));
    }
    Ok(Some(found))
}

/// A figure between the limits of an interval, where there is one.
pub(super) fn between(value: f64, interval: Option<Interval>) -> Figure {
    let figure = Figure::real(value);
    match interval {
        Some(interval) => figure.between(interval.low, interval.high),
        None => figure,
    }
}
