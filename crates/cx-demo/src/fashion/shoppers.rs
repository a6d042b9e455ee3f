//! `cardholders.csv` and `receipts.csv.gz`: who has a card, what they bought,
//! and who chose what.

use super::books::{ASSIST, BASKET, INITIATIVES, SPEND, VISITS};
use super::world::{AGES, AS_OF, ASSISTANTS, FORMATS, History, SHOPS, START, World};
use crate::assignments::{Assignment, Who};
use crate::calendar::{Day, Moment, months};
use crate::dice::Dice;
use crate::error::Error;
use crate::figures::{Figures, Part, Standing};
use crate::folder::Folder;
use crate::sheet::{Sheet, german_money};
use serde::Serialize;

pub(super) const CARDS: &str = "cardholders.csv";
pub(super) const RECEIPTS: &str = "receipts.csv.gz";

const ARTICLES: [(&str, &str, f64); 8] = [
    ("Coat", "Outerwear", 0.07),
    ("Dress", "Womenswear", 0.16),
    ("Blouse", "Womenswear", 0.18),
    ("Trousers", "Womenswear", 0.15),
    ("Shirt", "Menswear", 0.17),
    ("Suit", "Menswear", 0.05),
    ("Scarf", "Accessories", 0.13),
    ("Belt", "Accessories", 0.09),
];
/// One receipt in so many was paid without the card, one line has no amount, one is written twice.
const NO_CARD: usize = 311;
const NO_AMOUNT: usize = 709;
const TWICE: usize = 1009;

/// One customer with a card.
#[derive(Debug)]
pub(super) struct Shopper {
    joined: Day,
    age: usize,
    shop: usize,
    /// Chose each initiative, in their order; none where never asked.
    chose: [Option<bool>; INITIATIVES.len()],
}

/// One receipt.
#[derive(Debug)]
pub(super) struct Receipt {
    at: Moment,
    shopper: usize,
    shop: usize,
    cents: i64,
}

/// The name of a shop.
fn shop_name(shop: usize) -> String {
    format!("{:02} {}", shop + 1, FORMATS[format(shop)].0)
}

/// What kind of shop it is.
fn format(shop: usize) -> usize {
    let ends = [FORMATS[0].1, FORMATS[0].1 + FORMATS[1].1];
    usize::from(shop >= ends[0]) + usize::from(shop >= ends[1])
}

/// The number a customer has in every file.
fn number(shopper: usize) -> String {
    format!("9280{:06}", 10_007 + 11 * shopper)
}

/// Everybody with a card, and every receipt by time.
pub(super) fn shoppers(world: &World, figures: &mut Figures) -> (Vec<Shopper>, Vec<Receipt>) {
    let mut receipts = Vec::new();
    let shoppers = (0..world.customers as usize).map(|i| shopper(world, i, figures, &mut receipts)).collect();
    receipts.sort_by_key(|r| (r.at, r.shopper));
    (shoppers, receipts)
}

fn shopper(world: &World, i: usize, figures: &mut Figures, receipts: &mut Vec<Receipt>) -> Shopper {
    let mut dice = Dice::new(world.seed, "shopper", i as u64);
    let joined = if dice.chance(0.75) {
        START.plus(-1 - dice.exponential(800.0).min(3000.0) as i32)
    } else {
        START.plus(dice.below((AS_OF.0 - START.0) as usize) as i32)
    };
    let (age, shop) = (dice.weighted(&AGES.map(|(_, w)| w)), dice.below(SHOPS));
    let stopped = joined.max(START).plus(dice.exponential(30.44 / world.stops).min(9000.0) as i32);
    let rate = dice.gamma(2.0) / 2.0;
    let taste = (world.basket_spread * dice.normal()).exp();
    let mut one = Shopper { joined, age, shop, chose: [None; INITIATIVES.len()] };
    let mut past: Vec<(Day, f64)> = Vec::new();
    let mut months_of: Vec<Month> = Vec::new();
    for part in months(joined.max(START), AS_OF.plus(1)) {
        choose(world, i, &mut one, part.from, part.to, &past);
        let assistant = one.chose[0] == Some(true) && part.from >= ASSISTANTS;
        let comes = f64::from(u8::from(part.from < stopped));
        let visits = |works| world.visits(age, part.from, works) * rate * part.share * comes;
        let basket = |works| world.basket(age, format(shop), part.from, works) * taste;
        let (count, mut cents) = (dice.poisson(visits(assistant)), 0.0);
        for _ in 0..count {
            let day = part.day(dice.unit());
            let noise = world.basket_noise;
            let paid = (basket(assistant) * (noise * dice.normal() - noise * noise / 2.0).exp()).round();
            let elsewhere = dice.chance(0.1).then(|| dice.below(SHOPS));
            let at = day.at(10 + dice.below(9) as u32, dice.below(60) as u32, 0);
            receipts.push(Receipt { at, shopper: i, shop: elsewhere.unwrap_or(shop), cents: paid as i64 });
            past.push((day, paid));
            cents += paid;
        }
        let law = [false, assistant].map(|works| [visits(works), basket(works) / 100.0]);
        months_of.push(Month {
            from: part.from,
            share: part.share,
            count: count as f64,
            paid: cents / 100.0,
            law,
        });
    }
    for month in &months_of {
        add_up(&one, month, figures);
    }
    one
}

/// A month of a customer, by what is known of it and by the laws.
#[derive(Debug)]
struct Month {
    from: Day,
    share: f64,
    count: f64,
    paid: f64,
    /// Visits and the mean basket, without the assistants and as it was.
    law: [[f64; 2]; 2],
}

/// Adds a month to what the initiatives did, those not yet begun too.
fn add_up(one: &Shopper, month: &Month, figures: &mut Figures) {
    let Month { from, share, count, paid, law: [without, with] } = month;
    for (initiative, chose) in INITIATIVES.iter().zip(one.chose) {
        let Some(treated) = chose else { continue };
        let standing = Standing { treated, start: initiative.from, end: initiative.end(AS_OF) };
        let without = if initiative.id == ASSIST { without } else { with };
        let mut add = |outcome, recorded: f64, n: f64, law: fn(&[f64; 2], f64) -> f64| {
            let sum = Part { recorded, n, without: law(without, *count), with: law(with, *count) };
            figures.of(initiative.id, outcome).add(standing, *from, sum);
        };
        add(VISITS, *count, *share, |law, _| law[0]);
        add(BASKET, *paid, *count, |law, count| law[1] * count);
        add(SPEND, *paid, *share, |law, _| law[0] * law[1]);
    }
}

/// Choices that fall into a month, by what was bought in the year before.
fn choose(world: &World, i: usize, one: &mut Shopper, from: Day, to: Day, past: &[(Day, f64)]) {
    for (k, initiative) in INITIATIVES.iter().enumerate() {
        if !(from..to).contains(&initiative.from) {
            continue;
        }
        let (first, last) = (initiative.from.month_start(-12), initiative.from.month_start(0));
        let mut history = History::default();
        for (_, cents) in past.iter().filter(|(day, _)| (first..last).contains(day)) {
            history = History { visits: history.visits + 1.0, cents: history.cents + cents };
        }
        let chance = world.chooses(one.age, format(one.shop), history);
        one.chose[k] = chance.map(|p| Dice::new(world.seed, initiative.id, i as u64).chance(p));
    }
}

/// Those who chose. Nobody kept a list of the others.
pub(super) fn assignments(world: &World, shoppers: &[Shopper]) -> Vec<Assignment> {
    let mut list = Vec::new();
    for (k, initiative) in INITIATIVES.iter().enumerate() {
        for (i, _) in shoppers.iter().enumerate().filter(|(_, s)| s.chose[k] == Some(true)) {
            let wait = Dice::new(world.seed, "first appointment", i as u64).below(12) as i32;
            let met = initiative.from.plus(wait);
            list.push(Assignment {
                initiative: initiative.id,
                who: Who::Customer(number(i)),
                treated: true,
                assigned: initiative.from.plus(-1),
                exposed: (met <= AS_OF).then_some(met),
            });
        }
    }
    list
}

/// What was written to the two files.
#[derive(Debug, Default, Serialize)]
pub(super) struct ShopTruth {
    pub cardholders: u64,
    pub lines: u64,
    pub receipts_without_card: u64,
    pub blank_amounts: u64,
    /// Rows that repeat another one cell by cell.
    pub repeated_rows: u64,
}

/// Writes both files.
pub(super) fn write(
    world: &World,
    shoppers: &[Shopper],
    receipts: &[Receipt],
    folder: &mut Folder,
) -> Result<ShopTruth, Error> {
    let mut truth = ShopTruth::default();
    let mut sheet = Sheet::plain(folder.create(CARDS)?, ',');
    sheet.head("Card,Since,Age band,Home shop,Shop format");
    for (i, one) in shoppers.iter().enumerate() {
        sheet.cell(number(i)).cell(one.joined).text(AGES[one.age].0).text(&shop_name(one.shop));
        sheet.text(FORMATS[format(one.shop)].0).end();
    }
    truth.cardholders = sheet.finish().map_err(Error::io(&folder.path(CARDS)))?;
    let mut sheet = Sheet::packed(folder.create(RECEIPTS)?, ';');
    sheet.head("Receipt;Card;Time;Shop;Article;Group;Amount;Contribution");
    for (i, receipt) in receipts.iter().enumerate() {
        let mut dice = Dice::new(world.seed, "receipt lines", i as u64);
        let no_card = i % NO_CARD == 8;
        truth.receipts_without_card += u64::from(no_card);
        let lines = (1 + dice.weighted(&[0.52, 0.32, 0.16]) as i64).min(receipt.cents.max(1));
        let mut left = receipt.cents;
        for line in 0..lines {
            let last = line + 1 == lines;
            let cents = if last { left } else { (left as f64 * (0.25 + 0.4 * dice.unit())) as i64 };
            left -= cents;
            let (article, group, _) = ARTICLES[dice.weighted(&ARTICLES.map(|(.., w)| w))];
            let row = sheet.rows() as usize;
            let blank = row % NO_AMOUNT == 13;
            let times = if row % TWICE == 17 { 2 } else { 1 };
            for _ in 0..times {
                sheet
                    .cell(format_args!("{:07}", 4_000_001 + i))
                    .maybe((!no_card).then(|| number(receipt.shopper)));
                sheet.text(&receipt.at.german()).text(&shop_name(receipt.shop)).text(article).text(group);
                sheet.text(&if blank { String::new() } else { german_money(cents) });
                let margin = (cents as f64 * world.margin) as i64;
                sheet.text(&if blank { String::new() } else { german_money(margin) }).end();
                truth.blank_amounts += u64::from(blank);
            }
            truth.repeated_rows += times - 1;
        }
    }
    truth.lines = sheet.finish().map_err(Error::io(&folder.path(RECEIPTS)))?;
    Ok(truth)
}
