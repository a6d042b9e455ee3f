//! Two groups, before and after.

use super::columns::{OUTCOME, SEED, TREATED, UNIT, WORLDS, draws};
use super::shown::{FEW_UNITS, few, group, none, note, put, put_placed, within};
use crate::calc::args::left_out;
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::Caveat;
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::effects::did::{FewUnits, Observed, TwoByTwo, two_by_two};
use crate::infer::effects::randomised;
use crate::infer::means::{self, Summary};
use crate::infer::regression::Variance;
use std::collections::BTreeMap;

pub(in crate::calc) const DID: Calc = Calc {
    name: "did",
    group: "causal",
    summary: "Difference in differences of two groups before and after, with errors by unit",
    roles: &[
        UNIT,
        TREATED,
        Role {
            name: "after",
            default: Default::Named(&["after", "post"]),
            required: true,
            holds: Holds::YesNo,
            help: "whether the outcome is from after the start",
        },
        OUTCOME,
    ],
    second: None,
    options: &[
        Choice {
            name: "variance",
            default: Some("clustered"),
            allowed: &["clustered", "robust", "classical"],
            help: "standard errors by unit, or for comparison of rows as if no unit were seen twice",
        },
        Choice {
            name: "inference",
            default: Some("auto"),
            allowed: &["auto", "regression"],
            help: "auto tests fewer than 30 units, or 6 treated ones, by drawn worlds",
        },
        WORLDS,
        SEED,
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

/// Rows of one unit: (sum, rows) before and after.
#[derive(Default)]
struct Seen {
    id: u64,
    treated: bool,
    sides: [(f64, f64); 2],
}

impl Seen {
    /// Mean after less mean before, where both were seen.
    fn change(&self) -> Option<f64> {
        let [before, after] = self.sides;
        (before.1 > 0.0 && after.1 > 0.0).then(|| after.0 / after.1 - before.0 / before.1)
    }
}

struct Rows<'a> {
    observed: Vec<Observed>,
    units: BTreeMap<&'a str, Seen>,
    caveats: Vec<Caveat>,
}

fn read<'a>(args: &Args<'a>) -> Result<Rows<'a>, CalcError> {
    let names = args.texts("unit").unwrap_or_default();
    let treated = args.yes_no("treated")?.unwrap_or_default();
    let after = args.yes_no("after")?.unwrap_or_default();
    let outcomes = args.numbers("outcome")?.unwrap_or_default();
    let mut rows = Rows { observed: Vec::new(), units: BTreeMap::new(), caveats: Vec::new() };
    let mut blank = 0;
    for (place, outcome) in outcomes.into_iter().enumerate() {
        let (Some(name), Some(treated), Some(after), Some(outcome)) =
            (names[place], treated[place], after[place], outcome)
        else {
            blank += 1;
            continue;
        };
        let id = rows.units.len() as u64;
        let unit = rows.units.entry(name).or_insert_with(|| Seen { id, treated, ..Seen::default() });
        if unit.treated != treated {
            let problem = format!("differs from the other rows of the unit `{name}`");
            let help = "mark all rows of a unit alike, before the start as well: the column says who is treated in the end";
            return Err(args.fault("treated", place, &problem, help));
        }
        let side = &mut unit.sides[usize::from(after)];
        *side = (side.0 + outcome, side.1 + 1.0);
        rows.observed.push(Observed { unit: unit.id, treated, after, outcome });
    }
    rows.caveats.extend(left_out(blank, "no unit, group, side of the start or outcome"));
    Ok(rows)
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let worlds = draws(args)?;
    let variance = match args.word("variance") {
        "classical" => Variance::Classical,
        "robust" => Variance::Robust1,
        _ => Variance::Clustered,
    };
    let Rows { observed, units, mut caveats } = read(args)?;
    let found = match two_by_two(&observed, variance) {
        Ok(found) => found,
        Err(refused) => return Ok(none(refused, Results::new(), caveats)),
    };
    let changes = |treated: bool| -> Vec<f64> {
        units.values().filter(|u| u.treated == treated).filter_map(Seen::change).collect()
    };
    let seen_twice = FewUnits { treated: changes(true), control: changes(false) };
    let treated_units = units.values().filter(|u| u.treated).count();
    let mut results = Results::new();
    let mut method = args.word("variance");
    let drawn = if args.word("inference") == "auto" {
        few(&seen_twice, (treated_units, units.len()), worlds, level)
    } else {
        None
    };
    match drawn {
        Some((name, Ok(placed))) => {
            method = name;
            put_placed(&mut results, &placed);
            let n = seen_twice.treated.len() + seen_twice.control.len();
            caveats.push(note(format!(
                "the effect is the difference of mean changes of {n} units seen on both sides"
            )));
        }
        Some((_, Err(refused))) => {
            results.put("effect", Figure::refused(refused));
        }
        None => put(&mut results, "effect", &found.effect, level),
    }
    if units.len() < FEW_UNITS {
        caveats.push(Caveat::FewClusters { clusters: units.len() as u64 });
    }
    caveats.push(note(
        "two times cannot show whether both groups moved alike before: event-study over several periods can",
    ));
    results.put("units", Figure::count(units.len() as u64));
    results.put("treated_units", Figure::count(treated_units as u64));
    results.put("unpaired_se", Figure::real(found.unpaired_se));
    results.group("regression", group(&found.effect, level));
    results.group("seen_on_both_sides", balanced(&seen_twice, level));
    results.group("means", cells(&found, level));
    Ok(Answer { method: Some(method.to_owned()), level: Some(level.value()), results, caveats })
}

/// The change of each unit that was seen on both sides, by Welch.
fn balanced(seen: &FewUnits, level: Level) -> Results {
    let n = Figure::count((seen.treated.len() + seen.control.len()) as u64);
    let Some((treated, control)) = Summary::of(&seen.treated).zip(Summary::of(&seen.control)) else {
        return Results::new().with("n", n);
    };
    let effect = randomised::means(&treated, &control, Unit::Ratio, level);
    Results::new()
        .with("effect", Figure::from(&effect).without_unit())
        .with("se", Figure::real_or(effect.se, "a group has one unit"))
        .with("n", n)
}

/// Means of the four cells.
fn cells(found: &TwoByTwo, level: Level) -> Results {
    let names = ["control_before", "control_after", "treated_before", "treated_after"];
    let mut all = Results::new();
    for (name, cell) in names.iter().zip(&found.cells) {
        let mean = means::t(cell, level).map_or_else(|| Figure::real(cell.mean), |i| within(cell.mean, &i));
        let one = Results::new()
            .with("mean", mean)
            .with("se", Figure::real_or(cell.se(), "one row"))
            .with("n", Figure::count(cell.n));
        all.group(name, one);
    }
    all
}
