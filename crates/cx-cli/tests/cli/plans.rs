//! `cx plan` on a company small enough to count by hand: 340 customers who bring ten euros a month.

use super::project::Project;
use super::scenarios::project;
use serde_json::Value;

/// Nobody leaves, each brings ten a month, nothing is discounted: a euro more a month from 340 customers is
/// 4080 in a year, of which seven tenths are expected to come.
const GIVEN: &str = "horizon_months = 12\ndiscount_rate = 0\n[base]\nchurn = 0\nmargin = 10\n";

/// A candidate whose expected benefit is an amount.
fn candidate(id: &str, benefit: f64, cost: f64, more: &str) -> String {
    let monthly = benefit / (0.7 * 340.0 * 12.0);
    format!(
        "[[initiative]]\nid = \"{id}\"\nchange = {{ margin = \"+{monthly}abs\" }}\ncost = {cost}\n\
         lasting = 1\nwork_months = 2\n{more}\n"
    )
}

fn planned(project: &Project, text: &str) -> Value {
    project.write("plan.toml", text);
    let run = project.cx(&["plan", "--draws", "4000", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    run.json()
}

fn chosen(found: &Value) -> Vec<&str> {
    let list = found["portfolio"]["chosen"].as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).collect()
}

#[test]
fn without_a_plan_it_says_what_figures_are_worth() {
    let run = project().cx(&["plan", "--draws", "1000"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("customers who leave") && run.out.contains("cx plan --template"), "{}", run.out);
    let json = project().cx(&["plan", "--draws", "1000", "--format", "json"]).json();
    // 1 % of ten euros of 340 customers over three years, with those who leave and the discount: below 1224.
    let worth = json["opportunities"].as_array().unwrap();
    let margin = worth.iter().find(|one| one["change"]["key"] == "margin").unwrap();
    let value = margin["worth"]["value"].as_f64().unwrap();
    assert!(value > 700.0 && value < 1224.0, "{value}");
}

/// The dearest has the best return, the two others together bring more.
#[test]
fn a_budget_is_filled_by_what_brings_most_together() {
    let project = project();
    let three = [("A", 1300.0, 600.0), ("B", 950.0, 500.0), ("C", 950.0, 500.0)]
        .map(|(id, benefit, cost)| candidate(id, benefit, cost, ""))
        .concat();
    let found = planned(&project, &format!("budget = 1000\n{GIVEN}{three}"));
    assert_eq!(chosen(&found), ["B", "C"]);
    // 2 × 950 less 1000: a mean of 4000 draws of 570 each, six standard errors of 6.4 and of the seven tenths.
    let mean = found["portfolio"]["mean"].as_f64().unwrap();
    assert!((mean - 900.0).abs() < 80.0, "{mean}");
    assert_eq!(found["portfolio"]["unspent"], 0.0);
    let [first, last] = [0, 5].map(|i| &found["portfolio"]["frontier"][i]);
    assert_eq!((first["chosen"].as_array().unwrap().len(), last["chosen"].as_array().unwrap().len()), (0, 2));
    // A budget of 1500 allows one of the dearest and one of the others.
    assert_eq!(last["chosen"][0], "A");
    let apart = three.replacen(
        "lasting = 1\nwork_months = 2\n\n[[initiative]]\nid = \"C\"",
        "lasting = 1\nexcludes = [\"C\"]\n[[initiative]]\nid = \"C\"",
        1,
    );
    assert_eq!(chosen(&planned(&project, &format!("budget = 1000\n{GIVEN}{apart}"))), ["A"]);
    // What brings less than it costs is left, whatever there is to spend.
    let poor = candidate("P", 300.0, 500.0, "");
    let found = planned(&project, &format!("budget = 5000\n{GIVEN}{poor}"));
    assert!(chosen(&found).is_empty() && found["portfolio"]["unspent"] == 5000.0, "{found}");
}

/// What another needs comes with it and before it, and one team does one thing after the other.
#[test]
fn a_roadmap_keeps_to_needs_teams_and_days() {
    let text = format!(
        "starts = 2026-02-01\n{GIVEN}[teams]\nweb = 5\n{}{}{}",
        candidate("APP", 400.0, 300.0, "needs = { web = 2 }\nowner = \"Web\""),
        candidate("PUSH", 2000.0, 300.0, "needs = { web = 2 }\nrequires = [\"APP\"]"),
        candidate("LATE", 900.0, 300.0, "starts = 2026-09-01"),
    );
    let project = project();
    let found = planned(&project, &text);
    assert_eq!(chosen(&found), ["APP", "PUSH", "LATE"]);
    let steps = found["portfolio"]["roadmap"].as_array().unwrap();
    let days: Vec<(&str, &str, &str)> = steps
        .iter()
        .map(|s| (s["id"].as_str().unwrap(), s["begins"].as_str().unwrap(), s["live"].as_str().unwrap()))
        .collect();
    assert_eq!(
        days,
        [
            ("APP", "2026-02-01", "2026-04-03"),
            ("PUSH", "2026-04-03", "2026-06-03"),
            ("LATE", "2026-09-01", "2026-11-01")
        ]
    );
    // Without room for both, what needs the other cannot be alone.
    let tight = text.replace("web = 5", "web = 3");
    assert_eq!(chosen(&planned(&project, &tight)), ["APP", "LATE"]);
    let circle = text.replace("owner = \"Web\"", "requires = [\"PUSH\"]");
    let found = planned(&project, &circle);
    assert_eq!(chosen(&found), ["LATE"]);
    assert!(found["candidates"][0]["money"]["absent"].to_string().contains("needs itself"), "{found}");
}

/// Two that keep half of the same leavers keep three quarters together, and the second no longer pays.
#[test]
fn those_who_are_kept_twice_are_kept_once() {
    let text = |costs: f64| {
        let one = |id: &str| {
            format!(
                "[[initiative]]\nid = \"{id}\"\nchange = {{ churn = \"-60%\" }}\nlasting = 1\ncost = {costs}\n"
            )
        };
        format!("horizon_months = 12\n[base]\nmargin = 100\nchurn = 0.02\n{}{}", one("X"), one("Y"))
    };
    let project = project();
    let alone = planned(&project, &text(1.0));
    let portfolio = &alone["portfolio"];
    assert_eq!(chosen(&alone), ["X", "Y"]);
    let benefit = alone["candidates"][0]["money"]["benefit"]["value"].as_f64().unwrap();
    let lost = portfolio["overlap"].as_f64().unwrap();
    // Each takes 42 % of leaving away: together 1 − 0.58² of it, where both alone are 0.84.
    let share = 1.0 - (1.0 - 0.58 * 0.58) / 0.84;
    assert!((lost / (2.0 * benefit) - share).abs() < 0.02, "{lost} of {benefit}");
    let dear = planned(&project, &text(0.8 * benefit));
    assert_eq!(chosen(&dear).len(), 1, "{dear}");
}

#[test]
fn a_test_that_could_miss_what_pays_is_told_beforehand() {
    let project = project();
    let text = "[base]\nmargin = 10\nchurn = 0.0134\n[[initiative]]\nid = \"A\"\nchange = { churn = \"-4%\" }\ncost = 20\n";
    let churn = planned(&project, text);
    let test = &churn["candidates"][0]["tests"][0];
    assert_eq!((test["per_arm"].as_f64(), test["months"].as_u64()), (Some(170.0), Some(12)));
    assert!(test["ratio"].as_f64().is_none_or(|ratio| ratio < 1.0), "{test}");
    assert!(
        test["power"].as_f64().unwrap() < 0.1 && test["needed_per_arm"].as_f64().unwrap() > 170.0,
        "{test}"
    );
    let page = project.cx(&["plan", "--draws", "1000"]);
    assert!(page.out.contains("could miss a change of"), "{}", page.out);
}

/// What is printed to be filled in is a plan as it stands.
#[test]
fn the_template_is_a_plan() {
    let project = project();
    let template = project.cx(&["plan", "--template"]);
    assert_eq!(template.code, 0, "{}", template.err);
    let found = planned(&project, &template.out);
    assert_eq!(found["candidates"][0]["id"], "NOTICES");
    assert!(
        found["candidates"][0]["changes"][0]["key"] == "churn" && found["name"] == "next year",
        "{found}"
    );
}

/// A lot of the whole base: equal arms, the same again, another for another initiative, read as assignments.
#[test]
fn a_lot_is_fair_and_the_same_again() {
    let project = project();
    let two = candidate("A", 900.0, 600.0, "") + &candidate("B", 900.0, 600.0, "");
    project.write("plan.toml", &format!("{GIVEN}{two}"));
    let drawn = |id: &str, more: &[&str]| {
        let args = [&["plan", "--lot", id, "--to", "lot.csv"], more].concat();
        let run = project.cx(&args);
        assert_eq!(run.code, 0, "{}", run.err);
        project.read("lot.csv")
    };
    let first = drawn("A", &[]);
    assert_eq!(first.lines().next(), Some("initiative_id,customer_id,arm,assigned_at"));
    assert_eq!(first.lines().filter(|l| l.ends_with(",treatment,2026-01-01")).count(), 170);
    assert_eq!(first.lines().filter(|l| l.ends_with(",control,2026-01-01")).count(), 170);
    assert_eq!(first, drawn("A", &[]));
    assert_ne!(first.replace("A,", "B,"), drawn("B", &[]));
    assert_ne!(first, drawn("A", &["--seed", "2"]));
    let three = drawn("A", &["--arms", "3"]);
    for arm in ["treatment_1", "treatment_2", "control"] {
        let n = three.lines().filter(|l| l.contains(arm)).count();
        assert!((113..=114).contains(&n), "{arm}: {n}");
    }
    let none = project.cx(&["plan", "--lot", "Z", "--to", "z.csv"]);
    assert!(none.code == 4 && none.err.contains("it has A, B"), "{}", none.err);
    let by = project.cx(&["plan", "--lot", "A", "--by", "nothing", "--to", "z.csv"]);
    assert!(by.code == 4 && !project.path().join("z.csv").exists(), "{}", by.err);
}

/// From a forecast to a promise in the ledger.
#[test]
fn a_forecast_is_promised_and_locked() {
    let project = project();
    project.write("plan.toml", &format!("{GIVEN}{}", candidate("A", 1300.0, 600.0, "")));
    let run =
        project.cx(&["plan", "--promise", "A", "--author", "A. Owner", "--to", "p.json", "--draws", "1000"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let added = project.cx(&["evaluate", "--add", "p.json"]);
    assert_eq!(added.code, 0, "{}", added.err);
    let shown = project.cx(&["evaluate", "--format", "json"]).json();
    assert_eq!(shown["promises"][0]["initiative"], "A");
}

#[test]
fn a_page_for_people_and_a_way_back_to_the_rows() {
    let project = project();
    let text = format!(
        "name = \"2026\"\nbudget = 900\n[[initiative]]\nid = \"NOTICES\"\nname = \"Notices\"\n\
         strategy = \"proactive\"\nowner = \"Service\"\nwork_months = 3\n\
         change = {{ churn = \"-5%..-10%..-15%\" }}\ncost = \"200..300..500\"\n\
         {}",
        candidate("DEARER", 1300.0, 600.0, "")
    );
    project.write("plan.toml", &text);
    insta::assert_snapshot!("plan", project.cx(&["plan", "--draws", "1000"]).out);
    let explained = project.cx(&["explain", "plan/base/churn"]);
    assert!(
        explained.code == 0 && explained.out.contains("people.csv"),
        "{}{}",
        explained.out,
        explained.err
    );
    let wrong = text.replace("strategy = \"proactive\"", "strategy = \"proactve\"");
    project.write("plan.toml", &wrong);
    let run = project.cx(&["plan"]);
    assert!(
        run.code == 2 && run.err.contains("plan.toml:6:") && run.err.contains("`proactive`"),
        "{}",
        run.err
    );
}
