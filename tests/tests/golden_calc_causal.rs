//! Effects as a caller reaches them: by name, on tables of text.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::calc::{CalcResult, Request, Table, Value, call};
use cx_core::ground::estimate::Absent;
use cx_tests::oracle::{Oracle, limits, value};

fn text<'a>(result: &'a CalcResult, path: &[&str]) -> &'a str {
    match &result.results.figure(path).unwrap().value {
        Some(Value::Text(text)) => text,
        other => panic!("{path:?} is {other:?}"),
    }
}

fn refused(result: &CalcResult, path: &[&str]) -> String {
    match &result.results.figure(path).unwrap().absent {
        Some(Absent::Refused(refused)) => {
            assert!(!refused.lift.is_empty());
            refused.rule.clone()
        }
        other => panic!("{path:?} is {other:?}"),
    }
}

#[test]
fn outcome_before() {
    let Some(oracle) = Oracle::open("cuped") else { return };
    let table = oracle.table("input.csv");
    let found = call("cuped", &Request::on(&table).option("planned", "0.5")).unwrap();
    for (key, path) in [
        ("theta", &["theta"][..]),
        ("theta_within_arm", &["theta_within"]),
        ("raw.effect", &["without", "effect"]),
        ("raw.se", &["without", "se"]),
        ("cuped.effect", &["effect"]),
        ("cuped.se", &["se"]),
        ("correlation", &["correlation"]),
        ("variance_ratio", &["variance_left"]),
        ("one_minus_rho2", &["variance_left"]),
    ] {
        oracle.check(key, value(&found, path));
    }
    let width = |path: &[&str]| limits(&found, path).1 - limits(&found, path).0;
    assert!(width(&["effect"]) < width(&["without", "effect"]));
    assert!(value(&found, &["sample_ratio_p"]) > 0.001);
    // The line on arm and outcome before is another estimator: golden_effects holds it.
    oracle.all_claimed_but(&["ancova."]);
    // Arms of sizes that were not planned are not analysed.
    let off = call("cuped", &Request::on(&table).option("planned", "0.3")).unwrap();
    assert_eq!(refused(&off, &["effect"]), "sample ratio");
}

#[test]
fn two_groups_before_and_after() {
    let Some(oracle) = Oracle::open("did_2x2") else { return };
    let table = oracle.table("input.csv");
    let with = |variance: &str| {
        let request = Request::on(&table)
            .column("unit", "id")
            .column("treated", "nj")
            .column("outcome", "fte")
            .option("variance", variance);
        call("did", &request).unwrap()
    };
    let found = with("clustered");
    let cells = ["control_before", "control_after", "treated_before", "treated_after"];
    for (place, cell) in cells.iter().enumerate() {
        let (nj, post) = (place / 2, place % 2);
        let of = |figure: &str| value(&found, &["means", cell, figure]);
        for prefix in ["", "paper."] {
            oracle.check(&format!("{prefix}mean.nj{nj}.post{post}"), of("mean"));
        }
        oracle.check(&format!("se_mean.nj{nj}.post{post}"), of("se"));
        oracle.check(&format!("paper.se.nj{nj}.post{post}"), of("se"));
        oracle.check(&format!("n.nj{nj}.post{post}"), of("n"));
    }
    assert_eq!(found.method.as_deref(), Some("clustered"));
    oracle.check("did.coef", value(&found, &["effect"]));
    oracle.check("paper.did", value(&found, &["effect"]));
    oracle.check("did.se_cluster_id", value(&found, &["se"]));
    oracle.check("did.se_neyman", value(&found, &["unpaired_se"]));
    oracle.check("did.se_classical", value(&with("classical"), &["se"]));
    oracle.check("did.p_classical", value(&with("classical"), &["p"]));
    oracle.check("did.se_hc1", value(&with("robust"), &["se"]));
    for prefix in ["balanced.", "paper.balanced_"] {
        let own = |figure: &str| value(&found, &["seen_on_both_sides", figure]);
        oracle.check(&format!("{prefix}did"), own("effect"));
        let se = if prefix == "balanced." { "balanced.se_neyman" } else { "paper.balanced_did_se" };
        oracle.check(se, own("se"));
    }
    oracle.check("balanced.n", value(&found, &["seen_on_both_sides", "n"]));
    let mean = |place: usize| value(&found, &["means", cells[place], "mean"]);
    oracle.check("paper.change_pa", mean(1) - mean(0));
    oracle.check("paper.change_nj", mean(3) - mean(2));
    // See golden_effects: no formula gives the paper's 1.36 from these rows.
    oracle.all_claimed_but(&["paper.did_se"]);
}

#[test]
fn staggered_starts() {
    let Some(oracle) = Oracle::open("did_twfe") else { return };
    let table = oracle.table("input.csv");
    let on = || Request::on(&table).column("period", "year").column("outcome", "lemp");
    let found = call("event-study", &on().option("never", "0")).unwrap();
    for key in oracle.keys("att_gt.").filter(|key| !key.ends_with("se_analytic")) {
        let parts: Vec<&str> = key.split('.').map(|part| part.trim_start_matches(['g', 't'])).collect();
        oracle.check(key, value(&found, &["cohorts", parts[1], parts[2], "effect"]));
        oracle.check(&format!("{key}.se_analytic"), value(&found, &["cohorts", parts[1], parts[2], "se"]));
    }
    for key in oracle.keys("event.") {
        oracle.check(key, value(&found, &["events", &key["event.".len()..], "effect"]));
    }
    oracle.check("att_simple", value(&found, &["effect"]));
    oracle.check("att_simple.se_analytic", value(&found, &["se"]));
    oracle.check("att_group_overall", value(&found, &["mean_by_unit"]));
    // Bands hold all events at once: wider than the interval of each.
    let (low, high) = limits(&found, &["events", "0", "effect"]);
    assert!(high - low > 2.0 * 1.96 * value(&found, &["events", "0", "se"]));
    assert!(value(&found, &["before_the_start", "detectable_slope"]) > 0.0);
    // Two-way fixed effects are no design here: golden_effects holds them for comparison.
    oracle.all_claimed_but(&["nobs", "twfe.", "lsdv."]);
    // Read as a start, 0 lies before everything: nobody is left to compare with, and it is said.
    let misread = call("event-study", &on()).unwrap();
    assert_eq!(refused(&misread, &["effect"]), "controls and a period before");
    assert!(serde_json::to_string(&misread).unwrap().contains("--never"));
}

#[test]
fn people_who_chose_in() {
    let Some(oracle) = Oracle::open("causal_weighting") else { return };
    let table = oracle.table("input.csv");
    let on = || {
        Request::on(&table)
            .column("treated", "train")
            .column("outcome", "re78")
            .column("covariates", "age,educ,black,hisp,married,re74,re75")
    };
    let all = call("aipw", &on().option("over", "all")).unwrap();
    let treated = call("aipw", &on()).unwrap();
    oracle.check("diff_means", value(&all, &["otherwise", "difference_of_means"]));
    oracle.check("paper.benchmark", value(&all, &["otherwise", "difference_of_means"]));
    oracle.check("diff_means.se_neyman", value(&all, &["otherwise", "difference_of_means_se"]));
    for key in oracle.keys("propensity.") {
        oracle.check(key, value(&all, &["propensity", &key["propensity.".len()..]]));
    }
    oracle.check("min_p", value(&all, &["propensity", "lowest_chance"]));
    oracle.check("max_p", value(&all, &["propensity", "highest_chance"]));
    oracle.check("ate_hajek", value(&all, &["otherwise", "weighted"]));
    oracle.check("treatmenteffect.ipw.ate", value(&all, &["otherwise", "weighted"]));
    oracle.check("att_hajek", value(&treated, &["otherwise", "weighted"]));
    oracle.check("ate_ra", value(&all, &["otherwise", "regression_adjusted"]));
    oracle.check("treatmenteffect.ra.ate", value(&all, &["otherwise", "regression_adjusted"]));
    oracle.check("att_ra", value(&treated, &["otherwise", "regression_adjusted"]));
    oracle.check("ate_aipw", value(&all, &["effect"]));
    oracle.check("treatmenteffect.aipw.ate", value(&all, &["effect"]));
    oracle.check("ate_aipw_se", value(&all, &["se"]));
    assert_eq!(value(&treated, &["trimmed_share"]), 0.0);
    assert_eq!(text(&treated, &["grade"]), "W");
    // Lines beside a difference of means, unnormalised weights and effective numbers over everybody are
    // for comparison in golden_effects; standard errors by stacked moments are not made.
    oracle.all_claimed_but(&[
        "diff_means.se_pooled",
        "paper.benchmark_se",
        "ols_adjusted.",
        "lin_interacted.",
        "ate_ht",
        "ess_",
        "treatmenteffect.ipw.se",
        "treatmenteffect.ra.se",
        "treatmenteffect.aipw.se",
    ]);
    // Earnings before training cannot be its effect, and it says so where they look like one.
    let without = on().column("covariates", "age,educ,black,hisp,married").column("placebo", "re75");
    let placebo = call("aipw", &without).unwrap();
    let (low, high) = limits(&placebo, &["placebo", "effect"]);
    assert_eq!(text(&placebo, &["grade"]), if low <= 0.0 && 0.0 <= high { "W" } else { "A" });
}

#[test]
fn one_state_against_a_mixture() {
    let Some(oracle) = Oracle::open("synthetic_control") else { return };
    let table = oracle.table("input.csv");
    let request = Request::on(&table)
        .column("unit", "state")
        .column("period", "year")
        .column("outcome", "cigsale")
        .option("treated-unit", "California")
        .option("start", "1989");
    let found = call("synthetic-control", &request).unwrap();
    for key in oracle.keys("outcome_only.w.") {
        let state = &key["outcome_only.w.".len()..];
        let weight = found.results.figure(&["weights", state]).map(|_| value(&found, &["weights", state]));
        oracle.check(key, weight.unwrap_or(0.0));
    }
    oracle.check("outcome_only.rmspe_pre", value(&found, &["gap_before"]));
    for year in ["1989", "1995", "2000"] {
        oracle.check(&format!("outcome_only.gap[{year}]"), value(&found, &["gaps", year]));
    }
    oracle.check("outcome_only.att_post", value(&found, &["effect"]));
    oracle.check("outcome_only.mspe_ratio_treated", value(&found, &["ratio"]).powi(2));
    oracle.check("outcome_only.placebo_p", value(&found, &["p"]));
    assert_eq!(value(&found, &["smallest_p"]), 1.0 / 39.0);
    // Predictors with importances are reached in the library: golden_effects.
    oracle.all_claimed_but(&["synth.", "v.", "fixedv.", "paper.", "replication."]);
}

#[test]
fn interrupted_series() {
    let Some(oracle) = Oracle::open("interrupted_time_series") else { return };
    let table = oracle.table("input.csv");
    let on = || Request::on(&table).option("start", "1989");
    for lags in ["1", "4"] {
        let line = call("its", &on().option("errors", "newey-west").option("lags", lags)).unwrap();
        for (theirs, ours) in [("Intercept", "level"), ("t1", "slope"), ("post", "jump"), ("ts", "bend")] {
            oracle.check(&format!("seg.{theirs}.coef"), value(&line, &[ours, "effect"]));
            oracle.check(&format!("seg.{theirs}.se_hac{lags}"), value(&line, &[ours, "se"]));
        }
        oracle.check("seg.durbin_watson", value(&line, &["durbin_watson"]));
    }
    // The structural model is not made here.
    oracle.all_claimed_but(&["uc.", "fixed."]);
    let (alone, against) = (call("its", &on()).unwrap(), call("its", &on().column("control", "x")).unwrap());
    assert_eq!((text(&alone, &["grade"]), text(&against, &["grade"])), ("T", "Q"));
}

#[test]
fn a_rule_with_a_cut_off() {
    let Some(oracle) = Oracle::open("regression_discontinuity") else { return };
    let table = oracle.table("input.csv");
    let on = || Request::on(&table).column("running", "margin").column("outcome", "vote");
    let found = call("rdd", &on().option("distance", "10")).unwrap();
    oracle.check("mserd.h", value(&found, &["distance"]));
    oracle.check("mserd.b", value(&found, &["distance_of_bend"]));
    oracle.check("mserd.conventional.coef", value(&found, &["conventional", "effect"]));
    oracle.check("mserd.conventional.se", value(&found, &["conventional", "se"]));
    oracle.check("mserd.bias_corrected.coef", value(&found, &["effect"]));
    oracle.check("mserd.bias_corrected.se", value(&found, &["conventional", "se"]));
    oracle.check("mserd.robust.coef", value(&found, &["effect"]));
    oracle.check("mserd.robust.se", value(&found, &["se"]));
    let wider = call("rdd", &on().option("distance", "20")).unwrap();
    for (h, found) in [(10, &found), (20, &wider)] {
        oracle.check(&format!("h{h}.coef"), value(found, &["lines", "effect"]));
        oracle.check(&format!("h{h}.se_hc1"), value(found, &["lines", "se"]));
        oracle.check(&format!("h{h}.n"), value(found, &["lines", "n"]));
    }
    oracle.all_claimed();
    assert_eq!(text(&found, &["grade"]), "Q");
    // A column that jumps where the rule begins says that something else does too.
    let jumps = call("rdd", &on().column("covariates", "vote")).unwrap();
    assert_eq!(refused(&jumps, &["effect"]), "covariates at the cut-off");
    assert!(value(&jumps, &["distance"]) > 0.0);
}

/// Units over periods: `at(unit, period)` gives treated, outcome.
fn panel(units: usize, periods: usize, at: impl Fn(usize, usize) -> (bool, f64)) -> Table {
    let header = ["unit", "period", "treated", "start", "outcome"].map(str::to_owned).to_vec();
    let mut rows = Vec::new();
    for unit in 0..units {
        let start = (0..periods).find(|t| at(unit, *t).0);
        for t in 0..periods {
            let (treated, y) = at(unit, t);
            rows.push(vec![
                format!("u{unit:02}"),
                t.to_string(),
                if treated { "yes" } else { "no" }.to_owned(),
                start.map(|s| s.to_string()).unwrap_or_default(),
                y.to_string(),
            ]);
        }
    }
    Table::new(header, rows).unwrap()
}

/// A fixed wobble, so that nothing is exactly even.
fn wobble(unit: usize, t: usize) -> f64 {
    ((unit * 7 + t * 13 + unit * t * 5) % 11) as f64 / 11.0
}

#[test]
fn starts_by_either_column_and_levels_that_drop_out() {
    let treated = |unit: usize, t: usize| unit.is_multiple_of(3) && t >= 5 + unit % 2;
    let of = |shift: f64| {
        panel(40, 9, |unit, t| {
            let own = shift * (unit * unit % 17) as f64 + shift * (t * t) as f64;
            (treated(unit, t), own + wobble(unit, t) + if treated(unit, t) { 2.0 } else { 0.0 })
        })
    };
    let (plain, shifted) = (of(0.0), of(3.0));
    let by_start = call("event-study", &Request::on(&plain)).unwrap();
    // Levels of units and periods drop out, whatever they are.
    let other = call("event-study", &Request::on(&shifted)).unwrap();
    for path in [&["effect"][..], &["se"], &["events", "-2", "effect"], &["events", "1", "effect"]] {
        assert!((value(&by_start, path) - value(&other, path)).abs() < 1e-9, "{path:?}");
    }
    let (low, high) = limits(&by_start, &["effect"]);
    assert!(low < 2.0 && 2.0 < high && low > 0.0);
    assert!(["Q", "W", "T"].contains(&text(&by_start, &["grade"])));
    // Without a column of starts the marks of each period say the same.
    let rows: Vec<Vec<String>> = (0..plain.rows())
        .map(|row| {
            ["unit", "period", "treated", "outcome"]
                .map(|c| plain.column(c).unwrap().cells[row].clone())
                .to_vec()
        })
        .collect();
    let header = ["unit", "period", "treated", "outcome"].map(str::to_owned).to_vec();
    let marked = call("event-study", &Request::on(&Table::new(header, rows).unwrap())).unwrap();
    assert_eq!(marked.results, by_start.results);
}

#[test]
fn few_units_are_tested_by_drawn_worlds() {
    let two_times = |units: usize, treated: usize| {
        let header = ["unit", "treated", "after", "outcome"].map(str::to_owned).to_vec();
        let row = |unit: usize, after: usize| {
            let effect = if unit < treated && after == 1 { 3.0 } else { 0.0 };
            let yes = |yes: bool| usize::from(yes).to_string();
            vec![
                unit.to_string(),
                yes(unit < treated),
                after.to_string(),
                (wobble(unit, after) + effect).to_string(),
            ]
        };
        let rows = (0..units).flat_map(|unit| [row(unit, 0), row(unit, 1)]).collect();
        Table::new(header, rows).unwrap()
    };
    // Two of ten: one of 45 choices, so no p-value below 1/45 and an interval at 95 %.
    let two = call("did", &Request::on(&two_times(10, 2))).unwrap();
    assert_eq!(two.method.as_deref(), Some("randomisation"));
    assert!((value(&two, &["p"]) - 1.0 / 45.0).abs() < 1e-12);
    let (low, high) = limits(&two, &["effect"]);
    assert!(low > 0.0 && (low..high).contains(&value(&two, &["effect"])));
    // One of ten: the units allow no p-value of 0.05, and the interval is open.
    let one = call("did", &Request::on(&two_times(10, 1))).unwrap();
    assert_eq!(serde_json::to_value(&one).unwrap()["results"]["effect"]["low"], serde_json::Value::Null);
    let wild = call("did", &Request::on(&two_times(16, 8))).unwrap();
    assert_eq!(wild.method.as_deref(), Some("wild_bootstrap"));
    assert!(value(&wild, &["p"]) < 0.01);
    // Balanced units: the difference of changes is the regression's coefficient.
    assert!((value(&wild, &["effect"]) - value(&wild, &["regression", "effect"])).abs() < 1e-12);
    let plain = call("did", &Request::on(&two_times(16, 8)).option("inference", "regression")).unwrap();
    assert_eq!(plain.method.as_deref(), Some("clustered"));
    assert!(serde_json::to_string(&plain).unwrap().contains("few_clusters"));
    let again = call("did", &Request::on(&two_times(16, 8))).unwrap();
    assert_eq!(again.results, wild.results);
}

#[test]
fn faults_say_where_and_how_to_mend_them() {
    let fails = |name: &str, table: &Table, options: &[(&str, &str)], said: &str, mend: &str| {
        let request = options.iter().fold(Request::on(table), |r, (name, value)| r.option(name, value));
        let error = call(name, &request).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert!(error.help().contains(mend), "{}", error.help());
    };
    let table = |header: &[&str], rows: &[&[&str]]| Table::from_rows(header, rows).unwrap();
    let did = ["unit", "treated", "after", "outcome"];
    let switched = table(&did, &[&["a", "no", "0", "1"], &["a", "yes", "1", "2"]]);
    fails("did", &switched, &[], "row 3, column `treated`: `yes` differs", "before the start as well");
    // The outcome is never guessed: the first column is the unit's.
    let unnamed = table(&["unit", "treated", "after", "spend"], &[&["1", "no", "0", "1"]]);
    fails("did", &unnamed, &[], "no column `outcome`", "--outcome NAME");

    let over = ["unit", "period", "start", "outcome"];
    let gap = table(&over, &[&["a", "1", "", "1"], &["a", "2", "", "2"], &["b", "1", "2", "5"]]);
    fails("event-study", &gap, &[], "the unit `b` has no outcome in period 2", "0 after leaving");
    let twice = table(&over, &[&["a", "1", "", "1"], &["a", "1", "", "2"]]);
    fails("event-study", &twice, &[], "row 3, column `period`: `1` stands twice", "one row per unit");
    let restart = table(&over, &[&["a", "1", "2", "1"], &["a", "2", "1", "2"]]);
    fails("event-study", &restart, &[], "row 3, column `start`: `1` differs", "starts once");
    let between = table(&over, &[&["a", "1", "1.5", "1"], &["a", "2", "1.5", "2"]]);
    fails("event-study", &between, &[], "row 2, column `start`: `1.5` lies between", "period column");
    let none = table(&["unit", "period", "outcome"], &[&["a", "1", "1"], &["a", "2", "1"]]);
    fails("event-study", &none, &[], "says when units start", "--treated");
    let ends = panel(2, 3, |unit, t| (unit == 0 && t == 1, 1.0));
    let marks: Vec<Vec<String>> = (0..ends.rows())
        .map(|row| {
            ["unit", "period", "treated", "outcome"]
                .map(|c| ends.column(c).unwrap().cells[row].clone())
                .to_vec()
        })
        .collect();
    let header = ["unit", "period", "treated", "outcome"].map(str::to_owned).to_vec();
    let ends = Table::new(header, marks).unwrap();
    fails(
        "event-study",
        &ends,
        &[],
        "row 4, column `treated`: `no` comes after the start",
        "cut the unit's rows",
    );

    let both = panel(3, 3, |unit, t| (unit < 2 && t == 2, 1.0));
    fails("synthetic-control", &both, &[], "marks a second unit, `u01`", "no donors");
    let options = [("treated-unit", "zz"), ("start", "1")];
    fails("synthetic-control", &both, &options, "`zz` cannot be used", "a unit of the table");

    let series = table(&["t", "y"], &[&["1", "5"], &["2", "6"], &["4", "7"]]);
    fails("its", &series, &[("start", "2")], "2 is followed by 4", "every period");
    let blank = table(&["t", "y"], &[&["1", "5"], &["2", ""]]);
    fails("its", &blank, &[("start", "2")], "row 3, column `y`: `` is blank", "without gaps");
    let whole = table(&["t", "y"], &[&["1", "5"], &["2", "6"]]);
    fails("its", &whole, &[], "`its` needs --start", "first period after");

    // Covariates are named, never guessed.
    let people = table(&["treated", "outcome", "age"], &[&["1", "2", "3"], &["0", "1", "4"]]);
    fails("aipw", &people, &[], "no column `covariates`", "--covariates NAME");
    let one_arm = table(&["treated", "before", "outcome"], &[&["1", "2", "3"], &["1", "1", "4"]]);
    fails("cuped", &one_arm, &[], "one of the arms has nobody", "others");
}

/// What must not be given is a figure with its rule, and the call succeeds.
#[test]
fn refusals_are_figures() {
    let short = panel(1, 20, |_, t| (t >= 15, t as f64));
    let found = call("its", &Request::on(&short).option("start", "15")).unwrap();
    assert_eq!(refused(&found, &["effect"]), "length of the series");
    let donors = panel(4, 20, |unit, t| (unit == 0 && t >= 15, wobble(unit, t)));
    let found = call("synthetic-control", &Request::on(&donors)).unwrap();
    assert_eq!(refused(&found, &["effect"]), "donors and history");
    // A mixture that misses before the start by as much as it shows after it.
    let noise = panel(14, 20, |unit, t| (unit == 0 && t >= 15, wobble(unit * unit, t * t)));
    let found = call("synthetic-control", &Request::on(&noise)).unwrap();
    assert_eq!(refused(&found, &["effect"]), "fit before the start");
    assert!(value(&found, &["p"]) > 0.05 && value(&found, &["gaps", "0"]).is_finite());

    let header = ["treated", "outcome", "age"].map(str::to_owned).to_vec();
    let row = |i: usize| {
        // Who chose in is all but told by age.
        let treated = i.is_multiple_of(20) != (i >= 100);
        vec![usize::from(treated).to_string(), wobble(i, 1).to_string(), i.to_string()]
    };
    let apart = Table::new(header, (0..200).map(row).collect()).unwrap();
    let found = call("aipw", &Request::on(&apart).column("covariates", "age")).unwrap();
    assert_eq!(refused(&found, &["effect"]), "overlap");
    assert!(value(&found, &["propensity", "highest_chance"]) > 0.9);
    // Everybody treated from the start on: nothing to compare with.
    let everybody = panel(12, 6, |_, t| (t >= 3, t as f64));
    let found = call("event-study", &Request::on(&everybody)).unwrap();
    assert_eq!(refused(&found, &["effect"]), "controls and a period before");
}
