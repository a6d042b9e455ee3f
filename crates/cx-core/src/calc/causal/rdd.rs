//! A rule that treats from a cut-off on.

use super::columns::OUTCOME;
use super::shown::{group, none, put};
use crate::calc::args::left_out;
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::Refused;
use crate::infer::Level;
use crate::infer::effects::discontinuity::{Cut, Jump, density, discontinuity, local_lines, measured};
use crate::infer::regression::Variance;

pub(in crate::calc) const RDD: Calc = Calc {
    name: "rdd",
    group: "causal",
    summary: "Regression discontinuity: the jump of an outcome where a rule begins to treat, with its checks",
    roles: &[
        OUTCOME,
        Role {
            name: "running",
            default: Default::Named(&["running", "x"]),
            required: true,
            holds: Holds::Number,
            help: "what the rule looks at: points, a rating, a balance",
        },
        Role {
            name: "covariates",
            default: Default::Named(&["covariates"]),
            required: false,
            holds: Holds::Numbers,
            help: "columns known before the rule, separated by commas: none of them may jump",
        },
    ],
    second: None,
    options: &[
        Choice {
            name: "cut-off",
            default: Some("0"),
            allowed: &[],
            help: "the value of the running column from which units are treated",
        },
        Choice {
            name: "distance",
            default: None,
            allowed: &[],
            help: "adds plain lines within this distance, for comparison with print",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let at = args.real("cut-off")?.unwrap_or(0.0);
    let distance = args.real("distance")?;
    if distance.is_some_and(|distance| distance <= 0.0) {
        return Err(args.bad("distance", "give a distance above 0"));
    }
    let names: Vec<String> = args.columns("covariates").iter().map(|c| c.name.clone()).collect();
    let places = args.numbers("running")?.unwrap_or_default();
    let outcomes = args.numbers("outcome")?.unwrap_or_default();
    let rows =
        if names.is_empty() { vec![Vec::new(); places.len()] } else { args.number_rows("covariates")? };
    let (mut running, mut outcome, mut blank) = (Vec::new(), Vec::new(), 0);
    let mut known: Vec<Vec<f64>> = vec![Vec::new(); names.len()];
    for ((x, y), row) in places.iter().zip(&outcomes).zip(rows) {
        match (x, y, row.into_iter().collect::<Option<Vec<f64>>>()) {
            (Some(x), Some(y), Some(row)) => {
                running.push(*x);
                outcome.push(*y);
                known.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
            }
            _ => blank += 1,
        }
    }
    let caveats: Vec<_> = left_out(blank, "no outcome, running value or covariate").into_iter().collect();
    let cut = Cut { running: &running, outcome: &outcome, at };
    let covariates: Vec<(&str, &[f64])> =
        names.iter().map(String::as_str).zip(known.iter().map(Vec::as_slice)).collect();
    let mut others = Results::new();
    if let Some(distance) = distance {
        others.group("lines", lines(&cut, distance, level));
    }
    let jump = match discontinuity(&cut, None) {
        Ok(jump) => jump,
        Err(refused) => return Ok(none(refused, others, caveats)),
    };
    let mut results = about(&jump, level);
    match density(&running, at) {
        Ok(density) => results.put("density_p", Figure::real_or(density.robust.p(), "there is no spread")),
        Err(refused) => results.put("density_p", Figure::refused(refused)),
    }
    results.append(others);
    let found = match measured(&cut, &covariates) {
        Ok(found) => found,
        Err(refused) => return Ok(none(refused, results, caveats)),
    };
    let mut shown = Results::new();
    put(&mut shown, "effect", &found.effect, level);
    shown.put("grade", Figure::text(found.grade_left.letter()));
    shown.append(results);
    let method = Some("robust_bias_corrected".to_owned());
    Ok(Answer { method, level: Some(level.value()), results: shown, caveats })
}

/// Distances and sizes, and the interval that forgets that lines bend.
fn about(jump: &Jump, level: Level) -> Results {
    let mut results = Results::new();
    results.put("distance", Figure::real(jump.bandwidths.line));
    results.put("distance_of_bend", Figure::real(jump.bandwidths.bend));
    results.put("below", Figure::count(jump.near[0]));
    results.put("above", Figure::count(jump.near[1]));
    results.group("conventional", group(&jump.conventional, level));
    results
}

fn lines(cut: &Cut<'_>, distance: f64, level: Level) -> Results {
    let shown = |(effect, n)| {
        let mut results = group(&effect, level);
        results.put("n", Figure::count(n));
        results
    };
    let refused = |refused: Refused| Results::new().with("effect", Figure::refused(refused));
    local_lines(cut, distance, Variance::Robust1).map_or_else(refused, shown)
}
