//! `cx verify --recover`: a planted effect is found, or it is said why nothing can be planted.

use super::initiatives::project;
use super::project::Project;

#[test]
fn what_is_planted_is_found_on_one_page() {
    let project = project();
    let run = project.cx(&["verify", "--recover", "--repeats", "12", "--effect", "40%", "--seed", "3"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let read = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Acme · as of 2026-06-15",
        "+40 % is found in 100 % of lots. A placebo is called an effect in",
        "no more than chance explains.",
        "The 400 customers who bought in the year before 2026-04-01 were split by lot 12 times.",
        "Seed 3.",
        "called an effect 12 of 12 73.54 to 100.00 %",
        "What it does not show: that a real difference was caused by what was done.",
    ] {
        assert!(read.contains(words), "{words}: {}", run.out);
    }
    let again = ["verify", "--recover", "--repeats", "12", "--effect", "0.4", "--seed", "3"];
    let found = project.cx(&[again.as_slice(), &["--format", "json"]].concat()).json();
    assert_eq!(
        (&found["schema_version"], &found["effect"], &found["repeats"]),
        (&1.into(), &0.4.into(), &12.into())
    );
    let test = &found["recovered"];
    assert_eq!((&test["holds"], &test["outcome"]), (&true.into(), &"margin".into()));
    assert_eq!(test["planted"]["called"]["size"]["events"], 12);
    let csv = project.cx(&[again.as_slice(), &["--format", "csv"]].concat()).out;
    assert!(
        csv.lines().any(|line| line.starts_with("planted,called,1,") && line.contains(",12,12,share,")),
        "{csv}"
    );
    // The company's own register and files are as they were.
    assert_eq!(project.cx(&["roi", "CALL", "--draws", "400"]).code, 0);
}

#[test]
fn a_company_of_contracts_alone_is_told_what_it_would_take() {
    let settings = "format = 1\n[project]\nname = \"Acme\"\ntime_zone = \"UTC\"\n\
        [[source]]\nname = \"contracts\"\nfiles = [\"contracts.csv\"]\n\
        [source.subscriptions]\nsubscription_id = \"id\"\ncustomer_id = \"who\"\nstarted_at = \"from\"\n";
    let project =
        Project::new(settings, &[("contracts.csv", "id,who,from\n1,a,2024-01-01\n2,b,2025-06-01\n")]);
    let run = project.cx(&["verify", "--recover"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("contracts but no order lines"), "{}", run.out);
    assert!(run.out.contains("It would take: the table `transactions`"), "{}", run.out);
}

#[test]
fn what_makes_no_sense_is_refused_by_the_call() {
    let project = project();
    for (call, says) in [
        (&["verify", "--recover", "--effect", "0%"][..], "not 0"),
        (&["verify", "--recover", "--share", "120%"], "100 %"),
        (&["verify", "--effect", "10%"], "--recover"),
        (&["verify", "--recover", "--head", "ab"], "--head"),
    ] {
        let run = project.cx(call);
        assert_eq!(run.code, 2, "{call:?}: {}", run.out);
        assert!(run.err.contains(says), "{call:?}: {}", run.err);
    }
}
