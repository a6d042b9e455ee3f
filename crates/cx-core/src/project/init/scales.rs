//! Values of a question to its scale.

use super::draft::{ScaleDraft, grouped};
use super::profile::{Holds, Profile};
use super::vocabulary::{NO_ANSWER, VOCABULARIES};
use super::words::Role;
use crate::tables::read::boolean;
use crate::tables::read::number::parse;
use crate::tables::scale::Scale;
use std::collections::BTreeSet;

/// Codes outside a scale that stand for don't know or refused.
const CODES: [f64; 8] = [99.0, 98.0, 97.0, 88.0, 77.0, 999.0, -1.0, -99.0];
/// A point of a scale is chosen at least so often per choice of its neighbour, in every column.
const HARDLY_EVER: f64 = 0.05;
/// Fewest answers from which the ends of a scale are read off.
const ENOUGH: u64 = 8;

/// What the values say about the scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Decision {
    /// This one.
    Is(Chosen),
    /// One of these.
    OneOf(Vec<(Chosen, String)>, String),
    /// Not answers on a scale.
    No,
}

/// A scale and why.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chosen {
    pub scale: String,
    pub declared: Option<ScaleDraft>,
    /// Words and the points they stand for.
    pub labels: Vec<(String, f64)>,
    /// Words that are no answer.
    pub blank: Vec<String>,
    pub why: String,
}

impl Chosen {
    fn builtin(name: &str, why: impl Into<String>) -> Self {
        Self {
            scale: name.to_owned(),
            declared: None,
            labels: Vec::new(),
            blank: Vec::new(),
            why: why.into(),
        }
    }
}

/// The scale of an answer column given in words.
fn worded(profile: &Profile) -> Option<Chosen> {
    let values = profile.values.as_ref()?;
    let (blank, answers): (Vec<&String>, Vec<&String>) =
        values.keys().partition(|w| NO_ANSWER.contains(&w.to_lowercase().as_str()));
    let blank: Vec<String> = blank.into_iter().cloned().collect();
    if answers.len() < 2 {
        return None;
    }
    if answers.len() == 2 && answers.iter().all(|w| boolean::parse(w).is_some()) {
        let labels =
            answers.iter().filter(|w| Scale::builtin("yes-no").is_some_and(|s| s.label(w).is_none()));
        let points = labels.filter_map(|w| Some(((*w).clone(), f64::from(u8::from(boolean::parse(w)?)))));
        let labels = points.filter(|(w, _)| w.parse::<f64>().is_err()).collect();
        let why = format!("answered {}", profile.shown());
        return Some(Chosen { labels, blank, ..Chosen::builtin("yes-no", why) });
    }
    let point = |words: &[(&str, f64)], answer: &str| {
        let plain = answer.to_lowercase().replace('_', " ");
        words.iter().find(|(w, _)| *w == plain).map(|(_, x)| *x)
    };
    // Two answers are a yes-or-no where both are in its list; more are a graded scale.
    let mut lists: Vec<&(&str, &[(&str, f64)])> = VOCABULARIES[..6].iter().collect();
    lists.sort_by_key(|(scale, _)| (*scale == "yes-no") != (answers.len() == 2));
    let (scale, words) = lists.into_iter().find(|(_, w)| answers.iter().all(|a| point(w, a).is_some()))?;
    let labels: Vec<(String, f64)> =
        answers.iter().filter_map(|a| Some(((*a).clone(), point(words, a)?))).collect();
    Some(Chosen {
        labels,
        blank,
        ..Chosen::builtin(scale, format!("answered in words: {}", profile.shown()))
    })
}

/// Numbers of a group of columns that share a scale.
struct Span {
    min: f64,
    max: f64,
    answers: u64,
    step: f64,
    /// Values in codes beyond the scale.
    codes: Vec<f64>,
    /// Zero is so rare in some column that it can be no point of the scale.
    zero_is_code: bool,
    zeros: u64,
    /// Answers beyond the scale.
    strays: u64,
    evidence: String,
}

impl Span {
    /// A known question keeps its usual scale though a few cells lie beyond it: they are counted as such.
    fn leave_out_strays(&mut self, profiles: &[&Profile]) {
        for (min, max) in [(1.0, 5.0), (1.0, 7.0), (1.0, 10.0), (0.0, 10.0)] {
            let inside: u64 = (0..=20)
                .map(|p| f64::from(p) / 2.0)
                .filter(|x| (min..=max).contains(x))
                .flat_map(|x| profiles.iter().map(move |p| p.count_of(x)))
                .sum();
            let coded: u64 = self.codes.iter().flat_map(|c| profiles.iter().map(|p| p.count_of(*c))).sum();
            let all: u64 = profiles.iter().map(|p| p.numbers().count).sum::<u64>().saturating_sub(coded);
            let ends = profiles.iter().all(|p| p.count_of(max) > 0);
            let beyond = all.saturating_sub(inside);
            if beyond > 0 && ends && beyond * 50 <= all && all >= 100 {
                self.min = min;
                self.max = max;
                self.strays = beyond;
                return;
            }
        }
    }
}

fn span(profiles: &[&Profile]) -> Option<Span> {
    let mut points: BTreeSet<i64> = BTreeSet::new();
    let mut codes: BTreeSet<i64> = BTreeSet::new();
    let (mut answers, mut broken) = (0, false);
    for profile in profiles {
        let values = profile.values.as_ref()?;
        let comma = profile.decimal() == super::profile::Mark::Comma;
        for text in values.keys() {
            let mark = if comma {
                crate::tables::mapping::Decimal::Comma
            } else {
                crate::tables::mapping::Decimal::Point
            };
            let Some(x) = parse(text, mark) else { continue };
            if (x * 2.0).fract() != 0.0 {
                return None;
            }
            broken |= x.fract() != 0.0;
            points.insert((x * 2.0) as i64);
        }
        answers += profile.known();
    }
    for code in CODES {
        let doubled = (code * 2.0) as i64;
        let others = || points.iter().filter(|p| !CODES.contains(&(**p as f64 / 2.0)));
        let top = others().max().copied().unwrap_or(0);
        let apart =
            if code < 0.0 { others().min().is_some_and(|m| *m >= 0) } else { top <= 24 && doubled > top + 4 };
        if points.contains(&doubled) && apart {
            codes.insert(doubled);
        }
    }
    points.retain(|p| !codes.contains(p));
    let (min, max) = (*points.first()? as f64 / 2.0, *points.last()? as f64 / 2.0);
    let mut rarest: Option<(&Profile, f64)> = None;
    for profile in profiles {
        let (zeros, ones) = (profile.count_of(0.0), profile.count_of(1.0));
        let ratio = zeros as f64 / ones as f64;
        if zeros > 0 && ones > 0 && rarest.is_none_or(|(_, r)| ratio < r) {
            rarest = Some((profile, ratio));
        }
    }
    let zeros = profiles.iter().map(|p| p.count_of(0.0)).sum();
    let zero_is_code = rarest.is_some_and(|(p, r)| r < HARDLY_EVER && p.known() >= 50);
    let evidence = rarest.map_or_else(String::new, |(p, _)| {
        format!(
            "in `{}` it stands {} ×, and 1 stands {} ×",
            p.name,
            grouped(p.count_of(0.0)),
            grouped(p.count_of(1.0))
        )
    });
    let codes = codes.iter().map(|c| *c as f64 / 2.0).collect();
    let step = if broken { 0.5 } else { 1.0 };
    Some(Span { min, max, answers, step, codes, zero_is_code, zeros, strays: 0, evidence })
}

/// The scale of some columns that answer alike; `zero_is_blank` where a zero in them stands for nothing given.
pub(super) fn decide(profiles: &[&Profile], role: Option<Role>, zero_is_blank: bool) -> Decision {
    let blank: Vec<String> = profiles.iter().flat_map(|p| no_answers(p)).collect();
    if let [one] = profiles
        && one.holds() == Holds::Words
        && let Some(chosen) = worded(one)
    {
        return Decision::Is(chosen);
    }
    if profiles.iter().any(|p| !are_scores(p)) {
        return Decision::No;
    }
    let Some(mut span) = span(profiles) else { return Decision::No };
    if role.is_some() {
        span.leave_out_strays(profiles);
    }
    match by_numbers(&span, role, zero_is_blank) {
        Decision::Is(chosen) => Decision::Is(Chosen { blank, ..chosen }),
        Decision::OneOf(choices, why) => {
            let with = |(c, meaning): (Chosen, String)| (Chosen { blank: blank.clone(), ..c }, meaning);
            Decision::OneOf(choices.into_iter().map(with).collect(), why)
        }
        Decision::No => Decision::No,
    }
}

/// Words of a column that are no answer.
fn no_answers(profile: &Profile) -> Vec<String> {
    let words = profile.values.iter().flatten().map(|(w, _)| w);
    words.filter(|w| NO_ANSWER.contains(&w.to_lowercase().as_str())).cloned().collect()
}

/// True for numbers, with words among them only where they are no answer.
fn are_scores(profile: &Profile) -> bool {
    let Some(values) = &profile.values else { return false };
    let number = |w: &str| {
        parse(w, crate::tables::mapping::Decimal::Point).is_some()
            || parse(w, crate::tables::mapping::Decimal::Comma).is_some()
    };
    let strays = values.iter().filter(|(w, _)| !number(w) && !NO_ANSWER.contains(&w.to_lowercase().as_str()));
    let n: u64 = strays.map(|(_, n)| n).sum();
    profile.numbers().count > 0 && n * 50 <= profile.known()
}

/// The scale of numbers.
fn by_numbers(span: &Span, role: Option<Role>, zero_is_blank: bool) -> Decision {
    let seen = format!("{}..{}", span.min, span.max);
    if (span.min, span.max, span.step) == (0.0, 1.0, 1.0) {
        return Decision::Is(Chosen::builtin(
            "yes-no",
            format!("0 and 1 in {} answers", grouped(span.answers)),
        ));
    }
    if span.min < 0.0 || span.max > 100.0 || span.max < 2.0 {
        return Decision::No;
    }
    let top = span.max;
    if span.min == 0.0 && (2.0..=7.0).contains(&top) && role != Some(Role::Recommend) {
        return with_zero(span, top, zero_is_blank);
    }
    let low = if span.min == 0.0 { 0.0 } else { 1.0 };
    let candidates: &[(f64, f64)] = match (low, role) {
        (_, Some(Role::Recommend | Role::Enps)) if top > 7.0 || (span.min == 0.0 && top <= 10.0) => {
            &[(0.0, 10.0)]
        }
        (_, _) if top > 10.0 => &[(0.0, 100.0)],
        (0.0, _) => &[(0.0, 10.0)],
        _ => &[(1.0, 3.0), (1.0, 4.0), (1.0, 5.0), (1.0, 7.0), (1.0, 10.0)],
    };
    let fitting: Vec<(f64, f64)> = candidates.iter().copied().filter(|(_, b)| *b >= top).collect();
    let Some(first) = fitting.first().copied() else { return Decision::No };
    // A scale whose both ends were chosen is that scale; so is a usual one in many answers.
    let is_clear = fitting.len() == 1
        || (first.1 == top && span.answers >= ENOUGH && (top != 4.0 || span.answers >= 100));
    let polarity_open = role == Some(Role::Effort);
    if top > 10.0 && (span.answers < 30 || span.max > 100.0 || top < 60.0) {
        return Decision::No;
    }
    if is_clear && !polarity_open {
        return Decision::Is(chosen(first, span, &seen));
    }
    let usual: Vec<(f64, f64)> = if is_clear { vec![first] } else { fitting };
    let mut choices = Vec::new();
    for (a, b) in usual {
        let high = chosen((a, b), span, &seen);
        let meaning = format!("{a} to {b}, {b} is best");
        choices.push((high.clone(), meaning));
        if polarity_open {
            choices.push((
                reversed(&high, a, b),
                format!("{a} to {b}, {a} is best: it asks how much effort it took"),
            ));
        }
    }
    let why = if polarity_open {
        format!("values are {seen}; whether much or little is best depends on how it was asked")
    } else {
        format!(
            "values are {seen} in {} answers; a higher point may not have been chosen",
            grouped(span.answers)
        )
    };
    Decision::OneOf(choices, why)
}

/// Zeros on what otherwise starts at one.
fn with_zero(span: &Span, top: f64, zero_is_blank: bool) -> Decision {
    let mut coded = chosen((1.0, top), span, &format!("0..{top}"));
    let why = format!("values are 0..{top}, but 0 is no point: {}", span.evidence);
    if zero_is_blank && span.zero_is_code {
        coded.why.clone_from(&why);
    } else {
        let name = if top == 5.0 { "rating".to_owned() } else { format!("rating-{top}") };
        let mut dont_know = vec![0.0];
        dont_know.extend(&span.codes);
        let scale = ScaleDraft {
            name: name.clone(),
            min: 1.0,
            max: top,
            step: span.step,
            low_is_best: false,
            dont_know,
            why: why.clone(),
        };
        coded = Chosen { scale: name, declared: Some(scale), labels: Vec::new(), blank: Vec::new(), why };
    }
    if span.zero_is_code {
        return Decision::Is(coded);
    }
    let full = chosen((0.0, top), span, &format!("0..{top}"));
    Decision::OneOf(
        vec![
            (full, format!("0 is the worst of {} points", top + 1.0)),
            (coded, "0 stands for not given or not applicable".to_owned()),
        ],
        format!(
            "values are 0..{top} with {} zeros, and 0 may be a point or stand for nothing",
            grouped(span.zeros)
        ),
    )
}

/// A scale between two ends, built in or declared.
fn chosen((min, max): (f64, f64), span: &Span, seen: &str) -> Chosen {
    let mut why =
        format!("values are {seen} in {} answers; the highest is taken as best", grouped(span.answers));
    if span.strays > 0 {
        let beyond = format!("; {} more lie beyond and are counted as out of scale", grouped(span.strays));
        why.push_str(&beyond);
    }
    let name = format!("{min}-{max}");
    if span.codes.is_empty() && span.step == 1.0 && Scale::builtin(&name).is_some() {
        return Chosen::builtin(&name, why);
    }
    let mut own = name.clone();
    if span.step != 1.0 {
        own.push_str("-half");
    }
    if !span.codes.is_empty() {
        let codes: Vec<String> = span.codes.iter().map(ToString::to_string).collect();
        own = format!("{own}-{}", codes.join("-"));
    }
    let scale = ScaleDraft {
        name: own.clone(),
        min,
        max,
        step: span.step,
        low_is_best: false,
        dont_know: span.codes.clone(),
        why: if span.codes.is_empty() {
            why.clone()
        } else {
            format!("{why}; the values apart from them are codes for no answer")
        },
    };
    Chosen { scale: own, declared: Some(scale), labels: Vec::new(), blank: Vec::new(), why }
}

/// The same points with the low end best.
fn reversed(high: &Chosen, min: f64, max: f64) -> Chosen {
    let name = format!("{}-low", high.scale);
    if Scale::builtin(&name).is_some() {
        return Chosen::builtin(&name, high.why.clone());
    }
    let base = high.declared.clone().unwrap_or(ScaleDraft {
        name: String::new(),
        min,
        max,
        step: 1.0,
        low_is_best: false,
        dont_know: Vec::new(),
        why: String::new(),
    });
    let scale = ScaleDraft { name: name.clone(), low_is_best: true, why: format!("{min} is best"), ..base };
    Chosen {
        scale: name,
        declared: Some(scale),
        labels: Vec::new(),
        blank: Vec::new(),
        why: high.why.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[(&str, usize)]) -> Profile {
        let cells: Vec<&str> = values.iter().flat_map(|(v, n)| std::iter::repeat_n(*v, *n)).collect();
        Profile::of("q", &cells)
    }

    fn scale_of(values: &[(&str, usize)], role: Option<Role>) -> String {
        match decide(&[&column(values)], role, false) {
            Decision::Is(c) => c.scale,
            Decision::OneOf(choices, _) => {
                choices.into_iter().map(|(c, _)| c.scale).collect::<Vec<_>>().join(" or ")
            }
            Decision::No => "none".to_owned(),
        }
    }

    #[test]
    fn scales_by_their_values() {
        for (values, role, wanted) in [
            (vec![("0", 5), ("7", 9), ("10", 4)], Some(Role::Recommend), "0-10"),
            (vec![("9", 1), ("10", 1)], Some(Role::Recommend), "0-10"),
            (vec![("1", 30), ("3", 20), ("5", 30)], Some(Role::Satisfaction), "1-5"),
            (vec![("1", 3), ("7", 30)], None, "1-7"),
            (vec![("1", 3), ("4", 5)], None, "1-4 or 1-5 or 1-7 or 1-10"),
            (vec![("0", 3), ("1", 5)], None, "yes-no"),
            (vec![("0", 1), ("1", 100), ("5", 40)], None, "rating"),
            (vec![("0", 90), ("1", 100), ("5", 40)], None, "0-5 or rating"),
            (vec![("1", 9), ("7", 40)], Some(Role::Effort), "1-7 or 1-7-low"),
            (vec![("1", 9), ("7", 40)], Some(Role::Ease), "1-7"),
            (vec![("1", 9), ("5", 40), ("99", 2)], None, "1-5-99"),
            (vec![("1", 9), ("4.5", 40), ("5", 2)], None, "1-5-half"),
            (vec![("Yes", 9), ("No", 40)], None, "yes-no"),
            (vec![("satisfied", 9), ("dissatisfied", 40)], None, "yes-no"),
            (vec![("satisfied", 9), ("Neutral", 5), ("Very satisfied", 40)], None, "1-5"),
            (vec![("Eco", 9), ("Business", 40)], None, "none"),
            (vec![("17.25", 9), ("18.5", 40)], None, "none"),
        ] {
            assert_eq!(scale_of(&values, role), wanted, "{values:?}");
        }
    }
}
