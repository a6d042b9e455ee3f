//! What a study of a given size can find.

use super::sample_size::{
    CLUSTER_CV, CLUSTER_SIZE, DETRACTORS, EFFECT, ICC, P1, P2, POINTS, PROMOTERS, cluster_effect, expected,
};
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::ground::unit::Unit;
use crate::infer::power::{self, Aim};

pub(in crate::calc) const POWER: Calc = Calc {
    name: "power",
    group: "scores",
    summary: "Chance that n answers per arm find a difference, and the smallest difference they can find",
    roles: &[],
    second: None,
    options: &[
        Choice {
            name: "kind",
            default: Some("two-shares"),
            allowed: &["two-shares", "two-means", "two-nps"],
            help: "what is compared",
        },
        Choice { name: "n", default: None, allowed: &[], help: "answers per arm" },
        P1,
        P2,
        EFFECT,
        PROMOTERS,
        DETRACTORS,
        POINTS,
        Choice {
            name: "power",
            default: Some("0.8"),
            allowed: &[],
            help: "chance wanted for the smallest difference",
        },
        CLUSTER_SIZE,
        CLUSTER_CV,
        ICC,
        LEVEL,
    ],
    table_is_optional: true,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let wanted = args.real_in("power", 0.0, 1.0)?;
    let aim = Aim::new(level, wanted)
        .ok_or_else(|| args.bad("power", "give a chance above 1 − level and below 1"))?;
    // Clusters are worth fewer independent answers.
    let n = args.real_in("n", 2.0, f64::INFINITY)? / cluster_effect(args)?;
    let mut results = Results::new();
    let nothing = "the two sides are equal, or too few answers are left";
    match args.word("kind") {
        "two-means" => {
            let effect = args.real_in("effect", f64::NEG_INFINITY, f64::INFINITY)?;
            results.put("power", Figure::real_or(power::mean_power(effect, n, level), nothing));
            results.put("detectable", Figure::real_or(power::mean_detectable(n, aim), nothing));
        }
        "two-nps" => {
            let groups = expected(args)?;
            if let Some(points) = args.real("points")? {
                results.put("power", Figure::real_or(power::net_power(&groups, points, n, level), nothing));
            }
            let smallest = power::net_detectable(&groups, n, aim);
            results.put("detectable", Figure::real_or(smallest, nothing).unit(Unit::Points));
        }
        _ => {
            let p1 = args.real_in("p1", 0.0, 1.0)?;
            if args.is_given("p2") {
                let p2 = args.real_in("p2", 0.0, 1.0)?;
                results.put("power", Figure::real_or(power::share_power(p1, p2, n, level), nothing));
            }
            let smallest = power::share_detectable(p1, n, aim);
            results.put("detectable", Figure::real_or(smallest, nothing).unit(Unit::Share));
        }
    }
    results.put("effective_n_per_arm", Figure::real(n));
    Ok(Answer { method: None, level: Some(level.value()), results, caveats: Vec::new() })
}
