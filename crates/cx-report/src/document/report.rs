//! The whole report: sections of blocks.

use super::chart::Chart;
use super::figure::{Fact, Figure, Tone};
use super::table::Table;
use super::tile::Tile;
use schemars::JsonSchema;
use serde::Serialize;

/// Version of the JSON form. A change that removes or renames a field raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// A whole report.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Document {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What the report is called.
    pub title: String,
    /// Who it is about.
    pub company: String,
    /// The time it speaks about, in words: `1 January to 31 December 2026`.
    pub period: String,
    /// Last complete day of records, ISO.
    pub as_of: String,
    /// BCP 47 tag of the text and of number formats.
    pub language: String,
    /// ISO 4217 code of every amount, where there is one.
    pub currency: Option<String>,
    /// Two-sided level of every interval, 0..1.
    pub level: f64,
    /// Version of the program.
    pub version: String,
    /// SHA-256 over the input files and settings, hex.
    pub input_hash: String,
    /// The command that makes the same bytes again.
    pub command: String,
    /// The parts of the report, in reading order.
    pub sections: Vec<Section>,
    /// How every figure came about, by finding id.
    pub derivations: Vec<Derivation>,
}

/// One part of the report.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Section {
    /// Stable id, used as the anchor.
    pub id: String,
    /// Number or letter shown before the title; empty for the cover strip.
    pub number: String,
    /// Title.
    pub title: String,
    /// The reader's question it answers.
    pub question: String,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// A piece of content.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// A heading inside the section.
    Heading {
        /// The words.
        text: String,
    },
    /// A paragraph.
    Text {
        /// The words.
        text: String,
    },
    /// Label and value pairs on one strip.
    Facts {
        /// The pairs.
        facts: Vec<Fact>,
    },
    /// Findings as sentences, most important first.
    Findings {
        /// The sentences.
        findings: Vec<Sentence>,
    },
    /// One tile per metric.
    Tiles {
        /// The tiles.
        tiles: Vec<Tile>,
    },
    /// A chart, always with its table.
    Chart(Box<Chart>),
    /// A table on its own.
    Table(Table),
    /// Figures that must not be given, or cannot be given yet.
    Refusals {
        /// One entry per question.
        refusals: Vec<Refusal>,
    },
    /// What further data would make possible.
    Unlocks {
        /// One step per kind of data.
        steps: Vec<Unlock>,
    },
}

/// A finding in one sentence.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Sentence {
    /// Finding id, a key of the document's derivations.
    pub finding: String,
    /// The sentence, with every number in it already formatted.
    pub text: String,
    /// How it bears on the reader.
    pub tone: Tone,
}

/// A figure that is not given.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Refusal {
    /// The question.
    pub question: String,
    /// Why it cannot be answered.
    pub reason: String,
    /// What would lift it.
    pub lift: String,
}

/// What one more kind of data would make possible.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Unlock {
    /// The data: `transactions joined by customer`.
    pub data: String,
    /// What it makes possible.
    pub gives: String,
    /// Metrics it would add.
    pub metrics: Vec<String>,
}

/// How a figure came about: from the formula to the rows.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Derivation {
    /// Finding id.
    pub finding: String,
    /// Metric id with its variant.
    pub metric: String,
    /// Metric name.
    pub name: String,
    /// What it measures.
    pub meaning: String,
    /// The formula as it was run.
    pub formula: String,
    /// Where the definition comes from.
    pub source: String,
    /// Whom it speaks about, and when.
    pub population: String,
    /// How the interval was made, in words; empty without one.
    pub interval: String,
    /// The figure.
    pub figure: Figure,
    /// The numbers the formula was given, in order.
    pub inputs: Vec<Fact>,
    /// Files read, with rows and hash.
    pub files: Vec<Fact>,
    /// The command that shows the same and lists the rows.
    pub command: String,
}
