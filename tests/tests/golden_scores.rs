//! Scores against R, statsmodels, scipy and worked tables.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::calc::{Request, Table, call};
use cx_core::ground::estimate::Interval;
use cx_core::infer::means::{self, Summary, Weighted};
use cx_core::infer::nets::{self, Groups};
use cx_core::infer::power::{self, Aim};
use cx_core::infer::shares::{self, Counted};
use cx_core::infer::weights::{self, Cell, RakedRow, Stratum};
use cx_core::infer::{Level, effective};
use cx_tests::oracle::{Oracle, limits, value};

fn ends(interval: Option<Interval>) -> (f64, f64) {
    let interval = interval.unwrap();
    (interval.low.unwrap(), interval.high.unwrap())
}

fn check_pair(oracle: &Oracle, key: &str, (low, high): (f64, f64)) {
    oracle.check(&format!("{key}.lo"), low);
    oracle.check(&format!("{key}.hi"), high);
}

/// Numbers of a column in the rows of one wave.
fn column(table: &Table, wave: &str, name: &str) -> Vec<f64> {
    let waves = &table.column("wave").unwrap().cells;
    let cells = &table.column(name).unwrap().cells;
    waves.iter().zip(cells).filter(|(w, _)| *w == wave).map(|(_, x)| x.parse().unwrap()).collect()
}

fn side(x: f64) -> f64 {
    f64::from(u8::from(x >= 9.0)) - f64::from(u8::from(x <= 6.0))
}

fn groups(scores: &[f64]) -> Groups {
    let count = |wanted: f64| scores.iter().filter(|x| side(**x) == wanted).count() as f64;
    Groups::new(count(1.0), count(0.0), count(-1.0)).unwrap()
}

type ShareMethod = fn(f64, f64, Level) -> Option<Interval>;
const SHARES: [(&str, &str, ShareMethod); 5] = [
    ("wilson95", "wilson", shares::wilson),
    ("wald95", "wald", shares::wald),
    ("agresti_coull95", "agresti-coull", shares::agresti_coull),
    ("jeffreys95", "jeffreys", shares::jeffreys),
    ("clopper_pearson95", "clopper-pearson", shares::clopper_pearson),
];

#[test]
fn scores() {
    let Some(oracle) = Oracle::open("nps_csat_ces") else { return };
    scores_by_the_library(&oracle);
    scores_by_the_commands(&oracle);
    oracle.all_claimed();
}

/// The reference has nets on −1..1; figures of the product are points.
fn scores_by_the_library(oracle: &Oracle) {
    let table = oracle.table("input.csv");
    let mut nps = Vec::new();
    for wave in ["wave1", "wave2"] {
        let key = |name: &str| format!("{wave}.{name}");
        let pair = |name: &str, limits: (f64, f64)| check_pair(oracle, &key(name), limits);
        let percent = |(low, high): (f64, f64)| (low / 100.0, high / 100.0);
        let ltr = column(&table, wave, "ltr");
        let net = groups(&ltr);
        oracle.check(&key("n"), net.n());
        oracle.check(&key("promoters"), net.up());
        oracle.check(&key("passives"), net.middle());
        oracle.check(&key("detractors"), net.down());
        oracle.check(&key("nps"), net.points() / 100.0);
        oracle.check(&key("var"), net.variance());
        oracle.check(&key("se"), net.se() / 100.0);
        pair("wald95", percent(ends(Some(nets::wald(&net, Level::P95)))));
        oracle.check(&key("p_value_vs_0"), nets::z_test(&net, 0.0).unwrap());
        let sides: Vec<f64> = ltr.iter().map(|x| side(*x)).collect();
        let summary = Summary::of(&sides).unwrap();
        oracle.check(&key("se_n1"), summary.se().unwrap());
        pair("t95", percent(ends(nets::t(&net, Level::P95))));
        pair("t95", ends(means::t(&summary, Level::P95)));
        for (name, level) in [("adjwald90", Level::P90), ("adjwald95", Level::P95)] {
            let limits = percent(ends(Some(nets::adjusted_wald(&net, level))));
            oracle.check(&key(&format!("{name}.centre")), f64::midpoint(limits.0, limits.1));
            pair(name, limits);
        }
        for (score, name, enough) in [("csat5", "csat_top2", 4.0), ("ces7", "ces_top3", 5.0)] {
            let values = column(&table, wave, score);
            let k = values.iter().filter(|x| **x >= enough).count() as f64;
            let n = values.len() as f64;
            oracle.check(&key(&format!("{name}.count")), k);
            oracle.check(&key(&format!("{name}.share")), k / n);
            for (method, _, interval) in SHARES {
                pair(&format!("{name}.{method}"), ends(interval(k, n, Level::P95)));
            }
            let summary = Summary::of(&values).unwrap();
            oracle.check(&key(&format!("{score}.mean")), summary.mean);
            oracle.check(&key(&format!("{score}.sd")), summary.sd().unwrap());
            pair(&format!("{score}.t95"), ends(means::t(&summary, Level::P95)));
        }
        let weight = column(&table, wave, "weight");
        let weighted = |values: &[f64]| {
            let rows: Vec<(f64, f64)> = values.iter().copied().zip(weight.iter().copied()).collect();
            Weighted::of(&rows).unwrap()
        };
        let w = weighted(&sides);
        oracle.check(&key("weighted.nps"), w.mean);
        oracle.check(&key("weighted.var_ddof0"), w.variance);
        oracle.check(&key("weighted.sum_w"), w.sum);
        oracle.check(&key("weighted.kish_neff"), w.kish().unwrap());
        oracle.check(
            &key("weighted.kish_deff"),
            effective::design_effect(w.n, w.sum, w.sum_of_squares).unwrap(),
        );
        oracle.check(&key("weighted.nps_kish_se"), w.kish_se().unwrap());
        oracle.check(&key("weighted.csat_mean"), weighted(&column(&table, wave, "csat5")).mean);
        if wave == "wave1" {
            oracle.check(&key("weighted.linearized_mean"), w.mean);
            oracle.check(&key("weighted.linearized_se"), w.linearised_se().unwrap());
            let top: Vec<f64> =
                column(&table, wave, "csat5").iter().map(|x| f64::from(u8::from(*x >= 4.0))).collect();
            oracle.check(&key("weighted.csat_top2"), weighted(&top).mean);
            oracle.check(&key("weighted.csat_top2_linearized_se"), weighted(&top).linearised_se().unwrap());
        }
        nps.push((net, summary, ltr, column(&table, wave, "csat5")));
    }
    let [(net1, sides1, ltr1, csat1), (net2, sides2, ltr2, csat2)] = nps.as_slice() else {
        panic!("two waves")
    };
    let difference = (net2.points() - net1.points()) / 100.0;
    oracle.check("diff.nps", difference);
    oracle.check("diff.abs", difference.abs());
    let se = net1.se().hypot(net2.se()) / 100.0;
    oracle.check("diff.se", se);
    let half = Level::P95.z() * se;
    check_pair(oracle, "diff.abs_wald95", (difference.abs() - half, difference.abs() + half));
    oracle.check("diff.p_value", cx_core::infer::special::normal::tails(difference / se).two_sided());
    let welch = means::welch(sides2, sides1).unwrap();
    oracle.check("diff.welch_t", welch.statistic);
    oracle.check("diff.welch_p", welch.p);
    oracle.check("diff.welch_df", welch.df.unwrap());
    let top = |values: &[f64]| Counted {
        k: values.iter().filter(|x| **x >= 4.0).count() as f64,
        n: values.len() as f64,
    };
    let pooled = shares::pooled_z(top(csat2), top(csat1)).unwrap();
    oracle.check("diff.csat_top2.pooled_z", pooled.statistic);
    oracle.check("diff.csat_top2.pooled_p", pooled.p);
    check_pair(
        oracle,
        "diff.csat_top2.newcomb95",
        ends(shares::newcombe(top(csat2), top(csat1), Level::P95)),
    );
    check_pair(
        oracle,
        "diff.csat_top2.wald95",
        ends(shares::wald_difference(top(csat2), top(csat1), Level::P95)),
    );
    let ranks = means::mann_whitney(ltr2, ltr1).unwrap();
    oracle.check("diff.mannwhitney_U", ranks.u);
    oracle.check("diff.mannwhitney_p", ranks.p);
    let size = |p, h| power::share_precision(p, h, Level::P95).unwrap();
    oracle.check("samplesize.p50_half0.05", size(0.5, 0.05));
    oracle.check("samplesize.p50_half0.03", size(0.5, 0.03));
    oracle.check(
        "samplesize.nps_var0.68_half0.05",
        power::mean_precision(0.68_f64.sqrt(), 0.05, Level::P95).unwrap(),
    );
}

/// The same numbers through the commands, from the raw rows.
fn scores_by_the_commands(oracle: &Oracle) {
    let table = oracle.table("input.csv");
    // Without weights first: the column of that name is taken when it is there.
    let names = ["wave", "ltr", "csat5", "ces7"];
    let rows: Vec<Vec<String>> = (0..table.rows())
        .map(|i| names.iter().map(|name| table.column(name).unwrap().cells[i].clone()).collect())
        .collect();
    let plain = Table::new(names.iter().map(|n| (*n).to_owned()).collect(), rows).unwrap();

    let on = |table, score: &str| Request::on(table).column("score", score).by("wave");
    let nps = |method: &str, level: &str| {
        call("nps", &on(&plain, "ltr").option("method", method).option("level", level)).unwrap()
    };
    let weighted = call("nps", &on(&table, "ltr").option("method", "wald")).unwrap();
    let weighted_csat = call("csat", &on(&table, "csat5")).unwrap();
    for wave in ["wave1", "wave2"] {
        let key = |name: &str| format!("{wave}.{name}");
        let points = |method: &str, level: &str| {
            let (low, high) = limits(&nps(method, level), &[wave, "nps"]);
            (low / 100.0, high / 100.0)
        };
        let wald = nps("wald", "0.95");
        oracle.check(&key("n"), value(&wald, &[wave, "n"]));
        oracle.check(&key("promoters"), value(&wald, &[wave, "promoters"]));
        oracle.check(&key("passives"), value(&wald, &[wave, "passives"]));
        oracle.check(&key("detractors"), value(&wald, &[wave, "detractors"]));
        oracle.check(&key("nps"), value(&wald, &[wave, "nps"]) / 100.0);
        oracle.check(&key("se"), value(&wald, &[wave, "se"]) / 100.0);
        check_pair(oracle, &key("wald95"), points("wald", "0.95"));
        check_pair(oracle, &key("t95"), points("t", "0.95"));
        check_pair(oracle, &key("adjwald90"), points("adjusted-wald", "0.90"));
        check_pair(oracle, &key("adjwald95"), points("adjusted-wald", "0.95"));
        // The reference gives BCa limits too; both kinds come with a tolerance of 2.5 points
        // and are there for sanity only.
        check_pair(oracle, &key("boot95.pct"), points("bootstrap", "0.95"));
        check_pair(oracle, &key("boot95.bca"), points("bootstrap", "0.95"));
        for (method, word, _) in SHARES {
            for (name, formula, score, result) in
                [("csat_top2", "csat", "csat5", "csat"), ("ces_top3", "ces", "ces7", "easy")]
            {
                let request = on(&plain, score).option("method", word);
                let shares = call(formula, &request).unwrap();
                let count = format!("{result}_count");
                oracle.check(&key(&format!("{name}.count")), value(&shares, &[wave, &count]));
                oracle.check(&key(&format!("{name}.share")), value(&shares, &[wave, result]));
                check_pair(oracle, &key(&format!("{name}.{method}")), limits(&shares, &[wave, result]));
                oracle.check(&key(&format!("{score}.mean")), value(&shares, &[wave, "mean"]));
                oracle.check(&key(&format!("{score}.sd")), value(&shares, &[wave, "sd"]));
                check_pair(oracle, &key(&format!("{score}.t95")), limits(&shares, &[wave, "mean"]));
            }
        }
        let w = |name: &str| value(&weighted, &[wave, name]);
        oracle.check(&key("weighted.nps"), w("nps") / 100.0);
        oracle.check(&key("weighted.var_ddof0"), w("variance") / 1e4);
        oracle.check(&key("weighted.sum_w"), w("weight_sum"));
        oracle.check(&key("weighted.kish_neff"), w("kish_n"));
        oracle.check(&key("weighted.kish_deff"), w("design_effect"));
        oracle.check(&key("weighted.nps_kish_se"), w("se_kish") / 100.0);
        oracle.check(&key("weighted.csat_mean"), value(&weighted_csat, &[wave, "mean"]));
        if wave == "wave1" {
            oracle.check(&key("weighted.linearized_se"), w("se_linearised") / 100.0);
            oracle.check(&key("weighted.linearized_se"), w("se") / 100.0);
            oracle.check(&key("weighted.csat_top2"), value(&weighted_csat, &[wave, "csat"]));
            let se = value(&weighted_csat, &[wave, "se_linearised"]);
            oracle.check(&key("weighted.csat_top2_linearized_se"), se);
        }
    }
    let compare = |kind: &str, method: &str, score: &str| {
        let request = Request::on(&plain).column("value", score).column("group", "wave");
        call("compare", &request.option("kind", kind).option("method", method)).unwrap()
    };
    let wald = compare("nps", "wald", "ltr");
    oracle.check("diff.nps", value(&wald, &["difference"]) / 100.0);
    oracle.check("diff.se", value(&wald, &["se"]) / 100.0);
    oracle.check("diff.p_value", value(&wald, &["p"]));
    let (low, high) = limits(&wald, &["difference"]);
    check_pair(oracle, "diff.abs_wald95", (low / 100.0, high / 100.0));
    let ranks = compare("mean", "welch", "ltr");
    oracle.check("diff.mannwhitney_U", value(&ranks, &["mann_whitney_u"]));
    oracle.check("diff.mannwhitney_p", value(&ranks, &["mann_whitney_p"]));
    // Shares of satisfied answers from counts.
    let csat = call("csat", &on(&plain, "csat5")).unwrap();
    let count = |wave: &str, name: &str| value(&csat, &[wave, name]).to_string();
    for (method, key) in [("newcombe", "diff.csat_top2.newcomb95"), ("wald", "diff.csat_top2.wald95")] {
        let request = Request::bare()
            .option("k1", &count("wave1", "csat_count"))
            .option("n1", &count("wave1", "n"))
            .option("k2", &count("wave2", "csat_count"))
            .option("n2", &count("wave2", "n"))
            .option("method", method);
        let result = call("compare", &request).unwrap();
        check_pair(oracle, key, limits(&result, &["difference"]));
        oracle.check("diff.csat_top2.pooled_z", value(&result, &["pooled_z"]));
        oracle.check("diff.csat_top2.pooled_p", value(&result, &["pooled_p"]));
    }
}

#[test]
fn raking() {
    let Some(oracle) = Oracle::open("weighting_raking") else { return };
    let (input, targets) = (oracle.table("input.csv"), oracle.table("margins.csv"));
    let texts = |table: &Table, name: &str| table.column(name).unwrap().cells.clone();
    let numbers =
        |name: &str| -> Vec<f64> { texts(&input, name).iter().map(|x| x.parse().unwrap()).collect() };
    let variables = texts(&targets, "variable");
    let margin = |variable: &str| -> (Vec<String>, Vec<f64>) {
        let rows = variables.iter().enumerate().filter(|(_, v)| *v == variable);
        rows.map(|(i, _)| {
            (texts(&targets, "level")[i].clone(), texts(&targets, "share")[i].parse::<f64>().unwrap())
        })
        .unzip()
    };
    let margins = [margin("age"), margin("region")];
    let places: Vec<Vec<usize>> = (0..input.rows())
        .map(|i| {
            ["age", "region"]
                .iter()
                .zip(&margins)
                .map(|(name, (levels, _))| levels.iter().position(|l| *l == texts(&input, name)[i]).unwrap())
                .collect()
        })
        .collect();
    let shares: Vec<Vec<f64>> = margins.iter().map(|(_, shares)| shares.clone()).collect();
    let ltr = numbers("ltr");
    let n = ltr.len() as f64;
    for (name, base) in [("unit", vec![1.0; ltr.len()]), ("base", numbers("base_weight"))] {
        // Row by row: every row is its own cell.
        let cells: Vec<Cell> =
            places.iter().zip(&base).map(|(c, w)| Cell { categories: c.clone(), weight: *w }).collect();
        let raked = weights::rake(&cells, &shares, n).unwrap();
        let w: Vec<f64> = raked.factors.iter().zip(&base).map(|(f, b)| f * b).collect();
        let rows: Vec<RakedRow<'_>> = ltr
            .iter()
            .zip(&w)
            .zip(&places)
            .map(|((value, weight), categories)| RakedRow { value: *value, weight: *weight, categories })
            .collect();
        let mean = weights::raked_mean(&rows).unwrap();
        let key = |part: &str| format!("survey.{name}.{part}");
        oracle.check(&key("svy_mean"), mean.mean);
        oracle.check(&key("svy_se_raked"), mean.se.unwrap());
        oracle.check(&key("sumw2"), w.iter().map(|w| w * w).sum());
        oracle.check(&key("max"), w.iter().copied().fold(0.0, f64::max));
        oracle.check(&key("min"), w.iter().copied().fold(f64::INFINITY, f64::min));
        for id in 1..=5 {
            oracle.check(&key(&format!("weight.id{id}")), w[id - 1]);
        }
        if name == "unit" {
            for (categories, weight) in places.iter().zip(&w) {
                let cell = format!("weight.{}.{}", margins[0].0[categories[0]], margins[1].0[categories[1]]);
                oracle.check(&cell, *weight);
            }
            oracle.check("raked_mean", mean.mean);
            let sides: Vec<(f64, f64)> = ltr.iter().map(|x| side(*x)).zip(w.iter().copied()).collect();
            let net = Weighted::of(&sides).unwrap();
            oracle.check("raked_nps", net.mean);
            oracle.check("kish_neff", net.kish().unwrap());
            oracle.check("kish_deff", effective::design_effect(net.n, net.sum, net.sum_of_squares).unwrap());
            oracle.check("unweighted_nps", groups(&ltr).points() / 100.0);
        }
    }
    let mut strata = Vec::new();
    for (a, age) in margins[0].1.iter().enumerate() {
        for (r, region) in margins[1].1.iter().enumerate() {
            let inside: Vec<f64> =
                ltr.iter().zip(&places).filter(|(_, p)| p[..] == [a, r]).map(|(x, _)| *x).collect();
            let summary = Summary::of(&inside).unwrap();
            strata.push(Stratum {
                share: age * region,
                n: summary.n,
                mean: summary.mean,
                variance: summary.variance,
            });
        }
    }
    oracle.check("poststrat_joint_mean", weights::post_stratify(&strata).unwrap().mean);

    // Through the command.
    let request = Request::on(&input).second(&targets).column("value", "ltr").option("weights", "rows");
    for (name, request) in
        [("unit", request.clone()), ("base", request.clone().column("weight", "base_weight"))]
    {
        let result = call("rake", &request).unwrap();
        let key = |part: &str| format!("survey.{name}.{part}");
        oracle.check(&key("svy_mean"), value(&result, &["mean"]));
        oracle.check(&key("svy_se_raked"), value(&result, &["se"]));
        oracle.check(&key("sumw2"), value(&result, &["weight_squares"]));
        oracle.check(&key("max"), value(&result, &["weight_max"]));
        oracle.check(&key("min"), value(&result, &["weight_min"]));
        for id in 1..=5 {
            let row = (id + 1).to_string();
            oracle.check(&key(&format!("weight.id{id}")), value(&result, &["weights", &row]));
        }
        if name == "unit" {
            for cell in oracle.keys("weight.") {
                oracle.check(cell, value(&result, &["cells", cell.trim_start_matches("weight."), "factor"]));
            }
            oracle.check("raked_mean", value(&result, &["mean"]));
            oracle.check("kish_neff", value(&result, &["kish_n"]));
            oracle.check("kish_deff", value(&result, &["design_effect"]));
        }
    }
    let result = call("rake", &request.option("kind", "nps")).unwrap();
    oracle.check("raked_nps", value(&result, &["nps"]) / 100.0);
    oracle.check("unweighted_nps", value(&result, &["unweighted_nps"]) / 100.0);
    oracle.all_claimed();
}

#[test]
fn sample_sizes() {
    let Some(oracle) = Oracle::open("sample_size") else { return };
    let input = oracle.table("input.csv");
    let text = |name: &str, row: usize| input.column(name).unwrap().cells[row].clone();
    for row in 0..input.rows() {
        let (p_text, h_text) = (text("p", row), text("half_width", row));
        let (p, h): (f64, f64) = (p_text.parse().unwrap(), h_text.parse().unwrap());
        let n = power::share_precision(p, h, Level::P95).unwrap();
        let (one, finite) =
            (format!("n_prop.p{p_text}.h{h_text}"), format!("n_prop_fpc2000.p{p_text}.h{h_text}"));
        let arcsine = format!("n_two_prop_arcsine.p{p_text}.vs+{h_text}");
        let unpooled = format!("n_two_prop_unpooled.p{p_text}.vs+{h_text}");
        oracle.check(&one, n);
        oracle.check(&finite, power::finite_population(n, 2000.0).unwrap());
        oracle.check(&arcsine, power::share_size_arcsine(p, p + h, Aim::USUAL).unwrap());
        oracle.check(&unpooled, power::share_size_unpooled(p, p + h, Aim::USUAL).unwrap());

        let size = |request: Request<'_>, name: &str| value(&call("sample-size", &request).unwrap(), &[name]);
        let precision = Request::bare().option("p", &p_text).option("half-width", &h_text);
        oracle.check(&one, size(precision.clone(), "n"));
        oracle.check(&finite, size(precision.option("population", "2000"), "n"));
        let two = Request::bare()
            .option("kind", "two-shares")
            .option("p1", &p_text)
            .option("p2", &(p + h).to_string());
        oracle.check(&arcsine, size(two.clone().option("variance", "arcsine"), "n_per_arm"));
        oracle.check(&unpooled, size(two.option("variance", "unpooled"), "n_per_arm"));
    }
    for d in ["0.2", "0.5"] {
        let key = format!("n_ttest.d{d}");
        oracle.check(&key, power::mean_size(d.parse().unwrap(), Aim::USUAL).unwrap());
        let request = Request::bare().option("kind", "two-means").option("effect", d);
        oracle.check(&key, value(&call("sample-size", &request).unwrap(), &["n_per_arm"]));
    }
    for (p, d, h, points) in [("0.5", "0.2", "0.05", "5"), ("0.35", "0.25", "0.1", "10")] {
        let key = format!("n_nps.p{p}.d{d}.h{h}");
        let (up, down): (f64, f64) = (p.parse().unwrap(), d.parse().unwrap());
        let expected = Groups::new(up, 1.0 - up - down, down).unwrap();
        oracle.check(&key, power::net_precision(&expected, points.parse().unwrap(), Level::P95).unwrap());
        let request = Request::bare()
            .option("kind", "nps")
            .option("promoters", p)
            .option("detractors", d)
            .option("points", points);
        oracle.check(&key, value(&call("sample-size", &request).unwrap(), &["n"]));
    }
    oracle.all_claimed();
}
