//! Orders, order lines and returns, as they happen.

use super::people::Person;
use super::products::PRODUCTS;
use super::world::{AS_OF, CURRENCIES, PRICE_RISE, PROGRAMME, START, World};
use crate::calendar::{Day, Moment, Stretch, months};
use crate::dice::Dice;

/// Foreign money for one euro, as the shop's price list has it.
const PRICE_FACTOR: [i64; 7] = [100, 100, 100, 100, 100, 430, 2500];
/// Share of orders that guests place.
const GUESTS: f64 = 0.05;
/// Share of sold lines that come back.
const RETURNED: f64 = 0.075;
/// Orders in the hour that clocks skip, by day.
const SKIPPED: [(Day, u32); 2] = [(Day::of(2025, 3, 30), 3), (Day::of(2026, 3, 29), 2)];
/// Orders in the hour that occurs twice, by day.
const TWICE: [(Day, u32); 2] = [(Day::of(2025, 10, 26), 3), (Day::of(2026, 10, 25), 3)];

/// One order.
#[derive(Debug)]
pub(super) struct Order {
    pub at: Moment,
    /// None for a guest.
    pub customer: Option<u32>,
    pub channel: usize,
    pub country: usize,
    pub promised: Day,
    /// None while it is on its way.
    pub delivered: Option<Day>,
    pub in_full: bool,
    pub damaged: bool,
    pub club: bool,
    pub lines: Vec<Line>,
}

/// One line of an order; amounts in hundredths of the order's currency.
#[derive(Debug)]
pub(super) struct Line {
    pub product: usize,
    pub quantity: i64,
    pub list: i64,
    pub discount: i64,
    pub cost: i64,
    /// When it came back.
    pub returned: Option<Moment>,
}

impl Order {
    /// The money it was paid in.
    pub(super) const fn currency(&self) -> &'static str {
        CURRENCIES[self.country]
    }

    /// True where it arrived after the day promised.
    pub(super) fn late(&self) -> bool {
        self.delivered.is_some_and(|day| day > self.promised)
    }
}

/// Every order, by time.
pub(super) fn orders(world: &World, people: &[Person]) -> Vec<Order> {
    let mut orders: Vec<Order> = Vec::new();
    for (i, person) in people.iter().enumerate() {
        let mut dice = Dice::new(world.seed, "orders", i as u64);
        if person.joined >= START {
            // The first order makes the customer.
            orders.push(order(world, person.joined, Some(i as u32), person, &mut dice));
        }
        let end = person.stopped.map_or(AS_OF.plus(1), |day| day.min(AS_OF.plus(1)));
        for part in months(person.joined.max(START), end) {
            let works = person.treated == Some(true);
            for _ in 0..dice.poisson(expected(world, person, part, works)) {
                let day = part.day(dice.unit());
                orders.push(order(world, day, Some(i as u32), person, &mut dice));
            }
        }
    }
    guests(world, people, &mut orders);
    odd_hours(world, people, &mut orders);
    orders.sort_by_key(|o| (o.at, o.customer));
    orders
}

/// Orders expected in a month, or part of one, of somebody who buys throughout.
pub(super) fn expected(world: &World, person: &Person, part: Stretch, treated: bool) -> f64 {
    let programme = if treated && part.from >= PROGRAMME { world.programme.orders } else { 1.0 };
    let season = world.season_of_orders[part.from.month() as usize - 1];
    person.rate * season * programme * part.share
}

/// Orders without an account.
fn guests(world: &World, people: &[Person], orders: &mut Vec<Order>) {
    let mut dice = Dice::new(world.seed, "guests", 0);
    let count = (orders.len() as f64 * GUESTS) as usize;
    for _ in 0..count {
        // Guests shop when customers do.
        let like = &orders[dice.below(orders.len())];
        let (day, person) = (like.at.day, like.customer.map_or(0, |c| c as usize));
        let mut guest = order(world, day, None, &people[person], &mut dice);
        (guest.country, guest.club) = (0, false);
        guest.lines = lines(day, 0, false, &mut dice);
        orders.push(guest);
    }
}

/// Orders at hours that a change of clocks skips or repeats.
fn odd_hours(world: &World, people: &[Person], orders: &mut Vec<Order>) {
    let mut dice = Dice::new(world.seed, "clock changes", 0);
    for (day, count) in SKIPPED.into_iter().chain(TWICE) {
        for n in 0..count {
            let fits = |p: &Person| p.joined < day && p.stopped.is_none_or(|s| s > day) && p.country == 0;
            let Some(i) = people.iter().skip(40 + 17 * n as usize).position(fits) else { continue };
            let i = i + 40 + 17 * n as usize;
            let mut order = order(world, day, Some(i as u32), &people[i], &mut dice);
            order.at = day.at(2, 7 + 15 * n, 0);
            orders.push(order);
        }
    }
}

/// Of the hour of a moment: skipped, occurring twice, or neither.
pub(super) fn clock_change(at: Moment) -> Option<&'static str> {
    let in_hour = (2 * 3600..3 * 3600).contains(&at.second);
    let on = |list: &[(Day, u32)]| list.iter().any(|(day, _)| *day == at.day);
    match (in_hour, on(&SKIPPED), on(&TWICE)) {
        (true, true, _) => Some("skipped"),
        (true, _, true) => Some("twice"),
        _ => None,
    }
}

fn order(world: &World, day: Day, customer: Option<u32>, person: &Person, dice: &mut Dice) -> Order {
    let hour = 7 + dice.weighted(&[1., 2., 3., 4., 4., 4., 4., 4., 4., 4., 4., 5., 6., 7., 6., 3.]);
    let channel = dice.weighted(&world.channel_shares(day));
    let promised = day.plus(2 + dice.below(3) as i32);
    let on_time = if day.month() == 12 { 0.81 } else { 0.91 };
    let delay = if dice.chance(on_time) { -(dice.below(2) as i32) } else { 1 + dice.exponential(1.8) as i32 };
    let delivered = promised.plus(delay);
    let lines = lines(day, person.country, person.club, dice);
    Order {
        at: day.at(hour as u32, dice.below(60) as u32, 0),
        customer,
        channel,
        country: person.country,
        promised,
        delivered: (delivered <= AS_OF).then_some(delivered),
        in_full: dice.chance(0.965),
        damaged: dice.chance(0.021),
        club: person.club && channel != 2,
        lines,
    }
}

/// Different products, some at a discount, some sent back.
fn lines(day: Day, country: usize, club: bool, dice: &mut Dice) -> Vec<Line> {
    let count = 1 + dice.weighted(&[0.36, 0.3, 0.19, 0.1, 0.05]);
    let mut chosen: Vec<usize> = Vec::new();
    let weights = PRODUCTS.map(|p| p.weight);
    while chosen.len() < count {
        let product = dice.weighted(&weights);
        if !chosen.contains(&product) {
            chosen.push(product);
        }
    }
    let sale = day.month() == 11 && (20..=30).contains(&day.date().2);
    let lines = chosen.into_iter().map(|product| {
        let quantity = if PRODUCTS[product].price > 10_000 {
            1
        } else {
            1 + dice.weighted(&[0.74, 0.18, 0.05, 0.03]) as i64
        };
        let unit = list_price(product, day) * PRICE_FACTOR[country] / 100;
        let list = unit * quantity;
        let off = match (sale, dice.unit()) {
            (true, u) if u < 0.7 => 20,
            (_, u) if u < 0.14 => 10,
            _ if club => 5,
            _ => 0,
        };
        // Goods cost what they did at the start: the rise is margin.
        let cost =
            (PRODUCTS[product].price as f64 * PRODUCTS[product].cost) as i64 * PRICE_FACTOR[country] / 100;
        let back = day.at(11, 0, 0).plus(86_400 * dice.between(5, 28) + 60 * dice.between(0, 500));
        let returned = (dice.chance(RETURNED) && back.day <= AS_OF).then_some(back);
        Line { product, quantity, list, discount: list * off / 100, cost: cost * quantity, returned }
    });
    lines.collect()
}

/// The list price of a product in euro cents on a day.
fn list_price(product: usize, day: Day) -> i64 {
    let price = PRODUCTS[product].price;
    // Six per cent more, ending in 0 as prices here do.
    if day >= PRICE_RISE { (price * 106 + 500) / 1000 * 10 } else { price }
}
