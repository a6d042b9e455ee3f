//! The shifted beta-geometric law of renewals.

use super::survivors::{COHORT, PERIOD, SURVIVORS, read, scaled};
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::ground::estimate::{Caveat, Estimate};
use crate::infer::Level;
use crate::infer::renewal::{self, Choice as Laws, Fitted, Renewals, choose};

pub(in crate::calc) const SBG: Calc = Calc {
    name: "sbg",
    group: "value",
    summary: "How long subscribers who differ in loyalty stay: shifted beta-geometric law, projection, discounted lifetimes",
    roles: &[PERIOD, SURVIVORS, COHORT],
    second: None,
    options: &[
        Choice {
            name: "customers",
            default: None,
            allowed: &[],
            help: "customers at the start of a cohort, where the column holds per cent",
        },
        Choice {
            name: "fit-until",
            default: None,
            allowed: &[],
            help: "last period to fit to; later ones are left for judging the projection",
        },
        Choice { name: "to", default: Some("12"), allowed: &[], help: "last period of the projection" },
        Choice { name: "rate", default: Some("0.1"), allowed: &[], help: "discount rate per period" },
        Choice {
            name: "due",
            default: Some("1,2,5,7"),
            allowed: &[],
            help: "renewals now due to give residual lifetimes for, as 1,2,5",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let rate = args.real_in("rate", 0.0, f64::INFINITY)?;
    let customers = args.real("customers")?;
    if customers.is_some_and(|n| n <= 0.0) {
        return Err(args.bad("customers", "give a number above 0"));
    }
    let due: Option<Vec<u32>> =
        args.word("due").split(',').map(|n| n.trim().parse().ok().filter(|n| *n > 0)).collect();
    let due = due.ok_or_else(|| args.bad("due", "write renewals as 1,2,5"))?;
    let to: u32 = args.whole("to")?.unwrap_or(12);
    if to > 1200 {
        return Err(args.bad("to", "give at most 1200 periods"));
    }
    let (cohorts, mut caveats) = read(args, args.whole("fit-until")?)?;
    let mut renewals = Renewals::default();
    for cohort in &cohorts {
        renewals.merge(&Renewals::of_survivors(&scaled(cohort, customers))?);
    }
    let laws = choose(&renewals)?;
    let fitted = &laws.plain;
    let mut results = Results::new()
        .with("law", Figure::text(fitted.law()))
        .with("renewals_due", Figure::real(renewals.due()))
        .with("lost", Figure::real(renewals.lost()))
        .with("log_likelihood", Figure::real(fitted.log_likelihood()));
    parameters(fitted, level, &mut results, &mut caveats);
    let over = fitted.at(level);
    let (mut survival, mut retention) = (Results::new(), Results::new());
    for t in 1..=to {
        survival.put(&t.to_string(), Figure::from(&over.survival(f64::from(t))));
        retention.put(&t.to_string(), Figure::from(&over.retention(t)));
    }
    results.group("survival", survival);
    results.group("retention_rate", retention);
    results.put("del", plain(&over.del(rate)));
    let mut residual = Results::new();
    for number in due {
        residual.put(&number.to_string(), plain(&over.derl(number, rate)));
    }
    results.group("derl", residual);
    drift(&laws, to, level, &mut results, &mut caveats);
    Ok(Answer { method: Some(fitted.law().to_owned()), level: Some(level.value()), results, caveats })
}

/// Payments have no unit of their own.
fn plain(estimate: &Estimate) -> Figure {
    Figure::from(estimate).without_unit()
}

fn parameters(fitted: &Fitted, level: Level, results: &mut Results, caveats: &mut Vec<Caveat>) {
    let Some([a, b]) = fitted.parameters(level) else {
        let text =
            "customers do not differ as far as these renewals show: a + b has no end, and one rate of \
                    renewal for all is given"
                .to_owned();
        caveats.push(Caveat::Note { text });
        return;
    };
    for (name, estimate, k) in [("alpha", &a, 0), ("beta", &b, 1)] {
        results.put(name, plain(estimate));
        results.put(&format!("{name}_se"), Figure::real_or(estimate.se, "the likelihood is flat"));
        if let Some(profiles) = fitted.profiles(level) {
            let figure = Figure::real_or(estimate.value, "there is none");
            results.put(&format!("{name}_profile"), figure.between(profiles[k].low, profiles[k].high));
        }
    }
    if let Fitted::Sbg { law, fit, .. } = fitted {
        results.put("mean_churn", Figure::real(law.mean_churn()));
        results.put("polarisation", Figure::real(law.polarisation()));
        results.put("steps", Figure::count(u64::from(fit.steps)));
        results.put("gradient", Figure::real(fit.gradient_norm()));
        results.put("converged", Figure::yes(fit.converged()));
    }
}

/// The law whose chances may drift, beside the plain one.
fn drift(laws: &Laws, to: u32, level: Level, results: &mut Results, caveats: &mut Vec<Caveat>) {
    let mut group = Results::new();
    match &laws.drifting {
        Err(refusal) => group.put("c", Figure::undefined(&refusal.reason)),
        Ok(drifting) => {
            for (name, estimate) in ["a", "b", "c"].into_iter().zip(drifting.parameters(level)) {
                group.put(name, plain(&estimate));
            }
            group.put("log_likelihood", Figure::real(drifting.fit.value));
            let mut survival = Results::new();
            let periods: Vec<u32> = (1..=to).collect();
            for (t, estimate) in periods.iter().zip(drifting.survivals(&periods, level)) {
                survival.put(&t.to_string(), Figure::from(&estimate));
            }
            group.group("survival", survival);
        }
    }
    if let Ok((law, log_likelihood)) = &laws.alike {
        let alike = Results::new()
            .with("hazard", Figure::real(law.hazard))
            .with("c", Figure::real(law.c))
            .with("log_likelihood", Figure::real(*log_likelihood));
        group.group("customers_alike", alike);
    }
    if let Some((chi_square, p)) = laws.likelihood_ratio {
        group.put("chi_square", Figure::real(chi_square));
        group.put("p", Figure::real(p));
    }
    group.put("aic", Figure::real_or(laws.aic.1, "the law could not be fitted"));
    group.put("aic_without", Figure::real(laws.aic.0));
    group.put("preferred", Figure::yes(laws.drifts));
    results.group("beta_discrete_weibull", group);
    if let Some(number) = laws.turns_up_at {
        let text = format!(
            "the rate of leaving turns up at renewal {number}: the beta-geometric law cannot; use the \
             beta-discrete-Weibull law or the life table"
        );
        caveats.push(Caveat::Note { text });
    }
    if laws.plain.renewals().observed() < renewal::LEAST_RENEWALS + 1 {
        let text = "four renewals are the least a law is fitted to: hold the projection against later ones"
            .to_owned();
        caveats.push(Caveat::Note { text });
    }
}
