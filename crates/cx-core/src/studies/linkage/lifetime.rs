//! What customers of a band are worth: staying, spending and service brought together.

use super::Score;
use super::Windows;
use super::judge::{Judge, Judged, adjusted_difference, drawn, over_strata, sentence};
use crate::findings::{BandOutcome, Contrast, Counted, GapPart, Horizon, OutcomeLinkage, PointValue};
use crate::ground::estimate::{Estimate, Refused, Size};
use crate::ground::unit::Unit;
use crate::infer::lifetime_value::{Band, gap, of_draws};
use crate::infer::linkage::{Banded, Drawn, Preset, Three, three_columns};

/// Days of a year.
const YEAR: f64 = 365.25;
/// Days of a month.
const MONTH: f64 = YEAR / 12.0;

/// The means by band that a lifetime value is made of.
struct Means<'a> {
    /// Share still a customer at the end of the window.
    kept: &'a [f64],
    /// Margin or spend in the window, or recurring revenue a month at its end.
    earned: &'a [f64],
    /// Cost to serve in the window.
    service: Option<&'a [f64]>,
}

/// How windows are laid end to end.
struct Ahead {
    windows: u32,
    /// Discount rate a window.
    rate: f64,
    /// What is earned comes in the middle of a window.
    middle: f64,
    /// Months of a window, where revenue is recurring.
    months: Option<f64>,
    /// What counts of a unit that is earned; 1 for a value in revenue or in the margin of lines.
    share: f64,
    /// Cost to serve that what is earned has taken off already.
    served: f64,
}

/// Lifetime values by band, and what moving customers between bands would bring.
pub(super) struct Lifetime {
    pub outcome: OutcomeLinkage,
    pub points: Vec<PointValue>,
}

/// Lifetime value by band, from the outcomes that were judged.
///
/// LV = Σ S(t) (m − c)/(1+i)ᵗ over the windows of the horizon, S(t) = rᵗ: every
/// window goes like the one that was seen. The margin of lines knows no cost to
/// serve. A margin that is set is after that of the mean customer, so that is added
/// back before the band's own is taken off. What a customer brings by recommending stands in a ledger of its own.
///
/// # Errors
/// The records do not say both who stays and what is spent.
pub(super) fn lifetime(judge: &Judge<'_>, judged: &[Judged], days: Windows) -> Result<Lifetime, Refused> {
    let of = |id: &str| judged.iter().find(|one| one.outcome.id == id);
    let terms = judge.setting.terms;
    let set = terms.margin.map_or(Counted::Revenue, Counted::Share);
    let in_lines = of("margin").map(|margin| (margin, Counted::Lines));
    let earned = in_lines.or_else(|| of("spend").or_else(|| of("recurring_revenue")).map(|one| (one, set)));
    let (Some(kept), Some((earned, counted))) = (of("kept"), earned) else {
        return Err(Refused {
            rule: "lifetime value by band".to_owned(),
            reason: "it takes who stays and what they spend, and the records do not give both".to_owned(),
            lift: "amounts of transactions, or changes of recurring revenue, by customer".to_owned(),
        });
    };
    let service = of("cost_to_serve").filter(|_| counted.margin());
    let (share, served) = match counted {
        Counted::Share(margin) => (margin, service.map_or(0.0, |one| mean_of_bands(&one.outcome.bands))),
        Counted::Revenue | Counted::Lines => (1.0, 0.0),
    };
    let window = f64::from(days.window) / YEAR;
    let windows = (terms.years / window).round().max(1.0) as u32;
    let rate = (1.0 + terms.rate).powf(window) - 1.0;
    let ahead = Ahead {
        windows,
        rate,
        middle: (1.0 + rate).powf(-0.5),
        months: (earned.outcome.id == "recurring_revenue").then(|| f64::from(days.window) / MONTH),
        share,
        served,
    };
    let words = if counted.margin() { IN_MARGIN } else { IN_REVENUE };
    let parts = Components { kept, earned, service, ahead, words };
    let horizon = Horizon {
        years: f64::from(windows) * window,
        windows,
        rate: terms.rate,
        counted,
        service: service.is_some(),
    };
    Ok(parts.outcome(judge, horizon))
}

/// What a value is called.
#[derive(Debug, Clone, Copy)]
struct Words {
    id: &'static str,
    name: &'static str,
    verb: &'static str,
}

const IN_MARGIN: Words = Words { id: "lifetime_value", name: "Lifetime value", verb: "are worth" };
const IN_REVENUE: Words = Words { id: "lifetime_revenue", name: "Lifetime revenue", verb: "bring" };

/// The mean of all who answered.
fn mean_of_bands(bands: &[BandOutcome]) -> f64 {
    let sums = bands.iter().filter_map(|b| Some((b.n as f64, b.raw.value?)));
    let (n, sum) = sums.fold((0.0, 0.0), |(n, sum), (m, mean)| (n + m, sum + m * mean));
    if n > 0.0 { sum / n } else { 0.0 }
}

/// The judged outcomes that a lifetime value is made of.
struct Components<'a> {
    kept: &'a Judged,
    earned: &'a Judged,
    service: Option<&'a Judged>,
    ahead: Ahead,
    words: Words,
}

impl Components<'_> {
    fn outcome(&self, judge: &Judge<'_>, horizon: Horizon) -> Lifetime {
        let level = judge.setting.level;
        let raw = self.values(|one| &one.raw);
        let adjusted = self.values(|one| &one.adjusted);
        let strata = self.strata();
        let bands = self.kept.outcome.bands.iter().enumerate();
        let lines = bands.map(|(b, band)| {
            let size = customers(&[band]);
            BandOutcome {
                band: band.band.clone(),
                n: band.n,
                raw: drawn(&raw.band(b), Unit::Money, size, level),
                adjusted: drawn(&adjusted.band(b), Unit::Money, size, level),
            }
        });
        let bands: Vec<BandOutcome> = lines.collect();
        let contrasts = [(2, 1), (1, 0), (2, 0)].map(|(upper, lower)| {
            let three = three_columns(&raw, &adjusted, judge.kappa, (upper, lower), level);
            let size = customers(&[&bands[upper], &bands[lower]]);
            self.contrast(judge, (&bands[upper].band, &bands[lower].band), &three, strata.as_ref(), size)
        });
        let all = [Some(self.kept), Some(self.earned), self.service];
        let outcomes = || all.iter().flatten().map(|one| &one.outcome);
        let points = points(judge, &adjusted, customers(&bands.iter().collect::<Vec<_>>()));
        let outcome = OutcomeLinkage {
            id: self.words.id.to_owned(),
            name: self.words.name.to_owned(),
            verb: self.words.verb.to_owned(),
            unit: Unit::Money,
            horizon: Some(horizon),
            bands,
            contrasts: contrasts.to_vec(),
            shape: None,
            slopes: None,
            // None where any of them has none.
            support: outcomes().map(|one| one.support).try_fold(1.0, |least, s| Some(s?.min(least))),
            overlap: outcomes().map(|one| one.overlap).fold(1.0, f64::min),
            clipped: outcomes().map(|one| one.clipped).fold(0.0, f64::max),
            refused: Vec::new(),
        };
        Lifetime { outcome, points }
    }

    fn contrast(
        &self,
        judge: &Judge<'_>,
        (upper, lower): (&str, &str),
        three: &Three,
        strata: Result<&Banded, &Refused>,
        size: Size,
    ) -> Contrast {
        let level = judge.setting.level;
        let raw = drawn(&three.raw, Unit::Money, size, level);
        Contrast {
            upper: upper.to_owned(),
            lower: lower.to_owned(),
            adjusted: adjusted_difference(three, Unit::Money, size, level),
            strata: over_strata(strata, three, (Unit::Money, size), level),
            causal: Estimate::new(three.causal, Some(three.causal_interval), Unit::Money, size),
            not_distinguishable: three.not_distinguishable,
            robustness: None,
            e_value: None,
            benchmark: None,
            control: None,
            sentence: sentence((self.words.verb, Unit::Money), (upper, lower), three, &raw, None, level),
            parts: self
                .parts((three.upper, three.lower))
                .map(|(id, name, part)| GapPart {
                    id: id.to_owned(),
                    name: name.to_owned(),
                    estimate: drawn(&part, Unit::Money, size, level),
                })
                .collect(),
            raw,
        }
    }

    /// Values by band in one of the columns, in every world.
    fn values<'a>(&'a self, column: impl Fn(&'a Judged) -> &'a Banded) -> Banded {
        let service = self.service.map(&column);
        self.joined(column(self.kept), column(self.earned), service)
    }

    fn strata(&self) -> Result<Banded, Refused> {
        let column = |one: &Judged| one.strata.clone();
        let service = self.service.map(column).transpose()?;
        Ok(self.joined(&column(self.kept)?, &column(self.earned)?, service.as_ref()))
    }

    fn joined(&self, kept: &Banded, earned: &Banded, service: Option<&Banded>) -> Banded {
        let value = |means: &Means<'_>| self.ahead.values(means);
        let means =
            Means { kept: &kept.means, earned: &earned.means, service: service.map(|s| &s.means[..]) };
        let worlds = kept.draws.iter().zip(&earned.draws).enumerate().map(|(w, (kept, earned))| {
            value(&Means { kept, earned, service: service.map(|s| &s.draws[w][..]) })
        });
        Banded::of_draws(value(&means), worlds.collect())
    }

    /// Where an adjusted difference comes from.
    fn parts(&self, pair: (usize, usize)) -> impl Iterator<Item = (&'static str, &'static str, Drawn)> {
        let column = |one: &Judged| one.adjusted.clone();
        let (kept, earned, service) = (column(self.kept), column(self.earned), self.service.map(column));
        let means = Means {
            kept: &kept.means,
            earned: &earned.means,
            service: service.as_ref().map(|s| &s.means[..]),
        };
        let whole = self.ahead.parts(&means, pair);
        let worlds: Vec<[f64; 3]> = (0..kept.draws.len())
            .map(|w| {
                let service = service.as_ref().map(|s| &s.draws[w][..]);
                self.ahead.parts(&Means { kept: &kept.draws[w], earned: &earned.draws[w], service }, pair)
            })
            .collect();
        let named = [
            ("retention", "from staying longer"),
            ("spend", "from spending more"),
            ("service", "from costing less to serve"),
        ];
        let told = if service.is_some() { 3 } else { 2 };
        named.into_iter().enumerate().take(told).map(move |(k, (id, name))| {
            (id, name, Drawn::of_draws(whole[k], worlds.iter().map(|world| world[k]).collect()))
        })
    }
}

impl Ahead {
    /// What a customer of each band does, window by window.
    fn bands(&self, means: &Means<'_>) -> Vec<Band> {
        let n = self.windows as usize;
        let one = |b: usize| {
            let kept = means.kept[b].clamp(0.0, 1.0);
            let revenue = match self.months {
                // Customers who are there pay earned/kept a month; half of the leavers' window is lost.
                Some(months) if kept > 0.0 => means.earned[b] / kept * f64::midpoint(1.0, kept) * months,
                Some(_) => 0.0,
                None => means.earned[b],
            };
            Band {
                survival: (0..self.windows).map(|t| kept.powi(t as i32)).collect(),
                margin: vec![self.share.mul_add(revenue, self.served); n],
                service: vec![means.service.map_or(self.served, |service| service[b]); n],
                referral: 0.0,
            }
        };
        (0..means.kept.len()).map(one).collect()
    }

    fn values(&self, means: &Means<'_>) -> Vec<f64> {
        self.bands(means).iter().map(|band| self.middle * band.value(self.rate)).collect()
    }

    /// The difference from staying, spending and service.
    fn parts(&self, means: &Means<'_>, (upper, lower): (usize, usize)) -> [f64; 3] {
        let bands = self.bands(means);
        gap(&bands[upper], &bands[lower], self.rate)
            .map_or([f64::NAN; 3], |gap| [gap.retention, gap.spend, gap.service].map(|x| self.middle * x))
    }
}

/// One point of NPS, by who moves.
fn points(judge: &Judge<'_>, adjusted: &Banded, size: Size) -> Vec<PointValue> {
    if judge.question.score != Score::Nps {
        return Vec::new();
    }
    let kappa = (judge.kappa.mean, &judge.kappa.draws[..]);
    let one = |preset: Preset| {
        let moved = preset.transition().moves(&adjusted.means, &adjusted.draws, kappa)?;
        let draws: Vec<Option<f64>> = moved.draws.into_iter().map(Some).collect();
        let worth = of_draws(Some(moved.outcome), &draws, Unit::Money, size, judge.setting.level);
        Some(PointValue { path: preset.name().to_owned(), share: preset.share(), worth })
    };
    Preset::ALL.into_iter().filter_map(one).collect()
}

fn customers(bands: &[&BandOutcome]) -> Size {
    let n = bands.iter().map(|band| band.n).sum();
    Size { n, clusters: n, ..Size::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ahead(months: Option<f64>, share: f64, served: f64) -> Ahead {
        Ahead { windows: 2, rate: 0.0, middle: 1.0, months, share, served }
    }

    /// Half stay, those there pay 10 a month, and leavers pay for half of the window:
    /// 10 x 0.75 x 12 = 90 in the first, half of that in the second.
    #[test]
    fn recurring_revenue_is_paid_while_somebody_is_there() {
        let means = Means { kept: &[0.5], earned: &[5.0], service: None };
        assert_eq!(ahead(Some(12.0), 1.0, 0.0).values(&means), [135.0]);
        let nobody = Means { kept: &[0.0], earned: &[0.0], service: None };
        assert_eq!(ahead(Some(12.0), 1.0, 0.0).values(&nobody), [0.0]);
    }

    /// A set margin is after the mean customer's cost to serve; that of lines knows none.
    #[test]
    fn cost_to_serve_is_taken_off_once() {
        let means = Means { kept: &[1.0, 1.0], earned: &[100.0, 100.0], service: Some(&[20.0, 30.0]) };
        assert_eq!(ahead(None, 0.4, 20.0).values(&means), [2.0 * 40.0, 2.0 * 30.0]);
        assert_eq!(ahead(None, 1.0, 0.0).values(&means), [2.0 * 80.0, 2.0 * 70.0]);
        let [staying, spending, service] = ahead(None, 0.4, 20.0).parts(&means, (1, 0));
        assert_eq!((staying, spending, service), (0.0, 0.0, -20.0));
    }
}
