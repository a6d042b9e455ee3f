//! The catalogue as a reader sees it.

use super::selection::every;
use super::{Error, ErrorKind, Project};
use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Category, MinN};
use crate::studies::metrics::{CORE_20, Definition, FULL_50, catalog as list};
use serde::Serialize;

/// One metric of the catalogue or of the project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Group of the catalogue; none for a metric of the project's own.
    pub category: Option<Category>,
    /// What it measures.
    pub meaning: String,
    /// Unit of its figures; none for a planned metric.
    pub unit: Option<Unit>,
    /// Which way is better.
    pub direction: Direction,
    /// Never shown on the customer scorecard.
    pub internal: bool,
    /// Variants with their formulas, the preferred first.
    pub forms: Vec<EntryForm>,
    /// Constants with their values.
    pub params: Vec<EntryParam>,
    /// Fewest rows.
    pub min_n: MinN,
    /// Dimensions it is naturally cut by.
    pub cut: Vec<String>,
    /// Edge cases.
    pub edges: String,
    /// Where the definition comes from.
    pub source: String,
    /// Profiles it belongs to.
    pub profiles: Vec<&'static str>,
    /// What it waits for, where this version cannot compute it.
    pub planned: Option<String>,
    /// The command of the study that gives it, where no formula over rows does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub study: Option<String>,
}

/// One way to compute a metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryForm {
    /// How it is asked for: `id` or `id:variant`.
    pub key: String,
    /// Name of the variant; empty for the plain one.
    pub variant: String,
    /// The formula.
    pub formula: String,
}

/// A constant of a metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryParam {
    /// Its name in the formula.
    pub name: String,
    /// Its value.
    pub value: String,
    /// What it is.
    pub meaning: String,
}

/// Every metric: of the catalogue, and of the project where there is one.
///
/// # Errors
/// Own metrics or constants of the settings that are at fault.
pub fn catalog(project: Option<&Project>) -> Result<Vec<Entry>, Error> {
    let all = match project {
        Some(project) => every(project)?,
        None => list::all().map(Definition::of).collect(),
    };
    Ok(all.iter().map(entry).collect())
}

/// One metric of them.
///
/// # Errors
/// There is no such metric; the nearest is named.
pub fn catalog_entry(project: Option<&Project>, id: &str) -> Result<Entry, Error> {
    let all = catalog(project)?;
    let plain = id.split([':', '[']).next().unwrap_or(id);
    match all.iter().find(|e| e.id == plain) {
        Some(found) => Ok(found.clone()),
        None => {
            let fault = crate::ground::located::SettingFault::new(String::new(), 0..0)
                .nearest(plain, all.iter().map(|e| e.id.as_str()));
            let help = fault.help.unwrap_or_else(|| "`cx catalog` lists all metrics".to_owned());
            Err(Error::new(ErrorKind::NotFound, format!("there is no metric `{plain}`")).help(help))
        }
    }
}

fn entry(metric: &Definition) -> Entry {
    let declared = list::all().find(|m| m.id == metric.id);
    let mut profiles = Vec::new();
    if CORE_20.contains(&metric.id.as_str()) {
        profiles.push("core-20");
    }
    if CORE_20.contains(&metric.id.as_str()) || FULL_50.contains(&metric.id.as_str()) {
        profiles.push("full-50");
    }
    let meaning = |name: &str| {
        declared.and_then(|d| d.params.iter().find(|p| p.name == name)).map_or("", |p| p.meaning).to_owned()
    };
    Entry {
        id: metric.id.clone(),
        name: metric.name.clone(),
        category: metric.category,
        meaning: metric.meaning.clone(),
        unit: metric.forms.first().and_then(|f| f.unit).or(declared.map(|d| d.unit)),
        direction: metric.direction,
        internal: metric.internal,
        forms: metric
            .forms
            .iter()
            .map(|f| EntryForm {
                key: metric.key(&f.variant),
                variant: f.variant.clone(),
                formula: f.formula.clone(),
            })
            .collect(),
        params: metric
            .params
            .iter()
            .map(|(name, value)| EntryParam {
                name: name.clone(),
                value: value.to_string(),
                meaning: meaning(name),
            })
            .collect(),
        min_n: metric.min_n,
        cut: metric.cut.clone(),
        edges: metric.edges.clone(),
        source: metric.source.clone(),
        profiles,
        planned: metric.planned.clone(),
        study: metric.study.clone(),
    }
}
