//! What the study of retention found, as the section on value takes it.

use crate::inputs::worth::{
    About, AtAge, Cohort, CohortCell, Cohorts, Curve, CurveStep, Form, Question, Survival, Worth,
};
use cx_core::findings::{self, CohortKind, Part, Retention};
use cx_core::ground::estimate::Absent;

/// Most steps of a curve that are drawn: more cannot be told apart on a page.
const STEPS: usize = 240;
/// Most groups that are drawn; the others are in `cx retention`.
const GROUPS: usize = 5;

/// Puts the findings in their places.
pub(super) fn put(worth: &mut Worth, found: &Retention) {
    match &found.survival {
        Part::Found(survival) => {
            let whole = curve(&survival.whole, String::new());
            worth.survival.push(Survival { dimension: None, curves: vec![whole], p: None });
            if let Some(groups) = &survival.by {
                let named = groups.curves.iter().take(GROUPS).map(|one| curve(one, group(one)));
                worth.survival.push(Survival {
                    dimension: Some(groups.dimension.clone()),
                    curves: named.collect(),
                    p: groups.test.p_adjusted.or(groups.test.p),
                });
            }
        }
        Part::Absent(absent) => {
            worth.absent.push(Question { about: About::Survival, absent: absent.clone() });
        }
    }
    match &found.cohorts {
        Part::Found(cohorts) => worth.cohorts = Some(triangle(cohorts)),
        Part::Absent(absent) => worth.absent.push(Question { about: About::Cohorts, absent: absent.clone() }),
    }
    // A form whose columns are not there stands under what more data would make possible.
    let given =
        found.forms.iter().filter(|form| !matches!(form.fact.why_not(), Some(Absent::NotAvailable { .. })));
    worth.forms = given.map(|form| Form { base: form.base.clone(), fact: form.fact.clone() }).collect();
    let money = [&found.leaving].into_iter().filter_map(|part| part.found()?.revenue.clone());
    worth.values.extend(
        money.map(|fact| crate::inputs::worth::Value { ledger: crate::inputs::worth::Ledger::Own, fact }),
    );
}

/// The values of a group's dimensions.
fn group(curve: &findings::Curve) -> String {
    let values: Vec<&str> = curve.slice.0.iter().map(|(_, value)| value.as_str()).collect();
    values.join(", ")
}

fn curve(found: &findings::Curve, value: String) -> Curve {
    let last = found.steps.last().map_or(0.0, |step| step.age);
    Curve {
        value,
        n: found.n,
        steps: thinned(
            found
                .steps
                .iter()
                .map(|s| CurveStep { age: s.age, share: s.value, low: s.low, high: s.high })
                .collect(),
        ),
        end: found.at.iter().filter(|at| at.at_risk > 0).map(|at| f64::from(at.age)).fold(last, f64::max),
        censored: Vec::new(),
        at: found
            .at
            .iter()
            .map(|at| AtAge { age: at.age, at_risk: at.at_risk, fact: at.fact.clone() })
            .collect(),
        median: found.median.clone(),
    }
}

/// Every step, or the last of each of equal stretches of age where there are too many to tell apart.
fn thinned(steps: Vec<CurveStep>) -> Vec<CurveStep> {
    let end = steps.last().map_or(0.0, |step| step.age);
    if steps.len() <= STEPS || end <= 0.0 {
        return steps;
    }
    let stretch = |step: &CurveStep| (step.age / end * STEPS as f64) as usize;
    let last_of_its = |at: usize| steps.get(at + 1).is_none_or(|next| stretch(next) != stretch(&steps[at]));
    (0..steps.len()).filter(|at| *at == 0 || last_of_its(*at)).map(|at| steps[at]).collect()
}

fn triangle(found: &findings::Cohorts) -> Cohorts {
    Cohorts {
        bought: found.kind == CohortKind::Bought,
        rows: found
            .cohorts
            .iter()
            .map(|cohort| Cohort {
                label: cohort.label.clone(),
                cells: cohort
                    .cells
                    .iter()
                    .map(|cell| CohortCell {
                        month: cell.month,
                        share: cell.share.clone(),
                        partial: !cell.complete,
                    })
                    .collect(),
            })
            .collect(),
    }
}
