//! What the invented company promised: a ledger that is written and judged as any other.

mod records;
mod whole;

pub(crate) use whole::promises;
