//! `cx verify --recover`: a known effect planted in the company's own records, and whether it is found.

use super::NO;
use crate::args::VerifyArgs;
use crate::output::{
    Align, Answer, Cell, Csv, Grid, Page, Tone, count, difference, figure, interval, share, spread, to_json,
    unit_id, why_absent,
};
use crate::session::Session;
use cx_core::analysis::{Error, recovery};
use cx_core::findings::{Recovered, RecoveryReport, Tried};
use cx_core::ground::estimate::{Absent, Estimate};
use cx_core::ground::unit::Unit;
use cx_core::studies::recover::Question;

/// Plants, looks and counts.
pub(super) fn run(args: &VerifyArgs, session: &Session) -> Result<Answer, Error> {
    let question =
        Question { from: args.from, share: args.share, effect: args.effect, repeats: args.repeats };
    let (name, found) = session.with_options(false, |options| {
        let company = session.load(options)?;
        let found = recovery(&company, &question, options)?;
        Ok((company.project.settings.name.clone(), found))
    })?;
    let answer = Answer::new(session, || to_json(&found), || page(&name, &found), || csv(&found));
    // A refusal is an answer; only a test that was made can fail.
    Ok(answer.with_code(if found.recovered.as_ref().is_ok_and(|test| !test.holds) { NO } else { 0 }))
}

fn page(name: &str, found: &RecoveryReport) -> Page {
    let title = [if name.is_empty() { "Recovery test" } else { name }, &format!("as of {}", found.as_of)];
    let mut page = Page::titled(title.join(" · "));
    let test = match &found.recovered {
        Ok(test) => test,
        Err(Absent::Refused(why)) => {
            page.line(Cell::new(format!("No test, {}: {}.", why.rule, why.reason), Tone::Warn));
            page.line(Cell::new(format!("It would take: {}.", why.lift), Tone::Dim));
            return page;
        }
        Err(absent) => {
            page.line(Cell::new(format!("No test: {}.", why_absent(absent)), Tone::Warn));
            return page;
        }
    };
    let currency = found.currency.as_deref();
    page.line(Cell::new(verdict(found, test), if test.holds { Tone::Good } else { Tone::Bad }));
    page.line(what_was_done(found, test, currency));
    page.grid(lots(found, test, currency));
    page.line(power(test, currency));
    if let Some(text) = before_after(test, currency) {
        page.line(text);
    }
    for check in &test.checks {
        let (word, tone) = if check.passed { ("holds", Tone::Plain) } else { ("FAILED", Tone::Bad) };
        page.line(Cell::new(format!("{word}  {}: {}.", check.name, check.says), tone));
    }
    let shows = if test.holds {
        "What this shows: on records of this shape, from reading the lines to the interval, an effect of a lot \
         comes out as large as it was, and nothing comes out where there is nothing."
    } else {
        "What this shows: on these records the intervals of a lot promise more than they hold. More lots by \
         `--repeats` and others by `--seed` say whether it was the luck of these."
    };
    page.line(Cell::new(shows, if test.holds { Tone::Dim } else { Tone::Warn }));
    page.line(Cell::new(
        "What it does not show: that a real difference was caused by what was done. That rests on who was \
         treated and how they were picked; only a real lot is as safe as this one. Money, and designs other \
         than the lot, are not tried here.",
        Tone::Dim,
    ));
    page
}

/// What was found, missed and called, each with how often.
fn verdict(found: &RecoveryReport, test: &Recovered) -> String {
    let often = |estimate: &Estimate| estimate.value.map_or_else(|| "none".to_owned(), plain_share);
    let fails = |name: &str| test.checks.iter().any(|check| check.name == name && !check.passed);
    let (called, least) = (test.planted.called.value.unwrap_or(0.0), test.detectable_share);
    let small = if called >= 0.8 {
        String::new()
    } else {
        least.map_or_else(String::new, |x| {
            format!(": these records find {} in four of five", percent(x.abs()))
        })
    };
    let placebo = if fails("placebo") { "more" } else { "no more" };
    let held = if fails("coverage") { "fewer" } else { "no fewer" };
    format!(
        "{effect} is found in {called} of lots{small}. A placebo is called an effect in {quiet}, {placebo} than \
         chance explains. {level} % intervals hold what was planted in {covered}, {held} than chance explains.",
        effect = percent(found.effect),
        called = often(&test.planted.called),
        quiet = often(&test.placebo.called),
        level = level(found),
        covered = often(&test.planted.covered),
    )
}

fn what_was_done(found: &RecoveryReport, test: &Recovered, currency: Option<&str>) -> String {
    let drawn = test.treated + test.control;
    let of = if drawn + 1 >= test.active {
        format!("The {} customers", count(test.active))
    } else {
        format!("{} of the {} customers", count(drawn), count(test.active))
    };
    format!(
        "{of} who bought in the year before {from} were split by lot {repeats} times. From that day on, to {until}, \
         the {outcome} of {treated} of them was changed by {effect}, in memory alone; a customer brings {without} in \
         these {months} months. The study of `cx roi` was asked each time, and once more with nothing planted. \
         Seed {seed}.",
        from = test.from,
        until = test.until,
        repeats = count(u64::from(found.repeats)),
        outcome = test.outcome,
        treated = count(test.treated),
        effect = percent(found.effect),
        without = figure(test.without, Some(test.unit), currency),
        months = (test.months * 10.0).round() / 10.0,
        seed = found.seed,
    )
}

/// A figure and its limits for the effect, and for the placebo.
fn lots(found: &RecoveryReport, test: &Recovered, currency: Option<&str>) -> Grid {
    let planted = format!("{} planted", percent(found.effect));
    let mut grid = Grid::new(&[
        ("a customer", Align::Left),
        (&planted, Align::Right),
        ("interval", Align::Right),
        ("nothing planted", Align::Right),
        ("interval", Align::Right),
    ]);
    let both = [&test.planted, &test.placebo];
    let mut row = |name: &str, cells: &dyn Fn(&Tried) -> [String; 2]| {
        let cells = both.into_iter().flat_map(cells);
        grid.row(std::iter::once(name.to_owned()).chain(cells).map(Cell::from).collect());
    };
    let alone = |text: String| [text, String::new()];
    row("planted", &|t| alone(difference(t.truth, test.unit, currency)));
    row("measured", &|t| gap(&t.measured, currency));
    row("measured less planted", &|t| gap(&t.bias, currency));
    row("interval holds it", &|t| times(&t.covered));
    row("called an effect", &|t| times(&t.called));
    if test.planted.wrong_sign > 0 {
        row("called the opposite", &|t| {
            alone(if t.wrong_sign > 0 { t.wrong_sign.to_string() } else { String::new() })
        });
    }
    if both.iter().any(|t| t.withheld > 0) {
        row("no figure, a check failed", &|t| alone(t.withheld.to_string()));
    }
    grid
}

fn power(test: &Recovered, currency: Option<&str>) -> String {
    let Some(least) = test.detectable else {
        return "No lot gave the smallest effect that these records would find.".to_owned();
    };
    let relative = test.detectable_share.map_or_else(String::new, |x| format!(", {}", percent(x)));
    format!(
        "The smallest effect that these records find in four of five lots is {} a customer{relative}.",
        figure(least, Some(test.unit), currency),
    )
}

fn before_after(test: &Recovered, currency: Option<&str>) -> Option<String> {
    let naive = test.before_after.as_ref()?;
    let ([measured, limits], [held, _]) = (gap(&naive.measured, currency), times(&naive.covered));
    Some(format!(
        "Before and after among the treated alone would have said {measured} ({limits}); its interval held the \
         planted {} in {held}.",
        difference(test.planted.truth, test.unit, currency),
    ))
}

/// A relative change with its sign: `+10 %`, `−2.5 %`.
fn percent(x: f64) -> String {
    let text = difference(x, Unit::Share, None).replace(" pp", "");
    format!("{} %", trimmed(&text))
}

/// A share of lots, without decimals that say nothing.
fn plain_share(x: f64) -> String {
    format!("{} %", trimmed(share(x).trim_end_matches(" %")))
}

fn trimmed(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

fn level(found: &RecoveryReport) -> f64 {
    (found.level * 1e4).round() / 100.0
}

/// A difference and its limits.
fn gap(estimate: &Estimate, currency: Option<&str>) -> [String; 2] {
    let Some(value) = estimate.value else { return ["–".to_owned(), String::new()] };
    let limits = estimate.interval.map(|i| spread(i.low, i.high, estimate.unit, currency));
    [difference(value, estimate.unit, currency), limits.unwrap_or_default()]
}

/// How many of how many lots, and the limits of their share.
fn times(estimate: &Estimate) -> [String; 2] {
    let (k, n) = (estimate.size.events.unwrap_or(0), estimate.size.n);
    let limits = estimate.interval.map(|i| interval(i.low, i.high, Some(Unit::Share), None));
    [format!("{} of {}", count(k), count(n)), limits.unwrap_or_default()]
}

/// One row a figure.
fn csv(found: &RecoveryReport) -> Csv {
    let mut csv = Csv::new(&["lots", "figure", "value", "low", "high", "events", "n", "unit", "absent"]);
    let text = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    let test = match &found.recovered {
        Ok(test) => test,
        Err(absent) => {
            csv.row(&["", "recovery", "", "", "", "", "", "", &why_absent(absent)]);
            return csv;
        }
    };
    let mut one = |lots: &str, name: &str, estimate: &Estimate| {
        let limits = estimate.interval;
        csv.row(&[
            lots.to_owned(),
            name.to_owned(),
            text(estimate.value),
            text(limits.and_then(|i| i.low)),
            text(limits.and_then(|i| i.high)),
            estimate.size.events.map(|k| k.to_string()).unwrap_or_default(),
            estimate.size.n.to_string(),
            unit_id(estimate.unit),
            estimate.absent.as_ref().map(why_absent).unwrap_or_default(),
        ]);
    };
    for (lots, tried) in [("planted", &test.planted), ("placebo", &test.placebo)] {
        for (name, estimate) in [
            ("measured", &tried.measured),
            ("bias", &tried.bias),
            ("covered", &tried.covered),
            ("called", &tried.called),
        ] {
            one(lots, name, estimate);
        }
    }
    if let Some(naive) = &test.before_after {
        one("planted", "before_after", &naive.measured);
        one("planted", "before_after_covered", &naive.covered);
    }
    let plain = [
        ("planted", "truth", Some(test.planted.truth), unit_id(test.unit)),
        ("planted", "wrong_sign", Some(test.planted.wrong_sign as f64), unit_id(Unit::Count)),
        ("planted", "withheld", Some(test.planted.withheld as f64), unit_id(Unit::Count)),
        ("placebo", "without", Some(test.without), unit_id(test.unit)),
        ("placebo", "withheld", Some(test.placebo.withheld as f64), unit_id(Unit::Count)),
        ("placebo", "detectable", test.detectable, unit_id(test.unit)),
        ("placebo", "detectable_share", test.detectable_share, unit_id(Unit::Share)),
    ];
    for (lots, name, value, unit) in plain {
        let mut row = [const { String::new() }; 9];
        (row[0], row[1], row[2], row[7]) = (lots.to_owned(), name.to_owned(), text(value), unit);
        csv.row(&row);
    }
    csv
}
