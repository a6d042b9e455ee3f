//! What one initiative is worth: streams that add up to the benefit, cost, net present value, returns.

use super::words::lower;
use crate::document::{Cell, Sentence, Table, Tone};
use crate::numbers::{Kind, chance, count, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::{capital, sentence};
use cx_core::findings::{Held, InitiativeFound, JustPays, MoneyFound};
use cx_core::ground::unit::Unit;

/// What it is worth in one sentence, followed by what that hangs on.
pub(super) fn finding(editor: &Editor<'_>, one: &InitiativeFound, money: &MoneyFound) -> Sentence {
    let say = &editor.say;
    let (npv, cost) = (editor.figure(&money.npv), editor.figure(&money.cost));
    let worth = say.money_worth(
        &editor.months(f64::from(money.horizon_months)),
        &npv.text,
        &editor.bracketed(&npv),
        &cost.text,
        &editor.chance(money.pays),
        &chance(money.pays),
    );
    let grade = one.grade.map_or_else(String::new, |grade| sentence(&editor.grade(grade)));
    let text = [worth, hangs_on(editor, one, money), grade];
    let tone = match money.npv.interval {
        Some(limits) if limits.low.is_some_and(|x| x > 0.0) => Tone::Good,
        Some(limits) if limits.high.is_some_and(|x| x < 0.0) => Tone::Bad,
        _ => Tone::Neutral,
    };
    let text: Vec<String> = text.into_iter().filter(|part| !part.is_empty()).collect();
    Sentence { finding: format!("roi/{}/npv", one.id), text: text.join(" "), tone }
}

/// What is left of it where all claims together are more than the company gained.
pub(super) fn held(editor: &Editor<'_>, one: &InitiativeFound, money: &MoneyFound) -> Option<Sentence> {
    let held = money.held.as_ref()?;
    let npv = editor.figure(&held.npv);
    let text = editor.say.held_worth(
        &editor.figure(&money.npv).text,
        &percent(held.factor),
        &npv.text,
        &editor.bracketed(&npv),
        &editor.chance(held.pays),
        &chance(held.pays),
    );
    Some(Sentence { finding: format!("roi/{}/npv", one.id), text, tone: Tone::Warning })
}

/// The same in figures.
fn of_held(editor: &Editor<'_>, held: &Held) -> Vec<Vec<Cell>> {
    let say = &editor.say;
    let share = percent(held.factor);
    let row = |name: String, cell: Cell| vec![text(name), cell, text(say.held_note(&share))];
    vec![
        row(say.held_benefit(), figure(editor.figure(&held.benefit), "")),
        row(say.held_npv(), figure(editor.figure(&held.npv), "")),
        row(say.held_pays(), text(chance(held.pays))),
    ]
}

/// The effect that just pays, beside the one measured.
fn hangs_on(editor: &Editor<'_>, one: &InitiativeFound, money: &MoneyFound) -> String {
    let say = &editor.say;
    match one.just_pays() {
        Some(pays) => say.even_needs(
            &difference(editor, pays.even, pays.unit),
            &lower(&pays.outcome),
            &difference(editor, pays.measured, pays.unit),
        ),
        None if money.break_even.is_some() => String::new(),
        None if money.always_pays => say.even_always(),
        None => say.even_never(),
    }
}

fn difference(editor: &Editor<'_>, x: f64, unit: Unit) -> String {
    editor.bare(x, unit, Kind::Difference).text
}

/// Horizon, rate and margin level, which every amount rests on.
pub(super) fn rest(editor: &Editor<'_>, money: &MoneyFound) -> String {
    let months = editor.months(f64::from(money.horizon_months));
    editor.say.money_rests(&months, &percent(money.rate))
}

pub(super) fn table(editor: &Editor<'_>, at: usize, one: &InitiativeFound, money: &MoneyFound) -> Table {
    let say = &editor.say;
    let mut rows = streams(editor, money);
    let of = |name: String, id: &str, estimate, remark: String| {
        vec![text(name), figure(editor.figure(estimate), &format!("roi/{}/{id}", one.id)), text(remark)]
    };
    let go_on = if money.costs_go_on { say.money_costs_go_on() } else { String::new() };
    rows.push(of(
        say.money_benefit(),
        "benefit",
        &money.benefit,
        say.money_draws(&count(money.draws.into())),
    ));
    rows.push(of(say.money_cost(), "cost", &money.cost, go_on));
    rows.push(of(say.column_npv(), "npv", &money.npv, String::new()));
    rows.push(of(say.money_roi(), "roi", &money.roi, forms(editor, money)));
    rows.push(of(say.money_rate(), "irr", &money.internal_rate, say.money_rate_note()));
    rows.extend(rest_of(editor, one, money));
    rows.extend(money.held.iter().flat_map(|held| of_held(editor, held)));
    Table {
        id: format!("money-{at}"),
        title: say.money_table(&one.name),
        columns: vec![
            text_column(say.column_present_value()),
            number_column(say.column_value()),
            text_column(say.column_remarks()),
        ],
        rows,
        note: say.money_note(&rest(editor, money)),
        folded: false,
    }
}

/// Streams with their sum, at the medians of the inputs.
fn streams(editor: &Editor<'_>, money: &MoneyFound) -> Vec<Vec<Cell>> {
    let say = &editor.say;
    let amount = |x: f64| figure(editor.bare(x, Unit::Money, Kind::Level), "");
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for stream in money.streams.iter().filter(|stream| stream.counted) {
        rows.push(vec![text(capital(&stream.name)), amount(stream.value), text(say.money_part())]);
    }
    let sum: f64 = money.streams.iter().filter(|s| s.counted).map(|s| s.value).sum();
    if rows.len() > 1 {
        rows.push(vec![text(say.money_sum()), amount(sum), text(say.money_at_medians())]);
    }
    for stream in money.streams.iter().filter(|stream| !stream.counted) {
        rows.push(vec![text(capital(&stream.name)), amount(stream.value), text(say.money_not_counted())]);
    }
    rows
}

/// The three forms of the return on one line.
fn forms(editor: &Editor<'_>, money: &MoneyFound) -> String {
    let Some(forms) = money.forms else { return String::new() };
    let [standard, gross, table] = forms.map(|x| editor.numbers.level(x, Unit::Ratio));
    editor.say.money_forms(&standard, &gross, &table)
}

fn rest_of(editor: &Editor<'_>, one: &InitiativeFound, money: &MoneyFound) -> Vec<Vec<Cell>> {
    let say = &editor.say;
    let amount = |x: f64| figure(editor.bare(x, Unit::Money, Kind::Level), "");
    let share = |x: f64| {
        let mut told = editor.bare(x, Unit::Share, Kind::Level);
        told.text = chance(x);
        figure(told, "")
    };
    let row = |name: String, value: Cell, remark: String| vec![text(name), value, text(remark)];
    let mut rows = vec![
        row(say.money_pays(), share(money.pays), String::new()),
        row(say.money_above(&percent(money.hurdle)), share(money.above_hurdle), String::new()),
        row(say.money_shortfall(), amount(money.shortfall), String::new()),
    ];
    let back = match money.payback_years {
        Some(years) => figure(editor.bare(12.0 * years, Unit::Months, Kind::Level), ""),
        None => text(say.money_never()),
    };
    rows.push(row(say.money_payback(), back, say.money_at_medians()));
    if let Some(delay) = money.half_year_delay {
        rows.push(row(say.money_delay(), amount(delay), say.money_at_medians()));
    }
    match one.just_pays() {
        Some(pays) => {
            let value = figure(editor.bare(pays.even, pays.unit, Kind::Difference), "");
            rows.push(row(say.money_even(), value, against(editor, &pays, money)));
        }
        None if money.always_pays => rows.push(row(say.money_even(), text("–"), say.even_always())),
        None => rows.push(row(say.money_even(), text("–"), say.even_never())),
    }
    rows.push(row(say.money_perfect(), amount(money.perfect_information), String::new()));
    rows
}

/// Break-even against the effect measured and the smallest that would be found.
fn against(editor: &Editor<'_>, pays: &JustPays, money: &MoneyFound) -> String {
    let say = &editor.say;
    let measured = difference(editor, pays.measured, pays.unit);
    let what = lower(&pays.outcome);
    let Some(least) = pays.detectable else { return say.even_measured(&what, &measured) };
    let least = editor.bare(least, pays.unit, Kind::Size).text;
    match money.detectability {
        Some(ratio) if ratio < 1.0 => say.even_could_miss(&what, &measured, &least),
        _ => say.even_found(&what, &measured, &least),
    }
}
