//! Rules of a mapping, with names looked up and the writing of cells inferred.

use super::compile::{Answer, Compiled, Context, Source};
use super::marks::{Marks, counted};
use crate::ground::expr::{Expr, Ty, check};
use crate::ground::located::{Located, SettingFault};
use crate::ground::period::Calendar;
use crate::tables::mapping::{AnswerMap, Decimal, From, Rule, Scales, SourceMap};
use crate::tables::read::{number, time};
use crate::tables::scale::Scale;
use crate::tables::schema::Kind;

/// Looks up names while a mapping is bound.
pub(super) struct Binder<'a> {
    pub names: &'a [String],
    pub sample: &'a [Vec<Option<String>>],
    pub source: &'a SourceMap,
    pub context: &'a Context<'a>,
    pub reads: Vec<String>,
    /// How the numbers are written of the columns that expressions count with.
    pub marks: Marks,
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

    /// A condition on rows.
    pub(super) fn condition(&mut self, expr: &Located<Expr>) -> Result<Expr, SettingFault> {
        self.expr(expr, Some(Ty::Bool), None, false)
    }

    /// An expression; `counts` where its value is wanted as a number.
    fn expr(
        &mut self,
        expr: &Located<Expr>,
        wanted: Option<Ty>,
        decimal: Option<&Located<Decimal>>,
        counts: bool,
    ) -> Result<Expr, SettingFault> {
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
        self.numbers_in(expr, decimal, counts)?;
        Ok(expr.value.clone())
    }

    /// Notes how the columns are written that an expression counts with.
    fn numbers_in(
        &mut self,
        expr: &Located<Expr>,
        decimal: Option<&Located<Decimal>>,
        counts: bool,
    ) -> Result<(), SettingFault> {
        let cells = |name: &str| {
            self.sample_of(
                &From::Column(Located::made(name.to_owned())),
                &self.source.blank,
                &Rule::default(),
            )
        };
        let numeric = |name: &str| {
            let cells = cells(name);
            !cells.is_empty() && number::hint(&cells) != number::Hint::Neither
        };
        let mut marks = Vec::new();
        for name in counted(&expr.value, counts, &numeric) {
            let rule = Rule { decimal: decimal.cloned(), span: expr.span.clone(), ..Rule::default() };
            marks.push((name.to_owned(), self.decimal(&rule, name, &cells(name))?));
        }
        self.marks.extend(marks);
        Ok(())
    }

    pub(super) fn rule(&mut self, target: &str, rule: &Rule, kind: Kind) -> Result<Compiled, SettingFault> {
        let number = matches!(kind, Kind::Number | Kind::Money);
        let (from, shown) = match &rule.from {
            From::Nothing => (Source::Nothing, None),
            From::Column(name) => (Source::Column(self.column(name)?), Some(name.value.clone())),
            From::Constant(text) => (Source::Constant(text.clone()), None),
            From::Expr(expr) => {
                let made = self.expr(expr, None, rule.decimal.as_ref(), number)?;
                (Source::Expr(made), Some(expr.value.to_string()))
            }
            From::Day(day) => (Source::Instant(self.zone(rule, target)?.start_of(*day).0), None),
            From::MonthsBefore(name, day) => {
                (Source::MonthsBefore(self.column(name)?, *day), Some(name.value.clone()))
            }
            From::DaysBefore(name, day) => {
                (Source::DaysBefore(self.column(name)?, *day), Some(name.value.clone()))
            }
        };
        let filter = rule.filter.as_ref().map(|e| self.condition(e)).transpose()?;
        let mut blank = self.source.blank.clone();
        blank.extend(rule.blank.iter().cloned());
        let cells = self.sample_of(&rule.from, &blank, rule);
        let numeric = number || matches!(from, Source::MonthsBefore(..) | Source::DaysBefore(..));
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

    pub(super) fn answer(&mut self, map: &AnswerMap, into: &mut Vec<Answer>) -> Result<(), SettingFault> {
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

pub(super) fn check_scale(scales: &Scales, name: &Located<String>) -> Result<Scale, SettingFault> {
    scales.get(&name.value).ok_or_else(|| {
        SettingFault::new(format!("there is no scale `{}`", name.value), name.span.clone())
            .nearest(&name.value, scales.names())
    })
}
