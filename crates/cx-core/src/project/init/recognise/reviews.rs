//! Reviews: a rating with words beside it.

use super::Candidate;
use super::answers::{Wanted, answers};
use super::sketch::{Sketch, Wants, count, name_in_expr, text_in_expr};
use crate::project::init::draft::{Line, TableDraft, inline, quoted};
use crate::project::init::profile::{Holds, Profile};
use crate::project::init::question::{Accepts, Question};
use crate::project::init::survey::Shape;
use crate::project::init::words::Role;
use std::collections::BTreeMap;

/// Fewest ratings from which the top is read off.
const ENOUGH: u64 = 20;
/// Words for the tone of a text.
const TONES: [(&str, &[&str]); 3] = [
    ("positive", &["positive", "pos", "plus", "good", "pozytywny", "positiv", "позитивный", "正面", "好评"]),
    ("negative", &["negative", "neg", "minus", "bad", "negatywny", "negativ", "негативный", "负面", "差评"]),
    ("neutral", &["neutral", "neu", "zero", "neutralny", "нейтральный", "中性", "中评"]),
];

pub(super) fn recognise(shape: &Shape, given: &BTreeMap<String, String>) -> Option<Candidate> {
    let mut sketch = Sketch::new(shape);
    let mut to = TableDraft::new("reviews");
    let exact = |c: &usize| !sketch.shape.columns[*c].roles[&Role::Comment].partly;
    let worded = |c: &usize| matches!(sketch.profile(*c).holds(), Holds::Words | Holds::Text);
    let text = sketch.find(Role::Comment, Wants::Any);
    let text = text.filter(|c| sketch.profile(*c).is_prose() || (exact(c) && worded(c)));
    let title = sketch.find(Role::Title, Wants::Any).filter(|c| Some(*c) != text);
    let rating = sketch.find_exact(Role::Rating, Wants::Number).filter(|c| usable(sketch.profile(*c)));
    let tone = tone(&sketch);
    text.or(title)?;
    if rating.is_none() && tone.is_none() {
        return None;
    }
    // Someone who was asked about recommending alone has answered a survey.
    let strong = rating
        .is_some_and(|c| sketch.shape.columns[c].roles.get(&Role::Rating).is_some_and(|f| f.order <= 6));
    let mut score = 3 + 3 * i32::from(strong) + 2 * i32::from(title.is_some());
    if sketch.find_exact(Role::Review, Wants::Key).is_some_and(|c| sketch.profile(c).is_unique()) {
        sketch.map(&mut to, "review_id", Role::Review, Wants::Key);
    }
    let at = sketch.find(Role::Date, Wants::Moment).or_else(|| sketch.find(Role::AnsweredAt, Wants::Moment));
    if let Some(at) = at {
        sketch.put(&mut to, "occurred_at", at, "");
        score += 1;
    }
    if let Some(rating) = rating {
        sketch.put(&mut to, "rating", rating, "");
        top(&mut sketch, &mut to, rating);
    }
    if let Some((column, words)) = tone {
        let words: Vec<(&str, String)> = words.iter().map(|(w, t)| (w.as_str(), quoted(t))).collect();
        let value = inline(&[("column", quoted(sketch.name(column))), ("labels", inline(&words))]);
        to.lines.push(Line::new("polarity", value, "labelled in the file"));
        sketch.used.insert(column);
    }
    if let Some(title) = title {
        sketch.put(&mut to, "title", title, "");
    }
    if let Some(text) = text {
        sketch.put(&mut to, "text", text, "");
    }
    for (canonical, role, wants) in [
        ("customer_id", Role::Customer, Wants::Key),
        ("language", Role::Language, Wants::Category),
        ("product", Role::Product, Wants::Category),
    ] {
        sketch.map(&mut to, canonical, role, wants);
    }
    if sketch.find(Role::Verified, Wants::Category).is_some() {
        sketch.map(&mut to, "verified", Role::Verified, Wants::Category);
    }
    let mut survey = TableDraft::new("responses");
    let answered = answers(&mut sketch, &mut survey, Wanted { items: true, zero_is_blank: true }, given);
    if answered > 0
        && let Some(at) = at
    {
        sketch.put(&mut survey, "answered_at", at, "");
    }
    sketch.dimensions(&mut to);
    let mut tables = vec![to];
    if answered > 0 {
        let own =
            |name: &str| crate::tables::schema::table("responses").is_some_and(|s| s.column(name).is_none());
        survey.dimensions = tables[0].dimensions.iter().filter(|(name, _)| own(name)).cloned().collect();
        tables.push(survey);
    }
    Some(sketch.finish("reviews", score, tables))
}

fn usable(profile: &Profile) -> bool {
    let n = profile.numbers();
    n.min >= 0.0 && n.max >= 2.0 && n.max <= 100.0
}

/// Stars possible: the end of the usual scale that holds every rating, which may change on a day.
fn top(sketch: &mut Sketch<'_>, to: &mut TableDraft, rating: usize) {
    let profile = sketch.profile(rating);
    let n = profile.numbers();
    let wanted = format!("{}_max", profile.name.to_lowercase());
    let own = sketch.shape.columns.iter().position(|c| c.profile.name.to_lowercase() == wanted);
    if let Some(own) = own {
        sketch.put(to, "rating_max", own, "");
        return;
    }
    if let Some(stars) = sketch.shape.evidence.stars.as_ref().filter(|s| s.rating == rating) {
        let why = format!(
            "all {} ratings before {} are 5 or less, and {} of {} from that day on are more: `{}` was given out \
             of 5 before it and is out of 10 since",
            count(stars.before),
            stars.day,
            count(stars.above),
            count(stars.since),
            profile.name
        );
        let date = name_in_expr(sketch.name(stars.date));
        let expr = format!("if({date} >= {}, 10, 5)", text_in_expr(&stars.day));
        sketch.put_expr(to, "rating_max", &expr, why);
        return;
    }
    let usual = [5.0, 10.0, 100.0];
    let top = usual.into_iter().find(|t| n.max <= *t).unwrap_or(100.0);
    let low: u64 = (0..=10).map(|p| profile.count_of(f64::from(p) / 2.0)).sum();
    let few = profile.known() < ENOUGH && n.max < 5.0;
    // Ratings out of ten would lie above five more often.
    let mixed = top == 10.0 && low * 100 >= profile.known() * 90;
    if few || mixed {
        let why = if mixed {
            format!(
                "{} of its {} values are 5 or less and the others up to {}",
                count(low),
                count(profile.known()),
                n.max
            )
        } else {
            format!("its {} values are {}", count(profile.known()), profile.shown())
        };
        sketch.ask(
            Question::new(
                format!("source.{}.rating_max.value", sketch.shape.name),
                Accepts::Choice,
                format!("Out of how many stars is `{}` of {}?", profile.name, sketch.shape.files[0]),
            )
            .why(why)
            .choice("5", if mixed { "five; leave the larger ones out with `where`" } else { "five" })
            .choice("10", "ten"),
        );
        to.lines.push(Line::new("rating_max", inline(&[("value", "\"??\"".to_owned())]), ""));
        return;
    }
    let why = format!("`{}` goes up to {}", profile.name, n.max);
    Sketch::put_value(to, "rating_max", &top.to_string(), why);
}

/// A column that labels the tone in words that are known.
fn tone(sketch: &Sketch<'_>) -> Option<(usize, Vec<(String, &'static str)>)> {
    let names = ["sentiment", "polarity", "label", "tone", "wydźwięk", "тональность", "情感"];
    let columns = sketch.shape.columns.iter().enumerate();
    let mut named = columns.filter(|(_, c)| names.contains(&c.profile.name.to_lowercase().as_str()));
    named.find_map(|(i, column)| {
        let values = column.profile.values.as_ref().filter(|v| v.len() >= 2)?;
        let label = |word: &String| {
            let plain = word.to_lowercase();
            let signed = match plain.as_str() {
                "-1" => Some("negative"),
                _ => None,
            };
            let signed = signed.or_else(|| {
                let has_minus = values.contains_key("-1");
                match plain.as_str() {
                    "1" | "+1" if has_minus => Some("positive"),
                    "0" if has_minus => Some("neutral"),
                    _ => None,
                }
            });
            let worded =
                || TONES.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(tone, _)| *tone);
            signed.or_else(worded).map(|tone| (word.clone(), tone))
        };
        Some((i, values.keys().map(label).collect::<Option<Vec<_>>>()?))
    })
}
