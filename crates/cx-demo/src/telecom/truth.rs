//! Everything written in order, and what was planted.

use super::books::{self, COST, DESK, INITIATIVES, LEFT};
use super::world::{AS_OF, START, World};
use super::{contacts, people};
use crate::company::{Company, Size};
use crate::costs::Span;
use crate::error::Error;
use crate::figures::Figures;
use crate::folder::Folder;
use crate::lists::{Lists, settings};
use crate::truth::{Planted, Truth};

const NAME: &str = "Brightline";
const SETTINGS: &str = settings!("cx.toml");

/// Writes the company into a folder; gives its name and the number of rows.
pub(crate) fn write(folder: &mut Folder, seed: u64, size: Size) -> Result<(&'static str, u64), Error> {
    let world = World::new(seed, size.customers);
    let mut figures = Figures::default();
    let people = people::people(&world, &mut figures);
    let subscribers = people::write(&world, &people, folder)?;
    let touched = contacts::write(&world, &people, &mut figures, folder)?;
    let mut truth = Truth::begin(Company::Telecom, NAME, seed, size, START, AS_OF);
    truth.file(people::SUBSCRIBERS, subscribers.customers);
    truth.file(people::CONTRACTS, subscribers.contracts);
    truth.file(contacts::CONTACTS, touched.contacts);
    truth.file(contacts::ANSWERS, touched.asked + touched.repeated_answers);
    let lists = Lists {
        span: Span { seed, customers: size.customers, first: START, last: AS_OF, season: |_| 1.0 },
        accounts: &books::ACCOUNTS,
        spending: &books::spending(&world),
        initiatives: &INITIATIVES,
        assignments: &books::assignments(&world, &people),
        events: &books::EVENTS,
    };
    lists.write(&planted(&world, &people, &figures), &figures, &mut truth, folder)?;
    truth.put("subscribers", &subscribers);
    truth.put("contacts", &touched);
    truth.put("laws", &world);
    Ok((NAME, truth.write(folder, SETTINGS)?))
}

/// What each initiative is worth on the records' days. A contract kept is
/// worth the fees until the records end or, in the mean, half of the time.
fn planted(world: &World, people: &[people::Person], figures: &Figures) -> [Planted<'static>; 6] {
    let [desk, music, bills, saving, bonus, menu] = &INITIATIVES;
    let there: Vec<_> = people.iter().filter(|p| p.end() > AS_OF).collect();
    let fee: f64 = there.iter().map(|p| p.fee_on(world, AS_OF)).sum::<f64>() / there.len().max(1) as f64;
    let kept = |id, months: f64| -figures.gained(id, LEFT) * fee * people::MARGIN * months / 2.0;
    let one = |initiative, worth_cents, note| Planted { initiative, placebo: false, worth_cents, note };
    [
        one(
            desk,
            Some(-100.0 * figures.gained(DESK, COST)),
            "cost and satisfaction move, leaving does not; contacts and wages rise everywhere",
        ),
        Planted {
            placebo: true,
            ..one(music, Some(0.0), "rolled out in phases as the one desk was, in other regions")
        },
        one(bills, Some(kept(bills.id, 13.5)), "no cost was booked"),
        one(
            saving,
            Some(kept(saving.id, 9.5)),
            "the same regions have the bonus: the two cannot be told apart",
        ),
        one(
            bonus,
            Some(kept(bonus.id, 8.5)),
            "the same regions have the calls: the two cannot be told apart",
        ),
        one(menu, None, "began a week before the records end: nothing can be said yet"),
    ]
}
