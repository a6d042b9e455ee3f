//! Who is asked, who answers, and what.

use super::orders::Order;
use super::people::{Person, number};
use super::service::{Ticket, asked, case, channel};
use super::words::comment;
use super::world::{AS_OF, CHANNELS, LANGUAGES, World};
use crate::calendar::{Day, Moment};
use crate::dice::Dice;

/// Questions by their column in the export: heading, question, item.
pub(super) const QUESTIONS: [(&str, &str, &str); 19] = [
    ("NPS", "recommend", ""),
    ("Satisfaction", "satisfaction", ""),
    ("Ease", "effort", ""),
    ("Buy again", "repurchase", ""),
    ("Product quality", "product_quality", ""),
    ("Service quality", "service_quality", ""),
    ("Value for money", "value_for_money", ""),
    ("Versus expectation", "expectation", ""),
    ("Delivery", "attribute", "Delivery"),
    ("Website", "attribute", "Website"),
    ("Range", "attribute", "Range"),
    ("Packaging", "attribute", "Packaging"),
    ("Advice", "attribute", "Advice"),
    ("Solved first time", "resolved_first", ""),
    ("Had to repeat", "repeat_information", ""),
    ("Told others good", "told_others_good", ""),
    ("Told others bad", "told_others_bad", ""),
    ("Felt personal", "personalisation", ""),
    ("Felt understood", "empathy", ""),
];
pub(super) const RECOMMEND: usize = 0;
pub(super) const SATISFACTION: usize = 1;
pub(super) const EASE: usize = 2;
pub(super) const EXPECTATION: usize = 7;
/// Questions answered with yes or no.
pub(super) const YES_NO: std::ops::RangeInclusive<usize> = 13..=16;

/// Which survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Relationship,
    Purchase,
    Service,
}

impl Kind {
    /// How the export names it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Relationship => "Relationship",
            Self::Purchase => "Post-purchase",
            Self::Service => "Service",
        }
    }

    /// The questions it asks, by column.
    pub(super) const fn asks(self) -> &'static [usize] {
        match self {
            Self::Relationship => &[0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17],
            Self::Purchase => &[0, 1, 4],
            Self::Service => &[1, 2, 13, 14, 18],
        }
    }
}

/// How far a survey got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Bounced,
    Delivered,
    Dismissed,
    Started,
    Completed,
}

/// A cell of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Given {
    #[default]
    Blank,
    Point(i32),
    DontKnow,
    Outside(i32),
    Unreadable,
}

/// One row of the export.
#[derive(Debug, Clone)]
pub(super) struct Submission {
    pub kind: Kind,
    /// Its number; two rows of one number are two versions of it.
    pub id: u32,
    pub person: Option<u32>,
    pub invited: Moment,
    /// The last thing the customer did with it.
    pub acted: Option<Moment>,
    pub state: State,
    pub wave: Option<&'static str>,
    /// The sales channel it is about.
    pub channel: Option<usize>,
    pub channel_name: &'static str,
    /// The case it is about.
    pub case: Option<String>,
    pub language: &'static str,
    pub given: [Given; QUESTIONS.len()],
    pub comment: &'static str,
    pub test: bool,
}

/// Rounds of the relationship survey; the last is still running.
pub(super) const WAVES: [(&str, Day); 9] = [
    ("2024-Q4", Day::of(2024, 11, 18)),
    ("2025-Q1", Day::of(2025, 2, 17)),
    ("2025-Q2", Day::of(2025, 5, 19)),
    ("2025-Q3", Day::of(2025, 8, 18)),
    ("2025-Q4", Day::of(2025, 11, 17)),
    ("2026-Q1", Day::of(2026, 2, 16)),
    ("2026-Q2", Day::of(2026, 5, 18)),
    ("2026-Q3", Day::of(2026, 8, 17)),
    ("2026-Q4", Day::of(2026, 11, 9)),
];

/// Share of customers on file whom a wave invites.
const INVITED_TO_WAVE: f64 = 0.36;
const INVITED_AFTER_ORDER: f64 = 0.5;
const INVITED_AFTER_CASE: f64 = 0.55;
/// Chance that an invitation is taken up, by survey, and factors by segment.
const TAKEN_UP: [f64; 3] = [0.40, 0.44, 0.47];
const TAKEN_UP_BY_SEGMENT: [f64; 5] = [1.0, 1.1, 0.9, 0.7, 2.2];

/// Every submission in the order of its invitation, before the export adds its traps.
pub(super) fn submissions(
    world: &World,
    people: &[Person],
    orders: &[Order],
    tickets: &[Ticket],
) -> Vec<Submission> {
    let mut list = Vec::new();
    for (n, (wave, start)) in WAVES.iter().enumerate() {
        for (i, person) in people.iter().enumerate() {
            let mut dice = Dice::new(world.seed, wave, i as u64);
            let on_file =
                person.joined.plus(30) < *start && person.closed.is_none_or(|(day, _)| day > *start);
            if !on_file || !(person.is_rare() || dice.chance(INVITED_TO_WAVE)) {
                continue;
            }
            let invited = start.plus((i % 4) as i32).at(9, (n * 5) as u32, 0);
            let mut made = begin(Kind::Relationship, Some(i as u32), invited, person.country);
            made.wave = Some(wave);
            respond(world, person, &mut made, &mut dice);
            list.push(made);
        }
    }
    for (i, order) in orders.iter().enumerate() {
        let mut dice = Dice::new(world.seed, "after order", i as u64);
        let (Some(customer), Some(arrived)) = (order.customer, order.delivered) else { continue };
        if arrived.plus(1) > AS_OF || !dice.chance(INVITED_AFTER_ORDER) {
            continue;
        }
        let invited = arrived.plus(1).at(10, dice.below(60) as u32, 0);
        let mut made = begin(Kind::Purchase, Some(customer), invited, order.country);
        made.channel = Some(order.channel);
        respond(world, &people[customer as usize], &mut made, &mut dice);
        list.push(made);
    }
    for (i, ticket) in tickets.iter().enumerate() {
        let mut dice = Dice::new(world.seed, "after case", i as u64);
        let (Some(customer), Some(day)) = (ticket.person, asked(ticket)) else { continue };
        if !dice.chance(INVITED_AFTER_CASE) {
            continue;
        }
        let invited = day.at(8, dice.below(60) as u32, 0);
        let person = &people[customer as usize];
        let mut made = begin(Kind::Service, Some(customer), invited, person.country);
        (made.channel_name, made.case) = (channel(ticket), Some(case(i)));
        respond(world, person, &mut made, &mut dice);
        list.push(made);
    }
    list.sort_by_key(|s| (s.invited, s.kind, s.person));
    for (id, made) in (810_001..).zip(&mut list) {
        made.id = id;
    }
    list
}

fn begin(kind: Kind, person: Option<u32>, invited: Moment, country: usize) -> Submission {
    Submission {
        kind,
        id: 0,
        person,
        invited,
        acted: None,
        state: State::Delivered,
        wave: None,
        channel: None,
        channel_name: "",
        case: None,
        language: LANGUAGES[country],
        given: [Given::Blank; QUESTIONS.len()],
        comment: "",
        test: false,
    }
}

/// Whether and what a customer answers.
fn respond(world: &World, person: &Person, made: &mut Submission, dice: &mut Dice) {
    if made.kind == Kind::Relationship {
        made.channel = Some(dice.weighted(&world.channel_shares(made.invited.day)));
    }
    if let Some(channel) = made.channel {
        made.channel_name = CHANNELS[channel];
    }
    if dice.chance(0.019) {
        made.state = State::Bounced;
        return;
    }
    let chance = TAKEN_UP[made.kind as usize] * TAKEN_UP_BY_SEGMENT[person.segment];
    let acted = made.invited.plus(60 * (3 + dice.exponential(1900.0) as i64));
    if !dice.chance(chance) || acted.day > AS_OF {
        return;
    }
    made.acted = Some(acted);
    made.state = [State::Completed, State::Started, State::Dismissed][dice.weighted(&[0.86, 0.065, 0.075])];
    if made.state == State::Dismissed {
        return;
    }
    if dice.chance(0.012) {
        // Answered through a link that was passed on.
        made.person = None;
    }
    answer(world, person, made, acted.day, dice);
    if made.state == State::Started {
        // Gave up after some of the questions.
        let asks = made.kind.asks();
        let reached = 1 + dice.below(asks.len() - 1);
        asks[reached..].iter().for_each(|q| made.given[*q] = Given::Blank);
        made.comment = "";
    }
}

/// Answers to every question asked, with the few that are blank or unknown.
fn answer(world: &World, person: &Person, made: &mut Submission, day: Day, dice: &mut Dice) {
    let treated = made.person.is_some() && person.treated == Some(true);
    let good = world.satisfied(made.channel, day, treated);
    let satisfied = dice.five(good);
    // The other opinions lean towards the satisfaction of the same person.
    let lean = |dice: &mut Dice, share: f64| if dice.chance(0.45) { satisfied } else { dice.five(share) };
    for q in made.kind.asks() {
        let point = match (*q, made.channel) {
            (RECOMMEND, Some(channel)) => recommend(world.recommends(channel, person.segment, day), dice),
            (SATISFACTION, _) => satisfied,
            (EASE, _) => 1 + dice.weighted(&[0.05, 0.06, 0.08, 0.12, 0.18, 0.27, 0.24]) as i32,
            (EXPECTATION, _) => 1 + dice.weighted(&[0.04, 0.13, 0.49, 0.25, 0.09]) as i32,
            (13, _) => i32::from(dice.chance(0.77)),
            (14, _) => i32::from(dice.chance(0.23)),
            (15, _) => i32::from(dice.chance(if satisfied >= 4 { 0.46 } else { 0.12 })),
            (16, _) => i32::from(dice.chance(if satisfied <= 2 { 0.41 } else { 0.05 })),
            (6, _) => lean(dice, good - 0.08),
            (12, _) => lean(dice, 0.55),
            _ => lean(dice, 0.72),
        };
        made.given[*q] = match dice.unit() {
            u if u < 0.012 => Given::Blank,
            u if u < 0.03 => Given::DontKnow,
            _ => Given::Point(point),
        };
    }
    if dice.chance(0.26) {
        let mood = if satisfied >= 4 { 1 } else { satisfied - 3 };
        made.comment = comment(mood.max(-1), dice);
    }
}

/// A point from 0 to 10 by the chances of the three groups.
fn recommend(chances: [f64; 3], dice: &mut Dice) -> i32 {
    match dice.weighted(&chances) {
        0 => 9 + i32::from(dice.chance(0.52)),
        1 => 7 + i32::from(dice.chance(0.56)),
        _ => dice.weighted(&[0.09, 0.04, 0.06, 0.11, 0.12, 0.3, 0.28]) as i32,
    }
}

/// Who answered, as the export names them.
pub(super) fn customer(made: &Submission) -> String {
    made.person.map_or_else(String::new, number)
}
