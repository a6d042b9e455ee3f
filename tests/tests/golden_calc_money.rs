//! Money formulas as a caller reaches them: by name, on tables of text.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::calc::{CalcResult, Request, Table, Value, call};
use cx_core::ground::estimate::Absent;
use cx_tests::oracle::{Oracle, Vector, value, vectors};

const PROJECTS: [&str; 5] = ["irr_doc", "npv_doc", "short", "two_sign", "loss"];

fn maybe(result: &CalcResult, path: &[&str]) -> Option<f64> {
    match result.results.figure(path).unwrap().value {
        Some(Value::Real(x)) => Some(x),
        None => None,
        ref other => panic!("{path:?} is {other:?}"),
    }
}

#[test]
fn flows_by_period() {
    let Some(oracle) = Oracle::open("finance") else { return };
    let table = oracle.table("input.csv");
    let on = || Request::on(&table).by("project");
    let npv = call("npv", &on().option("rate", "0.1")).unwrap();
    let rates = on().option("finance-rate", "0.1").option("reinvest-rate", "0.12");
    let irr = call("irr", &rates).unwrap();
    let paid = call("payback", &on().option("rate", "0.1")).unwrap();
    let roi = call("roi", &on().option("rate", "0")).unwrap();
    for project in PROJECTS {
        let check = |name: &str, got: f64| oracle.check(&format!("{project}.{name}"), got);
        check("npv_r0.1", value(&npv, &[project, "npv"]));
        check("npv_excel_r0.1", value(&npv, &[project, "npv_as_spreadsheets"]));
        check("profitability_index", value(&npv, &[project, "profitability_index"]));
        check("mirr_fin10_reinv12", value(&irr, &[project, "modified"]));
        check("roi_undiscounted", value(&roi, &[project, "roi"]));
        if project == "two_sign" {
            // Three roots: the reference lists the one near its first guess, the formula none as the rate.
            assert_eq!(maybe(&irr, &[project, "irr"]), None);
            check("irr", value(&irr, &[project, "rates", "2"]));
            assert_eq!(value(&irr, &[project, "sign_changes"]), 3.0);
        } else {
            check("irr", value(&irr, &[project, "irr"]));
            assert_eq!(maybe(&irr, &[project, "rates", "1"]), maybe(&irr, &[project, "irr"]));
        }
        if project != "loss" {
            check("payback", value(&paid, &[project, "payback"]));
        }
        let discounted = maybe(&paid, &[project, "discounted_payback"]);
        oracle.check_or_absent(&format!("{project}.discounted_payback_r0.1"), discounted);
    }
    assert_eq!(maybe(&paid, &["loss", "payback"]), None);
    oracle.check("doc_published.irr_doc", value(&irr, &["irr_doc", "irr"]));
    // Annuities have no formula of their own here: golden_finance holds them.
    oracle.all_claimed_but(&["annuity.", "doc.", "sub.", "doc_published.x"]);
}

#[test]
fn flows_by_day() {
    let Some(oracle) = Oracle::open("finance") else { return };
    let table = oracle.table("dated.csv");
    let npv = call("xnpv", &Request::on(&table).by("project").option("rate", "0.09")).unwrap();
    let irr = call("xirr", &Request::on(&table).by("project")).unwrap();
    for project in ["doc", "sub"] {
        oracle.check(&format!("{project}.xnpv_r0.09"), value(&npv, &[project, "xnpv"]));
        oracle.check(&format!("{project}.xirr"), value(&irr, &[project, "xirr"]));
    }
    oracle.check("doc_published.xnpv_doc_r0.09", value(&npv, &["doc", "xnpv"]));
    oracle.check("doc_published.xirr_doc", value(&irr, &["doc", "xirr"]));
}

/// The plan of an example, one row a period.
fn plan(v: &Vector) -> Table {
    let flows = v.numbers("cf").into_iter().flatten();
    Table::new(vec!["amount".to_owned()], flows.map(|x| vec![x.to_string()]).collect()).unwrap()
}

/// Proves S062: 150 on 100 is 50 % by the text and -50 % by the table, and one line says why.
#[test]
fn worked_examples() {
    let Some(all) = vectors() else { return };
    let mut seen = 0;
    for v in &all {
        match v.name.as_str() {
            "roi_forms" => {
                let request = Request::bare()
                    .option("benefit", &v.number("benefit").to_string())
                    .option("cost", &v.number("cost").to_string());
                let roi = call("roi", &request).unwrap();
                v.check("roi", value(&roi, &["roi"]));
                v.check("seed002_text", value(&roi, &["forms", "standard"]));
                v.check("bcr", value(&roi, &["forms", "gross"]));
                v.check("seed002_table_netprofit", value(&roi, &["forms", "table"]));
                let Some(Value::Text(line)) = &roi.results.figure(&["in_one_line"]).unwrap().value else {
                    panic!("no line");
                };
                assert!(
                    line.starts_with("(B - C)/C = 50 %; B/C = 150 %; (net profit - C)/C = -50 %"),
                    "{line}"
                );
            }
            "irr_multiple" => {
                let irr = call("irr", &Request::on(&plan(v)).option("rate", "0.1")).unwrap();
                v.check("0", value(&irr, &["rates", "1"]));
                v.check("1", value(&irr, &["rates", "2"]));
                assert!(matches!(
                    irr.results.figure(&["irr"]).unwrap().absent,
                    Some(Absent::Undefined { .. })
                ));
                assert!(maybe(&irr, &["modified"]).is_some() && irr.caveats.len() == 1);
            }
            "irr_payback" => {
                let table = plan(v);
                let rate = v.number("i").to_string();
                let on = || Request::on(&table).option("rate", &rate);
                let npv = call("npv", &on().option("delay", "1")).unwrap();
                let paid = call("payback", &on()).unwrap();
                v.check("irr", value(&call("irr", &on()).unwrap(), &["irr"]));
                v.check("npv", value(&npv, &["npv"]));
                v.check("cost_of_delay_1", value(&npv, &["cost_of_delay"]));
                v.check("payback", value(&paid, &["payback"]));
                v.check("discounted_payback", value(&paid, &["discounted_payback"]));
            }
            "payback_variants" => {
                let paid = call("payback", &Request::on(&plan(v))).unwrap();
                v.check("first", value(&paid, &["payback"]));
                assert_eq!(maybe(&paid, &["stays"]), None);
                assert_eq!(paid.caveats.len(), 1);
            }
            _ => continue,
        }
        v.all_claimed();
        seen += 1;
    }
    assert_eq!(seen, 4);
}

/// Present values, returns and rates hang together whatever the plan and its convention.
#[test]
fn money_laws() {
    let table =
        Table::from_rows(&["period", "amount"], &[&["0", "-90"], &["2", "70"], &["1", "50"]]).unwrap();
    for timing in ["start", "middle", "end"] {
        let on = |rate: &str| Request::on(&table).option("timing", timing).option("rate", rate);
        let (npv, roi) = (call("npv", &on("0.1")).unwrap(), call("roi", &on("0.1")).unwrap());
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{timing}: {a} and {b}");
        close(value(&npv, &["npv"]), value(&npv, &["inflows"]) - value(&npv, &["outflows"]));
        close(value(&npv, &["npv"]), value(&roi, &["npv"]));
        close(value(&roi, &["roi"]), value(&npv, &["npv"]) / value(&npv, &["outflows"]));
        close(value(&roi, &["forms", "gross"]), value(&roi, &["forms", "table"]) + 2.0);
        let irr = value(&call("irr", &on("0.1")).unwrap(), &["irr"]);
        close(value(&call("npv", &on(&irr.to_string())).unwrap(), &["npv"]), 0.0);
    }
    // A yearly rate on months: twelve of them make the year.
    let monthly = Request::on(&table).option("rate", "0.1").option("rate-periods", "12");
    let rate = value(&call("npv", &monthly).unwrap(), &["rate_per_period"]);
    assert!(((1.0 + rate).powi(12) - 1.1).abs() < 1e-12);
}

#[test]
fn faults_say_where_and_how_to_mend_them() {
    let table = |rows: &[&[&str]]| Table::from_rows(&["period", "date", "amount"], rows).unwrap();
    let fails = |name: &str, table: &Table, said: &str, mend: &str| {
        let error = call(name, &Request::on(table).option("rate", "0.1")).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert!(error.help().contains(mend), "{}", error.help());
    };
    let gap = table(&[&["0", "2026-01-01", "-100"], &["1", "2027-01-01", ""]]);
    fails("npv", &gap, "row 3, column `amount`: `` is blank", "with 0 where nothing");
    fails("xirr", &gap, "row 3, column `amount`: `` is blank", "with 0 where nothing");
    let early = table(&[&["-1", "2026-01-01", "-100"]]);
    fails("payback", &early, "row 2, column `period`: `-1` is no period from now on", "0, 1, 2");
    let words = table(&[&["0", "1/2/2026", "-100"]]);
    fails("xnpv", &words, "row 2, column `date`: `1/2/2026` is not a day", "2026-01-31");
    let one = table(&[&["0", "2026-01-01", "-100"]]);
    assert!(call("npv", &Request::on(&one)).unwrap_err().to_string().contains("--rate"));
    let twice = Request::on(&one).option("rate", "0").option("cost", "1");
    assert!(call("roi", &twice).unwrap_err().help().contains("not both"));
    // What must not be given is said in its place, and the rest stands.
    let free = call("roi", &Request::bare().option("benefit", "5").option("cost", "0")).unwrap();
    let Some(Absent::Refused(refused)) = &free.results.figure(&["roi"]).unwrap().absent else {
        panic!("a return on nothing")
    };
    assert_eq!((refused.rule.as_str(), value(&free, &["npv"])), ("no_cost", 5.0));
    assert!(free.results.figure(&["forms", "standard"]).is_none());
}
