//! Units over periods, read from a table.

use crate::calc::args::left_out;
use crate::calc::timeline::Timeline;
use crate::calc::{Args, CalcError};
use crate::ground::estimate::Caveat;
use std::collections::BTreeMap;

/// One outcome per unit and period.
pub(super) struct Paths<'a> {
    pub(super) timeline: Timeline,
    /// Outcomes by unit, in the order of their names.
    pub(super) units: BTreeMap<&'a str, Vec<f64>>,
    /// Rows that were used: place among those handed over, unit, place of the period.
    pub(super) rows: Vec<(usize, &'a str, usize)>,
    pub(super) caveats: Vec<Caveat>,
}

/// Reads units over periods; a unit without an outcome in some period is a fault.
pub(super) fn read<'a>(args: &Args<'a>) -> Result<Paths<'a>, CalcError> {
    let outcomes = args.numbers("outcome")?.unwrap_or_default();
    let periods = args.numbers("period")?.unwrap_or_default();
    let names = args.texts("unit").unwrap_or_default();
    let filled: Vec<(usize, &str, f64, f64)> = (0..outcomes.len())
        .filter_map(|place| Some((place, names[place]?, periods[place]?, outcomes[place]?)))
        .collect();
    let caveats = left_out((outcomes.len() - filled.len()) as u64, "no unit, period or outcome");
    let timeline = Timeline::of(filled.iter().map(|row| row.2))?;
    let mut units: BTreeMap<&str, Vec<Option<f64>>> = BTreeMap::new();
    let mut rows = Vec::with_capacity(filled.len());
    for (place, unit, period, outcome) in filled {
        let at = timeline.place(period).unwrap_or_default();
        let path = units.entry(unit).or_insert_with(|| vec![None; timeline.len()]);
        if path[at].replace(outcome).is_some() {
            let help = "give one row per unit and period: add up or average the others";
            return Err(args.fault("period", place, &format!("stands twice for the unit `{unit}`"), help));
        }
        rows.push((place, unit, at));
    }
    let mut whole = BTreeMap::new();
    for (unit, path) in units {
        if let Some(gap) = path.iter().position(Option::is_none) {
            return Err(CalcError::Data {
                what: format!("the unit `{unit}` has no outcome in period {}", timeline.label(gap)),
                help: "give every unit an outcome in every period (0 after leaving), or leave the unit out: \
                       units that come and go mix an effect with who is there"
                    .to_owned(),
            });
        }
        whole.insert(unit, path.into_iter().flatten().collect());
    }
    Ok(Paths { timeline, units: whole, rows, caveats: caveats.into_iter().collect() })
}
