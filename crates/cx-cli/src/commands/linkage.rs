//! `cx linkage`: what goes with a score, before and after adjustment.

mod lags;

use crate::args::LinkageArgs;
use crate::output::{
    Align, Answer, Cell, Csv, Grid, Page, Tone, count, difference, figure, interval, spread, to_json,
    unit_id, why_absent,
};
use crate::session::Session;
use cx_core::analysis::{Error, Linkage, linkage};
use cx_core::findings::{Counted, LinkageReport, OutcomeLinkage, Said};
use cx_core::ground::estimate::Estimate;
use cx_core::ground::unit::Unit;
use cx_core::studies::linkage::{Question, Score};

/// Pages from this width on have room for all three intervals.
const WIDE: u16 = 120;

/// Answers the question.
pub(crate) fn run(args: LinkageArgs, session: &Session) -> Result<Answer, Error> {
    if let Some(outcome) = &args.lags {
        return lags::run(outcome, &args, session);
    }
    let question = Question {
        score: Score::named(&args.score).unwrap_or_default(),
        window: args.window,
        look_back: args.look_back,
        gap: args.gap,
        outcomes: args.outcomes,
        ..Question::default()
    };
    let (name, found) = session.with_options(false, |options| {
        let company = session.load(options)?;
        Ok((company.project.settings.name.clone(), linkage(&company, &question, options)?))
    })?;
    Ok(Answer::new(
        session,
        || to_json(&found),
        || page(&name, &found, session.width >= WIDE),
        || csv(&found),
    ))
}

fn page(name: &str, found: &Linkage, wide: bool) -> Page {
    let mut title = vec![if name.is_empty() { "Linkage".to_owned() } else { name.to_owned() }];
    if let Some(report) = &found.report {
        title.push(format!("what goes with {}", report.score));
        title.push(format!("answers of {} to {}", report.answered.0, report.answered.1));
    }
    title.extend(found.as_of.as_ref().map(|day| format!("as of {day}")));
    title.push(format!("{} % intervals", (found.level * 1e4).round() / 100.0));
    let mut page = Page::titled(title.join(" · "));
    if let Some(why) = &found.refused {
        page.line(Cell::new(format!("No figure: {}.", why.reason), Tone::Warn));
        page.line(Cell::new(format!("It would take: {}.", why.lift), Tone::Dim));
    }
    let Some(report) = &found.report else { return page };
    let currency = found.currency.as_deref();
    for outcome in &report.outcomes {
        if let Some(last) = outcome.contrasts.last() {
            let words = last.sentence.words(|x| difference(x, outcome.unit, currency));
            let tone = if last.sentence.said == Said::Remains { Tone::Strong } else { Tone::Plain };
            page.line(Cell::new(words, tone));
        }
    }
    for outcome in &report.outcomes {
        page.heading(format!("{} · {} · {}", outcome.name, outcome.id, span(report, outcome)));
        page.grid(bands(outcome, currency));
        page.grid(contrasts(outcome, wide, currency));
        page.grid(parts(outcome, currency));
        let alike: Vec<String> = outcome
            .contrasts
            .iter()
            .filter(|c| c.not_distinguishable)
            .map(|c| format!("{} and {}", c.upper, c.lower))
            .collect();
        if !alike.is_empty() {
            let text = format!("Not distinguishable in this base: {}.", alike.join(", "));
            page.line(Cell::new(text, Tone::Dim));
        }
    }
    if !report.points.is_empty() {
        page.heading("One point of NPS, per customer of the base: it depends on who moves");
        page.grid(points(report, currency));
    }
    page.heading(format!("Would a hidden factor explain it? · {}", widest(report)));
    page.grid(hidden(report, currency));
    let before = before(report, currency);
    if !before.rows.is_empty() {
        page.heading("Was it there before the answer, where the score cannot have made it?");
        page.grid(before);
    }
    page.heading("How it was done");
    how(&mut page, report);
    page.line(Cell::new(
        "Grade A: differences that go with the score, adjusted for what the records know; not its effect.",
        Tone::Dim,
    ));
    page
}

fn value(estimate: &Estimate, currency: Option<&str>) -> [Cell; 2] {
    match (estimate.value, &estimate.absent) {
        (Some(x), _) => {
            let limits = estimate.interval.map(|i| interval(i.low, i.high, Some(estimate.unit), currency));
            [figure(x, Some(estimate.unit), currency).into(), limits.unwrap_or_default().into()]
        }
        (None, why) => ["–".into(), Cell::new(why.as_ref().map(why_absent).unwrap_or_default(), Tone::Dim)],
    }
}

fn bands(outcome: &OutcomeLinkage, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("band", Align::Left),
        ("n", Align::Right),
        ("as answered", Align::Right),
        ("interval", Align::Right),
        ("adjusted", Align::Right),
        ("interval", Align::Right),
    ]);
    for band in outcome.bands.iter().rev() {
        let mut row: Vec<Cell> = vec![band.band.clone().into(), count(band.n).into()];
        row.extend(value(&band.raw, currency));
        row.extend(value(&band.adjusted, currency));
        grid.row(row);
    }
    grid
}

fn gap(estimate: &Estimate, currency: Option<&str>) -> [Cell; 2] {
    let Some(x) = estimate.value else { return ["–".into(), "".into()] };
    let limits = estimate.interval.map(|i| spread(i.low, i.high, estimate.unit, currency));
    let clear = estimate.interval.is_some_and(|i| !i.contains(0.0));
    let tone = if clear { Tone::Strong } else { Tone::Dim };
    [Cell::new(difference(x, estimate.unit, currency), tone), limits.unwrap_or_default().into()]
}

/// Differences in their three columns; narrow pages keep the interval of the adjusted one.
fn contrasts(outcome: &OutcomeLinkage, wide: bool, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("difference", Align::Left),
        ("as answered", Align::Right),
        ("interval", Align::Right),
        ("adjusted", Align::Right),
        ("interval", Align::Right),
        ("× κ", Align::Right),
        ("interval", Align::Right),
    ]);
    for contrast in &outcome.contrasts {
        let mut row: Vec<Cell> = vec![format!("{} − {}", contrast.upper, contrast.lower).into()];
        let [raw, raw_limits] = gap(&contrast.raw, currency);
        let [causal, causal_limits] = gap(&contrast.causal, currency);
        let beside = |limits: Cell| if wide { limits } else { "".into() };
        row.extend([raw, beside(raw_limits)]);
        row.extend(gap(&contrast.adjusted, currency));
        row.extend([causal, beside(causal_limits)]);
        grid.row(row);
    }
    grid.without_blank_columns()
}

/// What an outcome looks at.
fn span(report: &LinkageReport, outcome: &OutcomeLinkage) -> String {
    let Some(horizon) = &outcome.horizon else {
        let until = report.gap_days + report.window_days;
        return format!("{} to {until} days after the answer", report.gap_days);
    };
    let share = |x: f64| figure(x, Some(Unit::Share), None);
    let margin = match horizon.counted {
        Counted::Revenue => String::new(),
        Counted::Share(m) => format!(", {} margin", share(m)),
        Counted::Lines => ", margin of the lines".to_owned(),
    };
    let rate = share(horizon.rate);
    format!("{} windows, {:.1} years, discounted at {rate} a year{margin}", horizon.windows, horizon.years)
}

/// Where differences of lifetime values come from.
fn parts(outcome: &OutcomeLinkage, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("adjusted difference", Align::Left),
        ("comes", Align::Left),
        ("part", Align::Right),
        ("interval", Align::Right),
    ]);
    for contrast in &outcome.contrasts {
        for part in &contrast.parts {
            let pair = format!("{} − {}", contrast.upper, contrast.lower);
            let mut row: Vec<Cell> = vec![pair.into(), part.name.clone().into()];
            row.extend(gap(&part.estimate, currency));
            grid.row(row);
        }
    }
    grid
}

/// What one point of NPS would be worth, by who moves.
fn points(report: &LinkageReport, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("who moves", Align::Left),
        ("of the base", Align::Right),
        ("adjusted × κ", Align::Right),
        ("interval", Align::Right),
    ]);
    for point in &report.points {
        let share = figure(point.share, Some(Unit::Share), None);
        let mut row: Vec<Cell> = vec![point.path.replace('-', " ").into(), share.into()];
        row.extend(gap(&point.worth, currency));
        grid.row(row);
    }
    grid
}

/// The difference that is looked at closer.
fn widest(report: &LinkageReport) -> String {
    let contrast = report.outcomes.first().and_then(|outcome| outcome.contrasts.last());
    contrast.map(|c| format!("{} less {}", c.upper, c.lower)).unwrap_or_default()
}

/// What would undo the widest difference of each outcome.
fn hidden(report: &LinkageReport, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("outcome", Align::Left),
        ("robustness", Align::Right),
        ("E-value (limit)", Align::Right),
        ("a factor like", Align::Left),
        ("leaves", Align::Right),
    ]);
    for outcome in &report.outcomes {
        let told = outcome.contrasts.last().filter(|c| c.robustness.is_some() || c.e_value.is_some());
        let Some(contrast) = told else { continue };
        let e_value = contrast.e_value.map(|(e, limit)| format!("{e:.2} ({limit:.2})")).unwrap_or_default();
        let (like, left) = match &contrast.benchmark {
            Some(found) => (found.covariate.clone(), difference(found.left, outcome.unit, currency)),
            None => (String::new(), String::new()),
        };
        let robustness = contrast.robustness.map(|r| format!("{r:.3}")).unwrap_or_default();
        grid.row(vec![
            outcome.id.clone().into(),
            robustness.into(),
            e_value.into(),
            like.into(),
            left.into(),
        ]);
    }
    grid.without_blank_columns()
}

/// The widest difference of each outcome before the answer, and what is left without it.
fn before(report: &LinkageReport, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("outcome", Align::Left),
        ("before", Align::Right),
        ("interval", Align::Right),
        ("adjusted less that", Align::Right),
        ("interval", Align::Right),
    ]);
    for outcome in &report.outcomes {
        let Some(control) = outcome.contrasts.last().and_then(|c| c.control.as_ref()) else { continue };
        let mut row: Vec<Cell> = vec![outcome.id.clone().into()];
        row.extend(gap(&control.before, currency));
        match &control.corrected {
            Some(corrected) => row.extend(gap(corrected, currency)),
            None => row.extend([Cell::new("nothing to take off", Tone::Dim), "".into()]),
        }
        grid.row(row);
    }
    grid.without_blank_columns()
}

fn how(page: &mut Page, report: &LinkageReport) {
    let people = &report.population;
    let mut lines = vec![format!(
        "{} customers answered and {} did not; {} answers are too recent, {} too early, {} were replaced by a later \
         one or came from nobody who was a customer then.",
        count(people.answered),
        count(people.silent),
        count(people.late),
        count(people.early),
        count(people.others)
    )];
    let names: Vec<&str> = report.covariates.iter().map(|(name, _)| name.as_str()).collect();
    lines.push(format!(
        "Adjusted for {} of the {} days before the answer, {}.",
        if names.is_empty() { "nothing".to_owned() } else { names.join(", ") },
        report.look_back_days,
        if people.silent > 0 { "over the whole base" } else { "over those who answered" }
    ));
    if let Some(response) = &report.response {
        let r = response.representativeness.map(|r| format!(", R-indicator {r:.2}")).unwrap_or_default();
        let held = response.calibration.map(|(constant, slope, area)| {
            let slope = slope.map(|s| format!(", slope {s:.2}")).unwrap_or_default();
            let area = area.map(|a| format!(", area {a:.2}")).unwrap_or_default();
            format!("; the chance to answer on unseen customers: constant {constant:+.2}{slope}{area}")
        });
        lines.push(format!(
            "{} of the base answered{r}{}.",
            figure(response.rate, Some(Unit::Share), None),
            held.unwrap_or_default()
        ));
    }
    lines.push(format!(
        "κ, the share of an adjusted difference that moving the score would bring: {:.2} ({:.2} to {:.2}), {}.",
        report.kappa.mean,
        report.kappa.interval.0,
        report.kappa.interval.1,
        match report.kappa.origin.as_str() {
            "prior" => "a prior: no initiative was measured both ways here".to_owned(),
            _ => format!("from {} initiatives", report.kappa.initiatives),
        }
    ));
    for outcome in &report.outcomes {
        let support = outcome.support.map_or_else(
            || "exact strata refused".to_owned(),
            |s| format!("exact strata cover {}", figure(s, Some(Unit::Share), None)),
        );
        let shape =
            outcome.shape.as_ref().map(|s| format!("; along the score: {}", s.chosen)).unwrap_or_default();
        lines.push(format!(
            "{}: overlap {}, clipped {}, {support}{shape}.",
            outcome.id,
            figure(outcome.overlap, Some(Unit::Share), None),
            figure(outcome.clipped, Some(Unit::Share), None)
        ));
    }
    for line in lines {
        page.line(Cell::new(line, Tone::Dim));
    }
    for refused in report.refused.iter().chain(report.outcomes.iter().flat_map(|o| &o.refused)) {
        page.line(Cell::new(format!("! {}: {}; {}", refused.rule, refused.reason, refused.lift), Tone::Warn));
    }
}

/// One row a figure.
fn csv(found: &Linkage) -> Csv {
    let mut csv =
        Csv::new(&["id", "name", "value", "low", "high", "level", "method", "n", "unit", "grade", "absent"]);
    let text = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    for fact in found.report.iter().flat_map(|report| &report.facts) {
        let Estimate { value, interval, unit, size, absent, .. } = &fact.estimate;
        let method = interval.as_ref().and_then(|i| serde_json::to_value(i.method).ok());
        csv.row(&[
            fact.id.clone(),
            fact.name.clone(),
            text(*value),
            text(interval.and_then(|i| i.low)),
            text(interval.and_then(|i| i.high)),
            text(interval.map(|i| i.level)),
            method.and_then(|m| m.as_str().map(str::to_owned)).unwrap_or_default(),
            size.n.to_string(),
            unit_id(*unit),
            fact.grade.map(|g| g.letter().to_owned()).unwrap_or_default(),
            absent.as_ref().map(why_absent).unwrap_or_default(),
        ]);
    }
    csv
}
