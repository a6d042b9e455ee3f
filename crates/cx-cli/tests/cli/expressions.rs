//! Expressions over a file's own columns read its numbers as the file writes them.

use super::project::Project;

const ORDERS: &str = "format = 1\n[project]\nname = \"Acme\"\ntime_zone = \"Europe/Berlin\"\ncurrency = \"EUR\"\n\
    [[source]]\nname = \"orders\"\nfiles = [\"orders.csv\"]\nexclude = \"Preis > 999,5\"\n\
    [source.transactions]\norder_id = \"Nr\"\noccurred_at = \"Tag\"\namount = { expr = \"Menge * Preis\" }\n\
    [source.transactions.dimensions]\nsize = \"Preis\"\n";

/// What remains of the settings once the exclusion is written as expressions are.
fn settings() -> String {
    ORDERS.replace("999,5", "999.5")
}

fn total(project: &Project) -> (serde_json::Value, String) {
    let metric = "\n[[metric]]\nid = \"sold\"\nname = \"Sold\"\nmeaning = \"All amounts.\"\nmin_n = 1\n\
        formula = \"sum(amount) of transactions\"\nunit = \"money\"\n";
    let text = project.read("cx.toml") + metric;
    std::fs::write(project.path().join("cx.toml"), text).expect("a file is written");
    let run = project.cx(&["metrics", "sold", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    (run.json()["cards"][0]["overall"]["estimate"]["value"].clone(), run.out)
}

#[test]
fn a_decimal_comma_counts_in_products_and_conditions() {
    // 2 × 1.50 + 3 × 1,200.25 is left out by its price, + 1.5 × 10.00.
    let rows = "Nr;Tag;Menge;Preis\n1;2026-01-05;2;1,50\n2;2026-01-06;3;1.200,25\n3;2026-01-07;1,5;10,00\n";
    let project = Project::new(&settings(), &[("orders.csv", rows)]);
    let checked = project.cx(&["check", "--format", "json"]);
    assert_eq!(checked.code, 0, "{}", checked.err);
    let json = checked.json();
    assert_eq!(
        json["tables"][0]["outcomes"],
        serde_json::json!([
            {"outcome": "kept", "rows": 2}, {"outcome": "excluded", "rows": 1}
        ]),
        "{}",
        checked.out
    );
    let (sold, out) = total(&project);
    assert_eq!(sold, 18.0, "{out}");
}

#[test]
fn what_may_be_thousands_is_asked() {
    let rows = "Nr;Tag;Menge;Preis\n1;2026-01-05;2;1,500\n2;2026-01-06;3;2,250\n";
    let project = Project::new(&settings(), &[("orders.csv", rows)]);
    let run = project.cx(&["check"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("`1,500`") && run.err.contains("decimal = \",\""), "{}", run.err);
    let answered = settings().replace("exclude", "decimal = \",\"\nexclude");
    let project = Project::new(&answered, &[("orders.csv", rows)]);
    // 2 × 1.5 + 3 × 2.25
    let (sold, out) = total(&project);
    assert_eq!(sold, 9.75, "{out}");
}
