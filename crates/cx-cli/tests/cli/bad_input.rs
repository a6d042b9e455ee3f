//! Bad input of every class: a clear error or a counted issue, the documented
//! exit code, no half-written file, no panic.

use super::project::{Project, SURVEY};
use std::fmt::Write as _;
use std::io::{Seek, SeekFrom, Write as _};
use std::process::Command;

/// Nothing but the settings and the given files lies in the folder.
fn untouched(project: &Project, files: &[&str]) {
    let mut names: Vec<String> = std::fs::read_dir(project.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
        .collect();
    names.sort();
    let mut known: Vec<&str> = files.iter().copied().chain(["cx.toml"]).collect();
    known.sort_unstable();
    assert_eq!(names, known, "no partial output");
}

#[test]
fn a_folder_without_settings_is_not_found() {
    let project = Project::empty();
    let run = project.cx(&["check"]);
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(run.err.contains("there is no cx.toml") || run.err.contains("cx.toml"), "{}", run.err);
    assert!(run.err.contains("cx init"), "{}", run.err);
    assert_eq!(run.out, "");
}

#[test]
fn a_wrong_key_points_at_its_line() {
    let project =
        Project::new(&SURVEY.replace("time_zone", "timezone"), &[("answers.csv", "id,score\n1,9\n")]);
    let run = project.cx(&["check"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("cx.toml:4:1"), "{}", run.err);
    assert!(run.err.contains("time_zone"), "{}", run.err);
}

#[test]
fn a_wrong_column_names_the_nearest() {
    let project = Project::new(SURVEY, &[("answers.csv", "id,skore,day\n1,9,2026-01-05\n")]);
    let run = project.cx(&["check"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("score") && run.err.contains("skore"), "{}", run.err);
    untouched(&project, &["answers.csv"]);
}

#[test]
fn a_wrong_type_is_found_in_row_1203441() {
    let mut text = String::with_capacity(24 << 20);
    text.push_str("id,score,day\n");
    for row in 2..=1_203_500_u32 {
        let score = if row == 1_203_441 { "eleven" } else { "9" };
        writeln!(text, "{row},{score},2026-01-05").unwrap();
    }
    let project = Project::new(SURVEY, &[("answers.csv", &text)]);
    let run = project.cx(&["check", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let json = run.json();
    let issue = json["tables"][0]["issues"]
        .as_array()
        .unwrap()
        .iter()
        .find(|i| i["fault"] == "not_a_number")
        .unwrap()
        .clone();
    assert_eq!(issue["count"], 1);
    assert_eq!(issue["samples"][0]["line"], 1_203_441);
    assert_eq!(issue["samples"][0]["value"], "eleven");
    let kept = project.read("quarantine/responses.csv");
    assert!(kept.contains("1203441"), "{kept}");
}

#[test]
fn answers_off_their_scale_are_counted_and_reconciled() {
    let rows = "id,score,day\n1,9,2026-01-05\n2,11,2026-01-05\n3,,2026-01-06\n4,0,2026-01-07\n";
    let project = Project::new(SURVEY, &[("answers.csv", rows)]);
    let run = project.cx(&["check", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let json = run.json();
    let table = &json["tables"][0];
    let outcomes: Vec<(&str, u64)> = table["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| (o["outcome"].as_str().unwrap(), o["rows"].as_u64().unwrap()))
        .collect();
    assert_eq!(outcomes, [("answered", 2), ("blank", 1), ("out_of_scale", 1)]);
    assert_eq!(table["read"], 4);
    let strict = project.cx(&["check", "--strict"]);
    assert_eq!(strict.code, 1, "{}", strict.out);
}

#[test]
fn a_key_that_comes_again_is_superseded_and_counted() {
    let rows = "id,score,day\n1,9,2026-01-05\n1,3,2026-01-06\n";
    let project = Project::new(SURVEY, &[("answers.csv", rows)]);
    let run = project.cx(&["check", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("superseded_key"), "{}", run.out);
}

#[test]
fn mixed_currencies_without_a_rate_are_counted() {
    let settings = "format = 1\n[project]\nname = \"Acme\"\ntime_zone = \"Europe/Warsaw\"\ncurrency = \"EUR\"\n\
        [[source]]\nname = \"orders\"\nfiles = [\"orders.csv\"]\n\
        [source.transactions]\norder_id = \"id\"\noccurred_at = \"day\"\namount = \"amount\"\ncurrency = \"cur\"\n";
    let rows = "id,day,amount,cur\n1,2026-01-05,10.00,EUR\n2,2026-01-06,10.00,USD\n";
    let project = Project::new(settings, &[("orders.csv", rows)]);
    let run = project.cx(&["check", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("missing_rate"), "{}", run.out);
}

#[test]
fn an_empty_file_a_folder_and_a_missing_file_are_told_apart() {
    let project = Project::new(SURVEY, &[("answers.csv", "")]);
    let run = project.cx(&["check"]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.err.contains("answers.csv") && run.err.contains("empty"), "{}", run.err);
    std::fs::remove_file(project.path().join("answers.csv")).unwrap();
    let run = project.cx(&["check"]);
    assert_eq!(run.code, 4, "{}", run.err);
    std::fs::create_dir(project.path().join("answers.csv")).unwrap();
    let run = project.cx(&["check"]);
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(run.err.contains("folder"), "{}", run.err);
}

#[test]
fn a_parquet_file_cut_short_and_binary_junk_are_data_errors() {
    let settings = SURVEY.replace("answers.csv", "answers.parquet");
    let project = Project::new(&settings, &[]);
    std::fs::write(project.path().join("answers.parquet"), b"PAR1\x15\x04\x15\x10").unwrap();
    let run = project.cx(&["check"]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(!run.err.contains("panicked") && !run.err.contains("stopped at"), "{}", run.err);
    let project = Project::new(SURVEY, &[]);
    let junk: Vec<u8> = (0..100_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    std::fs::write(project.path().join("answers.csv"), junk).unwrap();
    let run = project.cx(&["check"]);
    assert!([2, 3, 5, 6].contains(&run.code), "{} {}", run.code, run.err);
    assert!(!run.err.contains("stopped at"), "{}", run.err);
}

/// A sparse file: one line of two billion zero bytes.
#[test]
fn a_line_of_two_gigabytes_meets_a_limit() {
    let project = Project::new(SURVEY, &[("answers.csv", "id,score,day\n1,9,2026-01-05\n")]);
    let path = project.path().join("answers.csv");
    let mut file = std::fs::OpenOptions::new().append(true).open(path).unwrap();
    file.seek(SeekFrom::End(2 << 30)).unwrap();
    file.write_all(b"x\n").unwrap();
    file.set_len((2 << 30) + 100).unwrap();
    drop(file);
    let run = project.cx(&["check"]);
    assert!([5, 6].contains(&run.code), "{} {}", run.code, run.err);
    assert!(run.err.contains("answers.csv"), "{}", run.err);
    untouched(&project, &["answers.csv"]);
}

#[test]
fn a_pattern_that_goes_round_ends() {
    let settings = SURVEY.replace("answers.csv", "**/*.csv");
    let project = Project::new(&settings, &[("answers.csv", "id,score,day\n1,9,2026-01-05\n")]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(project.path(), project.path().join("round")).unwrap();
    let run = project.cx(&["check", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(run.json()["files"].as_array().unwrap().len(), 1, "a file reached twice counts once");
}

#[test]
fn values_of_persons_stay_hidden_unless_asked_for() {
    let settings = SURVEY.replace("\nvalue =", "\ncustomer_id = \"id\"\nvalue =");
    let rows = "id,score,day\nsecret-1,9,2026-01-05\nsecret-2,9,2026-01-06,too,many,secret-3\n";
    let project = Project::new(&settings, &[("answers.csv", rows)]);
    let run = project.cx(&["check", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.out.contains("secret"), "{}", run.out);
    let shown = project.cx(&["check", "--format", "json", "--show-values"]);
    assert!(shown.out.contains("secret-2"), "{}", shown.out);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = project.path().join("quarantine/responses.csv");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    // What was kept out before and is mended now leaves no stale file behind.
    std::fs::write(project.path().join("answers.csv"), "id,score,day\nsecret-1,9,2026-01-05\n").unwrap();
    assert_eq!(project.cx(&["check"]).code, 0);
    assert!(!project.path().join("quarantine/responses.csv").exists());
}

#[test]
fn a_limit_of_the_settings_says_no() {
    let settings = format!("{SURVEY}\n[limits]\nleast_rows = 3\n");
    let project = Project::new(&settings, &[("answers.csv", "id,score,day\n1,9,2026-01-05\n")]);
    let run = project.cx(&["check"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("at least 3 rows"), "{}", run.out);
}

#[test]
fn rows_kept_apart_are_not_read_again() {
    let settings = SURVEY.replace("answers.csv", "**/*.csv");
    let rows = "id,score,day\n1,9,2026-01-05\n2,99,2026-01-06\n";
    let project = Project::new(&settings, &[("answers.csv", rows)]);
    let first = project.cx(&["check", "--format", "json"]);
    assert!(project.path().join("quarantine/responses.csv").exists(), "{}", first.out);
    let again = project.cx(&["check", "--format", "json"]);
    assert_eq!((first.code, &first.out), (again.code, &again.out), "{}", again.err);
}

#[test]
fn a_report_goes_to_a_file_that_can_be() {
    let project = Project::new(SURVEY, &[("answers.csv", "id,score,day\n1,9,2026-01-05\n")]);
    let run = project.cx(&["report", "-o", "."]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("is a folder") && run.err.contains("report.html"), "{}", run.err);
    let run = project.cx(&["report", "-o", "answers.csv/r.html"]);
    assert_eq!(run.code, 74, "{}", run.err);
    assert!(run.err.contains("a part of the path is a file"), "{}", run.err);
    let run = project.cx(&["report", "-o", "r.pdf"]);
    assert_eq!(run.code, 5, "{}", run.err);
    untouched(&project, &["answers.csv"]);
}

/// Files may be 32 kB long here, as on a disk that is nearly full.
#[cfg(unix)]
#[test]
fn a_report_that_does_not_fit_leaves_nothing() {
    let project = Project::new(SURVEY, &[("answers.csv", "id,score,day\n1,9,2026-01-05\n")]);
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" report -o r.html";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_cx")])
        .current_dir(project.path())
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(74), "{said}");
    assert!(said.contains("r.html: cannot be written") && said.contains("nothing was left behind"), "{said}");
    assert!(!said.contains(".cx-"), "{said}");
    untouched(&project, &["answers.csv"]);
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_printed_is_no_success() {
    let project = Project::new(SURVEY, &[("answers.csv", "id,score,day\n1,9,2026-01-05\n")]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the full device");
    let output = Command::new(env!("CARGO_BIN_EXE_cx"))
        .arg("catalog")
        .current_dir(project.path())
        .stdout(full)
        .output()
        .expect("cx runs");
    assert_eq!(output.status.code(), Some(74));
}

/// A million answers take seconds; the interruption comes long before.
#[cfg(unix)]
#[test]
fn an_interruption_stops_a_report_and_leaves_nothing() {
    let mut text = String::with_capacity(32 << 20);
    text.push_str("id,score,day\n");
    for row in 0..1_500_000_u32 {
        writeln!(text, "{row},{},2026-01-05", row % 11).unwrap();
    }
    let project = Project::new(SURVEY, &[("answers.csv", &text)]);
    let report = Command::new(env!("CARGO_BIN_EXE_cx"))
        .args(["report", "-o", "r.html"])
        .current_dir(project.path())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("cx runs");
    std::thread::sleep(std::time::Duration::from_millis(300));
    let sent = Command::new("kill").args(["-INT", &report.id().to_string()]).status().expect("kill");
    assert!(sent.success(), "the report ended before it was interrupted");
    let output = report.wait_with_output().expect("an end");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(130), "{said}");
    untouched(&project, &["answers.csv"]);
}

#[test]
fn a_header_without_rows_is_remarked_upon() {
    let project = Project::new(SURVEY, &[("answers.csv", "id,score,day\n")]);
    let run = project.cx(&["check"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("no rows") && run.out.contains("answers.csv:1"), "{}", run.out);
    assert!(!run.out.contains("no fault found"), "{}", run.out);
}

#[test]
fn open_settings_are_named_as_init_asks_for_them() {
    let mut rows = "customerID,tenure,Churn\n".to_owned();
    for i in 0..60 {
        writeln!(rows, "c{i},{i},{}", if i % 3 == 0 { "Yes" } else { "No" }).expect("text");
    }
    let project = Project::empty();
    std::fs::write(project.path().join("base.csv"), rows).expect("a file is written");
    let asked = project.cx(&["init"]);
    assert!(asked.out.contains("source.base.day"), "{}{}", asked.out, asked.err);
    let run = project.cx(&["check"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("still open: source.base.day") && !run.err.contains("source[0]"), "{}", run.err);
    let answered = project.cx(&["init", "--set", "source.base.day=2024-01-31"]);
    assert_eq!(answered.code, 0, "{}", answered.err);
    assert_eq!(project.cx(&["check"]).code, 0);
}

#[test]
fn a_widened_report_shows_a_metric_once() {
    let mut rows = "customerID,tenure,Churn,MonthlyCharges\n".to_owned();
    for i in 0..600 {
        writeln!(rows, "c{i},{},{},{}.5", i % 70, if i % 4 == 0 { "Yes" } else { "No" }, 20 + i % 80)
            .expect("text");
    }
    let project = Project::empty();
    std::fs::write(project.path().join("base.csv"), rows).expect("a file is written");
    let answers = ["init", "--set", "source.base.day=2024-01-31", "--set", "project.currency=USD"];
    assert_eq!(project.cx(&answers).code, 0);
    let report = project.cx(&["report", "--format", "md"]).out;
    let cards = |start: &str| report.lines().filter(|line| line.starts_with(start)).count();
    assert!(report.contains("so every metric that they allow is shown"), "{report}");
    assert_eq!(cards("| Average revenue per user `arpu:contracts/2024-01`"), 1, "{report}");
    assert_eq!(cards("| New customers `"), 0, "{report}");
}
