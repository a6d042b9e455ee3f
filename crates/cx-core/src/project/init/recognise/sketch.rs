//! A draft as it grows: columns taken, how each is read, what is left over.

use crate::ground::expr::{Expr, Literal};
use crate::project::init::draft::{Draft, Line, TableDraft, inline, quoted};
use crate::project::init::moments::Naive;
use crate::project::init::places::of_sign;
use crate::project::init::profile::{Holds, Mark, Profile};
use crate::project::init::question::{Accepts, Question};
use crate::project::init::survey::Shape;
use crate::project::init::vendors::column_of;
use crate::project::init::words::Role;
use crate::sources::ReadOptions;
use crate::tables::read::{boolean, time};
use crate::tables::schema::{Kind, TableSpec, table};
use std::collections::BTreeSet;

/// A draft and what it leans on.
pub(super) struct Sketch<'a> {
    pub shape: &'a Shape,
    pub draft: Draft,
    pub used: BTreeSet<usize>,
}

/// What a role's column must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    Key,
    Moment,
    Number,
    Category,
    Any,
}

impl Wants {
    fn fits(self, profile: &Profile) -> bool {
        let holds = profile.holds();
        match self {
            Self::Key => {
                matches!(holds, Holds::Text | Holds::Words | Holds::Numbers)
                    && !profile.is_prose()
                    && (holds != Holds::Numbers || profile.numbers().broken == 0)
            }
            Self::Moment => holds == Holds::Moments || profile.epoch().is_some(),
            Self::Number => holds == Holds::Numbers,
            Self::Category => {
                matches!(holds, Holds::Words | Holds::Text | Holds::Numbers) && !profile.is_prose()
            }
            Self::Any => holds != Holds::Nothing,
        }
    }
}

/// A column as expressions name it.
pub(super) fn name_in_expr(name: &str) -> String {
    Expr::Col(name.to_owned()).to_string()
}

/// Text as expressions write it.
pub(super) fn text_in_expr(text: &str) -> String {
    Expr::Lit(Literal::Text(text.to_owned())).to_string()
}

impl<'a> Sketch<'a> {
    pub(super) fn new(shape: &'a Shape) -> Self {
        let mut draft = Draft { name: shape.name.clone(), files: shape.patterns.clone(), ..Draft::default() };
        if shape.read != ReadOptions::default()
            && let Ok(toml::Value::Table(options)) = toml::Value::try_from(&shape.read)
        {
            let parts: Vec<(&str, String)> =
                options.iter().map(|(k, v)| (k.as_str(), v.to_string())).collect();
            draft.lines.push(Line::new("read", inline(&parts), &shape.read_why));
        }
        Self { shape, draft, used: BTreeSet::new() }
    }

    pub(super) fn profile(&self, column: usize) -> &'a Profile {
        &self.shape.columns[column].profile
    }

    pub(super) fn name(&self, column: usize) -> &'a str {
        &self.profile(column).name
    }

    /// The columns that fit a role best: several where nothing tells them apart.
    fn equals(&self, role: Role, wants: Wants, taken: &BTreeSet<usize>) -> Vec<usize> {
        let columns = self.shape.columns.iter().enumerate();
        let columns = columns.filter(|(i, c)| !taken.contains(i) && wants.fits(&c.profile));
        let fits: Vec<_> = columns.filter_map(|(i, c)| Some((*c.roles.get(&role)?, i))).collect();
        let best = fits.iter().map(|(fit, _)| *fit).min();
        fits.into_iter().filter(|(fit, _)| Some(*fit) == best).map(|(_, i)| i).collect()
    }

    /// The column that fits a role best.
    pub(super) fn find(&self, role: Role, wants: Wants) -> Option<usize> {
        self.equals(role, wants, &BTreeSet::new()).first().copied()
    }

    /// The column of a role whose name is the role's and nothing else.
    pub(super) fn find_exact(&self, role: Role, wants: Wants) -> Option<usize> {
        self.find(role, wants).filter(|i| !self.shape.columns[*i].roles[&role].partly)
    }

    /// The column a vendor's export is known to have for a canonical column.
    pub(super) fn vendors(&self, spec: &TableSpec, canonical: &str) -> Option<usize> {
        let names: Vec<&str> = self.shape.columns.iter().map(|c| c.profile.name.as_str()).collect();
        let column = column_of(self.shape.vendor?, spec, canonical, &names)?;
        (self.profile(column).holds() != Holds::Nothing).then_some(column)
    }

    /// Maps the best column of a role, if there is one. Where two fit alike it is asked which.
    pub(super) fn map(
        &mut self,
        to: &mut TableDraft,
        canonical: &str,
        role: Role,
        wants: Wants,
    ) -> Option<usize> {
        let spec = table(to.table)?;
        if let Some(column) = self.vendors(spec, canonical).filter(|c| wants.fits(self.profile(*c))) {
            self.put(
                to,
                canonical,
                column,
                format!("known from exports of {}", self.shape.vendor.map_or("", |v| v.name)),
            );
            return Some(column);
        }
        let equal = self.equals(role, wants, &self.used);
        match equal.as_slice() {
            [] => None,
            [one] => {
                self.put(to, canonical, *one, String::new());
                Some(*one)
            }
            [first, ..] => {
                let key = format!("source.{}.{canonical}", self.shape.name);
                let mut question = Question::new(
                    key,
                    Accepts::Choice,
                    format!("Which column of {} is the {}?", self.shape.files[0], meaning(spec, canonical)),
                )
                .why("several columns have such a name");
                for column in &equal {
                    question = question.choice(self.name(*column), self.profile(*column).shown());
                }
                self.draft.open.push(question);
                to.lines.push(Line::new(canonical, "\"??\"", ""));
                self.used.extend(&equal);
                Some(*first)
            }
        }
    }

    /// Maps one column onto a canonical one.
    pub(super) fn put(
        &mut self,
        to: &mut TableDraft,
        canonical: &str,
        column: usize,
        why: impl Into<String>,
    ) {
        let Some(spec) = table(to.table).and_then(|s| s.column(canonical)) else { return };
        if to.lines.iter().any(|l| l.key == canonical) {
            return;
        }
        let mut why: String = why.into();
        let Some(value) = self.rule(canonical, spec.kind, column) else { return };
        if spec.kind == Kind::Money {
            self.draft.has_money = true;
        }
        let blank = self.profile(column).rows - self.profile(column).known();
        if why.is_empty() && blank > 0 && !matches!(spec.kind, Kind::Text) {
            why = format!("blank in {} of {} rows", count(blank), count(self.profile(column).rows));
        }
        to.lines.push(Line::new(canonical, value, why));
        self.used.insert(column);
    }

    /// Maps a computed value.
    pub(super) fn put_expr(
        &mut self,
        to: &mut TableDraft,
        canonical: &str,
        expr: &str,
        why: impl Into<String>,
    ) {
        let money = table(to.table).and_then(|s| s.column(canonical)).is_some_and(|c| c.kind == Kind::Money);
        self.draft.has_money |= money;
        to.lines.push(Line::new(canonical, inline(&[("expr", quoted(expr))]), why));
    }

    /// Maps the same text for every row.
    pub(super) fn put_value(to: &mut TableDraft, canonical: &str, value: &str, why: impl Into<String>) {
        to.lines.push(Line::new(canonical, inline(&[("value", quoted(value))]), why));
    }

    /// How a column is read as a kind; none where it cannot be.
    fn rule(&mut self, canonical: &str, kind: Kind, column: usize) -> Option<String> {
        let name = quoted(self.name(column));
        let profile = self.profile(column);
        let mut parts = vec![("column", name.clone())];
        match kind {
            Kind::Time => {
                if let Some(format) = self.format(canonical, column) {
                    parts.push(("format", quoted(&format)));
                }
            }
            Kind::Number | Kind::Money => {
                if let Some(mark) = self.decimal(canonical, column) {
                    parts.push(("decimal", quoted(&mark)));
                }
                if kind == Kind::Money
                    && let Some(code) = of_sign(&profile.cells)
                {
                    self.draft.suggested_currencies.push(code.to_owned());
                }
            }
            Kind::Bool => {
                let values = profile.values.as_ref()?;
                if !values.keys().all(|w| boolean::parse(w).is_some()) {
                    return None;
                }
            }
            Kind::Closed { .. } | Kind::Key { .. } | Kind::Category | Kind::Text => {}
        }
        Some(if parts.len() == 1 { name } else { inline(&parts) })
    }

    /// The format of a column of moments where it must be said.
    fn format(&mut self, canonical: &str, column: usize) -> Option<String> {
        let profile = self.profile(column);
        self.draft.naive = Some(self.draft.naive.unwrap_or(Naive::No).max(profile.needs_zone()));
        match &profile.moments {
            time::Hint::Format(time::Format::Pattern(pattern)) => Some(pattern.clone()),
            time::Hint::Format(_) => None,
            time::Hint::Ambiguous(formats) => {
                let key = format!("source.{}.format", self.shape.name);
                let shown = profile.cells.first().cloned().unwrap_or_default();
                let mut question = Question::new(
                    key,
                    Accepts::Choice,
                    format!("Does the day or the month come first in `{shown}` of {}?", self.shape.files[0]),
                )
                .why(format!("no date of `{}` has a day beyond the 12th", profile.name));
                for format in formats {
                    let meaning = if format.starts_with("%d") {
                        "the day comes first"
                    } else {
                        "the month comes first"
                    };
                    question = question.choice(format, meaning);
                }
                self.ask(question);
                debug_assert!(!canonical.is_empty());
                Some("??".to_owned())
            }
            time::Hint::Neither => match profile.epoch() {
                Some(time::Format::Unix) => Some("unix".to_owned()),
                Some(_) => Some("unix_ms".to_owned()),
                None => None,
            },
        }
    }

    /// The decimal mark of a column where it must be said.
    pub(super) fn decimal(&mut self, canonical: &str, column: usize) -> Option<String> {
        let profile = self.profile(column);
        match profile.decimal() {
            Mark::Either => None,
            Mark::Point => Some(".".to_owned()),
            Mark::Comma => Some(",".to_owned()),
            Mark::Ambiguous => {
                let shown =
                    profile.cells.iter().find(|c| c.contains([',', '.'])).cloned().unwrap_or_default();
                let question = Question::new(
                    format!("source.{}.{canonical}.decimal", self.shape.name),
                    Accepts::Choice,
                    format!(
                        "Is `{shown}` in `{}` of {} a number with a decimal mark?",
                        profile.name, self.shape.files[0]
                    ),
                )
                .why("its comma or point may part thousands or decimals in every row")
                .choice(",", "the comma is the decimal mark")
                .choice(".", "the point is the decimal mark");
                self.ask(question);
                Some("??".to_owned())
            }
        }
    }

    /// Puts a question once.
    pub(super) fn ask(&mut self, question: Question) {
        if self.draft.open.iter().all(|q| q.key != question.key) {
            self.draft.open.push(question);
        }
    }
}

/// `5,998`
pub(super) fn count(n: u64) -> String {
    crate::project::init::draft::grouped(n)
}

fn meaning(spec: &TableSpec, canonical: &str) -> String {
    spec.column(canonical).map_or_else(|| canonical.to_owned(), |c| format!("`{canonical}` ({})", c.meaning))
}
