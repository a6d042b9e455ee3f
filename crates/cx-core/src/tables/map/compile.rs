//! A table's mapping and a file's columns to a mapper.

use crate::ground::expr::{Expr, Ty, Value, check};
use crate::ground::located::{Located, SettingFault};
use crate::ground::money::Currency;
use crate::ground::period::Calendar;
use crate::tables::column::ColumnInfo;
use crate::tables::dataset::Dictionaries;
use crate::tables::mapping::{AnswerMap, Decimal, From, Rule, Scales, SourceMap, TableMap};
use crate::tables::rates::Rates;
use crate::tables::read::{number, time};
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
        let mut binder = Binder { names, sample, source, context, reads: Vec::new() };
        let exclude = source.exclude.as_ref().map(|e| binder.expr(e, Some(Ty::Bool))).transpose()?;
        let filter = map.filter.as_ref().map(|e| binder.expr(e, Some(Ty::Bool))).transpose()?;
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

fn check_scale(scales: &Scales, name: &Located<String>) -> Result<Scale, SettingFault> {
    scales.get(&name.value).ok_or_else(|| {
        SettingFault::new(format!("there is no scale `{}`", name.value), name.span.clone())
            .nearest(&name.value, scales.names())
    })
}

/// Looks up names while a mapping is bound.
struct Binder<'a> {
    names: &'a [String],
    sample: &'a [Vec<Option<String>>],
    source: &'a SourceMap,
    context: &'a Context<'a>,
    reads: Vec<String>,
}

impl Binder<'_> {
    /// The place of a column of the file among those read.
    fn column(&mut self, name: &Located<String>) -> Result<usize, SettingFault> {
        if !self.names.contains(&name.value) {
            let fault = format!("{} has no column `{}`", self.source.name, name.value);
            return Err(SettingFault::new(fault, name.span.clone())
                .nearest(&name.value, self.names.iter().map(String::as_str)));
        }
        Ok(self.read(&name.value))
    }

    fn read(&mut self, name: &str) -> usize {
        if let Some(i) = self.reads.iter().position(|r| r == name) {
            return i;
        }
        self.reads.push(name.to_owned());
        self.reads.len() - 1
    }

    fn expr(&mut self, expr: &Located<Expr>, wanted: Option<Ty>) -> Result<Expr, SettingFault> {
        let known = |name: &str| self.names.iter().any(|n| n == name).then_some(Ty::Raw);
        let ty = check(&expr.value, &known).map_err(|e| {
            let fault = SettingFault::new(format!("{}: {}", self.source.name, e.message), expr.span.clone());
            let unknown = expr.value.columns().into_iter().find(|c| !self.names.iter().any(|n| n == c));
            match unknown {
                Some(name) => fault.nearest(name, self.names.iter().map(String::as_str)),
                None => fault,
            }
        })?;
        if wanted.is_some_and(|w| w != ty && ty != Ty::Raw) {
            let fault = format!("`{}` is not a condition", expr.value);
            return Err(SettingFault::new(fault, expr.span.clone())
                .help("compare something, such as `Status = 'done'`"));
        }
        for name in expr.value.columns() {
            self.read(name);
        }
        Ok(expr.value.clone())
    }

    fn rule(&mut self, target: &str, rule: &Rule, kind: Kind) -> Result<Compiled, SettingFault> {
        let (from, shown) = match &rule.from {
            From::Nothing => (Source::Nothing, None),
            From::Column(name) => (Source::Column(self.column(name)?), Some(name.value.clone())),
            From::Constant(text) => (Source::Constant(text.clone()), None),
            From::Expr(expr) => (Source::Expr(self.expr(expr, None)?), Some(expr.value.to_string())),
            From::Day(day) => (Source::Instant(self.zone(rule, target)?.start_of(*day).0), None),
            From::MonthsBefore(name, day) => {
                (Source::MonthsBefore(self.column(name)?, *day), Some(name.value.clone()))
            }
            From::DaysBefore(name, day) => {
                (Source::DaysBefore(self.column(name)?, *day), Some(name.value.clone()))
            }
        };
        let filter = rule.filter.as_ref().map(|e| self.expr(e, Some(Ty::Bool))).transpose()?;
        let mut blank = self.source.blank.clone();
        blank.extend(rule.blank.iter().cloned());
        let cells = self.sample_of(&rule.from, &blank, rule);
        let numeric = matches!(kind, Kind::Number | Kind::Money)
            || matches!(from, Source::MonthsBefore(..) | Source::DaysBefore(..));
        let decimal = if numeric { self.decimal(rule, target, &cells)? } else { Decimal::Point };
        let tenure = matches!(from, Source::MonthsBefore(..) | Source::DaysBefore(..) | Source::Instant(_));
        let format = match kind {
            Kind::Time if !tenure => self.format(rule, target, &cells)?,
            _ => time::Format::Iso,
        };
        let naive = kind == Kind::Time
            && (tenure || cells.iter().any(|c| format.parse(c).is_some_and(time::Written::is_naive)));
        let zone = if naive { self.zone(rule, target)? } else { self.zone_or_utc(rule)? };
        let labels = rule
            .labels
            .iter()
            .flat_map(|(word, meant)| [(word.clone(), meant.clone()), (word.to_lowercase(), meant.clone())]);
        Ok(Compiled {
            from,
            filter,
            labels: labels.collect(),
            blank,
            decimal,
            format,
            zone,
            factor: rule.factor.unwrap_or(1.0),
            shown,
        })
    }

    /// The sample's cells of a column that are neither blank nor labels.
    fn sample_of(&self, from: &From, blank: &[String], rule: &Rule) -> Vec<String> {
        let (From::Column(name) | From::MonthsBefore(name, _) | From::DaysBefore(name, _)) = from else {
            return Vec::new();
        };
        let Some(place) = self.names.iter().position(|n| *n == name.value) else { return Vec::new() };
        let labelled = |t: &str| rule.labels.iter().any(|(word, _)| word.eq_ignore_ascii_case(t));
        let cells = self.sample.iter().filter_map(|row| row.get(place).cloned().flatten());
        cells
            .map(|c| c.trim().to_owned())
            .filter(|c| !c.is_empty() && !blank.contains(c) && !labelled(c))
            .collect()
    }

    fn decimal(&self, rule: &Rule, target: &str, cells: &[String]) -> Result<Decimal, SettingFault> {
        if let Some(set) = rule.decimal.as_ref().or(self.source.decimal.as_ref()) {
            return Ok(set.value);
        }
        // One stray cell must not decide: a mark that reads nearly all cells is taken, the rest are faults.
        match number::hint(cells) {
            number::Hint::Comma => Ok(Decimal::Comma),
            number::Hint::Ambiguous => {
                let shown = cells.iter().find(|c| c.contains([',', '.'])).cloned().unwrap_or_default();
                let fault = format!("`{target}`: `{shown}` may be a decimal comma or thousands");
                Err(SettingFault::new(fault, rule.span.clone())
                    .help("add `decimal = \",\"` or `decimal = \".\"`"))
            }
            number::Hint::Neither => {
                let reads = |mark| cells.iter().filter(|c| number::parse(c, mark).is_some()).count();
                Ok(if reads(Decimal::Comma) > reads(Decimal::Point) {
                    Decimal::Comma
                } else {
                    Decimal::Point
                })
            }
            _ => Ok(Decimal::Point),
        }
    }

    fn format(&self, rule: &Rule, target: &str, cells: &[String]) -> Result<time::Format, SettingFault> {
        if let Some(set) = rule.format.as_ref().or(self.source.time_format.as_ref()) {
            let format = time::Format::of(&set.value);
            let reads = cells.iter().filter(|c| format.parse(c).is_some()).count();
            if reads == 0 && !cells.is_empty() {
                let fault = format!(
                    "`{target}`: format `{}` reads none of the first cells, such as `{}`",
                    set.value, cells[0]
                );
                return Err(SettingFault::new(fault, set.span.clone())
                    .help("for instance `%d.%m.%Y %H:%M`, `iso` or `unix`"));
            }
            return Ok(format);
        }
        match time::hint(cells) {
            time::Hint::Format(format) => Ok(format),
            time::Hint::Ambiguous(formats) => {
                let fault = format!("`{target}`: in `{}` the day or the month may come first", cells[0]);
                let list: Vec<String> = formats.iter().map(|f| format!("format = \"{f}\"")).collect();
                Err(SettingFault::new(fault, rule.span.clone()).help(format!("add {}", list.join(" or "))))
            }
            time::Hint::Neither => Ok(time::Format::Iso),
        }
    }

    fn zone_or_utc(&self, rule: &Rule) -> Result<Calendar, SettingFault> {
        match rule.zone.as_ref().or(self.source.zone.as_ref()) {
            Some(name) => Calendar::new(&name.value).map_err(|e| SettingFault::new(e, name.span.clone())),
            None => Ok(self.context.zone.cloned().unwrap_or_else(Calendar::utc)),
        }
    }

    /// The zone of moments that name none: it has to be set somewhere.
    fn zone(&self, rule: &Rule, target: &str) -> Result<Calendar, SettingFault> {
        let set = rule.zone.is_some() || self.source.zone.is_some() || self.context.zone.is_some();
        if !set {
            let fault = format!("`{target}` holds local times and no zone is set");
            return Err(SettingFault::new(fault, rule.span.clone())
                .help("set `time_zone` under [project], such as \"Europe/Warsaw\", or `zone` here"));
        }
        self.zone_or_utc(rule)
    }

    fn answer(&mut self, map: &AnswerMap, into: &mut Vec<Answer>) -> Result<(), SettingFault> {
        let scale = check_scale(self.context.scales, &map.scale)?;
        for column in &map.columns {
            let rule = Rule { from: From::Column(column.clone()), ..map.rule.clone() };
            let mut compiled =
                self.rule(&map.question.value, &Rule { labels: Vec::new(), ..rule.clone() }, Kind::Category)?;
            // Words of the scale and of the mapping stand for points.
            let words = scale
                .labels
                .iter()
                .map(|(w, x)| (w.clone(), x.to_string()))
                .chain(rule.labels.iter().cloned());
            compiled.labels = words.flat_map(|(w, x)| [(w.to_lowercase(), x.clone()), (w, x)]).collect();
            let cells = self.sample_of(&rule.from, &compiled.blank, &rule);
            let numbers: Vec<String> =
                cells.into_iter().filter(|c| !compiled.labels.contains_key(&c.to_lowercase())).collect();
            compiled.decimal = self.decimal(&rule, &map.question.value, &numbers).unwrap_or(Decimal::Point);
            into.push(Answer {
                question: map.question.value.clone(),
                item: map.items.then(|| column.value.clone()),
                scale_name: map.scale.value.clone(),
                scale: scale.clone(),
                rule: compiled,
            });
        }
        Ok(())
    }
}

/// A raw row, as expressions see it.
pub(super) fn raw_value(cell: super::cells::Cell<'_>) -> Value<'_> {
    use super::cells::Cell;
    match cell {
        Cell::Null => Value::Null,
        Cell::Text(t) => Value::Text(t.into()),
        Cell::Int(i) => Value::Dec(i.into()),
        Cell::Float(x) => Value::Num(x),
        Cell::Exact(d) => Value::Dec(d),
        Cell::Bool(b) => Value::Bool(b),
        Cell::Moment(t, _) => Value::Time(t),
        Cell::Day(d) => Value::Time(i64::from(d) * crate::ground::period::DAY),
    }
}
