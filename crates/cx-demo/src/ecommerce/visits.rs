//! `sessions.csv.gz`: what happens on the site, with times in UTC.

use super::people::{Person, number};
use super::world::{AS_OF, START, World};
use crate::calendar::Moment;
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::Sheet;
use serde::Serialize;
use std::collections::BTreeMap;

pub(super) const FILE: &str = "sessions.csv.gz";

/// Kinds of act, their weight, and how often they succeed.
const KINDS: [(&str, f64, f64); 7] = [
    ("session", 0.44, 0.034),
    ("search", 0.15, 0.86),
    ("cart", 0.11, 0.31),
    ("help", 0.08, 0.64),
    ("page", 0.12, 1.0),
    ("task", 0.05, 0.83),
    ("event", 0.05, 1.0),
];
/// Features of the site, named on events.
const FEATURES: [&str; 3] = ["Wish list", "Room planner", "Parcel tracking"];
const EVENT: usize = 6;
const SESSION: usize = 0;

/// What was written to `sessions.csv.gz`.
#[derive(Debug, Default, Serialize)]
pub(super) struct VisitTruth {
    pub rows: u64,
    pub without_customer: u64,
    /// Sessions of a single page.
    pub bounced: u64,
    pub by_kind: BTreeMap<&'static str, u64>,
    pub succeeded_by_kind: BTreeMap<&'static str, u64>,
}

/// Writes two acts per customer on file, spread over all days.
pub(super) fn write(world: &World, people: &[Person], folder: &mut Folder) -> Result<VisitTruth, Error> {
    let mut sheet = Sheet::packed(folder.create(FILE)?, ',');
    sheet.head("id,ts,user,device,event,feature,pages,errors,ok,load_ms");
    let mut truth = VisitTruth::default();
    let mut dice = Dice::new(world.seed, "visits", 0);
    let days = (AS_OF.0 - START.0 + 1) as usize;
    let count = 2 * world.customers as usize;
    for i in 0..count {
        let day = START.plus((i * days / count) as i32);
        let at = Moment { day, second: dice.between(5 * 3600, 22 * 3600) as u32 };
        let user = dice.below(people.len());
        let known = people[user].joined <= day && dice.chance(0.45);
        let kind = dice.weighted(&KINDS.map(|(_, w, _)| w));
        let (name, _, success) = KINDS[kind];
        let app = dice.chance(0.44);
        let pages = if kind == SESSION && dice.chance(0.37) { 1 } else { 2 + dice.exponential(4.0) as u64 };
        let ok = dice.chance(success);
        let load = (dice.normal() * 0.45 + if app { 6.7 } else { 7.3 }).exp();
        sheet.cell(format_args!("s{:07}", i + 1)).cell(at.utc());
        sheet.maybe(known.then(|| number(user as u32))).text(if app { "app" } else { "web" }).text(name);
        sheet.text(if kind == EVENT { dice.pick(&FEATURES) } else { "" });
        sheet.cell(pages).cell(u8::from(dice.chance(0.031))).cell(ok).cell(load.round());
        sheet.end();
        truth.without_customer += u64::from(!known);
        truth.bounced += u64::from(kind == SESSION && pages == 1);
        *truth.by_kind.entry(name).or_default() += 1;
        *truth.succeeded_by_kind.entry(name).or_default() += u64::from(ok);
    }
    truth.rows = sheet.finish().map_err(Error::io(&folder.path(FILE)))?;
    Ok(truth)
}
