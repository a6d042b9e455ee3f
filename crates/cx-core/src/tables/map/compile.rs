//! A table's mapping and a file's columns to a mapper.

use super::bind::{Binder, check_scale};
use super::marks::Marks;
use crate::ground::expr::Expr;
use crate::ground::located::{Located, SettingFault};
use crate::ground::money::Currency;
use crate::ground::period::Calendar;
use crate::tables::column::ColumnInfo;
use crate::tables::dataset::Dictionaries;
use crate::tables::mapping::{Decimal, Scales, SourceMap, TableMap};
use crate::tables::rates::Rates;
use crate::tables::read::time;
use crate::tables::scale::Scale;
use crate::tables::schema::{Kind, TableSpec};
use std::collections::HashMap;

/// What a mapping leans on besides the file.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The project's zone, where one is set.
    pub zone: Option<&'a Calendar>,
    /// The reporting currency, where one is set.
    pub currency: Option<Currency>,
    /// Scales and questions.
    pub scales: &'a Scales,
    /// Exchange rates.
    pub rates: &'a Rates,
}

/// A rule with everything looked up.
#[derive(Debug, Clone)]
pub(super) struct Compiled {
    pub from: Source,
    pub filter: Option<Expr>,
    pub labels: HashMap<String, String>,
    pub blank: Vec<String>,
    pub decimal: Decimal,
    pub format: time::Format,
    pub zone: Calendar,
    pub factor: f64,
    /// The file's name of the column, for messages.
    pub shown: Option<String>,
}

/// What makes a value, by place among the columns read.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Nothing,
    Column(usize),
    Constant(String),
    Expr(Expr),
    Instant(i64),
    MonthsBefore(usize, crate::ground::period::Day),
    DaysBefore(usize, crate::ground::period::Day),
}

/// One canonical column and its rule.
#[derive(Debug, Clone)]
pub(super) struct Output {
    /// Place among the table's columns.
    pub column: usize,
    pub rule: Compiled,
}

/// One wide question column.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub question: String,
    pub item: Option<String>,
    pub scale_name: String,
    pub scale: Scale,
    pub rule: Compiled,
}

/// Maps raw batches of one file shape onto one canonical table.
#[derive(Debug, Clone)]
pub struct Mapper {
    /// The canonical table.
    pub spec: &'static TableSpec,
    /// The table's columns.
    pub columns: Vec<ColumnInfo>,
    /// Columns of the file that it reads, in the order it wants them.
    pub reads: Vec<String>,
    /// How the numbers are written of the columns that expressions count with.
    pub(super) marks: Marks,
    pub(super) exclude: Option<Expr>,
    pub(super) filter: Option<Expr>,
    pub(super) outputs: Vec<Output>,
    pub(super) answers: Vec<Answer>,
    /// Scale of each question, for answers in long form.
    pub(super) question_scales: HashMap<String, (String, Scale)>,
    /// Rule of the comment column: only whether there is one matters.
    pub(super) comment: Option<Compiled>,
    pub(super) currency: Option<Currency>,
    pub(super) rates: Rates,
    pub(super) calendar: Calendar,
    /// Which of the table's columns are wanted; all of them unless restricted.
    pub(super) wanted: Option<Vec<bool>>,
}

/// Columns that every table of a survey gets.
const SURVEY: [&str; 9] = [
    "scale",
    "outcome",
    "answered",
    "harmonised",
    "from_best",
    "from_worst",
    "boxes",
    "scale_min",
    "scale_max",
];

impl Mapper {
    /// The columns of a table that is fed by these mappings.
    pub fn columns(
        spec: &'static TableSpec,
        maps: &[&TableMap],
        dictionaries: &mut Dictionaries,
    ) -> Vec<ColumnInfo> {
        let mapped = |name: &str| maps.iter().any(|m| m.columns.iter().any(|(n, _)| n.value == name));
        let wide = maps.iter().any(|m| !m.answers.is_empty());
        let wanted = |name: &str, derived: bool| match name {
            "question" | "value" if wide => true,
            "item" | "touchpoint" if maps.iter().any(|m| m.answers.iter().any(|a| a.items)) => true,
            "response_id" if spec.is_survey() => true,
            "has_comment" => mapped("verbatim"),
            "delta" => mapped("mrr_before") && mapped("mrr_after"),
            name if SURVEY.contains(&name) || name == "scale_best" => spec.is_survey(),
            name => !derived && mapped(name),
        };
        let mut columns = Vec::new();
        for column in spec.columns {
            if wanted(column.name, column.derived) && column.kind != Kind::Text {
                let dictionary = dictionaries.of(column.name, column.kind);
                columns.push(ColumnInfo {
                    name: column.name.to_owned(),
                    kind: column.kind,
                    dictionary,
                    own: false,
                });
            }
        }
        for (name, _) in maps.iter().flat_map(|m| &m.dimensions) {
            if columns.iter().all(|c| c.name != name.value) {
                let dictionary = dictionaries.of(&name.value, Kind::Category);
                columns.push(ColumnInfo {
                    name: name.value.clone(),
                    kind: Kind::Category,
                    dictionary,
                    own: true,
                });
            }
        }
        if spec.clock.is_some_and(|c| columns.iter().any(|x| x.name == c)) {
            columns.push(ColumnInfo {
                name: "day".to_owned(),
                kind: Kind::Number,
                dictionary: None,
                own: false,
            });
        }
        columns.push(ColumnInfo { name: "_row".to_owned(), kind: Kind::Time, dictionary: None, own: false });
        columns
    }

    /// Binds a mapping to the columns of a file. `sample` holds its first rows
    /// as text: how numbers and moments are written is inferred from it where
    /// the settings do not say.
    ///
    /// # Errors
    /// Names that do not exist, values that make no sense, and what the sample
    /// leaves open; each at its place in the settings.
    pub fn compile(
        spec: &'static TableSpec,
        columns: &[ColumnInfo],
        source: &SourceMap,
        map: &TableMap,
        names: &[String],
        sample: &[Vec<Option<String>>],
        context: &Context<'_>,
    ) -> Result<Self, SettingFault> {
        let mut binder = Binder { names, sample, source, context, reads: Vec::new(), marks: Marks::new() };
        let exclude = source.exclude.as_ref().map(|e| binder.condition(e)).transpose()?;
        let filter = map.filter.as_ref().map(|e| binder.condition(e)).transpose()?;
        let mut outputs = Vec::new();
        let mut comment = None;
        let mapped = map.columns.iter().map(|m| (m, false)).chain(map.dimensions.iter().map(|m| (m, true)));
        for ((name, rule), own) in mapped {
            let known = spec.column(&name.value).filter(|c| !c.derived && !own);
            let kind = match (known, own) {
                (Some(c), _) => c.kind,
                (None, true) => Kind::Category,
                (None, false) => return Err(unknown_column(spec, name)),
            };
            if kind == Kind::Text {
                if name.value == "verbatim" {
                    comment = Some(binder.rule(&name.value, rule, kind)?);
                }
                continue;
            }
            let Some(column) = columns.iter().position(|c| c.name == name.value) else { continue };
            outputs.push(Output { column, rule: binder.rule(&name.value, rule, kind)? });
        }
        let mut answers = Vec::new();
        for answer in &map.answers {
            binder.answer(answer, &mut answers)?;
        }
        for scale in context.scales.questions.values() {
            check_scale(context.scales, scale)?;
        }
        let question_scales = context
            .scales
            .questions
            .iter()
            .filter_map(|(q, name)| Some((q.clone(), (name.value.clone(), context.scales.get(&name.value)?))))
            .collect();
        let has_money = outputs.iter().any(|o| columns[o.column].kind == Kind::Money);
        if has_money && context.currency.is_none() {
            return Err(SettingFault::new(
                format!("`{}` holds amounts and the project names no currency", spec.name),
                map.table.span.clone(),
            )
            .help("set `currency` under [project], such as \"EUR\""));
        }
        Ok(Self {
            spec,
            columns: columns.to_vec(),
            reads: binder.reads,
            marks: binder.marks,
            exclude,
            filter,
            outputs,
            answers,
            question_scales,
            comment,
            currency: context.currency,
            rates: context.rates.clone(),
            calendar: context.zone.cloned().unwrap_or_else(Calendar::utc),
            wanted: None,
        })
    }

    /// The place of a canonical column.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }
}

fn unknown_column(spec: &TableSpec, name: &Located<String>) -> SettingFault {
    SettingFault::new(format!("table `{}` has no column `{}`", spec.name, name.value), name.span.clone())
        .nearest(&name.value, spec.columns.iter().filter(|c| !c.derived).map(|c| c.name))
}
