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
    /// A file with a header and no rows.
    NoRows,
}

impl Fault {
    /// Every kind.
    pub const ALL: [Self; 24] = [
        Self::NotANumber,
        Self::NotATime,
        Self::NotABoolean,
        Self::UnknownLabel,
        Self::OutOfScale,
        Self::BetweenPoints,
        Self::MissingRequired,
        Self::WrongWidth,
        Self::BadEncoding,
        Self::BadJson,
        Self::SupersededKey,
        Self::RepeatedLine,
        Self::RoundedAmount,
        Self::MissingRate,
        Self::ClockTwice,
        Self::ClockSkipped,
        Self::NoCustomer,
        Self::BlankValue,
        Self::EndBeforeStart,
        Self::Excluded,
        Self::ZerosMayBeLost,
        Self::InTheFuture,
        Self::ClosedUnresolved,
        Self::NoRows,
    ];

    /// What it means and what to do about it.
    pub const fn mend(self) -> &'static str {
        match self {
            Self::NotANumber => "set `decimal`, or name the words that mean blank with `blank`",
            Self::NotATime => {
                "set `format`, such as \"%d.%m.%Y %H:%M\", or name the words that mean blank with `blank`"
            }
            Self::NotABoolean => "say what the words mean with `labels`, such as { Active = \"yes\" }",
            Self::UnknownLabel => "say what the word means with `labels`",
            Self::OutOfScale => "correct the scale, or list the point under `dont_know` of the scale",
            Self::BetweenPoints => "set `step` of the scale if half points were offered",
            Self::MissingRequired => "a row cannot do without it; correct the file or `where` it out",
            Self::WrongWidth => "a delimiter inside a cell needs quotes; correct the line in the file",
            Self::BadEncoding => "set `encoding` under `read`, or `lossy = true` to replace the bytes",
            Self::BadJson => "correct the line in the file",
            Self::SupersededKey => "the later row counts; nothing to do where updates are meant",
            Self::RepeatedLine => {
                "kept and counted; set a key column if they are the same event written twice"
            }
            Self::RoundedAmount => "rounded to the currency's smallest unit, half away from zero",
            Self::MissingRate => "add the day to the `rates` table; the amount is left blank until then",
            Self::ClockTwice => "the first of the two hours was taken; write offsets in the file to be exact",
            Self::ClockSkipped => "moved past the skipped hour; write offsets in the file to be exact",
            Self::NoCustomer => "counted in totals, left out of customer metrics",
            Self::BlankValue => "left blank, never counted as zero",
            Self::EndBeforeStart => "one of the two moments is wrong; the row is kept",
            Self::Excluded => "left out by `exclude`",
            Self::ZerosMayBeLost => {
                "a scale from 0 with blanks and without a single 0: check that the export writes 0 and not a blank"
            }
            Self::InTheFuture => "later than the as-of day; check the date format",
            Self::ClosedUnresolved => {
                "closed without a moment of resolution: treated as unresolved and censored"
            }
            Self::NoRows => "the file has a header and nothing below it: was the export complete?",
        }
    }
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
