//! Faults of the data that a run survives: counted, sampled, explained.

use serde::Serialize;

/// What happened to the rows that carry a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing was changed; the reader should know.
    Note,
    /// A cell could not be used and counts as blank; its row stays.
    Cell,
    /// The row was left out and went to quarantine.
    Row,
}

/// A kind of fault. The name is stable: scripts and the docs refer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The cell is not a number.
    NotANumber,
    /// The cell is not a date or time in the declared format.
    NotATime,
    /// The cell is not yes or no.
    NotABoolean,
    /// The label has no entry in the column's map or the closed list of values.
    UnknownLabel,
    /// The answer lies outside its scale.
    OutOfScale,
    /// The answer lies between two points of its scale.
    BetweenPoints,
    /// A cell that the row cannot do without is blank.
    MissingRequired,
    /// The row has more or fewer cells than the header.
    WrongWidth,
    /// The bytes are not text in the declared encoding.
    BadEncoding,
    /// The line is not JSON.
    BadJson,
    /// The same key appears again; the later row counts.
    SupersededKey,
    /// The row repeats another one cell by cell; both are kept.
    RepeatedLine,
    /// The amount has more digits than the currency; it was rounded.
    RoundedAmount,
    /// No exchange rate for that currency and day.
    MissingRate,
    /// The local time occurred twice when clocks went back; the first was taken.
    ClockTwice,
    /// The local time was skipped when clocks went forward; it was moved past the gap.
    ClockSkipped,
    /// The row has no customer: it counts in totals and not in customer metrics.
    NoCustomer,
    /// The value is blank where the metric will need it; blank is not zero.
    BlankValue,
    /// An end lies before its start.
    EndBeforeStart,
    /// The row lies outside the project's scope by its own settings.
    Excluded,
    /// Finished answers on a scale from 0 with blanks and not a single 0: zeros may have been lost on export.
    ZerosMayBeLost,
    /// The time lies after the as-of day.
    InTheFuture,
    /// A closed case that carries no moment of resolution.
    ClosedUnresolved,
}

/// One place where a fault was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sample {
    /// File, as written in the settings or found by a glob.
    pub file: String,
    /// Line in a text file, row in a sheet, row number in Parquet; from 1, header included.
    pub line: u64,
    /// The offending text, unless privacy hides it.
    pub value: Option<String>,
}

/// All occurrences of one fault in one column of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// The kind of fault.
    pub fault: Fault,
    /// What happened to the rows.
    pub severity: Severity,
    /// Canonical table.
    pub table: String,
    /// Canonical column, where one is to blame.
    pub column: Option<String>,
    /// The column's name in the file.
    pub source_column: Option<String>,
    /// How many rows or cells.
    pub count: u64,
    /// The first few places, in file order.
    pub samples: Vec<Sample>,
    /// What it means and what to do about it.
    pub mend: String,
}
