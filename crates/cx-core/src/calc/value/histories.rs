//! Customers' histories as rows of a table.

use crate::calc::args::{Cells, left_out};
use crate::calc::{Args, CalcError, Choice, Default, Holds, Role};
use crate::ground::estimate::Caveat;
use crate::infer::buying::{Cell, Model, SpendCell};
use crate::stats::{GROUPS, group_of};
use crate::stats::{cluster_hash, world_bits};
use std::collections::BTreeMap;

pub(super) const FREQUENCY: Role = Role {
    name: "frequency",
    default: Default::Named(&["x", "frequency"]),
    required: true,
    holds: Holds::Number,
    help: "repeat purchases: days with a purchase after the first one",
};

pub(super) const RECENCY: Role = Role {
    name: "recency",
    default: Default::Named(&["t_x", "recency"]),
    required: true,
    holds: Holds::Number,
    help: "time from the first purchase to the last",
};

pub(super) const AGE: Role = Role {
    name: "age",
    default: Default::Named(&["T", "age"]),
    required: true,
    holds: Holds::Number,
    help: "time from the first purchase to the end of the watch",
};

pub(super) const OCCASIONS: Role = Role {
    name: "age",
    default: Default::Named(&["n", "T", "age"]),
    required: true,
    holds: Holds::Number,
    help: "occasions to buy since the first purchase",
};

pub(super) const MONETARY: Role = Role {
    name: "monetary",
    default: Default::Named(&["m", "monetary"]),
    required: false,
    holds: Holds::Number,
    help: "mean spend of the repeat purchases",
};

pub(super) const CUSTOMERS: Role = Role {
    name: "customers",
    default: Default::Named(&["customers"]),
    required: false,
    holds: Holds::Number,
    help: "how many customers have this history, 1 unless given",
};

pub(super) const WHO: Role = Role {
    name: "customer",
    default: Default::Named(&["customer_id", "customer", "id"]),
    required: false,
    holds: Holds::Text,
    help: "who it is; deals customers to random groups and names the rows",
};

pub(super) const WORLDS_OPTION: Choice = Choice {
    name: "worlds",
    default: Some("400"),
    allowed: &[],
    help: "resampled worlds behind intervals of totals, 0 for none",
};

pub(super) const SEED: Choice =
    Choice { name: "seed", default: Some("1"), allowed: &[], help: "seed of the resampled worlds" };

pub(super) const ROWS: Choice = Choice {
    name: "rows",
    default: Some("no"),
    allowed: &["no", "yes"],
    help: "give the figures of every row too",
};

pub(super) const PARAMETERS: Choice = Choice {
    name: "parameters",
    default: None,
    allowed: &[],
    help: "evaluate at these, separated by commas in the order they are printed, and fit nothing",
};

/// One row that counts.
pub(super) struct Row {
    /// The customer's id, or the row's number from 1.
    pub(super) label: String,
    /// The history.
    pub(super) cell: Cell,
    /// Repeat spend in all, where the table tells it.
    pub(super) spend: Option<f64>,
}

/// The rows of a call.
pub(super) struct Base {
    /// Rows in their order.
    pub(super) rows: Vec<Row>,
    /// Histories with the customers of all rows.
    pub(super) cells: Vec<Cell>,
    /// The same by random group.
    pub(super) grouped: Vec<Cell>,
    /// Repeat spend by random group; empty where the table tells none.
    pub(super) spend: Vec<SpendCell>,
    /// What was left out.
    pub(super) caveats: Vec<Caveat>,
}

/// Most customers that one row may stand for: each is dealt to a group of its own.
const MOST: f64 = 1e8;

/// Reads the rows.
pub(super) fn read<M: Model>(args: &Args<'_>) -> Result<Base, CalcError> {
    let x = args.numbers("frequency")?.unwrap_or_default();
    let recency = args.numbers("recency")?.unwrap_or_default();
    let age = args.numbers("age")?.unwrap_or_default();
    let monetary = args.numbers("monetary")?;
    let counts = args.numbers("customers")?;
    let who = args.texts("customer");
    let mut rows = Vec::with_capacity(x.len());
    let mut blank = 0;
    for place in 0..x.len() {
        let (Some(x), Some(recency), Some(age)) = (x[place], recency[place], age[place]) else {
            blank += 1;
            continue;
        };
        let count = count(args, counts.as_ref(), place)?;
        let cell = Cell::one(x, recency, age).times(count, 0);
        if !M::possible(&cell) {
            let whole = x >= 0.0 && x.fract() == 0.0;
            let role = if whole { "recency" } else { "frequency" };
            return Err(args.fault(role, place, "does not fit the rest of the row", HISTORY));
        }
        let spend = match monetary.as_ref().map(|m| m[place]) {
            None => None,
            Some(mean) => Some(total(args, x, mean, place)?),
        };
        let label = label(args, who.as_ref().and_then(|w| w[place]), place);
        rows.push(Row { label, cell, spend });
    }
    let caveats = left_out(blank, "frequency, recency or age is blank").into_iter().collect();
    let mut cells: BTreeMap<[u64; 3], Cell> = BTreeMap::new();
    let mut grouped: BTreeMap<([u64; 3], u32), Cell> = BTreeMap::new();
    let mut spend = Vec::new();
    for row in &rows {
        let Cell { x, recency, age, count, .. } = row.cell;
        // No number is negative, so bits are in the numbers' order; 0 is added to make −0 one with 0.
        let key = [x + 0.0, recency + 0.0, age + 0.0].map(f64::to_bits);
        cells.entry(key).or_insert(row.cell.times(0.0, 0)).count += count;
        for (group, dealt) in deal(&row.label, count) {
            grouped.entry((key, group)).or_insert(row.cell.times(0.0, group)).count += dealt;
            if let Some(total) = row.spend {
                spend.push(SpendCell { x, total, count: dealt, group });
            }
        }
    }
    let (cells, grouped) = (cells.into_values().collect(), grouped.into_values().collect());
    Ok(Base { rows, cells, grouped, spend, caveats })
}

const HISTORY: &str = "frequency is a whole number from 0; recency lies between 0 and age, and is above 0 exactly \
                       where frequency is; all three in one unit of time from the first purchase";

/// How many customers a row stands for.
pub(super) fn count(args: &Args<'_>, counts: Option<&Cells<f64>>, place: usize) -> Result<f64, CalcError> {
    match counts.map(|counts| counts[place]) {
        None => Ok(1.0),
        Some(Some(n)) if n >= 0.0 && n.fract() == 0.0 && n <= MOST => Ok(n),
        Some(_) => {
            Err(args.fault("customers", place, "is no number of customers", "give a whole number from 0"))
        }
    }
}

/// The repeat spend of a row in all.
pub(super) fn total(args: &Args<'_>, x: f64, mean: Option<f64>, place: usize) -> Result<f64, CalcError> {
    match mean {
        Some(mean) if mean >= 0.0 => Ok(x * mean),
        None if x == 0.0 => Ok(0.0),
        _ => Err(args.fault(
            "monetary",
            place,
            "is no mean spend",
            "give the mean spend of the repeat purchases, 0 or more; it may be blank where there are none",
        )),
    }
}

/// The name of a row: its customer, else its number among the rows of the file, header not counted.
pub(super) fn label(args: &Args<'_>, customer: Option<&str>, place: usize) -> String {
    customer.map_or_else(|| (args.rows()[place] + 1).to_string(), str::to_owned)
}

/// The customers of a row by random group. One customer goes where its label
/// says; of several each goes its own way.
pub(super) fn deal(label: &str, count: f64) -> Vec<(u32, f64)> {
    if count <= 1.0 {
        return vec![(group_of(label), count)];
    }
    let hash = cluster_hash(0, label.as_bytes());
    let mut groups = vec![0.0; GROUPS as usize];
    for customer in 0..count as u32 {
        groups[(world_bits(hash, customer) % u64::from(GROUPS)) as usize] += 1.0;
    }
    (0..).zip(groups).filter(|(_, n)| *n > 0.0).collect()
}
