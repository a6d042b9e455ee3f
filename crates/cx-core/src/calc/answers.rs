//! Answers read from a table: a value, a weight and who gave it.

use super::args::left_out;
use super::{Args, CalcError};
use crate::ground::estimate::Caveat;
use crate::infer::ratios::Draws;
use crate::stats::{RatioSums, cluster_hash, poisson_weight};
use std::collections::BTreeMap;

/// One answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    /// Place among the rows handed over.
    pub(super) place: usize,
    pub(super) value: f64,
    pub(super) weight: f64,
    pub(super) customer: Option<&'a str>,
}

/// The usable answers of a table.
#[derive(Debug)]
pub(super) struct Answers<'a> {
    pub(super) given: Vec<Given<'a>>,
    /// True where weights differ; equal weights count as 1.
    pub(super) weighted: bool,
    /// Rows left out, and why.
    pub(super) caveats: Vec<Caveat>,
}

impl<'a> Answers<'a> {
    /// Reads the numbers of a role, each accepted or refused by `check`.
    pub(super) fn numbers(
        args: &Args<'a>,
        role: &str,
        check: impl Fn(f64) -> Result<(), (String, String)>,
    ) -> Result<Self, CalcError> {
        let values = args.numbers(role)?.unwrap_or_default();
        for (place, value) in values.iter().enumerate() {
            if let Some(Err((problem, help))) = value.map(&check) {
                return Err(args.fault(role, place, &problem, &help));
            }
        }
        Self::with(args, role, values)
    }

    /// Reads the yes or no of a role as 1 or 0.
    pub(super) fn outcomes(args: &Args<'a>, role: &str) -> Result<Self, CalcError> {
        let values = args.yes_no(role)?.unwrap_or_default();
        Self::with(args, role, values.into_iter().map(|x| x.map(|yes| f64::from(u8::from(yes)))).collect())
    }

    fn with(args: &Args<'a>, role: &str, values: Vec<Option<f64>>) -> Result<Self, CalcError> {
        let weights = args.numbers("weight")?;
        let customers = args.texts("customer");
        let mut answers = Self { given: Vec::new(), weighted: false, caveats: Vec::new() };
        let (mut blank, mut unweighted, mut nobody) = (0, 0, 0);
        for (place, value) in values.into_iter().enumerate() {
            let weight = weights.as_ref().map_or(Some(1.0), |w| w[place]);
            if let Some(w) = weight
                && w < 0.0
            {
                return Err(args.fault("weight", place, "is a negative weight", "weights are above 0"));
            }
            match (value, weight) {
                (None, _) => blank += 1,
                (_, None | Some(0.0)) => unweighted += 1,
                (Some(value), Some(weight)) => {
                    let customer = customers.as_ref().and_then(|c| c[place]);
                    nobody += u64::from(customers.is_some() && customer.is_none());
                    answers.given.push(Given { place, value, weight, customer });
                }
            }
        }
        let first = answers.given.first().map_or(1.0, |g| g.weight);
        answers.weighted = answers.given.iter().any(|g| g.weight != first);
        if !answers.weighted {
            answers.given.iter_mut().for_each(|g| g.weight = 1.0);
        }
        answers.caveats.extend(left_out(blank, &format!("no {role}")));
        answers.caveats.extend(left_out(unweighted, "no weight, or a weight of 0"));
        if nobody > 0 {
            answers.caveats.push(Caveat::RowsWithoutCustomer { rows: nobody });
        }
        Ok(answers)
    }

    /// Answers.
    pub(super) fn n(&self) -> u64 {
        self.given.len() as u64
    }

    /// (f(value), weight) of every answer.
    pub(super) fn pairs(&self, f: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
        self.given.iter().map(|g| (f(g.value), g.weight)).collect()
    }

    /// Σ weights of answers that satisfy a condition.
    pub(super) fn weight_where(&self, condition: impl Fn(f64) -> bool) -> f64 {
        self.given.iter().filter(|g| condition(g.value)).map(|g| g.weight).sum()
    }

    /// Answers that satisfy a condition.
    pub(super) fn count_where(&self, condition: impl Fn(f64) -> bool) -> u64 {
        self.given.iter().filter(|g| condition(g.value)).count() as u64
    }

    /// Σ w f(x) and Σ w of each customer, in the order of their first answers,
    /// with the hash that draws their bootstrap weights. Answers of nobody stand alone.
    fn units(&self, f: impl Fn(f64) -> f64, seed: u64) -> Vec<(f64, f64, u64)> {
        let mut units: Vec<(f64, f64, u64)> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (row, given) in self.given.iter().enumerate() {
            let fresh = units.len();
            let place = given.customer.map_or(fresh, |c| *places.entry(c).or_insert(fresh));
            if place == fresh {
                let alone = (row as u64).to_le_bytes();
                let hash = cluster_hash(seed, given.customer.map_or(&alone[..], str::as_bytes));
                units.push((0.0, 0.0, hash));
            }
            units[place].0 += given.weight * f(given.value);
            units[place].1 += given.weight;
        }
        units
    }

    /// The sums a weighted mean of f(x) and its variance over customers need.
    pub(super) fn sums(&self, f: impl Fn(f64) -> f64) -> RatioSums {
        let units = self.units(f, 0);
        let (numerator, denominator) = units.iter().fold((0.0, 0.0), |(a, b), u| (a + u.0, b + u.1));
        let ratio = if denominator > 0.0 { numerator / denominator } else { 0.0 };
        RatioSums {
            rows: self.n(),
            units: units.len() as u64,
            numerator,
            denominator,
            squares: units.iter().map(|(a, b, _)| (a - ratio * b) * (a - ratio * b)).sum(),
            weight_squares: if self.weighted {
                self.given.iter().map(|g| g.weight * g.weight).sum()
            } else {
                0.0
            },
        }
    }

    /// The weighted mean of f(x) in resampled worlds.
    pub(super) fn draws(&self, f: impl Fn(f64) -> f64, seed: u64, worlds: u32) -> Draws {
        let units = self.units(f, seed);
        Draws::collect((0..worlds).map(|world| {
            let (mut numerator, mut denominator) = (0.0, 0.0);
            for (a, b, hash) in &units {
                let times = poisson_weight(*hash, world) as f64;
                numerator += times * a;
                denominator += times * b;
            }
            (denominator > 0.0).then(|| numerator / denominator)
        }))
    }
}

/// Accepts whole numbers from `low` to `high`.
pub(super) fn whole_between(low: f64, high: f64) -> impl Fn(f64) -> Result<(), (String, String)> {
    move |x| {
        let help = || {
            format!(
                "answers are whole numbers from {low} to {high}; leave the cell empty where there is none"
            )
        };
        if !(low..=high).contains(&x) {
            return Err((format!("lies outside {low} to {high}"), help()));
        }
        if x.fract() != 0.0 {
            return Err(("lies between two points of the scale".to_owned(), help()));
        }
        Ok(())
    }
}
