//! `cx plan --promise`: a forecast as a promise to be held to.

use crate::output::{Answer, Cell, Csv, Mode, Page, Tone, indented, write_whole};
use crate::session::Session;
use cx_core::analysis::{Error, ErrorKind, PlanQuery, plan};
use cx_core::findings::{CandidateFound, PlanReport};
use serde_json::{Value, json};
use std::path::Path;

/// Writes the promise of a candidate, as `cx evaluate --add` reads it.
pub(super) fn run(
    query: &PlanQuery,
    id: &str,
    author: &str,
    to: &Path,
    session: &Session,
) -> Result<Answer, Error> {
    let found = session.with_options(false, |options| {
        let company = session.load(options)?;
        plan(&company, query, options)
    })?;
    let promise = promise(&found, id, author)?;
    let text = indented(&promise) + "\n";
    write_whole(to, text.as_bytes(), Mode::Shared)?;
    let shown = to.display().to_string();
    Ok(Answer::new(session, || text.clone(), || page(&shown), || csv(&shown, id)))
}

fn promise(found: &PlanReport, id: &str, author: &str) -> Result<Value, Error> {
    let none = |message: String, help: &str| Err(Error::new(ErrorKind::NotFound, message).help(help));
    let Some(one) = found.candidates.iter().find(|one| one.id == id) else {
        return none(format!("the plan has no initiative `{id}`"), "`cx plan` lists them");
    };
    let Ok(money) = &one.money else {
        return none(format!("`{id}` has no forecast"), "`cx plan` says what is missing");
    };
    let step = found.portfolio.iter().flat_map(|p| &p.roadmap).find(|step| step.id == id);
    let Some(step) = step else {
        return none(
            format!("`{id}` is not chosen, so it has no days"),
            "plan it alone, or with more to spend",
        );
    };
    let [p5, p10, p25, p50, p75, p90, p95] = money.quantiles;
    Ok(json!({
        "kind": "promise",
        "claim_id": format!("{id}-{}", &step.live),
        "initiative": id,
        "family": one.strategy,
        "metric": { "id": "npv", "variant": format!("{} months", money.horizon_months) },
        "unit": "money",
        "population": population(one),
        "baseline": { "value": 0.0, "on": found.as_of },
        "promised": { "p5": p5, "p10": p10, "p25": p25, "p50": p50, "p75": p75, "p90": p90, "p95": p95 },
        "pays": money.pays,
        "due": step.judged,
        "exposed_from": step.live,
        "design": "randomised",
        "analysis": format!("cx roi {id} --horizon {}", money.horizon_months),
        "decision_rule": "extend from a chance to pay of 85 %, stop up to 15 %, else measure on",
        "author": author,
    }))
}

fn population(one: &CandidateFound) -> String {
    let all = || "customers".to_owned();
    one.population.as_ref().map_or_else(all, |condition| format!("customers where {condition}"))
}

fn page(shown: &str) -> Page {
    let mut page = Page::titled(shown.to_owned());
    let text = format!(
        "Read it, change what you would not be held to, and lock it before the first customer sees it: \
         cx evaluate --add {shown}"
    );
    page.line(Cell::new(text, Tone::Plain));
    page
}

fn csv(shown: &str, id: &str) -> Csv {
    let mut csv = Csv::new(&["file", "initiative_id"]);
    csv.row(&[shown, id]);
    csv
}
