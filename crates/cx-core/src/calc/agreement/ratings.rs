//! Ratings in long form (one row a rating) and items in wide form (one row a respondent).

use crate::calc::args::left_out;
use crate::calc::{Args, CalcError, Default, Holds, Role};
use crate::ground::estimate::Caveat;
use std::collections::BTreeMap;

pub(super) const RATER: Role = Role {
    name: "rater",
    default: Default::Named(&["rater"]),
    required: true,
    holds: Holds::Text,
    help: "who rated",
};
pub(super) const UNIT: Role = Role {
    name: "unit",
    default: Default::Named(&["unit"]),
    required: true,
    holds: Holds::Text,
    help: "what was rated",
};
pub(super) const VALUE: Role = Role {
    name: "value",
    default: Default::Named(&["value"]),
    required: true,
    holds: Holds::Text,
    help: "the rating: a number, or a word for nominal ratings",
};
pub(super) const ITEMS: Role = Role {
    name: "items",
    default: Default::AllNumeric,
    required: true,
    holds: Holds::Numbers,
    help: "columns of the items, separated by commas; all columns of numbers unless named",
};

/// Ratings by unit and rater.
pub(super) struct Ratings<'a> {
    /// Raters in the order of their names.
    pub(super) raters: Vec<&'a str>,
    /// Unit → one rating per rater, `None` where there is none.
    pub(super) units: BTreeMap<&'a str, Vec<Option<f64>>>,
    pub(super) caveats: Vec<Caveat>,
}

impl<'a> Ratings<'a> {
    /// Reads ratings; words become numbers in the order of the alphabet when `words` allows them.
    pub(super) fn read(args: &Args<'a>, words: bool) -> Result<Self, CalcError> {
        let raters = args.texts("rater").unwrap_or_default();
        let units = args.texts("unit").unwrap_or_default();
        let texts = args.texts("value").unwrap_or_default();
        let values: Vec<Option<f64>> = match args.numbers("value") {
            Ok(values) => values.unwrap_or_default(),
            Err(error) if !words => return Err(error),
            Err(_) => {
                let mut names: Vec<&str> = texts.iter().flatten().copied().collect();
                names.sort_unstable();
                names.dedup();
                texts.iter().map(|t| t.and_then(|t| names.binary_search(&t).ok()).map(|i| i as f64)).collect()
            }
        };
        let mut known: Vec<&str> = raters.iter().flatten().copied().collect();
        known.sort_unstable();
        known.dedup();
        let mut table: BTreeMap<&str, Vec<Option<f64>>> = BTreeMap::new();
        let mut blank = 0;
        for (place, value) in values.iter().enumerate() {
            let (Some(rater), Some(unit), Some(value)) = (raters[place], units[place], value) else {
                blank += 1;
                continue;
            };
            let column = known.partition_point(|r| *r < rater);
            let row = table.entry(unit).or_insert_with(|| vec![None; known.len()]);
            if row[column].replace(*value).is_some() {
                let problem = format!("is a second rating of unit `{unit}` by rater `{rater}`");
                return Err(args.fault("value", place, &problem, "keep one rating per rater and unit"));
            }
        }
        let caveats = left_out(blank, "no rater, unit or value").into_iter().collect();
        Ok(Self { raters: known, units: table, caveats })
    }

    /// The values each unit was given, whoever gave them.
    pub(super) fn by_unit(&self) -> Vec<Vec<f64>> {
        self.units.values().map(|row| row.iter().flatten().copied().collect()).collect()
    }
}

/// Rows with all items; a row that lacks one is left out and counted.
pub(super) fn complete_rows(args: &Args<'_>) -> Result<(Vec<Vec<f64>>, Vec<Caveat>), CalcError> {
    let all = args.number_rows("items")?;
    let count = all.len();
    let rows: Vec<Vec<f64>> =
        all.into_iter().filter_map(|row| row.into_iter().collect::<Option<Vec<f64>>>()).collect();
    let missing = (count - rows.len()) as u64;
    Ok((rows, left_out(missing, "an item is blank").into_iter().collect()))
}

/// The names of the item columns.
pub(super) fn item_names<'a>(args: &Args<'a>) -> Vec<&'a str> {
    args.columns("items").iter().map(|column| column.name.as_str()).collect()
}

/// The error of a formula that the rows do not allow.
pub(super) fn not_enough(what: &str, help: &str) -> CalcError {
    CalcError::Data { what: what.to_owned(), help: help.to_owned() }
}
