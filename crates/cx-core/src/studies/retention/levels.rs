//! Covariates with a few levels.

use super::ages::Ages;
use super::survival::OTHER;
use crate::ground::segment::NONE_VALUE;
use crate::stats::Sketch;
use std::collections::BTreeMap;

/// A number in bands, by cut points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bands {
    /// What it is.
    pub name: String,
    /// First number of each band but the lowest.
    pub cuts: Vec<f64>,
    /// What one unit is called, such as `days`.
    pub unit: String,
    /// How many of the engine's units make one that is shown.
    pub per: f64,
    /// What a missing number means; it then has a band of its own, the last.
    pub missing: Option<String>,
}

impl Bands {
    /// Cut points at quantiles, so that each band has its share of the units.
    pub(super) fn at_quantiles(name: &str, unit: &str, per: f64, sketch: &Sketch, parts: u64) -> Self {
        let n = sketch.n();
        let lowest = sketch.range().map_or(0.0, |(low, _)| low);
        let mut cuts: Vec<f64> = Vec::new();
        for part in 1..parts {
            let Some(bounds) = sketch.order_statistic(1 + part * n / parts) else { continue };
            let cut = rounded(bounds.middle() / per) * per;
            if cut > lowest && cuts.last().is_none_or(|last| cut > *last) {
                cuts.push(cut);
            }
        }
        Self { name: name.to_owned(), cuts, unit: unit.to_owned(), per, missing: None }
    }

    /// Number of bands.
    pub(super) fn len(&self) -> usize {
        self.cuts.len() + 1 + usize::from(self.missing.is_some())
    }

    /// The band of a number as an expression.
    pub(super) fn expr(&self, value: &str) -> String {
        let known =
            self.cuts.iter().enumerate().rev().fold(self.cuts.len().to_string(), |rest, (i, cut)| {
                format!("if({value} < {cut}, {i}, {rest})")
            });
        // A blank comparison takes the second branch, so what is missing is asked for first.
        let missing = if self.missing.is_some() { self.cuts.len() + 1 } else { 0 };
        format!("if({value} is missing, {missing}, {known})")
    }

    /// What a band is called.
    pub(super) fn label(&self, band: usize) -> String {
        let shown = |cut: f64| number(cut / self.per);
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        match (self.missing.as_ref().filter(|_| band > self.cuts.len()), self.cuts.as_slice()) {
            (Some(missing), _) => missing.clone(),
            (None, []) => format!("any{unit}"),
            (None, cuts) if self.unit.is_empty() => whole(cuts, band),
            (None, cuts) if band == 0 => format!("below {}{unit}", shown(cuts[0])),
            (None, cuts) if band >= cuts.len() => format!("{}{unit} and more", shown(cuts[cuts.len() - 1])),
            (None, cuts) => format!("{} to {}{unit}", shown(cuts[band - 1]), shown(cuts[band])),
        }
    }
}

/// Two significant digits are enough for a cut point; whole below a hundred.
fn rounded(x: f64) -> f64 {
    if x.abs() < 100.0 {
        return if x.abs() < 2.0 && x.fract() != 0.0 { (x * 10.0).ceil() / 10.0 } else { x.ceil() };
    }
    let size = 10.0_f64.powf(x.abs().log10().floor() - 1.0);
    (x / size).round() * size
}

/// A band of counts.
fn whole(cuts: &[f64], band: usize) -> String {
    let from = band.checked_sub(1).map_or(0.0, |i| cuts[i].ceil());
    match cuts.get(band).map(|cut| cut.ceil() - 1.0) {
        None => format!("{} and more", number(from)),
        Some(to) if to <= 0.0 => "none".to_owned(),
        Some(to) if to <= from => number(from),
        Some(to) => format!("{} to {}", number(from), number(to)),
    }
}

fn number(x: f64) -> String {
    if x.fract() == 0.0 { format!("{x:.0}") } else { format!("{x:.1}") }
}

/// A covariate of a model: its levels in order, and what each value counts as.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Covariate {
    pub name: String,
    pub levels: Vec<String>,
    /// The level that the others are held against: the largest.
    pub reference: usize,
}

impl Covariate {
    /// Levels of a column that groups stand for, the largest first as reference.
    pub(super) fn of_groups(name: &str, sizes: &[(String, u64)]) -> Self {
        let levels: Vec<String> = sizes.iter().map(|(level, _)| level.clone()).collect();
        let largest = sizes.iter().enumerate().max_by(|(i, a), (j, b)| a.1.cmp(&b.1).then(j.cmp(i)));
        Self { name: name.to_owned(), levels, reference: largest.map_or(0, |(i, _)| i) }
    }

    /// The place of a value, small groups standing together.
    pub(super) fn place(&self, value: Option<&str>) -> Option<usize> {
        let value = value.unwrap_or(NONE_VALUE);
        let found = |name: &str| self.levels.iter().position(|l| l == name);
        found(value).or_else(|| found(OTHER))
    }

    /// Number of columns it takes in a design.
    pub(super) fn width(&self) -> usize {
        self.levels.len().saturating_sub(1)
    }

    /// Adds its columns to a design row: 1 for the level, 0 for the others, the reference left out.
    pub(super) fn push(&self, level: usize, x: &mut Vec<f64>) {
        for i in (0..self.levels.len()).filter(|i| *i != self.reference) {
            x.push(f64::from(u8::from(i == level)));
        }
    }

    /// Levels but the reference, with their names.
    pub(super) fn columns(&self) -> impl Iterator<Item = (usize, &String)> {
        self.levels.iter().enumerate().filter(|(i, _)| *i != self.reference)
    }
}

/// The groups of one column as a covariate; none with fewer than two that stand alone.
pub(super) fn covariate(name: &str, groups: &BTreeMap<Vec<String>, Ages>) -> Option<Covariate> {
    let sizes: Vec<(String, u64)> =
        (groups.iter()).filter_map(|(values, ages)| Some((values.first()?.clone(), ages.units()))).collect();
    (sizes.len() > 1).then(|| Covariate::of_groups(name, &sizes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_hold_their_share_and_speak_plainly() {
        let mut sketch = Sketch::default();
        for value in 1..=100_i128 {
            sketch.add(value << 20, 1).unwrap();
        }
        let mut bands = Bands::at_quantiles("age", "days", 1.0, &sketch, 4);
        assert_eq!(bands.cuts, [26.0, 51.0, 76.0]);
        assert_eq!(bands.label(0), "below 26 days");
        assert_eq!(bands.label(1), "26 to 51 days");
        assert_eq!(bands.label(3), "76 days and more");
        assert_eq!(bands.expr("x"), "if(x is missing, 0, if(x < 26, 0, if(x < 51, 1, if(x < 76, 2, 3))))");
        bands.missing = Some("never".to_owned());
        assert_eq!((bands.len(), bands.label(4).as_str()), (5, "never"));
    }

    /// Three of four have none: one band for them, one for the others.
    #[test]
    fn a_pile_of_equal_numbers_is_one_band() {
        let mut sketch = Sketch::default();
        sketch.add(0, 75).unwrap();
        sketch.add(3 << 20, 25).unwrap();
        let bands = Bands::at_quantiles("contacts", "", 1.0, &sketch, 4);
        assert_eq!(bands.cuts, [3.0]);
        assert_eq!((bands.label(0).as_str(), bands.label(1).as_str()), ("0 to 2", "3 and more"));
        assert_eq!(
            (whole(&[1.0, 2.0, 4.0], 0), whole(&[1.0, 2.0, 4.0], 1)),
            ("none".to_owned(), "1".to_owned())
        );
        assert_eq!(whole(&[1.0, 2.0, 4.0], 2), "2 to 3");
    }
}
