//! Everything written in order, and what was planted.

use super::answers::{Camps, SurveyTruth};
use super::world::{AS_OF, LAST_COMPLETE, PRICE_RISE, PROGRAMME, START, World};
use super::{
    answers, books, calls, club, orders, people, rates, service, shop, staff, survey, visits, voices,
};
use crate::company::{Company, Size};
use crate::error::Error;
use crate::folder::{Folder, GENERATOR, TRUTH};
use serde_json::{Value, json};
use std::io::Write as _;

const NAME: &str = "Linden & Finch";
const SETTINGS: &str = include_str!("cx.toml");

/// Writes the company into a folder; gives its name and the number of rows.
pub(crate) fn write(folder: &mut Folder, seed: u64, size: Size) -> Result<(&'static str, u64), Error> {
    let world = World::new(seed, size.customers);
    let people = people::people(&world);
    let rates = rates::Rates::new(&world);
    let orders = orders::orders(&world, &people);
    let tickets = service::tickets(&world, &orders);
    let submissions = survey::submissions(&world, &people, &orders, &tickets);
    let customers = people::write(&world, &people, folder)?;
    let bought = shop::write(&world, &orders, &rates, folder)?;
    let rate_rows = rates.write(folder)?;
    let calls = calls::write(&world, &people, &submissions, folder)?;
    let answered = answers::write(&world, &people, submissions, folder)?;
    let cases = service::write_tickets(&tickets, folder)?;
    let club = club::write(&world, &people, folder)?;
    let visits = visits::write(&world, &people, &orders, folder)?;
    let voices = voices::write(&world, &people, folder)?;
    let staff = staff::write(&world, folder)?;
    let books = books::write(&world, &people, folder)?;
    let files = json!({
        "customers.csv": customers.rows,
        "orders.csv": bought.rows,
        "rates.csv": rate_rows,
        "survey_wide.csv": answered.rows,
        "importance_study.csv": books.importance_rows,
        "tickets.csv": cases.rows,
        "calls.csv": calls.rows,
        "sessions.csv.gz": visits.rows,
        "subscriptions.csv": club.contracts,
        "mrr_changes.csv": club.changes,
        "reviews.jsonl": voices.rows,
        "employee_pulse.csv": staff.pulse_rows,
        "staff_monthly.csv": staff.monthly_rows,
        "costs.csv": books.cost_rows,
        "initiatives.csv": books.initiatives,
        "assignments.csv": books.assignments,
        "events.csv": books.events,
        "plan.csv": books.plan_rows,
    });
    let rows = files.as_object().into_iter().flatten().filter_map(|(_, n)| n.as_u64()).sum();
    let truth = json!({
        "generator": GENERATOR,
        "format": 1,
        "company": Company::Ecommerce.word(),
        "name": NAME,
        "seed": seed,
        "customers_asked_for": size.customers,
        "records": {
            "first_day": START.to_string(),
            "last_day": AS_OF.to_string(),
            "last_complete_month_ends": LAST_COMPLETE.to_string(),
            "partial_month": "2026-11",
        },
        "rows_by_file": files,
        "customers": customers,
        "orders": bought,
        "survey": answered,
        "mix_shift": mix_shift(&answered),
        "programme": programme(&world, &answered),
        "tickets": cases,
        "calls": calls,
        "club": club,
        "sessions": visits,
        "reviews": voices,
        "staff": staff,
        "books": books,
        "small_groups": {
            "segment=press": people::PRESS,
            "tier=founder": people::FOUNDERS,
            "note": "fewer customers than the five that may be shown, though they gave more than five answers; with `founder` hidden, the next smallest tier has to be hidden too, or the total would give it away",
        },
        "targets": {
            "fcr_survey": "met",
            "nps": "missed",
            "enps": "cannot be told",
        },
        "laws": world,
    });
    put(folder, "cx.toml", SETTINGS)?;
    let text = serde_json::to_string_pretty(&truth)
        .map_err(std::io::Error::from)
        .map_err(Error::io(&folder.path(TRUTH)))?;
    put(folder, TRUTH, &(text + "\n"))?;
    Ok((NAME, rows))
}

fn put(folder: &mut Folder, name: &str, text: &str) -> Result<(), Error> {
    let mut file = folder.create(name)?;
    file.write_all(text.as_bytes()).map_err(Error::io(&folder.path(name)))
}

/// The change of NPS between the two years, split into what happened within
/// channels and what comes from their shifting shares (method 7.10).
fn mix_shift(survey: &SurveyTruth) -> Value {
    let years: Vec<&Camps> = survey.nps_by_year.values().collect();
    let channels: Vec<_> = survey.nps_by_year_and_channel.values().collect();
    let ([first, second], [before, after]) = (&years[..], &channels[..]) else { return Value::Null };
    let (mut within, mut mix) = (0.0, 0.0);
    let mut by_channel = serde_json::Map::new();
    for (channel, was) in *before {
        let Some(is) = after.get(channel) else { continue };
        let shares = [was.n() as f64 / first.n() as f64, is.n() as f64 / second.n() as f64];
        within += f64::midpoint(shares[0], shares[1]) * (is.score() - was.score());
        mix += (shares[1] - shares[0]) * f64::midpoint(was.score(), is.score());
        by_channel
            .insert((*channel).to_owned(), json!({ "nps": [was.score(), is.score()], "share": shares }));
    }
    json!({
        "metric": "nps",
        "periods": survey.nps_by_year.keys().collect::<Vec<_>>(),
        "nps": [first.score(), second.score()],
        "change": second.score() - first.score(),
        "within": within,
        "mix": mix,
        "by_channel": by_channel,
    })
}

/// What the programme does, and what a comparison of before and after makes of it.
fn programme(world: &World, survey: &SurveyTruth) -> Value {
    let share = |arm: &str| survey.satisfied_by_arm.get(arm).map(|s| s.share());
    let ratio = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a / b);
    json!({
        "initiative": "CARE26",
        "begins": PROGRAMME.to_string(),
        "prices_rise": PRICE_RISE.to_string(),
        "true_effect_on_satisfied": world.programme.satisfied,
        "true_effect_on_leaving": world.programme.leaving,
        "true_effect_on_value_over_36_months": world.programme.value_36_months,
        "value_is": "orders per month × months alive out of 36, at the chance of leaving before any other factor",
        "satisfied_treated_over_held_out": ratio(share("treated since"), share("held out since")),
        "satisfied_since_over_before_of_treated": ratio(share("treated since"), share("treated before")),
        "satisfied_since_over_before_of_everybody": survey.satisfied_since.share() / survey.satisfied_before.share(),
    })
}
