//! `contacts.csv.gz` and `csat.csv`: why customers get in touch, what it
//! costs, and how they felt about it.

use super::books::{COST, DESK, SATISFIED};
use super::people::{Person, number, standings};
use super::world::{AS_OF, CHANNELS, START, World};
use crate::calendar::{Day, Moment, months};
use crate::dice::Dice;
use crate::error::Error;
use crate::figures::{Figures, Part};
use crate::folder::Folder;
use crate::sheet::{Sheet, money};
use serde::Serialize;

pub(super) const CONTACTS: &str = "contacts.csv.gz";
pub(super) const ANSWERS: &str = "csat.csv";

const REASONS: [(&str, f64); 5] =
    [("Bill", 0.31), ("Network", 0.24), ("Contract", 0.18), ("Device", 0.15), ("Moving", 0.12)];
/// Share of contacts after which customers are asked, and of those asked who answer.
const ASKED: f64 = 0.6;
const ANSWERED: f64 = 0.4;
/// One row in so many lost its account, and its cost.
const LOST_ACCOUNT: usize = 401;
const LOST_COST: usize = 577;
/// One answer in so many is sent twice.
const SENT_TWICE: usize = 311;

/// One contact.
#[derive(Debug)]
struct Contact {
    at: Moment,
    person: usize,
    channel: usize,
    reason: usize,
    cents: i64,
    asked: bool,
    /// The point given, if one was.
    point: Option<i32>,
}

/// What was written to the two files.
#[derive(Debug, Default, Serialize)]
pub(super) struct ContactTruth {
    pub contacts: u64,
    pub without_account: u64,
    pub without_cost: u64,
    pub cents: i64,
    pub asked: u64,
    pub answered: u64,
    /// Rows of the survey that repeat another one cell by cell.
    pub repeated_answers: u64,
}

/// Writes both files, and adds up what the initiatives did to cost and satisfaction.
pub(super) fn write(
    world: &World,
    people: &[Person],
    figures: &mut Figures,
    folder: &mut Folder,
) -> Result<ContactTruth, Error> {
    let mut contacts = Vec::new();
    for (i, person) in people.iter().enumerate() {
        touch(world, i, person, figures, &mut contacts);
    }
    contacts.sort_by_key(|c| (c.at, c.person));
    let mut truth = ContactTruth::default();
    let mut sheet = Sheet::packed(folder.create(CONTACTS)?, ',');
    sheet.head("id,account,opened,channel,reason,minutes,cost");
    for (i, contact) in contacts.iter().enumerate() {
        let (no_account, no_cost) = (i % LOST_ACCOUNT == 7, i % LOST_COST == 11);
        sheet.cell(id(i)).maybe((!no_account).then(|| number(contact.person))).cell(contact.at);
        sheet.text(CHANNELS[contact.channel].0).text(REASONS[contact.reason].0);
        sheet.cell(1 + contact.cents / 70).maybe((!no_cost).then(|| money(contact.cents))).end();
        truth.without_account += u64::from(no_account);
        truth.without_cost += u64::from(no_cost);
        truth.cents += if no_cost { 0 } else { contact.cents };
    }
    truth.contacts = sheet.finish().map_err(Error::io(&folder.path(CONTACTS)))?;
    answers(&contacts, folder, &mut truth)?;
    Ok(truth)
}

fn id(contact: usize) -> String {
    format!("I{:07}", contact + 1)
}

/// The contacts of one customer.
fn touch(world: &World, i: usize, person: &Person, figures: &mut Figures, list: &mut Vec<Contact>) {
    let mut dice = Dice::new(world.seed, "contacts", i as u64);
    let region = &world.regions[person.region];
    let standings = standings(person, region);
    for part in months(person.joined.max(START), person.end()) {
        // Laws change at the first or in the middle of a month.
        let halves = [part.from, Day(i32::midpoint(part.from.0, part.to.0))];
        for (half, from) in halves.into_iter().enumerate() {
            let (to, share) = (if half == 0 { halves[1] } else { part.to }, part.share / 2.0);
            let desk = region.desk.is_some_and(|day| from >= day);
            let rate = |desk| world.contacts(region, from, desk) * person.rate * share;
            let mut cents = 0;
            for _ in 0..dice.poisson(rate(desk)) {
                let day = from.plus(dice.below((to.0 - from.0).max(1) as usize) as i32);
                let contact = contact(world, i, person, day, desk, &mut dice);
                cents += contact.cents;
                if let Some(point) = contact.point {
                    for (id, standing) in &standings {
                        let works = |desk| world.satisfied(region, day, desk);
                        let sum = Part {
                            recorded: f64::from(u8::from(point >= 4)),
                            n: 1.0,
                            without: works(desk && *id != DESK),
                            with: works(desk),
                        };
                        figures.of(id, SATISFIED).add(*standing, day, sum);
                    }
                }
                list.push(contact);
            }
            for (id, standing) in &standings {
                let cost = |desk| rate(desk) * world.mean_cost(from, desk) / 100.0;
                let sum = Part {
                    recorded: cents as f64 / 100.0,
                    n: share,
                    without: cost(desk && *id != DESK),
                    with: cost(desk),
                };
                figures.of(id, COST).add(*standing, from, sum);
            }
        }
    }
}

fn contact(world: &World, i: usize, person: &Person, day: Day, desk: bool, dice: &mut Dice) -> Contact {
    let channel = dice.weighted(&CHANNELS.map(|(_, w, _)| w));
    // Most are short, some are long; the mean is the law's.
    let cents = (world.cost(channel, day, desk) * dice.gamma(2.0) / 2.0).round() as i64;
    let good = world.satisfied(&world.regions[person.region], day, desk);
    let (asked, answered, point) = (dice.chance(ASKED), dice.chance(ANSWERED), dice.five(good));
    Contact {
        at: day.at(8 + dice.below(11) as u32, dice.below(60) as u32, 0),
        person: i,
        channel,
        reason: dice.weighted(&REASONS.map(|(_, w)| w)),
        cents,
        asked: asked && day < AS_OF,
        point: (asked && answered && day < AS_OF).then_some(point),
    }
}

/// The survey after a contact, from 1 to 5.
fn answers(contacts: &[Contact], folder: &mut Folder, truth: &mut ContactTruth) -> Result<(), Error> {
    let mut sheet = Sheet::plain(folder.create(ANSWERS)?, ',');
    sheet.head("Survey,Contact,Account,Sent,Answered,State,Satisfaction");
    for (i, contact) in contacts.iter().enumerate().filter(|(_, c)| c.asked) {
        let point = contact.point;
        let times = if point.is_some() && i % SENT_TWICE == 3 { 2 } else { 1 };
        for _ in 0..times {
            let sent = contact.at.plus(3600);
            sheet.cell(format_args!("S{:07}", i + 1)).cell(id(i)).cell(number(contact.person)).cell(sent);
            sheet.maybe(point.map(|_| sent.plus(1800))).text(if point.is_some() { "done" } else { "sent" });
            sheet.maybe(point).end();
        }
        truth.asked += 1;
        truth.answered += u64::from(point.is_some());
        truth.repeated_answers += times - 1;
    }
    sheet.finish().map_err(Error::io(&folder.path(ANSWERS))).map(|_| ())
}
