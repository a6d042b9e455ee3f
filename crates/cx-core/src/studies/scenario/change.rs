//! By how much something changes, and whether that is possible.

use super::Key;
use crate::ground::estimate::Refused;
use crate::infer::draws::{Distribution, largest_base};
use std::str::FromStr;

/// What a change is counted in. There is no default: 5 % of 20 % is 1 point or 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// A share of the base, written `%`.
    Relative,
    /// Percentage points of a share, written `pp`.
    Points,
    /// An amount in the unit of the base, written `abs`.
    Absolute,
}

/// An amount that somebody judges: one value, or three at 10, 50 and 90 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// One value.
    Sure(f64),
    /// At 10, 50 and 90 %.
    Judged([f64; 3]),
}

/// A change: how it is counted, and by how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// What it is counted in.
    pub sort: Sort,
    /// By how much; shares and points as 0..1.
    pub amount: Amount,
}

/// Numbers apart by `..`: one, or three.
fn parts<T>(text: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    let list: Vec<T> = text.split("..").map(|part| read(part.trim())).collect::<Result<_, _>>()?;
    match list.len() {
        1 | 3 => Ok(list),
        n => Err(format!("{n} values: write one, or three apart by `..` that hold at 10, 50 and 90 %")),
    }
}

fn number(text: &str) -> Result<f64, String> {
    let plain = text.strip_prefix('+').unwrap_or(text).replace('−', "-");
    plain.parse().ok().filter(|x: &f64| x.is_finite()).ok_or_else(|| format!("`{text}` is no number"))
}

impl Amount {
    fn of(mut list: Vec<f64>) -> Self {
        list.sort_by(f64::total_cmp);
        match list.as_slice() {
            [low, middle, high] => Self::Judged([*low, *middle, *high]),
            list => Self::Sure(list.first().copied().unwrap_or_default()),
        }
    }

    /// The value in the middle.
    pub const fn middle(self) -> f64 {
        match self {
            Self::Sure(x) | Self::Judged([_, x, _]) => x,
        }
    }

    /// The values at the ends and in the middle.
    pub const fn points(self) -> [f64; 3] {
        match self {
            Self::Sure(x) => [x; 3],
            Self::Judged(points) => points,
        }
    }

    /// Itself as a distribution.
    ///
    /// # Errors
    /// The refusal `distribution_out_of_range` where three points are too lopsided.
    pub fn drawn(self) -> Result<Distribution, Refused> {
        match self {
            Self::Sure(x) => Ok(Distribution::Fixed(x)),
            Self::Judged([low, middle, high]) => Distribution::judged(low, middle, high),
        }
    }
}

impl FromStr for Amount {
    type Err = String;

    /// Reads `150000`, `18%` or `120000..150000..200000`.
    fn from_str(text: &str) -> Result<Self, String> {
        let share = |part: &str| match part.strip_suffix('%') {
            Some(percent) => number(percent.trim()).map(|x| x / 100.0),
            None => number(part),
        };
        parts(text, share).map(Self::of)
    }
}

impl FromStr for Change {
    type Err = String;

    /// Reads `-15%`, `-2pp`, `+3abs` or `-5%..-15%..-25%`.
    ///
    /// # Examples
    /// ```
    /// use cx_core::studies::scenario::{Change, Sort};
    /// let change: Change = "-5%..-15%..-25%".parse().unwrap();
    /// assert_eq!((change.sort, change.amount.middle()), (Sort::Relative, -0.15));
    /// assert!("-15".parse::<Change>().unwrap_err().contains("`%`"));
    /// ```
    fn from_str(text: &str) -> Result<Self, String> {
        let read = |part: &str| {
            for (ending, sort, scale) in
                [("%", Sort::Relative, 100.0), ("pp", Sort::Points, 100.0), ("abs", Sort::Absolute, 1.0)]
            {
                if let Some(rest) = part.strip_suffix(ending) {
                    return number(rest.trim()).map(|x| (sort, x / scale));
                }
            }
            Err(format!(
                "`{part}` does not say what it is counted in: write `%` for a share of the base, `pp` for \
                 percentage points, `abs` for an amount"
            ))
        };
        let list = parts(text, read)?;
        let sort = list.first().map_or(Sort::Relative, |first| first.0);
        if list.iter().any(|(other, _)| *other != sort) {
            return Err("the three values are counted in different things".to_owned());
        }
        Ok(Self { sort, amount: Amount::of(list.into_iter().map(|(_, x)| x).collect()) })
    }
}

impl Change {
    /// The base after a change of `by`, in the terms of this change.
    pub fn after(self, base: f64, by: f64) -> f64 {
        match self.sort {
            Sort::Relative => base * (1.0 + by),
            Sort::Points | Sort::Absolute => base + by,
        }
    }

    /// The changes that are possible on a base: what is a share stays in 0..1, what is counted stays above 0.
    pub fn possible(self, key: Key, base: f64) -> (f64, f64) {
        let top = if key.is_share() { 1.0 } else { 100.0 * base.abs() };
        let bottom = if matches!(key, Key::Margin | Key::Spend) { -top } else { 0.0 };
        match self.sort {
            Sort::Relative if base > 0.0 => (bottom / base - 1.0, top / base - 1.0),
            Sort::Relative => (-1.0, 1.0),
            Sort::Points | Sort::Absolute => (bottom - base, top - base),
        }
    }

    /// Whether the change fits the key and is possible on the base, at each of its points.
    ///
    /// # Errors
    /// Refusals with the bound, `share_infeasible`, `change_infeasible` and `unit_of_change`.
    ///
    /// # Examples
    /// ```
    /// use cx_core::studies::scenario::{Change, Key};
    /// let change: Change = "+40%".parse().unwrap();
    /// assert!(change.check(Key::Satisfied, 0.71).is_ok());
    /// let refused = change.check(Key::Satisfied, 0.75).unwrap_err();
    /// assert_eq!(refused.reason, "+40.0 % of a share needs a base of at most 71.4 %, and it is 75.0 %");
    /// ```
    pub fn check(self, key: Key, base: f64) -> Result<(), Refused> {
        let refused = |rule: &str, reason: String, lift: &str| Refused {
            rule: rule.to_owned(),
            reason,
            lift: lift.to_owned(),
        };
        let (word, share) = (key.word(), key.is_share());
        if (self.sort == Sort::Points && !share) || (self.sort == Sort::Absolute && share) {
            let reason = format!("{word} is {} share of anything", if share { "a" } else { "no" });
            let lift = if share { "write `%` or `pp`" } else { "write `%` or `abs`" };
            return Err(refused("unit_of_change", reason, lift));
        }
        let (low, high) = self.possible(key, base);
        let slack = 1e-12;
        for by in self.amount.points() {
            if by > high + slack && share {
                let reason = match (self.sort, largest_base(by)) {
                    (Sort::Relative, Some(most)) => format!(
                        "{:+.1} % of a share needs a base of at most {:.1} %, and it is {:.1} %",
                        100.0 * by,
                        100.0 * most,
                        100.0 * base
                    ),
                    _ => format!(
                        "{:+.1} points need a base of at most {:.1} %, and it is {:.1} %",
                        100.0 * by,
                        100.0 * (1.0 - by),
                        100.0 * base
                    ),
                };
                let lift = "a smaller change, or the other of `%` and `pp`";
                return Err(refused("share_infeasible", reason, lift));
            }
            if by < low - slack {
                let reason = match self.sort {
                    Sort::Relative => format!("{word} cannot fall by more than 100 %"),
                    Sort::Points => format!(
                        "{word} is {:.2} % and cannot fall by {:.2} points",
                        100.0 * base,
                        -100.0 * by
                    ),
                    Sort::Absolute => format!("{word} is {base:.2} and cannot fall by {:.2}", -by),
                };
                let lift = "a smaller change; rates are those of one period, see --every";
                return Err(refused("change_infeasible", reason, lift));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(text: &str) -> Change {
        text.parse().unwrap()
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_bound() {
        // Retention up by 24 % needs at most 80.6 %.
        let refused = change("+24%").check(Key::Retention, 0.82).unwrap_err();
        assert!(refused.reason.contains("at most 80.6 %"), "{}", refused.reason);
        assert!(change("+24%").check(Key::Retention, 0.80).is_ok());
        assert_eq!(change("-2pp").check(Key::Churn, 0.015).unwrap_err().rule, "change_infeasible");
        assert_eq!(change("-2pp").check(Key::Margin, 10.0).unwrap_err().rule, "unit_of_change");
        assert_eq!(change("-120%").check(Key::Contacts, 1.0).unwrap_err().rule, "change_infeasible");
        // The far end of three points counts too.
        assert!(change("+10%..+20%..+45%").check(Key::Satisfied, 0.7).is_err());
    }

    #[test]
    fn amounts_are_read_whatever_their_order() {
        assert_eq!(change("-25%..-15%..-5%"), change("-5%..-15%..-25%"));
        assert_eq!("1..2..4".parse(), Ok(Amount::Judged([1.0, 2.0, 4.0])));
        assert_eq!("18%".parse(), Ok(Amount::Sure(0.18)));
        assert!("1..2".parse::<Amount>().is_err() && "-5%..-2pp..-1%".parse::<Change>().is_err());
        assert!("nan%".parse::<Change>().is_err());
    }
}
