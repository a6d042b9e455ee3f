//! The demo company through the whole engine: what was planted is found again.

use cx_core::analysis::{Company, Compare, Options, Project, Query, Scorecard, explain, scorecards};
use cx_core::findings::{Card, Verdict};
use cx_core::ground::estimate::Absent;
use cx_core::ground::period::Day;
use serde_json::Value as Json;
use std::sync::atomic::AtomicBool;

struct Demo {
    company: Company,
    truth: Json,
    cancel: AtomicBool,
}

fn demo() -> Demo {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("shop");
    cx_demo::write(cx_demo::Company::Ecommerce, &dir, 2026, cx_demo::Size::default()).expect("written");
    let cancel = AtomicBool::new(false);
    let company = Company::load(Project::open(&dir).expect("settings"), &options(&cancel)).expect("loaded");
    let text = std::fs::read_to_string(dir.join("truth.json")).expect("truth");
    Demo { company, truth: serde_json::from_str(&text).expect("JSON"), cancel }
}

fn options(cancel: &AtomicBool) -> Options<'_> {
    Options { threads: 2, ..Options::quiet(cancel) }
}

impl Demo {
    fn ask(&self, query: Query) -> Scorecard {
        scorecards(&self.company, &[query], &options(&self.cancel)).expect("figures").remove(0)
    }

    fn card(&self, key: &str) -> Card {
        self.ask(Query { metrics: vec![key.to_owned()], ..Query::default() }).cards.remove(0)
    }

    fn truth(&self, pointer: &str) -> f64 {
        self.truth.pointer(pointer).and_then(Json::as_f64).unwrap_or_else(|| panic!("no {pointer}"))
    }
}

#[track_caller]
fn is(card: &Card, wanted: f64) {
    let Some(got) = card.overall.estimate.value else {
        panic!("{}: {:?}", card.metric.key, card.overall.estimate.absent)
    };
    assert!((got - wanted).abs() < 1e-9 * wanted.abs().max(1.0), "{}: {got}, not {wanted}", card.metric.key);
}

/// Proves S059 in part.
/// Proves S090 in part.
/// Proves S093 in part.
/// Proves S096 in part.
#[test]
fn figures_are_those_planted() {
    let demo = demo();
    let t = |pointer: &str| demo.truth(pointer);
    let net = |place: &str| {
        let n = |band: &str| t(&format!("{place}/{band}"));
        100.0 * (n("promoters") - n("detractors")) / (n("promoters") + n("passives") + n("detractors"))
    };
    // Relationship and transactional surveys are never pooled.
    is(&demo.card("rnps"), net("/survey/nps_by_survey/Relationship"));
    is(&demo.card("nps"), net("/survey/nps_by_survey/Relationship"));
    is(&demo.card("tnps"), net("/survey/nps_by_survey/Post-purchase"));
    let year = "/club/years/2025-11..2026-10";
    is(&demo.card("grr"), t(&format!("{year}/fees_kept_cents")) / t(&format!("{year}/fees_at_start_cents")));
    is(
        &demo.card("nrr"),
        t(&format!("{year}/fees_at_end_cents")) / t(&format!("{year}/fees_at_start_cents")),
    );
    is(&demo.card("enps"), net("/staff"));
    let marked = |kind: &str| {
        t(&format!("/sessions/succeeded_by_kind/{kind}")) / t(&format!("/sessions/by_kind/{kind}"))
    };
    is(&demo.card("conversion_rate:marked"), marked("session"));
    is(&demo.card("cart_abandonment_rate:recorded"), 1.0 - marked("cart"));
    is(&demo.card("bounce_rate"), t("/sessions/bounced") / t("/sessions/by_kind/session"));
}

#[test]
fn the_mix_of_channels_moves_the_score() {
    let demo = demo();
    let day = |s: &str| s.parse::<Day>().expect("a day");
    let scorecard = demo.ask(Query {
        metrics: vec!["nps".to_owned()],
        by: vec!["channel".to_owned()],
        from: Some(day("2025-11-01")),
        to: Some(day("2026-10-31")),
        filter: Some("survey_kind in ('relationship', 'transactional')".to_owned()),
        compare: Compare::Previous,
        ..Query::default()
    });
    let card = &scorecard.cards[0];
    let change = card.changes.iter().find(|c| c.slice.is_all()).expect("a change");
    let near = |got: f64, pointer: &str| {
        let wanted = demo.truth(pointer);
        assert!((got - wanted).abs() < 1e-6, "{pointer}: {got}, not {wanted}");
    };
    near(change.difference.value.expect("a difference"), "/mix_shift/change");
    assert!(change.significant && change.in_both.is_some_and(|n| n > 0), "{change:?}");
    near(change.splits[0].within, "/mix_shift/within");
    near(change.splits[0].mix, "/mix_shift/mix");
}

#[test]
fn small_groups_hide_and_hide_another() {
    let demo = demo();
    let scorecard =
        demo.ask(Query { metrics: vec!["nps".to_owned()], by: vec!["tier".to_owned()], ..Query::default() });
    let hidden = |tier: &str| {
        let level = scorecard.cards[0].levels.iter().find(|l| l.slice.get("tier") == Some(tier));
        level.unwrap_or_else(|| panic!("no {tier}")).estimate.absent.clone()
    };
    assert_eq!(hidden("founder"), Some(Absent::Suppressed { complementary: false }));
    let others = ["gold", "silver", "standard", "(none)"].map(hidden);
    let second = others.iter().filter(|a| **a == Some(Absent::Suppressed { complementary: true })).count();
    assert_eq!(second, 1, "{others:?}");
}

/// Proves S056 in part.
#[test]
fn targets_are_judged_by_their_interval() {
    let demo = demo();
    let verdict = |key: &str| demo.card(key).target.expect("a target").verdict;
    for (key, said) in demo.truth["targets"].as_object().expect("targets") {
        let wanted = match said.as_str() {
            Some("met") => Verdict::Meets,
            Some("missed") => Verdict::Misses,
            _ => Verdict::CannotBeTold,
        };
        assert_eq!(verdict(key), wanted, "{key}");
    }
}

/// A group against the rest is the figure of the group less that of everybody
/// else, whoever stands on both sides.
#[test]
fn the_rest_is_everybody_else() {
    let demo = demo();
    let ask = |by: &[&str], filter: Option<&str>| {
        let query = Query {
            metrics: ["rnps", "csat_t2b", "aov"].map(str::to_owned).to_vec(),
            by: by.iter().map(|b| (*b).to_owned()).collect(),
            filter: filter.map(str::to_owned),
            ..Query::default()
        };
        demo.ask(query).cards
    };
    let (groups, others) =
        (ask(&["channel"], None), ask(&[], Some("channel is missing or channel != 'app'")));
    for (card, rest) in groups.iter().zip(&others) {
        let app = card.levels.iter().find(|l| l.slice.get("channel") == Some("app")).expect("the app");
        let shown = app.against_rest.as_ref().expect("a comparison").difference.value.expect("a difference");
        let wanted = app.estimate.value.expect("a figure") - rest.overall.estimate.value.expect("a figure");
        assert!((shown - wanted).abs() < 1e-9, "{}: {shown}, not {wanted}", card.metric.key);
    }
}

/// An id printed by a query over some window names that figure wherever it is asked for.
#[test]
fn ids_lead_back_to_the_figure_they_were_printed_with() {
    let demo = demo();
    let scorecard = demo.ask(Query {
        metrics: ["nps", "churn_rate_start", "sla_compliance"].map(str::to_owned).to_vec(),
        by: vec!["channel".to_owned()],
        from: Some("2025-11-01".parse().expect("a day")),
        to: Some("2026-10-31".parse().expect("a day")),
        compare: Compare::Previous,
        ..Query::default()
    });
    let mut asked = 0;
    for card in &scorecard.cards {
        for level in std::iter::once(&card.overall).chain(card.levels.iter().take(1)) {
            let told = explain(&demo.company, &level.id, &options(&demo.cancel)).expect("an explanation");
            let again = told.level.unwrap_or_else(|| panic!("{} is no level", level.id));
            assert_eq!((&again.id, again.estimate.value), (&level.id, level.estimate.value));
            asked += 1;
        }
        for change in card.changes.iter().take(1) {
            let told = explain(&demo.company, &change.id, &options(&demo.cancel)).expect("an explanation");
            let again = told.change.unwrap_or_else(|| panic!("{} is no change", change.id));
            assert_eq!(again.difference.value, change.difference.value, "{}", change.id);
            asked += 1;
        }
    }
    assert!(asked >= 7, "{asked}");
    // Without a window the id goes without one.
    assert_eq!(demo.card("nps").overall.id, "nps");
}
