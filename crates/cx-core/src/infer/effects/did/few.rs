//! Few units: tests that do not lean on many.

use super::Panel;
use super::bands::sign;
use crate::ground::estimate::{Interval, Method, Refused};
use crate::infer::Level;
use crate::infer::special::bisect;
use crate::stats::{cluster_hash, world_bits};

/// Mean outcome after less mean before, of units of one cohort and of the others.
#[derive(Debug, Clone, PartialEq)]
pub struct FewUnits {
    /// Changes of the treated units.
    pub treated: Vec<f64>,
    /// Changes of the others.
    pub control: Vec<f64>,
}

/// A difference of changes with the test of few units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Difference of mean changes.
    pub value: f64,
    /// Two-sided p-value.
    pub p: f64,
    /// All effects that the test does not reject.
    pub interval: Interval,
    /// The smallest p-value that the units allow.
    pub smallest_p: f64,
}

/// Changes of a panel whose treated units all start in one period.
///
/// # Errors
/// [`Refused`] with several starts, no period before, or an empty group.
pub fn changes(panel: &Panel) -> Result<FewUnits, Refused> {
    let refuse = |reason: &str| Refused {
        rule: "one start".to_owned(),
        reason: reason.to_owned(),
        lift: "units that start together, with a period before, and others that never start".to_owned(),
    };
    let starts = panel.cohorts();
    let &[start] = starts.as_slice() else { return Err(refuse("the treated units do not start together")) };
    if start == 0 || start >= panel.periods() {
        return Err(refuse("there is no period before the start"));
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let mut few = FewUnits { treated: Vec::new(), control: Vec::new() };
    for unit in panel.units() {
        let change = mean(&unit.outcomes[start..]) - mean(&unit.outcomes[..start]);
        if unit.start.is_some() { few.treated.push(change) } else { few.control.push(change) }
    }
    if few.control.is_empty() {
        return Err(refuse("every unit is treated"));
    }
    Ok(few)
}

impl FewUnits {
    fn difference(&self) -> f64 {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        mean(&self.treated) - mean(&self.control)
    }

    /// All changes, `effect` taken off the treated.
    fn without(&self, effect: f64) -> Vec<f64> {
        self.treated.iter().map(|x| x - effect).chain(self.control.iter().copied()).collect()
    }

    fn fine(&self) -> Result<(), Refused> {
        if self.treated.is_empty() || self.control.len() < 2 {
            return Err(Refused {
                rule: "units to compare".to_owned(),
                reason: format!("{} treated and {} other units", self.treated.len(), self.control.len()),
                lift: "a treated unit and two others at least".to_owned(),
            });
        }
        Ok(())
    }

    /// The interval of effects that a test does not reject, by halving outwards from the estimate.
    fn inverted(&self, level: Level, method: Method, p: impl Fn(f64) -> f64) -> Interval {
        let value = self.difference();
        let spread = self.without(value).iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        let far = 20.0 * (spread + value.abs()) + 1e-300;
        let held = |effect: f64| p(effect) - level.alpha();
        let side = |end: f64| {
            // No effect is far enough where the units allow no smaller p-value.
            (held(end) <= 0.0).then(|| {
                let (low, high) = if end < value { (end, value) } else { (value, end) };
                bisect(held, low, high, end > value)
            })
        };
        Interval { low: side(value - far), high: side(value + far), level: level.value(), method }
    }
}

/// Wild bootstrap over units, the null imposed, for fewer than 30 of them.
///
/// Under an effect of τ₀ every unit's change is a common mean and a rest; in
/// each world the rests change signs and the t statistic is taken anew. p is
/// the share of worlds at least as far out; the interval holds what it does
/// not reject. Source: `cameron2008`.
///
/// # Errors
/// [`Refused`] with fewer than two units in a group, below 99 worlds, or without spread.
pub fn wild(few: &FewUnits, worlds: u32, seed: u64, level: Level) -> Result<Placed, Refused> {
    few.fine()?;
    let (a, b) = (few.treated.len(), few.control.len());
    let t = |values: &[f64]| {
        let arm = |values: &[f64]| {
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            (mean, values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n * (n - 1.0)))
        };
        let ((ma, va), (mb, vb)) = (arm(&values[..a]), arm(&values[a..]));
        (ma - mb).abs() / (va + vb).sqrt()
    };
    if a < 2 || worlds < 99 || !t(&few.without(0.0)).is_finite() {
        return Err(Refused {
            rule: "wild bootstrap".to_owned(),
            reason: format!("{a} treated units in {worlds} worlds"),
            lift: "two treated units or more that differ, and 99 worlds".to_owned(),
        });
    }
    let signs: Vec<Vec<f64>> = (0..worlds).map(|w| (0..a + b).map(|i| sign(seed, i, w)).collect()).collect();
    let p = |effect: f64| {
        let values = few.without(effect);
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let seen = t(&values) * (1.0 - 1e-12);
        let further = signs.iter().filter(|signs| {
            let world: Vec<f64> =
                values.iter().zip(*signs).map(|(x, sign)| sign.mul_add(x - mean, mean)).collect();
            t(&world) >= seen
        });
        (1.0 + further.count() as f64) / (f64::from(worlds) + 1.0)
    };
    Ok(Placed {
        value: few.difference(),
        p: p(0.0),
        interval: few.inverted(level, Method::WildBootstrap, p),
        smallest_p: 1.0 / (f64::from(worlds) + 1.0),
    })
}

/// Randomisation inference, for fewer than 6 treated units: where would the
/// difference stand if other units had been the treated ones?
///
/// Every choice of as many units is tried where there are at most `most`,
/// otherwise `most` of them drawn by seed, the true one counted among them.
/// p is the share with a difference at least as large; the interval holds what
/// it does not reject and is open where the units allow no smaller p than α.
/// Source: `conley2011`.
///
/// # Errors
/// [`Refused`] without a treated unit and two others.
///
/// # Examples
/// ```
/// use cx_core::infer::{effects::did::{randomised, FewUnits}, Level};
/// let few = FewUnits { treated: vec![5.0], control: vec![0.1, -0.2, 0.3, -0.4] };
/// let placed = randomised(&few, 999, 1, Level::P95).unwrap();
/// // One of five units: no p-value below a fifth, and no interval at 95 %.
/// assert!((placed.p - 0.2).abs() < 1e-12 && placed.interval.low.is_none());
/// ```
pub fn randomised(few: &FewUnits, most: u32, seed: u64, level: Level) -> Result<Placed, Refused> {
    few.fine()?;
    let (a, n) = (few.treated.len(), few.treated.len() + few.control.len());
    let choices = choices(a, n, most.max(99), seed);
    let p = |effect: f64| {
        let values = few.without(effect);
        let sum: f64 = values.iter().sum();
        let difference = |chosen: &[usize]| {
            let own: f64 = chosen.iter().map(|i| values[*i]).sum();
            (own / a as f64 - (sum - own) / (n - a) as f64).abs()
        };
        let seen = difference(&(0..a).collect::<Vec<_>>()) * (1.0 - 1e-12);
        choices.iter().filter(|chosen| difference(chosen) >= seen).count() as f64 / choices.len() as f64
    };
    Ok(Placed {
        value: few.difference(),
        p: p(0.0),
        interval: few.inverted(level, Method::RandomisationInference, p),
        smallest_p: 1.0 / choices.len() as f64,
    })
}

/// Choices of `a` of `n` units with the first `a` among them: all, or as many as `most`.
fn choices(a: usize, n: usize, most: u32, seed: u64) -> Vec<Vec<usize>> {
    let count = (0..a).fold(1.0, |c, i| c * (n - i) as f64 / (i + 1) as f64);
    let mut all = vec![(0..a).collect::<Vec<usize>>()];
    if count <= f64::from(most) + 1.0 {
        // The next choice in dictionary order.
        loop {
            let mut next = all[all.len() - 1].clone();
            let Some(place) = (0..a).rev().find(|i| next[*i] < n - a + i) else { return all };
            next[place] += 1;
            (place + 1..a).for_each(|i| next[i] = next[i - 1] + 1);
            all.push(next);
        }
    }
    for b in 0..most {
        let key = |i: usize| world_bits(cluster_hash(seed, &(i as u64).to_le_bytes()), b);
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(|i| key(*i));
        order.truncate(a);
        all.push(order);
    }
    all
}
