//! People who chose in against others like them.

use super::columns::{OUTCOME, TREATED};
use super::shown::{group, none, note, put};
use crate::calc::args::left_out;
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::Caveat;
use crate::ground::evidence::Grade;
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::effects::weighted::{
    BalanceTable, Over, Person, Weighing, balance_table, doubly_robust, overlap, propensity_model,
    regression_adjusted, weighted_difference,
};
use crate::infer::effects::{Finding, grade_left, randomised};
use crate::infer::means::Summary;

pub(in crate::calc) const AIPW: Calc = Calc {
    name: "aipw",
    group: "causal",
    summary: "Doubly robust effect on people who chose in (AIPW), with overlap, balance and a placebo",
    roles: &[
        TREATED,
        OUTCOME,
        Role {
            name: "covariates",
            default: Default::Named(&["covariates"]),
            required: true,
            holds: Holds::Numbers,
            help: "columns known before the start, separated by commas; three earlier values of the outcome at best",
        },
        Role {
            name: "placebo",
            default: Default::Named(&["placebo"]),
            required: false,
            holds: Holds::Number,
            help: "an outcome from before the start, on which the effect must be 0",
        },
    ],
    second: None,
    options: &[
        Choice {
            name: "over",
            default: Some("treated"),
            allowed: &["treated", "all"],
            help: "whom the effect is averaged over: those who chose in, or everybody",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

struct Read {
    people: Vec<Person>,
    /// The outcome from before the start, where there is one.
    placebo: Option<Vec<f64>>,
    caveats: Vec<Caveat>,
}

fn read(args: &Args<'_>) -> Result<Read, CalcError> {
    let treated = args.yes_no("treated")?.unwrap_or_default();
    let outcomes = args.numbers("outcome")?.unwrap_or_default();
    let earlier = args.numbers("placebo")?;
    let mut people = Vec::with_capacity(outcomes.len());
    let (mut placebo, mut blank) = (Vec::new(), 0);
    for (place, known) in args.number_rows("covariates")?.into_iter().enumerate() {
        let known: Option<Vec<f64>> = known.into_iter().collect();
        let before = earlier.as_ref().map_or(Some(0.0), |e| e[place]);
        match (treated[place], outcomes[place], known, before) {
            (Some(treated), Some(outcome), Some(known), Some(before)) => {
                people.push(Person { known, treated, outcome });
                placebo.push(before);
            }
            _ => blank += 1,
        }
    }
    let caveats = left_out(blank, "no group, outcome, covariate or placebo").into_iter().collect();
    Ok(Read { people, placebo: earlier.is_some().then_some(placebo), caveats })
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let over = if args.word("over") == "all" { Over::All } else { Over::Treated };
    let Read { people, placebo, mut caveats } = read(args)?;
    let names: Vec<&str> = args.columns("covariates").iter().map(|c| c.name.as_str()).collect();
    let model = match propensity_model(&people) {
        Ok(model) => model,
        Err(refused) => return Ok(none(refused, Results::new(), caveats)),
    };
    let chance = |p: &Person| model.mean(&[&[1.0], p.known.as_slice()].concat());
    let chances: Vec<f64> = people.iter().map(chance).collect();
    let mut propensity = Results::new();
    for (name, coefficient) in ["const"].iter().chain(&names).zip(&model.coefficients) {
        propensity.put(name, Figure::real(*coefficient));
    }
    propensity.put("lowest_chance", Figure::real(chances.iter().copied().fold(1.0, f64::min)));
    propensity.put("highest_chance", Figure::real(chances.iter().copied().fold(0.0, f64::max)));
    let mut others = Results::new();
    let treated: Vec<bool> = people.iter().map(|p| p.treated).collect();
    let common = match overlap(&treated, &chances) {
        Ok(common) => common,
        Err(refused) => {
            others.group("propensity", propensity);
            return Ok(none(refused, others, caveats));
        }
    };
    let kept: Vec<Person> = common.kept.iter().map(|i| people[*i].clone()).collect();
    let chances: Vec<f64> = common.kept.iter().map(|i| chances[*i]).collect();
    let effect = match doubly_robust(&kept, &chances, over) {
        Ok(effect) => effect,
        Err(refused) => {
            others.group("propensity", propensity);
            return Ok(none(refused, others, caveats));
        }
    };
    let weights: Vec<f64> = chances.iter().map(|e| e / (1.0 - e)).collect();
    let balance = balance_table(&kept, &weights);
    let before = placebo.map(|values| {
        let earlier: Vec<Person> =
            common.kept.iter().zip(&kept).map(|(i, p)| Person { outcome: values[*i], ..p.clone() }).collect();
        doubly_robust(&earlier, &chances, over)
    });
    let clean = match &before {
        Some(Ok(effect)) => effect.interval(level).contains(0.0),
        Some(Err(_)) => false,
        None => {
            caveats.push(note(
                "no placebo: run it on an outcome from before the start as well, where the effect must be 0",
            ));
            true
        }
    };
    let failed: &[Finding] = if balance.passes() && clean { &[] } else { &[Finding::Placebo] };
    if common.trimmed > 0.0 {
        caveats.push(note(
            "people who would hardly ever, or almost always, choose in are left out: the effect is that on the others",
        ));
    }
    caveats.push(note("right only if all that led people to choose in is among the covariates"));
    let mut results = Results::new();
    put(&mut results, "effect", &effect, level);
    let grade = grade_left(Grade::W, failed).map_or("none", Grade::letter);
    results.put("grade", Figure::text(grade));
    results.put("n_treated", Figure::count(kept.iter().filter(|p| p.treated).count() as u64));
    results.put("n_control", Figure::count(kept.iter().filter(|p| !p.treated).count() as u64));
    results.put("trimmed_share", Figure::real(common.trimmed).unit(Unit::Share));
    results.put("effective_controls", Figure::real(common.effective_controls));
    results.put("balanced", Figure::yes(balance.passes()));
    match before {
        Some(Ok(effect)) => results.group("placebo", group(&effect, level)),
        Some(Err(refused)) => {
            results.group("placebo", Results::new().with("effect", Figure::refused(refused)));
        }
        None => {}
    }
    results.group("otherwise", otherwise(&people, (&kept, &chances), over, level));
    results.group("balance", balances(&balance, &names));
    results.group("propensity", propensity);
    Ok(Answer { method: Some(args.word("over").to_owned()), level: Some(level.value()), results, caveats })
}

/// What other ways of comparing the same people give.
fn otherwise(all: &[Person], (kept, chances): (&[Person], &[f64]), over: Over, level: Level) -> Results {
    let arm = |treated: bool| {
        let values: Vec<f64> = all.iter().filter(|p| p.treated == treated).map(|p| p.outcome).collect();
        Summary::of(&values)
    };
    let mut found = Results::new();
    if let Some((treated, control)) = arm(true).zip(arm(false)) {
        let plain = randomised::means(&treated, &control, Unit::Ratio, level);
        found.put("difference_of_means", Figure::from(&plain).without_unit());
        found.put("difference_of_means_se", Figure::real_or(plain.se, "an arm has no spread"));
    }
    let weighted = weighted_difference(kept, chances, over, Weighing::Normalised);
    found.put("weighted", Figure::real_or(weighted, "a group is empty"));
    found.put("regression_adjusted", Figure::real_unless(regression_adjusted(kept, over)));
    found
}

/// The rows of a love plot.
fn balances(table: &BalanceTable, names: &[&str]) -> Results {
    let mut found = Results::new();
    for (name, covariate) in names.iter().zip(&table.covariates) {
        let one = Results::new()
            .with("before", Figure::real(covariate.before))
            .with("after", Figure::real(covariate.after))
            .with("variance_ratio", Figure::real(covariate.variance_ratio));
        found.group(name, one);
    }
    found
}
