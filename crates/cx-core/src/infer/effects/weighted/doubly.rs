//! Weighted differences, with and without an outcome model.

use super::Person;
use crate::ground::estimate::{Method, Refused};
use crate::infer::effects::Effect;
use crate::infer::regression::{FitError, Pooled, Variance, least_squares};

/// Over whom an effect is averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Those who chose in: what money takes.
    Treated,
    /// Everybody.
    All,
}

/// How inverse-probability weights are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weighing {
    /// Divided by their sum: the one to use.
    Normalised,
    /// Divided by the number of people: off by half where chances are small. For comparison only.
    Plain,
}

/// The inverse-probability weights of a person under treatment and without it.
fn weights(over: Over, chance: f64, treated: bool) -> f64 {
    match (over, treated) {
        (Over::Treated, true) => 1.0,
        (Over::Treated, false) => chance / (1.0 - chance),
        (Over::All, true) => 1.0 / chance,
        (Over::All, false) => 1.0 / (1.0 - chance),
    }
}

/// Difference of weighted means, treated less control.
///
/// Over the treated: weight 1 for them and e/(1 − e) for the others. `None`
/// where a group is empty. Source: `hirano2003`.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::weighted::{weighted_difference, Over, Person, Weighing};
/// let person = |outcome, treated| Person { known: vec![], treated, outcome };
/// let people = [person(3.0, true), person(5.0, true), person(1.0, false), person(2.0, false)];
/// let effect = weighted_difference(&people, &[0.5; 4], Over::Treated, Weighing::Normalised);
/// assert_eq!(effect, Some(2.5));
/// ```
pub fn weighted_difference(
    people: &[Person],
    chances: &[f64],
    over: Over,
    weighing: Weighing,
) -> Option<f64> {
    let mean = |treated: bool| {
        let rows = people.iter().zip(chances).filter(|(p, _)| p.treated == treated);
        let (sum, weight) = rows.fold((0.0, 0.0), |(sum, all), (p, e)| {
            let w = weights(over, *e, treated);
            (w.mul_add(p.outcome, sum), all + w)
        });
        let people = match over {
            Over::All => people.len() as f64,
            Over::Treated => people.iter().filter(|p| p.treated).count() as f64,
        };
        (weight > 0.0).then(|| sum / if weighing == Weighing::Normalised { weight } else { people })
    };
    Some(mean(true)? - mean(false)?)
}

/// Outcomes that the line of one group foretells for everybody.
pub(super) fn foretold(people: &[Person], treated: bool) -> Result<Vec<f64>, Refused> {
    let rows: Vec<Pooled> =
        people.iter().filter(|p| p.treated == treated).map(|p| Pooled::row(p.design(), p.outcome)).collect();
    let line = least_squares(&rows, Variance::Classical).map_err(FitError::refused)?;
    let at = |p: &Person| p.design().iter().zip(&line.coefficients).map(|(x, b)| x * b).sum();
    Ok(people.iter().map(at).collect())
}

/// Mean of what the lines of both groups foretell, treated less control.
///
/// # Errors
/// [`Refused`] where a group cannot be fitted. Source: `lin2013`.
pub fn regression_adjusted(people: &[Person], over: Over) -> Result<f64, Refused> {
    let (with, without) = (foretold(people, true)?, foretold(people, false)?);
    let rows = (0..people.len()).filter(|i| over == Over::All || people[*i].treated);
    let (sum, n) = rows.fold((0.0, 0.0), |(sum, n), i| (sum + with[i] - without[i], n + 1.0));
    Ok(sum / n)
}

/// Doubly robust effect: right where either the chances or the lines are.
///
/// Formula, over the treated: mean over them of y − m₀(x), less Σ e/(1−e)(y − m₀)
/// over the controls by the number treated; over all: m₁ − m₀ + D(y − m₁)/e −
/// (1 − D)(y − m₀)/(1 − e). The standard error is that of the influence values,
/// divisor n. Run it on an outcome from before the start too: an interval that
/// does not hold 0 there shows people who already differed. Source: `robins1994`.
///
/// # Errors
/// [`Refused`] where a group cannot be fitted.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::weighted::{doubly_robust, Over, Person};
/// let people: Vec<Person> = (0..40)
///     .map(|i| {
///         let (x, treated) = (f64::from(i % 5), i % 2 == 0);
///         Person { known: vec![x], treated, outcome: 2.0 * x + if treated { 3.0 } else { 0.0 } }
///     })
///     .collect();
/// let effect = doubly_robust(&people, &[0.5; 40], Over::Treated).unwrap();
/// assert!((effect.value - 3.0).abs() < 1e-9);
/// ```
pub fn doubly_robust(people: &[Person], chances: &[f64], over: Over) -> Result<Effect, Refused> {
    let n = people.len() as f64;
    let without = foretold(people, false)?;
    let share = people.iter().filter(|p| p.treated).count() as f64 / n;
    let with = if over == Over::All { foretold(people, true)? } else { without.clone() };
    let scores: Vec<f64> = (0..people.len())
        .map(|i| {
            let (p, e) = (&people[i], chances[i]);
            let off = if p.treated { p.outcome - with[i] } else { without[i] - p.outcome };
            let score = weights(over, e, p.treated) * off;
            if over == Over::All { with[i] - without[i] + score } else { score / share }
        })
        .collect();
    let value = scores.iter().sum::<f64>() / n;
    let squares = (0..people.len()).map(|i| {
        let own = if over == Over::Treated { f64::from(u8::from(people[i].treated)) / share } else { 1.0 };
        (scores[i] - own * value).powi(2)
    });
    let se = (squares.sum::<f64>() / n / n).sqrt();
    Ok(Effect { value, se, df: f64::INFINITY, method: Method::DoublyRobust })
}
