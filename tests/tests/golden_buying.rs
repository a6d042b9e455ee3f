//! Buy-till-you-die models and spend against R's BTYD, lifetimes, the papers
//! and closed forms, from the raw purchases of CDNOW and the donors of the
//! BG/BB paper.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::calc::{CalcResult, Request, Table, call};
use cx_core::infer::buying::{
    BgBb, BgNbd, Cell, GammaGamma, MbgNbd, Model, ParetoNbd, SpendCell, fit, fit_spend,
    frequency_spend_correlation, log_likelihood, weekly,
};
use cx_core::stats::Rfm;
use cx_tests::oracle::{Oracle, limits, value, vectors};
use std::collections::{BTreeMap, BTreeSet};

/// The last day of the calibration half of CDNOW, in days since 1970-01-01.
const END: i64 = 10_134;

/// One customer's calibration history: x, t_x and T in days, repeat spend in cents.
struct History {
    x: u32,
    last: u32,
    observed: u32,
    repeat_spend: i64,
}

impl History {
    fn cell(&self) -> Cell {
        Cell::one(f64::from(self.x), f64::from(self.last) / 7.0, f64::from(self.observed) / 7.0)
    }
}

/// Days since 1970-01-01 of a date as 1997-09-30.
fn day(text: &str) -> i64 {
    let part = |range: std::ops::Range<usize>| text[range].parse::<i64>().unwrap();
    let (y, m, d) = (part(0..4), part(5..7), part(8..10));
    // Howard Hinnant's days_from_civil: the year begins in March.
    let y = if m <= 2 { y - 1 } else { y };
    let year_of_era = y.rem_euclid(400);
    let day_of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    y.div_euclid(400) * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
        - 719_468
}

/// Every customer's history from the raw log: several lines on one day are one purchase.
fn cdnow(transactions: &Table) -> BTreeMap<u32, History> {
    assert_eq!(day("1997-09-30"), END);
    let cells = |name: &str| &transactions.column(name).unwrap().cells;
    let mut days: BTreeMap<u32, BTreeMap<i64, i64>> = BTreeMap::new();
    for ((id, date), amount) in cells("id").iter().zip(cells("date")).zip(cells("amount")) {
        let when = day(date);
        if when <= END {
            let cents = (amount.parse::<f64>().unwrap() * 100.0).round() as i64;
            *days.entry(id.parse().unwrap()).or_default().entry(when).or_default() += cents;
        }
    }
    days.into_iter()
        .map(|(id, days)| {
            let first = *days.keys().next().unwrap();
            let last = *days.keys().next_back().unwrap();
            let history = History {
                x: days.len() as u32 - 1,
                last: (last - first) as u32,
                observed: (END - first) as u32,
                repeat_spend: days.values().skip(1).sum(),
            };
            (id, history)
        })
        .collect()
}

fn rfm(histories: &BTreeMap<u32, History>) -> Rfm {
    let mut rfm = Rfm::default();
    for h in histories.values() {
        rfm.add(h.x, h.last, h.observed, h.repeat_spend).unwrap();
    }
    rfm
}

/// The raw log gives the customer summary that stands beside it.
#[test]
fn raw_purchases_give_the_summary() {
    for folder in ["btyd_bgnbd", "btyd_mbgnbd", "btyd_paretonbd"] {
        let Some(oracle) = Oracle::open(folder) else { return };
        let histories = cdnow(&oracle.table("transactions.csv"));
        let summary = oracle.table("input.csv");
        let cell = |name: &str, i: usize| summary.column(name).unwrap().cells[i].parse::<f64>().unwrap();
        assert_eq!((histories.len(), summary.rows()), (2357, 2357));
        for (i, (id, h)) in histories.iter().enumerate() {
            assert_eq!(cell("id", i), f64::from(*id));
            assert_eq!(cell("x", i), f64::from(h.x), "customer {id}");
            assert!((cell("t_x", i) - f64::from(h.last) / 7.0).abs() < 1e-9);
            assert!((cell("T", i) - f64::from(h.observed) / 7.0).abs() < 1e-9);
            let mean = if h.x > 0 { h.repeat_spend as f64 / 100.0 / f64::from(h.x) } else { 0.0 };
            assert!((cell("m", i) - mean).abs() < 1e-4, "customer {id}: {mean}");
        }
    }
}

/// The parameters that a source printed, as a model.
fn printed<M: Model>(oracle: &Oracle, source: &str) -> M {
    M::new(M::NAMES.map(|name| oracle.wanted(&format!("{source}.{name}"))))
}

/// The printed parameters as the option that evaluates without fitting.
fn printed_text<M: Model>(oracle: &Oracle, source: &str) -> String {
    let numbers = M::NAMES.map(|name| oracle.wanted(&format!("{source}.{name}")).to_string());
    numbers.join(",")
}

/// The same numbers by name, as the command line gives them.
fn by_command<M: Model>(name: &str, oracle: &Oracle, table: &Table) {
    let plain = Request::on(table).option("worlds", "40").option("horizon", "39");
    let fitted = call(name, &plain).unwrap();
    for parameter in M::NAMES {
        oracle.check(&format!("mle.{parameter}"), value(&fitted, &[parameter]));
        let (low, high) = limits(&fitted, &[parameter]);
        assert!(
            low < oracle.wanted(&format!("mle.{parameter}"))
                && high > oracle.wanted(&format!("mle.{parameter}"))
        );
    }
    oracle.check("mle.loglik", value(&fitted, &["log_likelihood"]));
    let keys: BTreeSet<String> = oracle.keys("").map(str::to_owned).collect();
    let times: BTreeSet<&str> =
        keys.iter().filter(|k| !k.contains("paradox")).filter_map(|k| k.split(['[', ']']).nth(1)).collect();
    let at = printed_text::<M>(oracle, "mle");
    for time in times {
        let request =
            Request::on(table).option("parameters", &at).option("horizon", time).option("rows", "yes");
        let result = call(name, &request).unwrap();
        for key in keys.iter().filter(|k| k.contains(&format!("[{time}]")) && !k.contains("paradox")) {
            if key.contains("E_new[") {
                oracle.check(key, value(&result, &["expected_new"]));
            } else if key.contains("total_expected") {
                oracle.check(key, value(&result, &["expected"]));
            } else if let Some(id) = key.split(".id").nth(1).and_then(|rest| rest.split('.').next()) {
                oracle.check(key, value(&result, &["rows", id, "expected"]));
                let alive = format!("cond.id{id}.p_alive");
                if keys.contains(&alive) {
                    oracle.check(&alive, value(&result, &["rows", id, "p_alive"]));
                }
            }
        }
    }
}

fn cell_of(result: &CalcResult, row: &str, figure: &str) -> f64 {
    value(result, &["rows", row, figure])
}

/// `name[13]` → 13.
fn bracket(key: &str) -> f64 {
    key.split(['[', ']']).nth(1).unwrap().parse().unwrap()
}

/// Everything that the three continuous models share.
fn continuous<M: Model>(folder: &str) -> Option<(Oracle, M, BTreeMap<u32, History>)> {
    let oracle = Oracle::open(folder)?;
    let histories = cdnow(&oracle.table("transactions.csv"));
    let cells = weekly(&rfm(&histories), 0);
    assert!(cells.len() < histories.len());
    let fitted = fit::<M>(&cells).unwrap();
    assert!(fitted.fit.converged());
    assert_eq!(fitted.customers, 2357.0);
    for source in ["mle", "btyd", "lifetimes", "paper"] {
        for (name, value) in M::NAMES.iter().zip(fitted.model.parameters()) {
            let key = format!("{source}.{name}");
            if oracle.keys(&key).next().is_some() {
                oracle.check(&key, value);
            }
        }
    }
    oracle.check("mle.loglik", fitted.fit.value);
    if oracle.keys("paper.loglik").next().is_some() {
        oracle.check("paper.loglik", fitted.fit.value);
    }
    if oracle.keys("btyd.loglik").next().is_some() {
        let logs = printed::<M>(&oracle, "btyd").parameters().map(f64::ln);
        oracle.check("btyd.loglik", log_likelihood::<M>(&cells, &logs, &mut [0.0; 4]));
    }
    // Formulas at the printed parameters.
    let model: M = printed(&oracle, "mle");
    let keys: BTreeSet<String> = oracle.keys("").map(str::to_owned).collect();
    for key in keys.iter().filter(|key| key.contains("E_new[")) {
        oracle.check(key, model.fresh(bracket(key)).mean);
    }
    for key in keys.iter().filter(|key| key.contains(".id")) {
        let id: u32 = key.split(".id").nth(1).unwrap().split('.').next().unwrap().parse().unwrap();
        let cell = histories[&id].cell();
        if key.ends_with("p_alive") {
            oracle.check(key, model.alive(&cell));
        } else if key.contains("expected_purchases[") {
            oracle.check(key, model.ahead(&cell, bracket(key)).mean);
        }
    }
    let total: f64 = cells.iter().map(|c| c.count * model.ahead(c, 39.0).mean).sum();
    oracle.check("cond.total_expected_purchases[39]", total);
    Some((oracle, model, histories))
}

#[test]
fn bg_nbd() {
    let Some((oracle, model, _)) = continuous::<BgNbd>("btyd_bgnbd") else { return };
    // Among customers last seen at 20 of 39 weeks, the more they bought the less is to come.
    for x in [10, 15, 20, 25] {
        let key = format!("btyd_doc.paradox.x{x}.expected_purchases[52]");
        oracle.check(&key, model.ahead(&Cell::one(f64::from(x), 20.0, 39.0), 52.0).mean);
        let x = x.to_string();
        let table = Table::from_rows(&["frequency", "recency", "age"], &[&[&x, "20", "39"]]).unwrap();
        let request = Request::on(&table).option("horizon", "52").option("rows", "yes");
        let result =
            call("bg-nbd", &request.option("parameters", &printed_text::<BgNbd>(&oracle, "mle"))).unwrap();
        oracle.check(&key, cell_of(&result, "1", "expected"));
    }
    by_command::<BgNbd>("bg-nbd", &oracle, &oracle.table("input.csv"));
    oracle.all_claimed();
}

#[test]
fn mbg_nbd() {
    let Some((oracle, ..)) = continuous::<MbgNbd>("btyd_mbgnbd") else { return };
    by_command::<MbgNbd>("mbg-nbd", &oracle, &oracle.table("input.csv"));
    oracle.all_claimed();
}

#[test]
fn pareto_nbd() {
    let Some((oracle, model, histories)) = continuous::<ParetoNbd>("btyd_paretonbd") else { return };
    for id in [1, 2, 157, 1516, 26] {
        let left = model.residual(&histories[&id].cell(), 0.0027).unwrap();
        oracle.check(&format!("cond.id{id}.dert_weekly_d0.0027"), left);
    }
    by_command::<ParetoNbd>("pareto-nbd", &oracle, &oracle.table("input.csv"));
    // A continuous rate of 0.0027 a week as a rate per week.
    let discount = 0.0027_f64.exp_m1().to_string();
    let table = oracle.table("input.csv");
    let request = Request::on(&table).option("discount", &discount).option("rows", "yes");
    let result =
        call("pareto-nbd", &request.option("parameters", &printed_text::<ParetoNbd>(&oracle, "mle")))
            .unwrap();
    for id in ["1", "2", "157", "1516", "26"] {
        oracle
            .check(&format!("cond.id{id}.dert_weekly_d0.0027"), cell_of(&result, id, "discounted_for_ever"));
    }
    let documented = ParetoNbd::new([0.562_996_6, 12.559_037_0, 0.408_109_5, 10.514_804_8]);
    let left = documented.residual(&Cell::one(7.0, 35.0, 77.86), 0.0027).unwrap();
    oracle.check("dert.example.x7_tx35_T77.86", left);
    oracle.all_claimed();
}

#[test]
fn bg_bb() {
    let Some(oracle) = Oracle::open("btyd_bgbb") else { return };
    let table = oracle.table("input.csv");
    let number = |name: &str, i: usize| table.column(name).unwrap().cells[i].parse::<f64>().unwrap();
    let cells: Vec<Cell> = (0..table.rows())
        .map(|i| Cell::one(number("x", i), number("t_x", i), number("n", i)).times(number("customers", i), 0))
        .collect();
    let fitted = fit::<BgBb>(&cells).unwrap();
    assert_eq!(fitted.customers, 11_104.0);
    for source in ["mle", "paper"] {
        for (name, value) in BgBb::NAMES.iter().zip(fitted.model.parameters()) {
            oracle.check(&format!("{source}.{name}"), value);
        }
        oracle.check(&format!("{source}.loglik"), fitted.fit.value);
    }
    let model: BgBb = printed(&oracle, "mle");
    let keys: BTreeSet<String> = oracle.keys("").map(str::to_owned).collect();
    for key in keys.iter().filter(|key| key.contains(".x")) {
        let part = |mark: &str| {
            let text = key.split(mark).nth(1).unwrap();
            text.split('.').next().unwrap().parse::<f64>().unwrap()
        };
        let cell = Cell::one(part(".x"), part(".tx"), 6.0);
        if key.contains("p_alive") {
            oracle.check(key, model.alive_next(&cell));
        } else if key.contains("expected[") {
            oracle.check(key, model.ahead(&cell, bracket(key)).mean);
        } else {
            oracle.check(key, model.residual(&cell, 0.1).unwrap());
        }
    }
    let result = call("bg-bb", &Request::on(&table).option("worlds", "40")).unwrap();
    for name in BgBb::NAMES {
        oracle.check(&format!("mle.{name}"), value(&result, &[name]));
    }
    oracle.check("mle.loglik", value(&result, &["log_likelihood"]));
    assert_eq!(value(&result, &["n"]), 11_104.0);
    let at = printed_text::<BgBb>(&oracle, "mle");
    for time in ["5", "10"] {
        let request =
            Request::on(&table).option("horizon", time).option("rows", "yes").option("discount", "0.1");
        let result = call("bg-bb", &request.option("parameters", &at)).unwrap();
        for (row, cell) in cells.iter().enumerate() {
            let stem = format!("cond.x{}.tx{}.n6.", cell.x, cell.recency);
            if keys.iter().any(|key| key.starts_with(&stem)) {
                let row = (row + 1).to_string();
                oracle.check(&format!("{stem}p_alive_next"), cell_of(&result, &row, "p_alive"));
                oracle.check(&format!("{stem}expected[{time}]"), cell_of(&result, &row, "expected"));
                oracle.check(&format!("{stem}dert_d0.1"), cell_of(&result, &row, "discounted_for_ever"));
            }
        }
        if time == "5" {
            oracle.check("paper.total_expected[5]", value(&result, &["expected"]));
        } else {
            oracle.check("E_new[10]", value(&result, &["expected_new"]));
        }
    }
    oracle.check("E_new[10]", model.fresh(10.0).mean);
    oracle.check("btyd_doc.E_new[10]", model.fresh(10.0).mean);
    let total: f64 = cells.iter().map(|c| c.count * model.ahead(c, 5.0).mean).sum();
    oracle.check("paper.total_expected[5]", total);
    oracle.all_claimed();
}

#[test]
fn gamma_gamma() {
    let Some(oracle) = Oracle::open("clv_gammagamma") else { return };
    let table = oracle.table("input.csv");
    let number = |name: &str, i: usize| table.column(name).unwrap().cells[i].parse::<f64>().unwrap();
    let spend: Vec<SpendCell> = (0..table.rows())
        .map(|i| SpendCell {
            x: number("x", i),
            total: number("x", i) * number("m", i),
            count: 1.0,
            group: 0,
        })
        .collect();
    let fitted = fit_spend(&spend).unwrap();
    oracle.check("n_customers_used", fitted.customers);
    oracle.check("corr_frequency_spend", frequency_spend_correlation(&spend).unwrap());
    let parameters = [fitted.model.p, fitted.model.q, fitted.model.gamma];
    for source in ["mle", "lifetimes", "paper"] {
        for (name, value) in GammaGamma::NAMES.iter().zip(parameters) {
            oracle.check(&format!("{source}.{name}"), value);
        }
    }
    oracle.check("mle.loglik", fitted.fit.value);
    let [p, q, gamma] = GammaGamma::NAMES.map(|name| oracle.wanted(&format!("mle.{name}")));
    let model = GammaGamma { p, q, gamma };
    oracle.check("population_mean_spend", model.population_mean().unwrap());
    let cells: Vec<Cell> =
        (0..table.rows()).map(|i| Cell::one(number("x", i), number("t_x", i), number("T", i))).collect();
    let buying = fit::<BgNbd>(&cells).unwrap();
    for (name, value) in BgNbd::NAMES.iter().zip(buying.model.parameters()) {
        oracle.check(&format!("bgnbd.{name}"), value);
    }
    let buying: BgNbd = printed(&oracle, "bgnbd");
    // Twelve months of 4.345 weeks, each month's purchases discounted from its end.
    let by_hand = |i: usize| {
        let until = |month: u32| buying.ahead(&cells[i], 4.345 * f64::from(month)).mean;
        let purchases: f64 = (1..=12).map(|m| (until(m) - until(m - 1)) / 1.01_f64.powi(m as i32)).sum();
        purchases * model.expected_spend(spend[i].x, spend[i].total).unwrap()
    };
    for (i, customer) in spend.iter().enumerate().take(10) {
        let id = i + 1;
        let expected = model.expected_spend(customer.x, customer.total).unwrap();
        oracle.check(&format!("cond_spend.id{id}"), expected);
        oracle.check(&format!("paper.cond_spend.id{id}"), expected);
        oracle.check(&format!("clv12.id{id}"), by_hand(i));
    }
    oracle.check("clv12.total", (0..table.rows()).map(by_hand).sum());
    spend_by_command(&oracle, &table);
    oracle.all_claimed();
}

fn spend_by_command(oracle: &Oracle, table: &Table) {
    let result = call("gamma-gamma", &Request::on(table).option("worlds", "40")).unwrap();
    for name in GammaGamma::NAMES {
        oracle.check(&format!("mle.{name}"), value(&result, &[name]));
    }
    oracle.check("mle.loglik", value(&result, &["log_likelihood"]));
    oracle.check("n_customers_used", value(&result, &["n"]));
    oracle.check("corr_frequency_spend", value(&result, &["correlation"]));
    let (low, high) = limits(&result, &["population_mean"]);
    assert!(low < 35.17 && 35.17 < high, "{low} {high}");
    let at = GammaGamma::NAMES.map(|name| oracle.wanted(&format!("mle.{name}")).to_string()).join(",");
    let request = Request::on(table).option("rows", "yes").option("parameters", &at);
    let result = call("gamma-gamma", &request).unwrap();
    oracle.check("population_mean_spend", value(&result, &["population_mean"]));
    // Value in one call: the spend model is fitted there, the buying model given.
    let request = Request::on(table)
        .option("horizon", "52.14")
        .option("period", "4.345")
        .option("discount", "0.01")
        .option("rows", "yes")
        .option("parameters", &printed_text::<BgNbd>(oracle, "bgnbd"));
    let worth = call("bg-nbd", &request).unwrap();
    for id in 1..=10 {
        let row = id.to_string();
        oracle.check(&format!("cond_spend.id{id}"), cell_of(&result, &row, "expected_spend"));
        oracle.check(&format!("clv12.id{id}"), cell_of(&worth, &row, "value"));
    }
    oracle.check("clv12.total", value(&worth, &["value"]));
}

#[test]
fn worked_examples() {
    let Some(vectors) = vectors() else { return };
    let mut met = 0;
    for v in &vectors {
        let all = |names: [&str; 4]| names.map(|name| v.number(name));
        match v.name.as_str() {
            "bgnbd" => {
                let model = BgNbd::new(all(["r", "alpha", "a", "b"]));
                let cell = Cell::one(v.number("x"), v.number("t_x"), v.number("T"));
                v.check("EY", model.ahead(&cell, v.number("t")).mean);
                v.check("p_alive", model.alive(&cell));
            }
            "bgnbd_unconditional" => {
                v.check("", BgNbd::new(all(["r", "alpha", "a", "b"])).fresh(v.number("t")).mean);
            }
            "gamma_gamma" => {
                let model = GammaGamma { p: v.number("p"), q: v.number("q"), gamma: v.number("gamma") };
                v.check("pop_mean", model.population_mean().unwrap());
                v.check("E_x2_m50", model.expected_spend(2.0, 100.0).unwrap());
                v.check("E_x1_m50", model.expected_spend(1.0, 50.0).unwrap());
            }
            _ => continue,
        }
        v.all_claimed();
        met += 1;
    }
    assert_eq!(met, 3, "examples of buying models");
}
