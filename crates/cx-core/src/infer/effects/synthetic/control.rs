//! Synthetic control, and what placebos say about it.

use super::simplex_weights;
use crate::ground::estimate::{Method, Refused};
use crate::ground::evidence::Grade;
use crate::infer::effects::{Check, Effect, Finding, Measured};

/// Periods before the start below which there is no synthetic control.
pub const FEWEST_BEFORE: usize = 12;
/// Donors below which there is none.
pub const FEWEST_DONORS: usize = 10;

/// The treated unit and those that it is mixed from.
#[derive(Debug, Clone, PartialEq)]
pub struct Donors {
    /// Outcome of the treated unit per period.
    pub treated: Vec<f64>,
    /// Outcomes of every donor, none of them touched by the initiative.
    pub donors: Vec<Vec<f64>>,
    /// First treated period, a place in the periods.
    pub start: usize,
}

impl Donors {
    /// Donor `j` in the treated unit's place, mixed from the other donors.
    pub(super) fn placebo(&self, j: usize) -> Self {
        let mut donors = self.donors.clone();
        let treated = donors.remove(j);
        Self { treated, donors, start: self.start }
    }
}

/// The treated unit against its mixture.
#[derive(Debug, Clone, PartialEq)]
pub struct Synthetic {
    /// Weight of each donor, sum 1.
    pub weights: Vec<f64>,
    /// Treated less mixture per period; effects from the start on.
    pub gaps: Vec<f64>,
    /// Root mean squared gap before the start.
    pub before: f64,
    /// Root mean squared gap after it.
    pub after: f64,
    /// Mean gap after the start.
    pub effect: f64,
}

impl Synthetic {
    /// Gaps under given weights.
    fn of(data: &Donors, weights: Vec<f64>) -> Self {
        let gaps: Vec<f64> = (0..data.treated.len())
            .map(|t| {
                data.treated[t] - weights.iter().zip(&data.donors).map(|(w, donor)| w * donor[t]).sum::<f64>()
            })
            .collect();
        let (old, new) = gaps.split_at(data.start);
        let root = |gaps: &[f64]| (gaps.iter().map(|g| g * g).sum::<f64>() / gaps.len() as f64).sqrt();
        let effect = new.iter().sum::<f64>() / new.len() as f64;
        Self { weights, before: root(old), after: root(new), effect, gaps: gaps.clone() }
    }

    /// After over before: how much worse the mixture fits once treatment began.
    pub fn ratio(&self) -> f64 {
        self.after / self.before
    }

    /// The figure may be shown where the gap before is less than a quarter of the effect.
    ///
    /// # Errors
    /// [`Refused`] where the mixture does not follow the treated unit before the start.
    pub fn shown(&self) -> Result<f64, Refused> {
        if self.before < 0.25 * self.effect.abs() {
            return Ok(self.effect);
        }
        Err(Refused {
            rule: "fit before the start".to_owned(),
            reason: format!(
                "the mixture misses by {:.3} before the start and the effect is {:.3}",
                self.before, self.effect
            ),
            lift: "donors whose mixture follows the treated unit, or a longer history".to_owned(),
        })
    }
}

/// The mixture of donors nearest to the treated unit before the start.
///
/// `matched` gives rows to match (the treated unit's value, each donor's, and
/// the row's importance V); without it every outcome before the start counts
/// alike. Effects are the gaps from the start on. Source: `abadie2010`.
///
/// # Errors
/// [`Refused`] below 12 periods before the start or 10 donors, without a period
/// after it, where a series has a gap, or where the treated unit lies outside
/// of all donors before the start.
pub fn synthetic(data: &Donors, matched: Option<&[(f64, Vec<f64>, f64)]>) -> Result<Synthetic, Refused> {
    ruled(data)?;
    fitted(data, matched).ok_or_else(|| {
        refuse("mixture", "no mixture of the donors was found".to_owned(), "rows of one length to match")
    })
}

fn refuse(rule: &str, reason: String, lift: &str) -> Refused {
    Refused { rule: rule.to_owned(), reason, lift: lift.to_owned() }
}

/// The rules about lengths, gaps and the range of the donors.
pub(super) fn ruled(data: &Donors) -> Result<(), Refused> {
    let (periods, start) = (data.treated.len(), data.start);
    if data.donors.len() < FEWEST_DONORS || start < FEWEST_BEFORE || start >= periods {
        let reason =
            format!("{} donors and {start} of {periods} periods before the start", data.donors.len());
        return Err(refuse(
            "donors and history",
            reason,
            "10 donors and 12 periods before the start, or more",
        ));
    }
    let whole = |series: &[f64]| series.len() == periods && series.iter().all(|y| y.is_finite());
    if !(whole(&data.treated) && data.donors.iter().all(|d| whole(d))) {
        return Err(refuse(
            "series without gaps",
            "a series has a gap".to_owned(),
            "the series filled or left out",
        ));
    }
    let mean = |series: &[f64]| series[..start].iter().sum::<f64>() / start as f64;
    let own = mean(&data.treated);
    let above = data.donors.iter().any(|d| mean(d) >= own);
    if !(above && data.donors.iter().any(|d| mean(d) <= own)) {
        let reason = "before the start the treated unit lies outside of all donors".to_owned();
        return Err(refuse("inside the donors", reason, "donors on either side of the treated unit"));
    }
    Ok(())
}

/// The fit itself, without the rules about lengths.
pub(super) fn fitted(data: &Donors, matched: Option<&[(f64, Vec<f64>, f64)]>) -> Option<Synthetic> {
    let weights = match matched {
        None => {
            let columns: Vec<Vec<f64>> = data.donors.iter().map(|d| d[..data.start].to_vec()).collect();
            simplex_weights(&data.treated[..data.start], &columns, &vec![1.0; data.start])?
        }
        Some(rows) => {
            let column = |j: usize| rows.iter().map(|(_, donors, _)| donors.get(j).copied()).collect();
            let columns: Option<Vec<Vec<f64>>> = (0..data.donors.len()).map(column).collect();
            let target: Vec<f64> = rows.iter().map(|row| row.0).collect();
            let importance: Vec<f64> = rows.iter().map(|row| row.2).collect();
            simplex_weights(&target, &columns?, &importance)?
        }
    };
    Some(Synthetic::of(data, weights))
}

/// Where the treated unit stands among placebos.
#[derive(Debug, Clone, PartialEq)]
pub struct Placebo {
    /// After-over-before ratio of the treated unit.
    pub ratio: f64,
    /// The same of every donor, taken as the treated one.
    pub ratios: Vec<f64>,
    /// The mean gap after the start of every donor, taken as the treated one.
    pub effects: Vec<f64>,
    /// (1 + donors at least as far out)/(donors + 1); with 19 donors no smaller than 0.05.
    pub p: f64,
}

/// Placebos in space: every donor in turn is taken as the treated unit, with the
/// other donors to mix from. Outcomes before the start are matched.
///
/// # Errors
/// As [`synthetic`]. Source: `abadie2010`.
pub fn placebo(data: &Donors) -> Result<Placebo, Refused> {
    let ratio = synthetic(data, None)?.ratio();
    let of = |j: usize| fitted(&data.placebo(j), None);
    Ok(Placebo::of(ratio, (0..data.donors.len()).filter_map(of)))
}

impl Placebo {
    /// Ranks the treated unit's ratio among those of the placebos' fits.
    pub(super) fn of(ratio: f64, fits: impl Iterator<Item = Synthetic>) -> Self {
        let (ratios, effects): (Vec<f64>, Vec<f64>) = fits.map(|fit| (fit.ratio(), fit.effect)).unzip();
        let further = ratios.iter().filter(|r| **r >= ratio).count() as f64;
        let p = (1.0 + further) / (ratios.len() as f64 + 1.0);
        Self { ratio, ratios, effects, p }
    }

    /// Root mean squared placebo effect: what the design finds where nothing was done.
    pub fn spread(&self) -> f64 {
        (self.effects.iter().map(|e| e * e).sum::<f64>() / self.effects.len() as f64).sqrt()
    }
}

/// The mean effect with each donor that has a weight left out: (donor, effect).
///
/// # Errors
/// As [`synthetic`]. Source: `abadie2010`.
pub fn without_each(data: &Donors) -> Result<Vec<(usize, f64)>, Refused> {
    let full = synthetic(data, None)?;
    let used = (0..data.donors.len()).filter(|j| full.weights[*j] > 1e-6);
    Ok(used
        .filter_map(|j| {
            let mut donors = data.donors.clone();
            donors.remove(j);
            let less = Donors { treated: data.treated.clone(), donors, start: data.start };
            fitted(&less, None).map(|fit| (j, fit.effect))
        })
        .collect())
}

/// The mean effect of a mixture that matches the outcome before the start,
/// with its checks: fit before, one donor left out at a time, placebo rank.
///
/// The standard error is the root mean squared effect of the placebos. A bad
/// fit leaves no figure. A sign that hangs on one donor leaves grade W; a
/// rank above 0.1, or too few donors for one, is told and leaves the grade: the
/// interval says how little is known. Source: definition of this product.
///
/// # Errors
/// As [`synthetic`], and where the fit before the start misses by a quarter of the effect.
pub fn measured(data: &Donors) -> Result<Measured, Refused> {
    let fit = synthetic(data, None)?;
    let placebos = placebo(data)?;
    let shown = fit.shown();
    let others = without_each(data)?;
    let nearest = others.iter().map(|(_, effect)| effect * fit.effect.signum()).fold(f64::INFINITY, f64::min);
    let figure = fit.before / fit.effect.abs();
    let says = shown.err().map_or_else(
        || format!("before the start the mixture misses by {figure:.2} of the effect"),
        |refused| refused.reason,
    );
    let checks = vec![
        Check {
            name: "fit before the start",
            passed: figure < 0.25,
            figure,
            says,
            finding: Finding::FitBefore,
        },
        Check {
            name: "one donor left out",
            passed: nearest > 0.0,
            figure: nearest * fit.effect.signum(),
            says: "the effect nearest to 0 with one donor left out".to_owned(),
            finding: Finding::OneDonor,
        },
        Check {
            name: "placebo rank",
            passed: placebos.p <= 0.1,
            figure: placebos.p,
            says: format!("chance of such a ratio of gaps among {} units", placebos.ratios.len() + 1),
            finding: Finding::Weak,
        },
    ];
    let effect =
        Effect { value: fit.effect, se: placebos.spread(), df: f64::INFINITY, method: Method::PlaceboSpread };
    Measured::new(effect, Grade::Q, checks)
}
