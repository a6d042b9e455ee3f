//! Proactive notices to contract customers, line by line: section 8 of the method.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::infer::Level;
use cx_core::infer::draws::{DRAWS, Distribution, Input, Provenance, Source, joint, returns_of_draws};
use cx_core::infer::finance::{ContractCase, Returns, Timing, TwoWorlds, cost_of_delay};
use cx_core::infer::power::{Aim, share_detectable};
use cx_core::infer::sensitivity::{
    Bar, break_even, detectability, partial_information, perfect_information, sobol, tornado,
};
use cx_core::infer::shares::{Counted, wald_difference};
use cx_tests::oracle::vectors;

const POINT: ContractCase = ContractCase {
    base: 200_000.0,
    churn: 0.18,
    effect: 0.014,
    persistence: 0.5,
    margin: 120.0,
    contacts: 0.10,
    contact_cost: 3.5,
    cash: 0.6,
    capital: 150_000.0,
    running: 1.0,
    periods: 3,
    rate: 0.10,
    timing: Timing::Middle,
};

/// Places of the inputs.
const EFFECT: usize = 1;
const MARGIN: usize = 2;
const PERSISTENCE: usize = 3;
const CONTACTS: usize = 4;
const CASH: usize = 6;
const CAPITAL: usize = 7;
const RUNNING: usize = 8;

fn inputs() -> Vec<Input> {
    let se = (0.18_f64 * 0.82 / 12_000.0 + 0.166 * 0.834 / 12_000.0).sqrt();
    let drawn = |name: &str, distribution: Distribution, provenance| Input {
        name: name.to_owned(),
        source: Source::Drawn(distribution),
        provenance,
    };
    vec![
        drawn("churn", Distribution::Beta(2161.0, 9841.0), Provenance::Data),
        drawn("effect", Distribution::Normal(0.014, se), Provenance::Design),
        drawn("margin", Distribution::Normal(120.0, 6.0), Provenance::Data),
        drawn("persistence", Distribution::Triangular(0.0, 0.5, 1.0), Provenance::Judgement),
        drawn("contacts", Distribution::Normal(0.10, 0.03), Provenance::Design),
        drawn("contact cost", Distribution::Normal(3.5, 0.3), Provenance::Judgement),
        drawn("cash", Distribution::Beta(6.0, 4.0), Provenance::Judgement),
        drawn("capital", Distribution::Lognormal(150_000.0_f64.ln(), 0.15), Provenance::Judgement),
        drawn("running", Distribution::Lognormal(0.0, 0.10), Provenance::Judgement),
    ]
}

fn returns(x: &[f64]) -> Returns {
    let case = ContractCase {
        churn: x[0],
        effect: x[1],
        margin: x[2],
        persistence: x[3],
        contacts: x[4],
        contact_cost: x[5],
        cash: x[6],
        capital: x[7],
        running: x[8],
        ..POINT
    };
    case.valued().unwrap().returns()
}

fn npv(x: &[f64]) -> f64 {
    returns(x).npv()
}

fn near(got: f64, said: f64, within: f64, what: &str) {
    assert!((got - said).abs() <= within, "{what}: {got} instead of {said} ± {within}");
}

#[test]
fn at_point_inputs() {
    let Some(all) = vectors() else { return };
    let v = all.iter().find(|v| v.name == "worked_case_inputs").unwrap();
    let case = ContractCase {
        base: v.number("base"),
        churn: v.number("churn"),
        effect: v.number("tau"),
        persistence: v.number("persist"),
        margin: v.number("m"),
        contacts: v.number("d_contacts"),
        contact_cost: v.number("unit_cost"),
        cash: v.number("cash"),
        capital: v.number("capex"),
        running: v.number("opex"),
        periods: v.number("years") as u32,
        rate: v.number("i"),
        timing: Timing::Middle,
    };
    let valued = case.valued().unwrap();
    let returns = valued.returns();
    v.check("npv", returns.npv());
    v.check("pv_benefit", returns.benefit);
    v.check("pv_cost", returns.cost);
    v.check("retention", valued.retention);
    v.check("service", valued.service);
    v.check("roi", returns.roi().unwrap());
    let by_effect = |effect: f64| ContractCase { effect, ..case }.valued().unwrap().returns().npv();
    let pays = break_even(by_effect, 0.0, case.churn).unwrap().value().unwrap();
    v.check("break_even_tau", pays);
    let smallest = share_detectable(case.churn, v.number("n_per_arm"), Aim::USUAL).unwrap();
    v.check("mde", smallest);
    v.all_claimed();

    near(returns.benefit, 0.915e6, 500.0, "benefit");
    near(valued.retention, 0.830e6, 500.0, "retention");
    near(valued.service, 0.085e6, 500.0, "service");
    near(returns.cost, 0.556e6, 500.0, "cost");
    let forms = returns.forms().unwrap();
    near(forms.standard, 0.64, 0.005, "return");
    near(forms.table, -0.36, 0.005, "table form");
    near(valued.retention_alone().roi().unwrap(), 0.49, 0.005, "retention alone");
    // Revenue in place of a margin of 40 %.
    let revenue = ContractCase { margin: case.margin / 0.4, ..case }.valued().unwrap().returns();
    near(revenue.roi().unwrap(), 2.88, 0.005, "revenue");
    near(cost_of_delay(returns.npv(), case.rate, 0.5).unwrap(), 16_700.0, 50.0, "half a year's delay");
    let found = detectability(pays, smallest).unwrap();
    near(found.ratio, 0.57, 0.005, "detectability");
    assert!(found.could_miss);
}

#[test]
fn the_trial_and_the_identity() {
    // 2160 and 1992 of 12 000 lost.
    let (control, treated) = (Counted { k: 2160.0, n: 12_000.0 }, Counted { k: 1992.0, n: 12_000.0 });
    let interval = wald_difference(control, treated, Level::P95).unwrap();
    near(100.0 * interval.low.unwrap(), 0.44, 0.005, "lower limit in points");
    near(100.0 * interval.high.unwrap(), 2.36, 0.005, "upper limit in points");

    let Some(all) = vectors() else { return };
    let v = all.iter().find(|v| v.name == "decomposition").unwrap();
    let base = v.number("base");
    let year = TwoWorlds {
        active: (base * v.number("S0"), base * v.number("S1")),
        margin: (v.number("m0"), v.number("m1")),
    };
    let gain = year.gain();
    v.check("retention", gain.retention);
    v.check("spend", gain.spend);
    v.check("interaction", gain.interaction);
    v.check("total", gain.total());
    v.check("naive_sum", gain.of_the_treated());
    v.all_claimed();
}

#[test]
fn with_all_the_uncertainty() {
    let Some(all) = vectors() else { return };
    let v = all.iter().find(|v| v.name == "worked_case_draws").unwrap();
    let drawn = joint(&inputs(), &[], DRAWS, 1).unwrap();
    let rows = (0..DRAWS as usize).map(|d| drawn.iter().map(|draws| draws[d]).collect::<Vec<f64>>());
    let pairs: Vec<Returns> = rows.map(|row| returns(&row)).collect();
    let benefit: Vec<f64> = pairs.iter().map(|r| r.benefit).collect();
    let cost: Vec<f64> = pairs.iter().map(|r| r.cost).collect();
    let found = returns_of_draws(&benefit, &cost, 0.25, None).unwrap();
    let roi = found.roi.as_ref().unwrap();
    v.check("npv_p5", found.npv.p5);
    v.check("npv_p50", found.npv.p50);
    v.check("npv_p95", found.npv.p95);
    v.check("roi_p10", roi.p10);
    v.check("roi_p50", roi.p50);
    v.check("roi_p90", roi.p90);
    v.check("p_gt0", found.pays.p);
    v.check("p_gt25", found.above_hurdle.p);
    let npvs: Vec<f64> = pairs.iter().map(|r| r.npv()).collect();
    v.check("evpi", perfect_information(&npvs).unwrap());
    let known = |input: usize| partial_information(&drawn[input], &npvs, 1).unwrap().value;
    v.check("evppi_tau", known(EFFECT));
    for other in (0..drawn.len()).filter(|i| *i != EFFECT) {
        assert!(known(other) < 1.0, "input {other}: {}", known(other));
    }

    let second = joint(&inputs(), &[], DRAWS, 2).unwrap();
    let indices = sobol(&drawn, &second, npv).unwrap();
    v.check("sobol_total_tau", indices[EFFECT].total);
    v.all_claimed();
    near(indices[PERSISTENCE].total, 0.08, 0.005, "persistence");
    near(indices[MARGIN].total, 0.02, 0.005, "margin");
    near(indices[RUNNING].total, 0.02, 0.005, "running cost");
    for rest in [0, CONTACTS, 5, CASH, CAPITAL] {
        assert!(indices[rest].total < 0.01, "input {rest}: {}", indices[rest].total);
    }

    // The ends are quantiles: tenths of each distribution have no Monte Carlo error, while
    // the median of 10 000 draws of the effect alone would move every bar by 3.6k.
    let even: Vec<Vec<f64>> = inputs()
        .iter()
        .map(|input| match &input.source {
            Source::Drawn(distribution) => (0..=10)
                .map(|i| distribution.quantile((f64::from(i) / 10.0).clamp(1e-9, 1.0 - 1e-9)))
                .collect(),
            Source::Replicates(values) => values.clone(),
        })
        .collect();
    let bars = tornado(&even, npv).unwrap();
    let order: Vec<usize> = bars.iter().map(|bar| bar.input).collect();
    assert_eq!(order[..2], [EFFECT, PERSISTENCE]);
    let bar = |input: usize| -> Bar { *bars.iter().find(|bar| bar.input == input).unwrap() };
    for (input, low, high) in [
        (EFFECT, -10.0, 730.0),
        (PERSISTENCE, 246.0, 474.0),
        (MARGIN, 307.0, 413.0),
        (RUNNING, 304.0, 409.0),
        (CONTACTS, 326.0, 393.0),
        (CAPITAL, 328.0, 386.0),
        (CASH, 330.0, 386.0),
    ] {
        let bar = bar(input);
        let (least, most) = (bar.low.min(bar.high), bar.low.max(bar.high));
        near(least / 1000.0, low, 0.6, &format!("low end of input {input}"));
        near(most / 1000.0, high, 0.6, &format!("high end of input {input}"));
    }
}
