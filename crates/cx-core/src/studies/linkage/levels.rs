//! Covariates cut into levels, and levels into one number.

use super::records::{Known, Records};
use crate::ground::expr::{BinaryOp, Expr, Literal, parse};
use crate::infer::linkage::Covariate;
use crate::stats::GROUPS;
use crate::stats::Sketch;

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
    /// Borders are quantiles of equal weight; a value that alone fills more than
    /// its share, such as 0, is a level of its own and the rest are cut without
    /// it. Names of levels are in values over `per`. `None` where everybody has the same value.
    pub(super) fn of_number(
        known: &Known,
        sketch: &Sketch,
        blank: bool,
        (wanted, per): (usize, f64),
    ) -> Option<Self> {
        let parts: Vec<(f64, u64)> = sketch.parts().map(|(bounds, n, _)| (bounds.high, n)).collect();
        let n = sketch.n();
        let mut borders: Vec<f64> = Vec::new();
        let (first, count) = *parts.first()?;
        let alone = count * wanted as u64 > n;
        let (rest, steps) = if alone {
            borders.push(first);
            (&parts[1..], wanted - 1)
        } else {
            (&parts[..], wanted)
        };
        let size: u64 = rest.iter().map(|(_, n)| n).sum();
        let mut seen = 0;
        let mut next = 1;
        for (value, count) in rest {
            seen += count;
            if next < steps as u64 && seen * steps as u64 >= next * size {
                if seen < size {
                    borders.push(*value);
                }
                while next < steps as u64 && seen * steps as u64 >= next * size {
                    next += 1;
                }
            }
        }
        borders.dedup();
        // A border at the top parts nobody.
        let top = parts.last().map_or(f64::INFINITY, |(value, _)| *value);
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
