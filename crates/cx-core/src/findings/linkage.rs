//! What the linkage study found: differences between bands, and one sentence each.

use super::Fact;
use crate::ground::estimate::{Estimate, Refused};
use crate::ground::unit::Unit;
use serde::Serialize;

/// Everything the linkage study found about one score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkageReport {
    /// The score.
    pub score: String,
    /// Its bands, the lowest first.
    pub bands: Vec<String>,
    /// Days that covariates look back.
    pub look_back_days: u32,
    /// Days between the answer and the outcome window.
    pub gap_days: u32,
    /// Days of the outcome window.
    pub window_days: u32,
    /// First and last day of the answers that count.
    pub answered: (String, String),
    /// Where answers and customers went.
    pub population: Population,
    /// What was adjusted for, with its levels.
    pub covariates: Vec<(String, Vec<String>)>,
    /// Who answered.
    pub response: Option<ResponseCheck>,
    /// The causal share used for the last column.
    pub kappa: KappaUsed,
    /// One entry an outcome.
    pub outcomes: Vec<OutcomeLinkage>,
    /// What one point of NPS would be worth, by who moves; empty for other scores.
    pub points: Vec<PointValue>,
    /// What was not answered, with the rule.
    pub refused: Vec<Refused>,
    /// Every figure with its id.
    pub facts: Vec<Fact>,
}

/// What one point of NPS would be worth if these customers moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PointValue {
    /// Who moves: `passive-to-promoter`.
    pub path: String,
    /// Share of the base that moves.
    pub share: f64,
    /// Lifetime value, per customer of the base, causal share applied.
    pub worth: Estimate,
}

/// Where answers and customers went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Population {
    /// Customers whose latest answer counts.
    pub answered: u64,
    /// Customers of the base without an answer; 0 where they are not known.
    pub silent: u64,
    /// Answers whose outcome window is not over.
    pub late: u64,
    /// Answers too close to the start of the records.
    pub early: u64,
    /// Answers replaced by a later one, or by somebody who was no customer any more.
    pub others: u64,
}

/// Who answered, and whether that can be told from what is known of everybody.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseCheck {
    /// Share of the base that answered.
    pub rate: f64,
    /// R-indicator: 1 where everybody was as likely to answer.
    pub representativeness: Option<f64>,
    /// Largest bias of a mean score that the strata could explain, in points of the scale.
    pub largest_bias: Option<f64>,
    /// Calibration of the chance to answer on customers it was not fitted on:
    /// constant, slope, area under the curve.
    pub calibration: Option<(f64, Option<f64>, Option<f64>)>,
}

/// The causal share used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KappaUsed {
    /// Its mean.
    pub mean: f64,
    /// Lower and upper limit.
    pub interval: (f64, f64),
    /// `prior`, `updated` or `measured`.
    pub origin: String,
    /// Initiatives that entered.
    pub initiatives: usize,
}

/// What was found about one outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutcomeLinkage {
    /// Its id: `kept`, `spend`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What customers do, as a verb.
    pub verb: String,
    /// Unit of its means.
    pub unit: Unit,
    /// How far a lifetime value looks; none where the outcome is that of the window.
    pub horizon: Option<Horizon>,
    /// One entry a band, the lowest first.
    pub bands: Vec<BandOutcome>,
    /// Differences between bands.
    pub contrasts: Vec<Contrast>,
    /// The curve along the score, where one can be chosen.
    pub shape: Option<ShapeFound>,
    /// Outcome per score point between customers and within them.
    pub slopes: Option<SlopesFound>,
    /// Share of the base in exact strata with enough answers of every band; none where there were none.
    pub support: Option<f64>,
    /// Share of the base where every band has 5 answers of customers about as likely to be in it.
    pub overlap: f64,
    /// Share of the base whose propensities were clipped.
    pub clipped: f64,
    /// What could not be given.
    pub refused: Vec<Refused>,
}

/// How far a lifetime value looks, and on what terms.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Horizon {
    /// Years.
    pub years: f64,
    /// Outcome windows in them, each like the first.
    pub windows: u32,
    /// Discount rate a year.
    pub rate: f64,
    /// Margin as a share of revenue; none for a value in revenue.
    pub margin: Option<f64>,
    /// True where the band's own cost to serve is taken off.
    pub service: bool,
}

/// One band of one outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BandOutcome {
    /// The band.
    pub band: String,
    /// Customers in it.
    pub n: u64,
    /// Mean as the answers have it.
    pub raw: Estimate,
    /// Mean if the whole base were in it, other things as they are.
    pub adjusted: Estimate,
}

/// A difference between two bands in its three columns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contrast {
    /// The upper band.
    pub upper: String,
    /// The lower band.
    pub lower: String,
    /// As the answers have it.
    pub raw: Estimate,
    /// After adjustment.
    pub adjusted: Estimate,
    /// The same over exact strata, the check.
    pub strata: Estimate,
    /// Adjusted times the causal share: what moving the score would bring.
    pub causal: Estimate,
    /// True where the intervals of the two adjusted bands share more than half of the shorter.
    pub not_distinguishable: bool,
    /// Share of what is left of band and outcome that a hidden factor would have to explain.
    pub robustness: Option<f64>,
    /// E-value of the difference and of its limit nearer to none, for shares.
    pub e_value: Option<(f64, f64)>,
    /// The covariate that, if a hidden factor were as strong, would take most; and
    /// whether it would take everything.
    pub benchmark: Option<Strongest>,
    /// The difference before the answer, which the score cannot have made.
    pub control: Option<ControlFound>,
    /// The sentence, as data.
    pub sentence: Sentence,
    /// Where an adjusted difference of lifetime values comes from; the parts sum to it.
    pub parts: Vec<GapPart>,
}

/// A part of a difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GapPart {
    /// `retention`, `spend`, `service`.
    pub id: String,
    /// In words: `from staying longer`.
    pub name: String,
    /// The part, with its interval.
    pub estimate: Estimate,
}

/// The strongest known covariate as a measure of what is hidden.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Strongest {
    /// The covariate.
    pub covariate: String,
    /// The difference that a hidden factor as strong would leave.
    pub left: f64,
    /// True where it would leave nothing.
    pub explains: bool,
}

/// A difference that ought not to be there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ControlFound {
    /// The difference in the outcome before the answer, adjusted the same way.
    pub before: Estimate,
    /// True where its interval keeps clear of 0.
    pub fails: bool,
    /// The adjusted difference less that, where it fails.
    pub corrected: Option<Estimate>,
}

/// Which curve the outcome follows along the score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShapeFound {
    /// The simplest curve within one standard error of the best.
    pub chosen: String,
    /// Fitted outcome by score point, at mean covariates.
    pub curve: Vec<(f64, f64)>,
    /// Outcome per score point below and above the border of the lowest band.
    pub slopes: Option<(f64, f64)>,
}

/// Outcome per score point, found in two ways.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SlopesFound {
    /// Between customers, adjusted.
    pub between: Estimate,
    /// Within customers who answered twice, change on change.
    pub within: Option<Estimate>,
    /// The one that money may use: the smaller in absolute value.
    pub used: f64,
    /// True where their signs differ: then the score only moves at the same time (grade T).
    pub signs_conflict: bool,
    /// Why there is none within customers.
    pub lacking: Option<Refused>,
}

/// What can be said of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// It is there after adjustment.
    Remains,
    /// It is there after adjustment, and its sign has turned.
    Turns,
    /// It is there as the answers have it and cannot be told from none after adjustment.
    Vanishes,
    /// It cannot be told from none either way.
    Untold,
}

/// One sentence about a difference, as data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sentence {
    /// What can be said.
    pub said: Said,
    /// The upper band.
    pub upper: String,
    /// The lower band.
    pub lower: String,
    /// What customers do, as a verb.
    pub verb: String,
    /// The difference as the answers have it.
    pub raw: f64,
    /// The difference after adjustment.
    pub adjusted: f64,
    /// Lower and upper limit of that.
    pub interval: (f64, f64),
    /// The smallest difference that would have been told from none in four of five such samples.
    pub smallest: f64,
    /// Unit of all of them.
    pub unit: Unit,
    /// The covariate that serves as a measure, and whether a hidden factor as strong could explain the difference.
    pub benchmark: Option<(String, bool)>,
}

impl Sentence {
    /// The sentence in English; `number` writes a difference, `band` names a group in the plural.
    ///
    /// # Examples
    /// ```
    /// use cx_core::findings::{Said, Sentence};
    /// use cx_core::ground::unit::Unit;
    /// let sentence = Sentence {
    ///     said: Said::Vanishes,
    ///     upper: "promoter".into(),
    ///     lower: "detractor".into(),
    ///     verb: "stay".into(),
    ///     raw: 0.14,
    ///     adjusted: 0.01,
    ///     interval: (-0.02, 0.04),
    ///     smallest: 0.043,
    ///     unit: Unit::Share,
    ///     benchmark: None,
    /// };
    /// let words = sentence.words(|x| format!("{:+.1} points", 100.0 * x));
    /// assert!(words.starts_with("Promoters stay 14.0 points more often than detractors as the answers have it"));
    /// assert!(words.contains("nothing of it can be told from zero"));
    /// ```
    pub fn words(&self, number: impl Fn(f64) -> String) -> String {
        let Self { upper, lower, verb, raw, adjusted, interval: (low, high), .. } = self;
        let (upper, lower) = (starting(&band_members(upper)), band_members(lower));
        let size = |x: f64| number(x.abs()).trim_start_matches('+').to_owned();
        let more = |x: f64| match (x < 0.0, self.unit == Unit::Share) {
            (false, false) => "more",
            (true, false) => "less",
            (false, true) => "more often",
            (true, true) => "less often",
        };
        let limits = format!("{} to {}", number(*low), number(*high));
        let hidden = self.benchmark.as_ref().map_or_else(String::new, |(name, explains)| {
            let could = if *explains { "could" } else { "could not" };
            format!("; a hidden factor as strong as {name} {could} explain it")
        });
        match self.said {
            Said::Remains => format!(
                "{upper} {verb} {} {} than {lower} ({limits}) after adjustment, {} {} before{hidden}.",
                size(*adjusted),
                more(*adjusted),
                size(*raw),
                more(*raw),
            ),
            Said::Turns => format!(
                "{upper} {verb} {} {} than {lower} ({limits}) after adjustment, against {} {} before: \
                 the difference turned{hidden}.",
                size(*adjusted),
                more(*adjusted),
                size(*raw),
                more(*raw),
            ),
            Said::Vanishes => format!(
                "{upper} {verb} {} {} than {lower} as the answers have it; after adjustment nothing of it can be told \
                 from zero ({limits}): they were different customers before they were asked.",
                size(*raw),
                more(*raw),
            ),
            Said::Untold => format!(
                "{upper} {verb} neither measurably more nor less than {lower}: {} after adjustment ({limits}); \
                 a difference of {} would most likely have been seen.",
                number(*adjusted),
                size(self.smallest),
            ),
        }
    }
}

/// A band as a group of people: `promoters`, `satisfied customers`.
///
/// # Examples
/// ```
/// assert_eq!(cx_core::findings::band_members("promoter"), "promoters");
/// assert_eq!(cx_core::findings::band_members("easy"), "easy customers");
/// ```
pub fn band_members(band: &str) -> String {
    match band {
        "promoter" | "passive" | "detractor" => format!("{band}s"),
        other => format!("{other} customers"),
    }
}

/// The same at the start of a sentence.
fn starting(group: &str) -> String {
    let mut letters = group.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
