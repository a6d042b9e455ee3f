//! Who is reached by more than one: a customer who is kept twice is kept once.

use super::everybody::{everybody, prefix};
use super::terms::Candidate;
use crate::ground::expr::Expr;
use crate::reduce::{Engine, ReduceError, Run};
use crate::studies::roi::Context;
use crate::studies::scenario::base::{Base, narrowed};
use crate::studies::scenario::model::standing;
use crate::studies::scenario::{Key, Request};
use std::collections::BTreeMap;

/// Streams that customers share out: what one saves another cannot save again. Spending adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stream {
    Staying,
    Service,
}

/// What one candidate does to the customers that it is for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reach {
    /// Its place among the populations; none for all customers.
    pub population: Option<usize>,
    /// Share of its population that it reaches.
    pub share: f64,
    /// Expected share of leaving, and of service, that it takes away where it reaches.
    pub cuts: [f64; 2],
    /// Shares of its benefit that come of either.
    pub parts: [f64; 2],
}

/// Customers by which populations they belong to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Coverage {
    cells: Vec<(u64, f64)>,
}

impl Coverage {
    /// Counts the customers of the base by the populations they belong to: bit by bit, in order.
    ///
    /// # Errors
    /// See [`ReduceError`].
    pub(super) fn of(
        context: &Context<'_>,
        populations: &[&Expr],
        engine: &dyn Engine,
        machine: &Run<'_>,
    ) -> Result<Self, ReduceError> {
        let flag = |(i, condition): (usize, &&Expr)| {
            let text = narrowed(context, Some(condition), prefix(context));
            let test = text.trim_start_matches(" and ");
            // A blank is no proof that somebody belongs.
            (format!("p{i}"), format!("if(not maybe(not ({test})), 1, 0)"))
        };
        let flags: Vec<(String, String)> = populations.iter().enumerate().map(flag).collect();
        let mut counts: BTreeMap<u64, f64> = BTreeMap::new();
        let told = everybody(context, "", &flags, engine, machine, &mut |_, flags| {
            let bits =
                flags.iter().enumerate().filter(|(_, x)| **x > 0.5).fold(0, |all, (i, _)| all | 1 << i);
            *counts.entry(bits).or_default() += 1.0;
        });
        match told {
            // Where nobody can be counted nobody is reached twice; what lacks is said with each candidate.
            Err(ReduceError::Unsupported(_)) => return Ok(Self::default()),
            other => other?,
        }
        Ok(Self { cells: counts.into_iter().collect() })
    }

    /// Everybody in one cell, for plans whose candidates are all for everybody.
    pub(super) fn whole(customers: f64) -> Self {
        Self { cells: vec![(0, customers)] }
    }

    /// What is left of the benefit of each candidate in a set.
    ///
    /// Formula: within customers of the same populations, each stream keeps (1 − Π(1 − qⱼ))/Σ qⱼ of what its
    /// members bring alone, qⱼ the share that j takes away; a benefit lies even over its customers.
    pub(super) fn shares(&self, reaches: &[Reach], set: &[bool]) -> Vec<f64> {
        let members: Vec<usize> = (0..reaches.len()).filter(|i| set[*i]).collect();
        let here = |reach: &Reach, bits: u64| reach.population.is_none_or(|p| bits >> p & 1 == 1);
        let mut shares = vec![1.0; reaches.len()];
        for j in &members {
            let one = &reaches[*j];
            let own: f64 = self.cells.iter().filter(|(bits, _)| here(one, *bits)).map(|(_, n)| n).sum();
            for stream in [Stream::Staying, Stream::Service] {
                let k = stream as usize;
                if one.parts[k] <= 0.0 || one.cuts[k] <= 0.0 || own <= 0.0 {
                    continue;
                }
                let kept: f64 = self
                    .cells
                    .iter()
                    .filter(|(bits, _)| here(one, *bits))
                    .map(|(bits, n)| {
                        let others = members.iter().map(|i| &reaches[*i]).filter(|r| here(r, *bits));
                        n * together(others.map(|r| (r.share * r.cuts[k]).clamp(0.0, 1.0)))
                    })
                    .sum();
                shares[*j] -= one.parts[k] * (1.0 - kept / own);
            }
        }
        shares
    }
}

/// What several cuts take away together, over their sum.
fn together(cuts: impl Iterator<Item = f64>) -> f64 {
    let (mut left, mut sum) = (1.0, 0.0);
    for cut in cuts {
        left *= 1.0 - cut;
        sum += cut;
    }
    if sum > 0.0 { (1.0 - left) / sum } else { 1.0 }
}

/// Expected shares of leaving and of service that a request takes away.
pub(super) fn cuts(request: &Request, base: &Base, comes: f64) -> [f64; 2] {
    let figure = |key: Key| standing(request, base, key).ok().map(|(x, _)| x.value).filter(|x| *x > 0.0);
    let (mut staying, mut service) = (1.0, 1.0);
    for term in &request.terms {
        let by = term.change.amount.middle() * comes;
        let left = |key: Key| figure(key).map_or(1.0, |x| term.change.after(x, by) / x);
        match term.key {
            Key::Churn => staying *= left(Key::Churn),
            Key::Retention => {
                let churn = figure(Key::Churn).unwrap_or(1.0);
                staying *= (1.0 - term.change.after(1.0 - churn, by)) / churn;
            }
            Key::Contacts | Key::ContactCost | Key::CostToServe => service *= left(term.key),
            Key::Margin | Key::Spend | Key::Satisfied => {}
        }
    }
    [staying, service].map(|left: f64| (1.0 - left).clamp(0.0, 1.0))
}

/// Distinct populations of candidates, and each candidate's place among them.
pub(super) fn populations<'a>(candidates: &[&'a Candidate]) -> (Vec<&'a Expr>, Vec<Option<usize>>) {
    let mut texts: Vec<&str> = Vec::new();
    let mut list = Vec::new();
    let mut places = Vec::new();
    for one in candidates {
        places.push(one.population.as_ref().map(|condition| {
            texts.iter().position(|text| *text == condition.text).unwrap_or_else(|| {
                texts.push(&condition.text);
                list.push(&condition.expr);
                texts.len() - 1
            })
        }));
    }
    (list, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(population: Option<usize>, cut: f64) -> Reach {
        Reach { population, share: 1.0, cuts: [cut, 0.0], parts: [1.0, 0.0] }
    }

    /// Two that each keep a half of the leavers of the same customers keep three quarters together.
    #[test]
    fn the_same_customers_are_kept_once() {
        let coverage = Coverage::whole(100.0);
        let reaches = [reach(None, 0.5), reach(None, 0.5)];
        assert_eq!(coverage.shares(&reaches, &[true, true]), [0.75, 0.75]);
        assert_eq!(coverage.shares(&reaches, &[true, false]), [1.0, 1.0]);
    }

    /// Customers of one population alone keep all: 60 are in the first only, 40 in both.
    #[test]
    fn only_shared_customers_lose() {
        let coverage = Coverage { cells: vec![(0b01, 60.0), (0b11, 40.0), (0b00, 900.0)] };
        let reaches = [reach(Some(0), 0.5), reach(Some(1), 0.5)];
        let shares = coverage.shares(&reaches, &[true, true]);
        assert!((shares[0] - (0.6 + 0.4 * 0.75)).abs() < 1e-12 && (shares[1] - 0.75).abs() < 1e-12);
        // Spending of the same customers adds up.
        let spends = Reach { parts: [0.0, 0.0], ..reach(Some(0), 0.5) };
        assert_eq!(coverage.shares(&[spends, reach(Some(0), 0.5)], &[true, true])[0], 1.0);
    }
}
