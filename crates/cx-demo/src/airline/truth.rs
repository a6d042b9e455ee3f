//! Everything written in order, and what was planted.

use super::books::{self, APP_ID, FLIGHTS, INITIATIVES};
use super::world::{AS_OF, START, World};
use super::{flights, members};
use crate::company::{Company, Size};
use crate::costs::Span;
use crate::error::Error;
use crate::figures::Figures;
use crate::folder::Folder;
use crate::lists::{Lists, settings};
use crate::truth::{Planted, Truth};

const NAME: &str = "Meridian Air";
const SETTINGS: &str = settings!("cx.toml");

/// Writes the company into a folder; gives its name and the number of rows.
pub(crate) fn write(folder: &mut Folder, seed: u64, size: Size) -> Result<(&'static str, u64), Error> {
    let world = World::new(seed, size.customers);
    let mut figures = Figures::default();
    let members = members::members(&world);
    let flown = flights::write(&world, &members, &mut figures, folder)?;
    let mut truth = Truth::begin(Company::Airline, NAME, seed, size, START, AS_OF);
    truth.file(members::FILE, members::write(&members, folder)?);
    truth.file(flights::FILE, flown.rows);
    truth.file(flights::ANSWERS, flown.asked);
    let lists = Lists {
        span: Span { seed, customers: size.customers, first: START, last: AS_OF, season: |_| 1.0 },
        accounts: &books::ACCOUNTS,
        spending: &books::spending(&world),
        initiatives: &INITIATIVES,
        assignments: &members::assignments(&world, &members),
        events: &books::EVENTS,
    };
    let [app, seats, wifi] = &INITIATIVES;
    let one = |initiative, worth_cents, note| Planted { initiative, placebo: false, worth_cents, note };
    let margin = flown.fares_cents as f64 / flown.rows.max(1) as f64 * world.margin;
    let planted = [
        one(
            app,
            Some(figures.gained(APP_ID, FLIGHTS) * margin),
            "nobody who was not invited could have it; those who use it flew more before; the share of satisfied users is a level, not an effect",
        ),
        Planted { placebo: true, ..one(seats, Some(0.0), "invited by lot and taken up as the app was") },
        one(wifi, None, "began a week before the records end: nothing can be said yet"),
    ];
    lists.write(&planted, &figures, &mut truth, folder)?;
    truth.put("flights", &flown);
    truth.put("laws", &world);
    Ok((NAME, truth.write(folder, SETTINGS)?))
}
