//! Flows, rates and returns against numpy-financial, pyxirr and the worked examples.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::calc::Table;
use cx_core::infer::finance::{
    Annuity, Flows, Returns, Schedule, Timing, cost_of_delay, discounted_payback, internal_rates,
    modified_internal_rate, payback,
};
use cx_tests::oracle::{Oracle, Vector, vectors};

fn rows<'a>(table: &'a Table, project: &str, second: &str, third: &str) -> Vec<(&'a str, f64)> {
    let cells = |name: &str| &table.column(name).unwrap().cells;
    let rows = cells("project").iter().zip(cells(second)).zip(cells(third));
    rows.filter(|((p, _), _)| *p == project).map(|((_, at), x)| (at.as_str(), x.parse().unwrap())).collect()
}

#[test]
fn flows_by_period_and_by_date() {
    let Some(oracle) = Oracle::open("finance") else { return };
    let input = oracle.table("input.csv");
    for project in ["irr_doc", "npv_doc", "short", "two_sign", "loss"] {
        let amounts: Vec<f64> = rows(&input, project, "period", "cashflow").iter().map(|r| r.1).collect();
        let plan = Schedule::new(amounts[0], amounts[1..].to_vec(), Timing::End).unwrap();
        let flows = plan.flows();
        let check = |name: &str, got: f64| oracle.check(&format!("{project}.{name}"), got);
        let absent = |name: &str, got: Option<f64>| oracle.check_or_absent(&format!("{project}.{name}"), got);
        let npv = flows.present_value(0.1).unwrap();
        check("npv_r0.1", npv);
        let spreadsheet = Schedule::new(0.0, amounts.clone(), Timing::End).unwrap().flows();
        check("npv_excel_r0.1", spreadsheet.present_value(0.1).unwrap());
        let rates = internal_rates(&flows);
        if project == "two_sign" {
            // Three changes of sign, three roots; the reference lists the one near its first guess.
            assert_eq!((rates.rates.len(), rates.sign_changes), (3, 3));
            assert!(rates.only().is_err());
            check("irr", rates.rates[1]);
        } else {
            check("irr", rates.only().unwrap());
        }
        check("mirr_fin10_reinv12", modified_internal_rate(&flows, 0.1, 0.12).unwrap());
        if project != "loss" {
            check("payback", payback(&plan).first.unwrap());
        }
        absent("discounted_payback_r0.1", discounted_payback(&plan, 0.1).unwrap().first);
        let outlay = -plan.now();
        let returns = Returns { benefit: npv + outlay, cost: outlay };
        check("profitability_index", returns.ratio().unwrap());
        let part = |keep: fn(&f64) -> bool| amounts.iter().copied().filter(keep).sum::<f64>();
        let plain = Returns { benefit: part(|x| *x > 0.0), cost: -part(|x| *x < 0.0) };
        check("roi_undiscounted", plain.roi().unwrap());
    }
    let dated = oracle.table("dated.csv");
    for (project, rate) in [("doc", "0.09"), ("sub", "0.09")] {
        let rows: Vec<_> = rows(&dated, project, "date", "amount");
        let days: Vec<_> = rows.iter().map(|(date, x)| (date.parse().unwrap(), *x)).collect();
        let flows = Flows::dated(&days).unwrap();
        let irr = internal_rates(&flows).only().unwrap();
        let npv = flows.present_value(rate.parse().unwrap()).unwrap();
        oracle.check(&format!("{project}.xirr"), irr);
        oracle.check(&format!("{project}.xnpv_r{rate}"), npv);
        if project == "doc" {
            oracle.check("doc_published.xirr_doc", irr);
            oracle.check("doc_published.xnpv_doc_r0.09", npv);
        }
    }
    let doc = rows(&input, "irr_doc", "period", "cashflow");
    let plan = Schedule::new(doc[0].1, doc[1..].iter().map(|r| r.1).collect(), Timing::End).unwrap();
    oracle.check("doc_published.irr_doc", internal_rates(&plan.flows()).only().unwrap());
    for (name, rate, periods, payment) in [
        ("annuity.r0.00666667.n240.pmt500", 0.08 / 12.0, 240, 500.0),
        ("annuity.r0.05.n10.pmt100", 0.05, 10, 100.0),
        ("annuity.r0.n12.pmt50", 0.0, 12, 50.0),
    ] {
        let end = Annuity { rate, periods, timing: Timing::End };
        let begin = Annuity { timing: Timing::Start, ..end };
        oracle.check(&format!("{name}.pv_end"), payment * end.present_value().unwrap());
        oracle.check(&format!("{name}.pv_begin"), payment * begin.present_value().unwrap());
        oracle.check(&format!("{name}.fv_end"), payment * end.future_value().unwrap());
        oracle.check(&format!("{name}.payment_for_pv10000"), end.payment(10_000.0).unwrap());
    }
    oracle.all_claimed();
}

fn plan(v: &Vector) -> Schedule {
    let flows: Vec<f64> = v.numbers("cf").into_iter().flatten().collect();
    Schedule::new(flows[0], flows[1..].to_vec(), Timing::End).unwrap()
}

#[test]
fn worked_examples() {
    let Some(all) = vectors() else { return };
    let mut seen = 0;
    for v in &all {
        match v.name.as_str() {
            "roi_forms" => {
                let forms = Returns { benefit: v.number("benefit"), cost: v.number("cost") }.forms().unwrap();
                v.check("roi", forms.standard);
                v.check("bcr", forms.gross);
                v.check("seed002_table_netprofit", forms.table);
                v.check("seed002_text", forms.standard);
            }
            "irr_multiple" => {
                for (i, rate) in internal_rates(&plan(v).flows()).rates.iter().enumerate() {
                    v.check(&i.to_string(), *rate);
                }
            }
            "irr_payback" => {
                let (plan, rate) = (plan(v), v.number("i"));
                let npv = plan.flows().present_value(rate).unwrap();
                v.check("irr", internal_rates(&plan.flows()).only().unwrap());
                v.check("npv", npv);
                v.check("payback", payback(&plan).first.unwrap());
                v.check("discounted_payback", discounted_payback(&plan, rate).unwrap().first.unwrap());
                v.check("cost_of_delay_1", cost_of_delay(npv, rate, 1.0).unwrap());
            }
            "payback_variants" => {
                let paid = payback(&plan(v));
                v.check("first", paid.first.unwrap());
                assert_eq!(paid.stays, None);
            }
            _ => continue,
        }
        v.all_claimed();
        seen += 1;
    }
    assert_eq!(seen, 4);
}
