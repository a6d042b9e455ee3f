//! Commands as a person or a script runs them.

use super::project::{Project, SURVEY};
use std::fmt::Write as _;

#[test]
fn a_formula_over_counts() {
    let folder = Project::empty();
    let counts = ["calc", "nps", "--promoters", "50", "--passives", "30", "--detractors", "20"];
    let run = folder.cx(&[&counts[..], &["--method", "adjusted-wald", "--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let json = run.json();
    assert_eq!(
        (&json["schema_version"], &json["formula"], &json["method"]),
        (&1.into(), &"nps".into(), &"adjusted_wald".into())
    );
    let nps = &json["results"]["nps"];
    assert_eq!((nps["value"].as_f64(), nps["unit"].as_str()), (Some(30.0), Some("points")));
    let near = |x: &serde_json::Value, wanted: f64| (x.as_f64().unwrap() - wanted).abs() < 0.005;
    assert!(near(&nps["low"], 14.05) && near(&nps["high"], 44.20), "{nps}");
    insta::assert_snapshot!(folder.cx(&counts).out);
}

#[test]
fn a_formula_over_a_file_by_groups_in_every_form() {
    let rows = "score,channel\n9,web\n3,app\n10,web\n7,app\n8,web\n";
    let folder = Project::new("", &[("a.csv", rows)]);
    let args = ["calc", "nps", "--input", "a.csv", "--by", "channel"];
    insta::assert_snapshot!("calc_by_table", folder.cx(&args).out);
    insta::assert_snapshot!("calc_by_csv", folder.cx(&[&args[..], &["--format", "csv"]].concat()).out);
    insta::assert_snapshot!("calc_by_md", folder.cx(&[&args[..], &["--format", "md"]].concat()).out);
}

#[test]
fn a_formula_says_where_a_cell_is_wrong() {
    let folder = Project::new("", &[("a.csv", "score,note\n9,\"two\nlines\"\nten,\n")]);
    let run = folder.cx(&["calc", "nps", "-i", "a.csv"]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("a.csv:4: column `score`: `ten` is not a number"), "{}", run.err);
    let run = folder.cx(&["calc", "nps", "-i", "a.csv", "--score", "skore"]);
    assert_eq!(run.code, 2, "{}", run.err);
    let run = folder.cx(&["calc", "nps", "-i", "b.csv"]);
    assert_eq!(run.code, 4, "{}", run.err);
    let run = folder.cx(&["calc", "nps", "-i", "b.csv", "--format", "json"]);
    let error: serde_json::Value = serde_json::from_str(&run.err).unwrap();
    assert_eq!((&error["exit_code"], &error["error"]["kind"]), (&4.into(), &"not_found".into()));
    assert_eq!(run.out, "");
}

/// Every formula has a command whose help names its columns and options.
#[test]
fn every_formula_is_a_command() {
    let folder = Project::empty();
    for calc in cx_core::calc::CALCS {
        let help = folder.cx(&["calc", calc.name, "--help"]);
        assert_eq!(help.code, 0, "{}: {}", calc.name, help.err);
        for name in calc.roles.iter().map(|r| r.name).chain(calc.options.iter().map(|o| o.name)) {
            assert!(help.out.contains(&format!("--{name}")), "{} --{name}", calc.name);
        }
    }
}

#[test]
fn help_of_every_command() {
    let folder = Project::empty();
    insta::assert_snapshot!("help", folder.cx(&["--help"]).out);
    for command in [
        "audit",
        "calc",
        "catalog",
        "check",
        "completions",
        "demo",
        "evaluate",
        "explain",
        "init",
        "linkage",
        "metrics",
        "migrate",
        "report",
        "retention",
        "roi",
        "simulate",
        "value",
        "verify",
    ] {
        let help = folder.cx(&[command, "-h"]);
        assert_eq!(help.code, 0, "{command}");
        insta::assert_snapshot!(format!("help_{command}"), help.out);
    }
}

#[test]
fn a_call_that_cannot_be_understood_ends_with_2() {
    let folder = Project::empty();
    for args in [
        &["frobnicate"][..],
        &["calc", "npss"],
        &["metrics", "--every", "fortnight"],
        &["check", "--as-of", "31.1.2026"],
    ] {
        let project = Project::new(SURVEY, &[("answers.csv", "id,score,day\n1,9,2026-01-05\n")]);
        let run = if args[0] == "check" { project.cx(args) } else { folder.cx(args) };
        assert_eq!(run.code, 2, "{args:?} {}", run.err);
        assert_eq!(run.out, "");
    }
}

#[test]
fn completions_know_the_formulas() {
    let folder = Project::empty();
    for shell in ["bash", "zsh", "fish"] {
        let run = folder.cx(&["completions", shell]);
        assert_eq!(run.code, 0);
        assert!(run.out.contains("control-chart"), "{shell}");
    }
}

/// S031: 50 promoters, 30 passives, 20 detractors and 25 dismissed: the score is 30 and the 25 are named.
#[test]
fn dismissed_answers_are_named_and_do_not_count() {
    let mut rows = String::from("id,score,day,state\n");
    let groups =
        [(50, "10", "completed"), (30, "8", "completed"), (20, "3", "completed"), (25, "", "dismissed")];
    let mut id = 0;
    for (n, score, state) in groups {
        for _ in 0..n {
            id += 1;
            writeln!(rows, "{id},{score},2026-01-{:02},{state}", id % 28 + 1).unwrap();
        }
    }
    let settings = format!("{SURVEY}status = \"state\"\n");
    let project = Project::new(&settings, &[("answers.csv", &rows)]);
    let run = project.cx(&["metrics", "nps", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let figure = &run.json()["cards"][0]["overall"]["estimate"];
    assert_eq!((figure["value"].as_f64(), figure["size"]["n"].as_u64()), (Some(30.0), Some(100)));
    let check = project.cx(&["check"]);
    assert!(check.out.contains("100 answered + 25 dismissed"), "{}", check.out);
    insta::assert_snapshot!("metrics_nps", project.cx(&["metrics", "nps"]).out);
    insta::assert_snapshot!("explain_nps", without_hashes(&project.cx(&["explain", "nps"]).out));
    let missing = project.cx(&["explain", "nps/channel=email"]);
    assert_ne!(missing.code, 0);
    assert_eq!(project.cx(&["metrics", "npss"]).code, 4);
    assert_eq!(project.cx(&["metrics", "nps", "--where", "score >"]).code, 2);
}

/// Of 20 invited 5 answered; 10 more were the maker's trials of the survey.
#[test]
fn answers_left_out_by_the_settings_were_no_invitations() {
    let mut rows = String::from("id,score,day,state,sent,trial\n");
    for i in 0..30 {
        let trial = if i < 10 { "yes" } else { "no" };
        let (score, state) = if i < 15 { ("9", "completed") } else { ("", "delivered") };
        let day = i % 28 + 1;
        writeln!(rows, "{i},{score},2026-01-{day:02},{state},2026-01-{day:02},{trial}").unwrap();
    }
    let settings = SURVEY.replace(
        "[source.responses]\n",
        "exclude = \"trial = 'yes'\"\n[source.responses]\ninvited_at = \"sent\"\n",
    );
    let project = Project::new(&format!("{settings}status = \"state\"\n"), &[("answers.csv", &rows)]);
    let run = project.cx(&["metrics", "response_rate", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let figure = &run.json()["cards"][0]["overall"]["estimate"];
    assert_eq!(
        (figure["value"].as_f64(), figure["size"]["n"].as_u64()),
        (Some(0.25), Some(20)),
        "{}",
        run.out
    );
    let check = project.cx(&["check"]);
    assert!(check.out.contains("5 answered + 15 invited + 10 excluded"), "{}", check.out);
}

/// The row left out stands first, so that a shift of columns against answers would show.
#[test]
fn answers_keep_the_columns_of_their_row() {
    let mut rows = String::from("id,score,day,channel,trial\n0,0,2026-01-01,app,yes\n");
    for i in 1..=60 {
        let (score, channel) = if i % 2 == 0 { (10, "app") } else { (0, "web") };
        writeln!(rows, "{i},{score},2026-01-{:02},{channel},no", i % 28 + 1).unwrap();
    }
    let settings =
        SURVEY.replace("[source.responses]\n", "exclude = \"trial = 'yes'\"\n[source.responses]\n");
    let project = Project::new(&format!("{settings}channel = \"channel\"\n"), &[("answers.csv", &rows)]);
    let run = project.cx(&["metrics", "ltr_mean", "--by", "channel", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let json = run.json();
    let levels = json["cards"][0]["levels"].as_array().unwrap();
    let values: Vec<Option<f64>> = levels.iter().map(|l| l["estimate"]["value"].as_f64()).collect();
    assert!(values.contains(&Some(10.0)) && values.contains(&Some(0.0)), "{values:?}");
}

/// Hashes change with the text of the settings; their place is what is looked at.
fn without_hashes(text: &str) -> String {
    let hex = |word: &str| word.len() == 16 && word.chars().all(|c| c.is_ascii_hexdigit());
    text.split(' ')
        .map(|w| if hex(w.trim()) { w.replace(w.trim(), "(hash)") } else { w.to_owned() })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn init_writes_settings_that_run_and_names_what_is_open() {
    let folder = Project::empty();
    let rows = "respondent id,date,recommend\n1,2026-01-31,10\n2,2026-02-01,0\n3,2026-02-01,9\n";
    std::fs::write(folder.path().join("survey.csv"), rows).unwrap();
    let run = folder.cx(&["init"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(folder.path().join("cx.toml").exists());
    let again = folder.cx(&["init"]);
    assert_eq!(again.code, 2, "what is there is not overwritten: {}", again.err);
    let wrong = folder.cx(&["init", "--force", "--set", "project.currency=euro"]);
    assert_eq!(wrong.code, 2, "{}", wrong.out);
}

#[test]
fn older_settings_are_shown_and_written_on_request() {
    let old = SURVEY.replace("format = 1\n[project]\n", "");
    let project = Project::new(&old, &[("answers.csv", "id,score,day\n1,9,2026-01-05\n")]);
    let shown = project.cx(&["migrate"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("format = 1"), "{}", shown.out);
    assert_eq!(project.read("cx.toml"), old);
    assert_eq!(project.cx(&["migrate", "--write"]).code, 0);
    assert!(project.read("cx.toml").starts_with("format = 1"));
    assert_eq!(project.read("cx.toml.old"), old);
    assert_eq!(project.cx(&["check"]).code, 0);
}

#[test]
fn the_catalogue_lists_what_is_planned_with_the_reason() {
    let folder = Project::empty();
    let json = folder.cx(&["catalog", "--format", "json"]).json();
    let metrics = json["metrics"].as_array().unwrap();
    let planned: Vec<_> = metrics.iter().filter(|m| !m["planned"].is_null()).collect();
    assert!(metrics.len() - planned.len() >= 150, "{} of {}", planned.len(), metrics.len());
    assert!(planned.iter().all(|m| m["planned"].as_str().unwrap().len() > 10));
    let one = folder.cx(&["catalog", "nps"]);
    assert!(one.out.contains("net(from_best"), "{}", one.out);
    assert_eq!(folder.cx(&["catalog", "npx"]).code, 4);
}

#[cfg(unix)]
#[test]
fn nothing_is_said_to_a_reader_that_has_gone() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_cx"))
        .args(["catalog"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Every form of the report, from survey answers alone, which end in what more records would unlock.
#[test]
fn a_report_in_every_form_and_no_other() {
    let mut rows = String::from("id,score,day\n");
    for id in 0..240_u32 {
        writeln!(rows, "{id},{},2026-{:02}-{:02}", [10, 9, 8, 3][id as usize % 4], id % 4 + 1, id % 28 + 1)
            .unwrap();
    }
    let project = Project::new(SURVEY, &[("answers.csv", &rows)]);
    for form in ["html", "md", "csv", "json", "txt"] {
        let file = format!("r.{form}");
        let run = project.cx(&["report", "-o", &file]);
        assert_eq!(run.code, 0, "{form}: {}", run.err);
        assert!(project.read(&file).len() > 500, "{form}");
    }
    assert!(project.read("r.html").contains("</html>"));
    let json: serde_json::Value = serde_json::from_str(&project.read("r.json")).unwrap();
    assert!(json["schema_version"].is_number());
    let run = project.cx(&["report", "-o", "r.pdf"]);
    assert_eq!(run.code, 5, "{}", run.err);
    assert!(!project.path().join("r.pdf").exists());
    let run = project.cx(&["report", "-o", "no/way/r.html", "--project", "elsewhere"]);
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(!project.path().join("no").exists(), "no partial output");
    let run = project.cx(&["report"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("transactions"), "what more records would unlock: {}", run.out);
}
