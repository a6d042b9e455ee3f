//! Synthetic control, and what placebos say about it.

use super::simplex_weights;
use crate::ground::estimate::Refused;

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
    let refuse = |rule: &str, reason: String, lift: &str| Refused {
        rule: rule.to_owned(),
        reason,
        lift: lift.to_owned(),
    };
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
    fitted(data, matched).ok_or_else(|| {
        refuse("mixture", "no mixture of the donors was found".to_owned(), "rows of one length to match")
    })
}

/// The fit itself, without the rules about lengths.
fn fitted(data: &Donors, matched: Option<&[(f64, Vec<f64>, f64)]>) -> Option<Synthetic> {
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
    let ratios: Vec<f64> = (0..data.donors.len())
        .filter_map(|j| {
            let mut donors = data.donors.clone();
            let treated = donors.remove(j);
            fitted(&Donors { treated, donors, start: data.start }, None).map(|fit| fit.ratio())
        })
        .collect();
    let further = ratios.iter().filter(|r| **r >= ratio).count() as f64;
    let p = (1.0 + further) / (ratios.len() as f64 + 1.0);
    Ok(Placebo { ratio, ratios, p })
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
