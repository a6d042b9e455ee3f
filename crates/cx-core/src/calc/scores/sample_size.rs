//! How many answers are enough.

use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::infer::nets::Groups;
use crate::infer::power::{self, Aim};

/// Options that say what is expected, shared with the power of a given size.
pub(super) const P1: Choice =
    Choice { name: "p1", default: None, allowed: &[], help: "share in the first arm, 0..1" };
pub(super) const P2: Choice =
    Choice { name: "p2", default: None, allowed: &[], help: "share in the second arm, 0..1" };
pub(super) const EFFECT: Choice = Choice {
    name: "effect",
    default: None,
    allowed: &[],
    help: "difference of two means in standard deviations",
};
pub(super) const PROMOTERS: Choice =
    Choice { name: "promoters", default: None, allowed: &[], help: "expected share of promoters, 0..1" };
pub(super) const DETRACTORS: Choice =
    Choice { name: "detractors", default: None, allowed: &[], help: "expected share of detractors, 0..1" };
pub(super) const POINTS: Choice = Choice {
    name: "points",
    default: None,
    allowed: &[],
    help: "NPS points: half-width, or the change to find",
};
pub(super) const CLUSTER_SIZE: Choice = Choice {
    name: "cluster-size",
    default: None,
    allowed: &[],
    help: "mean answers per cluster, where clusters are assigned",
};
pub(super) const CLUSTER_CV: Choice = Choice {
    name: "cluster-cv",
    default: Some("0"),
    allowed: &[],
    help: "coefficient of variation of the cluster sizes",
};
pub(super) const ICC: Choice = Choice {
    name: "icc",
    default: Some("0"),
    allowed: &[],
    help: "share of the variance that lies between clusters",
};

pub(in crate::calc) const SAMPLE_SIZE: Calc = Calc {
    name: "sample-size",
    group: "scores",
    summary: "Answers needed for an interval of a given half-width, or per arm to find a difference",
    roles: &[],
    second: None,
    options: &[
        Choice {
            name: "kind",
            default: Some("share"),
            allowed: &["share", "mean", "nps", "two-shares", "two-means", "two-nps"],
            help: "one figure to a half-width, or two arms to find a difference",
        },
        Choice { name: "p", default: None, allowed: &[], help: "expected share, 0..1" },
        Choice {
            name: "half-width",
            default: None,
            allowed: &[],
            help: "half-width of the interval, in the figure's own unit",
        },
        Choice { name: "sd", default: None, allowed: &[], help: "expected standard deviation of one answer" },
        Choice {
            name: "population",
            default: None,
            allowed: &[],
            help: "size of the group, where it is small",
        },
        P1,
        P2,
        Choice {
            name: "variance",
            default: Some("pooled"),
            allowed: &["pooled", "unpooled", "arcsine"],
            help: "how the variance of two shares is taken",
        },
        EFFECT,
        PROMOTERS,
        DETRACTORS,
        POINTS,
        Choice { name: "power", default: Some("0.8"), allowed: &[], help: "chance to find the difference" },
        CLUSTER_SIZE,
        CLUSTER_CV,
        ICC,
        LEVEL,
    ],
    table_is_optional: true,
    run,
};

/// The groups of a net from expected shares.
pub(super) fn expected(args: &Args<'_>) -> Result<Groups, CalcError> {
    let (p, d) = (args.real_in("promoters", 0.0, 1.0)?, args.real_in("detractors", 0.0, 1.0)?);
    let groups = Groups::new(p, (1.0 - p - d).max(0.0), d).filter(|_| p + d <= 1.0 + 1e-12);
    groups.ok_or_else(|| args.bad("detractors", "promoters and detractors are shares that sum to at most 1"))
}

/// The factor of whole clusters on a size; 1 without clusters.
pub(super) fn cluster_effect(args: &Args<'_>) -> Result<f64, CalcError> {
    let Some(size) = args.real("cluster-size")? else { return Ok(1.0) };
    let (cv, icc) = (args.real_in("cluster-cv", 0.0, f64::INFINITY)?, args.real_in("icc", 0.0, 1.0)?);
    power::cluster_effect(size, cv, icc).ok_or_else(|| args.bad("cluster-size", "give a mean of at least 1"))
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let kind = args.word("kind");
    let two = kind.starts_with("two");
    let no_size = |name: &str| args.bad(name, "these values leave nothing to find or to measure");
    let mut results = Results::new();
    let mut n = if two {
        let wanted = args.real_in("power", 0.0, 1.0)?;
        let aim = Aim::new(level, wanted)
            .ok_or_else(|| args.bad("power", "give a chance above 1 − level and below 1"))?;
        match kind {
            "two-means" => power::mean_size(args.real_in("effect", f64::NEG_INFINITY, f64::INFINITY)?, aim)
                .ok_or_else(|| no_size("effect"))?,
            "two-nps" => power::net_size(&expected(args)?, args.real_in("points", -200.0, 200.0)?, aim)
                .ok_or_else(|| no_size("points"))?,
            _ => {
                let (p1, p2) = (args.real_in("p1", 0.0, 1.0)?, args.real_in("p2", 0.0, 1.0)?);
                let size = match args.word("variance") {
                    "unpooled" => power::share_size_unpooled(p1, p2, aim),
                    "arcsine" => power::share_size_arcsine(p1, p2, aim),
                    _ => power::share_size(p1, p2, aim),
                };
                size.ok_or_else(|| no_size("p2"))?
            }
        }
    } else {
        let half = |name| args.real_in(name, f64::MIN_POSITIVE, f64::INFINITY);
        match kind {
            "mean" => {
                power::mean_precision(half("sd")?, half("half-width")?, level).ok_or_else(|| no_size("sd"))?
            }
            "nps" => power::net_precision(&expected(args)?, half("points")?, level)
                .ok_or_else(|| no_size("points"))?,
            _ => power::share_precision(args.real_in("p", 0.0, 1.0)?, half("half-width")?, level)
                .ok_or_else(|| no_size("p"))?,
        }
    };
    n *= cluster_effect(args)?;
    if let Some(population) = args.real("population")? {
        if two {
            return Err(args.bad(
                "population",
                "a small population shortens one interval; it does not go with two arms",
            ));
        }
        results.put("n_without_population", Figure::real(n));
        n = power::finite_population(n, population)
            .ok_or_else(|| args.bad("population", "give a number above 0"))?;
    }
    results.put(if two { "n_per_arm" } else { "n" }, Figure::real(n));
    // A hair above a whole number is that number, not one answer more.
    results.put("rounded_up", Figure::count((n - 1e-9 * n).ceil().max(1.0) as u64));
    let method = (kind == "two-shares").then(|| args.word("variance").to_owned());
    Ok(Answer { method, level: Some(level.value()), results, caveats: Vec::new() })
}
