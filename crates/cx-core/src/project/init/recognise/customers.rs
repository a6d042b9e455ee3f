//! Customers as they stand at a day: tenure and status, or the days of joining and leaving.

use super::Candidate;
use super::sketch::{Sketch, Wants, count, name_in_expr, text_in_expr};
use crate::project::init::draft::{Line, TableDraft, inline, quoted};
use crate::project::init::moments::Naive;
use crate::project::init::profile::{Holds, Profile};
use crate::project::init::question::{Accepts, Question};
use crate::project::init::survey::Shape;
use crate::project::init::words::Role;
use crate::tables::read::boolean;
use crate::tables::schema::table;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Words of a status that mean that the customer has left.
const LEFT: [&str; 26] = [
    "churned",
    "churn",
    "left",
    "cancelled",
    "canceled",
    "closed",
    "inactive",
    "terminated",
    "attrited customer",
    "former",
    "exited",
    "lost",
    "expired",
    "ended",
    "zrezygnował",
    "odszedł",
    "nieaktywny",
    "gekündigt",
    "inaktiv",
    "abgewandert",
    "ушел",
    "ушёл",
    "отключен",
    "неактивен",
    "流失",
    "已流失",
];
/// Share of rows that must agree before tenure is taken to count months.
const AGREES: f64 = 0.9;

/// When the relationship began, as it will be written.
struct Began {
    value: String,
    why: String,
    needs_day: bool,
}

pub(super) fn recognise(shape: &Shape, answers: &BTreeMap<String, String>) -> Option<Candidate> {
    let mut sketch = Sketch::new(shape);
    let mut customers = TableDraft::new("customers");
    let id = sketch.find(Role::Customer, Wants::Key).filter(|c| sketch.profile(*c).is_nearly_unique());
    let tenure = sketch.find(Role::Tenure, Wants::Number);
    let joined = sketch.find(Role::AcquiredAt, Wants::Moment);
    let left_at = sketch.find(Role::LeftAt, Wants::Moment).filter(|c| Some(*c) != joined);
    let gone =
        sketch.find(Role::Churned, Wants::Category).and_then(|c| Some((c, left_word(sketch.profile(c))?)));
    let gone = gone.or_else(|| {
        sketch.find(Role::Status, Wants::Category).and_then(|c| Some((c, status_word(sketch.profile(c))?)))
    });
    let id = id?;
    if sketch.find_exact(Role::Subscription, Wants::Key).is_some_and(|c| sketch.profile(c).is_nearly_unique())
    {
        return None;
    }
    if sketch.find_exact(Role::Case, Wants::Key).is_some_and(|c| c != id)
        || (tenure.is_none() && joined.is_none())
    {
        return None;
    }
    sketch.put(&mut customers, "customer_id", id, once(sketch.profile(id)));
    let began = match (joined, tenure) {
        (Some(joined), _) => {
            sketch.put(&mut customers, "acquired_at", joined, "");
            None
        }
        (None, Some(tenure)) => Some(by_tenure(&mut sketch, tenure, answers)),
        (None, None) => return None,
    };
    let day = "\"??\"";
    if let Some(began) = &began {
        customers.lines.push(Line::new("acquired_at", began.value.clone(), began.why.clone()));
        sketch.draft.naive = sketch.draft.naive.max(Some(Naive::Days));
    }
    let mut ended: Option<Line> = None;
    if let Some(left_at) = left_at {
        sketch.put(&mut customers, "closed_at", left_at, "");
    } else if let Some((column, (word, rows))) = &gone {
        let condition = condition(&sketch, *column, word);
        let why = format!(
            "`{}` is '{word}' in {} of {} rows: they had left by that day",
            sketch.name(*column),
            count(*rows),
            count(sketch.profile(*column).known())
        );
        let value = inline(&[("day", day.to_owned()), ("where", quoted(&condition))]);
        customers.lines.push(Line::new("closed_at", value.clone(), why));
        ended = Some(Line::new("ended_at", value, ""));
        sketch.used.insert(*column);
    }
    let needs_day = began.as_ref().is_some_and(|b| b.needs_day) || ended.is_some();
    for (canonical, role) in [
        ("acquisition_channel", Role::AcquisitionChannel),
        ("country", Role::Country),
        ("language", Role::Language),
        ("close_reason", Role::CloseReason),
    ] {
        sketch.map(&mut customers, canonical, role, Wants::Category);
    }
    let mut tables = Vec::new();
    let contract = contract(&mut sketch, id, began.as_ref(), joined, left_at, ended);
    total(&mut sketch, &mut customers);
    sketch.dimensions(&mut customers);
    let mut score = 6 + 4 * i32::from(gone.is_some() || left_at.is_some());
    if let Some(mut contract) = contract {
        let own = |name: &str| table(contract.table).is_some_and(|spec| spec.column(name).is_none());
        contract.dimensions = customers.dimensions.iter().filter(|(name, _)| own(name)).cloned().collect();
        tables.push(contract);
        score += 2;
    }
    tables.insert(0, customers);
    if needs_day {
        sketch.ask(
            Question::new(
                format!("source.{}.day", shape.name),
                Accepts::Day,
                format!("Which day does {} describe?", shape.files[0]),
            )
            .why("tenure and status hold at a day that the file does not name; the last day of a month is best")
            .choice("2024-01-31", "a day, written so"),
        );
    }
    Some(sketch.finish("customers with the time they have stayed", score, tables))
}

/// Why a column names each customer once.
fn once(profile: &Profile) -> String {
    match profile.repeated {
        0 => format!("no value of `{}` comes twice: one row per customer", profile.name),
        n => format!(
            "{} rows repeat a value of `{}`: the later row of a customer counts",
            count(n),
            profile.name
        ),
    }
}

/// The word of a churn column that means left, and how often it stands.
fn left_word(profile: &Profile) -> Option<(String, u64)> {
    if let Some(found) = status_word(profile) {
        return Some(found);
    }
    let values = profile.values.as_ref().filter(|v| v.len() == 2)?;
    let mut yes = values.iter().filter(|(word, _)| boolean::parse(word) == Some(true));
    let (word, n) = yes.next()?;
    values.keys().all(|w| boolean::parse(w).is_some()).then(|| (word.clone(), *n))
}

/// The word of a status column that means left.
fn status_word(profile: &Profile) -> Option<(String, u64)> {
    let values = profile.values.as_ref().filter(|v| (2..=6).contains(&v.len()))?;
    let mut left = values.iter().filter(|(word, _)| LEFT.contains(&word.to_lowercase().as_str()));
    let (word, n) = left.next()?;
    left.next().is_none().then(|| (word.clone(), *n))
}

fn condition(sketch: &Sketch<'_>, column: usize, word: &str) -> String {
    let name = name_in_expr(sketch.name(column));
    let numeric = sketch.profile(column).holds() == Holds::Numbers;
    if numeric { format!("{name} = {word}") } else { format!("{name} = {}", text_in_expr(word)) }
}

/// Tenure as a time before the day, in months, days or years.
fn by_tenure(sketch: &mut Sketch<'_>, column: usize, answers: &BTreeMap<String, String>) -> Began {
    let profile = sketch.profile(column);
    let (name, n) = (sketch.name(column), profile.numbers());
    sketch.used.insert(column);
    let lower = name.to_lowercase();
    let key = format!("source.{}.tenure", sketch.shape.name);
    let named = ["months", "month", "days", "years"]
        .into_iter()
        .find(|w| crate::project::init::header::header(&lower).words.iter().any(|x| x == w));
    let agrees = sketch.shape.evidence.tenure_is_months.filter(|share| *share >= AGREES);
    let (unit, why) = if let Some(answer) = answers.get(&key) {
        (answer.as_str(), format!("`{name}` counts {answer}, as was answered"))
    } else if let Some(named) = named {
        (named, format!("`{name}` counts {named} by its name: {}", profile.shown()))
    } else if let Some(share) = agrees {
        let percent = (share * 100.0).floor();
        let why = format!(
            "`{name}` looks like months since the start: {}, and times the monthly amount it gives about the total in {percent} % of rows",
            profile.shown()
        );
        ("months", why)
    } else if n.max > 366.0 {
        ("days", format!("`{name}` looks like days since the start: {}", profile.shown()))
    } else if profile.is_whole() && n.max > 40.0 && n.max <= 130.0 {
        ("months", format!("`{name}` looks like months since the start: {}", profile.shown()))
    } else {
        sketch.ask(
            Question::new(
                key,
                Accepts::Choice,
                format!("What does `{name}` of {} count?", sketch.shape.files[0]),
            )
            .why(format!("its values are {}", profile.shown()))
            .choice("months", "months since the customer came")
            .choice("days", "days since the customer came")
            .choice("years", "years since the customer came"),
        );
        return Began { value: "\"??\"".to_owned(), why: String::new(), needs_day: true };
    };
    let of = ("of", "\"??\"".to_owned());
    let value = match unit {
        "days" => inline(&[("days_before", quoted(name)), of]),
        "years" => inline(&[("months_before", quoted(name)), ("factor", "12".to_owned()), of]),
        _ => inline(&[("months_before", quoted(name)), of]),
    };
    Began { value, why, needs_day: true }
}

/// The contract behind the customer, where it has a monthly amount.
fn contract(
    sketch: &mut Sketch<'_>,
    id: usize,
    began: Option<&Began>,
    joined: Option<usize>,
    left_at: Option<usize>,
    ended: Option<Line>,
) -> Option<TableDraft> {
    let monthly = sketch.find(Role::Monthly, Wants::Number)?;
    let mut to = TableDraft::new("subscriptions");
    match sketch.find(Role::Subscription, Wants::Key).filter(|c| sketch.profile(*c).is_unique()) {
        Some(own) => sketch.put(&mut to, "subscription_id", own, ""),
        None => sketch.put(&mut to, "subscription_id", id, "one contract per customer"),
    }
    sketch.put(&mut to, "customer_id", id, "");
    match (began, joined) {
        (Some(began), _) => to.lines.push(Line::new("started_at", began.value.clone(), "")),
        (None, Some(joined)) => sketch.put(&mut to, "started_at", joined, ""),
        (None, None) => return None,
    }
    match (ended, left_at) {
        (Some(line), _) => to.lines.push(line),
        (None, Some(left_at)) => sketch.put(&mut to, "ended_at", left_at, ""),
        (None, None) => {}
    }
    if let Some(plan) = sketch.find(Role::Plan, Wants::Category) {
        sketch.put(&mut to, "plan", plan, "");
        // It stays a dimension of customers as well.
        sketch.used.remove(&plan);
    }
    let why = format!(
        "`{}` is the recurring amount of a month: {}",
        sketch.name(monthly),
        sketch.profile(monthly).shown()
    );
    sketch.put(&mut to, "mrr", monthly, why);
    Some(to)
}

/// What the customer has paid so far. It has no days of its own and is no purchase
/// of any month, so it belongs to the customer and to no transaction.
fn total(sketch: &mut Sketch<'_>, customers: &mut TableDraft) {
    let Some(total) = sketch.find(Role::LifetimeTotal, Wants::Number) else { return };
    let profile = sketch.profile(total);
    let blank = profile.rows - profile.known();
    let mut why =
        format!("`{}` was paid over the whole time, not in one month: {}", profile.name, profile.shown());
    if blank > 0 {
        let _ = write!(why, "; blank in {} rows: left blank and reported, never zero", count(blank));
    }
    sketch.put(customers, "paid_to_date", total, why);
}
