//! Customer effort, in the four questions that go by the name.

use super::csat::{index, put_mean};
use super::nps::estimate as net_estimate;
use super::share_method::{METHOD, estimate, put_share, put_size};
use crate::calc::answers::{Answers, whole_between};
use crate::calc::spec::{CUSTOMER, LEVEL, WEIGHT};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::infer::nets::Groups;

pub(in crate::calc) const CES: Calc = Calc {
    name: "ces",
    group: "scores",
    summary: "Customer effort: mean, share who found it easy, and ease from 0 to 100; four variants that may not be mixed",
    roles: &[
        Role {
            name: "score",
            default: Default::Named(&["score"]),
            required: true,
            holds: Holds::Number,
            help: "answer on the variant's scale; for easy-hard 1 is easy and 0 hard",
        },
        WEIGHT,
        CUSTOMER,
    ],
    second: None,
    options: &[
        Choice {
            name: "variant",
            default: Some("ces2"),
            allowed: &["ces1", "ces2", "ces10", "easy-hard"],
            help: "ces1: 1 little to 5 much effort; ces2: 1 to 7, agreement that it was easy; ces10: 1 easy to 10 hard; easy-hard: two answers",
        },
        METHOD,
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let variant = args.word("variant");
    // Worst and best answer, and the answers that count as easy.
    let (worst, best, easy): (f64, f64, fn(f64) -> bool) = match variant {
        "ces1" => (5.0, 1.0, |x| x <= 2.0),
        "ces10" => (10.0, 1.0, |x| x <= 3.0),
        "easy-hard" => (0.0, 1.0, |x| x >= 1.0),
        _ => (1.0, 7.0, |x| x >= 5.0),
    };
    let two_answers = variant == "easy-hard";
    let answers = if two_answers {
        Answers::outcomes(args, "score")?
    } else {
        Answers::numbers(args, "score", whole_between(worst.min(best), worst.max(best)))?
    };
    let sums = answers.sums(|x| f64::from(u8::from(easy(x))));
    let share = estimate(args, &sums, level);
    let mut results = Results::new().with("variant", Figure::text(variant));
    put_share(&mut results, "easy", &share, answers.count_where(easy));
    if !two_answers {
        put_mean(&mut results, &answers, (worst.min(best), worst.max(best)), level);
    }
    if variant == "ces2" {
        let side = |x: f64| f64::from(u8::from(x >= 6.0)) - f64::from(u8::from(x <= 3.0));
        let is = |wanted: f64| move |x: f64| side(x) == wanted;
        let weight = |wanted| answers.weight_where(is(wanted));
        if let Some(groups) = Groups::new(weight(1.0), weight(0.0), weight(-1.0)) {
            let net = net_estimate("score", &groups, &answers.sums(side), level);
            results.put("net_easy", Figure::from(&net));
        }
    }
    results.put("ease_100", index(&answers, worst, best));
    put_size(&mut results, &sums, share.size.effective);
    let mut caveats = answers.caveats;
    caveats.extend(share.caveats);
    Ok(Answer {
        method: Some(args.word("method").replace('-', "_")),
        level: Some(level.value()),
        results,
        caveats,
    })
}
