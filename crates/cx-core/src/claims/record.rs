//! A claim as it was found.

use super::{Reliability, Size};
use serde::{Deserialize, Serialize};

/// One of the eight things without which a claim says little.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Who it is about.
    Population,
    /// The level before.
    Base,
    /// Whether the change is relative or in points.
    AbsoluteOrRelative,
    /// Unit and scale.
    UnitAndScale,
    /// Over how long.
    Window,
    /// Against what.
    Comparator,
    /// How it was found.
    Design,
    /// Who says so, where.
    Source,
}

/// What a claim states of the eight.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Stated {
    /// Who it is about.
    pub population: Option<String>,
    /// The level before.
    pub base: Option<String>,
    /// Whether the change is relative or in points.
    pub absolute_or_relative: Option<String>,
    /// Unit and scale.
    pub unit_and_scale: Option<String>,
    /// Over how long.
    pub window: Option<String>,
    /// Against what.
    pub comparator: Option<String>,
    /// How it was found.
    pub design: Option<String>,
    /// Who says so, where.
    pub source: Option<String>,
}

impl Stated {
    /// Which of the eight are not stated; blank is not stated.
    ///
    /// # Examples
    /// ```
    /// use cx_core::claims::{Field, Stated};
    /// let stated = Stated { population: Some("hotel guests".into()), ..Stated::default() };
    /// assert_eq!((stated.missing()[0], stated.missing().len()), (Field::Base, 7));
    /// ```
    pub fn missing(&self) -> Vec<Field> {
        let all = [
            (Field::Population, &self.population),
            (Field::Base, &self.base),
            (Field::AbsoluteOrRelative, &self.absolute_or_relative),
            (Field::UnitAndScale, &self.unit_and_scale),
            (Field::Window, &self.window),
            (Field::Comparator, &self.comparator),
            (Field::Design, &self.design),
            (Field::Source, &self.source),
        ];
        let blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
        all.into_iter().filter(|(_, text)| blank(text)).map(|(field, _)| field).collect()
    }
}

/// A claim with its grade and what is known about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Its id.
    pub claim_id: String,
    /// Who it is about.
    pub subject: String,
    /// What is said to bring it about.
    pub cause: String,
    /// What is said to change.
    pub effect: String,
    /// By how much, in the words of the source.
    pub magnitude: String,
    /// In what, in the words of the source.
    pub unit: String,
    /// The text it was found in.
    pub seed: String,
    /// Whether it is said as cause, association, case or description.
    pub kind: String,
    /// What it leaves open, in words; shown first.
    pub missing: String,
    /// How far it can be trusted.
    pub grade: Reliability,
    /// Whether it agrees with itself and with arithmetic.
    pub coherence_check: String,
    /// What else is known, with sources.
    pub literature: String,
    /// Its weight in a prior, 0..1; the grade's where it is not given.
    #[serde(default)]
    pub prior_weight: Option<f64>,
    /// Where it stands.
    pub status: String,
    /// Which of the eight fields it states. The shipped claims state none in a
    /// form that could be used.
    #[serde(default)]
    pub stated: Stated,
}

impl Claim {
    /// The size it names.
    pub fn size(&self) -> Size {
        Size::read(&self.magnitude, &self.unit)
    }

    /// Its weight in a prior, 0..1: the record's, or else that of its grade.
    pub fn weight(&self) -> f64 {
        self.prior_weight.unwrap_or_else(|| self.grade.weight())
    }

    /// The size that it names, with its unit.
    ///
    /// # Examples
    /// ```
    /// let claim = cx_core::claims::shipped().unwrap().claim("C08").unwrap();
    /// assert_eq!(claim.told_size(), "+25 to +95 %");
    /// let claim = cx_core::claims::shipped().unwrap().claim("C11").unwrap();
    /// assert_eq!(claim.told_size(), "−80 % (improvement)");
    /// ```
    pub fn told_size(&self) -> String {
        let unit = self.unit.split(" (").next().unwrap_or_default();
        match unit {
            "-" | "sign" | "order" | "count" => self.magnitude.clone(),
            unit => {
                let (number, remark) = match self.magnitude.split_once(" (") {
                    Some((number, remark)) => (number, format!(" ({remark}")),
                    None => (self.magnitude.as_str(), String::new()),
                };
                format!("{} {unit}{remark}", number.replace("..", " to ").replace('-', "−"))
            }
        }
    }

    /// What it says, as the end of a sentence.
    pub fn told(&self) -> String {
        let size = self.told_size();
        match self.cause.as_str() {
            "-" => format!("{}: {size}, {}", self.effect, self.subject),
            cause => format!("{cause} → {}: {size}", self.effect),
        }
    }

    /// True where all eight fields are stated.
    pub fn is_complete(&self) -> bool {
        self.stated.missing().is_empty()
    }
}

/// A finding from outside worth showing beside the claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Its id.
    pub anchor_id: String,
    /// Who it is about.
    pub subject: String,
    /// What was found.
    pub statement: String,
    /// By how much.
    pub magnitude: String,
    /// How.
    pub design: String,
    /// How far it can be trusted.
    pub grade: Reliability,
    /// By whom.
    pub source: String,
}
