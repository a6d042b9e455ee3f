//! Arms made of whole stores, teams or queues.

use crate::ground::estimate::{Method, Refused};
use crate::infer::effects::Effect;
use crate::infer::means::Weighted;

/// The answers of one assigned cluster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    /// Its mean outcome.
    pub mean: f64,
    /// People in it.
    pub people: f64,
    /// True where it was assigned to the initiative.
    pub treated: bool,
}

/// Effect of an initiative that was assigned to whole clusters: the difference
/// of the people-weighted means, with the spread between clusters.
///
/// Formula: per arm m = Σ n y/Σ n and g/(g−1) Σ n²(y − m)²/(Σ n)²; t with
/// G − 2 degrees of freedom. The spread of people within a cluster says
/// nothing about it and does not enter. Source: `donner2000`.
///
/// # Errors
/// [`Refused`] where an arm has fewer than two clusters or no people.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::randomised::{clusters, Cluster};
/// let of = |treated, mean| Cluster { mean, people: 50.0, treated };
/// let all = [of(true, 6.0), of(true, 8.0), of(true, 7.0), of(false, 4.0), of(false, 5.0), of(false, 6.0)];
/// let effect = clusters(&all).unwrap();
/// // Clusters of one size: the t test of their means.
/// assert!((effect.value - 2.0).abs() < 1e-12 && (effect.se - (2.0_f64 / 3.0).sqrt()).abs() < 1e-12);
/// assert_eq!(effect.df, 4.0);
/// ```
pub fn clusters(all: &[Cluster]) -> Result<Effect, Refused> {
    let arm = |treated: bool| {
        let rows: Vec<(f64, f64)> =
            all.iter().filter(|c| c.treated == treated).map(|c| (c.mean, c.people)).collect();
        Weighted::of(&rows).and_then(|arm| Some((arm.mean, arm.linearised?)))
    };
    match (arm(true), arm(false)) {
        (Some((a, va)), Some((b, vb))) if va + vb > 0.0 => Ok(Effect {
            value: a - b,
            se: (va + vb).sqrt(),
            df: all.len() as f64 - 2.0,
            method: Method::LinearisedT,
        }),
        _ => Err(Refused {
            rule: "clusters per arm".to_owned(),
            reason: "an arm of one cluster cannot tell the initiative from the cluster".to_owned(),
            lift: "two or more assigned clusters in each arm".to_owned(),
        }),
    }
}
