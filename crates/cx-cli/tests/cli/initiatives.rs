//! `cx roi` on a register small enough to read.

use super::project::Project;
use std::fmt::Write as _;

const SETTINGS: &str = "format = 1\n[project]\nname = \"Acme\"\ntime_zone = \"UTC\"\ncurrency = \"EUR\"\n\
    [[source]]\nname = \"orders\"\nfiles = [\"orders.csv\"]\n\
    [source.transactions]\norder_id = \"order\"\ncustomer_id = \"who\"\noccurred_at = \"day\"\namount = \"amount\"\n\
    margin = \"margin\"\n\
    [[source]]\nname = \"register\"\nfiles = [\"initiatives.csv\"]\n\
    [source.initiatives]\ninitiative_id = \"id\"\nname = \"name\"\nstarted_at = \"from\"\ntarget_metric = \"moves\"\n\
    value_stream = \"stream\"\nstrategy = \"kind\"\nassigned_by = \"how\"\n\
    [[source]]\nname = \"lots\"\nfiles = [\"lots.csv\"]\n\
    [source.assignments]\ninitiative_id = \"id\"\ncustomer_id = \"who\"\narm = \"arm\"\nassigned_at = \"day\"\n\
    [[source]]\nname = \"costs\"\nfiles = [\"costs.csv\"]\n\
    [source.costs]\ncost_id = \"booking\"\noccurred_at = \"day\"\namount = \"amount\"\ninitiative_id = \"id\"\n";

const REGISTER: &str = "id,name,from,moves,stream,kind,how\n\
    CALL,Welcome call,2026-03-01,margin,spend,personalisation,lot\n\
    APP,Mobile application,2026-03-01,margin,spend,technology_ai,choice\n";

/// Four hundred customers, half of them drawn by lot, who bring ten euros more a month.
pub(crate) fn project() -> Project {
    let mut orders = "order,who,day,amount,margin\n".to_owned();
    let mut lots = "id,who,arm,day\n".to_owned();
    for who in 0..400 {
        let treated = who % 2 == 0;
        let arm = if treated { "treatment" } else { "control" };
        writeln!(lots, "CALL,c{who},{arm},2026-03-01").expect("text");
        for month in 1..=6 {
            let more = if treated && month >= 3 { 10 } else { 0 };
            let amount = 40 + who * 7 % 13 + month * who % 5 + more;
            writeln!(orders, "{who}-{month},c{who},2026-{month:02}-15,{},{amount}", 2 * amount)
                .expect("text");
        }
    }
    let costs = "booking,day,amount,id\n1,2026-03-02,1500,CALL\n";
    let files = [
        ("orders.csv", orders.as_str()),
        ("initiatives.csv", REGISTER),
        ("lots.csv", &lots),
        ("costs.csv", costs),
    ];
    Project::new(SETTINGS, &files)
}

#[test]
fn an_effect_by_lot_has_its_money_and_a_choice_that_nobody_wrote_down_its_refusal() {
    let project = project();
    let run = project.cx(&["roi", "--draws", "400"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for words in [
        "Together 1 initiative is worth",
        "almost certain to pay",
        "Left out for want of a value: APP.",
        "Welcome call caused margin +",
        "by lot, 95 % interval; 3 of 3 checks passed. Grade R.",
        "No figure, assignment: no row of the assignments names a customer and a day",
        "It would take: rows of assignments with `customer_id`",
    ] {
        let read = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(read.contains(words), "{words}: {}", run.out);
    }
    let found = project.cx(&["roi", "CALL", "--draws", "400", "--format", "json"]).json();
    assert_eq!(found["schema_version"], 1);
    assert_eq!(found["initiatives"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["initiatives"][0]["grade"], "R");
    let csv = project.cx(&["roi", "--draws", "400", "--format", "csv"]).out;
    assert!(
        csv.lines().any(|line| line.starts_with("roi/CALL/npv,") && line.contains(",0.9,draws,400,money,R,"))
    );
    assert!(
        csv.lines().any(|line| line.starts_with("roi/APP/npv,") && line.contains("rows of assignments with"))
    );
}

#[test]
fn a_figure_of_an_initiative_is_explained() {
    let project = project();
    let run = project.cx(&["explain", "roi/CALL/npv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("grade R") && run.out.contains("lots.csv"), "{}", run.out);
    assert_eq!(project.cx(&["roi", "NONE"]).code, 4);
    for figure in ["irr", "bcr"] {
        let run = project.cx(&["explain", &format!("roi/CALL/{figure}")]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
}

/// Figures of initiatives name the command that has them; none of them stands as not yet computed.
#[test]
fn returns_are_in_the_catalogue_by_their_command() {
    let project = project();
    for metric in ["roi", "bcr", "npv", "irr", "payback_period", "probability_roi_positive"] {
        let run = project.cx(&["catalog", metric]);
        assert!(run.out.contains("cx roi") && !run.out.contains("planned"), "{}", run.out);
    }
    let run = project.cx(&["metrics", "npv,return_on_experience"]);
    assert!(run.out.contains("npv takes more than a formula over rows: `cx roi` gives it"), "{}", run.out);
    assert!(run.out.contains("planned, not yet computed: return_on_experience"), "{}", run.out);
}

/// What the report says of initiatives is what the command says.
#[test]
fn the_report_has_its_initiatives() {
    let project = project();
    let report = project.cx(&["report", "--format", "md"]);
    assert_eq!(report.code, 0, "{}", report.err);
    for words in
        ["What we did", "Welcome call caused margin higher by", "Risks and ignorance", "roi/CALL/npv"]
    {
        assert!(report.out.contains(words), "{words}");
    }
}
