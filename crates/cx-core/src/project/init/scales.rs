//! Values of a question to its scale.

use super::draft::{ScaleDraft, grouped};
use super::profile::{Holds, Profile};
use super::words::Role;
use crate::tables::read::boolean;
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

/// Words people answer with, and the scale they stand on.
const VOCABULARIES: [(&str, &[(&str, f64)]); 6] = [
    (
        "1-5",
        &[
            ("very dissatisfied", 1.0),
            ("extremely dissatisfied", 1.0),
            ("dissatisfied", 2.0),
            ("somewhat dissatisfied", 2.0),
            ("neutral", 3.0),
            ("neither satisfied nor dissatisfied", 3.0),
            ("satisfied", 4.0),
            ("somewhat satisfied", 4.0),
            ("very satisfied", 5.0),
            ("extremely satisfied", 5.0),
            ("bardzo niezadowolony", 1.0),
            ("niezadowolony", 2.0),
            ("ani zadowolony, ani niezadowolony", 3.0),
            ("obojętny", 3.0),
            ("zadowolony", 4.0),
            ("bardzo zadowolony", 5.0),
            ("sehr unzufrieden", 1.0),
            ("unzufrieden", 2.0),
            ("teils teils", 3.0),
            ("teils, teils", 3.0),
            ("zufrieden", 4.0),
            ("sehr zufrieden", 5.0),
            ("очень недоволен", 1.0),
            ("недоволен", 2.0),
            ("нейтрально", 3.0),
            ("доволен", 4.0),
            ("очень доволен", 5.0),
            ("非常不满意", 1.0),
            ("不满意", 2.0),
            ("一般", 3.0),
            ("满意", 4.0),
            ("非常满意", 5.0),
        ],
    ),
    (
        "1-5",
        &[
            ("strongly disagree", 1.0),
            ("disagree", 2.0),
            ("somewhat disagree", 2.0),
            ("neutral", 3.0),
            ("neither agree nor disagree", 3.0),
            ("undecided", 3.0),
            ("agree", 4.0),
            ("somewhat agree", 4.0),
            ("strongly agree", 5.0),
            ("zdecydowanie nie", 1.0),
            ("raczej nie", 2.0),
            ("trudno powiedzieć", 3.0),
            ("raczej tak", 4.0),
            ("zdecydowanie tak", 5.0),
            ("trifft nicht zu", 1.0),
            ("trifft eher nicht zu", 2.0),
            ("trifft eher zu", 4.0),
            ("trifft zu", 5.0),
            ("полностью не согласен", 1.0),
            ("не согласен", 2.0),
            ("согласен", 4.0),
            ("полностью согласен", 5.0),
            ("非常不同意", 1.0),
            ("不同意", 2.0),
            ("中立", 3.0),
            ("同意", 4.0),
            ("非常同意", 5.0),
        ],
    ),
    (
        "1-5",
        &[
            ("very poor", 1.0),
            ("very bad", 1.0),
            ("terrible", 1.0),
            ("poor", 2.0),
            ("bad", 2.0),
            ("fair", 3.0),
            ("average", 3.0),
            ("ok", 3.0),
            ("okay", 3.0),
            ("good", 4.0),
            ("very good", 5.0),
            ("excellent", 5.0),
            ("bardzo źle", 1.0),
            ("źle", 2.0),
            ("średnio", 3.0),
            ("dobrze", 4.0),
            ("bardzo dobrze", 5.0),
            ("sehr schlecht", 1.0),
            ("schlecht", 2.0),
            ("mittel", 3.0),
            ("gut", 4.0),
            ("sehr gut", 5.0),
            ("очень плохо", 1.0),
            ("плохо", 2.0),
            ("удовлетворительно", 3.0),
            ("хорошо", 4.0),
            ("отлично", 5.0),
        ],
    ),
    (
        "1-5",
        &[
            ("very difficult", 1.0),
            ("difficult", 2.0),
            ("neither easy nor difficult", 3.0),
            ("neutral", 3.0),
            ("easy", 4.0),
            ("very easy", 5.0),
            ("bardzo trudno", 1.0),
            ("trudno", 2.0),
            ("łatwo", 4.0),
            ("bardzo łatwo", 5.0),
            ("sehr schwer", 1.0),
            ("schwer", 2.0),
            ("leicht", 4.0),
            ("sehr leicht", 5.0),
        ],
    ),
    (
        "yes-no",
        &[
            ("satisfied", 1.0),
            ("dissatisfied", 0.0),
            ("neutral or dissatisfied", 0.0),
            ("unsatisfied", 0.0),
            ("not satisfied", 0.0),
            ("good", 1.0),
            ("bad", 0.0),
            ("good with comment", 1.0),
            ("bad with comment", 0.0),
            ("happy", 1.0),
            ("unhappy", 0.0),
            ("zadowolony", 1.0),
            ("niezadowolony", 0.0),
            ("zufrieden", 1.0),
            ("unzufrieden", 0.0),
            ("доволен", 1.0),
            ("недоволен", 0.0),
            ("满意", 1.0),
            ("不满意", 0.0),
            ("positive", 1.0),
            ("negative", 0.0),
        ],
    ),
    ("0-10", &[("promoter", 9.0), ("passive", 7.0), ("detractor", 0.0)]),
];

/// Words that mean neither answer nor scale point.
const NO_ANSWER: [&str; 12] = [
    "don't know",
    "not applicable",
    "n/a",
    "prefer not to say",
    "offered",
    "unoffered",
    "skipped",
    "not sure",
    "nie wiem",
    "weiß nicht",
    "не знаю",
    "不知道",
];

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
    let mut lists: Vec<&(&str, &[(&str, f64)])> = VOCABULARIES[..5].iter().collect();
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
    evidence: String,
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
            let x = crate::tables::read::number::parse(text, mark)?;
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
            if code < 0.0 { others().min().is_some_and(|m| *m >= 0) } else { top <= 20 && doubled > top + 4 };
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
    Some(Span { min, max, answers, step, codes, zero_is_code, zeros, evidence })
}

/// The scale of some columns that answer alike; `zero_is_blank` where a zero in them stands for nothing given.
pub(super) fn decide(profiles: &[&Profile], role: Option<Role>, zero_is_blank: bool) -> Decision {
    if let [one] = profiles
        && one.holds() == Holds::Words
    {
        return worded(one).map_or(Decision::No, Decision::Is);
    }
    if profiles.iter().any(|p| p.holds() != Holds::Numbers) {
        return Decision::No;
    }
    let Some(span) = span(profiles) else { return Decision::No };
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
        return with_zero(&span, top, zero_is_blank);
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
        return Decision::Is(chosen(first, &span, &seen));
    }
    let usual: Vec<(f64, f64)> = if is_clear { vec![first] } else { fitting };
    let mut choices = Vec::new();
    for (a, b) in usual {
        let high = chosen((a, b), &span, &seen);
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
    let why = format!("values are {seen} in {} answers; the highest is taken as best", grouped(span.answers));
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
