//! Coverage of every interval method against the recorded figures, and laws of the p-values beside them.
//!
//! A quick run repeats a part of every case and must agree with
//! `docs/generated/coverage.md`; with `CX_FULL=1` the whole page is made anew
//! and must be the same.

use cx_core::ground::estimate::{Interval, Method};
use cx_core::infer::nets::{self, Groups};
use cx_core::infer::shares::{self, Counted};
use cx_core::infer::{Level, changes};
use cx_tests::coverage::{
    Document, Effort, FAMILIES, LEVEL, Line, PROCEDURES, REASONS, Random, SIZES, Tally, Trial, explain,
};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

fn recorded() -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/generated/coverage.md");
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    Document { text }
}

/// True where two counts can come from the same coverage: their exact binomial
/// intervals at 99.99 % meet.
fn agree(quick: &Tally, line: &Line) -> bool {
    let level = Level::new(0.9999).expect("a level");
    let limits = |k: u64, n: u64| {
        let interval = shares::clopper_pearson(k as f64, n as f64, level).expect("a sample");
        (interval.low.expect("closed"), interval.high.expect("closed"))
    };
    let (a, b) = (limits(quick.covered, quick.given), limits(line.covered, line.given));
    a.0 <= b.1 && b.0 <= a.1
}

/// Every case of the families whose place has this remainder: the test runner shares them out.
fn check(remainder: usize) {
    let document = recorded();
    let lines = document.lines();
    let mut faults = Vec::new();
    for family in FAMILIES.iter().skip(remainder).step_by(2) {
        let family = family();
        for case in &family.cases {
            for &n in case.sizes {
                let Some(line) = lines.iter().find(|line| line.is_of(family.title, case, n)) else {
                    faults.push(format!("{case:?} at {n} is not recorded"));
                    continue;
                };
                let tally = case.run(family.title, n, Effort::Quick.repeats(case.cost, n));
                if tally.given == 0 || !agree(&tally, line) {
                    faults.push(format!(
                        "{case:?} at {n}: {} of {} held, recorded {:.4}",
                        tally.covered,
                        tally.given,
                        line.coverage()
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "run the binary `coverage` if this was meant:\n{}", faults.join("\n"));
}

#[test]
fn coverage_is_as_recorded_in_one_half_of_the_families() {
    check(0);
}

#[test]
fn coverage_is_as_recorded_in_the_other_half() {
    check(1);
}

#[test]
fn figures_outside_the_band_are_explained_and_no_explanation_is_left_over() {
    let lines = recorded().lines();
    let cases: usize = FAMILIES.iter().flat_map(|f| f().cases).map(|case| case.sizes.len()).sum();
    assert_eq!(lines.len(), cases, "as many rows as cases and sizes");
    for line in &lines {
        let reason = explain(&line.method, &line.population, line.n);
        assert_eq!(
            line.is_inside(),
            reason.is_none(),
            "{} on {} at {}: {:.4}",
            line.method,
            line.population,
            line.n,
            line.coverage()
        );
        assert_eq!(line.reason, reason.map_or("", |r| r.letter), "{line:?}");
    }
    for reason in REASONS {
        assert_eq!(REASONS.iter().filter(|other| other.letter == reason.letter).count(), 1);
        assert!(!reason.rows.is_empty(), "{} explains nothing", reason.letter);
        for (method, population, sizes) in reason.rows {
            for n in *sizes {
                let used =
                    lines.iter().any(|l| l.method == *method && l.population == *population && l.n == *n);
                assert!(used, "{}: {method} on {population}: no such row at {n}", reason.letter);
            }
        }
    }
}

/// Every default method, on populations that it was made for, must be inside at n = 100 and 1000.
#[test]
fn defaults_of_plain_answers_hold_what_they_say() {
    let lines = recorded().lines();
    let wanted = [
        ("Wilson (default)", "any share, 0 to 1 alike"),
        ("score (default)", "any mix, all alike"),
        ("Newcombe (default)", "any two shares"),
        ("Greenwood log-log (default)", "exponential, S = 0.5"),
        ("overlap t (default)", "means of windows, 40 % in both"),
        ("Wilson on effective size (default)", "share 0.7, 1 to 4 answers a customer, ICC 0.3"),
        ("score on effective size (default)", "50/30/20, 1 to 4 answers a customer"),
    ];
    for (method, population) in wanted {
        let rows: Vec<&Line> =
            lines.iter().filter(|l| l.method == method && l.population == population && l.n >= 100).collect();
        assert_eq!(rows.len(), 2, "{method} on {population}");
        assert!(rows.iter().all(|l| l.is_inside()), "{rows:?}");
    }
}

/// Which methods make intervals in the cases, against the whole list of methods.
#[test]
fn every_method_is_simulated() {
    let mut seen = BTreeSet::new();
    for family in FAMILIES {
        let family = family();
        for case in &family.cases {
            // Ten customers and a hundred: some estimators change their method with the size.
            for n in [10, 100] {
                seen.extend(case.run(family.title, n, 20).made_by);
            }
        }
    }
    for method in [
        Method::Wilson,
        Method::WilsonEffective,
        Method::Wald,
        Method::LogWald,
        Method::ProfileLikelihood,
        Method::Draws,
        Method::AgrestiCoull,
        Method::Jeffreys,
        Method::ClopperPearson,
        Method::NetScore,
        Method::NetScoreEffective,
        Method::AdjustedWald,
        Method::Newcombe,
        Method::SquaredArms,
        Method::T,
        Method::Welch,
        Method::LinearisedT,
        Method::LinearisedLogT,
        Method::OverlapT,
        Method::PoissonExact,
        Method::StudentisedBootstrap,
        Method::PercentileBootstrap,
        Method::OrderStatistics,
        Method::GreenwoodLogLog,
        Method::BrookmeyerCrowley,
        Method::AalenJohansen,
        Method::Feldt,
        Method::FDistribution,
        Method::PosteriorT,
        Method::WorstCaseBounds,
        Method::Transformed,
        Method::ExactStrata,
        Method::DoublyRobust,
        Method::RobustBiasCorrected,
        Method::WildBootstrap,
        Method::RandomisationInference,
        Method::SimultaneousBands,
        Method::SerialT,
        Method::PlaceboSpread,
    ] {
        // A new method does not compile until it is placed here.
        let random = match method {
            Method::WorstCaseBounds | Method::Transformed => false,
            // Models are simulated in suites of their own, such as `simulation_retention`.
            Method::LogWald | Method::ProfileLikelihood | Method::Draws | Method::Predictive => false,
            // Held over whole companies beside the formulas and in the suite of the study.
            Method::ExactStrata | Method::DoublyRobust => false,
            // Effects are simulated beside their designs.
            Method::RobustBiasCorrected
            | Method::WildBootstrap
            | Method::RandomisationInference
            | Method::SimultaneousBands
            | Method::SerialT
            | Method::PlaceboSpread => false,
            Method::Wilson
            | Method::WilsonEffective
            | Method::Wald
            | Method::AgrestiCoull
            | Method::Jeffreys
            | Method::ClopperPearson
            | Method::NetScore
            | Method::NetScoreEffective
            | Method::AdjustedWald
            | Method::Newcombe
            | Method::SquaredArms
            | Method::T
            | Method::Welch
            | Method::LinearisedT
            | Method::LinearisedLogT
            | Method::OverlapT
            | Method::PoissonExact
            | Method::StudentisedBootstrap
            | Method::PercentileBootstrap
            | Method::OrderStatistics
            | Method::GreenwoodLogLog
            | Method::BrookmeyerCrowley
            | Method::AalenJohansen
            | Method::Feldt
            | Method::FDistribution
            | Method::PosteriorT => true,
        };
        assert_eq!(seen.contains(&format!("{method:?}")), random, "{method:?}");
    }
}

/// The comparison above notices a 90 % interval that says 95 %.
#[test]
fn intervals_at_the_wrong_level_are_noticed() {
    let lines = recorded().lines();
    let line = lines
        .iter()
        .find(|l| l.method == "score (default)" && l.population == "50/30/20" && l.n == 100)
        .expect("a row");
    let mut random = Random::named("wrong level");
    let mut tally = Tally::default();
    for _ in 0..1000 {
        let mut counts = [0.0; 3];
        for _ in 0..100 {
            counts[random.place(&[0.5, 0.3, 0.2])] += 1.0;
        }
        let groups = Groups::new(counts[0], counts[1], counts[2]).expect("counts");
        tally.add(Trial::Interval(30.0, Some(nets::score(&groups, Level::P90))));
    }
    assert!(!agree(&tally, line), "{tally:?} passes for {line:?}");
}

/// False discoveries stay at what the procedures promise.
#[test]
fn corrections_for_many_looks_keep_their_promises() {
    for case in PROCEDURES {
        for &m in SIZES {
            let outcome = case.run(m, Effort::Quick.repeats(cx_tests::coverage::Cost::Formula, m));
            // Four standard errors; three events where none or few were seen.
            let slack = (4.0 * outcome.se).max(3.0 / outcome.repeats as f64);
            assert!(outcome.wrong <= case.promise() + slack, "{case:?} of {m}: {outcome:?}");
            // Independent looks meet the level exactly: a procedure that keeps too little is noticed too.
            if case.correlation == 0.0 && case.procedure == "Benjamini-Hochberg" {
                assert!(outcome.wrong >= case.promise() - slack, "{case:?} of {m}: {outcome:?}");
            }
            if let Some(found) = outcome.found {
                assert!(found > 0.1, "{case:?} of {m} finds next to nothing: {outcome:?}");
            }
        }
    }
    assert_eq!(LEVEL, 0.05);
}

/// p < 0.05 exactly where the 95 % interval leaves the value out, and likewise at other levels.
#[test]
fn p_values_never_contradict_their_intervals() {
    let mut random = Random::named("p and interval");
    let levels = [Level::P90, Level::P95, Level::P99];
    let mut outside = 0;
    let mut check = |what: &str, null: f64, interval: &dyn Fn(Level) -> Option<Interval>| {
        let p = changes::p_by_inversion(interval, null).expect("an interval");
        for level in levels {
            let held = interval(level).expect("an interval").contains(null);
            // The inversion is exact to 10⁻¹² or so; nearer than that either answer is right.
            if (p - level.alpha()).abs() > 1e-9 {
                assert_eq!(p >= level.alpha(), held, "{what}: p = {p} at {}", level.value());
            }
            outside += u32::from(!held);
        }
    };
    for _ in 0..300 {
        let n = 10 + random.below(200);
        let (p, q) = (random.unit(), random.unit());
        let a = Counted { k: random.binomial(n, p) as f64, n: n as f64 };
        let b = Counted { k: random.binomial(n, q) as f64, n: n as f64 };
        check("Wilson", 0.5, &|level| shares::wilson(a.k, a.n, level));
        check("Clopper-Pearson", 0.5, &|level| shares::clopper_pearson(a.k, a.n, level));
        check("Newcombe", 0.0, &|level| shares::newcombe(a, b, level));
        let mut net = |up: f64| {
            let k = random.binomial(n, up) as f64;
            Groups::new(k, 0.6 * (n as f64 - k), 0.4 * (n as f64 - k)).expect("counts")
        };
        let (x, y) = (net(p), net(q));
        check("net score", 0.0, &|level| Some(nets::score(&x, level)));
        check("nets apart", 0.0, &|level| nets::difference(&x, &y, level));
    }
    assert!(outside > 300, "only {outside} intervals left the value out: nothing was tried");
}

/// Intervals grow with the level; without that no p-value could agree with them.
#[test]
fn intervals_are_nested() {
    let mut random = Random::named("nested");
    for _ in 0..200 {
        let n = 5 + random.below(100);
        let p = random.unit();
        let k = random.binomial(n, p) as f64;
        for method in
            [shares::wilson, shares::agresti_coull, shares::jeffreys, shares::clopper_pearson, shares::wald]
        {
            let ends = [Level::P90, Level::P95, Level::P99].map(|level| {
                let interval = method(k, n as f64, level).expect("a sample");
                (interval.low.expect("closed"), interval.high.expect("closed"))
            });
            assert!(ends.windows(2).all(|w| w[1].0 <= w[0].0 && w[1].1 >= w[0].1), "{k} of {n}: {ends:?}");
        }
    }
}

/// With `CX_FULL=1` the page is made anew and must be the recorded one.
#[test]
fn the_page_is_what_a_full_run_gives() {
    if std::env::var_os("CX_FULL").is_none() {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED the full coverage run (ten minutes): set CX_FULL=1; a quick one is compared instead"
        );
        return;
    }
    let made = Document::of_run(Effort::Full, |_, _| {});
    let _ = writeln!(std::io::stdout(), "{}", made.text);
    assert!(made.text == recorded().text, "write the page anew with the binary `coverage`");
}
