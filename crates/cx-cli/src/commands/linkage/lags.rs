//! `cx linkage --lags`: how long a change of score takes to show.

use super::gap;
use crate::args::LinkageArgs;
use crate::output::{Align, Answer, Cell, Csv, Grid, Page, Tone, to_json};
use crate::session::Session;
use cx_core::analysis::{Error, ErrorKind, LagQuestion, Lags, lags};
use cx_core::findings::LagsReport;
use cx_core::ground::estimate::Estimate;
use cx_core::studies::linkage::Score;

/// Answers the question.
pub(super) fn run(outcome: &str, args: &LinkageArgs, session: &Session) -> Result<Answer, Error> {
    let question = LagQuestion {
        score: Score::named(&args.score).unwrap_or_default(),
        outcome: outcome.to_owned(),
        by: args.by.clone(),
        every: args.every.parse().map_err(|e| Error::new(ErrorKind::Usage, e))?,
    };
    let (name, found) = session.with_options(false, |options| {
        let company = session.load(options)?;
        Ok((company.project.settings.name.clone(), lags(&company, &question, options)?))
    })?;
    Ok(Answer::new(session, || to_json(&found), || page(&name, &found), || csv(&found)))
}

fn page(name: &str, found: &Lags) -> Page {
    let mut title = vec![if name.is_empty() { "Lags".to_owned() } else { name.to_owned() }];
    if let Some(report) = &found.report {
        title.push(format!("{} on {}", report.outcome, report.score));
    }
    title.extend(found.as_of.as_ref().map(|day| format!("as of {day}")));
    title.push(format!("{} % intervals", (found.level * 1e4).round() / 100.0));
    let mut page = Page::titled(title.join(" · "));
    if let Some(why) = &found.refused {
        page.line(Cell::new(format!("No figure: {}.", why.reason), Tone::Warn));
        page.line(Cell::new(format!("It would take: {}.", why.lift), Tone::Dim));
    }
    let Some(report) = &found.report else { return page };
    page.grid(effects(report, found.currency.as_deref()));
    for line in words(report) {
        page.line(Cell::new(line, Tone::Dim));
    }
    page
}

fn effects(report: &LagsReport, currency: Option<&str>) -> Grid {
    let after = format!("{}s after", report.every);
    let mut grid = Grid::new(&[
        (after.as_str(), Align::Left),
        ("per score point", Align::Right),
        ("interval", Align::Right),
    ]);
    for effect in &report.effects {
        let mut row: Vec<Cell> = vec![effect.lag.to_string().into()];
        row.extend(gap(&effect.effect, currency));
        grid.row(row);
    }
    let mut row: Vec<Cell> = vec!["in the long run".into()];
    row.extend(gap(&report.long_run, currency));
    grid.row(row);
    grid
}

fn words(report: &LagsReport) -> Vec<String> {
    let units = if report.by.is_empty() {
        "the company as one".to_owned()
    } else {
        format!("{} values of {}", report.units, report.by.join(", "))
    };
    let own = if report.by.is_empty() { "a trend" } else { "what units and periods have of their own" };
    let (score, outcome) = report.precedence;
    let direction = if report.established {
        "The score goes before the outcome more strongly than the other way round."
    } else {
        "Direction not established: the outcome goes before the score as strongly."
    };
    let mut lines = vec![
        format!("{} {}s, {units}; {own} taken off.", report.periods, report.every),
        format!(
            "{direction} t of earlier scores on the outcome {score:.1}, of earlier outcomes on the score {outcome:.1}."
        ),
        "Going before is a prediction and no cause.".to_owned(),
    ];
    if report.smoothed {
        lines.push("The effects lie on a parabola.".to_owned());
    }
    lines
}

/// One row a lag.
fn csv(found: &Lags) -> Csv {
    let mut csv = Csv::new(&["lag", "value", "low", "high", "level"]);
    let text = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    let mut row = |lag: String, estimate: &Estimate| {
        let limits = estimate.interval;
        csv.row(&[
            lag,
            text(estimate.value),
            text(limits.and_then(|i| i.low)),
            text(limits.and_then(|i| i.high)),
            text(limits.map(|i| i.level)),
        ]);
    };
    if let Some(report) = &found.report {
        for effect in &report.effects {
            row(effect.lag.to_string(), &effect.effect);
        }
        row("long run".to_owned(), &report.long_run);
    }
    csv
}
