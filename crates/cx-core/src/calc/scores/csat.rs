//! Customer satisfaction.

use super::nps::put_weighted;
use super::share_method::{METHOD, estimate, put_share, put_size};
use crate::calc::answers::{Answers, whole_between};
use crate::calc::spec::{CUSTOMER, LEVEL, WEIGHT};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::unit::Unit;
use crate::infer::means::{self, Scale, Weighted};
use crate::infer::{Level, scales};

pub(in crate::calc) const CSAT: Calc = Calc {
    name: "csat",
    group: "scores",
    summary: "Share of the top boxes of a satisfaction scale, with the mean and the 0 to 100 index",
    roles: &[
        Role {
            name: "score",
            default: Default::Named(&["score"]),
            required: true,
            holds: Holds::Number,
            help: "answer on the scale, the highest number the best",
        },
        WEIGHT,
        CUSTOMER,
    ],
    second: None,
    options: &[
        Choice { name: "scale", default: Some("1-5"), allowed: &[], help: "ends of the scale" },
        Choice { name: "top", default: Some("2"), allowed: &[], help: "how many points count as satisfied" },
        METHOD,
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let (min, max) = args.scale("scale")?.ok_or_else(|| args.missing("scale"))?;
    let top: u32 = args.whole("top")?.ok_or_else(|| args.missing("top"))?;
    if top == 0 || f64::from(top) > max - min {
        return Err(args.bad("top", "give at least 1 and fewer points than the scale has"));
    }
    let answers = Answers::numbers(args, "score", whole_between(min, max))?;
    let satisfied = move |x: f64| x > max - f64::from(top);
    let sums = answers.sums(|x| f64::from(u8::from(satisfied(x))));
    let share = estimate(args, &sums, level);
    let mut results = Results::new();
    put_share(&mut results, "csat", &share, answers.count_where(satisfied));
    put_mean(&mut results, &answers, (min, max), level);
    results.put("index", index(&answers, min, max));
    put_size(&mut results, &sums, share.size.effective);
    if answers.weighted
        && let Some(weighted) = Weighted::of(&answers.pairs(|x| f64::from(u8::from(satisfied(x)))))
    {
        put_weighted(&mut results, &weighted);
    }
    let mut caveats = answers.caveats;
    caveats.extend(share.caveats);
    Ok(Answer {
        method: Some(args.word("method").replace('-', "_")),
        level: Some(level.value()),
        results,
        caveats,
    })
}

/// Mean and standard deviation of answers on a scale.
pub(super) fn put_mean(results: &mut Results, answers: &Answers<'_>, (min, max): (f64, f64), level: Level) {
    let sums = answers.sums(|x| x);
    let mean = means::estimate(&sums, Some(Scale { min, max }), Unit::ScalePoints, level);
    results.put("mean", Figure::from(&mean));
    let values: Vec<f64> = answers.given.iter().map(|g| g.value).collect();
    let sd = means::Summary::of(&values).and_then(|s| s.sd());
    results.put("sd", Figure::real_or(sd, "fewer than two answers").unit(Unit::ScalePoints));
}

/// Mean on the axis from 0 (worst) to 100 (best).
pub(super) fn index(answers: &Answers<'_>, worst: f64, best: f64) -> Figure {
    let mean = answers.sums(|x| x).ratio();
    Figure::real_or(mean.and_then(|m| scales::harmonise(m, worst, best)), "no answers").unit(Unit::Index)
}
