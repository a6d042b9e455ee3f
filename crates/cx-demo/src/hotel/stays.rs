//! `stays.csv` and `guest_voice.csv`: who stayed where, came back, and what they said.

use super::chosen::{Chosen, standings};
use super::world::{AGAIN_WITHIN, AS_OF, START, World};
use crate::calendar::Day;
use crate::dice::Dice;
use crate::error::Error;
use crate::figures::{Figures, Part};
use crate::folder::Folder;
use crate::sheet::{Sheet, money};
use serde::Serialize;

pub(super) const GUESTS: &str = "guests.csv";
pub(super) const STAYS: &str = "stays.csv";
pub(super) const ANSWERS: &str = "guest_voice.csv";

pub(super) const SATISFIED: &str = "share of satisfied answers";
pub(super) const AGAIN: &str = "share of stays booked again within 90 days";

const HOMES: [(&str, f64); 5] = [("BE", 0.26), ("NL", 0.24), ("IE", 0.2), ("DE", 0.18), ("FR", 0.12)];
const PURPOSES: [(&str, f64); 2] = [("leisure", 0.63), ("business", 0.37)];
/// Guests who do not come back soon return after a year or so, to any house.
const RETURNS: f64 = 0.6;
const ANSWERED: f64 = 0.5;
/// One stay in so many has no amount, one no guest; one answer in so many is written twice.
const NO_AMOUNT: usize = 613;
const NO_GUEST: usize = 229;
const TWICE: usize = 397;

/// One stay.
#[derive(Debug, Clone)]
pub(super) struct Stay {
    pub guest: usize,
    pub house: usize,
    pub day: Day,
    nights: i32,
    cents: i64,
    /// Booked again in time.
    again: bool,
    /// The point given, if one was.
    pub point: Option<i32>,
}

impl Stay {
    /// The day the guest left and was asked.
    pub(super) const fn asked(&self) -> Day {
        self.day.plus(self.nights)
    }
}

/// The number a guest has in every file.
pub(super) fn number(guest: usize) -> String {
    format!("G-{}", 500_017 + 3 * guest)
}

/// Every stay, by day, with live feedback in the houses chosen.
pub(super) fn stays(world: &World, live: &Chosen) -> Vec<Stay> {
    let sizes: Vec<f64> = world.houses.iter().map(|h| h.size).collect();
    let mut list = Vec::new();
    for guest in 0..world.customers as usize {
        let mut dice = Dice::new(world.seed, "guest", guest as u64);
        let mut next = Some((arrival(world, &mut dice), dice.weighted(&sizes)));
        let mut visit = 0;
        while let Some((day, house)) = next.filter(|(day, _)| *day <= AS_OF) {
            // Each stay has dice of its own: what follows one changes no other.
            let mut dice = Dice::new(world.seed, "stay", guest as u64 * 1000 + visit);
            let works = live.has(house, day);
            let again = dice.chance(world.books_again(house, day, works));
            let (soon, late) = (dice.between(20, i64::from(AGAIN_WITHIN) - 5), dice.between(200, 420));
            let (returns, elsewhere) = (dice.chance(RETURNS), dice.weighted(&sizes));
            let nights = 1 + dice.weighted(&[0.34, 0.33, 0.2, 0.08, 0.05]) as i32;
            let price =
                world.houses[house].night * (0.8 + 0.4 * world.season[day.month() as usize - 1] / 1.35);
            let cents = (price * f64::from(nights) * (0.2 * dice.normal()).exp()).round() as i64;
            let (answers, point) = (dice.chance(ANSWERED), dice.five(world.satisfied(house, day, works)));
            let point = (answers && day.plus(nights) <= AS_OF).then_some(point);
            next = match (again, returns) {
                (true, _) => Some((day.plus(soon as i32), house)),
                (false, true) => Some((day.plus(late as i32), elsewhere)),
                (false, false) => None,
            };
            if day >= START {
                list.push(Stay { guest, house, day, nights, cents, again, point });
            }
            visit += 1;
        }
    }
    list.sort_by_key(|s| (s.day, s.guest));
    list
}

/// The day of a guest's first stay; some came before the records begin.
fn arrival(world: &World, dice: &mut Dice) -> Day {
    let first = START.plus(-300);
    loop {
        let day = first.plus(dice.below((AS_OF.0 - first.0) as usize) as i32);
        if dice.chance(world.season[day.month() as usize - 1] / 1.35) {
            return day;
        }
    }
}

/// Adds what the initiatives did in the houses that had them.
pub(super) fn add_up(world: &World, stays: &[Stay], chosen: &[Chosen; 3], figures: &mut Figures) {
    for stay in stays {
        for (id, works, standing) in standings(chosen, stay.house) {
            let live = chosen[0].has(stay.house, stay.day);
            if let Some(point) = stay.point {
                let share = |live| world.satisfied(stay.house, stay.day, live);
                let sum = Part {
                    recorded: f64::from(u8::from(point >= 4)),
                    n: 1.0,
                    without: share(live && !works),
                    with: share(live),
                };
                figures.of(id, SATISFIED).add(standing, stay.day, sum);
            }
            if stay.day.plus(AGAIN_WITHIN) <= AS_OF {
                let share = |live| world.books_again(stay.house, stay.day, live);
                let sum = Part {
                    recorded: f64::from(u8::from(stay.again)),
                    n: 1.0,
                    without: share(live && !works),
                    with: share(live),
                };
                figures.of(id, AGAIN).add(standing, stay.day, sum);
            }
        }
    }
}

/// What was written to the three files.
#[derive(Debug, Default, Serialize)]
pub(super) struct StayTruth {
    pub guests: u64,
    pub stays: u64,
    pub without_guest: u64,
    pub without_amount: u64,
    pub cents: i64,
    pub answers: u64,
    /// Rows of the survey that repeat another one cell by cell.
    pub repeated_answers: u64,
}

/// Writes guests, stays and what guests said.
pub(super) fn write(world: &World, stays: &[Stay], folder: &mut Folder) -> Result<StayTruth, Error> {
    let mut truth = StayTruth::default();
    let mut first: Vec<Option<Day>> = vec![None; world.customers as usize];
    for stay in stays {
        first[stay.guest].get_or_insert(stay.day);
    }
    let mut sheet = Sheet::plain(folder.create(GUESTS)?, ',');
    sheet.head("Guest,First stay,Country,Purpose");
    for (i, day) in first.iter().enumerate().filter_map(|(i, day)| Some((i, (*day)?))) {
        let mut dice = Dice::new(world.seed, "guest book", i as u64);
        sheet.cell(number(i)).cell(day).text(HOMES[dice.weighted(&HOMES.map(|(_, w)| w))].0);
        sheet.text(PURPOSES[dice.weighted(&PURPOSES.map(|(_, w)| w))].0).end();
    }
    truth.guests = sheet.finish().map_err(Error::io(&folder.path(GUESTS)))?;
    let mut sheet = Sheet::plain(folder.create(STAYS)?, ';').windows();
    sheet.head("Reservation;Guest;Arrival;Nights;House;Amount;Contribution");
    let mut voices = Sheet::plain(folder.create(ANSWERS)?, ',');
    voices.head("Answer,Guest,Day,House,Satisfaction");
    for (i, stay) in stays.iter().enumerate() {
        let (no_guest, no_amount) = (i % NO_GUEST == 4, i % NO_AMOUNT == 8);
        sheet.cell(format_args!("R{:06}", 700_001 + i)).maybe((!no_guest).then(|| number(stay.guest)));
        sheet.text(&stay.day.german()).cell(stay.nights).text(world.houses[stay.house].name);
        sheet.maybe((!no_amount).then(|| money(stay.cents)));
        sheet.maybe((!no_amount).then(|| money((stay.cents as f64 * world.margin) as i64))).end();
        truth.without_guest += u64::from(no_guest);
        truth.without_amount += u64::from(no_amount);
        truth.cents += if no_amount { 0 } else { stay.cents };
        let Some(point) = stay.point else { continue };
        let times = if i % TWICE == 6 { 2 } else { 1 };
        for _ in 0..times {
            voices.cell(format_args!("GV{:06}", i + 1)).cell(number(stay.guest)).cell(stay.asked());
            voices.text(world.houses[stay.house].name).cell(point).end();
        }
        truth.repeated_answers += times - 1;
    }
    truth.stays = sheet.finish().map_err(Error::io(&folder.path(STAYS)))?;
    truth.answers = voices.finish().map_err(Error::io(&folder.path(ANSWERS)))?;
    Ok(truth)
}
