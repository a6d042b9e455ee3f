//! The TOML tree with the place of every value.

use super::keys::Place;
use crate::ground::located::{Located, SettingFault};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    value: &'a DeValue<'a>,
    start: usize,
    end: usize,
}

/// A table whose keys are ticked off as they are read.
pub(super) struct Section<'a> {
    entries: &'a DeTable<'a>,
    span: Range<usize>,
    read: RefCell<BTreeSet<String>>,
}

/// Reads a settings text into its root.
pub(super) fn root(text: &str) -> Result<Spanned<DeTable<'_>>, SettingFault> {
    DeTable::parse(text).map_err(|e| {
        let fault = SettingFault::new(e.message().to_owned(), e.span().unwrap_or(0..0));
        fault.help("settings are TOML: `key = value`, text in quotes, tables in [brackets]")
    })
}

impl<'a> Node<'a> {
    pub(super) fn of(spanned: &'a Spanned<DeValue<'a>>) -> Self {
        let span = spanned.span();
        Self { value: spanned.get_ref(), start: span.start, end: span.end }
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    fn wrong<T>(&self, wanted: &str) -> Result<T, SettingFault> {
        let found = match self.value {
            DeValue::String(_) => "text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        Err(SettingFault::new(format!("{wanted} is needed here, not {found}"), self.span()))
    }

    pub(super) fn text(&self) -> Result<String, SettingFault> {
        match self.value {
            DeValue::String(s) => Ok(s.to_string()),
            _ => self.wrong("text in quotes"),
        }
    }

    pub(super) fn located(&self) -> Result<Located<String>, SettingFault> {
        self.text().map(|t| Located::new(t, self.span()))
    }

    /// Text, or a number, date or truth value as its text.
    pub(super) fn scalar(&self) -> Result<String, SettingFault> {
        match self.value {
            DeValue::String(s) => Ok(s.to_string()),
            DeValue::Integer(_) | DeValue::Float(_) => self.number().map(|x| x.to_string()),
            DeValue::Boolean(b) => Ok(b.to_string()),
            DeValue::Datetime(d) => Ok(d.to_string()),
            _ => self.wrong("a single value"),
        }
    }

    pub(super) fn number(&self) -> Result<f64, SettingFault> {
        let parsed = match self.value {
            DeValue::Integer(i) => i64::from_str_radix(i.as_str(), i.radix()).ok().map(|i| i as f64),
            DeValue::Float(f) => f.as_str().parse().ok(),
            _ => return self.wrong("a number"),
        };
        parsed.map_or_else(|| self.wrong("a number of usual size"), Ok)
    }

    /// Text or a date, read as something that reads text.
    pub(super) fn parse<T: std::str::FromStr<Err = String>>(&self) -> Result<T, SettingFault> {
        self.scalar()?.parse().map_err(|e| SettingFault::new(e, self.span()))
    }

    pub(super) fn list(&self) -> Result<Vec<Node<'a>>, SettingFault> {
        match self.value {
            DeValue::Array(list) => Ok(list.iter().map(Node::of).collect()),
            _ => self.wrong("a list in [brackets]"),
        }
    }

    /// One value, or a list of them.
    pub(super) fn one_or_many(&self) -> Vec<Node<'a>> {
        self.list().unwrap_or_else(|_| vec![*self])
    }

    pub(super) fn section(&self) -> Result<Section<'a>, SettingFault> {
        match self.value {
            DeValue::Table(entries) => Ok(Section { entries, span: self.span(), read: RefCell::default() }),
            _ => self.wrong("a table"),
        }
    }

    pub(super) fn is_section(&self) -> bool {
        matches!(self.value, DeValue::Table(_))
    }

    /// The value in the form other readers of settings take.
    pub(super) fn plain(&self) -> toml::Value {
        match self.value {
            DeValue::String(s) => toml::Value::String(s.to_string()),
            DeValue::Integer(i) => {
                toml::Value::Integer(i64::from_str_radix(i.as_str(), i.radix()).unwrap_or_default())
            }
            DeValue::Float(f) => toml::Value::Float(f.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(b) => toml::Value::Boolean(*b),
            DeValue::Datetime(d) => toml::Value::Datetime(*d),
            DeValue::Array(list) => toml::Value::Array(list.iter().map(|v| Node::of(v).plain()).collect()),
            DeValue::Table(table) => toml::Value::Table(
                table.iter().map(|(k, v)| (k.get_ref().to_string(), Node::of(v).plain())).collect(),
            ),
        }
    }
}

impl<'a> Section<'a> {
    pub(super) fn of(root: &'a Spanned<DeTable<'a>>) -> Self {
        Self { entries: root.get_ref(), span: root.span(), read: RefCell::default() }
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The value of a key, ticked off.
    pub(super) fn get(&self, key: &str) -> Option<Node<'a>> {
        let found = self.entries.iter().find(|(k, _)| k.get_ref() == key);
        found.map(|(_, value)| {
            self.read.borrow_mut().insert(key.to_owned());
            Node::of(value)
        })
    }

    pub(super) fn require(&self, key: &str, of: &str) -> Result<Node<'a>, SettingFault> {
        self.get(key).ok_or_else(|| SettingFault::new(format!("{of} needs `{key}`"), self.span()))
    }

    /// A list of tables; one alone will do.
    pub(super) fn sections(&self, key: &str) -> Result<Vec<Section<'a>>, SettingFault> {
        self.get(key).map_or(Ok(Vec::new()), |node| node.one_or_many().iter().map(Node::section).collect())
    }

    /// Every key that was not ticked off yet, with its value; all are ticked off now.
    pub(super) fn rest(&self) -> Vec<(Located<String>, Node<'a>)> {
        let mut read = self.read.borrow_mut();
        self.entries
            .iter()
            .filter(|(k, _)| !read.contains(k.get_ref().as_ref()))
            .map(|(k, v)| (Located::new(k.get_ref().to_string(), k.span()), Node::of(v)))
            .collect::<Vec<_>>()
            .into_iter()
            .inspect(|(k, _)| {
                read.insert(k.value.clone());
            })
            .collect()
    }

    /// Complains about a key that nobody read or that the list of keys does not name.
    pub(super) fn finish(&self, of: &str, place: &Place) -> Result<(), SettingFault> {
        let read = self.read.borrow();
        let listed = |key: &str| place.names().any(|name| name == key);
        let known = |key: &str| read.contains(key) && listed(key);
        match self.entries.iter().find(|(k, _)| !known(k.get_ref())) {
            None => Ok(()),
            Some((key, _)) => {
                let name: &str = key.get_ref();
                Err(SettingFault::new(format!("{of} has no setting `{name}`"), key.span())
                    .nearest(name, place.names()))
            }
        }
    }
}
