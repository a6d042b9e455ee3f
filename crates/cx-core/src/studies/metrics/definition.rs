//! A metric to run: of the catalogue or of the project's own.

use super::declaration::{Category, Declaration, MinN, Status, at_least};
use super::formula::{Arith, Body, Formula, TotalKind, parse_formula};
use crate::ground::estimate::Refused;
use crate::ground::expr::{ExprError, Literal, Parser};
use crate::ground::unit::{Direction, Unit};
use std::fmt::Write as _;

/// A metric to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Its id.
    pub id: String,
    /// Its English name.
    pub name: String,
    /// What it measures.
    pub meaning: String,
    /// Group of the catalogue; none for a metric of the project's own.
    pub category: Option<Category>,
    /// Which way is better.
    pub direction: Direction,
    /// Never shown on the customer scorecard.
    pub internal: bool,
    /// Variants in order of preference.
    pub forms: Vec<FormText>,
    /// Constants of the formulas.
    pub params: Vec<(String, Literal)>,
    /// Constants that were given another value than the catalogue's.
    pub changed: Vec<String>,
    /// Fewest rows.
    pub min_n: MinN,
    /// Dimensions it is naturally cut by.
    pub cut: Vec<String>,
    /// Edge cases.
    pub edges: String,
    /// Where the definition comes from.
    pub source: String,
    /// What it waits for, where it cannot be computed yet.
    pub planned: Option<String>,
    /// The command of the study that gives it, where no formula over rows does.
    pub study: Option<String>,
}

/// One way to compute a metric.
#[derive(Debug, Clone, PartialEq)]
pub struct FormText {
    /// Name of the variant; empty for the plain one.
    pub variant: String,
    /// The formula.
    pub formula: String,
    /// Unit of the figure; found from the formula unless given.
    pub unit: Option<Unit>,
}

/// A metric named by the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricKey {
    /// Its id.
    pub id: String,
    /// The variant asked for.
    pub variant: Option<String>,
    /// Constants asked for, as text.
    pub params: Vec<(String, String)>,
}

impl MetricKey {
    /// Reads `id`, `id:variant`, `id[W=7d]` and `id:variant[W=7d, q=0.9]`.
    ///
    /// # Errors
    /// What is wrong with the text.
    ///
    /// # Examples
    /// ```
    /// use cx_core::studies::metrics::MetricKey;
    /// let key = MetricKey::parse("fcr_window:any[W=14d]").unwrap();
    /// assert_eq!((key.id.as_str(), key.variant.as_deref()), ("fcr_window", Some("any")));
    /// assert_eq!(key.params, [("W".to_owned(), "14d".to_owned())]);
    /// assert!(MetricKey::parse("fcr_window[W]").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        let (head, params) = match text.split_once('[') {
            None => (text, ""),
            Some((head, rest)) => match rest.strip_suffix(']') {
                Some(params) => (head, params),
                None => return Err(format!("`{text}` has no closing `]`")),
            },
        };
        let (id, variant) = match head.split_once(':') {
            None => (head, None),
            Some((id, variant)) => (id, Some(variant.trim().to_owned()).filter(|v| v != "plain")),
        };
        let params = params
            .split(',')
            .filter(|p| !p.trim().is_empty())
            .map(|p| match p.split_once('=') {
                Some((name, value)) => Ok((name.trim().to_owned(), value.trim().to_owned())),
                None => Err(format!("`{}` is no NAME=VALUE", p.trim())),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { id: id.trim().to_owned(), variant, params })
    }
}

/// Reads a constant.
fn literal(text: &str) -> Option<Literal> {
    let mut parser = Parser::new(text).ok()?;
    let literal = parser.literal().ok()?;
    parser.end().ok()?;
    Some(literal)
}

impl Definition {
    /// A declaration of the catalogue.
    pub fn of(metric: &Declaration) -> Self {
        let text = |t: &str| Literal::Text(t.to_owned());
        Self {
            id: metric.id.to_owned(),
            name: metric.name.to_owned(),
            meaning: metric.meaning.to_owned(),
            category: Some(metric.category),
            direction: metric.direction,
            internal: metric.internal,
            forms: metric
                .forms
                .iter()
                .map(|f| FormText {
                    variant: f.variant.to_owned(),
                    formula: f.formula.to_owned(),
                    unit: f.unit.or(Some(metric.unit)),
                })
                .collect(),
            params: metric
                .params
                .iter()
                .map(|p| (p.name.to_owned(), literal(p.value).unwrap_or_else(|| text(p.value))))
                .collect(),
            changed: Vec::new(),
            min_n: metric.min_n,
            cut: metric.cut.iter().map(|c| (*c).to_owned()).collect(),
            edges: metric.edges.to_owned(),
            source: metric.source.to_owned(),
            planned: if let Status::Planned { why } = metric.status { Some(why.to_owned()) } else { None },
            study: if let Status::Study { command } = metric.status {
                Some(command.to_owned())
            } else {
                None
            },
        }
    }

    /// Why it has no formula over rows: a study gives it, or nothing does yet.
    pub(super) fn without_formula(&self) -> Option<Refused> {
        let refused =
            |rule: &str, reason: String, lift: String| Refused { rule: rule.to_owned(), reason, lift };
        if let Some(command) = &self.study {
            let reason = "it takes a model or an effect, not a formula over rows".to_owned();
            return Some(refused("given by a study", reason, format!("`{command}` gives it")));
        }
        let why = self.planned.as_ref()?;
        let reason = format!("this version cannot compute it: {why}");
        Some(refused("planned", reason, "a later version".to_owned()))
    }

    /// A metric of the project's own, by its formula.
    pub fn own(id: &str, name: &str, meaning: &str, formula: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            meaning: meaning.to_owned(),
            category: None,
            direction: Direction::Neutral,
            internal: false,
            forms: vec![FormText { variant: String::new(), formula: formula.to_owned(), unit: None }],
            params: Vec::new(),
            changed: Vec::new(),
            min_n: at_least(30),
            cut: Vec::new(),
            edges: String::new(),
            source: "this project".to_owned(),
            planned: None,
            study: None,
        }
    }

    /// Gives a constant another value.
    ///
    /// # Errors
    /// There is no such constant, or the value is of another kind.
    pub fn set(&mut self, name: &str, value: Literal) -> Result<(), String> {
        let known: Vec<String> = self.params.iter().map(|(n, _)| n.clone()).collect();
        let Some((_, old)) = self.params.iter_mut().find(|(n, _)| n == name) else {
            let list = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(format!("`{}` has no constant `{name}`; it has {list}", self.id));
        };
        if std::mem::discriminant(old) != std::mem::discriminant(&value) {
            return Err(format!("`{name}` of `{}` is like {old}, not like {value}", self.id));
        }
        if *old != value {
            *old = value;
            self.changed.push(name.to_owned());
        }
        Ok(())
    }

    /// The metric as a key names it: only its variant, with its constants.
    ///
    /// # Errors
    /// There is no such variant or constant.
    pub fn narrowed(mut self, key: &MetricKey) -> Result<Self, String> {
        if let Some(variant) = &key.variant {
            let known: Vec<String> = self.forms.iter().map(|f| f.variant.clone()).collect();
            self.forms.retain(|f| f.variant == *variant);
            if self.forms.is_empty() {
                let list: Vec<&str> = known.iter().filter(|v| !v.is_empty()).map(String::as_str).collect();
                let list = if list.is_empty() { "none".to_owned() } else { list.join(", ") };
                return Err(format!("`{}` has no variant `{variant}`; it has {list}", self.id));
            }
        }
        for (name, value) in &key.params {
            let value = literal(value).unwrap_or_else(|| Literal::Text(value.clone()));
            self.set(name, value)?;
        }
        Ok(self)
    }

    /// How the metric is written with a variant: `id:variant[W=14d]`.
    pub fn key(&self, variant: &str) -> String {
        let mut key = self.id.clone();
        if !variant.is_empty() {
            key.push(':');
            key.push_str(variant);
        }
        let changed: Vec<String> = self
            .params
            .iter()
            .filter(|(n, _)| self.changed.contains(n))
            .map(|(n, v)| format!("{n}={}", v.to_string().trim_matches('\'')))
            .collect();
        if !changed.is_empty() {
            let _ = write!(key, "[{}]", changed.join(", "));
        }
        key
    }

    /// Parses one of its forms.
    ///
    /// # Errors
    /// The fault with its place in the formula.
    pub fn formula(&self, form: &FormText) -> Result<Formula, ExprError> {
        parse_formula(&form.formula, &self.params)
    }
}

/// The unit a formula speaks in, where nobody said it.
pub(super) fn unit_of(body: &Body, money: bool) -> Unit {
    match body {
        Body::Arithmetic(Arith::Total(t)) => match t.kind {
            TotalKind::Share => Unit::Share,
            TotalKind::Count => Unit::Count,
            TotalKind::Sum | TotalKind::Mean if money => Unit::Money,
            TotalKind::Sum => Unit::Count,
            TotalKind::Mean => {
                let harmonised =
                    t.value.as_ref().is_some_and(|v| v.columns().iter().any(|c| *c == "harmonised"));
                if harmonised { Unit::Index } else { Unit::ScalePoints }
            }
        },
        Body::Net(..) => Unit::Points,
        Body::Mix(_) | Body::TopShare(..) | Body::Representativeness(..) | Body::Reliability(..) => {
            Unit::Share
        }
        _ if money => Unit::Money,
        _ => Unit::Ratio,
    }
}
