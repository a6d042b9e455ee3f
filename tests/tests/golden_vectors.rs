//! The worked examples of the plain formulas.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::calc::{Request, Table, call};
use cx_core::ground::estimate::Interval;
use cx_core::ground::fixed::ONE;
use cx_core::ground::unit::Unit;
use cx_core::infer::lifetime_value::{
    Constant, Convention, Market, profit_path as path, profit_path_end, share_after,
};
use cx_core::infer::linkage::Preset;
use cx_core::infer::mix::{Segment, split};
use cx_core::infer::nets::{self, Groups};
use cx_core::infer::power::{self, Aim};
use cx_core::infer::ratings::{Prior, bayes_mean};
use cx_core::infer::renewal::{Fitted, Renewals, Sbg, fit_sbg};
use cx_core::infer::service_level::{Contacts, Variant};
use cx_core::infer::shares::{self, Counted};
use cx_core::infer::special::bisect;
use cx_core::infer::turnover::{self, Base};
use cx_core::infer::weights::{Cell, rake};
use cx_core::infer::{
    Level, changes, effective, growth, linkage, looks, ratios, response, scales, survival, unit_scores,
};
use cx_core::stats::{Life, Totals};
use cx_tests::oracle::{Vector, limits, value, vectors};

const LEVEL: Level = Level::P95;

type Check = fn(&Vector);

/// Names of the examples that this suite must find.
const FORMULAS: [(&str, Check); 42] = [
    ("wilson95", wilson),
    ("nps", nps),
    ("nps_score95", nps_score),
    ("nps_difference", nps_difference),
    ("newcombe95", newcombe),
    ("poisson_exact95", poisson),
    ("ratio_clusters", ratio_clusters),
    ("difference_overlap", difference_overlap),
    ("survival_no_event95", survival_no_event),
    ("kish", kish),
    ("bh_holm", bh_holm),
    ("raking", raking),
    ("mix_decomposition", mix),
    ("mix_new_segment", mix),
    ("r_indicator", r_indicator),
    ("nonresponse_tipping", tipping),
    ("regression_to_mean", regression_to_mean),
    ("bayes_average", bayes_average),
    ("power_shares_per_arm", power_shares),
    ("power_nps_per_arm", power_nps),
    ("churn_denominators", churn),
    ("service_level_variants", service_level),
    ("war", wallet),
    ("acsi_style", acsi_style),
    ("ease_100", ease),
    ("compounding", compounding),
    ("annual_from_hazard", annual_from_hazard),
    ("earned_growth", earned_growth),
    ("retention_forms", retention_forms),
    ("e_value", e_values),
    ("robustness_value", robustness),
    ("clv_constant", clv_constant),
    ("clv_elasticity_r", clv_elasticity),
    ("clv_plus5pp_end_conditional", clv_plus_five),
    ("ecommerce_claim_implied_churn", claim_implied_churn),
    ("profit_path_plus5pp", profit_path),
    ("sbg_fit", sbg_fit),
    ("sbg_fit_5pts", sbg_fit),
    ("sbg_del_derl", sbg_lifetimes),
    ("sbg_del_undiscounted", sbg_undiscounted),
    ("nps_point_value", nps_point),
    ("roq_share", roq_share),
];

#[test]
fn worked_examples() {
    let Some(all) = vectors() else { return };
    for (name, check) in FORMULAS {
        let mut found = 0;
        for vector in all.iter().filter(|v| v.name == name) {
            check(vector);
            vector.all_claimed();
            found += 1;
        }
        assert!(found > 0, "no example is called {name}");
    }
}

fn check_pair(v: &Vector, path: &str, interval: Option<Interval>) {
    let interval = interval.unwrap();
    let step = |i: &str| if path.is_empty() { i.to_owned() } else { format!("{path}.{i}") };
    v.check(&step("0"), interval.low.unwrap());
    v.check(&step("1"), interval.high.unwrap());
}

fn check_limits(v: &Vector, path: &str, (low, high): (f64, f64)) {
    check_pair(v, path, Some(Interval::closed(low, high, 0.95, cx_core::ground::estimate::Method::T)));
}

fn wilson(v: &Vector) {
    check_pair(v, "", shares::wilson(v.number("k"), v.number("n"), LEVEL));
    let request =
        Request::bare().option("k", &v.number("k").to_string()).option("n", &v.number("n").to_string());
    check_limits(v, "", limits(&call("proportion", &request).unwrap(), &["proportion"]));
}

fn groups(v: &Vector, prefix: &str) -> Groups {
    let count = |name: &str| v.number(&format!("{prefix}{name}"));
    Groups::new(count("P"), count("N"), count("D")).unwrap()
}

fn nps_request(v: &Vector, method: &str) -> Request<'static> {
    Request::bare()
        .option("promoters", &v.number("P").to_string())
        .option("passives", &v.number("N").to_string())
        .option("detractors", &v.number("D").to_string())
        .option("method", method)
}

/// Proves S020.
fn nps(v: &Vector) {
    let net = groups(v, "");
    v.check("nps", net.points());
    v.check("se", net.se());
    check_pair(v, "wald95", Some(nets::wald(&net, LEVEL)));
    check_pair(v, "score95", Some(nets::score(&net, LEVEL)));
    let added = Groups::new(net.up() + 0.75, net.middle() + 1.5, net.down() + 0.75).unwrap();
    v.check("adj_point", added.points());
    // The example leaves the limits of adjusted Wald where they fall; the product cuts them to the scale.
    let half = LEVEL.z() * added.se();
    v.check("adj95_unclamped.0", added.points() - half);
    v.check("adj95_unclamped.1", added.points() + half);
    let cut = nets::adjusted_wald(&net, LEVEL);
    assert!((cut.low.unwrap() - (added.points() - half).max(-100.0)).abs() < 1e-9);
    assert!((cut.high.unwrap() - (added.points() + half).min(100.0)).abs() < 1e-9);
    for (method, path) in [("wald", "wald95"), ("score", "score95")] {
        let result = call("nps", &nps_request(v, method)).unwrap();
        v.check("nps", value(&result, &["nps"]));
        v.check("se", value(&result, &["se"]));
        check_limits(v, path, limits(&result, &["nps"]));
    }
}

fn nps_score(v: &Vector) {
    check_pair(v, "", Some(nets::score(&groups(v, ""), LEVEL)));
    check_limits(v, "", limits(&call("nps", &nps_request(v, "score")).unwrap(), &["nps"]));
    // From totals over rows, as the studies hold them.
    let net = groups(v, "");
    let mut totals = Totals::new(3);
    for (terms, n) in [([ONE, 0, ONE], net.up()), ([0, 0, ONE], net.middle()), ([0, ONE, ONE], net.down())] {
        totals.add_times(&terms, 1, n as u64).unwrap();
    }
    check_pair(v, "", nets::estimate(&totals, LEVEL).unwrap().interval);
}

fn nps_difference(v: &Vector) {
    let (a, b) = (groups(v, "A."), groups(v, "B."));
    v.check("diff", a.points() - b.points());
    check_pair(v, "squared_arms95", nets::difference(&a, &b, LEVEL));
}

fn newcombe(v: &Vector) {
    let a = Counted { k: v.number("x1"), n: v.number("n1") };
    let b = Counted { k: v.number("x2"), n: v.number("n2") };
    check_pair(v, "", shares::newcombe(a, b, LEVEL));
    let request = Request::bare()
        .option("k2", &a.k.to_string())
        .option("n2", &a.n.to_string())
        .option("k1", &b.k.to_string())
        .option("n1", &b.n.to_string());
    check_limits(v, "", limits(&call("compare", &request).unwrap(), &["difference"]));
}

fn poisson(v: &Vector) {
    for (i, k) in v.numbers("k").into_iter().enumerate() {
        check_pair(v, &i.to_string(), Some(ratios::poisson_exact(k.unwrap() as u64, LEVEL)));
    }
}

fn ratio_clusters(v: &Vector) {
    let mut totals = Totals::new(2);
    for (a, b) in v.numbers("a").into_iter().zip(v.numbers("b")) {
        let (a, b) = (a.unwrap() as i128, b.unwrap() as i128);
        totals.add(&[a * ONE, b * ONE], b as u64).unwrap();
    }
    let sums = totals.ratio_sums(0, 1);
    let ratio = ratios::linearised(&sums, Unit::Ratio, LEVEL);
    v.check("ratio", ratio.value.unwrap());
    v.check("se", ratio.se.unwrap());
    check_pair(v, "t95_unclamped", ratio.interval);
    let share = shares::estimate(&sums, LEVEL);
    v.check("n_eff", share.size.effective.unwrap());
    check_pair(v, "share95", share.interval);
}

fn difference_overlap(v: &Vector) {
    let mut totals = Totals::new(4);
    for customer in ["A", "B", "C", "D", "E"] {
        let answer = |wave: &str| v.input[wave][customer].as_i64();
        let terms = |x: Option<i64>| x.map_or([0, 0], |x| [i128::from(x) * ONE, ONE]);
        let ([a1, b1], [a2, b2]) = (terms(answer("wave1")), terms(answer("wave2")));
        totals.add(&[a1, b1, a2, b2], 1).unwrap();
    }
    let change = changes::overlap(&totals, 1.0, Unit::ScalePoints, LEVEL).difference;
    v.check("diff", change.value.unwrap());
    v.check("se", change.se.unwrap());
    v.check("G", change.size.clusters as f64);
}

fn survival_no_event(v: &Vector) {
    let mut life = Life::default();
    life.add(0, 12 * ONE, None, v.number("n_t") as u64);
    let table = survival::Table::new(&life);
    check_pair(v, "", survival::estimate_at(&table, 6.0, LEVEL).interval);
}

fn kish(v: &Vector) {
    let weights: Vec<(f64, f64)> = v.input["weights"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(w, n)| (w.parse().unwrap(), n.as_f64().unwrap()))
        .collect();
    let sum = weights.iter().map(|(w, n)| w * n).sum();
    let squares = weights.iter().map(|(w, n)| w * w * n).sum();
    let rows = weights.iter().map(|(_, n)| n).sum::<f64>();
    v.check("neff", effective::kish(sum, squares).unwrap());
    v.check("deff", effective::design_effect(rows as u64, sum, squares).unwrap());
}

fn bh_holm(v: &Vector) {
    let p: Vec<f64> = v.numbers("p").into_iter().flatten().collect();
    v.check("bh", looks::benjamini_hochberg(&p).kept(v.number("q")).len() as f64);
    v.check("holm", looks::holm(&p).kept(v.number("q")).len() as f64);
}

fn raking(v: &Vector) {
    let cells = [("ym", 0, 0), ("yf", 0, 1), ("om", 1, 0), ("of", 1, 1)];
    let list: Vec<Cell> = cells
        .iter()
        .map(|(name, age, sex)| Cell {
            categories: vec![*age, *sex],
            weight: v.number(&format!("cells.{name}")),
        })
        .collect();
    let half = |x: f64| vec![x, 1.0 - x];
    let raked = rake(&list, &[half(v.number("row")), half(v.number("col"))], 1.0).unwrap();
    for (((name, _, _), cell), factor) in cells.iter().zip(&list).zip(raked.factors) {
        v.check(name, factor * cell.weight);
    }
}

fn mix(v: &Vector) {
    let weights = v.numbers("w0").into_iter().zip(v.numbers("w1"));
    let scores = v.numbers("s0").into_iter().zip(v.numbers("s1"));
    let segments: Vec<Segment> = weights
        .zip(scores)
        .map(|((w0, w1), score)| Segment { weight: (w0.unwrap(), w1.unwrap()), score })
        .collect();
    let split = split(&segments).unwrap();
    v.check("total0", split.before);
    v.check("total1", split.after);
    v.check("within", split.within);
    v.check("mix", split.mix);
}

fn r_indicator(v: &Vector) {
    let propensities: Vec<(f64, f64)> = v.input["propensities"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(p, n)| (p.parse().unwrap(), n.as_f64().unwrap()))
        .collect();
    let result = response::of_propensities(&propensities).unwrap();
    v.check("R", result.r);
    v.check("max_bias_factor", result.bias_factor);
}

fn tipping(v: &Vector) {
    v.check("", response::tipping_point(v.number("rr"), v.number("score"), v.number("target")).unwrap());
}

fn regression_to_mean(v: &Vector) {
    let sampling = v.number("resp_sd") / v.number("answers").sqrt();
    let bounce = unit_scores::bounce(v.number("true_sd"), sampling, v.number("selected_share")).unwrap();
    v.check("reliability", bounce.reliability);
    v.check("total_sd", bounce.total_sd);
    v.check("expected_bounce", bounce.expected);
}

fn bayes_average(v: &Vector) {
    let prior = Prior { weight: v.number("C"), mean: v.number("m0") };
    for i in ["0", "1"] {
        let (n, mean) = (v.number(&format!("cases.{i}.0")), v.number(&format!("cases.{i}.1")));
        v.check(i, bayes_mean(n as u64, mean, prior).unwrap());
    }
}

fn aim(v: &Vector) -> Aim {
    Aim::new(Level::from_alpha(v.number("alpha")).unwrap(), v.number("power")).unwrap()
}

fn power_shares(v: &Vector) {
    for i in ["0", "1", "2"] {
        let (p1, p2) = (v.number(&format!("pairs.{i}.0")), v.number(&format!("pairs.{i}.1")));
        v.check(i, power::share_size(p1, p2, aim(v)).unwrap());
        let request = Request::bare()
            .option("kind", "two-shares")
            .option("p1", &p1.to_string())
            .option("p2", &p2.to_string());
        v.check(i, value(&call("sample-size", &request).unwrap(), &["n_per_arm"]));
    }
}

fn power_nps(v: &Vector) {
    let (p, d) = (v.number("p"), v.number("d"));
    let expected = Groups::new(p, 1.0 - p - d, d).unwrap();
    v.check("", power::net_size(&expected, 100.0 * v.number("delta"), Aim::USUAL).unwrap());
    let request = Request::bare()
        .option("kind", "two-nps")
        .option("promoters", &p.to_string())
        .option("detractors", &d.to_string())
        .option("points", &(100.0 * v.number("delta")).to_string());
    v.check("", value(&call("sample-size", &request).unwrap(), &["n_per_arm"]));
}

/// Proves S026.
fn churn(v: &Vector) {
    let count = |name| v.number(name) as u64;
    let base =
        Base { start: count("S"), won: count("new"), lost: count("lost"), lost_of_start: count("lost_old") };
    assert_eq!(base.end(), count("E"));
    let churn = turnover::churn(base).unwrap();
    v.check("start_cohort", churn.start_cohort);
    v.check("all_over_start", churn.all_over_start);
    v.check("average", churn.average);
    v.check("end", churn.end);
    v.check("exposed", churn.exposed);
}

fn service_level(v: &Vector) {
    let count = |name| v.number(name) as u64;
    let contacts = Contacts {
        answered_in_time: count("answered_in_T"),
        answered_late: count("answered") - count("answered_in_T"),
        abandoned_short: count("aband_in_5s"),
        abandoned_in_time: count("aband_in_T"),
        abandoned_late: count("aband_after_T"),
    };
    for (i, variant) in Variant::ALL.into_iter().enumerate() {
        let (k, n) = contacts.counts(variant);
        v.check(&i.to_string(), k as f64 / n as f64);
    }
}

/// Proves S012 in part.
fn wallet(v: &Vector) {
    let brands = v.number("n") as u32;
    for rank in 1..=brands {
        let share = scales::wallet_allocation(f64::from(rank), brands).unwrap();
        v.check(&(rank - 1).to_string(), share);
    }
}

fn acsi_style(v: &Vector) {
    let answers: Vec<f64> = v.numbers("x").into_iter().flatten().collect();
    let weights: Vec<f64> = v.numbers("w").into_iter().flatten().collect();
    let part = |weight: &dyn Fn(usize) -> f64| {
        let parts: Vec<(f64, f64, f64, f64)> =
            answers.iter().enumerate().map(|(i, x)| (*x, 1.0, 10.0, weight(i))).collect();
        scales::index(&parts).unwrap()
    };
    v.check("equal", part(&|_| 1.0));
    v.check("weighted", part(&|i| weights[i]));
}

/// Proves S023 in part.
fn ease(v: &Vector) {
    for (name, worst, best) in [("ces1", 5.0, 1.0), ("ces2", 1.0, 7.0), ("ces10", 10.0, 1.0)] {
        v.check(name, scales::harmonise(v.number(name), worst, best).unwrap());
    }
}

fn compounding(v: &Vector) {
    v.check("annual_churn", turnover::compound(v.number("monthly_churn"), 12.0));
    v.check("monthly_rate", turnover::per_period(v.number("annual_rate"), 12.0));
}

fn annual_from_hazard(v: &Vector) {
    v.check("", turnover::from_hazard(v.number("monthly_hazard"), 12.0));
}

fn earned_growth(v: &Vector) {
    let earned = growth::earned_growth(v.number("NRR"), v.number("ENC"));
    v.check("egr", earned);
    v.check("ratio", growth::earned_growth_ratio(earned, v.number("total_growth")).unwrap());
}

/// Proves S027 in part.
fn retention_forms(v: &Vector) {
    let count = |name| v.number(name) as u64;
    v.check("retention_rate", turnover::retention(count("S"), count("E"), count("N")).unwrap());
    v.check("customer_count_ratio", turnover::count_ratio(count("S"), count("E")).unwrap());
}

fn e_values(v: &Vector) {
    for (i, rr) in v.numbers("rr").into_iter().flatten().enumerate() {
        v.check(&i.to_string(), linkage::e_value(rr).unwrap());
    }
}

fn robustness(v: &Vector) {
    v.check("", linkage::robustness_value(v.number("t"), v.number("df")).unwrap());
}

fn customer(v: &Vector, retention: f64) -> Constant {
    let margin = v.input["m"].as_f64().unwrap_or(100.0);
    Constant::new(margin, retention, v.number("i"), 0.0).unwrap()
}

fn clv_request(retention: f64, rate: f64) -> Request<'static> {
    Request::bare()
        .option("margin", "100")
        .option("retention", &retention.to_string())
        .option("rate", &rate.to_string())
}

fn clv_constant(v: &Vector) {
    let one = customer(v, v.number("r"));
    let by_command = call("clv", &clv_request(v.number("r"), v.number("i"))).unwrap();
    for convention in Convention::ALL {
        v.check(convention.name(), one.value(convention).unwrap());
        v.check(convention.name(), value(&by_command, &[convention.name(), "clv"]));
    }
}

/// The churn at which a fall of churn makes the lifetime value claimed, found from the value itself.
fn claim_implied_churn(v: &Vector) {
    let (less, more) = (1.0 + v.number("churn_rel"), 1.0 + v.number("clv_rel"));
    for convention in [Convention::EndConditional, Convention::EndCertain] {
        let worth = |churn: f64| customer(v, 1.0 - churn).value(convention).unwrap();
        let over = |churn: f64| worth(less * churn) / worth(churn) - more;
        v.check(convention.name(), bisect(over, 1e-6, 0.9, false));
    }
}

fn clv_elasticity(v: &Vector) {
    for (i, retention) in v.numbers("r").into_iter().enumerate() {
        let one = customer(v, retention.unwrap());
        let by_command = call("clv", &clv_request(retention.unwrap(), v.number("i"))).unwrap();
        for convention in Convention::ALL {
            let path = format!("{}.{i}", convention.name());
            v.check(&path, one.elasticity(convention).unwrap());
            v.check(&path, value(&by_command, &[convention.name(), "elasticity_to_retention"]));
        }
    }
}

fn clv_plus_five(v: &Vector) {
    for (i, retention) in v.numbers("r").into_iter().enumerate() {
        let one = customer(v, retention.unwrap());
        let better = one.with_more_retention(0.05);
        let of = |c: Constant| c.value(Convention::EndConditional).unwrap();
        v.check(&i.to_string(), of(better) / of(one) - 1.0);
        let by_command = call("clv", &clv_request(retention.unwrap(), v.number("i"))).unwrap();
        v.check(&i.to_string(), value(&by_command, &["end_conditional", "gain_of_5_points"]));
    }
}

fn profit_path(v: &Vector) {
    let (before, after) = (v.number("r0"), v.number("r1"));
    for (i, year) in v.numbers("years").into_iter().enumerate() {
        let gain = match year {
            Some(year) => path(before, after, year as u32),
            None => profit_path_end(before, after),
        };
        v.check(&i.to_string(), gain.unwrap());
    }
}

fn sbg_fit(v: &Vector) {
    let percent: Vec<f64> = v.numbers("survivors_pct").into_iter().flatten().collect();
    let scale = v.input["scale_per"].as_f64().unwrap_or(1000.0);
    let survivors: Vec<f64> = percent.iter().map(|p| p / 100.0 * scale).collect();
    let fitted = fit_sbg(&Renewals::of_survivors(&survivors).unwrap()).unwrap();
    let Fitted::Sbg { law, .. } = &fitted else { panic!("{fitted:?}") };
    let texts: Vec<[String; 2]> =
        (0..).zip(&percent).map(|(t, p): (u32, _)| [t.to_string(), p.to_string()]).collect();
    let rows: Vec<Vec<&str>> = texts.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let table = Table::from_rows(&["period", "percent_surviving"], &rows).unwrap();
    let request = Request::on(&table).option("customers", &scale.to_string());
    let by_command = call("sbg", &request).unwrap();
    v.check("alpha", law.a);
    v.check("alpha", value(&by_command, &["alpha"]));
    v.check("beta", law.b);
    v.check("beta", value(&by_command, &["beta"]));
    if v.expected["ll"].is_number() {
        v.check("ll", fitted.log_likelihood());
        v.check("ll", value(&by_command, &["log_likelihood"]));
        for (i, t) in (8..=12).enumerate() {
            let path = format!("proj_8_12.{i}");
            v.check(&path, 100.0 * law.survival(f64::from(t)));
            v.check(&path, 100.0 * value(&by_command, &["survival", &t.to_string()]));
        }
    }
}

fn sbg_lifetimes(v: &Vector) {
    let law = Sbg { a: v.number("alpha"), b: v.number("beta") };
    v.check("DEL", law.del(v.number("d")).unwrap());
    for (i, number) in v.numbers("n").into_iter().enumerate() {
        v.check(&format!("DERL.{i}"), law.derl(number.unwrap() as u32, v.number("d")).unwrap());
    }
}

fn sbg_undiscounted(v: &Vector) {
    let law = Sbg { a: v.number("alpha"), b: v.number("beta") };
    v.check("", law.del(v.number("d")).unwrap());
}

fn nps_point(v: &Vector) {
    let of = |band: &str| v.number(&format!("LV.{band}"));
    let values = ["detractor", "passive", "promoter"].map(of);
    for (name, preset) in [
        ("passive_to_promoter_1pp", Preset::PassiveToPromoter),
        ("detractor_to_passive_1pp", Preset::DetractorToPassive),
        ("detractor_to_promoter_half_pp", Preset::DetractorToPromoter),
    ] {
        v.check(name, preset.transition().moves(&values, &[], (1.0, &[])).unwrap().outcome);
    }
}

fn roq_share(v: &Vector) {
    let market = Market {
        share: v.number("MS0"),
        before: v.number("N0"),
        after: v.number("N1"),
        retention: v.number("r"),
        others_retention: v.number("r_comp"),
        leaving: v.number("delta"),
        of_switchers: v.number("A_switch"),
        of_new: v.number("A_new"),
    };
    v.check("", share_after(market).unwrap());
}
