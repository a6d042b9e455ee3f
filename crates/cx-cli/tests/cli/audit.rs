//! `cx audit` and what others claim, on records small enough to read.

use super::initiatives::project;
use cx_core::claims::shipped;

fn read(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Spend is 20 a month higher where it is 100 without: a fifth, where vendors claim 30 %.
#[test]
fn a_claim_stands_beside_the_own_effect_and_is_no_input() {
    let project = project();
    let plain = project.cx(&["roi", "CALL", "--draws", "400"]);
    assert_eq!(plain.code, 0, "{}", plain.err);
    let words = "It is claimed that personal shopping assistants → average transaction value: +30 % (C18, grade E). \
                 You measured +";
    assert!(read(&plain.out).contains(words), "{}", plain.out);
    assert!(read(&plain.out).contains("smaller here."), "{}", plain.out);
    let on = project.cx(&["roi", "CALL", "--draws", "400", "--claim", "C18"]);
    assert!(read(&on.out).contains("Weight of the claim 0.10"), "{}", on.out);
    assert!(read(&on.out).contains("Money stays on the own effect."), "{}", on.out);
    let money = |args: &[&str]| project.cx(args).json()["initiatives"][0]["money"].clone();
    let base = ["roi", "CALL", "--draws", "400", "--format", "json"];
    assert_eq!(money(&base), money(&[&base[..], &["--claim", "C18"]].concat()));
    let json = project.cx(&[&base[..], &["--claim", "C18"]].concat()).json();
    let beside = &json["initiatives"][0]["claims"][0];
    assert_eq!((&beside["claim_id"], &beside["verdict"]), (&"C18".into(), &"smaller_here".into()));
    let (own, with) = (&beside["own"]["estimate"]["value"], &beside["with"]["estimate"]["value"]);
    assert!((own.as_f64().unwrap() - 0.2).abs() < 0.03, "{beside}");
    // The claim is so weak that its mean lies below the own effect.
    assert!(with.as_f64().unwrap() < own.as_f64().unwrap(), "{beside}");
}

#[test]
fn a_claim_that_is_none_is_not_found() {
    let run = project().cx(&["roi", "--claim", "C99"]);
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(run.err.contains("cx audit --claims"), "{}", run.err);
}

/// All of them are there, each with a verdict or with what it would take.
#[test]
fn every_claim_has_a_verdict() {
    let project = project();
    // On a terminal cells are cut into lines; the same page in markdown is not.
    let run = project.cx(&["audit", "--claims", "--format", "md"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let page = read(&run.out);
    for claim in &shipped().unwrap().claims {
        assert!(page.contains(&claim.claim_id), "{}: {}", claim.claim_id, run.out);
    }
    assert!(page.contains("total growth, no counterfactual"), "{}", run.out);
    let json = project.cx(&["audit", "--claims", "--format", "json"]).json();
    let claims = json["claims"].as_array().unwrap();
    let of = |id: &str| claims.iter().find(|c| c["claim_id"] == id).unwrap();
    assert_eq!(claims.len(), 41);
    assert_eq!((&of("C18")["verdict"], &of("C18")["own"]["grade"]), (&"smaller_here".into(), &"R".into()));
    for id in ["C08", "C10", "C14", "C28", "C37"] {
        assert_eq!(of(id)["verdict"], "not_testable", "{id}");
        assert!(of(id)["needs"].as_str().is_some_and(|needs| needs.len() > 5), "{id}");
    }
    let explained = project.cx(&["explain", "claims/C18"]);
    assert_eq!(explained.code, 0, "{}", explained.err);
    let csv = project.cx(&["audit", "--claims", "--format", "csv"]).out;
    assert_eq!(csv.lines().count(), 42, "{csv}");
}

#[test]
fn what_metrics_and_tables_lack_is_said() {
    let project = project();
    let run = project.cx(&["audit", "--format", "md"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let page = read(&run.out);
    for words in [
        "metrics in use:",
        "owner, target",
        "what it makes possible",
        "scores with intervals and what drives them",
    ] {
        assert!(page.contains(words), "{words}: {}", run.out);
    }
    let json = project.cx(&["audit", "--format", "json"]).json();
    assert!(json["metrics"].as_array().is_some_and(|list| !list.is_empty()), "{json}");
    assert_eq!(json["scores"].as_array().map(Vec::len), Some(0));
    let key = json["metrics"][0]["key"].as_str().unwrap();
    let explained = project.cx(&["explain", &format!("audit/{key}")]);
    assert_eq!(explained.code, 0, "{}", explained.err);
    insta::assert_snapshot!("audit", run.out);
}
