//! Customers: who they are, when they came, when they stopped.

use super::world::{AS_OF, COUNTRIES, LANGUAGES, PROGRAMME, SEGMENTS, START, TIERS, World};
use crate::calendar::Day;
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::Sheet;
use serde::Serialize;
use std::collections::BTreeMap;

/// Customers of the tier `founder`.
pub(super) const FOUNDERS: u32 = 4;
/// Customers of the segment `press`.
pub(super) const PRESS: u32 = 3;
const PRESS_SEGMENT: usize = 4;
const FOUNDER_TIER: usize = 3;

/// Where customers come from, and whether they were recommended, bought, or nobody knows.
const SOURCES: [(&str, &str, f64); 6] = [
    ("Search ads", "bought", 0.27),
    ("Marketplace", "bought", 0.22),
    ("Organic search", "earned", 0.17),
    ("Referral", "earned", 0.13),
    ("Social media", "bought", 0.11),
    ("Direct", "", 0.10),
];
const REFERRAL: usize = 3;

/// Why accounts are closed.
const REASONS: [(&str, f64); 5] = [
    ("Prices", 0.31),
    ("No further need", 0.27),
    ("Delivery problems", 0.19),
    ("Found another shop", 0.14),
    ("Product quality", 0.09),
];

/// One customer.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub joined: Day,
    pub segment: usize,
    pub tier: usize,
    pub country: usize,
    source: usize,
    referred_by: Option<u32>,
    /// Orders per month before season and programme.
    pub rate: f64,
    /// The day the customer stopped buying; nobody sees it.
    pub stopped: Option<Day>,
    /// The day the account was closed, and why.
    pub closed: Option<(Day, usize)>,
    /// In the programme's trial: treated or held out.
    pub treated: Option<bool>,
    newsletter: bool,
    pub club: bool,
}

impl Person {
    /// True for the few whose groups are too small to show; they never stop.
    pub(super) const fn is_rare(&self) -> bool {
        self.segment == PRESS_SEGMENT || self.tier == FOUNDER_TIER
    }
}

/// The number a customer has in every file.
pub(super) fn number(person: u32) -> String {
    format!("K{}", 100_201 + person)
}

/// The customers of the world.
pub(super) fn people(world: &World) -> Vec<Person> {
    (0..world.customers).map(|i| person(world, i)).collect()
}

fn person(world: &World, i: u32) -> Person {
    let mut dice = Dice::new(world.seed, "person", u64::from(i));
    let rare = i < FOUNDERS + PRESS;
    let before = rare || dice.chance(0.45);
    let joined = if before {
        START.plus(-(1 + dice.exponential(420.0).min(1000.0) as i32))
    } else {
        newcomer(&mut dice)
    };
    let source = dice.weighted(&SOURCES.map(|(_, _, w)| w));
    let referred_by =
        (source == REFERRAL && i > 20 && dice.chance(0.9)).then(|| dice.below(i as usize) as u32);
    let segment = if rare && i >= FOUNDERS { PRESS_SEGMENT } else { dice.weighted(&world.segment_shares) };
    let tier = if i < FOUNDERS { FOUNDER_TIER } else { dice.weighted(&world.tier_shares) };
    let mut person = Person {
        joined,
        segment,
        tier,
        country: if rare { 0 } else { dice.weighted(&world.country_shares) },
        source,
        referred_by,
        rate: world.orders_per_month
            * world.order_rate_by_segment[segment]
            * if rare { 2.0 } else { dice.gamma(1.5) / 1.5 },
        stopped: None,
        closed: None,
        treated: None,
        newsletter: dice.chance(0.71),
        club: dice.chance([0.12, 0.4, 0.7, 1.0][tier]),
    };
    if !rare {
        live(world, i, &mut person, &mut dice);
    }
    person
}

/// A day within the records, busier before Christmas and more so every year.
fn newcomer(dice: &mut Dice) -> Day {
    let days = AS_OF.0 - START.0;
    loop {
        let day = START.plus(dice.below(days as usize) as i32);
        let season = if matches!(day.month(), 11 | 12) { 1.0 } else { 0.7 };
        let growth = 0.75 + 0.25 * f64::from(day.0 - START.0) / f64::from(days);
        if dice.chance(season * growth) {
            return day;
        }
    }
}

/// Month by month: who stops, who closes the account, who enters the trial.
fn live(world: &World, i: u32, person: &mut Person, dice: &mut Dice) {
    let months_before = f64::from((START.0 - person.joined.0).max(0)) / 30.44;
    if dice.chance(1.0 - (1.0 - world.monthly_stop).powf(months_before)) {
        // Stopped at some time before the records begin.
        let day = person.joined.plus(dice.below((START.0 - person.joined.0).max(1) as usize) as i32);
        person.stopped = Some(day);
        if dice.chance(world.closes_account * 0.5) {
            person.closed = Some((day.plus(1), dice.weighted(&REASONS.map(|(_, w)| w))));
        }
    }
    let mut month = person.joined.max(START).month_start(0);
    while month <= AS_OF {
        let next = month.month_start(1);
        let on_file = person.joined < PROGRAMME && person.closed.is_none_or(|(day, _)| day >= PROGRAMME);
        if month == PROGRAMME && on_file {
            person.treated = Some(Dice::new(world.seed, "trial", u64::from(i)).chance(0.5));
        }
        let from = month.max(person.joined);
        let share = f64::from(next.0 - from.0) / f64::from(next.0 - month.0);
        let leaving = world.monthly_stop * world.leaving(month, person.treated == Some(true)) * share;
        if person.stopped.is_none() && dice.chance(leaving) {
            let day = from.plus(1 + dice.below((next.0 - from.0) as usize) as i32);
            person.stopped = Some(day);
            let closed = day.plus(1 + dice.exponential(9.0) as i32);
            if dice.chance(world.closes_account) && closed <= AS_OF {
                person.closed = Some((closed, dice.weighted(&REASONS.map(|(_, w)| w))));
            }
        }
        month = next;
    }
}

/// What was written to `customers.csv`.
#[derive(Debug, Default, Serialize)]
pub(super) struct CustomerTruth {
    /// Rows of the file, everything included.
    pub rows: u64,
    /// Rows without a customer number: rejected.
    pub without_number: u64,
    /// Rows of a customer that a later row replaces.
    pub replaced: u64,
    /// Dates that no calendar has: the cell counts as blank.
    pub impossible_dates: u64,
    /// Customers that remain.
    pub customers: u64,
    /// Of those, accounts closed by the last day.
    pub closed: u64,
    pub by_segment: BTreeMap<&'static str, u64>,
    pub by_tier: BTreeMap<&'static str, u64>,
    pub acquired: BTreeMap<&'static str, u64>,
}

/// Writes the customer list: BOM, CRLF, later rows that correct earlier ones.
pub(super) fn write(world: &World, people: &[Person], folder: &mut Folder) -> Result<CustomerTruth, Error> {
    let name = "customers.csv";
    let mut sheet = Sheet::plain(folder.create(name)?, ',').windows();
    sheet.head(
        "\u{feff}Customer No,Joined,Closed,Close reason,Source,Source type,Referred by,Country,Language,Segment,Tier,Business,Newsletter,Club member",
    );
    let mut truth = CustomerTruth::default();
    let mut dice = Dice::new(world.seed, "customer traps", 0);
    let rare = (FOUNDERS + PRESS) as usize;
    let special: Vec<usize> = dice.distinct(11, people.len() - rare).iter().map(|i| i + rare).collect();
    let (corrected, impossible) = special.split_at(7);
    for (i, person) in people.iter().enumerate() {
        if corrected.contains(&i) {
            // A tier as it stood before; the row that counts follows at the end.
            row(&mut sheet, i, &Person { tier: 0, ..person.clone() }, None);
            truth.replaced += 1;
        } else if impossible.contains(&i) {
            row(&mut sheet, i, person, Some("2025-02-30"));
            truth.impossible_dates += 1;
        } else {
            row(&mut sheet, i, person, None);
        }
        truth.customers += 1;
        truth.closed += u64::from(person.closed.is_some());
        *truth.by_segment.entry(SEGMENTS[person.segment]).or_default() += 1;
        *truth.by_tier.entry(TIERS[person.tier]).or_default() += 1;
        let kind = SOURCES[person.source].1;
        *truth.acquired.entry(if kind.is_empty() { "unknown" } else { kind }).or_default() += 1;
    }
    for i in corrected {
        row(&mut sheet, *i, &people[*i], None);
    }
    for _ in 0..2 {
        sheet.cell("").cell("2026-01-07");
        for value in ["", "", "Direct", "", "", "DE", "de", "home", "standard", "no", "no", "no"] {
            sheet.text(value);
        }
        sheet.end();
        truth.without_number += 1;
    }
    truth.rows = sheet.finish().map_err(Error::io(&folder.path(name)))?;
    Ok(truth)
}

fn row(sheet: &mut Sheet, i: usize, person: &Person, joined: Option<&str>) {
    let yes_no = |b: bool| if b { "yes" } else { "no" };
    sheet.text(&number(i as u32));
    match joined {
        Some(text) => sheet.text(text),
        None => sheet.cell(person.joined),
    };
    sheet.maybe(person.closed.map(|(day, _)| day));
    sheet.text(person.closed.map_or("", |(_, why)| REASONS[why].0));
    sheet.text(SOURCES[person.source].0).text(SOURCES[person.source].1);
    sheet.maybe(person.referred_by.map(number));
    sheet.text(COUNTRIES[person.country]).text(LANGUAGES[person.country]);
    sheet.text(SEGMENTS[person.segment]).text(TIERS[person.tier]);
    sheet.text(yes_no(SEGMENTS[person.segment] == "trade")).text(yes_no(person.newsletter));
    sheet.text(yes_no(person.club)).end();
}
