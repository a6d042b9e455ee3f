//! An experiment with the outcome before it taken off.

use super::columns::{OUTCOME, TREATED};
use super::shown::{none, note, put};
use crate::calc::args::left_out;
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::Caveat;
use crate::infer::effects::randomised::{Pairs, balance, cuped, sample_ratio};
use crate::infer::means::Summary;

pub(in crate::calc) const CUPED: Calc = Calc {
    name: "cuped",
    group: "causal",
    summary: "Effect in an experiment with the noise that the outcome before explains taken off (CUPED), beside the plain one",
    roles: &[
        TREATED,
        Role { default: Default::Named(&["outcome", "post", "after", "y"]), ..OUTCOME },
        Role {
            name: "before",
            default: Default::Named(&["before", "pre"]),
            required: true,
            holds: Holds::Number,
            help: "the same outcome, or one like it, from before assignment",
        },
    ],
    second: None,
    options: &[
        Choice {
            name: "planned",
            default: None,
            allowed: &[],
            help: "share of people that was to be treated, to check that counting went as planned",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let planned = args.real("planned")?;
    if planned.is_some_and(|share| share <= 0.0 || share >= 1.0) {
        return Err(args.bad("planned", "give a share between 0 and 1, such as 0.5"));
    }
    let treated = args.yes_no("treated")?.unwrap_or_default();
    let before = args.numbers("before")?.unwrap_or_default();
    let after = args.numbers("outcome")?.unwrap_or_default();
    let mut arms: [Vec<(f64, f64)>; 2] = [Vec::new(), Vec::new()];
    let mut blank = 0;
    for ((treated, before), after) in treated.into_iter().zip(before).zip(after) {
        match (treated, before, after) {
            (Some(treated), Some(before), Some(after)) => {
                arms[usize::from(treated)].push((before, after));
            }
            _ => blank += 1,
        }
    }
    let mut caveats: Vec<Caveat> =
        left_out(blank, "no arm, or no outcome before or after").into_iter().collect();
    caveats.push(note(
        "an effect only where the arms were drawn by lot and the outcome before was measured before that",
    ));
    let people = arms.each_ref().map(|arm| arm.len() as u64);
    let mut others = Results::new()
        .with("n_treated", Figure::count(people[1]))
        .with("n_control", Figure::count(people[0]));
    if let Some(share) = planned {
        match sample_ratio(&people, &[1.0 - share, share]) {
            Ok(ratio) => others.put("sample_ratio_p", Figure::real(ratio.p)),
            Err(refused) => return Ok(none(refused, others, caveats)),
        }
    }
    let (Some(control), Some(treated)) = (Pairs::of(&arms[0]), Pairs::of(&arms[1])) else {
        return Err(CalcError::Data {
            what: "one of the arms has nobody".to_owned(),
            help: "give rows of treated people and of others".to_owned(),
        });
    };
    let found = match cuped(&treated, &control) {
        Ok(found) => found,
        Err(refused) => return Ok(none(refused, others, caveats)),
    };
    let mut results = Results::new();
    put(&mut results, "effect", &found.adjusted, level);
    results.append(others);
    results.put("theta", Figure::real(found.theta));
    results.put("theta_within", Figure::real(found.theta_within));
    results.put("correlation", Figure::real(found.correlation));
    results.put("variance_left", Figure::real(found.variance_left()));
    let known = |arm: &[(f64, f64)]| Summary::of(&arm.iter().map(|(before, _)| *before).collect::<Vec<_>>());
    let alike = known(&arms[1]).zip(known(&arms[0])).and_then(|(a, b)| balance(&a, &b));
    let why = "an arm has no spread before";
    results.put("standardised_difference_before", Figure::real_or(alike.map(|b| b.standardised), why));
    results.put("difference_before_p", Figure::real_or(alike.map(|b| b.p), why));
    results.group("without", super::shown::group(&found.raw, level));
    Ok(Answer { method: None, level: Some(level.value()), results, caveats })
}
