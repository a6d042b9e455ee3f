//! What a formula says about itself.

use super::{Answer, Args, CalcError};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Numbers.
    Number,
    /// Words, or numbers taken as words.
    Text,
    /// Yes or no: 1, 0, true, false, yes, no.
    YesNo,
    /// Days, as 2026-01-31.
    Date,
    /// Several columns of numbers.
    Numbers,
}

impl Holds {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text => "text",
            Self::YesNo => "yes or no",
            Self::Date => "date",
            Self::Numbers => "numbers",
        }
    }
}

/// Which column plays a role when none is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Default {
    /// The first of these names that the table has.
    Named(&'static [&'static str]),
    /// The first column of the table.
    First,
    /// Every column that holds numbers and plays no other role.
    AllNumeric,
}

/// A column the formula reads.
#[derive(Debug, Clone, Copy)]
pub struct Role {
    /// Its name, and the flag that names the column.
    pub name: &'static str,
    /// The column taken when none is named.
    pub default: Default,
    /// True where the formula cannot do without it (when it reads a table at all).
    pub required: bool,
    /// What it holds.
    pub holds: Holds,
    /// What it is, in a few words.
    pub help: &'static str,
}

/// A setting of the formula.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Its name, and the flag that sets it.
    pub name: &'static str,
    /// The value taken when none is given; `None` where it stays unset.
    pub default: Option<&'static str>,
    /// The values allowed; empty where any text of the right kind is.
    pub allowed: &'static [&'static str],
    /// What it does, in a few words.
    pub help: &'static str,
}

/// A second table that a formula reads beside the first, such as margins.
#[derive(Debug, Clone, Copy)]
pub struct SecondTable {
    /// Its name, and the flag that names the file.
    pub name: &'static str,
    /// Its columns.
    pub roles: &'static [Role],
    /// What it is, in a few words.
    pub help: &'static str,
}

/// A formula that can be called by name.
#[derive(Debug, Clone, Copy)]
pub struct Calc {
    /// Its name.
    pub name: &'static str,
    /// The group it is listed under.
    pub group: &'static str,
    /// What it gives, in one line.
    pub summary: &'static str,
    /// Columns of the table; empty where it takes none.
    pub roles: &'static [Role],
    /// The second table, where it takes one.
    pub second: Option<SecondTable>,
    /// Settings.
    pub options: &'static [Choice],
    /// True where options alone can stand in for the table.
    pub table_is_optional: bool,
    /// Runs it.
    pub(crate) run: fn(&Args<'_>) -> Result<Answer, CalcError>,
}

/// The confidence level, an option of most formulas.
pub(super) const LEVEL: Choice =
    Choice { name: "level", default: Some("0.95"), allowed: &[], help: "confidence level, between 0 and 1" };

/// The weight of a row.
pub(super) const WEIGHT: Role = Role {
    name: "weight",
    default: Default::Named(&["weight"]),
    required: false,
    holds: Holds::Number,
    help: "weight of the row, above 0",
};

/// Who answered, where somebody may have answered more than once.
pub(super) const CUSTOMER: Role = Role {
    name: "customer",
    default: Default::Named(&["customer_id"]),
    required: false,
    holds: Holds::Text,
    help: "who answered; several rows of one customer are counted as dependent",
};
