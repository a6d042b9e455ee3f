//! Mean time lived up to a horizon.

use super::watched::{COUNT, DURATION, ENTRY, EVENT, GROUP, read, tables};
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::ground::unit::Unit;
use crate::infer::survival::{restricted_mean, restricted_mean_difference};

pub(in crate::calc) const RMST: Calc = Calc {
    name: "rmst",
    group: "retention",
    summary: "Mean time lived up to a horizon, and how much longer each group lives than the first",
    roles: &[DURATION, EVENT, GROUP, ENTRY, COUNT],
    second: None,
    options: &[
        Choice {
            name: "horizon",
            default: None,
            allowed: &[],
            help: "age up to which time is counted; all must have been watched so long or have left",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

/// A figure in the unit of the durations, which is not known here.
fn plain(estimate: &crate::ground::estimate::Estimate) -> Figure {
    let mut figure = Figure::from(estimate);
    figure.unit = None;
    figure
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let horizon = args.real_in("horizon", 0.0, f64::INFINITY)?;
    if horizon <= 0.0 {
        return Err(args.bad("horizon", "give an age above 0"));
    }
    let (rows, caveats) = read(args)?;
    let tables = tables(&rows);
    let mut results = Results::new();
    for (group, table) in &tables {
        let mean = restricted_mean(table, horizon, Unit::Days, level);
        let one = Results::new()
            .with("mean", plain(&mean))
            .with("se", Figure::real_or(mean.se, "there is no mean"))
            .with("n", Figure::count(table.units()))
            .with("events", Figure::count(table.events()));
        match group {
            Some(name) => results.group(name, one),
            None => results = one,
        }
    }
    if let Some(((first, base), rest)) = tables.split_first()
        && !rest.is_empty()
    {
        let mut differences = Results::new();
        for (name, table) in rest {
            let gain = restricted_mean_difference(table, base, horizon, Unit::Days, level);
            let one = Results::new()
                .with("difference", plain(&gain.difference))
                .with("se", Figure::real_or(gain.difference.se, "neither mean has a variance"))
                .with("p", Figure::real_or(gain.p, "neither mean has a variance"));
            let (name, first) = (name.unwrap_or_default(), first.unwrap_or_default());
            differences.group(&format!("{name}_minus_{first}"), one);
        }
        results.group("differences", differences);
    }
    Ok(Answer { method: None, level: Some(level.value()), results, caveats })
}
