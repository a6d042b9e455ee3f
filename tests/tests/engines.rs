//! The columnar engine, in memory and streaming, on one thread and on two, in
//! one pass and in many, equals the row-by-row reference engine to the last bit.

use cx_core::ground::expr::{Expr, Value, parse};
use cx_core::ground::period::{Calendar, DAY, Day, Grain, Window};
use cx_core::reduce::engines::columnar::Columnar;
use cx_core::reduce::plan::{Cluster, Gather, Key, Periods, Reduction, Resampling, Shape, parse_rows};
use cx_core::reduce::{Engine, Reduced, Run, Tally};
use cx_tests::reference::RowByRow;
use cx_tests::rows::{Cell, Held, TableRows, dataset, text};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::sync::atomic::AtomicBool;

/// Rows, what is gathered, the dimensions and the cluster of one reduction.
type Case = (&'static str, Gather, &'static [&'static str], Option<&'static str>);

fn totals(terms: &[&str]) -> Gather {
    Gather::Totals { terms: terms.iter().map(|t| expr(t)).collect(), weight: None }
}

fn weighted(terms: &[&str], weight: &str) -> Gather {
    Gather::Totals { terms: terms.iter().map(|t| expr(t)).collect(), weight: Some(expr(weight)) }
}

fn expr(text: &str) -> Expr {
    parse(text).unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// Every shape, gather, clock and cluster the plan knows, over the tables below.
fn cases() -> Vec<Case> {
    vec![
        ("responses where value >= 5", totals(&["value", "1"]), &[], None),
        (
            "responses where question = 'recommend'",
            totals(&["if(value >= 9, 1, 0)", "if(value <= 6, 1, 0)", "1"]),
            &["channel"],
            None,
        ),
        (
            "responses where question in ('recommend', 'effort')",
            totals(&["value", "1"]),
            &["channel", "question"],
            Some("customer_id"),
        ),
        (
            "responses where question != 'effort'",
            weighted(&["value", "1"], "weight"),
            &["segment"],
            Some("customer_id"),
        ),
        (
            "responses where country = 'DE' and starts(channel, 'w')",
            totals(&["value", "1"]),
            &[],
            Some("customer_id"),
        ),
        (
            "responses",
            Gather::Histogram { value: expr("value"), weight: Some(expr("weight")) },
            &["question"],
            None,
        ),
        ("responses", Gather::Sketch { value: expr("value * 1.37") }, &["channel"], None),
        (
            "responses",
            Gather::Cells {
                stratum: expr("fold(customer_id, 4) * 2 + if(channel = 'web', 1, 0)"),
                band: expr("if(value >= 9, 2, 0)"),
                outcome: expr("value"),
                weight: None,
            },
            &[],
            None,
        ),
        ("responses", Gather::Flow { from: "question".into(), to: "channel".into() }, &[], None),
        (
            "responses",
            Gather::Terms {
                topic: "question".into(),
                polarity: "channel".into(),
                language: "language".into(),
            },
            &[],
            None,
        ),
        (
            "responses",
            Gather::Gram { design: vec![expr("1"), expr("value")], outcome: expr("weight") },
            &["channel"],
            None,
        ),
        (
            "transactions where kind = 'sale' per customer_id { spend = sum(amount), days = distinct(day), first = min(occurred_at), last = max(occurred_at) }",
            Gather::Rfm {
                x: expr("days - 1"),
                last: expr("days(last - first)"),
                observed: expr("100"),
                spend: expr("spend"),
            },
            &[],
            None,
        ),
        (
            "transactions where kind = 'sale' per customer_id { spend = sum(amount), orders = distinct(order_id) } where orders >= 2",
            totals(&["spend", "orders"]),
            &["channel"],
            Some("customer_id"),
        ),
        (
            "transactions per order_id { lines = count(), big = any(amount > 50), small = all(amount < 80), mean = mean(amount), middle = median(amount) }",
            totals(&["lines", "if(big and small, 1, 0)", "coalesce(mean, 0)", "coalesce(middle, 0)"]),
            &["channel"],
            Some("customer_id"),
        ),
        (
            "transactions per order_id { first_kind = first(kind), last_amount = last(amount), top = max(amount) }",
            totals(&["if(first_kind = 'sale', 1, 0)", "coalesce(last_amount, -1)", "top"]),
            &[],
            Some("customer_id"),
        ),
        (
            "transactions per customer_id, day { n = count() }",
            totals(&["n", "1"]),
            &["channel"],
            Some("customer_id"),
        ),
        (
            "responses per response_id { own = max(value where question = 'recommend'), better = count(where value > own) } where own is known",
            totals(&["better", "1"]),
            &[],
            Some("customer_id"),
        ),
        (
            "customers at period where acquired_at < period.start and (closed_at is missing or closed_at >= period.start)",
            totals(&["if(closed_at is known and closed_at < period.end, 1, 0)", "1"]),
            &["segment"],
            Some("customer_id"),
        ),
        ("customers at period where acquired_at < period.end", totals(&["1"]), &["segment"], None),
        (
            "customers at period where acquired_at < period.end each by customer_id { n = count(of transactions where kind = 'sale' within [period.end - 20d, period.end)), m = sum(amount of transactions within [.., period.start)) }",
            totals(&["if(n > 0, 1, 0)", "n", "m"]),
            &["segment"],
            Some("customer_id"),
        ),
        (
            "responses where question = 'recommend' each by customer_id { n = count(of transactions within (0d, 14d]), spend = sum(amount of transactions where kind = 'sale' within (0d, 14d]), before = max(amount of transactions within [-10d, 0d)) }",
            totals(&["n", "spend", "coalesce(before, 0)"]),
            &["channel"],
            Some("customer_id"),
        ),
        (
            "transactions each by customer_id, channel { earlier = count(of transactions within [-7d, 0d)), later = count(of transactions within (0d, 7d]) } where earlier = 0",
            totals(&["if(later = 0, 1, 0)", "1"]),
            &["kind"],
            Some("customer_id"),
        ),
        (
            "customers each by customer_id = referred_by { brought = count(of customers within [.., ..]) } where brought >= 0",
            totals(&["brought", "1"]),
            &[],
            Some("customer_id"),
        ),
        (
            "transactions at period per customer_id { before = sum(amount within [.., period.start)), now = sum(amount within [period.start, period.end)) } where before > 0",
            totals(&["min(before, now)", "before"]),
            &[],
            Some("customer_id"),
        ),
        (
            "customers",
            Gather::Life {
                entry: expr("0"),
                exit: expr("days(coalesce(closed_at, acquired_at + 90d) - acquired_at)"),
                causes: vec![expr("closed_at is known and segment = 'a'"), expr("closed_at is known")],
            },
            &["segment"],
            None,
        ),
        (
            "months { spend = sum(amount of transactions where kind = 'sale'), answers = count(of responses) }",
            totals(&["spend", "answers"]),
            &[],
            None,
        ),
        (
            "weeks { spend = sum(amount of transactions), answers = count(of responses) } where answers > 0",
            totals(&["spend", "answers"]),
            &["channel"],
            None,
        ),
        (
            "transactions at period where kind = 'sale' per customer_id { first = min(occurred_at), again = count(where occurred_at > first and occurred_at <= first + 30d) } where first >= period.start and first < period.end",
            totals(&["if(again > 0, 1, 0)", "1"]),
            &[],
            Some("customer_id"),
        ),
        // What a later field names differs from period to period.
        (
            "transactions at period per customer_id { first = min(occurred_at within [period.start, period.end)), next = min(occurred_at where occurred_at >= first + 1d within [.., period.end)), later = count(where occurred_at > first) } where first is known",
            totals(&["if(next is known, 1, 0)", "coalesce(days(next - first), 0)", "later"]),
            &["channel"],
            Some("customer_id"),
        ),
        (
            "transactions at period per customer_id { n = distinct(day within [.., period.end)), last = max(occurred_at within [.., period.end)), gap = median_gap(occurred_at within [.., period.end)) } where n >= 3",
            totals(&["if(period.end - last > gap * 3, 1, 0)", "1"]),
            &[],
            Some("customer_id"),
        ),
        (
            "months { buyers = distinct(customer_id of transactions where kind = 'sale'), sent = count(of transactions at delivered_at where kind = 'sale') }",
            totals(&["buyers", "sent"]),
            &[],
            None,
        ),
        (
            "transactions where maybe(express = 'yes') and customers.acquired_at < occurred_at",
            totals(&["amount", "1"]),
            &[],
            Some("customer_id"),
        ),
        (
            "transactions at delivered_at where delivered_at is known",
            totals(&["hours(delivered_at - occurred_at)", "1"]),
            &["express"],
            None,
        ),
    ]
}

fn day(n: i32) -> i64 {
    i64::from(n) * DAY
}

/// 2026-01-01, a Thursday.
const START: i32 = 20_454;

fn some<T: std::fmt::Debug + Clone>(p: f64, s: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::weighted(p, s)
}

fn cell(v: Option<Cell>) -> Cell {
    v.unwrap_or(Value::Null)
}

fn one_of(list: &'static [&'static str]) -> impl Strategy<Value = Cell> {
    prop::sample::select(list).prop_map(text)
}

fn moment() -> impl Strategy<Value = Cell> {
    // Whole hours, so that ties and bounds are hit often.
    (0..100 * 24_i64).prop_map(|h| Value::Time(day(START) + h * DAY / 24))
}

const CUSTOMERS: &[&str] = &["1", "2", "3", "04", "five", "6"];
const CHANNELS: &[&str] = &["web", "app", "shop"];

fn responses() -> impl Strategy<Value = TableRows> {
    let row = (
        some(0.9, one_of(&["r1", "r2", "r3", "r4", "r5", "r6", "r7"])),
        some(0.85, one_of(CUSTOMERS)),
        one_of(&["recommend", "effort", "satisfaction"]),
        some(0.9, 0..11_i32),
        some(0.95, moment()),
        some(0.9, one_of(CHANNELS)),
        some(0.9, 1..40_i32),
    );
    prop::collection::vec(row, 0..60).prop_map(|rows| TableRows {
        table: "responses",
        columns: vec![
            "response_id",
            "customer_id",
            "question",
            "value",
            "answered_at",
            "channel",
            "weight",
            "language",
        ],
        rows: rows
            .into_iter()
            .map(|(r, c, q, v, t, ch, w)| {
                let num = |x: Option<i32>, by: f64| x.map_or(Value::Null, |x| Value::Num(f64::from(x) / by));
                vec![cell(r), cell(c), q, num(v, 1.0), cell(t), cell(ch), num(w, 7.0), text("en")]
            })
            .collect(),
    })
}

fn transactions() -> impl Strategy<Value = TableRows> {
    let row = (
        some(0.9, one_of(&["o1", "o2", "o3", "o4", "o5", "o6", "o7", "o8"])),
        some(0.85, one_of(CUSTOMERS)),
        some(0.97, moment()),
        one_of(&["sale", "sale", "sale", "return"]),
        some(0.95, -500..10_000_i32),
        some(0.9, one_of(CHANNELS)),
        some(0.6, moment()),
        some(0.8, any::<bool>()),
    );
    prop::collection::vec(row, 0..80).prop_map(|rows| TableRows {
        table: "transactions",
        columns: vec![
            "order_id",
            "customer_id",
            "occurred_at",
            "kind",
            "amount",
            "channel",
            "delivered_at",
            "express",
        ],
        rows: rows
            .into_iter()
            .map(|(o, c, t, k, a, ch, d, e)| {
                let amount = a.map_or(Value::Null, |x| Value::Num(f64::from(x) / 100.0));
                let express = e.map_or(Value::Null, |b| text(if b { "yes" } else { "no" }));
                vec![cell(o), cell(c), cell(t), k, amount, cell(ch), cell(d), express]
            })
            .collect(),
    })
}

fn customers() -> impl Strategy<Value = TableRows> {
    let row = (
        some(0.9, moment()),
        some(0.4, moment()),
        some(0.8, one_of(&["a", "b"])),
        some(0.3, one_of(CUSTOMERS)),
    );
    prop::collection::vec(row, CUSTOMERS.len()).prop_map(|rows| TableRows {
        table: "customers",
        columns: vec!["customer_id", "acquired_at", "closed_at", "segment", "referred_by", "country"],
        rows: rows
            .into_iter()
            .zip(CUSTOMERS)
            .enumerate()
            .map(|(i, ((a, c, s, r), id))| {
                vec![text(id), cell(a), cell(c), cell(s), cell(r), text(if i % 2 == 0 { "DE" } else { "PL" })]
            })
            .collect(),
    })
}

fn periods(grain: Option<Grain>) -> Periods {
    let calendar = Calendar::utc();
    let (first, end) = (Day(START), Day(START + 100));
    let covered = calendar.window(first, end);
    match grain {
        None => Periods { days: vec![(first, end)], windows: vec![covered], covered },
        Some(grain) => {
            let list = calendar.periods(grain, Day(START + 10), Day(START + 70), (first, end));
            let days: Vec<_> = list.iter().map(|p| (p.first, p.end)).collect();
            let windows = days.iter().map(|(a, b)| calendar.window(*a, *b)).collect();
            Periods { days, windows, covered }
        }
    }
}

fn reductions(grain: Option<Grain>) -> Vec<Reduction> {
    let mut all = Vec::new();
    for (rows, gather, dimensions, cluster) in cases() {
        let rows = parse_rows(rows, &Vec::new()).unwrap_or_else(|e| panic!("{rows}: {e}"));
        let periods = periods(grain);
        let totals = matches!(gather, Gather::Totals { .. }) && cluster.is_some();
        let pairs = if totals && periods.windows.len() > 1 { vec![(1, 0)] } else { Vec::new() };
        let base = Reduction {
            rows,
            dimensions: Vec::new(),
            periods,
            part: None,
            gather: gather.clone(),
            cluster: cluster.map_or(Cluster::Unit, |c| Cluster::Column(c.to_owned())),
            resampling: None,
            pairs,
            against_whole: false,
        };
        if !dimensions.is_empty() {
            all.push(Reduction {
                dimensions: dimensions.iter().map(|d| (*d).to_owned()).collect(),
                against_whole: cluster.is_some(),
                ..base.clone()
            });
        }
        let known = ["responses", "transactions", "interactions", "subscriptions", "customers"];
        let has_customer = match &base.rows.shape {
            Shape::Plain | Shape::Each { .. } => known.contains(&base.rows.table.as_str()),
            Shape::Per { keys, .. } => *keys == [Key::Column("customer_id".to_owned())],
            Shape::Calendar { .. } => false,
        };
        if has_customer {
            all.push(Reduction { part: Some(expr("fold(customer_id, 3)")), ..base.clone() });
        }
        if cluster.is_some() {
            let resampling = Some(Resampling { seed: 5, worlds: 7, most_clusters: 1000 });
            all.push(Reduction { resampling, ..base.clone() });
        }
        all.push(base);
    }
    all
}

fn run(
    engine: &dyn Engine,
    tables: &[TableRows],
    held: Held,
    list: &[Reduction],
    threads: usize,
) -> Vec<Reduced> {
    let cancel = AtomicBool::new(false);
    let data = dataset(tables, held);
    let run = Run { threads, memory: usize::MAX, cancel: &cancel };
    engine.run(&data, list, &run).expect("the plan can be carried out")
}

fn compare(tables: &[TableRows], grain: Option<Grain>) -> Result<(), TestCaseError> {
    let list = reductions(grain);
    let wanted = run(&RowByRow, tables, Held::Chunks(1000), &list, 1);
    for (held, threads) in [(Held::Chunks(1000), 1), (Held::Chunks(7), 2), (Held::Streamed(5), 2)] {
        let got = run(&Columnar, tables, held, &list, threads);
        for ((reduction, wanted), got) in list.iter().zip(&wanted).zip(&got) {
            let what = format!(
                "{} by {:?}, {held:?} on {threads}: {:?}",
                reduction.rows, reduction.dimensions, reduction.gather
            );
            prop_assert_eq!(got, wanted, "{}", what);
        }
    }
    Ok(())
}

/// Random datasets tried; `CX_ENGINE_CASES` asks for more.
fn cases_wanted() -> u32 {
    std::env::var("CX_ENGINE_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(64)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases_wanted(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn engines_agree(r in responses(), t in transactions(), c in customers(), series in any::<bool>()) {
        compare(&[r, t, c], series.then_some(Grain::Month))?;
    }
}

/// Customers told one by one: the same ones, with the same values.
fn told(
    engine: &dyn Engine,
    tables: &[TableRows],
    held: Held,
    threads: usize,
    memory: usize,
) -> (Vec<(String, Vec<u64>)>, Tally) {
    let rows = "transactions where kind = 'sale' per customer_id { spend = sum(amount), days = distinct(day), \
                first = min(occurred_at), last = max(occurred_at) } where days >= 1";
    let rows = parse_rows(rows, &Vec::new()).expect("rows");
    let values =
        [expr("days - 1"), expr("floor(days(last - first))"), expr("spend"), expr("fold(customer_id, 9)")];
    let cancel = AtomicBool::new(false);
    let mut told = Vec::new();
    let tally = engine
        .list(
            &dataset(tables, held),
            &rows,
            &values,
            &Run { threads, memory, cancel: &cancel },
            &mut |key, x| {
                told.push((key.to_owned(), x.iter().map(|x| x.to_bits()).collect()));
                Ok(())
            },
        )
        .expect("the plan can be carried out");
    told.sort();
    (told, tally)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases_wanted(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn engines_list_the_same_customers(r in responses(), t in transactions(), c in customers()) {
        let tables = [r, t, c];
        let wanted = told(&RowByRow, &tables, Held::Chunks(1000), 1, usize::MAX);
        for (held, threads) in [(Held::Chunks(7), 2), (Held::Streamed(5), 2)] {
            prop_assert_eq!(&told(&Columnar, &tables, held, threads, usize::MAX), &wanted);
        }
    }
}

/// Rows set aside in several passes and parts give the same as in one.
#[test]
fn passes_and_parts_are_invisible() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut take = || {
        let (r, t, c) =
            (responses(), transactions(), customers()).new_tree(&mut runner).expect("a value").current();
        vec![r, t, c]
    };
    let tables = (0..20).map(|_| take()).max_by_key(|t| t[1].rows.len()).expect("some tables");
    let list = reductions(Some(Grain::Week));
    let one = run(&Columnar, &tables, Held::Chunks(50), &list, 2);
    let cancel = AtomicBool::new(false);
    let mut data = dataset(&tables, Held::Chunks(9));
    // The engine goes by the number of rows: let it think that the tables are huge.
    for table in data.tables.values_mut() {
        table.rows = 10_000_000;
    }
    // Many passes of a few parts each, then one pass of many parts.
    for memory in [1 << 26, usize::MAX] {
        let many = Columnar.run(&data, &list, &Run { threads: 2, memory, cancel: &cancel }).expect("runs");
        for ((reduction, one), many) in list.iter().zip(&one).zip(&many) {
            assert_eq!(many, one, "{}", reduction.rows);
        }
    }
}

#[test]
fn an_interrupted_run_says_so() {
    let cancel = AtomicBool::new(true);
    let rows =
        TableRows { table: "responses", columns: vec!["question"], rows: vec![vec![text("recommend")]] };
    let data = dataset(&[rows], Held::Chunks(10));
    let reduction = Reduction {
        rows: parse_rows("responses", &Vec::new()).expect("rows"),
        dimensions: Vec::new(),
        periods: Periods { days: vec![], windows: vec![Window::ALWAYS], covered: Window::ALWAYS },
        part: None,
        gather: totals(&["1"]),
        cluster: Cluster::Unit,
        resampling: None,
        pairs: Vec::new(),
        against_whole: false,
    };
    let error = Columnar.run(&data, &[reduction], &Run { threads: 1, memory: 0, cancel: &cancel });
    assert_eq!(error.unwrap_err().to_string(), "interrupted");
}
