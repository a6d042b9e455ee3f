//! Chances of those there now, and the money that goes with them.

use super::check::word;
use super::model::{Model, WORLDS};
use crate::findings::{Band, Fact, Records};
use crate::ground::estimate::{Absent, Estimate, Interval, Method, Refused, Size};
use crate::ground::evidence::Grade;
use crate::ground::unit::Unit;
use crate::infer::Level;
use std::collections::BTreeMap;

/// Bands of customers by chance.
const BANDS: u64 = 5;

/// Customers there now, of like covariates and random group.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Now {
    /// Design rows whose chances follow one another: one for a chance at a
    /// date, one per month for a chance made of months.
    pub rows: Vec<Vec<f64>>,
    pub group: u32,
    pub customers: u64,
    /// Their revenue of twelve months, major units.
    pub revenue: f64,
}

/// What is said of those there now.
#[derive(Debug)]
pub(super) struct Scored {
    pub bands: Vec<Band>,
    pub expected: Fact,
    pub revenue: Option<Fact>,
}

/// How figures are made out.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub event: &'a str,
    pub days: u32,
    pub seed: u64,
    pub level: Level,
    pub records: &'a [Records],
    /// Where revenue comes from; none where it is not known.
    pub revenue: Option<String>,
    pub population: String,
    /// Fewest customers of a band.
    pub privacy: u64,
}

/// The chance that something happens in one of several stretches.
fn over(chances: impl Iterator<Item = f64>) -> f64 {
    1.0 - chances.map(|p| 1.0 - p).product::<f64>()
}

/// Expected events and revenue, with resampled groups of customers.
pub(super) fn score(model: &Model, now: &[Now], frame: &Frame<'_>, refused: Option<&Refused>) -> Scored {
    let n: u64 = now.iter().map(|cell| cell.customers).sum();
    let size = Size { n, clusters: n, events: None, effective: None };
    let expected = |estimate: Estimate| {
        Fact::new(
            format!("retention/{}/expected", word(frame.event)),
            format!("Customers expected to {} within {} days", frame.event, frame.days),
            estimate,
        )
        .by(format!("sum of chances over {}; logit on {}", frame.population, model.formula()), "cox1958")
        .graded(Grade::A)
        .from_records(frame.records)
    };
    let at_risk = |estimate: Estimate| {
        frame.revenue.as_ref().map(|from| {
            let name =
                format!("Revenue of twelve months of those expected to leave within {} days", frame.days);
            Fact::new("retention/revenue_at_risk", name, estimate)
                .by(
                    format!(
                        "sum of chance times revenue over {}; logit on {}",
                        frame.population,
                        model.formula()
                    ),
                    "cox1958",
                )
                .graded(Grade::A)
                .from_records(frame.records)
                .assuming("revenue", from.clone())
                .assuming("resampled worlds", format!("{WORLDS} of 200 random groups, seed {}", frame.seed))
        })
    };
    if let Some(refused) = refused {
        let none = |unit| Estimate::absent(Absent::Refused(refused.clone()), unit, size);
        return Scored {
            bands: Vec::new(),
            expected: expected(none(Unit::Count)),
            revenue: at_risk(none(Unit::Money)),
        };
    }
    let chances: Vec<f64> = now.iter().map(|cell| over(cell.rows.iter().map(|x| model.chance(x)))).collect();
    let (count, money) = sums(now, &chances, |_| 1.0);
    let (counts, moneys) = worlds(model, now, frame.seed);
    let estimate = |value: f64, mut draws: Vec<f64>, unit: Unit| {
        draws.sort_by(f64::total_cmp);
        let se = spread(&draws);
        let tail = frame.level.alpha() / 2.0;
        let limits = percentile(&draws, tail).zip(percentile(&draws, 1.0 - tail));
        let interval = limits.map(|(l, h)| Interval::closed(l, h, frame.level.value(), Method::Draws));
        Estimate::new(value, interval, unit, size).with_se(se)
    };
    let bands = bands(now, &chances, frame.revenue.is_some(), frame.privacy);
    Scored {
        bands,
        expected: expected(estimate(count, counts, Unit::Count)),
        revenue: at_risk(estimate(money, moneys, Unit::Money)),
    }
}

fn sums(now: &[Now], chances: &[f64], weight: impl Fn(u32) -> f64) -> (f64, f64) {
    now.iter().zip(chances).fold((0.0, 0.0), |(count, money), (cell, p)| {
        let p = p * weight(cell.group);
        (count + p * cell.customers as f64, money + p * cell.revenue)
    })
}

/// The same sums in every world that can be made out.
fn worlds(model: &Model, now: &[Now], seed: u64) -> (Vec<f64>, Vec<f64>) {
    // Cells that share their design share a chance.
    let mut places: BTreeMap<Vec<Vec<u64>>, usize> = BTreeMap::new();
    let mut designs: Vec<&Vec<Vec<f64>>> = Vec::new();
    let mut of: Vec<usize> = Vec::with_capacity(now.len());
    for cell in now {
        let key = cell.rows.iter().map(|x| x.iter().map(|v| v.to_bits()).collect()).collect();
        let next = designs.len();
        let place = *places.entry(key).or_insert(next);
        if place == next {
            designs.push(&cell.rows);
        }
        of.push(place);
    }
    let (mut counts, mut moneys) = (Vec::new(), Vec::new());
    for world in 0..WORLDS {
        let Some((beta, weights)) = model.world(seed, world) else { continue };
        let chances: Vec<f64> =
            designs.iter().map(|rows| over(rows.iter().map(|x| model.chance_under(&beta, x)))).collect();
        let each: Vec<f64> = of.iter().map(|place| chances[*place]).collect();
        let (count, money) = sums(now, &each, |group| weights[group as usize % weights.len()]);
        counts.push(count);
        moneys.push(money);
    }
    (counts, moneys)
}

fn spread(draws: &[f64]) -> f64 {
    let n = draws.len() as f64;
    let mean = draws.iter().sum::<f64>() / n;
    (draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0).max(1.0)).sqrt()
}

/// By linear interpolation of order statistics.
fn percentile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = p * last as f64;
    let low = at.floor() as usize;
    let high = (low + 1).min(last);
    Some((sorted[high] - sorted[low]).mul_add(at - low as f64, sorted[low]))
}

/// Fifths of the customers by chance, from the highest, ties together.
fn bands(now: &[Now], chances: &[f64], money: bool, privacy: u64) -> Vec<Band> {
    let mut order: Vec<usize> = (0..now.len()).filter(|i| now[*i].customers > 0).collect();
    order.sort_by(|a, b| chances[*b].total_cmp(&chances[*a]).then_with(|| a.cmp(b)));
    let all: u64 = now.iter().map(|cell| cell.customers).sum();
    let mut bands: Vec<Band> = Vec::new();
    let (mut open, mut seen): (Option<Band>, u64) = (None, 0);
    for tie in order.chunk_by(|a, b| chances[*a] == chances[*b]) {
        for i in tie {
            let (cell, p) = (&now[*i], chances[*i]);
            let band = open.get_or_insert(Band {
                low: p,
                high: p,
                customers: 0,
                expected: 0.0,
                revenue: money.then_some(0.0),
                at_risk: money.then_some(0.0),
            });
            band.low = p;
            band.customers += cell.customers;
            band.expected += p * cell.customers as f64;
            band.revenue = band.revenue.map(|r| r + cell.revenue);
            band.at_risk = band.at_risk.map(|r| r + p * cell.revenue);
            seen += cell.customers;
        }
        let wanted = (bands.len() as u64 + 1) * all / BANDS;
        if seen >= wanted.max(1) && open.is_some_and(|b| b.customers >= privacy) {
            bands.extend(open.take());
        }
    }
    // What is left over is too small to stand alone.
    match (open, bands.last_mut()) {
        (Some(rest), Some(last)) => {
            last.low = rest.low;
            last.customers += rest.customers;
            last.expected += rest.expected;
            last.revenue = last.revenue.zip(rest.revenue).map(|(a, b)| a + b);
            last.at_risk = last.at_risk.zip(rest.at_risk).map(|(a, b)| a + b);
        }
        (Some(rest), None) if rest.customers >= privacy => bands.push(rest),
        _ => {}
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_hold_everybody_once() {
        let cell = |customers, revenue| Now { rows: vec![vec![1.0]], group: 0, customers, revenue };
        let now = [cell(40, 400.0), cell(40, 100.0), cell(20, 50.0)];
        let found = bands(&now, &[0.5, 0.1, 0.9], true, 5);
        assert_eq!(found.iter().map(|b| b.customers).collect::<Vec<_>>(), [20, 40, 40]);
        assert_eq!((found[0].low, found[0].high), (0.9, 0.9));
        assert!((found[1].at_risk.unwrap() - 200.0).abs() < 1e-12);
    }
}
