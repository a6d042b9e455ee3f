//! Who stays how long: curves, tests of curves, hazards and renewals against reference packages.

use cx_core::calc::{Request, Table as Cells, call};
use cx_core::infer::Level;
use cx_core::infer::renewal::{Fitted, Renewals, Sbg, fit_sbg, fit_weibull};
use cx_core::infer::survival::cox::{
    Clock, Control, Entering, Model, Spells, Ties, concordance, fit, proportionality,
};
use cx_core::infer::survival::{Table, Weighting, hazard_at, log_rank};
use cx_tests::oracle::{Oracle, limits, value};

fn numbers(table: &Cells, name: &str) -> Vec<f64> {
    table.column(name).expect("a column").cells.iter().map(|cell| cell.parse().expect("a number")).collect()
}

/// The curves stand in `golden_survival`; here every key again through the
/// command, and what compares groups.
#[test]
fn survival_of_groups() {
    let Some(oracle) = Oracle::open("survival_km") else { return };
    let input = oracle.table("input.csv");
    let groups = &input.column("group").expect("groups").cells;
    let rows: Vec<_> =
        numbers(&input, "time").into_iter().zip(numbers(&input, "event")).zip(groups).collect();
    let table = |name: &str| {
        let own = rows.iter().filter(|(_, group)| *group == name);
        Table::exact(own.map(|((time, event), _)| (0.0, *time, (*event == 1.0).then_some(0), 1)))
    };
    let (control, treated) = (table("control"), table("miR-137"));
    for (weighting, word, key) in
        [(Weighting::Even, "even", "logrank.chisq"), (Weighting::Early, "early", "petopeto_rho1.chisq")]
    {
        let result = log_rank(&[&control, &treated], weighting).expect("a test");
        let by_command = call("log-rank", &Request::on(&input).option("weights", word)).expect("a test");
        oracle.check(key, result.test.chi_square);
        oracle.check(key, value(&by_command, &["chi_square"]));
        if weighting == Weighting::Even {
            oracle.check("logrank.lifelines_stat", result.test.chi_square);
            oracle.check("logrank.df", f64::from(result.test.df));
            oracle.check("logrank.df", value(&by_command, &["df"]));
            // The file's tolerance would pass a p of 0; the digits are held to more.
            oracle.check("logrank.p", result.test.p);
            assert!((result.test.p / oracle.wanted("logrank.p") - 1.0).abs() < 1e-9, "{}", result.test.p);
            oracle.check("logrank.p", value(&by_command, &["p"]));
        }
    }
    let at = |formula: &str| Request::on(&input).option("at", "10,20,30,40,50,60").option("method", formula);
    let hazards =
        call("nelson-aalen", &Request::on(&input).option("at", "10,20,30,40,50,60")).expect("hazards");
    let means = call("rmst", &Request::on(&input).option("horizon", "60")).expect("means");
    for (name, own) in [("control", &control), ("miR-137", &treated)] {
        let hazard = hazard_at(own, 30.0, Level::P95);
        oracle.check(&format!("{name}.nelson_aalen[30]"), hazard.value.expect("a hazard"));
        for age in ["10", "20", "30", "40", "50", "60"] {
            for method in ["plain", "log", "log-log"] {
                let curve = call("kaplan-meier", &at(method)).expect("a curve");
                let key = method.replace('-', "");
                let (low, high) = limits(&curve, &[name, "curve", age, "survival"]);
                oracle.check(&format!("{name}.{key}.lo[{age}]"), low);
                oracle.check(&format!("{name}.{key}.hi[{age}]"), high);
                oracle
                    .check(&format!("{name}.surv[{age}]"), value(&curve, &[name, "curve", age, "survival"]));
                oracle.check(&format!("{name}.se[{age}]"), value(&curve, &[name, "curve", age, "se"]));
                oracle.check(&format!("{name}.median"), value(&curve, &[name, "median"]));
                oracle.check(&format!("{name}.n"), value(&curve, &[name, "n"]));
                oracle.check(&format!("{name}.events"), value(&curve, &[name, "events"]));
            }
            let by_command = value(&hazards, &[name, "curve", age, "cumulative_hazard"]);
            oracle.check(&format!("{name}.nelson_aalen[{age}]"), by_command);
        }
        oracle.check(&format!("{name}.rmst[60]"), value(&means, &[name, "mean"]));
        oracle.check(&format!("{name}.rmst_lifelines[60]"), value(&means, &[name, "mean"]));
        oracle.check(&format!("{name}.rmst_se[60]"), value(&means, &[name, "se"]));
    }
    oracle.all_claimed();
}

const COVARIATES: [&str; 7] = ["fin", "age", "race", "wexp", "mar", "paro", "prio"];

/// 432 people after prison: Cox's model by both ties.
#[test]
fn proportional_hazards() {
    let Some(oracle) = Oracle::open("survival_cox") else { return };
    let input = oracle.table("input.csv");
    let columns = COVARIATES.map(|name| numbers(&input, name));
    let mut spells = Spells::new(COVARIATES);
    for (i, (time, event)) in numbers(&input, "time").iter().zip(numbers(&input, "event")).enumerate() {
        let x: Vec<f64> = columns.iter().map(|column| column[i]).collect();
        spells.add(0.0, *time, event == 1.0, 1, &x).expect("a row");
    }
    for (ties, word) in [(Ties::Efron, "efron"), (Ties::Breslow, "breslow")] {
        let model = fit(&spells, Control { ties, entering: Entering::AfterEvents }).expect("a model");
        tests(&oracle, &model, word);
        let request = Request::on(&input)
            .column("covariates", &COVARIATES.join(","))
            .option("ties", word)
            .option("clock", "identity")
            .option("at", "5,10,20,52");
        let by_command = call("cox", &request).expect("a model");
        for (name, of) in [
            ("loglik_null", &["log_likelihood_null"][..]),
            ("loglik", &["log_likelihood"]),
            ("lr_test", &["likelihood_ratio_test", "chi_square"]),
            ("score_test", &["score_test", "chi_square"]),
        ] {
            oracle.check(&format!("{word}.{name}"), value(&by_command, of));
        }
        for name in COVARIATES {
            let of = |part: &str| value(&by_command, &["coefficients", name, part]);
            oracle.check(&format!("{word}.{name}.coef"), of("coefficient"));
            oracle.check(&format!("{word}.{name}.se"), of("se"));
            oracle.check(&format!("{word}.{name}.z"), of("z"));
            oracle.check(&format!("{word}.{name}.p"), of("p"));
            let (low, high) = limits(&by_command, &["coefficients", name, "hazard_ratio"]);
            oracle.check(&format!("{word}.{name}.hr_lo"), low);
            oracle.check(&format!("{word}.{name}.hr_hi"), high);
        }
        if ties == Ties::Breslow {
            continue;
        }
        let drift = proportionality(&spells, &model, Clock::Identity).expect("spells").expect("a test");
        for (name, test) in COVARIATES.iter().zip(&drift.by_covariate) {
            oracle.check(&format!("zph.{name}.chisq_identity"), test.chi_square);
            let of = value(&by_command, &["proportionality", name, "chi_square"]);
            oracle.check(&format!("zph.{name}.chisq_identity"), of);
        }
        oracle.check("zph.GLOBAL.chisq_identity", drift.global.chi_square);
        let global = value(&by_command, &["proportionality_global", "chi_square"]);
        oracle.check("zph.GLOBAL.chisq_identity", global);
        let c = concordance(&spells, &model).expect("spells").expect("pairs");
        for key in ["concordance", "lifelines.concordance"] {
            oracle.check(key, c.value);
            oracle.check(key, value(&by_command, &["concordance"]));
        }
        for age in ["5", "10", "20", "52"] {
            let key = format!("efron.baseline_cumhaz[{age}]");
            oracle.check(&key, model.baseline.hazard_at(age.parse().expect("an age")));
            oracle.check(&key, value(&by_command, &["baseline_cumulative_hazard", age]));
        }
        for one in model.coefficients(Level::P95) {
            oracle.check(&format!("lifelines.{}.coef", one.name), one.value);
            oracle.check(&format!("lifelines.{}.se", one.name), one.se);
        }
        oracle.check("lifelines.loglik", model.log_likelihood);
    }
    oracle.all_claimed();
}

fn tests(oracle: &Oracle, model: &Model, word: &str) {
    oracle.check(&format!("{word}.loglik_null"), model.log_likelihood_null);
    oracle.check(&format!("{word}.loglik"), model.log_likelihood);
    oracle.check(&format!("{word}.lr_test"), model.likelihood_ratio.chi_square);
    oracle.check(&format!("{word}.score_test"), model.score.chi_square);
    // The reference prints the Wald test to two decimals; ours rounds to them.
    oracle.check(&format!("{word}.wald_test"), (model.wald.chi_square * 100.0).round() / 100.0);
    for one in model.coefficients(Level::P95) {
        oracle.check(&format!("{word}.{}.coef", one.name), one.value);
        oracle.check(&format!("{word}.{}.se", one.name), one.se);
        oracle.check(&format!("{word}.{}.z", one.name), one.z);
        oracle.check(&format!("{word}.{}.p", one.name), one.p);
        let interval = one.hazard_ratio_interval;
        oracle.check(&format!("{word}.{}.hr_lo", one.name), interval.low.expect("a limit"));
        oracle.check(&format!("{word}.{}.hr_hi", one.name), interval.high.expect("a limit"));
    }
}

/// Renewals of two segments over twelve years, fitted on the first seven.
#[test]
fn renewals() {
    let Some(oracle) = Oracle::open("sbg_retention") else { return };
    let input = oracle.table("input.csv");
    let segments = &input.column("segment").expect("segments").cells;
    let percent = numbers(&input, "percent_surviving");
    for segment in ["high_end", "regular"] {
        let own: Vec<f64> =
            percent.iter().zip(segments).filter(|(_, s)| *s == segment).map(|(p, _)| *p).collect();
        let fit_to = |survivors: Vec<f64>| {
            let renewals = Renewals::of_survivors(&survivors).expect("survivors");
            fit_sbg(&renewals).expect("a law")
        };
        let hundred = fit_to(own[..8].to_vec());
        let thousand = fit_to(own[..8].iter().map(|p| 10.0 * p).collect());
        let Fitted::Sbg { law, .. } = &hundred else { panic!("{hundred:?}") };
        oracle.check(&format!("{segment}.alpha"), law.a);
        oracle.check(&format!("{segment}.beta"), law.b);
        oracle.check(&format!("paper.{segment}.alpha"), law.a);
        oracle.check(&format!("paper.{segment}.beta"), law.b);
        oracle.check(&format!("{segment}.loglik_per100"), hundred.log_likelihood());
        oracle.check(&format!("{segment}.loglik_per1000"), thousand.log_likelihood());
        by_command(&oracle, &input, segment);
        for t in 1..=12_u32 {
            oracle.check(&format!("{segment}.survival[{t}]"), law.survival(f64::from(t)));
        }
        for number in [1, 2, 5, 7] {
            oracle.check(&format!("{segment}.retention_rate[{number}]"), law.retention(number));
        }
        // The reference's lifetimes are those of its own parameters, 1e-6 apart from ours at most.
        let theirs = Sbg {
            a: oracle.wanted(&format!("{segment}.alpha")),
            b: oracle.wanted(&format!("{segment}.beta")),
        };
        for rate in ["0.1", "0.15"] {
            let discount: f64 = rate.parse().expect("a rate");
            oracle.check(&format!("{segment}.del_new_d{rate}"), theirs.del(discount).expect("a sum"));
            assert!(
                (law.del(discount).expect("a sum") / theirs.del(discount).expect("a sum") - 1.0).abs() < 1e-5
            );
            for number in [1, 2, 5, 7] {
                let key = format!("{segment}.derl_renewal_{number}_due_d{rate}");
                oracle.check(&key, theirs.derl(number, discount).expect("a sum"));
            }
        }
        if segment == "high_end" {
            // The source indexes by renewals made; the closed form by the one that is due.
            oracle.check("paper.high_end.derl_renewal_8_due_d0.1", law.derl(8, 0.1).expect("a sum"));
        }
    }
    drifting(&oracle, &input);
    oracle.all_claimed();
}

fn by_command(oracle: &Oracle, input: &Cells, segment: &str) {
    for (customers, key) in [("100", "loglik_per100"), ("1000", "loglik_per1000")] {
        let request =
            Request::on(input).by("segment").option("customers", customers).option("fit-until", "7");
        let result = call("sbg", &request).expect("a law");
        oracle.check(&format!("{segment}.alpha"), value(&result, &[segment, "alpha"]));
        oracle.check(&format!("{segment}.beta"), value(&result, &[segment, "beta"]));
        oracle.check(&format!("{segment}.{key}"), value(&result, &[segment, "log_likelihood"]));
        for t in 1..=12 {
            let t = t.to_string();
            oracle.check(&format!("{segment}.survival[{t}]"), value(&result, &[segment, "survival", &t]));
        }
        for number in ["1", "2", "5", "7"] {
            let of = value(&result, &[segment, "retention_rate", number]);
            oracle.check(&format!("{segment}.retention_rate[{number}]"), of);
        }
        let (low, high) = limits(&result, &[segment, "survival", "12"]);
        assert!(low < high && high - low < 0.4, "{segment}: {low} to {high}");
    }
}

/// The law whose chances drift, fitted to the first four renewals.
fn drifting(oracle: &Oracle, input: &Cells) {
    let five = numbers(input, "percent_surviving")[..5].to_vec();
    let fitted = fit_weibull(&Renewals::of_survivors(&five).expect("survivors")).expect("a law");
    let key = |part: &str| format!("paper.high_end_bdw_first4.{part}");
    for (part, got) in [("a", fitted.law.a), ("b", fitted.law.b), ("c", fitted.law.c)] {
        oracle.check(&key(part), got);
    }
    let request = Request::on(input).by("segment").option("fit-until", "4");
    let result = call("sbg", &request).expect("a law");
    for part in ["a", "b", "c"] {
        oracle.check(&key(part), value(&result, &["high_end", "beta_discrete_weibull", part]));
    }
    for t in 1..=10_u32 {
        let of = key(&format!("survival_pct[{t}]"));
        oracle.check(&of, 100.0 * fitted.law.survival(f64::from(t)));
        let path = ["high_end", "beta_discrete_weibull", "survival", &t.to_string()];
        oracle.check(&of, 100.0 * value(&result, &path));
    }
}
