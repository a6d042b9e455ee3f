//! One outcome: its bands, the differences between them, and what would undo them.

use super::gather::{Gathered, Whole};
use super::records::{After, Scale};
use super::{Question, Score, Setting};
use crate::findings::{
    BandOutcome, Contrast, ControlFound, OutcomeLinkage, Said, Sentence, ShapeFound, Strongest,
};
use crate::ground::estimate::{Absent, Caveat, Estimate, Interval, Method, Refused, Size};
use crate::ground::unit::Unit;
use crate::infer::linkage::{
    Banded, Base, Drawn, Kappa, Outcome, Over, Propensities, Shaped, Three, as_answered, benchmarks,
    choose_shape, doubly_robust, e_value, e_value_of_limits, fold_of, negative_control, propensities,
    stratified, three_columns,
};
use crate::infer::regression::FitError;
use crate::infer::special::{Tails, normal};
use crate::infer::{Level, shares};

/// What is judged.
pub(super) struct Judge<'a> {
    pub setting: &'a Setting<'a>,
    pub question: &'a Question,
    pub whole: &'a Whole,
    pub scale: Scale,
    pub kappa: &'a Kappa,
}

/// An outcome, its bands in each column, and who answered.
pub(super) struct Judged {
    pub outcome: OutcomeLinkage,
    /// As the answers have them.
    pub raw: Banded,
    /// Doubly robust.
    pub adjusted: Banded,
    /// Over exact strata.
    pub strata: Result<Banded, Refused>,
    pub response: Vec<(f64, f64, f64)>,
}

impl Judge<'_> {
    fn score(&self) -> Score {
        self.question.score
    }

    fn base(&self, gathered: &Gathered, share: bool) -> Base {
        self.whole.base(gathered, share, &self.score().bands(), self.scale.borders(self.score()))
    }

    fn over(&self) -> Over {
        if self.whole.over_base { Over::Base } else { Over::Answered }
    }

    /// Judges one outcome.
    pub(super) fn outcome(&self, after: &After, gathered: &Gathered) -> Result<Judged, Refused> {
        let level = self.setting.level;
        let base = self.base(gathered, after.share());
        let fitted = propensities(&base)?;
        let (worlds, seed) = (self.question.worlds, self.setting.seed);
        let adjusted = doubly_robust(&base, &fitted, self.over(), worlds, seed)?;
        let strata = stratified(&base, worlds, seed);
        let raw = as_answered(&base, worlds, seed);
        let bands = base.by_band();
        let mut refused = Vec::new();
        let mut lines = Vec::new();
        for (b, band) in bands.iter().enumerate() {
            lines.push(BandOutcome {
                band: base.bands[b].clone(),
                n: band.rows,
                raw: raw_band(band, after.unit, level),
                adjusted: drawn(&adjusted.bands.band(b), after.unit, size(&base, &[b]), level),
            });
        }
        let control = self.whole.controls.iter().find(|(id, _)| *id == after.id);
        let control = control.map(|(_, gathered)| self.control(gathered)).transpose();
        let control = match control {
            Ok(found) => found,
            Err(why) => {
                refused.push(why);
                None
            }
        };
        let mut contrasts = Vec::new();
        for (upper, lower) in [(2, 1), (1, 0), (2, 0)] {
            let three = three_columns(&raw, &adjusted.bands, self.kappa, (upper, lower), level);
            let about = size(&base, &[upper, lower]);
            let strata = over_strata(strata.as_ref().map(|s| &s.bands), &three, (after.unit, about), level);
            let means = &adjusted.bands.means;
            let found = self.contrast(after, (&base, means), &three, strata, control.as_ref(), &mut refused);
            contrasts.push(found);
        }
        let shape = match self.shape(gathered, &base) {
            Ok(shape) => Some(shape),
            Err(error) => {
                refused.push(error.refused());
                None
            }
        };
        let twice = self.whole.changes.iter().find(|(id, _)| *id == after.id).map(|(_, gathered)| gathered);
        let slopes = match Whole::slopes(&base, gathered, twice, self.scale, (after.unit, level)) {
            Ok(found) => Some(found),
            Err(why) => {
                refused.push(why);
                None
            }
        };
        let outcome = OutcomeLinkage {
            id: after.id.to_owned(),
            name: after.name.to_owned(),
            verb: after.verb.to_owned(),
            unit: after.unit,
            horizon: None,
            bands: lines,
            contrasts,
            shape,
            slopes,
            support: strata.as_ref().ok().map(|s| s.support),
            overlap: adjusted.overlap,
            clipped: adjusted.clipped,
            refused: without_repeats(refused),
        };
        let strata = strata.map(|strata| strata.bands);
        Ok(Judged { outcome, raw, adjusted: adjusted.bands, strata, response: adjusted.response })
    }

    /// The adjusted bands of what the score cannot have changed.
    fn control(&self, gathered: &Gathered) -> Result<Banded, Refused> {
        let base = self.base(gathered, false);
        let fitted: Propensities = propensities(&base)?;
        // Only answers whose records reach back twice as far are here, so the base is theirs.
        Ok(doubly_robust(&base, &fitted, Over::Answered, self.question.worlds, self.setting.seed)?.bands)
    }

    fn contrast(
        &self,
        after: &After,
        (base, means): (&Base, &[f64]),
        three: &Three,
        strata: Estimate,
        control: Option<&Banded>,
        refused: &mut Vec<Refused>,
    ) -> Contrast {
        let level = self.setting.level;
        let (upper, lower) = (base.bands[three.upper].clone(), base.bands[three.lower].clone());
        let about = size(base, &[three.upper, three.lower]);
        let raw = if after.share() {
            raw_shares(base, three, level)
        } else {
            drawn(&three.raw, after.unit, about, level)
        };
        let adjusted = adjusted_difference(three, after.unit, about, level);
        let causal = Estimate::new(three.causal, Some(three.causal_interval), after.unit, about);
        let control = control.map(|banded| {
            let bias = banded.contrast(three.upper, three.lower);
            let check = negative_control("before the answer", &three.adjusted, bias, level);
            ControlFound {
                before: drawn(&check.bias, after.unit, about, level),
                fails: check.fails,
                corrected: check.corrected.as_ref().map(|d| drawn(d, after.unit, about, level)),
            }
        });
        let benchmark = match benchmarks(base, three.upper, three.lower) {
            Ok(benchmark) => Some(benchmark),
            Err(error) => {
                refused.push(error.refused());
                None
            }
        };
        let strongest = benchmark.as_ref().and_then(|b| b.covariates.first()).map(|c| Strongest {
            covariate: c.covariate.clone(),
            left: c.left,
            explains: c.explains,
        });
        let said = (after.verb, after.unit);
        let sentence = sentence(said, (&upper, &lower), three, &raw, strongest.as_ref(), level);
        Contrast {
            e_value: after.share().then(|| e_values(three, means[three.lower], level)).flatten(),
            robustness: benchmark.map(|b| b.robustness),
            upper,
            lower,
            raw,
            adjusted,
            strata,
            causal,
            not_distinguishable: three.not_distinguishable,
            benchmark: strongest,
            control,
            sentence,
            parts: Vec::new(),
        }
    }

    /// The curve along the score.
    fn shape(&self, gathered: &Gathered, base: &Base) -> Result<ShapeFound, FitError> {
        let mut cells = Vec::new();
        for ((levels, group), scores) in &gathered.scores {
            let x = base.design(levels)[1..].to_vec();
            for (score, outcome) in scores {
                let score = *score as f64 + self.scale.min;
                cells.push(Shaped { score, x: x.clone(), fold: fold_of(*group), outcome: *outcome });
            }
        }
        let borders = self.scale.borders(self.score()).map(|b| b + self.scale.min);
        let choice = choose_shape(&cells, &borders, borders[0])?;
        let chosen = serde_json::to_value(choice.chosen).ok();
        let chosen = chosen.and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        let slopes = Some(choice.slopes).filter(|(a, b)| a.is_finite() && b.is_finite());
        Ok(ShapeFound { chosen, curve: choice.curve, slopes })
    }
}

fn raw_band(band: &Outcome, unit: Unit, level: Level) -> Estimate {
    let size = Size { n: band.rows, clusters: band.rows, events: None, effective: None };
    let (Some(mean), Some(variance)) = (band.mean(), band.variance_of_mean(unit == Unit::Share)) else {
        return Estimate::absent(Absent::NoData, unit, size);
    };
    let se = variance.sqrt();
    let interval = if unit == Unit::Share {
        shares::wilson(band.sums[1], band.sums[0], level)
    } else {
        let half = level.t(band.rows as f64 - 1.0) * se;
        Some(Interval::closed(mean - half, mean + half, level.value(), Method::T))
    };
    Estimate::new(mean, interval, unit, size).with_se(se)
}

fn raw_shares(base: &Base, three: &Three, level: Level) -> Estimate {
    let bands = base.by_band();
    let counted = |b: usize| shares::Counted { k: bands[b].sums[1], n: bands[b].sums[0] };
    let interval = shares::newcombe(counted(three.upper), counted(three.lower), level);
    Estimate::new(three.raw.value, interval, Unit::Share, size(base, &[three.upper, three.lower]))
        .with_se(three.raw.se)
}

/// The adjusted difference, with a note where the two bands lie too close.
pub(super) fn adjusted_difference(three: &Three, unit: Unit, size: Size, level: Level) -> Estimate {
    let adjusted = drawn(&three.adjusted, unit, size, level);
    if !three.not_distinguishable {
        return adjusted;
    }
    let text = "the intervals of the two bands share more than half: not distinguishable in this base";
    adjusted.with_caveat(Caveat::Note { text: text.to_owned() })
}

/// The difference over exact strata, or why there is none.
pub(super) fn over_strata(
    strata: Result<&Banded, &Refused>,
    three: &Three,
    (unit, size): (Unit, Size),
    level: Level,
) -> Estimate {
    match strata {
        Ok(bands) => drawn(&bands.contrast(three.upper, three.lower), unit, size, level),
        Err(why) => Estimate::absent(Absent::Refused(why.clone()), unit, size),
    }
}

pub(super) fn drawn(figure: &Drawn, unit: Unit, size: Size, level: Level) -> Estimate {
    Estimate::new(figure.value, Some(figure.interval(level)), unit, size).with_se(figure.se)
}

fn size(base: &Base, bands: &[usize]) -> Size {
    let all = base.by_band();
    let n = bands.iter().map(|b| all[*b].rows).sum();
    Size { n, clusters: n, events: None, effective: None }
}

/// E-value of the ratio of the two adjusted shares and of its limit nearer to 1,
/// the lower share held.
fn e_values(three: &Three, bottom: f64, level: Level) -> Option<(f64, f64)> {
    let top = bottom + three.adjusted.value;
    if top <= 0.0 || bottom <= 0.0 {
        return None;
    }
    let interval = three.adjusted.interval(level);
    let ratio = |difference: f64| ((bottom + difference) / bottom).max(0.0);
    let limit = e_value_of_limits(ratio(interval.low?), ratio(interval.high?))?;
    Some((e_value(top / bottom)?, limit))
}

/// What can be said of a difference; `verb` is what customers do, in `unit`.
pub(super) fn sentence(
    (verb, unit): (&str, Unit),
    (upper, lower): (&str, &str),
    three: &Three,
    raw: &Estimate,
    strongest: Option<&Strongest>,
    level: Level,
) -> Sentence {
    let interval = three.adjusted.interval(level);
    let clear = |i: Option<Interval>| i.is_some_and(|i| !i.contains(0.0));
    let said = match (clear(raw.interval), clear(Some(interval))) {
        (_, true) if three.raw.value * three.adjusted.value < 0.0 => Said::Turns,
        (_, true) => Said::Remains,
        (true, false) => Said::Vanishes,
        (false, false) => Said::Untold,
    };
    Sentence {
        said,
        upper: upper.to_owned(),
        lower: lower.to_owned(),
        verb: verb.to_owned(),
        raw: three.raw.value,
        adjusted: three.adjusted.value,
        interval: (interval.low.unwrap_or(f64::NEG_INFINITY), interval.high.unwrap_or(f64::INFINITY)),
        // Power of 80 %: z at 0.8 on top of the level's own.
        smallest: (level.z() + normal::quantile(Tails::below(0.8))) * three.adjusted.se,
        unit,
        benchmark: strongest.map(|s| (s.covariate.clone(), s.explains)),
    }
}

fn without_repeats(list: Vec<Refused>) -> Vec<Refused> {
    let mut kept: Vec<Refused> = Vec::new();
    for refused in list {
        if !kept.contains(&refused) {
            kept.push(refused);
        }
    }
    kept
}
