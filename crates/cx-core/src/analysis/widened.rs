//! Where a profile gives few figures, every metric that the records allow.

use super::catalog::catalog;
use super::company::{Company, Options};
use super::error::Error;
use super::metrics::{Query, Scorecard, metrics};
use crate::findings::Card;
use crate::project::Profile;

/// Fewest figures that make a scorecard.
const FEW: usize = 5;

/// Answers a query; where it names no metric and the profile gives fewer than
/// five figures, every metric that the records allow stands beside them, and
/// [`Scorecard::widened`] says so. A list of metrics in the settings, or in the
/// query, is answered as it stands.
///
/// # Errors
/// As [`metrics`].
pub fn widened(company: &Company, query: &Query, options: &Options<'_>) -> Result<Scorecard, Error> {
    let mut whole = metrics(company, query, options)?;
    let chosen = !query.metrics.is_empty() || matches!(company.project.settings.profile, Profile::List(_));
    if chosen || whole.cards.iter().filter(|card| given(card)).count() >= FEW {
        return Ok(whole);
    }
    // What the profile gives stays, the company's own metrics among it.
    let there: Vec<&Card> = whole.cards.iter().filter(|card| given(card)).collect();
    let mut keys: Vec<String> = there.iter().map(|card| card.metric.key.clone()).collect();
    for entry in catalog(None)? {
        // A metric may stand there in a variant.
        if entry.planned.is_none()
            && entry.study.is_none()
            && there.iter().all(|card| card.metric.id != entry.id)
        {
            keys.push(entry.id);
        }
    }
    let wide = metrics(company, &Query { metrics: keys, ..query.clone() }, options)?;
    whole.cards.retain(|card| !given(card));
    whole.cards.splice(0..0, wide.cards.into_iter().filter(given));
    whole.widened = true;
    Ok(whole)
}

fn given(card: &Card) -> bool {
    std::iter::once(&card.overall).chain(&card.levels).any(|level| level.estimate.value.is_some())
}
