//! Figures of the catalogue over a few rows that one can count by hand.
//!
//! Formulas are read from the declarations and worked out here by the plain
//! meaning of the language, apart from the study's own arithmetic; both engines
//! must agree. Every form must also be something the columnar engine can carry out.

use cx_core::ground::expr::{Expr, Func, Literal, Parser, Value};
use cx_core::ground::period::{Calendar, DAY, Day, SECOND, Window};
use cx_core::ground::unit::Unit;
use cx_core::infer::Level;
use cx_core::infer::survival::{Table, quantile};
use cx_core::reduce::engines::columnar::Columnar;
use cx_core::reduce::plan::{Clock, Cluster, Gather, Periods, Reduction, Shape};
use cx_core::reduce::{Engine, ReduceError, Reduced, Run, Stat};
use cx_core::studies::metrics::catalog::all;
use cx_core::studies::metrics::declaration::{Declaration, Form};
use cx_core::studies::metrics::formula::{Arith, Body, Formula, Measure, Total, TotalKind, parse_formula};
use cx_core::tables::scale::Scale;
use cx_core::tables::schema::{Kind, TABLES, table};
use cx_tests::reference::RowByRow;
use cx_tests::rows::{Cell, Held, TableRows, dataset, text};
use std::fmt::Write;
use std::sync::atomic::AtomicBool;

/// The records cover 1 January to 30 April 2026.
fn covered() -> (Day, Day) {
    (day("01-01"), day("05-01"))
}

/// `MM-DD` of 2026, or a whole date.
fn day(date: &str) -> Day {
    let whole = if date.len() == 5 { format!("2026-{date}") } else { date.to_owned() };
    Day::from_date(whole.parse().expect("a date"))
}

/// A day, or `DAYThh:mm:ss`.
fn moment(cell: &str) -> Cell {
    let (date, clock) = cell.split_once('T').unwrap_or((cell, "00:00:00"));
    let part: Vec<i64> = clock.split(':').map(|p| p.parse().expect("a clock")).collect();
    let seconds = part[0] * 3600 + part[1] * 60 + part[2];
    Value::Time(i64::from(day(date).0) * DAY + seconds * SECOND)
}

/// Rows as text: the first line names columns, `-` is blank; every other column of the table is blank.
fn rows(name: &'static str, body: &str) -> TableRows {
    let spec = table(name).expect("a canonical table");
    let mut lines = body.lines().map(str::trim).filter(|l| !l.is_empty());
    let named: Vec<&str> = lines.next().expect("column names").split_whitespace().collect();
    let columns: Vec<&'static str> = spec.columns.iter().map(|c| c.name).collect();
    let kinds: Vec<Kind> = spec.columns.iter().map(|c| c.kind).collect();
    let scale_name = named.iter().position(|c| *c == "scale");
    let rows = lines
        .map(|line| {
            let cells: Vec<&str> = line.split_whitespace().collect();
            assert_eq!(cells.len(), named.len(), "{line}");
            let mut row = vec![Value::Null; columns.len()];
            let place = |name: &str| columns.iter().position(|c| *c == name).expect("a column");
            for (name, cell) in named.iter().zip(&cells).filter(|(_, c)| **c != "-") {
                let at = place(name);
                row[at] = match kinds[at] {
                    Kind::Number | Kind::Money => Value::Num(cell.parse().expect("a number")),
                    Kind::Bool => Value::Bool(*cell == "yes"),
                    Kind::Time => moment(cell),
                    _ => text(cell),
                };
            }
            if let Some(scale) = scale_name.and_then(|i| Scale::builtin(cells[i])) {
                let Some(value) = row[place("value")].as_num() else { panic!("{line}: an answer") };
                for (name, x) in [
                    ("harmonised", scale.harmonised(value)),
                    ("from_best", scale.from_best(value)),
                    ("from_worst", scale.from_worst(value)),
                    ("boxes", scale.boxes()),
                    ("scale_min", scale.min),
                    ("scale_max", scale.max),
                    ("scale_best", scale.best),
                ] {
                    row[place(name)] = Value::Num(x);
                }
                row[place("answered")] = Value::Bool(true);
                if row[place("answered_at")] == Value::Null {
                    row[place("answered_at")] = moment("02-01");
                }
            }
            row
        })
        .collect();
    TableRows { table: name, columns, rows }
}

fn formula(metric: &Declaration, form: &Form) -> Formula {
    let read = |value: &str| Parser::new(value).and_then(|mut p| p.literal()).expect("a literal");
    let end = Calendar::utc().start_of(covered().1).0;
    let mut params: Vec<(String, Literal)> =
        metric.params.iter().map(|p| (p.name.to_owned(), read(p.value))).collect();
    params.push(("as_of".to_owned(), Literal::Time(end)));
    parse_formula(form.formula, &params).unwrap_or_else(|e| panic!("{}:{}: {e}", metric.id, form.variant))
}

fn reduction(formula: &Formula, gather: Gather) -> Reduction {
    let calendar = Calendar::utc();
    let (first, end) = covered();
    // Figures that look at everybody in a period speak of the last month.
    let days = if formula.rows.clock == Clock::Period { (day("04-01"), end) } else { (first, end) };
    let window: Window = calendar.window(days.0, days.1);
    Reduction {
        rows: formula.rows.clone(),
        dimensions: Vec::new(),
        periods: Periods { days: vec![days], windows: vec![window], covered: calendar.window(first, end) },
        part: None,
        gather,
        cluster: Cluster::Unit,
        resampling: None,
        pairs: Vec::new(),
        against_whole: false,
    }
}

fn gathered(engine: &dyn Engine, tables: &[TableRows], plan: &Reduction) -> Result<Reduced, ReduceError> {
    let cancel = AtomicBool::new(false);
    let data = dataset(tables, Held::Chunks(3));
    let run = Run { threads: 1, memory: usize::MAX, cancel: &cancel };
    let list = engine.run(&data, std::slice::from_ref(plan), &run)?;
    Ok(list.into_iter().next().expect("one result"))
}

fn both(filter: Option<&Expr>, condition: Expr) -> Expr {
    Expr::and(filter.cloned(), Some(condition)).expect("a condition")
}

/// `x` where the condition holds, else 0.
fn chosen(condition: Expr, x: Expr) -> Expr {
    Expr::If(Box::new(condition), Box::new(x), Box::new(Expr::num(0.0)))
}

/// The terms of a total: its numerator, and its denominator where it has one.
fn terms(total: &Total) -> (Expr, Option<Expr>) {
    let filter = total.filter.as_ref();
    let Some(value) = &total.value else {
        return (chosen(filter.cloned().unwrap_or(Expr::TRUE), Expr::num(1.0)), None);
    };
    let known = both(filter, Expr::Known(Box::new(value.clone()), false));
    let count = chosen(known.clone(), Expr::num(1.0));
    match total.kind {
        TotalKind::Share => (chosen(both(filter, value.clone()), Expr::num(1.0)), Some(count)),
        TotalKind::Mean => (chosen(known, value.clone()), Some(count)),
        TotalKind::Sum | TotalKind::Count => (chosen(known, value.clone()), None),
    }
}

fn arithmetic(a: &Arith, values: &mut impl Iterator<Item = f64>) -> f64 {
    match a {
        Arith::Number(x) => *x,
        Arith::Total(_) => values.next().expect("a value for every total"),
        Arith::Neg(a) => -arithmetic(a, values),
        Arith::Abs(a) => arithmetic(a, values).abs(),
        Arith::Add(a, b) => arithmetic(a, values) + arithmetic(b, values),
        Arith::Sub(a, b) => arithmetic(a, values) - arithmetic(b, values),
        Arith::Mul(a, b) => arithmetic(a, values) * arithmetic(b, values),
        Arith::Div(a, b) => arithmetic(a, values) / arithmetic(b, values),
    }
}

fn find(key: &str) -> (&'static Declaration, &'static Form) {
    let (id, variant) = key.split_once(':').unwrap_or((key, ""));
    let metric = all().find(|m| m.id == id).unwrap_or_else(|| panic!("no metric {id}"));
    let form = metric.forms.iter().find(|f| f.variant == variant);
    (metric, form.unwrap_or_else(|| panic!("no variant {key}")))
}

/// The gathered statistic of a metric, from both engines.
fn stat(key: &str, tables: &[TableRows], gather: impl Fn(&Body) -> Gather) -> Option<Stat> {
    let (metric, form) = find(key);
    let formula = formula(metric, form);
    let plan = reduction(&formula, gather(&formula.body));
    let wanted = gathered(&RowByRow, tables, &plan).unwrap_or_else(|e| panic!("{key}: {e}"));
    let got = gathered(&Columnar, tables, &plan).unwrap_or_else(|e| panic!("{key}: {e}"));
    assert_eq!(got, wanted, "{key}: the engines differ");
    got.cells.into_values().next()
}

/// The figure of a metric made of totals; none without units.
fn figure(key: &str, tables: &[TableRows]) -> Option<f64> {
    let of_list = |terms: Vec<Expr>| Gather::Totals { terms, weight: None };
    let found = stat(key, tables, |body| match body {
        Body::Arithmetic(a) => {
            let mut list = Vec::new();
            a.totals(&mut |t| {
                let (x, n) = terms(t);
                list.push(x);
                list.extend(n);
            });
            of_list(list)
        }
        Body::Net(up, down) => of_list(vec![up.clone(), down.clone(), Expr::num(1.0)]),
        Body::Rate(events, exposure) => of_list(vec![events.clone(), exposure.clone()]),
        other => panic!("{key}: {other:?} is not made of totals"),
    })?;
    let Stat::Totals(totals) = found else { panic!("{key}: totals") };
    let (metric, form) = find(key);
    Some(match formula(metric, form).body {
        Body::Arithmetic(a) => {
            let mut values = Vec::new();
            let mut at = 0;
            a.totals(&mut |t| {
                let two = terms(t).1.is_some();
                values.push(totals.sum(at) / if two { totals.sum(at + 1) } else { 1.0 });
                at += if two { 2 } else { 1 };
            });
            arithmetic(&a, &mut values.into_iter())
        }
        Body::Net(..) => 100.0 * (totals.sum(0) - totals.sum(1)) / totals.sum(2),
        _ => totals.sum(0) / totals.sum(1),
    })
}

/// The quantile of a metric made of a life table, in hours; none where it is never reached.
fn hours(key: &str, tables: &[TableRows]) -> (Option<f64>, u64, u64) {
    let (metric, form) = find(key);
    let Body::Life { measure: Measure::Quantile(q), .. } = formula(metric, form).body else {
        panic!("{key} is no quantile of a life table")
    };
    let found = stat(key, tables, |body| match body {
        Body::Life { exit, causes, .. } => {
            let exit = Expr::Call(Func::Hours, vec![exit.clone()]);
            Gather::Life { entry: Expr::num(0.0), exit, causes: causes.clone() }
        }
        other => panic!("{key}: {other:?} is no life table"),
    });
    let Some(Stat::Life(life)) = found else { panic!("{key}: a life table") };
    let figure = quantile(&Table::new(&life), q, Unit::Hours, Level::P95);
    (figure.value, life.events(), life.censored())
}

#[track_caller]
fn is(key: &str, tables: &[TableRows], wanted: f64) {
    let got = figure(key, tables).unwrap_or_else(|| panic!("{key} has no figure"));
    assert!((got - wanted).abs() < 1e-5, "{key} is {got}, not {wanted}");
}

/// Proves S021 in part.
#[test]
fn recommendation_counts_its_bands() {
    let answers = rows(
        "responses",
        "response_id customer_id question  value scale survey_kind   answered_at
         1           a           recommend 10    0-10  relationship  01-10
         2           b           recommend 9     0-10  relationship  01-10
         3           c           recommend 9     0-10  transactional 01-10
         4           d           recommend 8     0-10  transactional 01-10
         5           e           recommend 7     0-10  transactional 01-10
         6           f           recommend 6     0-10  transactional 01-10
         7           g           recommend 0     0-10  transactional 01-10
         8           h           recommend 1     1-10  relationship  01-10
         9           i           recommend 5     1-5   relationship  01-10
         10          j           recommend 4     1-5   relationship  01-10
         11          k           recommend 1     yes-no relationship 01-10
         12          l           recommend 0     yes-no relationship 01-10
         13          m           recommend 0     yes-no relationship 01-10",
    );
    let t = &[answers];
    is("nps", t, 100.0 / 7.0);
    is("nps:1-10", t, -100.0);
    is("nps:5pt", t, 50.0);
    is("promoter_share", t, 3.0 / 7.0);
    is("promoter_share:yes-no", t, 1.0 / 3.0);
    is("passive_share", t, 2.0 / 7.0);
    is("passive_share:5pt", t, 0.5);
    is("detractor_share", t, 2.0 / 7.0);
    is("ltr_mean", t, 7.0);
    is("tnps", t, 100.0 * (1.0 - 2.0) / 5.0);
    is("rnps", t, 100.0);
}

#[test]
fn several_answers_of_one_submission_count_together() {
    let answers = rows(
        "responses",
        "response_id customer_id question          item value scale wave
         1           a           satisfaction      -    5     1-5   w1
         1           a           recommend         -    10    0-10  w1
         1           a           repurchase        -    5     1-5   w1
         2           b           satisfaction      -    5     1-5   w1
         2           b           recommend         -    10    0-10  w1
         2           b           repurchase        -    4     1-5   w1
         3           c           satisfaction      -    5     1-5   w1
         3           c           recommend         -    10    0-10  w1
         4           c           repurchase        -    5     1-5   w1
         5           d           value_enhancement x    7     1-7   w1
         5           d           value_enhancement y    4     1-7   w1
         6           e           value_enhancement x    7     1-7   w1
         7           f           umux              x    7     1-7   w1
         7           f           umux              y    4     1-7   w1
         8           g           acsi              x    8     1-10  w1
         8           g           acsi              y    8     1-10  w1
         8           g           acsi              z    7     1-10  w1
         9           h           acsi              x    1     1-10  w1
         10          i           expected          r    4     1-5   w1
         10          i           perceived         r    5     1-5   w1
         10          i           expected          s    5     1-5   w1
         10          i           perceived         s    3     1-5   w1
         11          j           perceived         s    1     1-5   w1
         12          k           emotion_positive  joy  4     0-5   w1
         12          k           emotion_negative  fear 1     0-5   w1",
    );
    let t = &[answers];
    is("secure_customer_index", t, 0.5);
    // The third customer gave the missing answer in another survey of the round.
    is("secure_customer_index:per-wave", t, 2.0 / 3.0);
    is("value_enhancement_score", t, 5.5);
    is("value_enhancement_score:agree-both", t, 0.0);
    is("umux_lite", t, 75.0);
    is("umux_lite:sus-equivalent", t, 0.65 * 75.0 + 22.9);
    is("acsi", t, 100.0 * 20.0 / 27.0);
    is("expectation_gap:paired", t, -0.5);
    is("net_emotional_value", t, 3.0);
}

#[test]
fn ten_statements_make_one_score() {
    let mut body = "response_id question item value scale\n".to_owned();
    for i in 0..10 {
        let (question, value) = if i % 2 == 0 { ("sus_positive", 5) } else { ("sus_negative", 2) };
        writeln!(body, "1 {question} i{i} {value} 1-5").expect("text");
        if i < 9 {
            writeln!(body, "2 {question} i{i} 1 1-5").expect("text");
        }
    }
    is("sus", &[rows("responses", &body)], 2.5 * (5.0 * 4.0 + 5.0 * 3.0));
}

/// Proves S022 in part.
/// Proves S023 in part.
#[test]
fn satisfaction_and_effort_follow_their_scales() {
    let answers = rows(
        "responses",
        "response_id question        value scale    channel
         1           satisfaction    5     1-5      web
         2           satisfaction    4     1-5      web
         3           satisfaction    4     1-5      store
         4           satisfaction    3     1-5      store
         5           satisfaction    1     1-5      kiosk
         6           effort          1     1-5-low  web
         7           effort          2     1-5-low  web
         8           effort          3     1-5-low  web
         9           effort          7     1-7      web
         10          effort          6     1-7      web
         11          effort          5     1-7      web
         12          effort          4     1-7      web
         13          effort          1     1-7      web
         14          effort          2     1-10-low web
         15          effort          4     1-10-low web
         16          effort          1     yes-no   web
         17          effort          0     yes-no   web
         18          expectation     5     1-5      web
         19          expectation     2     1-5      web
         20          resolved_first  1     yes-no   web
         21          repeat_information 1  yes-no   web
         22          repeat_information 0  yes-no   web
         23          repeat_information 0  yes-no   web",
    );
    let t = &[answers];
    is("csat_t2b", t, 0.6);
    is("csat_mean", t, 3.4);
    is("csat_100", t, 60.0);
    is("csat_net", t, 40.0);
    is("dsat_rate", t, 0.2);
    is("online_offline_gap", t, 87.5 - 62.5);
    is("ces1_mean", t, 2.0);
    is("ces2_mean", t, 4.6);
    is("ces2_agree", t, 0.6);
    is("ces2_net", t, 20.0);
    is("ces10_low", t, 3.0);
    is("ces10_low:above-3", t, 0.5);
    is("ces_easy_hard", t, 0.5);
    let ease =
        [100.0, 75.0, 50.0, 100.0, 500.0 / 6.0, 400.0 / 6.0, 50.0, 0.0, 800.0 / 9.0, 600.0 / 9.0, 100.0, 0.0];
    is("ease_100", t, ease.iter().sum::<f64>() / 12.0);
    is("expectation_gap", t, 0.5);
    is("fcr_survey", t, 1.0);
    is("repeat_information_rate", t, 1.0 / 3.0);
}

/// Proves S044 in part.
#[test]
fn referrals_are_brought_within_the_year() {
    let customers = rows(
        "customers",
        "customer_id acquired_at closed_at  referred_by acquisition_kind
         a           2024-01-01  -          -           bought
         b           2024-01-01  2025-01-01 -           -
         c           2024-06-01  2026-02-01 -           unknown
         d           2025-06-01  -          a           earned
         e           2025-07-01  -          a           earned
         f           2024-07-01  -          c           bought
         g           2026-03-01  -          f           earned
         h           2025-08-01  -          b           -",
    );
    let t = &[customers];
    // Of a, c and f, there a year ago, a and f brought somebody since; b had left.
    is("referral_rate", t, 2.0 / 3.0);
    is("referral_rate:events", t, 1.0);
    // Only g began within the records of this year.
    is("referred_new_share", t, 1.0);
}

#[test]
fn wallet_is_what_comes_to_us() {
    let answers = rows(
        "responses",
        "response_id customer_id question       about value scale answered_at
         1           a           satisfaction   -     8     0-10  04-15
         1           a           satisfaction   A     9     0-10  04-15
         1           a           satisfaction   B     8     0-10  04-15
         2           b           satisfaction   -     10    0-10  04-15
         3           c           satisfaction   A     3     0-10  04-15
         4           a           category_spend -     100   0-100 04-15
         5           b           category_spend -     100   0-100 04-15
         6           c           category_spend -     0     0-100 04-15",
    );
    let sales = rows(
        "transactions",
        "customer_id occurred_at kind   amount
         a           01-01       sale   1000
         a           03-01       sale   60
         a           03-05       return -10
         a           03-06       fee    5
         a           04-20       sale   70
         c           03-01       sale   5",
    );
    let t = &[answers, sales];
    is("wallet_allocation_score", t, f64::midpoint(0.25, 1.0));
    is("share_of_wallet", t, 50.0 / 200.0);
    is("share_of_wallet:mean-of-customers", t, 0.25);
}

#[test]
fn programme_and_channels_look_back_a_year() {
    let sales = rows(
        "transactions",
        "customer_id occurred_at kind   loyalty channel
         a           2025-06-01  sale   yes     web
         a           03-01       sale   no      shop
         b           03-01       sale   -       web
         b           03-02       return yes     shop
         c           2025-01-01  sale   yes     web
         -           03-01       sale   yes     web",
    );
    let contacts = rows(
        "interactions",
        "customer_id occurred_at kind    channel direction feature
         a           03-01       contact phone   inbound   -
         a           03-02       contact mail    -         -
         a           03-02       contact letter  outbound  -
         b           04-10       session app     -         basket
         c           2025-01-01  contact phone   -         -",
    );
    let customers = rows(
        "customers",
        "customer_id acquired_at closed_at
         a           2025-01-01  -
         b           2025-01-01  -
         c           2025-01-01  04-20
         d           -           -",
    );
    let t = &[sales, contacts, customers];
    is("loyalty_programme_participation", t, 0.5);
    is("omnichannel_share", t, 0.5);
    is("omnichannel_share:purchases", t, 0.5);
    is("feature_adoption", t, 1.0 / 3.0);
    is("feature_adoption:active", t, 1.0);
}

/// Proves S032 in part.
#[test]
fn a_repeat_within_the_window_is_no_resolution() {
    let contacts = rows(
        "interactions",
        "customer_id reason occurred_at kind      direction
         c           bill   01-03       contact   inbound
         a           bill   01-20       contact   inbound
         a           bill   01-21       contact   outbound
         a           bill   01-23       contact   inbound
         a           bill   02-20       contact   -
         b           bill   02-01       contact   inbound
         b           tech   02-03       contact   inbound
         b           tech   02-04       complaint inbound
         -           tech   02-04       contact   inbound
         b           -      03-20       contact   inbound
         a           bill   04-28       contact   inbound",
    );
    let t = &[contacts];
    // a on 20 January came back, later not; b did not, for the same reason; the ends of the records are left out.
    is("fcr_window", t, 3.0 / 4.0);
    is("fcr_window:1d", t, 1.0);
    is("fcr_window:gross", t, 5.0 / 6.0);
    // Without reasons b's second contact follows the first.
    is("fcr_window:any-reason", t, 2.0 / 4.0);
    is("next_issue_avoidance", t, 5.0 / 7.0);
    is("repeat_contact_rate", t, 1.0 / 6.0);
}

#[test]
fn the_five_service_levels_of_one_day() {
    let mut body = "occurred_at answered_at abandoned_at kind direction\n".to_owned();
    for (n, answered, abandoned) in [
        (860, "01-05T00:00:10", "-"),
        (140, "01-05T00:00:30", "-"),
        (10, "-", "01-05T00:00:03"),
        (10, "-", "01-05T00:00:10"),
        (40, "-", "01-05T00:00:30"),
    ] {
        for _ in 0..n {
            writeln!(body, "01-05 {answered} {abandoned} contact inbound").expect("text");
        }
    }
    body.push_str("01-05 01-05T00:01:00 - contact outbound\n01-05 - - contact inbound\n");
    let t = &[rows("interactions", &body)];
    is("service_level", t, 860.0 / 1060.0);
    is("service_level:answered-only", t, 0.86);
    is("service_level:abandoned-in-time", t, 880.0 / 1060.0);
    is("service_level:late-abandoned", t, 860.0 / 1040.0);
    is("service_level:short-abandoned", t, 870.0 / 1060.0);
    is("abandonment_rate", t, 50.0 / 1050.0);
    is("abandonment_rate:with-short", t, 60.0 / 1060.0);
    is("asa", t, 12.8);
    let (median, answered, gave_up) = hours("wait_time", t);
    assert_eq!((answered, gave_up), (1000, 60));
    assert!((median.expect("a median") * 3600.0 - 10.0).abs() < 0.01);
}

/// Proves S033 in part.
#[test]
fn open_cases_are_still_open() {
    let cases = rows(
        "interactions",
        "case_id occurred_at kind    channel direction resolved_at closed_at first_response_at escalated
         k1      01-01       contact phone   inbound   -           -         01-01T02:00:00    no
         k1      01-02       contact mail    inbound   01-03       01-09     -                 yes
         k1      01-02       contact mail    outbound  -           -         -                 no
         k2      01-01       contact phone   inbound   -           -         -                 no
         k3      01-01       contact phone   inbound   -           01-02     -                 no
         k4      01-01       contact phone   inbound   01-02       -         01-01T04:00:00    -",
    );
    let t = &[cases];
    // 24 and 48 hours; one closed unsolved after 24, one open.
    assert_eq!(hours("resolution_time", t), (Some(48.0), 2, 2));
    assert_eq!(hours("resolution_time:row-per-case", t).1, 2);
    let (median, answered, waiting) = hours("first_response_time", t);
    assert_eq!((answered, waiting), (2, 3));
    assert_eq!(median, None, "fewer than half were answered");
    is("first_response_time:late", t, 3.0 / 5.0);
    // Calls taken or given up at once are no cases that wait for an answer.
    let calls = rows(
        "interactions",
        "occurred_at kind    direction answered_at       abandoned_at      closed_at first_response_at
         01-01       contact inbound   -                 -                 -         01-01T02:00:00
         01-01       contact inbound   01-01T00:00:10    -                 -         -
         01-02       contact inbound   -                 01-02T00:01:00    -         -
         01-03       contact inbound   -                 -                 -         -",
    );
    let (_, answered, waiting) = hours("first_response_time", &[calls]);
    assert_eq!((answered, waiting), (1, 1));
    is("contacts_per_resolution", t, 1.5);
    is("channel_switch_rate", t, 0.25);
    is("escalation_rate", t, 1.0 / 3.0);
}

#[test]
fn promises_of_service() {
    let cases = rows(
        "interactions",
        "occurred_at resolved_at reopened_at reopened sla_met sla_target_s transferred handle_s abandoned_at kind
         01-05       01-10       01-15       yes      yes     604800       yes         100      -            contact
         01-20       02-01       03-01       yes      no      604800       no          300      -            contact
         02-20       03-01       -           no       -       604800       no          200      -            contact
         04-20       04-25       -           no       yes     604800       -           -        -            contact
         04-28       -           -           -        -       604800       no          -        04-28        contact
         04-10       -           -           -        -       604800       no          -        -            task",
    );
    let t = &[cases];
    is("sla_compliance", t, 2.0 / 3.0);
    // Met: 5 days, 5 days. Missed: 12 and 9 days, and one open for 21. Not due: one.
    is("sla_compliance:from-target", t, 2.0 / 5.0);
    is("reopen_rate", t, 1.0 / 3.0);
    is("reopen_rate:ever", t, 2.0 / 3.0);
    is("transfer_rate", t, 1.0 / 3.0);
    is("aht", t, 200.0);
}

/// Proves S034 in part.
#[test]
fn appointments_are_kept_or_not() {
    let visits = rows(
        "interactions",
        "customer_id occurred_at kind        window_start   window_end     arrived_at     no_show  cancelled_by cancelled_at
         a           02-01       appointment 02-10T10:00:00 02-10T12:00:00 02-10T11:00:00 -        -            -
         b           02-01       appointment 02-10T10:00:00 02-10T12:00:00 02-10T12:30:00 -        -            -
         c           02-01       appointment 02-10T10:00:00 02-10T12:00:00 -              company  -            -
         d           02-01       appointment 02-10T10:00:00 02-10T12:00:00 -              -        customer     02-09
         e           02-01       appointment 02-10T10:00:00 02-10T12:00:00 -              customer -            -
         f           02-01       appointment 02-10T10:00:00 02-10T12:00:00 -              -        company      02-10T08:00:00
         g           02-01       appointment 02-10T10:00:00 02-10T12:00:00 02-10T09:30:00 -        -            -
         h           02-01       appointment 05-02T10:00:00 05-02T12:00:00 -              -        -            -
         i           02-01       appointment 02-10T10:00:00 02-10T12:00:00 -              -        company      02-05",
    );
    let t = &[visits];
    is("on_time_appointment_rate", t, 1.0 / 6.0);
    is("missed_appointment_rate", t, 2.0 / 7.0);
}

#[test]
fn a_second_visit_is_no_first_time_fix() {
    let visits = rows(
        "interactions",
        "customer_id case_id reason occurred_at kind  success
         a           k1      pipe   01-10       visit -
         b           k2      pipe   01-10       visit -
         b           k2      pipe   01-20       visit yes
         c           k3      pipe   01-10       visit no
         d           k4      pipe   02-10       visit yes
         d           k4      pipe   03-30       visit yes
         e           k5      pipe   04-20       visit yes",
    );
    let t = &[visits];
    is("first_time_fix_rate", t, 2.0 / 4.0);
}

#[test]
fn an_order_is_on_time_when_all_of_it_is() {
    let lines = rows(
        "transactions",
        "order_id customer_id occurred_at kind promised_at delivered_at in_full damaged
         o1       a           01-20       sale 02-01       01-31        yes     -
         o1       a           01-20       sale 02-01       02-02        yes     -
         o2       b           01-20       sale 02-01       02-01        yes     -
         o2       b           01-20       sale 02-01       01-30        no      -
         o3       c           01-20       sale 02-10       -            -       -
         o4       d           04-20       sale 05-03       04-30        yes     -
         o5       e           01-20       sale 02-01       02-01        yes     no
         o6       e           01-20       sale 02-01       02-01        yes     yes",
    );
    let t = &[lines];
    is("on_time_delivery", t, 3.0 / 5.0);
    is("on_time_delivery:line", t, 5.0 / 7.0);
    is("otif", t, 2.0 / 5.0);
    is("otif:line", t, 4.0 / 7.0);
    is("perfect_order_rate", t, 1.0 / 5.0);
}

/// Proves S048 in part.
#[test]
fn rates_count_the_time_of_being_a_customer() {
    let customers = rows(
        "customers",
        "customer_id acquired_at closed_at
         a           2025-01-01  -
         b           04-16       -
         c           2025-01-01  03-01
         d           2025-01-01  04-11",
    );
    let contacts = rows(
        "interactions",
        "interaction_id customer_id occurred_at kind      direction reason
         1              a           04-05       complaint inbound   defect
         2              d           04-05       complaint inbound   late
         3              c           02-05       complaint inbound   late
         4              a           04-06       contact   inbound   bill
         5              a           04-07       contact   outbound  bill
         6              -           04-08       contact   inbound   bill",
    );
    let sales = rows(
        "transactions",
        "order_id occurred_at kind   quantity
         o1       02-01       sale   2
         o1       02-01       sale   -
         o2       04-01       sale   3
         o2       04-09       return -1",
    );
    let answers = rows(
        "responses",
        "response_id question     value scale interaction_id
         1           satisfaction 5     1-5   1
         2           satisfaction 2     1-5   2
         3           satisfaction 5     1-5   4",
    );
    let costs = rows(
        "costs",
        "occurred_at cost_kind amount variable_share
         04-01       service   100    0.4
         04-02       sales     900    1
         03-02       service   50     1",
    );
    let t = &[customers, contacts, sales, answers, costs];
    let months = (30.0 + 15.0 + 10.0) / 30.4375;
    is("complaint_rate", t, 2.0 / months);
    is("contact_rate", t, 1.0 / months);
    is("complaint_rate:per-order", t, 3.0 / 2.0);
    is("contact_rate:per-order", t, 2.0 / 2.0);
    is("defect_rate", t, 1.0 / 6.0);
    is("complaint_resolution_satisfaction:satisfaction-after", t, 0.5);
    // Only in April are both cost and contacts recorded: two came in and one went out.
    is("cost_per_contact", t, 100.0 / 3.0);
    is("cost_per_contact:variable", t, 40.0 / 3.0);
}

/// Proves S039 in part.
#[test]
fn returns_belong_to_the_sales_they_undo() {
    let lines = rows(
        "transactions",
        "order_id customer_id product occurred_at kind   quantity amount
         o1       a           shirt   02-01       sale   1        10
         o1       a           shirt   03-03       return -1       -10
         o2       a           shirt   03-05       sale   2        20
         o2       a           shirt   03-20       return -1       -10
         o3       b           shoe    03-31       sale   1        80
         o9       b           shoe    04-25       return -1       -80
         o4       c           hat     02-15       sale   3        30
         o4       c           hat     03-10       return -3       -30
         o5       d           hat     03-15       sale   1        10
         o5       d           hat     04-29       return -5       -50
         o6       e           hat     04-10       sale   1        10",
    );
    let t = &[lines];
    // Sales of 2 to 31 March: 2, 1 and 1, of which 1, 1 and (at most) 1 came back.
    is("return_rate", t, 3.0 / 4.0);
    is("return_rate:value", t, (10.0 + 80.0 + 10.0) / 110.0);
    // Sales up to 30 days before the last record: 1 + 2 + 1 + 3 + 1 units; by order 1, 1 and 3 came back in 30 days.
    is("return_rate:same-order", t, 5.0 / 8.0);
    // 11 units came back and 9 were sold.
    is("return_rate:period", t, 11.0 / 9.0);
}

/// Proves S043 in part.
#[test]
fn self_service_and_bots() {
    let contacts = rows(
        "interactions",
        "customer_id occurred_at kind         success bot_handled handed_over direction proactive
         a           01-20       self_service no      -           -           inbound   -
         a           01-21       self_service yes     -           -           inbound   -
         b           01-20       self_service yes     -           -           inbound   -
         b           01-22       contact      -       no          -           inbound   -
         c           01-20       contact      -       -           -           inbound   -
         d           02-20       contact      yes     yes         no          inbound   -
         e           02-20       contact      -       yes         -           inbound   -
         e           02-21       contact      -       no          -           inbound   -
         f           02-20       contact      -       yes         yes         inbound   -
         g           03-01       contact      -       -           -           outbound  yes
         g           03-02       contact      -       -           -           outbound  no
         z           01-01       task         -       -           -           -         -
         z           04-30       task         -       -           -           -         -",
    );
    let t = &[contacts];
    // Issues: a solved it, b asked after all; c, d, e and f went to a contact.
    is("self_service_rate", t, 1.0 / 6.0);
    is("self_service_rate:attempts", t, 1.0 / 3.0);
    is("bot_containment_rate", t, 1.0 / 3.0);
    is("bot_containment_rate:hand-overs-only", t, 2.0 / 3.0);
    // e's outcome is not known.
    // Of one session alone is the outcome known: those handed over must not stand in for the rest.
    is("bot_resolution_rate", t, 1.0);
    is("bot_resolution_rate:unknown-as-unsolved", t, 1.0 / 3.0);
    is("proactive_contact_share", t, 1.0 / 7.0);
}

/// Proves S015 in part.
#[test]
fn journeys_reach_their_goal_or_not() {
    let steps = rows(
        "interactions",
        "journey_id occurred_at stage success kind
         j1         01-10       cart  -       event
         j1         01-11       cart  -       event
         j1         01-20       pay   yes     event
         j2         01-10       cart  -       event
         j2         03-01       pay   yes     event
         j3         02-01       cart  -       event
         j3         02-02       pay   no      event
         j4         04-20       cart  -       event
         z          04-30       end   -       event",
    );
    let t = &[steps];
    is("journey_completion_rate", t, 1.0 / 3.0);
    assert_eq!(hours("journey_duration", t), (Some(1200.0), 2, 3));
    // Visits to a stage: j1 cart, j1 pay; j2 cart (no step within 30 days), j2 pay; j3 cart, j3 pay (the last).
    is("journey_dropoff", t, 2.0 / 6.0);
    is("touchpoints_per_journey", t, 7.0 / 3.0);
}

#[test]
fn a_clean_hand_off_repeats_nothing() {
    let steps = rows(
        "interactions",
        "case_id occurred_at channel direction repeated_information reopened
         k1      01-10       phone   inbound   -                    -
         k1      01-11       phone   inbound   yes                  -
         k1      01-12       mail    inbound   no                   -
         k1      01-13       mail    outbound  no                   -
         k1      01-14       phone   inbound   yes                  -
         k1      01-15       chat    inbound   no                   yes
         k1      01-16       mail    inbound   -                    -",
    );
    is("channel_handoff_success", &[steps], 1.0 / 3.0);
}

/// Proves S017 in part.
/// Proves S050 in part.
/// Proves S094 in part.
#[test]
fn digital_figures() {
    let acts = rows(
        "interactions",
        "customer_id occurred_at    kind    success errors acts watched_s down_s
         a           01-10          task    yes     0      -    -         -
         a           01-11          task    no      3      -    -         -
         a           01-12          task    -       -      -    -         -
         a           01-13          session -       -      1    -         -
         a           01-14          session -       -      5    -         -
         a           02-10T10:00:00 cart    yes     -      -    -         -
         b           02-10T10:00:00 cart    no      -      -    -         -
         -           02-10T10:00:00 cart    no      -      -    -         -
         a           03-10T10:00:00 search  yes     -      -    -         -
         a           03-10T10:01:00 search  yes     -      -    -         -
         b           03-10T10:00:00 search  no      -      -    -         -
         -           03-10          uptime  -       -      -    900       9
         -           03-11          uptime  -       -      -    100       1
         -           03-12          uptime  -       -      -    100       -
         z           04-30          event   -       -      -    -         -",
    );
    let sales = rows(
        "transactions",
        "customer_id occurred_at    kind
         a           01-01          sale
         a           02-10T12:00:00 sale
         b           02-12T12:00:00 sale
         z           04-30          sale",
    );
    let stars = rows(
        "reviews",
        "kind   occurred_at rating rating_max
         store  01-10       5      5
         store  01-10       2      5
         review 01-10       1      5",
    );
    let t = &[acts, sales, stars];
    is("task_success_rate", t, 0.5);
    is("error_rate", t, 1.5);
    is("bounce_rate", t, 0.5);
    is("cart_abandonment_rate", t, 0.5);
    is("cart_abandonment_rate:recorded", t, 2.0 / 3.0);
    is("search_success_rate", t, 1.0 / 3.0);
    is("search_success_rate:recorded", t, 2.0 / 3.0);
    is("availability", t, 0.99);
    is("app_rating", t, 3.5);
    is("app_rating:0-100", t, 62.5);
}

/// Whatever a form asks for, the engine can carry out once every column is there.
#[test]
fn every_form_can_be_carried_out() {
    let tables: Vec<TableRows> = TABLES
        .iter()
        .map(|spec| TableRows {
            table: spec.name,
            columns: spec.columns.iter().map(|c| c.name).collect(),
            rows: vec![
                spec.columns
                    .iter()
                    .map(|c| match c.kind {
                        Kind::Number | Kind::Money => Value::Num(1.0),
                        Kind::Bool => Value::Bool(true),
                        Kind::Time => moment("04-10"),
                        _ => text("x"),
                    })
                    .collect(),
            ],
        })
        .collect();
    let mut faults = Vec::new();
    for metric in all() {
        for form in metric.forms {
            let formula = formula(metric, form);
            if formula.body == Body::Attainment {
                continue;
            }
            // Terms are numbers: an expression of any type is asked whether it is known.
            let terms: Vec<Expr> = formula
                .body
                .expressions()
                .into_iter()
                .map(|e| chosen(Expr::Known(Box::new(e.clone()), false), Expr::num(1.0)))
                .collect();
            let mut plan = reduction(&formula, Gather::Totals { terms, weight: formula.weight.clone() });
            plan.cluster = formula.cluster.clone().unwrap_or(Cluster::Unit);
            if !matches!(plan.rows.shape, Shape::Calendar { .. }) {
                plan.dimensions.extend(formula.body.columns().into_iter().map(str::to_owned));
            }
            if let Err(e) = gathered(&Columnar, &tables, &plan) {
                faults.push(format!("{}:{}: {e}", metric.id, form.variant));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
