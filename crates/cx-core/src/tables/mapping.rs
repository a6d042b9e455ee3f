//! How the columns of a file become columns of canonical tables: the settings.

use super::scale::Scale;
use crate::ground::expr::Expr;
use crate::ground::located::Located;
use crate::ground::period::Day;
use crate::sources::ReadOptions;
use std::collections::BTreeMap;

/// A set of files of one shape and the tables they feed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SourceMap {
    /// What messages call it.
    pub name: String,
    /// Files and globs, relative to the settings file.
    pub files: Vec<Located<String>>,
    /// How the bytes are read; what is left open is found out by looking.
    pub read: ReadOptions,
    /// Texts that mean blank in every column.
    pub blank: Vec<String>,
    /// How numbers are written.
    pub decimal: Option<Located<Decimal>>,
    /// How moments are written.
    pub time_format: Option<Located<String>>,
    /// Zone of moments that do not name one.
    pub zone: Option<Located<String>>,
    /// Rows of the file that are out of scope.
    pub exclude: Option<Located<Expr>>,
    /// Only the last state of each case of an event log.
    pub last_state: Option<LastState>,
    /// Tables it feeds.
    pub tables: Vec<TableMap>,
}

/// The last state of each case of an event log.
#[derive(Debug, Clone, PartialEq)]
pub struct LastState {
    /// The column that names the case.
    pub per: Located<String>,
    /// The moment or number that orders its states; rows that tie keep the later one in the file.
    pub by: Located<String>,
}

/// The mark between whole and fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

/// How a file feeds one canonical table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableMap {
    /// The canonical table.
    pub table: Located<String>,
    /// Rows of the file that feed it; all without a condition.
    pub filter: Option<Located<Expr>>,
    /// Canonical column → where its values come from.
    pub columns: Vec<(Located<String>, Rule)>,
    /// The company's own text columns, by the name figures are cut by.
    pub dimensions: Vec<(Located<String>, Rule)>,
    /// Wide answers: one row per question.
    pub answers: Vec<AnswerMap>,
}

/// Where the values of one column come from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rule {
    /// What makes the value.
    pub from: From,
    /// Only rows where this holds have a value.
    pub filter: Option<Located<Expr>>,
    /// Words and what they stand for.
    pub labels: Vec<(String, String)>,
    /// Texts that mean blank here, besides those of the source.
    pub blank: Vec<String>,
    /// How numbers are written.
    pub decimal: Option<Located<Decimal>>,
    /// How moments are written: a strftime format, `unix` or `unix_ms`.
    pub format: Option<Located<String>>,
    /// Zone of moments that do not name one.
    pub zone: Option<Located<String>>,
    /// Factor on numbers: 60 for a column in minutes that is wanted in seconds.
    pub factor: Option<f64>,
    /// Where it was written.
    pub span: std::ops::Range<usize>,
}

/// What makes a value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum From {
    /// Nothing; every row is blank.
    #[default]
    Nothing,
    /// A column of the file.
    Column(Located<String>),
    /// The same text for every row.
    Constant(String),
    /// An expression over the columns of the file.
    Expr(Located<Expr>),
    /// A day, at its first instant.
    Day(Day),
    /// So many months before a day, by a column: tenure.
    MonthsBefore(Located<String>, Day),
    /// So many days before a day, by a column.
    DaysBefore(Located<String>, Day),
}

/// A question asked in its own column or columns.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerMap {
    /// The question, by the name the metrics use.
    pub question: Located<String>,
    /// Its columns; with several, each column is an item.
    pub columns: Vec<Located<String>>,
    /// True where column names are item names and touchpoints.
    pub items: bool,
    /// The scale.
    pub scale: Located<String>,
    /// How cells are read.
    pub rule: Rule,
}

/// Everything mappings refer to by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scales {
    /// Scales by name, declared ones first.
    pub scales: BTreeMap<String, Scale>,
    /// Question → scale, for answers in long form.
    pub questions: BTreeMap<String, Located<String>>,
}

impl Scales {
    /// A scale by name: declared, else built in.
    pub fn get(&self, name: &str) -> Option<Scale> {
        self.scales.get(name).cloned().or_else(|| Scale::builtin(name))
    }

    /// Every name that means a scale.
    pub fn names(&self) -> Vec<&str> {
        let declared = self.scales.keys().map(String::as_str);
        declared.chain(Scale::builtin_names().map(|n| n as &str)).collect()
    }
}
