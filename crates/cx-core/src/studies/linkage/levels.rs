//! Covariates cut into levels, and levels into one number.

use super::known::Known;
use super::records::Records;
use crate::ground::expr::{BinaryOp, Expr, Literal, parse};
use crate::infer::linkage::Covariate;
use crate::stats::GROUPS;
use crate::stats::Sketch;

/// How far from its quantile a border may lie, in parts of a level.
const NEAR: f64 = 0.3;

/// Customers whose values lie close together.
#[derive(Debug, Clone, Copy)]
struct Part {
    low: f64,
    high: f64,
    n: u64,
}

/// The value after the widest gap, of those whose share below is within `near`
/// of `wanted`; of equal gaps the one nearest to it. Where a heap of equal values
/// lies across, the end of the heap.
fn border(parts: &[Part], wanted: f64, near: f64) -> Option<f64> {
    let size: u64 = parts.iter().map(|part| part.n).sum();
    let mut best: Option<(f64, f64, f64)> = None;
    let mut seen = 0;
    for (part, next) in parts.iter().zip(parts.iter().skip(1)) {
        seen += part.n;
        let off = (seen as f64 / size as f64 - wanted).abs();
        let gap = next.low - part.high;
        if off <= near && best.is_none_or(|(widest, away, _)| gap > widest || gap == widest && off < away) {
            best = Some((gap, off, part.high));
        }
        if best.is_none() && seen as f64 >= wanted * size as f64 {
            return Some(part.high);
        }
    }
    best.map(|(.., value)| value)
}

/// A covariate with its levels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cut {
    known: Known,
    /// Borders: a number above the i-th stands in level i + 1 or higher.
    borders: Vec<f64>,
    /// Levels in words.
    pub levels: Vec<String>,
    /// Some customers have no value: their level is the last.
    blank: bool,
}

impl Cut {
    /// Levels of a number, from its distribution over everybody.
    ///
    /// Borders lie at the widest gaps near the quantiles of equal weight, so that
    /// customers of one kind are not parted; a value that alone fills more than
    /// its share, such as 0, is a level of its own and the rest are cut without
    /// it. Names of levels are in values over `per`. `None` where everybody has the same value.
    pub(super) fn of_number(
        known: &Known,
        sketch: &Sketch,
        blank: bool,
        (wanted, per): (usize, f64),
    ) -> Option<Self> {
        let parts: Vec<Part> =
            sketch.parts().map(|(bounds, n, _)| Part { low: bounds.low, high: bounds.high, n }).collect();
        let n = sketch.n();
        let mut borders: Vec<f64> = Vec::new();
        let first = parts.first()?;
        let (rest, steps) = if first.n * wanted as u64 > n {
            borders.push(first.high);
            (&parts[1..], wanted - 1)
        } else {
            (&parts[..], wanted)
        };
        borders.extend((1..steps).filter_map(|k| border(rest, k as f64 / steps as f64, NEAR / steps as f64)));
        borders.dedup();
        // A border at the top parts nobody.
        let top = parts.last().map_or(f64::INFINITY, |part| part.high);
        borders.retain(|border| *border < top);
        if borders.is_empty() && !blank {
            return None;
        }
        let mut levels: Vec<String> = Vec::new();
        let short = |x: f64| short(x / per);
        for i in 0..=borders.len() {
            levels.push(match (i.checked_sub(1).map(|i| borders[i]), borders.get(i)) {
                (None, Some(high)) => format!("up to {}", short(*high)),
                (Some(low), Some(high)) => format!("above {} to {}", short(low), short(*high)),
                (Some(low), None) => format!("above {}", short(low)),
                (None, None) => "known".to_owned(),
            });
        }
        levels.extend(blank.then(|| "not known".to_owned()));
        Some(Self { known: known.clone(), borders, levels, blank })
    }

    /// Levels of a text column: each frequent value, and the rest with the blanks first.
    pub(super) fn of_text(known: &Known, counts: &[(String, u64)], wanted: usize) -> Option<Self> {
        let n: u64 = counts.iter().map(|(_, n)| n).sum();
        let mut frequent: Vec<&(String, u64)> = counts.iter().filter(|(_, k)| 20 * k >= n).collect();
        frequent.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        frequent.truncate(wanted);
        // Where the frequent ones are everybody the last of them is the rest.
        let all = frequent.iter().map(|(_, k)| k).sum::<u64>() == n;
        let values: Vec<String> = frequent.iter().map(|(value, _)| value.clone()).collect();
        let (rest, values) = match values.split_last() {
            Some((last, others)) if all => (last.clone(), others.to_vec()),
            _ => ("other".to_owned(), values),
        };
        if values.is_empty() {
            return None;
        }
        let levels = std::iter::once(rest).chain(values.iter().cloned()).collect();
        let known = Known { values, ..known.clone() };
        Some(Self { known, borders: Vec::new(), levels, blank: false })
    }

    pub(super) fn covariate(&self) -> Covariate {
        Covariate { name: self.known.name.replace('_', " "), levels: self.levels.clone() }
    }

    /// The level, 0 to levels − 1, of a value.
    fn level(&self, value: Expr) -> Expr {
        let mut level = Expr::num(0.0);
        for (i, border) in self.borders.iter().enumerate() {
            let above = Expr::Binary(BinaryOp::Gt, Box::new(value.clone()), Box::new(Expr::num(*border)));
            level = Expr::If(Box::new(above), Box::new(Expr::num(i as f64 + 1.0)), Box::new(level));
        }
        for (i, text) in self.known.values.iter().enumerate() {
            let text = Expr::Lit(Literal::Text(text.clone()));
            let same = Expr::Binary(BinaryOp::Eq, Box::new(value.clone()), Box::new(text));
            level = Expr::If(Box::new(same), Box::new(Expr::num(i as f64 + 1.0)), Box::new(level));
        }
        if self.blank {
            let last = Expr::num(self.levels.len() as f64 - 1.0);
            level = Expr::If(Box::new(Expr::Known(Box::new(value), true)), Box::new(last), Box::new(level));
        }
        level
    }
}

fn short(x: f64) -> String {
    if x.fract() == 0.0 { format!("{x}") } else { format!("{x:.1}") }
}

/// Whose values an expression reads.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of {
    /// Of those who answered, at their answer.
    Answers,
    /// Of the silent, so many days into the period.
    Silent(i32),
}

impl Of {
    /// The value of a covariate.
    pub(super) fn value(self, known: &Known) -> Result<Expr, String> {
        let text = match self {
            Self::Answers => Records::value_at_answer(known),
            Self::Silent(middle) => Records::value_at(known, middle),
        };
        expr(&text)
    }
}

pub(super) fn expr(text: &str) -> Result<Expr, String> {
    parse(text).map_err(|e| format!("{text}: {e}"))
}

/// Levels of all covariates and the random group as one number: the group
/// counts fastest, the last covariate next.
pub(super) fn stratum(cuts: &[Cut], of: Of) -> Result<Expr, String> {
    let mut number = Expr::num(0.0);
    let step = |number: Expr, times: f64, plus: Expr| {
        let product = Expr::Binary(BinaryOp::Mul, Box::new(number), Box::new(Expr::num(times)));
        Expr::Binary(BinaryOp::Add, Box::new(product), Box::new(plus))
    };
    for cut in cuts {
        number = step(number, cut.levels.len() as f64, cut.level(of.value(&cut.known)?));
    }
    let group = expr(&format!("fold(customer_id, {GROUPS})"))?;
    Ok(step(number, f64::from(GROUPS), group))
}

/// Levels and group back from the number.
pub(super) fn parts_of(cuts: &[Cut], code: i64) -> (Vec<u16>, u16) {
    let groups = i64::from(GROUPS);
    let group = code.rem_euclid(groups) as u16;
    let mut rest = code.div_euclid(groups);
    let mut levels = vec![0; cuts.len()];
    for (level, cut) in levels.iter_mut().zip(cuts).rev() {
        let size = cut.levels.len() as i64;
        *level = rest.rem_euclid(size) as u16;
        rest = rest.div_euclid(size);
    }
    (levels, group)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(list: &[(f64, u64)]) -> Vec<Part> {
        list.iter().map(|&(value, n)| Part { low: value, high: value, n }).collect()
    }

    /// Three kinds of customers, the first a little less than a third: the border lies between kinds.
    #[test]
    fn kinds_are_not_parted() {
        let kinds = parts(&[(2.0, 20), (3.0, 10), (6.0, 35), (12.0, 20), (13.0, 15)]);
        assert_eq!(border(&kinds, 1.0 / 3.0, 0.1), Some(3.0));
        assert_eq!(border(&kinds, 2.0 / 3.0, 0.1), Some(6.0));
    }

    #[test]
    fn without_gaps_borders_are_quantiles_and_heaps_stay_whole() {
        let even: Vec<(f64, u64)> = (0..90).map(|x| (f64::from(x), 1)).collect();
        assert_eq!(border(&parts(&even), 1.0 / 3.0, 0.1), Some(29.0));
        assert_eq!(border(&parts(&[(0.0, 10), (5.0, 80), (9.0, 10)]), 0.5, 0.1), Some(5.0));
    }
}
