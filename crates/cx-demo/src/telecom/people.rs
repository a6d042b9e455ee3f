//! `subscribers.csv` and `contracts.csv`: who is a customer, and for how long.

use super::books::{BILL, BONUS_ID, DESK, LEFT, MENU_ID, MUSIC_ID, SAVING};
use super::world::{
    AS_OF, BILLS, BONUS, MENU, MUSIC, MUSIC_ENDS, PRICE_RISE, Region, SAVING_CALLS, START, WAVES, World,
};
use crate::calendar::{Day, months};
use crate::dice::Dice;
use crate::error::Error;
use crate::figures::{Figures, Part, Standing};
use crate::folder::Folder;
use crate::sheet::{Sheet, german_money};
use serde::Serialize;

pub(super) const SUBSCRIBERS: &str = "subscribers.csv";
pub(super) const CONTRACTS: &str = "contracts.csv";

/// Tariffs with their monthly fee in cents at the start, and their shares.
const TARIFFS: [(&str, i64, f64); 4] = [
    ("Mobile S", 1299, 0.34),
    ("Mobile L", 2499, 0.3),
    ("Fibre", 3499, 0.24),
    ("Fibre + Mobile", 4999, 0.12),
];
const KINDS: [(&str, f64); 2] = [("private", 0.86), ("business", 0.14)];
const REASONS: [(&str, bool, f64); 5] = [
    ("Price", true, 0.37),
    ("Moved away", true, 0.18),
    ("Network", true, 0.16),
    ("Other provider", true, 0.17),
    ("Unpaid bills", false, 0.12),
];
/// Part of the fee that is left after network, taxes and interconnection.
pub(super) const MARGIN: f64 = 0.42;

/// One customer.
#[derive(Debug)]
pub(super) struct Person {
    pub joined: Day,
    pub region: usize,
    kind: usize,
    tariff: usize,
    /// Factor on contacts.
    pub rate: f64,
    /// When the contract ended, and why.
    pub left: Option<(Day, usize)>,
    /// Plain bills, by lot; none where not yet or no longer a customer.
    pub bills: Option<bool>,
}

impl Person {
    /// The first day without a contract, or after the records.
    pub(super) fn end(&self) -> Day {
        self.left.map_or(AS_OF.plus(1), |(day, _)| day)
    }

    /// The monthly fee, the last known.
    fn fee(&self, world: &World) -> i64 {
        let fee = TARIFFS[self.tariff].1;
        if self.end() > PRICE_RISE { (fee as f64 * world.price_rise).round() as i64 } else { fee }
    }

    /// The monthly fee on a day, in cents.
    pub(super) fn fee_on(&self, world: &World, day: Day) -> f64 {
        TARIFFS[self.tariff].1 as f64 * if day >= PRICE_RISE { world.price_rise } else { 1.0 }
    }
}

/// The number a customer has in every file.
pub(super) fn number(person: usize) -> String {
    format!("{}", 40_010_203 + 7 * person)
}

/// How a customer stands to every initiative that was ever tried on them.
pub(super) fn standings(person: &Person, region: &Region) -> Vec<(&'static str, Standing)> {
    let all = AS_OF.plus(1);
    let by_region = |start: Option<Day>, first: Day, end: Day| Standing {
        treated: start.is_some(),
        start: start.unwrap_or(first),
        end,
    };
    let saving = |start: Day| by_region(region.saving.then_some(start), start, all);
    let mut list = vec![
        (DESK, by_region(region.desk, WAVES[0].0, all)),
        (MUSIC_ID, by_region(region.music, MUSIC[0].0, MUSIC_ENDS)),
        (SAVING, saving(SAVING_CALLS)),
        (BONUS_ID, saving(BONUS)),
        (MENU_ID, by_region(region.menu.then_some(MENU), MENU, all)),
    ];
    list.extend(person.bills.map(|treated| (BILL, Standing { treated, start: BILLS, end: all })));
    list
}

/// Every customer's life with the company.
pub(super) fn people(world: &World, figures: &mut Figures) -> Vec<Person> {
    let sizes: Vec<f64> = world.regions.iter().map(|r| r.size).collect();
    (0..world.customers)
        .map(|i| {
            let mut dice = Dice::new(world.seed, "subscriber", u64::from(i));
            let days = f64::from(AS_OF.0 - START.0);
            let joined = if dice.chance(0.68) {
                START.plus(-1 - dice.exponential(700.0).min(2900.0) as i32)
            } else {
                START.plus((dice.unit() * days) as i32)
            };
            let mut person = Person {
                joined,
                region: dice.weighted(&sizes),
                kind: dice.weighted(&KINDS.map(|(_, w)| w)),
                tariff: dice.weighted(&TARIFFS.map(|(.., w)| w)),
                rate: dice.gamma(1.5) / 1.5,
                left: None,
                bills: None,
            };
            live(world, &mut person, &mut dice, figures);
            person
        })
        .collect()
}

/// Month by month: whether the contract goes on.
fn live(world: &World, person: &mut Person, dice: &mut Dice, figures: &mut Figures) {
    let region = &world.regions[person.region];
    for part in months(person.joined.max(START), AS_OF.plus(1)) {
        if part.from == BILLS {
            person.bills = Some(dice.chance(0.5));
        }
        let at =
            |start: Day, works: bool, factor: f64| if works && part.from >= start { factor } else { 1.0 };
        let calls = at(SAVING_CALLS, region.saving, world.saving_calls);
        let bonus = at(BONUS, region.saving, world.bonus);
        let bills = at(BILLS, person.bills == Some(true), world.bills);
        let base = world.leaves(part.from) * part.share * calls * bonus * bills;
        // Both dice are cast whatever they decide, so that an effect changes nothing else.
        let (left, day, why) =
            (dice.chance(base), part.day(dice.unit()), dice.weighted(&REASONS.map(|(.., w)| w)));
        for (id, standing) in standings(person, region) {
            let factor = match id {
                SAVING => calls,
                BONUS_ID => bonus,
                BILL => bills,
                _ => 1.0,
            };
            let recorded = f64::from(u8::from(left));
            let sum = Part { recorded, n: part.share, without: base / factor, with: base };
            figures.of(id, LEFT).add(standing, part.from, sum);
        }
        if left {
            person.left = Some((day.plus(1), why));
            return;
        }
    }
}

/// What was written about customers and contracts.
#[derive(Debug, Default, Serialize)]
pub(super) struct PeopleTruth {
    pub customers: u64,
    pub contracts: u64,
    pub ended: u64,
    /// Contracts whose end is said in words that no calendar has.
    pub impossible_ends: u64,
}

/// Writes both files.
pub(super) fn write(world: &World, people: &[Person], folder: &mut Folder) -> Result<PeopleTruth, Error> {
    let mut truth = PeopleTruth::default();
    let mut sheet = Sheet::plain(folder.create(SUBSCRIBERS)?, ',').windows();
    sheet.head("\u{feff}Account,Customer since,Left,Reason,Region,Type");
    for (i, person) in people.iter().enumerate() {
        let left = person.left.filter(|(day, _)| *day <= AS_OF);
        sheet.cell(number(i)).cell(person.joined).maybe(left.map(|(day, _)| day));
        sheet.text(left.map_or("", |(_, why)| REASONS[why].0));
        sheet.text(world.regions[person.region].name).text(KINDS[person.kind].0).end();
    }
    truth.customers = sheet.finish().map_err(Error::io(&folder.path(SUBSCRIBERS)))?;
    let mut sheet = Sheet::plain(folder.create(CONTRACTS)?, ';');
    sheet.head("Contract;Account;Tariff;From;To;Ended because;Ended by;Fee per month");
    for (i, person) in people.iter().enumerate() {
        let left = person.left.filter(|(day, _)| *day <= AS_OF);
        sheet.cell(format_args!("V{:06}", 300_001 + i)).cell(number(i)).text(TARIFFS[person.tariff].0);
        sheet.text(&person.joined.german());
        match left {
            // Typed by hand in the shop: counted as blank.
            Some(_) if i % 997 == 5 => {
                truth.impossible_ends += 1;
                sheet.text("31.02.2026")
            }
            Some((day, _)) => sheet.text(&day.german()),
            None => sheet.text(""),
        };
        sheet.text(left.map_or("", |(_, why)| REASONS[why].0));
        sheet.text(left.map_or("", |(_, why)| if REASONS[why].1 { "customer" } else { "company" }));
        sheet.text(&german_money(person.fee(world))).end();
        truth.ended += u64::from(left.is_some());
    }
    truth.contracts = sheet.finish().map_err(Error::io(&folder.path(CONTRACTS)))?;
    Ok(truth)
}
