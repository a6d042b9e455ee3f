//! Every figure of the section with the name it goes by, so that it can be derived.

use crate::inputs::worth::{Found, Worth};
use crate::sections::editor::{Editor, words};
use crate::sections::figures::capital;

/// A figure with its name and what it measures.
#[derive(Debug)]
pub(in crate::sections) struct Named<'a> {
    pub(in crate::sections) found: &'a Found,
    pub(in crate::sections) name: String,
    pub(in crate::sections) meaning: String,
    /// True for a difference, which is written with its sign.
    pub(in crate::sections) difference: bool,
}

/// All figures of the section that have an origin.
pub(in crate::sections) fn found<'a>(editor: &Editor<'a>) -> Vec<Named<'a>> {
    let worth: &Worth = &editor.inputs.worth;
    let say = &editor.say;
    let mut all = Vec::new();
    let mut put = |found: &'a Found, name: String, meaning: String, difference: bool| {
        all.push(Named { found, name, meaning, difference });
    };
    for value in &worth.values {
        put(&value.found, editor.value_name(value.kind), editor.value_meaning(value.kind), false);
    }
    for survival in &worth.survival {
        for group in &survival.groups {
            let name = match &survival.dimension {
                Some(dimension) => say.slice_part(&words(dimension), &editor.group(dimension, &group.value)),
                None => say.population_all(),
            };
            put(&group.median, name, say.survival_meaning(), false);
        }
    }
    for cell in worth.cohorts.iter().flat_map(|cohorts| &cohorts.cells) {
        put(&cell.found, say.cohorts_table(), say.cohorts_meaning(), false);
    }
    for churn in &worth.churn {
        let (name, over) = editor.churn(churn.form);
        put(&churn.found, name, say.churn_meaning(&over), false);
    }
    if let Some(bands) = &worth.bands {
        for outcome in &bands.outcomes {
            let name = capital(&editor.outcome_over(outcome.outcome, outcome.window_days));
            for (row, band) in outcome.rows.iter().zip(&bands.bands) {
                put(&row.adjusted, editor.list([&name, band]), say.bands_meaning(), false);
            }
        }
    }
    for link in &worth.links {
        let outcome = editor.outcome_over(link.outcome, link.window_days);
        put(&link.found, say.link_name(&capital(&outcome), &link.score), say.link_meaning(), true);
    }
    for step in &worth.equity {
        put(
            &step.found,
            editor.equity_part(step.part),
            say.equity_meaning(),
            !super::bridges::is_equity(step.part),
        );
    }
    if let Some(growth) = &worth.growth {
        for step in &growth.steps {
            let level = super::bridges::is_revenue(step.part);
            put(&step.found, editor.growth_part(step.part), say.growth_meaning(), !level);
        }
        for rate in &growth.rates {
            put(&rate.found, editor.growth_rate(rate.part), say.growth_meaning(), false);
        }
    }
    if let Some(backtest) = &worth.backtest {
        let name = say.backtest_error(&editor.model(backtest.model));
        put(&backtest.error, name, say.backtest_meaning(), false);
    }
    for (at, decile) in worth.deciles.iter().enumerate() {
        put(&decile.mean, super::deciles::name(editor, at), say.deciles_meaning(), false);
    }
    all
}
