//! What is asked: which score, which windows, over which records.

use crate::ground::period::Day;
use crate::infer::Level;
use crate::tables::dataset::Dataset;

/// The records and how figures are judged.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The records.
    pub data: &'a Dataset,
    /// First day of records, and the first day after them.
    pub covered: (Day, Day),
    /// Level of every interval.
    pub level: Level,
    /// Seed of resampled worlds.
    pub seed: u64,
    /// What money needs besides the records.
    pub terms: Terms,
}

/// What money needs besides the records.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// Contribution margin as a share of revenue, after the cost to serve of the
    /// mean customer, where it is set.
    pub margin: Option<f64>,
    /// Discount rate a year.
    pub rate: f64,
    /// Years that lifetime values look ahead.
    pub years: f64,
}

/// A score that may go with behaviour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// Whether a customer would recommend us, 0 to 10.
    #[default]
    Nps,
    /// Satisfaction.
    Csat,
    /// Ease of what the customer came to do.
    Effort,
}

impl Score {
    /// Every score with its name.
    pub const ALL: [(&'static str, Self); 3] =
        [("nps", Self::Nps), ("csat", Self::Csat), ("effort", Self::Effort)];

    /// A score by its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, score)| *score)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, score)| *score == self).map_or("?", |(name, _)| name)
    }

    /// The question, by the name the records use.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Nps => "recommend",
            Self::Csat => "satisfaction",
            Self::Effort => "effort",
        }
    }

    /// Its bands, the lowest first.
    pub const fn bands(self) -> [&'static str; 3] {
        match self {
            Self::Nps => ["detractor", "passive", "promoter"],
            Self::Csat => ["dissatisfied", "neutral", "satisfied"],
            Self::Effort => ["hard", "middling", "easy"],
        }
    }
}

/// A question to the records.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The score.
    pub score: Score,
    /// Days of the outcome window; the longest of 365, 180 and 90 that the records allow unless set.
    pub window: Option<u32>,
    /// Days that covariates look back; as many as the window unless set.
    pub look_back: Option<u32>,
    /// Days between the answer and the outcome window: an answer may be the cancellation call itself.
    pub gap: u32,
    /// Outcomes by id; all that the records allow where there are none.
    pub outcomes: Vec<String>,
    /// Resampled worlds.
    pub worlds: u32,
}

impl Default for Question {
    fn default() -> Self {
        Self { score: Score::Nps, window: None, look_back: None, gap: 7, outcomes: Vec::new(), worlds: 1000 }
    }
}
