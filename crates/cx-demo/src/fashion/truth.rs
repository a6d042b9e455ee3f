//! Everything written in order, and what was planted.

use super::books::{self, ASSIST, INITIATIVES, SPEND};
use super::shoppers;
use super::world::{AS_OF, START, World};
use crate::company::{Company, Size};
use crate::costs::Span;
use crate::error::Error;
use crate::figures::Figures;
use crate::folder::Folder;
use crate::lists::{Lists, settings};
use crate::truth::{Planted, Truth};

const NAME: &str = "Atelier Moreau";
const SETTINGS: &str = settings!("cx.toml");

/// Writes the company into a folder; gives its name and the number of rows.
pub(crate) fn write(folder: &mut Folder, seed: u64, size: Size) -> Result<(&'static str, u64), Error> {
    let world = World::new(seed, size.customers);
    let mut figures = Figures::default();
    let (shoppers, receipts) = shoppers::shoppers(&world, &mut figures);
    let bought = shoppers::write(&world, &shoppers, &receipts, folder)?;
    let mut truth = Truth::begin(Company::Fashion, NAME, seed, size, START, AS_OF);
    truth.file(shoppers::CARDS, bought.cardholders);
    truth.file(shoppers::RECEIPTS, bought.lines);
    let season = |month: i32| if month == 12 { 1.3 } else { 1.0 };
    let lists = Lists {
        span: Span { seed, customers: size.customers, first: START, last: AS_OF, season },
        accounts: &books::ACCOUNTS,
        spending: &books::spending(&world),
        initiatives: &INITIATIVES,
        assignments: &shoppers::assignments(&world, &shoppers),
        events: &books::EVENTS,
    };
    let [assistants, looks, fittings] = &INITIATIVES;
    let one = |initiative, worth_cents, note| Planted { initiative, placebo: false, worth_cents, note };
    let worth = 100.0 * figures.gained(ASSIST, SPEND) * world.margin;
    let planted = [
        one(
            assistants,
            Some(worth),
            "customers chose by themselves, those with large baskets most; the choice follows the twelve months before, age and kind of shop, and nothing else. Others are those who came in these months and did not choose",
        ),
        Planted { placebo: true, ..one(looks, Some(0.0), "chosen by customers as the assistants were") },
        one(fittings, None, "began a week before the records end: nothing can be said yet"),
    ];
    lists.write(&planted, &figures, &mut truth, folder)?;
    truth.put("shops", &bought);
    truth.put("laws", &world);
    Ok((NAME, truth.write(folder, SETTINGS)?))
}
