//! `reviews.jsonl`: what is said in public.

use super::people::{Person, number};
use super::products::PRODUCTS;
use super::words::comment;
use super::world::{AS_OF, PRICE_RISE, START, World};
use crate::calendar::Moment;
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::Sheet;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(super) const FILE: &str = "reviews.jsonl";

/// Platforms: name, kind, share, stars possible, tilt of the rating.
const PLATFORMS: [(&str, &str, f64, i64, f64); 4] = [
    ("ShopVotes", "review", 0.47, 5, 0.0),
    ("Marketplace", "review", 0.28, 5, -0.1),
    ("App store", "store", 0.13, 5, 0.06),
    ("HomeForum", "social", 0.12, 0, 0.0),
];
const RIVALS: [&str; 3] = ["Casa Nord", "Hofgarten", "Mila Home"];
const TOPICS: [&str; 5] = ["delivery", "quality", "price", "service", "website"];

/// What was written to `reviews.jsonl`.
#[derive(Debug, Default, Serialize)]
pub(super) struct ReviewTruth {
    pub rows: u64,
    pub rated: u64,
    pub answered_by_company: u64,
    pub mentions_of_own_brand: u64,
    pub mentions_of_rivals: u64,
    /// Reviews by stars, own brand.
    pub stars: BTreeMap<i64, u64>,
    pub by_polarity: BTreeMap<&'static str, u64>,
}

/// Writes one public voice for five customers on file.
pub(super) fn write(world: &World, people: &[Person], folder: &mut Folder) -> Result<ReviewTruth, Error> {
    let mut sheet = Sheet::plain(folder.create(FILE)?, ',');
    let mut truth = ReviewTruth::default();
    let mut dice = Dice::new(world.seed, "reviews", 0);
    let days = (AS_OF.0 - START.0 + 1) as usize;
    let count = world.customers as usize / 5;
    for i in 0..count {
        let day = START.plus((i * days / count) as i32);
        let at = Moment { day, second: dice.between(6 * 3600, 21 * 3600) as u32 };
        let line = voice(i, at, people, &mut dice, &mut truth);
        sheet.cell(line).end();
    }
    truth.rows = sheet.finish().map_err(Error::io(&folder.path(FILE)))?;
    Ok(truth)
}

fn voice(i: usize, at: Moment, people: &[Person], dice: &mut Dice, truth: &mut ReviewTruth) -> Value {
    let (platform, kind, _, most, tilt) = PLATFORMS[dice.weighted(&PLATFORMS.map(|p| p.2))];
    let good = 0.68 + tilt - if at.day >= PRICE_RISE { 0.06 } else { 0.0 };
    let mood = if dice.chance(good) { 1 } else { -i32::from(dice.chance(0.6)) };
    let stars = match mood {
        1 => 4 + i64::from(dice.chance(0.6)),
        0 => 3,
        _ => 1 + i64::from(dice.chance(0.4)),
    };
    let polarity = ["negative", "neutral", "positive"][(mood + 1) as usize];
    let mut made = Map::new();
    made.insert("id".into(), json!(format!("rv-{:06}", i + 1)));
    made.insert("platform".into(), json!(platform));
    made.insert("kind".into(), json!(kind));
    made.insert("created_at".into(), json!(at.utc()));
    let rival = kind == "social" && dice.chance(0.55);
    if rival {
        made.insert("brand".into(), json!(dice.pick(&RIVALS)));
        truth.mentions_of_rivals += 1;
    } else {
        truth.mentions_of_own_brand += u64::from(kind == "social");
        *truth.by_polarity.entry(polarity).or_default() += 1;
    }
    if most > 0 {
        made.insert("stars".into(), json!(stars));
        made.insert("stars_max".into(), json!(most));
        truth.rated += 1;
        *truth.stars.entry(stars).or_default() += 1;
    }
    made.insert("text".into(), json!(comment(mood, dice)));
    made.insert("polarity".into(), json!(polarity));
    made.insert("topic".into(), json!(dice.pick(&TOPICS)));
    made.insert("verified".into(), json!(kind == "review" && dice.chance(0.8)));
    if kind == "review" {
        let writer = dice.below(people.len());
        if dice.chance(0.3) && people[writer].joined <= at.day {
            made.insert("customer".into(), json!(number(writer as u32)));
        }
        made.insert("product".into(), json!(PRODUCTS[dice.below(PRODUCTS.len())].name));
        let reply = at.plus(3600 + dice.exponential(150_000.0) as i64);
        if dice.chance(if mood < 0 { 0.7 } else { 0.3 }) && reply.day <= AS_OF {
            made.insert("reply_at".into(), json!(reply.utc()));
            truth.answered_by_company += 1;
        }
    }
    Value::Object(made)
}
