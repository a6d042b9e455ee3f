//! Raking to margins.

use super::nps::side;
use crate::calc::args::left_out;
use crate::calc::spec::{LEVEL, WEIGHT};
use crate::calc::{
    Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role, SecondTable,
};
use crate::ground::estimate::Caveat;
use crate::ground::unit::Unit;
use crate::infer::weights::{self, Cell, RakeError, RakedRow};
use crate::infer::{Level, effective};
use std::collections::BTreeMap;

pub(in crate::calc) const RAKE: Calc = Calc {
    name: "rake",
    group: "scores",
    summary: "Weights that bring the answers to the margins of the base, and the raked mean or NPS",
    roles: &[
        Role {
            name: "value",
            default: Default::Named(&["value", "score"]),
            required: false,
            holds: Holds::Number,
            help: "the answer whose mean is wanted",
        },
        WEIGHT,
    ],
    second: Some(SecondTable {
        name: "margins",
        roles: &[
            Role {
                name: "variable",
                default: Default::Named(&["variable"]),
                required: true,
                holds: Holds::Text,
                help: "name of the column that the margin is about",
            },
            Role {
                name: "level",
                default: Default::Named(&["level"]),
                required: true,
                holds: Holds::Text,
                help: "one of its values",
            },
            Role {
                name: "share",
                default: Default::Named(&["share"]),
                required: true,
                holds: Holds::Number,
                help: "share of the base with that value",
            },
        ],
        help: "margins of the base",
    }),
    options: &[
        Choice {
            name: "kind",
            default: Some("mean"),
            allowed: &["mean", "nps"],
            help: "what is made of the values",
        },
        Choice {
            name: "trim",
            default: None,
            allowed: &[],
            help: "cut base weights at this many times their median before raking (5 is usual)",
        },
        Choice {
            name: "weights",
            default: Some("cells"),
            allowed: &["cells", "rows"],
            help: "give the weight of every row besides the factors of the cells",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

/// Margins as the second table gives them: variable, its values, their shares.
struct Margins<'a> {
    variables: Vec<&'a str>,
    values: Vec<Vec<&'a str>>,
    shares: Vec<Vec<f64>>,
}

fn margins<'a>(args: &Args<'a>) -> Result<Margins<'a>, CalcError> {
    let needs = || CalcError::Missing {
        formula: RAKE.name,
        what: "a table of margins".to_owned(),
        help: "give --margins FILE with the columns variable, level and share".to_owned(),
    };
    let variables = args.second_texts("variable").ok_or_else(needs)?;
    let levels = args.second_texts("level").ok_or_else(needs)?;
    let shares = args.second_numbers("share")?.ok_or_else(needs)?;
    let mut margins = Margins { variables: Vec::new(), values: Vec::new(), shares: Vec::new() };
    for (row, ((variable, value), share)) in variables.into_iter().zip(levels).zip(shares).enumerate() {
        let (Some(variable), Some(value), Some(share)) = (variable, value, share) else {
            return Err(CalcError::Data {
                what: format!("row {} of the margins is not filled", row + 2),
                help: "each row names a variable, one of its values, and the share".to_owned(),
            });
        };
        let place = margins.variables.iter().position(|v| *v == variable).unwrap_or_else(|| {
            margins.variables.push(variable);
            margins.values.push(Vec::new());
            margins.shares.push(Vec::new());
            margins.variables.len() - 1
        });
        if margins.values[place].contains(&value) {
            return Err(CalcError::Data {
                what: format!("the margins give `{variable}` = `{value}` twice"),
                help: "give each value once".to_owned(),
            });
        }
        margins.values[place].push(value);
        margins.shares[place].push(share);
    }
    Ok(margins)
}

/// One usable row.
struct Row {
    place: usize,
    categories: Vec<usize>,
    base: f64,
}

fn rows(args: &Args<'_>, margins: &Margins<'_>) -> Result<(Vec<Row>, u64), CalcError> {
    let weights = args.numbers("weight")?;
    let mut columns = Vec::new();
    for variable in &margins.variables {
        let column = args.table().and_then(|table| table.column(variable));
        let column = column.ok_or_else(|| CalcError::NoColumn {
            role: "variable".to_owned(),
            column: (*variable).to_owned(),
            columns: args
                .table()
                .map_or(Vec::new(), |t| t.columns().iter().map(|c| c.name.clone()).collect()),
        })?;
        columns.push((column, args.texts_of(column)));
    }
    let (mut rows, mut blank) = (Vec::new(), 0);
    for place in 0..args.rows().len() {
        let mut categories = Vec::new();
        for ((column, texts), values) in columns.iter().zip(&margins.values) {
            let Some(text) = texts[place] else { break };
            let Some(category) = values.iter().position(|v| *v == text) else {
                let help = format!("the margins have: {}", values.join(", "));
                return Err(crate::calc::cells::fault(
                    column,
                    args.rows()[place],
                    "is not among the margins",
                    help,
                ));
            };
            categories.push(category);
        }
        let base = weights.as_ref().map_or(Some(1.0), |w| w[place]);
        if base.is_some_and(|w| w < 0.0) {
            return Err(args.fault("weight", place, "is a negative weight", "weights are above 0"));
        }
        match base.filter(|w| *w > 0.0 && categories.len() == columns.len()) {
            Some(base) => rows.push(Row { place, categories, base }),
            None => blank += 1,
        }
    }
    Ok((rows, blank))
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let margins = margins(args)?;
    let (mut rows, blank) = rows(args, &margins)?;
    let mut caveats: Vec<Caveat> =
        left_out(blank, "no value for a margin, or no weight").into_iter().collect();
    let mut results = Results::new();
    if let Some(times) = args.real("trim")? {
        let base: Vec<f64> = rows.iter().map(|r| r.base).collect();
        if times <= 1.0 {
            return Err(args.bad("trim", "give a number above 1"));
        }
        if let Some(trimmed) = weights::trim(&base, times) {
            rows.iter_mut().zip(&trimmed.weights).for_each(|(row, w)| row.base = *w);
            results.put("trimmed_rows", Figure::count(trimmed.cut));
        }
    }
    let mut cells: BTreeMap<Vec<usize>, (f64, u64)> = BTreeMap::new();
    for row in &rows {
        let cell = cells.entry(row.categories.clone()).or_default();
        cell.0 += row.base;
        cell.1 += 1;
    }
    let list: Vec<Cell> = cells
        .iter()
        .map(|(categories, (weight, _))| Cell { categories: categories.clone(), weight: *weight })
        .collect();
    let raked =
        weights::rake(&list, &margins.shares, rows.len() as f64).map_err(|e| explain(&e, &margins))?;
    let factor: BTreeMap<&Vec<usize>, f64> = cells.keys().zip(raked.factors.iter().copied()).collect();
    let weights: Vec<f64> =
        rows.iter().map(|row| row.base * factor.get(&row.categories).copied().unwrap_or(0.0)).collect();

    put_value(args, &rows, &weights, level, &mut results, &mut caveats)?;
    put_weights(&weights, &mut results);
    results.put("rounds", Figure::count(u64::from(raked.rounds)));
    let mut by_cell = Results::new();
    for ((categories, (_, n)), factor) in cells.iter().zip(&raked.factors) {
        let names: Vec<&str> = categories.iter().zip(&margins.values).map(|(c, values)| values[*c]).collect();
        by_cell.group(
            &names.join("."),
            Results::new().with("factor", Figure::real(*factor)).with("n", Figure::count(*n)),
        );
    }
    results.group("cells", by_cell);
    if args.word("weights") == "rows" {
        let mut by_row = Results::new();
        for (row, weight) in rows.iter().zip(&weights) {
            by_row.put(&(args.rows()[row.place] + 2).to_string(), Figure::real(*weight));
        }
        results.group("weights", by_row);
    }
    Ok(Answer { method: None, level: Some(level.value()), results, caveats })
}

fn put_value(
    args: &Args<'_>,
    rows: &[Row],
    weights: &[f64],
    level: Level,
    results: &mut Results,
    caveats: &mut Vec<Caveat>,
) -> Result<(), CalcError> {
    let Some(values) = args.numbers("value")? else { return Ok(()) };
    let net = args.word("kind") == "nps";
    let (unit, scale) = if net { (Unit::Points, 100.0) } else { (Unit::Ratio, 1.0) };
    let read = |x: f64| if net { side(x) } else { x };
    let with: Vec<(f64, f64, &[usize])> = rows
        .iter()
        .zip(weights)
        .filter_map(|(row, w)| Some((read(values[row.place]?), *w, row.categories.as_slice())))
        .collect();
    let missing = (rows.len() - with.len()) as u64;
    if missing > 0 {
        let text = format!("{missing} rows without a value are weighted and not in the mean");
        caveats.push(Caveat::Note { text });
    }
    let raked: Vec<RakedRow<'_>> = with
        .iter()
        .map(|(value, weight, categories)| RakedRow { value: *value, weight: *weight, categories })
        .collect();
    let Some(mean) = weights::raked_mean(&raked) else { return Ok(()) };
    let mut figure = Figure::real(scale * mean.mean);
    if let Some((low, high)) = mean.interval(level).and_then(|i| i.low.zip(i.high)) {
        let cut = |x: f64| if net { x.clamp(-100.0, 100.0) } else { x };
        figure = figure.between(cut(scale * low), cut(scale * high));
        if net {
            figure = figure.unit(unit);
        }
    }
    results.put(if net { "nps" } else { "mean" }, figure);
    results.put("se", Figure::real_or(mean.se.map(|se| scale * se), "one answer has no spread"));
    let plain = with.iter().map(|(x, _, _)| x).sum::<f64>() / with.len() as f64;
    results.put(if net { "unweighted_nps" } else { "unweighted_mean" }, Figure::real(scale * plain));
    let design_effect = mean.n as f64 / mean.effective;
    caveats.push(Caveat::Weighted { effective: mean.effective, design_effect });
    Ok(())
}

fn put_weights(weights: &[f64], results: &mut Results) {
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|w| w * w).sum();
    let n = weights.len() as u64;
    results.put("n", Figure::count(n));
    results.put("kish_n", Figure::real_or(effective::kish(sum, squares), "the weights sum to 0"));
    results.put(
        "design_effect",
        Figure::real_or(effective::design_effect(n, sum, squares), "the weights sum to 0"),
    );
    results.put("weight_squares", Figure::real(squares));
    results.put("weight_min", Figure::real(weights.iter().copied().fold(f64::INFINITY, f64::min)));
    results.put("weight_max", Figure::real(weights.iter().copied().fold(f64::NEG_INFINITY, f64::max)));
}

fn explain(error: &RakeError, margins: &Margins<'_>) -> CalcError {
    let (what, help) = match error {
        RakeError::Empty { margin, category, share } => (
            format!(
                "no answer has `{}` = `{}`, which is {share:.4} of the base",
                margins.variables[*margin], margins.values[*margin][*category]
            ),
            "merge the value with a neighbour in both tables, and say so".to_owned(),
        ),
        RakeError::Target { margin } => (
            format!("the shares of `{}` are negative or sum to 0", margins.variables[*margin]),
            "give shares from 0 to 1".to_owned(),
        ),
        RakeError::Cell { .. } => {
            ("there are no rows to weight".to_owned(), "fill the margin columns".to_owned())
        }
        RakeError::Apart { .. } => (
            error.to_string(),
            "merge values so that every combination the margins need has answers".to_owned(),
        ),
    };
    CalcError::Data { what, help }
}
