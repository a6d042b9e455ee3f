//! `cx simulate` on a company small enough to count by hand.

use super::project::Project;
use std::fmt::Write as _;

const SETTINGS: &str = "format = 1\n[project]\nname = \"Acme\"\ntime_zone = \"UTC\"\ncurrency = \"EUR\"\n\
    covered = [2025-01-01, 2025-12-31]\n\
    [[source]]\nname = \"people\"\nfiles = [\"people.csv\"]\n\
    [source.customers]\ncustomer_id = \"who\"\nacquired_at = \"from\"\nclosed_at = \"to\"\n\
    [[source]]\nname = \"orders\"\nfiles = [\"orders.csv\"]\n\
    [source.transactions]\norder_id = \"order\"\ncustomer_id = \"who\"\noccurred_at = \"day\"\namount = \"amount\"\n\
    margin = \"margin\"\n";

/// Four hundred customers who bring ten euros a month; sixty of them leave on 2 July.
pub(crate) fn project() -> Project {
    let mut people = "who,from,to\n".to_owned();
    let mut orders = "order,who,day,amount,margin\n".to_owned();
    for who in 0..400 {
        let leaves = who % 20 < 3;
        let to = if leaves { "2025-07-02" } else { "" };
        writeln!(people, "c{who},2024-01-01,{to}").expect("text");
        for month in 1..=if leaves { 6 } else { 12 } {
            writeln!(orders, "{who}-{month},c{who},2025-{month:02}-15,25,10").expect("text");
        }
    }
    Project::new(SETTINGS, &[("people.csv", &people), ("orders.csv", &orders)])
}

fn near(found: &serde_json::Value, by_hand: f64, within: f64) {
    let got = found.as_f64().unwrap_or(f64::NAN);
    assert!((got - by_hand).abs() <= within, "{got} instead of {by_hand} ± {within}");
}

/// Proactive notices of the method, with everything given by hand.
const NOTICES: [&str; 20] = [
    "simulate",
    "--every",
    "year",
    "--customers",
    "200000",
    "--rate",
    "10%",
    "--as-promised",
    "--draws",
    "10000",
    "--hurdle",
    "0.25",
    "--format",
    "json",
    "--base",
    "churn=18%",
    "--base",
    "contacts=1",
    "--lasting",
    "contacts=1",
];

fn notices(project: &Project, more: &[&str]) -> serde_json::Value {
    let args: Vec<&str> = NOTICES.iter().chain(more).copied().collect();
    let run = project.cx(&args);
    assert_eq!(run.code, 0, "{}", run.err);
    run.json()
}

#[test]
fn the_base_is_what_the_records_say() {
    let found = project()
        .cx(&[
            "simulate",
            "--set",
            "churn=-5%..-10%..-15%",
            "--cost",
            "200",
            "--draws",
            "400",
            "--format",
            "json",
        ])
        .json();
    // 340 were there all year and 60 for 182 days; sums keep 2⁻²⁰ of a month for each customer.
    let months = (340.0 * 365.0 + 60.0 * 182.0) / (365.25 / 12.0);
    let rate = 60.0 / months;
    near(&found["base"][0]["estimate"]["value"], 2.0 * rate / (2.0 + rate), 1e-9);
    near(&found["base"][1]["estimate"]["value"], (340.0 * 120.0 + 60.0 * 60.0) / months, 1e-6);
    near(&found["customers"], 340.0, 0.0);
    assert!(found["base"][0]["estimate"]["interval"]["low"].as_f64() > Some(0.005));
    // What promises usually lose takes about three tenths off the benefit.
    let (with, whole) = (&found["money"]["npv"]["value"], &found["as_promised"]["npv"]["value"]);
    assert!(with.as_f64() < whole.as_f64(), "{with} {whole}");
}

#[test]
fn the_worked_case_comes_out_line_by_line() {
    let project = project();
    let point = notices(
        &project,
        &[
            "--set",
            "churn=-1.4pp",
            "--set",
            "contacts=-0.1abs",
            "--lasting",
            "churn=0.5",
            "--base",
            "margin=120",
            "--base",
            "contact_cost=3.5",
            "--cash",
            "60%",
            "--cost",
            "150000",
            "--cost-per-customer",
            "1",
        ],
    );
    let money = &point["money"];
    near(&money["npv"]["value"], 358_697.0, 1.0);
    near(&money["benefit"]["value"], 0.915e6, 500.0);
    near(&money["cost"]["value"], 0.556e6, 500.0);
    near(&money["streams"][0]["value"], 0.830e6, 500.0);
    near(&money["streams"][1]["value"], 0.085e6, 500.0);
    near(&money["forms"][0], 0.64, 0.005);
    near(&money["forms"][2], -0.36, 0.005);
    near(&money["half_year_delay"], 16_700.0, 50.0);
    // Judged at three points where the method draws normals, betas and log-normals.
    let drawn = notices(
        &project,
        &[
            "--set",
            "churn=-0.77pp..-1.4pp..-2.03pp",
            "--set",
            "contacts=-0.062abs..-0.1abs..-0.138abs",
            "--lasting",
            "churn=0..0.5..1",
            "--base",
            "margin=112.3..120..127.7",
            "--base",
            "contact_cost=3.1..3.5..3.9",
            "--cash",
            "40%..60.6%..79.6%",
            "--cost",
            "123800..150000..181800",
            "--cost-per-customer",
            "0.88..1..1.137",
        ],
    );
    near(&drawn["money"]["npv"]["value"], 0.345e6, 15_000.0);
    near(&drawn["money"]["pays"], 0.88, 0.02);
    near(&drawn["money"]["above_hurdle"], 0.75, 0.02);
    let effect = &drawn["money"]["inputs"][0];
    assert_eq!(effect["name"], "change of churn");
    // A tenth of 10 000 draws is known to 0.017 standard deviations of the effect, 5k each; three of them.
    near(&effect["swing"][0], 730_000.0, 15_000.0);
    near(&effect["swing"][1], -10_000.0, 15_000.0);
    // Three points stand for a logistic law, whose tails leave more to learn than the 15.1k of a normal one:
    // E[max(0, X)] − E X = b ln(1 + e^(−m/b)) where the value is straight in the effect. Draws know their mean
    // to 3.3k, a tenth of which counts, and the loss to 0.75k; three of them together are 2.7k.
    let ends = [&effect["swing"][0], &effect["swing"][1]].map(|x| x.as_f64().unwrap_or(f64::NAN));
    let (middle, scale) = (f64::midpoint(ends[0], ends[1]), (ends[0] - ends[1]) / (2.0 * 9.0_f64.ln()));
    near(&effect["information"], scale * (-middle / scale).exp().ln_1p(), 2_700.0);
}

#[test]
fn what_cannot_be_is_refused_and_a_bare_number_is_a_wrong_call() {
    let project = project();
    let refused = project.cx(&["simulate", "--set", "retention=+24%", "--draws", "400"]);
    assert_eq!(refused.code, 0, "{}", refused.err);
    assert!(refused.out.contains("needs a base of at most 80.6 %"), "{}", refused.out);
    let twice = project.cx(&["simulate", "--set", "churn=-5%", "--set", "retention=+1%", "--draws", "400"]);
    assert!(twice.out.contains("would count the same money twice"), "{}", twice.out);
    let bare = project.cx(&["simulate", "--set", "churn=-5"]);
    assert!(bare.code == 2 && bare.err.contains("does not say what it is counted in"), "{}", bare.err);
    let none = project.cx(&["simulate", "--set", "contacts=-5%", "--draws", "400"]);
    assert!(none.code == 0 && none.out.contains("is not recorded"), "{}", none.out);
}

#[test]
fn a_page_for_people_and_a_way_back_to_the_rows() {
    let project = project();
    let run = project.cx(&["simulate", "--set", "churn=-5%..-10%..-15%", "--cost", "200", "--draws", "1000"]);
    insta::assert_snapshot!("simulate", run.out);
    let explained = project.cx(&["explain", "simulate/base/churn"]);
    assert!(
        explained.code == 0 && explained.out.contains("people.csv"),
        "{}{}",
        explained.out,
        explained.err
    );
}
