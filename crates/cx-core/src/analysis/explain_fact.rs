//! From a figure of a study back to its rows.

use super::audit::audit;
use super::claims::claims;
use super::evaluate::evaluate;
use super::explain::{FileUsed, files};
use super::linkage::linkage;
use super::plan::{PlanQuery, plan};
use super::retention::{RetentionQuery, retention};
use super::roi::{RoiQuery, roi};
use super::scenario::simulate;
use super::value::value;
use super::{Company, Error, ErrorKind, Options};
use crate::findings::Fact;
use crate::studies::linkage::Question;
use crate::studies::scenario::Request;
use serde::Serialize;

/// How a figure of a study came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactExplanation {
    /// The finding.
    pub finding: String,
    /// The figure with formula, source, assumptions and rows.
    pub fact: Fact,
    /// Files that feed its tables.
    pub files: Vec<FileUsed>,
    /// SHA-256 over the settings and all files.
    pub input_hash: String,
    /// The command that shows the same figure.
    pub command: String,
}

/// Studies whose figures have ids of their own, with what gives all of their figures.
const STUDIES: &[(&str, Study)] = &[
    ("value", |company, options| Ok(value(company, options)?.facts)),
    ("linkage", |company, options| {
        Ok(linkage(company, &Question::default(), options)?
            .report
            .map(|report| report.facts)
            .unwrap_or_default())
    }),
    ("retention", |company, options| {
        let found = retention(company, &RetentionQuery::default(), options)?;
        Ok(found.facts().into_iter().cloned().collect())
    }),
    ("claims", |company, options| Ok(claims(company, options)?.facts)),
    ("audit", |company, options| Ok(audit(company, options)?.facts)),
    ("roi", |company, options| Ok(roi(company, &RoiQuery::default(), options)?.facts)),
    ("simulate", |company, options| Ok(simulate(company, &Request::default(), None, options)?.facts)),
    ("plan", |company, options| Ok(plan(company, &PlanQuery::default(), options)?.facts)),
    ("evaluate", |company, options| Ok(evaluate(company, options)?.facts)),
];

type Study = fn(&Company, &Options<'_>) -> Result<Vec<Fact>, Error>;

/// How a figure of a study came about; `None` where the id is no study's.
///
/// # Errors
/// The study has no such figure, or cannot be run.
pub fn explain_fact(
    company: &Company,
    finding: &str,
    options: &Options<'_>,
) -> Result<Option<FactExplanation>, Error> {
    let study = finding.split('/').next().unwrap_or_default();
    let Some((name, run)) = STUDIES.iter().find(|(name, _)| *name == study && finding.len() > study.len())
    else {
        return Ok(None);
    };
    let facts = run(company, options)?;
    let Some(fact) = facts.iter().find(|f| f.id == finding).cloned() else {
        let known: Vec<&str> = facts.iter().map(|f| f.id.as_str()).collect();
        let message = format!("there is no finding `{finding}`");
        return Err(Error::new(ErrorKind::NotFound, message)
            .help(format!("findings of {name}: {}", known.join(", "))));
    };
    let mut used: Vec<FileUsed> = Vec::new();
    for records in &fact.records {
        for file in files(company, "", &records.table) {
            if !used.contains(&file) {
                used.push(file);
            }
        }
    }
    Ok(Some(FactExplanation {
        finding: finding.to_owned(),
        fact,
        files: used,
        input_hash: company.input_hash.clone(),
        command: match *name {
            // Claims have no command of their own: they are a part of the audit.
            "claims" => "cx audit --claims".to_owned(),
            name => format!("cx {name}"),
        },
    }))
}
