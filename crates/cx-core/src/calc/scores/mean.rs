//! A mean of numbers.

use super::nps::put_weighted;
use super::share_method::put_size;
use crate::calc::answers::Answers;
use crate::calc::spec::{CUSTOMER, LEVEL, WEIGHT};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::fixed;
use crate::ground::unit::Unit;
use crate::infer::means::{self, Scale, Summary, Weighted, finite_factor};
use crate::infer::ratios;
use crate::stats::{Replicates, Totals, cluster_hash};

pub(in crate::calc) const MEAN: Calc = Calc {
    name: "mean",
    group: "scores",
    summary: "A mean with its interval: Student's t, or the studentised bootstrap for skewed money",
    roles: &[
        Role {
            name: "value",
            default: Default::Named(&["value"]),
            required: true,
            holds: Holds::Number,
            help: "the numbers",
        },
        WEIGHT,
        CUSTOMER,
    ],
    second: None,
    options: &[
        Choice {
            name: "method",
            default: Some("t"),
            allowed: &["t", "bootstrap"],
            help: "how the interval is made",
        },
        LEVEL,
        Choice {
            name: "scale",
            default: None,
            allowed: &[],
            help: "ends of the scale the answers lie on, as 1-5",
        },
        Choice {
            name: "population",
            default: None,
            allowed: &[],
            help: "size of the closed group the statement is about, such as the employees of a unit",
        },
        Choice { name: "seed", default: Some("1"), allowed: &[], help: "seed of the bootstrap" },
        Choice {
            name: "worlds",
            default: Some("2000"),
            allowed: &[],
            help: "resampled worlds of the bootstrap",
        },
    ],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let scale = args.scale("scale")?.map(|(min, max)| Scale { min, max });
    let unit = if scale.is_some() { Unit::ScalePoints } else { Unit::Ratio };
    let check = |x: f64| match scale {
        Some(Scale { min, max }) if !(min..=max).contains(&x) => Err((
            format!("lies outside {min} to {max}"),
            "answers lie on the scale; leave the cell empty where there is none".to_owned(),
        )),
        _ => Ok(()),
    };
    let answers = Answers::numbers(args, "value", check)?;
    let sums = answers.sums(|x| x);
    let mut mean = means::estimate(&sums, scale, unit, level);
    if args.word("method") == "bootstrap" {
        mean = bootstrapped(args, &answers, unit)?;
    }
    if let Some(population) = args.whole::<u64>("population")? {
        let factor = finite_factor(sums.rows, population).ok_or_else(|| {
            args.bad("population", "the group must have at least as many people as answered")
        })?;
        mean.se = mean.se.map(|se| se * factor);
        let value = mean.value.unwrap_or(0.0);
        mean.interval = mean.interval.map(|i| i.affine(factor, (1.0 - factor) * value));
    }
    let mut results = Results::new();
    let mut figure = Figure::from(&mean);
    if scale.is_none() {
        figure.unit = None;
    }
    results.put("mean", figure);
    if let Some(se) = mean.se {
        results.put("se", Figure::real(se));
    }
    let values: Vec<f64> = answers.given.iter().map(|g| g.value).collect();
    results.put("sd", Figure::real_or(Summary::of(&values).and_then(|s| s.sd()), "fewer than two values"));
    put_size(&mut results, &sums, mean.size.effective);
    if answers.weighted
        && let Some(weighted) = Weighted::of(&answers.pairs(|x| x))
    {
        put_weighted(&mut results, &weighted);
    }
    let mut caveats = answers.caveats;
    caveats.extend(mean.caveats);
    Ok(Answer { method: Some(args.word("method").to_owned()), level: Some(level.value()), results, caveats })
}

/// The mean with the studentised bootstrap, over customers where they are known.
fn bootstrapped(
    args: &Args<'_>,
    answers: &Answers<'_>,
    unit: Unit,
) -> Result<crate::ground::estimate::Estimate, CalcError> {
    let (seed, worlds): (u64, usize) =
        (args.whole("seed")?.unwrap_or(1), args.whole("worlds")?.unwrap_or(2000));
    let mut units: std::collections::BTreeMap<Vec<u8>, (f64, f64, u64)> = std::collections::BTreeMap::new();
    for (row, given) in answers.given.iter().enumerate() {
        // A prefix keeps customers and lone rows apart whatever their ids.
        let key = match given.customer {
            Some(customer) => [b"c", customer.as_bytes()].concat(),
            None => [&b"r"[..], &(row as u64).to_le_bytes()].concat(),
        };
        let unit = units.entry(key).or_insert((0.0, 0.0, 0));
        unit.0 += given.weight * given.value;
        unit.1 += given.weight;
        unit.2 += 1;
    }
    let too_large = |_| CalcError::Data {
        what: "a value is too large to be summed exactly".to_owned(),
        help: "use a larger unit, such as thousands".to_owned(),
    };
    let fix = |x: f64| fixed::from_f64(x).ok_or(fixed::Overflow).map_err(too_large);
    let (mut totals, mut replicates) = (Totals::new(2), Replicates::new(worlds, 2));
    for (key, (a, b, rows)) in &units {
        let terms = [fix(*a)?, fix(*b)?];
        totals.add(&terms, *rows).map_err(too_large)?;
        replicates.add(cluster_hash(seed, key), &terms, *rows).map_err(too_large)?;
    }
    if answers.weighted {
        let squares: f64 = answers.given.iter().map(|g| g.weight * g.weight).sum();
        totals.weight_squares = (squares * (fixed::ONE as f64) * (fixed::ONE as f64)) as i128;
    }
    Ok(ratios::studentised(&totals, &replicates, 0, 1, unit, args.level()?))
}
