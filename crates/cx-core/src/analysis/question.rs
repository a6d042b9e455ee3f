//! Questions as values: what is answered as JSON, whoever asks.

use super::{
    Company, Error, Judged, LagQuestion, Options, PlanQuery, Query, RetentionQuery, RoiQuery, audit, check,
    claims, evaluate, explain, explain_fact, lags, linkage, plan, retention, roi, simulate, to_json, value,
    widened,
};
use crate::studies::linkage::Question as LinkageQuestion;
use crate::studies::scenario::Request;
use std::collections::BTreeMap;

/// One question to the records of a company.
///
/// Equal questions over equal records have equal answers, byte for byte: the
/// commands print them with `--format json`, the server sends them.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// What is wrong with the records; strict where every fault is an objection.
    Check {
        /// Objects to every cell or row that could not be used.
        strict: bool,
    },
    /// Figures of metrics.
    Metrics(Query),
    /// What customers are worth.
    Value,
    /// Who stays.
    Retention(RetentionQuery),
    /// What goes with a score.
    Linkage(LinkageQuestion),
    /// How long a change of a score takes to show.
    Lags(LagQuestion),
    /// What initiatives gave back.
    Roi(RoiQuery),
    /// What to do next.
    Plan(PlanQuery),
    /// Whether metrics earn their place.
    Audit,
    /// What others claim, held against the records.
    Claims,
    /// What was promised and what came of it.
    Promises,
    /// What a change would be worth, at a discount rate of one's own where it is given.
    Simulation(Box<Request>, Option<f64>),
    /// How a figure came about.
    Finding(String),
}

impl Question {
    /// The answer as JSON.
    ///
    /// # Errors
    /// As the function that is asked: settings, plans and ledgers at fault,
    /// records that cannot be read, findings that are not there.
    ///
    /// # Examples
    /// ```
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let dir = folder.path();
    /// use cx_core::analysis::{Company, Options, Project, Question};
    /// std::fs::write(dir.join("cx.toml"), "format = 1\n[project]\nname = \"Acme\"\n").unwrap();
    /// let cancel = std::sync::atomic::AtomicBool::new(false);
    /// let options = Options::quiet(&cancel);
    /// let company = Company::load(Project::open(dir).unwrap(), &options).unwrap();
    /// let answer = Question::Check { strict: true }.answer(&company, &options).unwrap();
    /// assert!(answer.contains("\"ok\": true"));
    /// ```
    pub fn answer(&self, company: &Company, options: &Options<'_>) -> Result<String, Error> {
        Ok(match self {
            Self::Check { strict } => {
                (options.progress)("checking");
                let checked = check(company, false, options.cancel)?;
                to_json(&Judged::new(&checked, *strict, &BTreeMap::new()))
            }
            Self::Metrics(query) => to_json(&widened(company, query, options)?),
            Self::Value => to_json(&value(company, options)?),
            Self::Retention(query) => to_json(&retention(company, query, options)?),
            Self::Linkage(question) => to_json(&linkage(company, question, options)?),
            Self::Lags(question) => to_json(&lags(company, question, options)?),
            Self::Roi(query) => to_json(&roi(company, query, options)?),
            Self::Plan(query) => to_json(&plan(company, query, options)?),
            Self::Audit => to_json(&audit(company, options)?),
            Self::Claims => to_json(&claims(company, options)?),
            Self::Promises => to_json(&evaluate(company, options)?),
            Self::Simulation(request, rate) => to_json(&simulate(company, request, *rate, options)?),
            Self::Finding(id) => match explain_fact(company, id, options)? {
                Some(fact) => to_json(&fact),
                None => to_json(&explain(company, id, options)?),
            },
        })
    }
}
