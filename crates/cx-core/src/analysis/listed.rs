//! The catalogue as a list, with what a company's records allow where they were looked at.

use super::{Company, Entry, Error, Options, Project, availability, catalog};
use crate::ground::estimate::Absent;
use serde::Serialize;

/// One metric of the list.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// The metric.
    #[serde(flatten)]
    pub entry: Entry,
    /// The key it would run under here, where the records were looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Why it cannot be computed here, where the records were looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absent>,
}

impl From<Entry> for Listed {
    fn from(entry: Entry) -> Self {
        Self { entry, key: None, absent: None }
    }
}

/// The list.
#[derive(Debug, Serialize)]
pub struct Catalog<'a> {
    /// Its metrics, in the order of the catalogue.
    pub metrics: &'a [Listed],
}

/// Every metric, those of a project's own among them.
///
/// # Errors
/// As [`catalog`].
pub fn catalog_listed(project: Option<&Project>) -> Result<Vec<Listed>, Error> {
    Ok(catalog(project)?.into_iter().map(Listed::from).collect())
}

/// The same with what the records allow.
///
/// # Errors
/// As [`availability`].
pub fn catalog_available(company: &Company, options: &Options<'_>) -> Result<Vec<Listed>, Error> {
    let found = availability(company, options)?;
    let id = |key: &str| key.split([':', '[']).next().unwrap_or(key).to_owned();
    let listed = catalog(Some(&company.project))?.into_iter().map(|entry| {
        let state = found.iter().find(|(key, _)| id(key) == entry.id);
        Listed {
            key: state.map(|(key, _)| key.clone()),
            absent: state.and_then(|(_, absent)| absent.clone()),
            entry,
        }
    });
    Ok(listed.collect())
}
