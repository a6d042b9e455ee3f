//! Everything written in order, and what was planted.

use super::chosen::{self, Chosen, INITIATIVES, LIVE_ID};
use super::stays::{self, AGAIN};
use super::world::{AS_OF, START, World};
use crate::company::{Company, Size};
use crate::costs::Span;
use crate::error::Error;
use crate::figures::Figures;
use crate::folder::Folder;
use crate::lists::{Lists, settings};
use crate::truth::{Planted, Truth};

const NAME: &str = "Harbour & Hill";
const SETTINGS: &str = settings!("cx.toml");

/// Writes the company into a folder; gives its name and the number of rows.
pub(crate) fn write(folder: &mut Folder, seed: u64, size: Size) -> Result<(&'static str, u64), Error> {
    let world = World::new(seed, size.customers);
    // Who is worst is known once the year is over; until then both worlds are one.
    let untouched = stays::stays(&world, &Chosen::none());
    let live = Chosen::worst(0, &untouched);
    let stays = stays::stays(&world, &live);
    let chosen = [live, Chosen::worst(1, &stays), Chosen::worst(2, &stays)];
    let mut figures = Figures::default();
    stays::add_up(&world, &stays, &chosen, &mut figures);
    let stayed = stays::write(&world, &stays, folder)?;
    let mut truth = Truth::begin(Company::Hotel, NAME, seed, size, START, AS_OF);
    truth.file(stays::GUESTS, stayed.guests);
    truth.file(stays::STAYS, stayed.stays);
    truth.file(stays::ANSWERS, stayed.answers);
    let lists = Lists {
        span: Span { seed, customers: size.customers, first: START, last: AS_OF, season: |_| 1.0 },
        accounts: &chosen::ACCOUNTS,
        spending: &chosen::spending(&world),
        initiatives: &INITIATIVES,
        assignments: &chosen::assignments(&world, &chosen),
        events: &chosen::EVENTS,
    };
    let [live, pillows, keys] = &INITIATIVES;
    let one = |initiative, worth_cents, note| Planted { initiative, placebo: false, worth_cents, note };
    let margin = stayed.cents as f64 / stayed.stays.max(1) as f64 * world.margin;
    let planted = [
        one(
            live,
            Some(figures.gained(LIVE_ID, AGAIN) * margin),
            "the fifteen worst of 2025 by what guests said: they would have risen without it; worth counts stays that can be followed for 90 days",
        ),
        Planted {
            placebo: true,
            ..one(pillows, Some(0.0), "the twelve worst of the winter before, chosen as the others were")
        },
        one(keys, None, "began a week before the records end: nothing can be said yet"),
    ];
    lists.write(&planted, &figures, &mut truth, folder)?;
    truth.put("stays", &stayed);
    truth.put("laws", &world);
    Ok((NAME, truth.write(folder, SETTINGS)?))
}
