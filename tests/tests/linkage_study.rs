//! A company whose truth is planted: what goes with a score, before and after adjustment.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::analysis::{Company, LagQuestion, Options, Project, audit, lags, linkage};
use cx_core::findings::{AddedFound, AddsWord, Counted, LinkageReport, OutcomeLinkage, Said, ScoreAudited};
use cx_core::ground::estimate::Refused;
use cx_core::ground::period::Grain;
use cx_core::infer::Level;
use cx_core::reduce::engines::columnar::Columnar;
use cx_core::reduce::{Engine, Run};
use cx_core::stats::{cluster_hash, world_bits};
use cx_core::studies::linkage::{Question, Score, Setting, Terms, run};
use cx_tests::reference::RowByRow;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

const SETTINGS: &str = "format = 1\n\
    [project]\nname = \"Planted\"\ntime_zone = \"UTC\"\ncurrency = \"EUR\"\ncovered = [2024-01-01, 2025-12-31]\n\
    [value]\nmargin = 0.4\n\
    [questions]\nrecommend = \"0-10\"\n\
    [[source]]\nname = \"customers\"\nfiles = [\"customers.csv\"]\n\
    [source.customers]\ncustomer_id = \"id\"\nacquired_at = \"from\"\nclosed_at = \"to\"\n\
    [[source]]\nname = \"orders\"\nfiles = [\"orders.csv\"]\n\
    [source.transactions]\ncustomer_id = \"id\"\noccurred_at = \"day\"\namount = \"amount\"\n\
    [[source]]\nname = \"survey\"\nfiles = [\"answers.csv\"]\n\
    [source.responses]\nresponse_id = \"answer\"\ncustomer_id = \"id\"\nanswered_at = \"day\"\n\
    question = { value = \"recommend\" }\nvalue = \"score\"\n";

/// An even number in 0..1 by name and place.
fn even(seed: u64, what: &str, i: u64) -> f64 {
    let hash = cluster_hash(cluster_hash(seed, what.as_bytes()), &i.to_le_bytes());
    ((world_bits(hash, 0) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

/// Days since 2022-01-01 as a date.
fn date(day: i64) -> String {
    // 2022-01-01 is day 18,993 since 1970.
    cx_core::ground::period::Day(18_993 + i32::try_from(day).unwrap()).to_string()
}

/// Writes a company of `n` customers. Busy ones score higher, answer more often and stay more;
/// beyond that, a band is worth `effect` in the share that stays.
fn write(dir: &Path, n: u64, seed: u64, effect: f64) {
    let mut customers = "id;from;to\n".to_owned();
    let mut orders = "id;day;amount\n".to_owned();
    let mut answers = "answer;id;day;score\n".to_owned();
    // The records run from day 730 to day 1460.
    for i in 0..n {
        let busy = (3.0 * even(seed, "busy", i)) as i64;
        let joined = (700.0 * even(seed, "joined", i)) as i64;
        let asked = 930 + (300.0 * even(seed, "asked", i)) as i64;
        let base = 4.6 + 1.5 * busy as f64;
        let noise = 5.0 * (even(seed, "a", i) + even(seed, "b", i) + even(seed, "c", i) - 1.5);
        let score = (base + noise).round().clamp(0.0, 10.0);
        let band = if score >= 9.0 {
            1.0
        } else if score >= 7.0 {
            0.0
        } else {
            -1.0
        };
        let answered = even(seed, "answers", i) < 0.3 + 0.2 * busy as f64;
        let stays = 0.45 + 0.2 * busy as f64 + effect * band;
        let leaves =
            (even(seed, "stays", i) >= stays).then(|| asked + 10 + (160.0 * even(seed, "left", i)) as i64);
        let id = format!("C{i:05}");
        let to = leaves.map(date).unwrap_or_default();
        let _ = writeln!(customers, "{id};{};{to}", date(joined));
        if answered {
            let _ = writeln!(answers, "A{i};{id};{};{score}", date(asked));
        }
        // Orders every so many days until the end or the customer's.
        let gap = [75, 30, 14][busy as usize];
        let mut day = 735 + (gap as f64 * even(seed, "first", i)) as i64;
        let mut k = 0;
        while day < leaves.unwrap_or(1455).min(1455) {
            let amount = 20.0 + 10.0 * even(seed, "amount", i * 1000 + k);
            let _ = writeln!(orders, "{id};{};{amount:.2}", date(day));
            day += gap;
            k += 1;
        }
    }
    fs::write(dir.join("cx.toml"), SETTINGS).unwrap();
    fs::write(dir.join("customers.csv"), customers).unwrap();
    fs::write(dir.join("orders.csv"), orders).unwrap();
    fs::write(dir.join("answers.csv"), answers).unwrap();
}

fn report(n: u64, seed: u64, effect: f64) -> LinkageReport {
    found(n, seed, effect).unwrap()
}

/// The report, or why there is none.
fn found(n: u64, seed: u64, effect: f64) -> Result<LinkageReport, Refused> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), n, seed, effect);
    let cancel = AtomicBool::new(false);
    let options = Options { threads: 2, ..Options::quiet(&cancel) };
    let company = Company::load(Project::open(folder.path()).unwrap(), &options).unwrap();
    let question = Question { worlds: 200, ..Question::default() };
    let found = linkage(&company, &question, &options).unwrap();
    found.report.ok_or_else(|| found.refused.unwrap())
}

fn outcome<'a>(report: &'a LinkageReport, id: &str) -> &'a OutcomeLinkage {
    report.outcomes.iter().find(|o| o.id == id).unwrap()
}

/// The lifetime value of a customer if the whole base were in a band, as planted: five years in
/// windows of 180 days at 10 % a year and a margin of 0.4.
fn planted_value(effect: f64, band: f64) -> f64 {
    let mean = |of: &dyn Fn(f64) -> f64| (0..3).map(|busy| of(f64::from(busy))).sum::<f64>() / 3.0;
    let stays = |busy: f64| 0.45 + 0.2 * busy + effect * band;
    // Orders of 25 on average every so many days: of 180 days who stays, of 83 who leaves.
    let gap = |busy: f64| [75.0, 30.0, 14.0][busy as usize];
    let spend = |busy: f64| 25.0 / gap(busy) * (180.0 * stays(busy) + 83.0 * (1.0 - stays(busy)));
    let (kept, margin) = (mean(&stays), 0.4 * mean(&spend));
    let discount = 1.1_f64.powf(-180.0 / 365.25);
    (0..10).map(|t| margin * kept.powi(t) * discount.powf(f64::from(t) + 0.5)).sum()
}

/// Promoters differ only because they were better customers before they were asked: the raw gap is
/// large, the adjusted one holds the planted zero, and one sentence says so.
#[test]
fn better_customers_are_found_out() {
    // Seed 1 is not taken: its luck looks like an effect at 2.4 standard errors even within the true
    // kinds of customers. How often that may happen is the matter of the coverage test below.
    let report = report(4000, 18, 0.0);
    assert_eq!((report.window_days, report.look_back_days), (180, 180));
    assert!(report.population.silent > 1000, "{:?}", report.population);
    let kept = outcome(&report, "kept");
    let contrast = kept.contrasts.last().unwrap();
    let raw = contrast.raw.interval.unwrap();
    // Promoters come 5, 24 and 71 % from the three kinds of customers, detractors 31, 37 and 32 %:
    // 78 and 65 % of them stay without any effect.
    assert!(raw.low.unwrap() > 0.05 && raw.contains(0.129), "{raw:?}");
    assert!(contrast.adjusted.interval.unwrap().contains(0.0), "{:?}", contrast.adjusted);
    assert!(contrast.strata.interval.unwrap().contains(0.0), "{:?}", contrast.strata);
    assert_eq!(contrast.sentence.said, Said::Vanishes);
    let words = contrast.sentence.words(|x| format!("{:.0} points", 100.0 * x));
    assert!(
        words.contains("as the answers have it; after adjustment nothing of it can be told from zero"),
        "{words}"
    );
    let fact = report.facts.iter().find(|f| f.id == "linkage/kept/promoter-detractor/adjusted").unwrap();
    assert_eq!(fact.estimate, contrast.adjusted);
    assert_eq!(fact.grade.unwrap().letter(), "A");
    // What a band is worth goes the same way: a gap as answered, none that is told from zero after.
    let worth = outcome(&report, "lifetime_value");
    let gap = worth.contrasts.last().unwrap();
    assert!(gap.raw.interval.unwrap().low.unwrap() > 0.0, "{:?}", gap.raw);
    assert!(gap.adjusted.interval.unwrap().contains(0.0), "{:?}", gap.adjusted);
    assert!(gap.strata.interval.unwrap().contains(0.0), "{:?}", gap.strata);
    assert_eq!(gap.sentence.said, Said::Vanishes);
    let parts: f64 = gap.parts.iter().filter_map(|part| part.estimate.value).sum();
    assert!((parts - gap.adjusted.value.unwrap()).abs() < 1e-9 && gap.parts.len() == 2);
    let horizon = worth.horizon.as_ref().unwrap();
    assert_eq!((horizon.windows, horizon.counted, horizon.service), (10, Counted::Share(0.4), false));
    // A point of NPS has a worth for each path; the value without one stays refused.
    assert_eq!(report.points.len(), 3);
    assert!(report.points.iter().all(|point| point.worth.interval.unwrap().contains(0.0)));
    assert!(report.refused.iter().any(|why| why.rule == "value of a point without a path"));
    // Spend in margin is there because a margin is set.
    assert!(report.facts.iter().any(|f| f.id == "linkage/margin/promoter-detractor/adjusted" && f.given()));
}

/// The same company where a band is worth ten points of staying: the effect is recovered.
#[test]
fn a_real_effect_is_recovered() {
    let report = report(4000, 2, 0.1);
    let contrast = outcome(&report, "kept").contrasts.last().unwrap();
    let adjusted = contrast.adjusted.interval.unwrap();
    assert!(adjusted.contains(0.2), "{adjusted:?}");
    assert_eq!(contrast.sentence.said, Said::Remains);
    assert!(contrast.raw.value.unwrap() > contrast.adjusted.value.unwrap());
    let gap = outcome(&report, "lifetime_value").contrasts.last().unwrap();
    let truth = planted_value(0.1, 1.0) - planted_value(0.1, -1.0);
    assert!(gap.adjusted.interval.unwrap().contains(truth), "{truth}: {:?}", gap.adjusted);
    // The share of the gap that moving customers would bring is smaller, and less sure.
    assert!(gap.causal.value.unwrap() < gap.adjusted.value.unwrap());
    // All of it comes from staying: who stays also spends for longer.
    let part = |id: &str| gap.parts.iter().find(|part| part.id == id).unwrap().estimate.value.unwrap();
    assert!(part("retention") > part("spend") && part("spend") > 0.0);
}

/// Over many companies the adjusted interval holds the planted difference as often as it says.
#[test]
fn coverage_of_the_whole_study() {
    let repeats: u64 = std::env::var("CX_LINKAGE_REPEATS").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    for effect in [0.0, 0.1] {
        // In few companies hardly any of the worst kind of customer is a promoter: those are refused.
        let all = (0..repeats).map(|i| found(1500, 100 + i, effect));
        let (given, refused): (Vec<_>, Vec<_>) = all.partition(Result::is_ok);
        let reports: Vec<LinkageReport> = given.into_iter().map(Result::unwrap).collect();
        assert!(refused.iter().all(|why| why.as_ref().unwrap_err().rule == "common support"));
        assert!(10 * refused.len() as u64 <= 2 * repeats, "{} of {repeats} refused", refused.len());
        let given = reports.len() as u64;
        let worth = planted_value(effect, 1.0) - planted_value(effect, -1.0);
        for (id, truth) in [("kept", 2.0 * effect), ("lifetime_value", worth)] {
            let holds = |report: &&LinkageReport| {
                let contrast = outcome(report, id).contrasts.last().unwrap();
                contrast.adjusted.interval.unwrap().contains(truth)
            };
            let held = reports.iter().filter(holds).count() as u64;
            let _ = writeln!(std::io::stdout(), "{id}, effect {effect}: {held} of {given}");
            let tails = cx_core::infer::special::binomial::tails(held, given, 0.95);
            assert!(tails.below > 0.001, "{id}, effect {effect}: {held} of {given}");
        }
    }
}

/// Order values that have nothing to do with the score of their week or of those before: the effect in
/// the long run holds 0, and a table too short for the question is refused.
#[test]
fn what_takes_time_is_asked_by_period() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 3000, 6, 0.0);
    let cancel = AtomicBool::new(false);
    let options = Options::quiet(&cancel);
    let company = Company::load(Project::open(folder.path()).unwrap(), &options).unwrap();
    let question =
        |every| LagQuestion { score: Score::Nps, outcome: "aov".to_owned(), by: Vec::new(), every };
    let found = lags(&company, &question(Grain::Week), &options).unwrap();
    let report = found.report.unwrap();
    assert!(report.periods >= 40 && report.units == 1, "{} weeks", report.periods);
    assert_eq!(report.effects.len() as u64, report.effects.last().unwrap().lag + 1);
    let sum: f64 = report.effects.iter().filter_map(|e| e.effect.value).sum();
    assert!((sum - report.long_run.value.unwrap()).abs() < 1e-9);
    assert!(report.long_run.interval.unwrap().contains(0.0), "{:?}", report.long_run);
    let months = lags(&company, &question(Grain::Month), &options).unwrap();
    assert_eq!(months.refused.unwrap().rule, "short panel");
}

/// The engine that goes row by row gives the same report.
#[test]
fn both_engines_agree() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 400, 3, 0.05);
    let cancel = AtomicBool::new(false);
    let options = Options::quiet(&cancel);
    let company = Company::load(Project::open(folder.path()).unwrap(), &options).unwrap();
    let (first, last) = company.covered.unwrap();
    let setting = Setting {
        data: &company.loaded.data,
        covered: (first, last.plus(1)),
        level: Level::P95,
        seed: 1,
        terms: Terms { margin: None, rate: 0.1, years: 5.0 },
    };
    let machine = Run { threads: 1, memory: 1 << 28, cancel: &cancel };
    let question = Question { worlds: 50, ..Question::default() };
    let report = |engine: &dyn Engine| run(&setting, &question, engine, &machine).unwrap();
    assert_eq!(report(&Columnar), report(&RowByRow));
}

/// Short records and missing tables are refused by name, with what would lift it.
#[test]
fn what_cannot_be_said_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 100, 4, 0.0);
    let settings = SETTINGS.replace("2024-01-01, 2025-12-31", "2025-06-01, 2025-12-31");
    fs::write(folder.path().join("cx.toml"), settings).unwrap();
    let cancel = AtomicBool::new(false);
    let options = Options::quiet(&cancel);
    let ask = |question: &Question| {
        let company = Company::load(Project::open(folder.path()).unwrap(), &options).unwrap();
        linkage(&company, question, &options).unwrap().refused.unwrap()
    };
    assert_eq!(ask(&Question { window: Some(180), ..Question::default() }).rule, "records too short");
    let other = Question { outcomes: vec!["happiness".to_owned()], ..Question::default() };
    assert!(ask(&other).lift.contains("kept"));
    let csat = Question { score: Score::Csat, ..Question::default() };
    assert_eq!(ask(&csat).rule, "answers");
}

/// What the audit says of the one score.
fn audited(n: u64, seed: u64, effect: f64) -> (ScoreAudited, AddedFound) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), n, seed, effect);
    let cancel = AtomicBool::new(false);
    let options = Options { threads: 2, ..Options::quiet(&cancel) };
    let company = Company::load(Project::open(folder.path()).unwrap(), &options).unwrap();
    let found = audit(&company, &options).unwrap();
    let score = found.scores.into_iter().next().unwrap();
    let added = score.added.clone().unwrap();
    (score, added)
}

/// A score that only mirrors how busy a customer is tells nothing that purchases do not; one that
/// moves the share that stays by 15 points a band does.
#[test]
fn a_score_earns_its_place_only_where_it_adds_to_behaviour() {
    let (score, nothing) = audited(4000, 18, 0.0);
    assert_eq!((score.score.as_str(), nothing.window_days), ("nps", 180));
    assert_eq!(nothing.verdict, AddsWord::Nothing, "{nothing:?}");
    assert!(nothing.known.iter().any(|name| name == "orders"), "{nothing:?}");
    // Nobody was asked twice.
    assert_eq!(score.times_answered.as_ref().and_then(|times| times.value), Some(1.0), "{score:?}");
    let (_, adds) = audited(4000, 18, 0.15);
    assert_eq!(adds.verdict, AddsWord::Adds, "{adds:?}");
    assert!(adds.gain.interval.unwrap().low.unwrap() > 0.0 && adds.areas.1 > adds.areas.0, "{adds:?}");
}
