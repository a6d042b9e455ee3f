//! Units under watch, read from a table: since when, how long, what ended it.

use crate::calc::args::left_out;
use crate::calc::{Args, CalcError, Choice, Default, Holds, Role};
use crate::ground::estimate::Caveat;
use crate::infer::survival::Table;
use std::collections::BTreeMap;

pub(super) const DURATION: Role = Role {
    name: "duration",
    default: Default::Named(&["duration", "time", "age", "tenure"]),
    required: true,
    holds: Holds::Number,
    help: "how long the unit was watched, from its own start",
};

pub(super) const EVENT: Role = Role {
    name: "event",
    default: Default::Named(&["event", "left", "churned"]),
    required: true,
    holds: Holds::YesNo,
    help: "whether it left then; no where it is still there",
};

pub(super) const GROUP: Role = Role {
    name: "group",
    default: Default::Named(&["group"]),
    required: false,
    holds: Holds::Text,
    help: "the group it belongs to",
};

pub(super) const ENTRY: Role = Role {
    name: "entry",
    default: Default::Named(&["entry"]),
    required: false,
    holds: Holds::Number,
    help: "age at which watching began; 0 unless given",
};

pub(super) const COUNT: Role = Role {
    name: "count",
    default: Default::Named(&["count"]),
    required: false,
    holds: Holds::Number,
    help: "how many units the row stands for; 1 unless given",
};

pub(super) const AT: Choice = Choice {
    name: "at",
    default: None,
    allowed: &[],
    help: "ages to give the curve at, as 12,24,36; ages with events unless given",
};

/// Ages given when none are asked for, at most.
const MOST: usize = 100;

/// One row of units under watch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watched<'a> {
    /// Place among the rows handed over.
    pub(super) place: usize,
    pub(super) entry: f64,
    pub(super) exit: f64,
    pub(super) left: bool,
    pub(super) count: u64,
    pub(super) group: Option<&'a str>,
}

/// Reads the rows that can be used; the others are counted in caveats.
pub(super) fn read<'a>(args: &Args<'a>) -> Result<(Vec<Watched<'a>>, Vec<Caveat>), CalcError> {
    let durations = args.numbers("duration")?.unwrap_or_default();
    let events = args.yes_no("event")?.unwrap_or_default();
    let entries = args.numbers("entry")?;
    let counts = args.numbers("count")?;
    let groups = args.texts("group");
    let mut rows = Vec::with_capacity(durations.len());
    let (mut blank, mut nowhere) = (0, 0);
    for (place, (exit, left)) in durations.iter().zip(&events).enumerate() {
        let entry = entries.as_ref().map_or(Some(0.0), |e| e[place]);
        let count = counts.as_ref().map_or(Some(1.0), |c| c[place]);
        let (Some(exit), Some(left), Some(entry), Some(count)) = (*exit, *left, entry, count) else {
            blank += 1;
            continue;
        };
        if exit < 0.0 {
            return Err(args.fault(
                "duration",
                place,
                "is a negative time",
                "times count from the unit's own start",
            ));
        }
        if entry < 0.0 || entry > exit {
            return Err(args.fault(
                "entry",
                place,
                "does not lie between 0 and the duration",
                "give the age at which watching began",
            ));
        }
        if count < 0.0 || count.fract() != 0.0 || count > 1e15 {
            return Err(args.fault(
                "count",
                place,
                "is no whole number of units",
                "give how many units the row stands for",
            ));
        }
        let group = groups.as_ref().and_then(|g| g[place]);
        if groups.is_some() && group.is_none() {
            nowhere += 1;
            continue;
        }
        rows.push(Watched { place, entry, exit, left, count: count as u64, group });
    }
    let caveats = left_out(blank, "no duration, event, entry or count")
        .into_iter()
        .chain(left_out(nowhere, "no group"))
        .collect();
    if rows.iter().all(|row| row.count == 0) {
        let help = "fill the duration and event columns".to_owned();
        return Err(CalcError::Data { what: "there are no units to watch".to_owned(), help });
    }
    Ok((rows, caveats))
}

/// Life tables by group, in the order of their names; one without a name where there are no groups.
pub(super) fn tables<'a>(rows: &[Watched<'a>]) -> Vec<(Option<&'a str>, Table)> {
    let mut by_group: BTreeMap<Option<&str>, Vec<&Watched<'a>>> = BTreeMap::new();
    for row in rows {
        by_group.entry(row.group).or_default().push(row);
    }
    let table = |rows: Vec<&Watched<'_>>| {
        Table::exact(rows.iter().map(|r| (r.entry, r.exit, r.left.then_some(0), r.count)))
    };
    by_group.into_iter().map(|(group, rows)| (group, table(rows))).collect()
}

/// The ages asked for, or those with events, thinned where there are very many.
pub(super) fn ages(args: &Args<'_>, with_events: &[f64]) -> Result<(Vec<f64>, Option<Caveat>), CalcError> {
    if let Some(text) = args.option("at") {
        let read = |part: &str| part.trim().parse::<f64>().ok().filter(|x| x.is_finite() && *x >= 0.0);
        let ages: Option<Vec<f64>> = text.split(',').map(read).collect();
        return Ok((ages.ok_or_else(|| args.bad("at", "write ages as 12,24,36"))?, None));
    }
    let n = with_events.len();
    if n <= MOST {
        return Ok((with_events.to_vec(), None));
    }
    let ages = (1..=MOST).map(|i| with_events[i * n / MOST - 1]).collect();
    let text = format!("{MOST} of {n} ages with events are given; ask for others with --at");
    Ok((ages, Some(Caveat::Note { text })))
}

/// Ages with events of one table.
pub(super) fn event_ages(table: &Table) -> Vec<f64> {
    table.rows().iter().filter(|row| row.events > 0).map(|row| row.age).collect()
}
