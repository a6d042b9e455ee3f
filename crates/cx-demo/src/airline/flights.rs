//! `flights.csv.gz` and `after_flight.csv`: who flew, and how they liked it.

use super::books::{APP_ID, FLIGHTS, INITIATIVES, INVITED, SATISFIED};
use super::members::{Lot, Member, lot, number};
use super::world::{AS_OF, START, World};
use crate::calendar::{Day, Moment, Stretch, months};
use crate::dice::Dice;
use crate::error::Error;
use crate::figures::{Figures, Part, Standing};
use crate::folder::Folder;
use crate::initiatives::Initiative;
use crate::sheet::{Sheet, money};
use serde::Serialize;

pub(super) const FILE: &str = "flights.csv.gz";
pub(super) const ANSWERS: &str = "after_flight.csv";

/// Cabins: name, share, cents of a fare in the middle.
const CABINS: [(&str, f64, f64); 3] =
    [("economy", 0.83, 9900.0), ("plus", 0.12, 17_900.0), ("business", 0.05, 41_000.0)];
const ASKED: f64 = 0.5;
const ANSWERED: f64 = 0.42;
/// One flight in so many was flown under no number, and one is written twice.
const NO_NUMBER: usize = 367;
const TWICE: usize = 733;
/// One answer in so many is no point of the scale.
const OFF_SCALE: usize = 419;

/// One flight.
#[derive(Debug)]
struct Flight {
    at: Moment,
    member: usize,
    cabin: usize,
    cents: i64,
    app: bool,
    asked: bool,
    point: Option<i32>,
}

/// What was written to the two files.
#[derive(Debug, Default, Serialize)]
pub(super) struct FlightTruth {
    pub rows: u64,
    pub without_member: u64,
    /// Rows that repeat another one cell by cell.
    pub repeated_rows: u64,
    pub fares_cents: i64,
    pub asked: u64,
    pub answered: u64,
    pub off_scale: u64,
}

/// Writes both files, and adds up what the trials did.
pub(super) fn write(
    world: &World,
    members: &[Member],
    figures: &mut Figures,
    folder: &mut Folder,
) -> Result<FlightTruth, Error> {
    let mut flights = Vec::new();
    for (i, member) in members.iter().enumerate() {
        fly(world, i, member, figures, &mut flights);
    }
    flights.sort_by_key(|f| (f.at, f.member));
    let mut truth = FlightTruth::default();
    let mut sheet = Sheet::packed(folder.create(FILE)?, ',');
    sheet.head("ticket,member,departed,cabin,booked_on,fare,contribution");
    for (i, flight) in flights.iter().enumerate() {
        let (nobody, times) = (i % NO_NUMBER == 9, if i % TWICE == 21 { 2 } else { 1 });
        for _ in 0..times {
            sheet.cell(ticket(i)).maybe((!nobody).then(|| number(flight.member))).cell(flight.at.utc());
            sheet.text(CABINS[flight.cabin].0).text(if flight.app { "app" } else { "web" });
            sheet.cell(money(flight.cents)).cell(money((flight.cents as f64 * world.margin) as i64)).end();
            truth.without_member += u64::from(nobody);
            truth.fares_cents += flight.cents;
        }
        truth.repeated_rows += times - 1;
    }
    truth.rows = sheet.finish().map_err(Error::io(&folder.path(FILE)))?;
    answers(&flights, folder, &mut truth)?;
    Ok(truth)
}

fn ticket(flight: usize) -> String {
    format!("047-{:07}", 2_000_001 + flight)
}

/// How a member stands to a trial, as a user, and as one of those invited.
fn standings(trial: &Initiative, lot: Lot) -> [Standing; 2] {
    [lot.uses, lot.invited].map(|treated| Standing { treated, start: trial.from, end: trial.end(AS_OF) })
}

/// The flights of one member. Those who fly no more stay, with no flights.
fn fly(world: &World, i: usize, member: &Member, figures: &mut Figures, list: &mut Vec<Flight>) {
    let mut dice = Dice::new(world.seed, "flights", i as u64);
    let lots: Vec<(&Initiative, Lot)> =
        INITIATIVES.iter().filter_map(|trial| Some((trial, lot(world, i, member, trial)?))).collect();
    let uses = lots.iter().any(|(trial, lot)| trial.id == APP_ID && lot.uses);
    for part in months(member.joined.max(START), AS_OF.plus(1)) {
        let app = uses && part.from >= super::world::APP;
        let flies = f64::from(u8::from(part.from < member.stopped));
        let rate = |app| world.flights(part.from, app) * member.rate * part.share * flies;
        let count = dice.poisson(rate(app));
        for _ in 0..count {
            let flight = flight(world, i, member, part, app, &mut dice);
            if let Some(point) = flight.point {
                for (trial, lot) in &lots {
                    let sum = Part {
                        recorded: f64::from(u8::from(point >= 4)),
                        n: 1.0,
                        without: world.satisfied(member.would_take, app && trial.id != APP_ID),
                        with: world.satisfied(member.would_take, app),
                    };
                    figures.of(trial.id, SATISFIED).add(standings(trial, *lot)[0], flight.at.day, sum);
                }
            }
            list.push(flight);
        }
        for (trial, lot) in &lots {
            let sum = Part {
                recorded: count as f64,
                n: part.share,
                without: rate(app && trial.id != APP_ID),
                with: rate(app),
            };
            for (standing, outcome) in standings(trial, *lot).into_iter().zip([FLIGHTS, INVITED]) {
                figures.of(trial.id, outcome).add(standing, part.from, sum);
            }
        }
    }
}

fn flight(world: &World, i: usize, member: &Member, part: Stretch, app: bool, dice: &mut Dice) -> Flight {
    let day: Day = part.day(dice.unit());
    let cabin = dice.weighted(&CABINS.map(|(_, w, _)| w));
    let cents = (CABINS[cabin].2 * (0.4 * dice.normal()).exp()).round() as i64;
    let (asked, answers) = (dice.chance(ASKED), dice.chance(ANSWERED));
    let point = dice.five(world.satisfied(member.would_take, app));
    Flight {
        at: day.at(6 + dice.below(16) as u32, 5 * dice.below(12) as u32, 0),
        member: i,
        cabin,
        cents,
        app: app && dice.chance(0.7),
        asked: asked && day < AS_OF,
        point: (asked && answers && day < AS_OF).then_some(point),
    }
}

/// The survey after a flight, from 1 to 5.
fn answers(flights: &[Flight], folder: &mut Folder, truth: &mut FlightTruth) -> Result<(), Error> {
    let mut sheet = Sheet::plain(folder.create(ANSWERS)?, ',');
    sheet.head("Survey,Ticket,Member,Sent,Answered,State,Satisfaction");
    for (i, flight) in flights.iter().enumerate().filter(|(_, f)| f.asked) {
        let off = flight.point.is_none() && i % OFF_SCALE == 2;
        let sent = flight.at.plus(7200);
        sheet
            .cell(format_args!("AF{:07}", i + 1))
            .cell(ticket(i))
            .cell(number(flight.member))
            .cell(sent.utc());
        let done = flight.point.is_some() || off;
        sheet.maybe(done.then(|| sent.plus(2400).utc())).text(if done { "completed" } else { "delivered" });
        sheet.maybe(if off { Some(9) } else { flight.point }).end();
        truth.asked += 1;
        truth.answered += u64::from(flight.point.is_some());
        truth.off_scale += u64::from(off);
    }
    sheet.finish().map_err(Error::io(&folder.path(ANSWERS))).map(|_| ())
}
