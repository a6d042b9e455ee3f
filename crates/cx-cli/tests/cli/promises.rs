//! `cx evaluate`: promises written down, judged and resolved.

use super::initiatives::project;
use super::project::{Project, Run};

/// Before the call of March 2026 began, and after the records end.
const BEFORE: &str = "2026-02-01T09:00:00Z";
const AFTER: &str = "2026-07-01T09:00:00Z";

/// A promise of margin for the call, with a spread of 1 on either side of the middle in every step.
pub(crate) fn promise(id: &str, middle: f64, due: &str) -> String {
    let [p5, p10, p25, p75, p90, p95] = [-3.0, -2.0, -1.0, 1.0, 2.0, 3.0].map(|step| middle + step);
    format!(
        r#"{{"kind": "promise", "claim_id": "{id}", "initiative": "CALL", "family": "service",
        "metric": {{"id": "margin", "variant": ""}}, "unit": "money", "population": "all customers of March",
        "baseline": {{"value": 46, "on": "2026-01-31"}},
        "promised": {{"p5": {p5}, "p10": {p10}, "p25": {p25}, "p50": {middle}, "p75": {p75}, "p90": {p90}, "p95": {p95}}},
        "pays": 0.9, "due": "{due}", "exposed_from": "2026-03-01", "design": "randomised",
        "analysis": "difference of means", "decision_rule": "go on above 5", "author": "A. Owner"}}"#
    )
}

pub(crate) fn add(project: &Project, records: &str, at: &str) -> Run {
    std::fs::write(project.path().join("record.json"), records).expect("a file is written");
    project.cx(&["evaluate", "--add", "record.json", "--at", at])
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn no_ledger_is_an_empty_one_and_said_aloud() {
    let project = project();
    let run = project.cx(&["evaluate"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("No promise was ever made: promises.jsonl is not there."), "{}", run.out);
    assert!(run.out.contains(&"0".repeat(64)), "{}", run.out);
    let verified = project.cx(&["verify"]);
    assert_eq!((verified.code, verified.out.contains("no promise was ever made")), (0, true));
}

/// Every treated customer brings ten euros more in each of three months: a promise of 30 is kept, one of 36 missed.
#[test]
fn a_promise_is_kept_and_another_missed() {
    let project = project();
    let both =
        format!("[{}, {}]", promise("KEPT", 30.0, "2026-06-15"), promise("MISSED", 36.0, "2026-06-15"));
    let run = add(&project, &both, BEFORE);
    assert_eq!(run.code, 0, "{}", run.err);
    let found = project.cx(&["evaluate", "--format", "json"]).json();
    let effect = project.cx(&["roi", "CALL", "--format", "json"]).json();
    let effect = effect["initiatives"][0]["outcomes"][0]["effect"]["value"].as_f64().expect("an effect");
    let (kept, missed) = (&found["promises"][0], &found["promises"][1]);
    for (one, middle, against) in [(kept, 30.0, "inside"), (missed, 36.0, "below")] {
        assert_eq!(one["state"], "due");
        let delivered = one["delivered"]["gain"]["p50"].as_f64().expect("a figure");
        // Ten euros a month were planted, and three months are seen.
        assert!((delivered - 30.0).abs() < 0.5 && (delivered - effect).abs() < 1e-9, "{delivered}");
        let scored = &one["wordings"][0]["scored"];
        assert_eq!(scored["against"], against);
        let ratio = scored["ratio"]["value"].as_f64().expect("a ratio");
        assert!((ratio - delivered / middle).abs() < 1e-12, "{ratio}");
        // The call paid: (0.9 − 1)².
        assert!((scored["brier"].as_f64().expect("a score") - 0.01).abs() < 1e-12);
    }
    assert_eq!(found["record"]["prospective"]["coverage"][1]["inside"], 1);
    assert_eq!(found["record"]["unresolved_share"], 1.0);
    assert_eq!(found["record"]["optimism"]["value"], 0.7);
    let page = words(&project.cx(&["evaluate"]).out);
    for said in [
        "We promised 30.00 EUR (28.00 to 32.00 EUR) by 2026-06-15; delivered",
        ": inside the promised range.",
        ": below the promised range.",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    insta::assert_snapshot!("promises", project.cx(&["evaluate"]).out);

    let resolved = project.cx(&["evaluate", "--resolve", "--author", "B. Judge", "--at", AFTER]);
    assert_eq!(resolved.code, 0, "{}", resolved.err);
    assert!(resolved.out.contains("Written down: what came of 2."), "{}", resolved.out);
    let after = project.cx(&["evaluate", "--format", "json"]).json();
    assert_eq!((&after["entries"], &after["record"]["resolved"]), (&4.into(), &2.into()));
    assert_eq!(
        after["promises"][0]["wordings"], found["promises"][0]["wordings"],
        "writing changes no score"
    );
    assert_eq!(project.cx(&["verify", "--head", found["head"].as_str().expect("a hash")]).code, 0);
    let explained = project.cx(&["explain", "evaluate/KEPT/ratio"]);
    assert_eq!(explained.code, 0, "{}", explained.err);
    assert!(explained.out.contains("delivered median over promised median"), "{}", explained.out);
    let csv = project.cx(&["evaluate", "--format", "csv"]).out;
    assert!(
        csv.lines().any(
            |line| line.starts_with("MISSED,CALL,service,margin,money,2026-06-15,resolved,0,prospective")
        )
    );
}

/// Kept, missed and open promises are on their pages; a ledger that somebody changed is refused there, and no more.
#[test]
fn the_report_shows_every_promise_and_outlives_a_broken_ledger() {
    let project = project();
    let before = project.cx(&["report", "--format", "json"]).json();
    let section = |document: &serde_json::Value, id: &str| {
        let sections = document["sections"].as_array().cloned().unwrap_or_default();
        sections.into_iter().find(|section| section["id"] == id).map(|section| section["blocks"].to_string())
    };
    let none = section(&before, "promised").expect("the section is always there");
    assert!(
        none.contains("No promise was ever written down") && none.contains("cx evaluate --add"),
        "{none}"
    );
    assert_eq!(section(&before, "promises"), None);
    let all = [
        promise("KEPT", 30.0, "2026-06-15"),
        promise("MISSED", 36.0, "2026-06-15"),
        promise("LATER", 20.0, "2027-01-01"),
    ];
    assert_eq!(add(&project, &format!("[{}]", all.join(",")), BEFORE).code, 0);
    let head = project.cx(&["evaluate", "--format", "json"]).json()["head"].as_str().map(str::to_owned);
    let after = project.cx(&["report", "--format", "json"]).json();
    let over = section(&after, "promised").expect("a section");
    for said in [
        "KEPT: Welcome call",
        "MISSED: Welcome call",
        "below the promised range",
        "inside the promised range",
    ] {
        assert!(over.contains(said), "{said}: {over}");
    }
    assert!(!over.contains("LATER: "), "{over}");
    let open = section(&after, "promises").expect("a section");
    assert!(open.contains("LATER: Welcome call") && open.contains(&head.expect("a hash")), "{open}");
    let ledger = project.read("promises.jsonl").replace("\"p50\":36", "\"p50\":29");
    std::fs::write(project.path().join("promises.jsonl"), ledger).expect("a file is written");
    let broken = project.cx(&["report", "--format", "json"]);
    assert_eq!(broken.code, 0, "{}", broken.err);
    let refused = section(&broken.json(), "promised").expect("a section");
    assert!(refused.contains("promises.jsonl, line 2"), "{refused}");
}

/// What is promised once the call goes on is scored apart, and what is not due or gone has no outcome.
#[test]
fn what_is_not_judged_says_why() {
    let project = project();
    let taken_back =
        r#"{"kind": "withdrawal", "claim_id": "GONE", "reason": "no budget", "author": "A. Owner"}"#;
    let other = promise("OTHER", 10.0, "2026-06-01").replace("\"CALL\"", "\"NONE\"");
    let all = [
        promise("LATER", 10.0, "2027-01-01"),
        promise("GONE", 10.0, "2026-06-01"),
        other,
        taken_back.to_owned(),
    ];
    assert_eq!(add(&project, &format!("[{}]", all.join(",")), "2026-04-01T00:00:00Z").code, 0);
    let page = words(&project.cx(&["evaluate"]).out);
    for said in [
        "it is judged on 2027-01-01; records until 2027-01-01",
        "it was taken back, and counts as unresolved",
        "the register has no initiative `NONE`",
        "It was made after the exposure had begun.",
        "1 of those due cannot be judged",
        "Taken back: 33.33 % of all.",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn bad_records_are_refused_and_nothing_is_written() {
    let project = project();
    assert_eq!(add(&project, &promise("P1", 10.0, "2026-06-15"), BEFORE).code, 0);
    let before = project.read("promises.jsonl");
    let resolution = r#"{"kind": "resolution", "claim_id": "P1", "author": "B. Judge", "delivered": {"se": 1,
        "grade": "R", "gain": {"p5": 1, "p10": 2, "p25": 3, "p50": 4, "p75": 5, "p90": 6, "p95": 7}}}"#;
    for (records, at, said) in [
        (promise("P1", 9.0, "2026-06-15"), AFTER, "there is a promise `P1` already"),
        (resolution.to_owned(), "2026-06-14T23:59:59Z", "is judged on 2026-06-15"),
        (promise("P2", 9.0, "2026-06-15"), "2026-01-01T00:00:00Z", "registered before the record it follows"),
        (promise("P2", 9.0, "soon"), AFTER, "`due`"),
        (
            format!("[{}, {}]", promise("P2", 9.0, "2027-06-15"), promise("P1", 9.0, "2027-06-15")),
            AFTER,
            "`P1`",
        ),
    ] {
        let run = add(&project, &records, at);
        assert_eq!((run.code, words(&run.err).contains(said)), (3, true), "{said}: {}", run.err);
        assert_eq!(project.read("promises.jsonl"), before);
    }
    assert_eq!(add(&project, resolution, AFTER).code, 0, "on its day and later it is taken");
    let found = project.cx(&["evaluate", "--format", "json"]).json();
    // By hand: 4 of 10 promised.
    assert_eq!(found["promises"][0]["wordings"][0]["scored"]["ratio"]["value"], 0.4);
    assert_eq!(project.cx(&["evaluate", "--resolve"]).code, 2, "nobody resolves without a name");
}
