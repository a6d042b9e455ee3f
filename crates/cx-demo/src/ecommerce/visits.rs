//! `sessions.csv.gz`: what happens on the site and in the app, with times in UTC.
//!
//! Visits that end in an order stand before that order, on its device; the tool
//! that records visits keeps a sample of them. Visits to the help pages and uses
//! of the parcel tracking are all recorded.

use super::orders::Order;
use super::people::{Person, number};
use super::world::{AS_OF, START, World};
use crate::calendar::{Day, Moment};
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::Sheet;
use serde::Serialize;
use std::collections::BTreeMap;

pub(super) const FILE: &str = "sessions.csv.gz";

/// Share of the visits that the site's tool records.
const SAMPLED: f64 = 1.0 / 16.0;
/// Visits that lead to no order, for each that does.
const IDLE_VISITS: usize = 28;
/// Share of visits that see a single page.
const BOUNCED: f64 = 0.385;
/// Share of the others without an order that leave a filled cart.
const LEFT_CARTS: f64 = 0.2;
/// Shares of visitors who are signed in: buyers, those who fill a cart, the others, those who look for help.
const SIGNED_IN: [f64; 4] = [0.9, 0.75, 0.22, 0.9];
/// Visits to the help pages per customer on file.
const HELP: f64 = 0.8;
/// Share of orders whose parcel is tracked.
const TRACKED: f64 = 0.35;
/// Features of the site, named on events.
const FEATURES: [&str; 3] = ["Wish list", "Room planner", "Parcel tracking"];
/// The channel of orders that the shop does not see being made.
const MARKETPLACE: usize = 2;
const APP: usize = 1;

/// What happens beside a visit: kind, share of visits, share that succeed.
const BESIDE: [(&str, f64, f64); 4] =
    [("search", 0.12, 0.86), ("page", 0.10, 1.0), ("task", 0.04, 0.83), ("event", 0.03, 1.0)];

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

/// One row of the file.
struct Act {
    at: Moment,
    user: Option<u32>,
    app: bool,
    kind: &'static str,
    feature: &'static str,
    pages: u64,
    ok: bool,
}

/// Writes what the tool recorded, by time.
pub(super) fn write(
    world: &World,
    people: &[Person],
    orders: &[Order],
    folder: &mut Folder,
) -> Result<VisitTruth, Error> {
    let mut dice = Dice::new(world.seed, "visits", 0);
    let mut acts = Vec::new();
    let sold = purchases(orders, &mut dice, &mut acts);
    idle(people, sold * IDLE_VISITS, &mut dice, &mut acts);
    help(world, people, &mut dice, &mut acts);
    acts.sort_by_key(|act| (act.at, act.user));
    let mut sheet = Sheet::packed(folder.create(FILE)?, ',');
    sheet.head("id,ts,user,device,event,feature,pages,errors,ok,load_ms");
    let mut truth = VisitTruth::default();
    for (i, act) in acts.iter().enumerate() {
        let load = (dice.normal() * 0.45 + if act.app { 6.7 } else { 7.3 }).exp();
        sheet.cell(format_args!("s{:07}", i + 1)).cell(act.at.greenwich().utc());
        sheet.maybe(act.user.map(number)).text(if act.app { "app" } else { "web" }).text(act.kind);
        sheet.text(act.feature);
        sheet.cell(act.pages).cell(u8::from(dice.chance(0.031))).cell(act.ok).cell(load.round());
        sheet.end();
        truth.without_customer += u64::from(act.user.is_none());
        truth.bounced += u64::from(act.kind == "session" && act.pages == 1);
        *truth.by_kind.entry(act.kind).or_default() += 1;
        *truth.succeeded_by_kind.entry(act.kind).or_default() += u64::from(act.ok);
    }
    truth.rows = sheet.finish().map_err(Error::io(&folder.path(FILE)))?;
    Ok(truth)
}

/// The visits that orders come from, their carts and their parcels; gives the number of visits.
fn purchases(orders: &[Order], dice: &mut Dice, acts: &mut Vec<Act>) -> usize {
    let mut visits = 0;
    for order in orders.iter().filter(|order| order.channel != MARKETPLACE) {
        let app = order.channel == APP;
        if dice.chance(SAMPLED) {
            visits += 1;
            let user = order.customer.filter(|_| dice.chance(SIGNED_IN[0]));
            let row = |before: i64, kind, pages| Act {
                at: order.at.plus(-before),
                user,
                app,
                kind,
                feature: "",
                pages,
                ok: true,
            };
            acts.push(row(dice.between(400, 2000), "session", 4 + dice.exponential(5.0) as u64));
            acts.push(row(dice.between(60, 300), "cart", 2));
        }
        let later = order.at.plus(3600 * dice.between(16, 60));
        if order.customer.is_some() && later.day <= AS_OF && dice.chance(TRACKED) {
            let (kind, feature) = ("event", FEATURES[2]);
            acts.push(Act { at: later, user: order.customer, app, kind, feature, pages: 1, ok: true });
        }
    }
    visits
}

/// Visits without an order, spread over all days, and what happens in them.
fn idle(people: &[Person], count: usize, dice: &mut Dice, acts: &mut Vec<Act>) {
    for i in 0..count {
        let at = moment(i, count, dice);
        let pages = if dice.chance(BOUNCED) { 1 } else { 2 + dice.exponential(4.0) as u64 };
        let cart = pages > 1 && dice.chance(LEFT_CARTS);
        let user = visitor(people, at.day, SIGNED_IN[if cart { 1 } else { 2 }], dice);
        let app = dice.chance(0.44);
        let row = |after: i64, kind, feature, pages, ok| Act {
            at: at.plus(after),
            user,
            app,
            kind,
            feature,
            pages,
            ok,
        };
        acts.push(row(0, "session", "", pages, false));
        if cart {
            acts.push(row(dice.between(60, 600), "cart", "", 2, false));
        }
        for (kind, share, success) in BESIDE {
            if pages > 1 && dice.chance(share / (1.0 - BOUNCED)) {
                let feature = if kind == "event" { FEATURES[dice.below(2)] } else { "" };
                let after = dice.between(5, 600);
                acts.push(row(after, kind, feature, 1, dice.chance(success)));
            }
        }
    }
}

/// Visits to the help pages.
fn help(world: &World, people: &[Person], dice: &mut Dice, acts: &mut Vec<Act>) {
    let count = (f64::from(world.customers) * HELP) as usize;
    for i in 0..count {
        let at = moment(i, count, dice);
        let user = visitor(people, at.day, SIGNED_IN[3], dice);
        let (app, pages) = (dice.chance(0.44), 1 + dice.exponential(2.0) as u64);
        acts.push(Act { at, user, app, kind: "help", feature: "", pages, ok: dice.chance(0.64) });
    }
}

/// A moment by day or in the evening; the counted acts fill all days evenly.
fn moment(i: usize, count: usize, dice: &mut Dice) -> Moment {
    let days = (AS_OF.0 - START.0 + 1) as usize;
    let day = START.plus((i * days / count.max(1)) as i32);
    Moment { day, second: dice.between(5 * 3600, 22 * 3600) as u32 }
}

/// Somebody who is a customer by then and signed in, or a stranger.
fn visitor(people: &[Person], day: Day, signed_in: f64, dice: &mut Dice) -> Option<u32> {
    let user = dice.below(people.len());
    let person = &people[user];
    let there = person.joined <= day && person.closed.is_none_or(|(closed, _)| closed > day);
    (there && dice.chance(signed_in)).then_some(user as u32)
}
