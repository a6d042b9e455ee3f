//! Everything written in order, and what was planted.

use super::answers::{Camps, SurveyTruth};
use super::world::{AS_OF, PRICE_RISE, PROGRAMME, START, World};
use super::{
    answers, books, calls, club, orders, people, rates, service, shop, staff, survey, trials, visits, voices,
};
use crate::company::{Company, Size};
use crate::error::Error;
use crate::figures::Figures;
use crate::folder::Folder;
use crate::truth::{Planted, Truth, put};
use crate::{assignments, costs, initiatives};
use serde_json::{Value, json};

const NAME: &str = "Linden & Finch";
const SETTINGS: &str = include_str!("cx.toml");
const PLAN: &str = include_str!("plan.toml");

/// Writes the company into a folder; gives its name and the number of rows.
pub(crate) fn write(folder: &mut Folder, seed: u64, size: Size) -> Result<(&'static str, u64), Error> {
    let world = World::new(seed, size.customers);
    let people = people::people(&world);
    let rates = rates::Rates::new(&world);
    let orders = orders::orders(&world, &people);
    let tickets = service::tickets(&world, &orders);
    let submissions = survey::submissions(&world, &people, &orders, &tickets);
    let mut figures = Figures::default();
    trials::orders(&world, &people, &orders, &mut figures);
    let customers = people::write(&world, &people, folder)?;
    let bought = shop::write(&world, &orders, &rates, folder)?;
    let rate_rows = rates.write(folder)?;
    let calls = calls::write(&world, &people, &submissions, folder)?;
    let answered = answers::write(&world, &people, submissions, &mut figures, folder)?;
    let cases = service::write_tickets(&tickets, folder)?;
    let club = club::write(&world, &people, folder)?;
    let visits = visits::write(&world, &people, &orders, folder)?;
    let voices = voices::write(&world, &people, folder)?;
    let staff = staff::write(&world, folder)?;
    let books = books::write(&world, &people, folder)?;
    let mut truth = Truth::begin(Company::Ecommerce, NAME, seed, size, START, AS_OF);
    truth.file("customers.csv", customers.rows);
    truth.file(shop::FILE, bought.rows);
    truth.file("rates.csv", rate_rows);
    truth.file(answers::FILE, answered.rows);
    truth.file("importance_study.csv", books.importance_rows);
    truth.file(service::TICKETS, cases.rows);
    truth.file("calls.csv", calls.rows);
    truth.file(visits::FILE, visits.rows);
    truth.file(club::CONTRACTS, club.contracts);
    truth.file(club::CHANGES, club.changes);
    truth.file(voices::FILE, voices.rows);
    truth.file("employee_pulse.csv", staff.pulse_rows);
    truth.file("staff_monthly.csv", staff.monthly_rows);
    truth.file(costs::FILE, books.cost_rows);
    truth.file(initiatives::FILE, books.initiatives);
    truth.file(assignments::FILE, books.assignments);
    truth.file("events.csv", books.events);
    truth.file("plan.csv", books.plan_rows);
    truth.initiatives(&planted(), &figures, &books.costs, &books.arms);
    truth.put("customers", &customers);
    truth.put("orders", &bought);
    truth.put("mix_shift", &mix_shift(&answered));
    truth.put("programme", &programme(&world, &answered));
    truth.put("survey", &answered);
    truth.put("tickets", &cases);
    truth.put("calls", &calls);
    truth.put("club", &club);
    truth.put("sessions", &visits);
    truth.put("reviews", &voices);
    truth.put("staff", &staff);
    truth.put("books", &books);
    truth.put(
        "small_groups",
        &json!({
            "segment=press": people::PRESS,
            "tier=founder": people::FOUNDERS,
            "note": "fewer customers than the five that may be shown, though they gave more than five answers; with `founder` hidden, the next smallest tier has to be hidden too, or the total would give it away",
        }),
    );
    truth.put("targets", &json!({ "fcr_survey": "met", "nps": "missed", "enps": "cannot be told" }));
    truth.put("laws", &world);
    put(folder, "plan.toml", PLAN)?;
    Ok((NAME, truth.write(folder, SETTINGS)?))
}

/// What the initiatives are, beside what they do.
fn planted() -> [Planted<'static>; 5] {
    let [care, notes, calls, packaging, bot] = &trials::INITIATIVES;
    let one = |initiative, placebo, note| Planted { initiative, placebo, worth_cents: None, note };
    [
        one(care, false, "half of the customers on file were held out by lot"),
        one(notes, true, "assigned by lot as the care programme was"),
        one(calls, false, "began a week before the records end: nothing can be said yet"),
        one(
            packaging,
            false,
            "given to everybody at once and never planted: there is nobody to compare with",
        ),
        one(bot, false, "given to everybody at once and never planted: there is nobody to compare with"),
    ]
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
