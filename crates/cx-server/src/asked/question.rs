//! A question to a workspace, and its answer from loaded records.

use crate::pool::{Answer, digest};
use crate::workspace::Records;
use cx_core::analysis::{Catalog, Error, ErrorKind, Options, Question, catalog_available, evaluate, to_json};
use cx_core::findings::PromisesReport;
use cx_report::document::Document;
use cx_report::formats;
use cx_report::gather::{Wish, gather};
use cx_report::messages::LANGUAGES;
use serde::Serialize;
use std::path::Path;

/// A language that reports are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Language(&'static str);

impl Language {
    /// The language of a tag; the first of all where none is given.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a tag that reports are not written in.
    pub(crate) fn named(tag: Option<&str>) -> Result<Self, Error> {
        let Some(tag) = tag else { return Ok(Self(LANGUAGES[0])) };
        LANGUAGES.into_iter().find(|known| *known == tag).map(Self).ok_or_else(|| {
            let message = format!("reports are not written in `{tag}`");
            Error::new(ErrorKind::Usage, message).help(format!("there is {}", LANGUAGES.join(", ")))
        })
    }
}

/// A question to a workspace.
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    /// What the workspace is.
    Summary {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
    /// The metrics with what the records allow.
    Catalog,
    /// A study.
    Study(Question),
    /// The document of the report.
    Report(Language),
    /// The report as a page.
    Page(Language),
}

#[derive(Debug, Serialize)]
struct Summary<'a> {
    id: &'a str,
    name: &'a str,
    as_of: Option<String>,
    covered: Option<(String, String)>,
    currency: Option<String>,
    data_version: &'a str,
    languages: [&'static str; LANGUAGES.len()],
}

impl Asked {
    /// Equal for equal questions.
    pub(crate) fn key(&self) -> String {
        // What is derived for debugging writes out every field, and equal fields alike.
        format!("{self:?}")
    }

    /// The tag of its answer over records of a data version.
    pub(crate) fn tag(&self, version: &str) -> String {
        digest(&[env!("CARGO_PKG_VERSION").as_bytes(), version.as_bytes(), self.key().as_bytes()])
    }

    /// Its answer, and others that the same work gives.
    ///
    /// # Errors
    /// As the study.
    pub(crate) fn answer(
        &self,
        records: &Records,
        options: &Options<'_>,
    ) -> Result<(Answer, Option<Answer>), Error> {
        let company = &records.company;
        let text = match self {
            Self::Summary { id, name } => to_json(&Summary {
                id,
                name,
                as_of: company.as_of.map(|day| day.to_string()),
                covered: company.covered.map(|(a, b)| (a.to_string(), b.to_string())),
                currency: company.project.settings.currency.map(|c| c.code().to_owned()),
                data_version: &records.version,
                languages: LANGUAGES,
            }),
            Self::Catalog => to_json(&Catalog { metrics: &catalog_available(company, options)? }),
            Self::Study(Question::Promises) => {
                let found = evaluate(company, options)?;
                let file = Path::new(&found.ledger);
                // The file as the company knows it; where its folder lies is the server's affair.
                let inside = file.strip_prefix(&company.project.dir).unwrap_or(file).display().to_string();
                to_json(&PromisesReport { ledger: inside, ..found })
            }
            Self::Study(question) => question.answer(company, options)?,
            Self::Report(language) => {
                let (document, page) = reports(records, *language, options)?;
                return Ok((document, Some(page)));
            }
            Self::Page(language) => {
                let (document, page) = reports(records, *language, options)?;
                return Ok((page, Some(document)));
            }
        };
        Ok((Answer::json(text, Some(records.version.clone()), self.tag(&records.version)), None))
    }
}

/// The report as a document and as a page: what takes long is the same for both.
fn reports(records: &Records, language: Language, options: &Options<'_>) -> Result<(Answer, Answer), Error> {
    let document = document(records, language, options)?;
    let version = Some(records.version.clone());
    let json = formats::json::render(&document).map_err(|error| internal(&error.to_string()))?;
    let page = formats::html::render(&document, cx_web::report_template());
    let page = page.map_err(|error| internal(&error.to_string()))?;
    let policy = policy(&page).unwrap_or("default-src 'none'").to_owned() + "; frame-ancestors 'none'";
    let page = Answer {
        media: "text/html; charset=utf-8",
        policy: Some(policy),
        body: page.into(),
        version: version.clone(),
        tag: Asked::Page(language).tag(&records.version),
    };
    Ok((Answer::json(json, version, Asked::Report(language).tag(&records.version)), page))
}

/// The report, as `cx report` makes it in the project's folder.
fn document(records: &Records, language: Language, options: &Options<'_>) -> Result<Document, Error> {
    let wish = Wish {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: "cx report".to_owned(),
        explain: "cx explain".to_owned(),
        entries: None,
    };
    Ok(cx_report::sections::build(&gather(&records.company, &wish, options)?, language.0))
}

/// The policy that a page brings along: hashes of its own script and style.
fn policy(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("<meta http-equiv=\"Content-Security-Policy\" content=\"")?;
    rest.split_once('"').map(|(policy, _)| policy)
}

fn internal(problem: &str) -> Error {
    Error::new(ErrorKind::Internal, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_differ_by_question_and_version() {
        let value = Asked::Study(Question::Value);
        let audit = Asked::Study(Question::Audit);
        assert_eq!(value.tag("a"), Asked::Study(Question::Value).tag("a"));
        assert_ne!(value.tag("a"), value.tag("b"));
        assert_ne!(value.tag("a"), audit.tag("a"));
    }

    #[test]
    fn the_policy_is_that_of_the_page() {
        let page =
            "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"><title>";
        assert_eq!(policy(page), Some("default-src 'none'"));
        assert_eq!(policy("<head></head>"), None);
        assert!(Language::named(Some("tlh")).is_err());
    }
}
