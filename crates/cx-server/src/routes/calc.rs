//! Formulas over a table that is sent along.

use crate::app::Shared;
use crate::asked::{deliver, known};
use crate::http::{Body, Problem};
use crate::pool::{Answer, Job, Ticket, digest};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use cx_core::analysis::{Error, ErrorKind, PlainTable, indented};
use cx_core::calc::{Request, call, find};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;

/// A call of a formula.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Call {
    /// The table, as CSV with a line of names; formulas that take options alone need none.
    csv: Option<String>,
    /// The second table of formulas that take two.
    second: Option<String>,
    /// Options by name, as the command's flags without `--`: numbers, texts, yes or no.
    #[serde(default)]
    options: BTreeMap<String, Setting>,
    /// Columns by role, where they are not named as usual.
    #[serde(default)]
    columns: BTreeMap<String, String>,
    /// The column whose values split the rows; the formula runs once for each.
    by: Option<String>,
}

/// The value of an option.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Setting {
    Number(serde_json::Number),
    Text(String),
    Yes(bool),
}

/// Runs a formula.
pub(super) async fn run(
    State(app): State<Shared>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    Body(body): Body<Call>,
) -> Result<Response, Problem> {
    find(&name).map_err(Error::from)?;
    let text = indented(&body);
    let tag = digest(&[env!("CARGO_PKG_VERSION").as_bytes(), name.as_bytes(), text.as_bytes()]);
    if let Some(response) = known(&app, &tag, &headers) {
        return Ok(response);
    }
    let ticket = Ticket { key: tag.clone(), workspace: None, question: uri.to_string() };
    let work = move |job: &Job| Ok(Answer::json(body.answer(&name, job)?, None, tag));
    deliver(&app, ticket, &headers, work).await
}

impl Call {
    fn answer(self, name: &str, job: &Job) -> Result<String, Error> {
        let options = self.options.into_iter().map(|(name, value)| (name, value.text())).collect();
        let request = Request { options, columns: self.columns, by: self.by, ..Request::default() };
        let read = |text: Option<String>, shown: &str| text.map(|text| table(&text, shown, job)).transpose();
        let (table, second) = (read(self.csv, "csv")?, read(self.second, "second")?);
        let result = match &table {
            Some(table) => table.call(name, request, second.as_ref())?,
            None => call(name, &Request { second: second.as_ref().map(|s| &s.table), ..request })?,
        };
        Ok(indented(&result))
    }
}

impl Setting {
    fn text(self) -> String {
        match self {
            Self::Number(n) => n.to_string(),
            Self::Text(text) => text,
            Self::Yes(yes) => yes.to_string(),
        }
    }
}

/// The text as a table. Readers look at a file more than once, so it becomes
/// one, which is gone when the table is read.
fn table(text: &str, shown: &str, job: &Job) -> Result<PlainTable, Error> {
    let io = |error: std::io::Error| Error::new(ErrorKind::Io, format!("{shown} cannot be held ({error})"));
    if text.trim().is_empty() {
        return Err(
            Error::new(ErrorKind::Data, format!("{shown} is empty")).help("send a line of names and rows")
        );
    }
    let mut file = tempfile::NamedTempFile::new().map_err(io)?;
    file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(io)?;
    PlainTable::read(file.path(), shown, &job.cancel)
}
