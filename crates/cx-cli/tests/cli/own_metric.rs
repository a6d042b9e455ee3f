//! A metric of the project's own, written in `cx.toml`, stands beside those of
//! the catalogue wherever metrics are named.

use super::project::{Project, SURVEY};
use std::fmt::Write as _;

const OWN: &str = "[[metric]]\nid = \"delighted\"\nname = \"Delighted customers\"\n\
    meaning = \"Share of answers at the two best points.\"\n\
    formula = \"share(from_best <= 1) of responses where question = 'recommend' and answered\"\n\
    direction = \"higher\"\nunit = \"share\"\nmin_n = 20\n";

/// Forty answers, a quarter of them nines and tens, half of them from the web.
fn project(settings: &str) -> Project {
    let mut rows = "id,score,day,channel\n".to_owned();
    for i in 0..40 {
        let score = ["10", "7", "6", "8"][i % 4];
        let channel = if i < 20 { "web" } else { "shop" };
        writeln!(rows, "{i},{score},2026-01-{:02},{channel}", 1 + i % 28).expect("text");
    }
    Project::new(settings, &[("answers.csv", &rows)])
}

fn settings() -> String {
    let channel = SURVEY.replace("value = \"score\"\n", "value = \"score\"\nchannel = \"channel\"\n");
    format!("{channel}{OWN}")
}

/// Proves S075.
#[test]
fn it_is_in_catalogue_metrics_explain_and_report() {
    let project = project(&settings());
    let said = |words: &[&str]| {
        let run = project.cx(words);
        assert_eq!(run.code, 0, "{words:?}: {}", run.err);
        run
    };
    assert!(said(&["catalog"]).out.contains("delighted"));
    let shown = said(&["catalog", "delighted"]).out;
    for words in ["Delighted customers", "the two best points", "share(from_best <= 1)"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }

    // Named, and unnamed with the profile's; with Wilson's interval of 10 out of 40.
    for words in [&["metrics", "delighted", "--format", "json"][..], &["metrics", "--format", "json"]] {
        let json = said(words).json();
        let cards = json["cards"].as_array().unwrap();
        let card = cards.iter().find(|card| card["metric"]["id"] == "delighted").unwrap();
        let found = &card["overall"]["estimate"];
        let near = |x: &serde_json::Value, wanted: f64| (x.as_f64().unwrap() - wanted).abs() < 5e-5;
        assert!(near(&found["value"], 0.25), "{found}");
        let interval = &found["interval"];
        assert!(near(&interval["low"], 0.1419) && near(&interval["high"], 0.4019), "{found}");
    }
    let cut = said(&["metrics", "delighted", "--by", "channel"]).out;
    assert!(cut.contains("web") && cut.contains("shop"), "{cut}");

    let explained = said(&["explain", "delighted"]).out;
    assert!(explained.contains("from_best <= 1") && explained.contains("answers.csv"), "{explained}");
    said(&["explain", "delighted/channel=web"]);

    for file in ["r.html", "r.md", "r.json", "r.csv"] {
        said(&["report", "-o", file]);
        let report = project.read(file);
        assert!(report.contains("delighted"), "{file}");
        assert!(file == "r.csv" || report.contains("Delighted customers"), "{file}");
    }
}

#[test]
fn its_faults_point_at_their_place() {
    let wrong = settings().replace("share(from_best <= 1)", "shar(from_best <= 1)");
    let run = project(&wrong).cx(&["metrics"]);
    assert_eq!(run.code, 2, "{}", run.err);
    let line = wrong.lines().position(|line| line.contains("shar(")).unwrap() + 1;
    assert!(run.err.contains(&format!("cx.toml:{line}:")) && run.err.contains("shar"), "{}", run.err);
    let column = settings().replace("from_best <= 1", "from_bets <= 1");
    let run = project(&column).cx(&["metrics", "delighted"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("is `from_best` meant?"), "{}", run.err);
    let taken = settings().replace("\"delighted\"", "\"nps\"");
    let run = project(&taken).cx(&["metrics"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("is a metric of the catalogue"), "{}", run.err);
}

#[test]
fn a_slip_of_the_pen_is_an_error_at_its_place() {
    let project = project(&settings().replace("from_best", "from_bets"));
    for words in [&["metrics"][..], &["check"], &["report"]] {
        let run = project.cx(words);
        assert_eq!(run.code, 2, "{words:?}: {}{}", run.out, run.err);
        assert!(run.err.contains("cx.toml:20:18"), "{words:?}: {}", run.err);
        assert!(run.err.contains("`responses` has no column `from_bets`"), "{words:?}: {}", run.err);
        assert!(run.err.contains("`from_best`"), "{words:?}: {}", run.err);
    }
}

#[test]
fn a_field_in_each_cannot_name_the_field_before_it() {
    let formula = "share(b > 0) of transactions each by customer_id { a = count(within (0d, 7d]), \
                   b = count(where amount > a) }";
    let own = format!("[[metric]]\nid = \"chained\"\nformula = \"{formula}\"\n");
    let run = project(&format!("{SURVEY}{own}")).cx(&["metrics", "chained"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    for words in ["cx.toml:", "`b` names `a`, a field before it", "in `per KEY"] {
        assert!(run.err.contains(words), "{words}: {}", run.err);
    }
}
