//! What goes with leaving: proportional hazards on lives counted by covariates.

use super::Context;
use super::ages::{Ages, by_values};
use super::base::History;
use super::curves::Ground;
use super::levels::{Bands, Covariate, covariate};
use super::survival::{Lives, clearness};
use crate::findings::{Drivers, Effect, GroupTest};
use crate::ground::estimate::{Absent, Estimate, Size};
use crate::ground::evidence::Grade;
use crate::ground::unit::Unit;
use crate::infer::looks::benjamini_hochberg;
use crate::infer::survival::cox::{self, Clock, Control, Entering, Spells};
use crate::reduce::Reduced;
use std::collections::VecDeque;

/// Most combinations of levels.
const CELLS: usize = 4000;
/// Events that every coefficient asks for.
const EVENTS: u64 = 10;

/// What the model is to be made of.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    /// Columns, in the order of the plan's dimensions.
    pub covariates: Vec<Covariate>,
    /// What customers pay, in bands, where contracts tell.
    pub price: Option<Bands>,
    pub left_out: Vec<(String, String)>,
}

impl Chosen {
    /// The columns that tell most, as many as events and cells allow.
    pub(super) fn of(lives: &Lives, looks: &[GroupTest], price: Option<Bands>) -> Self {
        let mut chosen = Self { covariates: Vec::new(), price, left_out: Vec::new() };
        let events = lives.whole.events();
        let mut cells = chosen.price.as_ref().map_or(1, Bands::len);
        let mut width = cells - 1;
        let mut order: Vec<&GroupTest> = looks.iter().filter(|t| !t.dimension.contains(',')).collect();
        order.sort_by(|a, b| clearness(b).total_cmp(&clearness(a)));
        for look in order {
            let name = &look.dimension;
            let groups = lives.cuts.iter().find(|(columns, _)| columns.len() == 1 && columns[0] == *name);
            let mut out = |why: String| chosen.left_out.push((name.clone(), why));
            let Some(found) = groups.and_then(|(_, groups)| covariate(name, groups)) else {
                out("fewer than two groups that are large enough".to_owned());
                continue;
            };
            if groups.is_some_and(|(_, groups)| groups.values().any(|ages| ages.events() == 0)) {
                out("a group that nobody has left: its hazard ratio has no finite estimate".to_owned());
            } else if cells * found.levels.len() > CELLS {
                out("with it there would be more combinations than customers can fill".to_owned());
            } else if ((width + found.width()) as u64 + 1) * EVENTS > events {
                out(format!("{events} who left cannot carry it as well"));
            } else {
                cells *= found.levels.len();
                width += found.width();
                chosen.covariates.push(found);
            }
        }
        chosen
    }

    pub(super) fn dimensions(&self) -> Vec<String> {
        self.covariates.iter().map(|c| c.name.clone()).collect()
    }

    /// Columns and bands alike.
    pub(super) fn all(&self) -> Vec<Covariate> {
        let price = self.price.as_ref().map(|bands| Covariate {
            name: bands.name.clone(),
            levels: (0..bands.len()).map(|i| bands.label(i)).collect(),
            reference: 0,
        });
        self.covariates.iter().cloned().chain(price).collect()
    }
}

/// The levels of each covariate and the lives of those who have them.
pub(super) fn cells(covariates: &[Covariate], reduced: &Reduced) -> Vec<(Vec<usize>, Ages)> {
    let mut cells: std::collections::BTreeMap<Vec<usize>, Ages> = std::collections::BTreeMap::new();
    for ((values, band), ages) in by_values(reduced) {
        let mut levels: Vec<usize> = Vec::new();
        for (covariate, value) in covariates.iter().zip(&values) {
            levels.extend(covariate.place(value.as_deref()));
        }
        levels.extend((covariates.len() > values.len()).then_some(band as usize));
        if levels.len() == covariates.len() {
            cells.entry(levels).or_default().absorb(&ages, 0);
        }
    }
    cells.into_iter().collect()
}

/// The design row of some levels.
pub(super) fn row(covariates: &[Covariate], levels: &[usize]) -> Vec<f64> {
    let mut x = Vec::new();
    covariates.iter().zip(levels).for_each(|(covariate, level)| covariate.push(*level, &mut x));
    x
}

/// Fits the model and says what it found.
pub(super) fn drivers(
    context: &Context<'_>,
    history: &History,
    lives: &Lives,
    chosen: &Chosen,
    reduced: &Reduced,
) -> Result<Drivers, Absent> {
    let all = chosen.all();
    let cells = cells(&all, reduced);
    let Fitted { kept, spells, model, left_out } = fit(&all, &cells, lives.whole_months)?;
    let covariates: Vec<Covariate> = kept.iter().map(|at| all[*at].clone()).collect();
    let refused = |e: cox::Refusal| Absent::Refused(e.refused());
    let drift = cox::proportionality(&spells, &model, Clock::KaplanMeier).map_err(refused)?;
    let concordance = cox::concordance(&spells, &model).map_err(refused)?;
    let coefficients = model.coefficients(context.level);
    let adjusted = benjamini_hochberg(&coefficients.iter().map(|c| c.p).collect::<Vec<_>>()).p;
    let records = [history.records(context, &reduced.tally)];
    let ground = Ground { context, history, records: &records, caveats: &[] };
    let alpha = context.level.alpha();
    let mut effects = Vec::new();
    let places = covariates
        .iter()
        .enumerate()
        .flat_map(|(c, covariate)| covariate.columns().map(move |(l, _)| (c, l)));
    for (j, (c, l)) in places.enumerate() {
        let (covariate, coefficient) = (&covariates[c], &coefficients[j]);
        let of = |take: fn(&Ages) -> u64| -> u64 {
            cells.iter().filter(|(levels, _)| levels[kept[c]] == l).map(|(_, ages)| take(ages)).sum()
        };
        let (n, left) = (of(Ages::units), of(Ages::events));
        let (level, against) = (covariate.levels[l].clone(), covariate.levels[covariate.reference].clone());
        let size = Size { n, clusters: n, events: Some(left), effective: None };
        let estimate = Estimate::new(
            coefficient.hazard_ratio,
            Some(coefficient.hazard_ratio_interval),
            Unit::Ratio,
            size,
        );
        let name = format!("Rate of leaving, {} = {level} against {against}", covariate.name);
        let what = format!("proportional hazards on {}", chosen_names(&covariates));
        let fact = ground
            .fact(
                format!("retention/hazard_ratio/{}={level}", covariate.name),
                name,
                estimate,
                &what,
                "cox1972",
            )
            .graded(Grade::A)
            .assuming("ties", "Efron");
        effects.push(Effect {
            covariate: covariate.name.clone(),
            level,
            against,
            n,
            hazard_ratio: fact,
            p: coefficient.p,
            p_adjusted: adjusted[j],
            significant: adjusted[j] < alpha,
            drift_p: drift.as_ref().map(|d| d.by_covariate[j].p),
        });
    }
    let drift_p = drift.as_ref().map(|d| d.global.p);
    let said = said(&effects, drift_p, alpha);
    Ok(Drivers {
        n: model.n,
        left: model.events,
        effects,
        concordance: concordance.map(|c| c.value),
        drift_p,
        said,
        left_out: chosen.left_out.iter().cloned().chain(left_out).collect(),
    })
}

/// A model with what it was fitted to.
struct Fitted {
    /// Which of the covariates are in it.
    kept: Vec<usize>,
    spells: Spells,
    model: cox::Model,
    left_out: Vec<(String, String)>,
}

/// Fits; covariates that follow from others, or that part those who left from those who stayed, are left out by name.
fn fit(all: &[Covariate], cells: &[(Vec<usize>, Ages)], whole: bool) -> Result<Fitted, Absent> {
    let refused = |e: cox::Refusal| Absent::Refused(e.refused());
    let control = Control { entering: Entering::BeforeEvents, ..Control::default() };
    let mut kept: Vec<usize> = (0..all.len()).collect();
    let mut left_out = Vec::new();
    loop {
        if kept.is_empty() {
            return Err(refused(cox::Refusal::NoCovariates));
        }
        let covariates: Vec<Covariate> = kept.iter().map(|at| all[*at].clone()).collect();
        let mut spells = Spells::new(covariates.iter().flat_map(names));
        for (levels, ages) in cells {
            let levels: Vec<usize> = kept.iter().map(|at| levels[*at]).collect();
            add(&mut spells, &ages.in_months(whole), &row(&covariates, &levels)).map_err(refused)?;
        }
        match cox::fit(&spells, control) {
            Ok(model) => return Ok(Fitted { kept, spells, model, left_out }),
            Err(error @ (cox::Refusal::Collinear { .. } | cox::Refusal::Monotone { .. })) => {
                let (columns, why) = match &error {
                    cox::Refusal::Collinear { columns } => (columns.clone(), "the others tell the same"),
                    cox::Refusal::Monotone { columns } => {
                        (columns.clone(), "it parts those who left from those who stayed")
                    }
                    _ => (Vec::new(), ""),
                };
                let at_fault = |covariate: &Covariate| names(covariate).any(|name| columns.contains(&name));
                let Some(at) = covariates.iter().rposition(at_fault) else { return Err(refused(error)) };
                left_out.push((covariates[at].name.clone(), why.to_owned()));
                kept.remove(at);
            }
            Err(error) => return Err(refused(error)),
        }
    }
}

/// The names of a covariate's columns.
fn names(covariate: &Covariate) -> impl Iterator<Item = String> + '_ {
    covariate.columns().map(|(_, level)| format!("{} = {level}", covariate.name))
}

fn chosen_names(covariates: &[Covariate]) -> String {
    covariates.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// The check of proportionality in a sentence.
fn said(effects: &[Effect], global: Option<f64>, alpha: f64) -> String {
    let Some(p) = global else {
        return "whether effects drift with age cannot be told: nothing varies along it".to_owned();
    };
    if p >= alpha {
        return format!("no sign that an effect drifts with age (p = {p:.2}): one ratio serves for all ages");
    }
    // By covariate, corrected within the model.
    let known: Vec<(&Effect, f64)> = effects.iter().filter_map(|e| Some((e, e.drift_p?))).collect();
    let adjusted = benjamini_hochberg(&known.iter().map(|(_, p)| *p).collect::<Vec<_>>()).p;
    let mut names: Vec<&str> = Vec::new();
    for ((effect, _), p) in known.iter().zip(adjusted) {
        if p < alpha && !names.contains(&effect.covariate.as_str()) {
            names.push(&effect.covariate);
        }
    }
    let which = if names.is_empty() { "effects, taken together,".to_owned() } else { names.join(", ") };
    format!("the effect of {which} drifts with age: read those ratios as means over all ages")
}

/// Lives as spells. Who is at risk depends on how many came and went, not on
/// who of them is whom: those who came first are taken to go first.
fn add(spells: &mut Spells, counts: &[(f64, u64, Vec<u64>, u64)], x: &[f64]) -> Result<(), cox::Refusal> {
    let mut waiting: VecDeque<(f64, u64)> = VecDeque::new();
    for (age, entered, by_cause, censored) in counts {
        if *entered > 0 {
            waiting.push_back((*age, *entered));
        }
        for (mut n, event) in [(by_cause.iter().sum::<u64>(), true), (*censored, false)] {
            while n > 0 {
                let Some((entry, there)) = waiting.front_mut() else { break };
                let now = n.min(*there);
                spells.add(*entry, *age, event, now, x)?;
                *there -= now;
                n -= now;
                if *there == 0 {
                    waiting.pop_front();
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two come at 0, one at 2; one leaves at 1, one at 3, one stays until 5.
    #[test]
    fn counts_become_spells_that_are_at_risk_alike() {
        let mut spells = Spells::new(["x"]);
        let counts = [
            (0.0, 2, vec![], 0),
            (1.0, 0, vec![1], 0),
            (2.0, 1, vec![], 0),
            (3.0, 0, vec![1], 0),
            (5.0, 0, vec![], 1),
        ];
        add(&mut spells, &counts, &[1.0]).unwrap();
        let mut wanted = Spells::new(["x"]);
        wanted.add(0.0, 1.0, true, 1, &[1.0]).unwrap();
        wanted.add(0.0, 3.0, true, 1, &[1.0]).unwrap();
        wanted.add(2.0, 5.0, false, 1, &[1.0]).unwrap();
        assert_eq!(spells, wanted);
    }
}
