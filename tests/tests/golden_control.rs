//! Control charts against R qcc.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::calc::{CalcResult, Request, Table, call};
use cx_core::infer::control::{self, Chart, Constants, Spread};
use cx_tests::oracle::{Oracle, value};

fn column(table: &Table, name: &str) -> Vec<f64> {
    table.column(name).unwrap().cells.iter().map(|x| x.parse().unwrap()).collect()
}

fn trial(table: &Table) -> Vec<bool> {
    table.column("trial").unwrap().cells.iter().map(|x| x == "True").collect()
}

/// Centre, standard deviation and limits, each only where they are expected.
fn check(oracle: &Oracle, name: &str, chart: &Chart, by_command: &CalcResult) {
    let expected: Vec<&str> = oracle.keys(name).collect();
    let figures = [
        ("center", chart.center, "center"),
        ("sd", chart.sd, "sd"),
        ("lcl", chart.points[0].low, "lcl"),
        ("ucl", chart.points[0].high, "ucl"),
    ];
    for (part, by_library, path) in figures {
        let key = format!("{name}.{part}");
        if expected.contains(&key.as_str()) {
            oracle.check(&key, by_library);
            oracle.check(&key, value(by_command, &[path]));
        }
    }
}

#[test]
fn control_charts() {
    let Some(oracle) = Oracle::open("control_charts") else { return };
    let rings = oracle.table("input.csv");
    let names = &rings.column("sample").unwrap().cells;
    let mut samples: Vec<Vec<f64>> = Vec::new();
    let mut in_trial = Vec::new();
    for (i, diameter) in column(&rings, "diameter").into_iter().enumerate() {
        if i == 0 || names[i] != names[i - 1] {
            samples.push(Vec::new());
            in_trial.push(trial(&rings)[i]);
        }
        samples.last_mut().unwrap().push(diameter);
    }
    let on_rings = |chart: &str| {
        call("control-chart", &Request::on(&rings).column("value", "diameter").option("chart", chart))
            .unwrap()
    };
    let xbar = control::xbar(&samples, &in_trial, Spread::Range(Constants::Printed), 3.0).unwrap();
    check(&oracle, "xbar", &xbar, &on_rings("xbar"));
    check(
        &oracle,
        "R",
        &control::range(&samples, &in_trial, Constants::Printed, 3.0).unwrap(),
        &on_rings("r"),
    );
    check(&oracle, "S", &control::sd(&samples, &in_trial, 3.0).unwrap(), &on_rings("s"));

    let ewma = control::ewma(&xbar, 0.2, 3.0).unwrap();
    let cusum = control::cusum(&xbar, 1.0, 5.0);
    let (ewma_command, cusum_command) = (on_rings("ewma"), on_rings("cusum"));
    for (place, sample) in [(1, 1_usize), (2, 2), (3, 25)] {
        let name = sample.to_string();
        let point = &ewma.points[sample - 1];
        let of = |part| value(&ewma_command, &["points", &name, part]);
        for (y, ucl) in [(point.value, point.high), (of("value"), of("ucl"))] {
            oracle.check(&format!("ewma.y[{place}]"), y);
            oracle.check(&format!("ewma.ucl[{place}]"), ucl);
        }
    }
    for (place, sample) in [(1, 1_usize), (2, 5), (3, 25)] {
        let name = sample.to_string();
        let point = &cusum.points[sample - 1];
        let of = |part| value(&cusum_command, &["points", &name, part]);
        for (above, below) in [(point.above, point.below), (of("above"), of("below"))] {
            oracle.check(&format!("cusum.pos[{place}]"), above);
            oracle.check(&format!("cusum.neg[{place}]"), below);
        }
    }

    let juice = oracle.table("orangejuice.csv");
    let (faulty, sizes, first) = (column(&juice, "D"), column(&juice, "size"), trial(&juice));
    let on_juice = |chart: &str| {
        call("control-chart", &Request::on(&juice).column("value", "D").option("chart", chart)).unwrap()
    };
    check(&oracle, "p", &control::p(&faulty, &sizes, &first, 3.0).unwrap(), &on_juice("p"));
    check(&oracle, "np", &control::np(&faulty, &sizes, &first, 3.0).unwrap(), &on_juice("np"));

    let boards = oracle.table("circuit.csv");
    let (faults, sizes, first) = (column(&boards, "x"), column(&boards, "size"), trial(&boards));
    let on_boards = |chart: &str| {
        call("control-chart", &Request::on(&boards).column("value", "x").option("chart", chart)).unwrap()
    };
    check(&oracle, "c", &control::c(&faults, &first, 3.0).unwrap(), &on_boards("c"));
    check(&oracle, "u", &control::u(&faults, &sizes, &first, 3.0).unwrap(), &on_boards("u"));
    oracle.all_claimed();
}
