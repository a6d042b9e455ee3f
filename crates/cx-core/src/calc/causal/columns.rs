//! Columns and settings that the designs share.

use crate::calc::{Args, CalcError, Choice, Default, Holds, Role};

pub(super) const UNIT: Role = Role {
    name: "unit",
    default: Default::Named(&["unit"]),
    required: true,
    holds: Holds::Text,
    help: "unit of assignment: customer, store, region",
};

pub(super) const PERIOD: Role = Role {
    name: "period",
    default: Default::Named(&["period", "t"]),
    required: true,
    holds: Holds::Number,
    help: "period of the outcome, evenly spaced: 1, 2, 3, … or years",
};

pub(super) const OUTCOME: Role = Role {
    name: "outcome",
    default: Default::Named(&["outcome", "y"]),
    required: true,
    holds: Holds::Number,
    help: "what the initiative was to change",
};

pub(super) const TREATED: Role = Role {
    name: "treated",
    default: Default::Named(&["treated", "treat"]),
    required: true,
    holds: Holds::YesNo,
    help: "whether the initiative is for it",
};

/// The same where another column or an option can say it.
pub(super) const TREATED_NOW: Role = Role {
    name: "treated",
    default: Default::Named(&["treated"]),
    required: false,
    holds: Holds::YesNo,
    help: "whether the initiative ran for the unit in that period",
};

pub(super) const SEED: Choice =
    Choice { name: "seed", default: Some("1"), allowed: &[], help: "seed of the drawn worlds" };

pub(super) const WORLDS: Choice = Choice {
    name: "worlds",
    default: Some("999"),
    allowed: &[],
    help: "worlds drawn for bands and for tests of few units, 99 to 20000",
};

/// Worlds and seed.
pub(super) fn draws(args: &Args<'_>) -> Result<(u32, u64), CalcError> {
    let worlds: u32 = args.whole("worlds")?.unwrap_or(999);
    if !(99..=20_000).contains(&worlds) {
        return Err(args.bad("worlds", "give 99 to 20000"));
    }
    Ok((worlds, args.whole("seed")?.unwrap_or(1)))
}
