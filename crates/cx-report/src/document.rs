//! The document model: sections of blocks, every number a [`Figure`].
//!
//! This is the contract between the engine and every reader: the terminal,
//! Markdown, CSV and JSON renderers, and the web application that draws the
//! HTML report and the dashboard. `docs/generated/document.schema.json` is
//! made from it and snapshotted.

use serde::Serialize;

/// Version of the JSON form. A change that removes or renames a field raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// A whole report.
#[derive(Debug, Clone, Serialize)]
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
#[derive(Debug, Clone, Serialize)]
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
#[derive(Debug, Clone, Serialize)]
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

/// A label and its value.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// Label.
    pub label: String,
    /// Value as text.
    pub value: String,
    /// How to take it: decides its colour.
    pub tone: Tone,
}

/// How a statement bears on the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Neither good nor bad.
    Neutral,
    /// Good.
    Good,
    /// Bad.
    Bad,
    /// Needs attention before the numbers are used.
    Warning,
}

/// A finding in one sentence.
#[derive(Debug, Clone, Serialize)]
pub struct Sentence {
    /// Finding id, a key of [`Document::derivations`].
    pub finding: String,
    /// The sentence, with every number in it already formatted.
    pub text: String,
    /// How it bears on the reader.
    pub tone: Tone,
}

/// A number with its interval, as value and as text.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// The number in engine units (shares 0..1, time in seconds), or none with `absent`.
    pub value: Option<f64>,
    /// Lower limit; none when open or without interval.
    pub low: Option<f64>,
    /// Upper limit; none when open or without interval.
    pub high: Option<f64>,
    /// Stable name of the unit of value and limits: `share`, `points`, `money`, `seconds`.
    pub unit: String,
    /// The number as text: `54.7 %`, `+30.0`, `€ 1,204`.
    pub text: String,
    /// The interval as text: `54.4 to 55.0`; empty without one.
    pub interval: String,
    /// Rows behind it, as text: `129,880`.
    pub n: String,
    /// How axis ticks of this figure are written.
    pub format: Format,
    /// Why there is no number, in words.
    pub absent: Option<String>,
    /// Doubts to show beside it, in words.
    pub caveats: Vec<String>,
}

/// How the numbers of an axis are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Share 0..1 written in percent.
    Percent,
    /// A plain number.
    Number,
    /// A signed net.
    Points,
    /// Money in the document's currency.
    Money,
    /// Seconds, written in the fitting unit of time.
    Duration,
}

/// A value marked on a chart's axis, with its text: a target, an overall value.
#[derive(Debug, Clone, Serialize)]
pub struct Mark {
    /// Where it stands, in engine units.
    pub value: f64,
    /// The number as text.
    pub text: String,
}

/// A metric on one card.
#[derive(Debug, Clone, Serialize)]
pub struct Tile {
    /// Finding id.
    pub finding: String,
    /// Metric id with its variant: `csat_t2b`, `fcr_window[W=7d]`.
    pub metric: String,
    /// Name in the report's language.
    pub name: String,
    /// The figure.
    pub figure: Figure,
    /// Ends of the bullet bar's axis.
    pub axis: (f64, f64),
    /// Which way is better.
    pub direction: Way,
    /// The plan's value and verdict.
    pub target: Option<Target>,
    /// Change against the previous period; absent where none may be given.
    pub change: Option<Change>,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither by itself.
    None,
}

/// A target and how the figure stands to it.
#[derive(Debug, Clone, Serialize)]
pub struct Target {
    /// The planned value.
    pub value: f64,
    /// As text.
    pub text: String,
    /// `meets`, `misses` or `cannot be told from`.
    pub verdict: String,
    /// How the verdict bears on the reader.
    pub tone: Tone,
}

/// A change with its interval.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// Against what: `vs 2026-02`.
    pub against: String,
    /// The difference.
    pub figure: Figure,
    /// True where the interval excludes 0 after correction for many looks:
    /// only then is there an arrow.
    pub significant: bool,
    /// How it bears on the reader.
    pub tone: Tone,
}

/// A table.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// Stable id.
    pub id: String,
    /// Caption.
    pub title: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows of as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Remark under the table; may be empty.
    pub note: String,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// Heading.
    pub title: String,
    /// True for numbers, which are set to the right.
    pub numeric: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Cell {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// A figure, with its finding where it has one.
    Figure {
        /// The figure.
        figure: Box<Figure>,
        /// Finding id.
        finding: Option<String>,
    },
}

/// A chart and everything a reader needs to trust it.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// Stable id.
    pub id: String,
    /// Title.
    pub title: String,
    /// The finding in one sentence: caption and screen-reader text.
    pub summary: String,
    /// n, period, variant, interval level and freshness, in one line.
    pub note: String,
    /// What is drawn.
    pub data: ChartData,
    /// The same content as a table.
    pub table: Table,
}

/// What a chart draws. The application maps each kind to one drawing function.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChartData {
    /// A series with its interval band.
    Trend {
        /// Points in time order.
        points: Vec<TrendPoint>,
        /// How values are written.
        format: Format,
        /// Planned value, drawn as a line.
        target: Option<Mark>,
        /// Events to mark (initiatives, survey changes).
        events: Vec<TrendEvent>,
    },
    /// Several small trends on shared time, one panel each.
    SmallMultiples {
        /// One panel per metric.
        panels: Vec<Panel>,
    },
    /// Groups with intervals on one axis, and the overall value as a line.
    Forest {
        /// Groups in the order to draw them.
        groups: Vec<ForestGroup>,
        /// The overall value.
        overall: Option<Mark>,
        /// How values are written.
        format: Format,
        /// Which way is better.
        direction: Way,
    },
    /// Answers per scale point, bands coloured.
    Distribution {
        /// Bars from the lowest point up.
        bars: Vec<Bar>,
    },
    /// From one period's score to the next: within segments, and by mix.
    Bridge {
        /// Start, steps and end.
        steps: Vec<BridgeStep>,
        /// How values are written.
        format: Format,
    },
    /// Items by groups, coloured by value.
    Heatmap {
        /// Column names.
        columns: Vec<String>,
        /// Row names.
        rows: Vec<String>,
        /// One entry per shown cell.
        cells: Vec<HeatCell>,
        /// How values are written.
        format: Format,
        /// Which way is better.
        direction: Way,
    },
    /// Where every record of a file went.
    Records {
        /// Outcomes that add to the total.
        parts: Vec<RecordPart>,
        /// Rows in the file.
        total: u64,
        /// The same as text.
        text: String,
    },
    /// Points with control limits.
    Control {
        /// Points in time order.
        points: Vec<ControlPoint>,
        /// Centre line.
        center: Mark,
        /// How values are written.
        format: Format,
    },
}

/// One point of a trend.
#[derive(Debug, Clone, Serialize)]
pub struct TrendPoint {
    /// Period name.
    pub label: String,
    /// The figure.
    pub figure: Figure,
    /// True where the period does not hold all of its days.
    pub partial: bool,
}

/// A mark on a trend.
#[derive(Debug, Clone, Serialize)]
pub struct TrendEvent {
    /// Period name it falls in.
    pub label: String,
    /// What happened.
    pub text: String,
}

/// One panel of small multiples.
#[derive(Debug, Clone, Serialize)]
pub struct Panel {
    /// Finding id of the metric over the whole window.
    pub finding: String,
    /// Metric name.
    pub title: String,
    /// Points in time order.
    pub points: Vec<TrendPoint>,
    /// How values are written.
    pub format: Format,
    /// Planned value.
    pub target: Option<Mark>,
}

/// One group of a forest chart.
#[derive(Debug, Clone, Serialize)]
pub struct ForestGroup {
    /// Finding id.
    pub finding: String,
    /// Group name.
    pub label: String,
    /// The group's own figure.
    pub figure: Figure,
    /// The figure pulled towards the overall value by its reliability.
    pub shrunk: Option<Mark>,
    /// True where the group differs from the rest after correction for many looks.
    pub differs: bool,
}

/// One bar of a distribution.
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    /// Scale point.
    pub label: String,
    /// Answers.
    pub n: u64,
    /// Share of answers.
    pub share: f64,
    /// Share as text.
    pub text: String,
    /// Which band of the scale it belongs to.
    pub tone: Tone,
}

/// One step of a bridge.
#[derive(Debug, Clone, Serialize)]
pub struct BridgeStep {
    /// Name.
    pub label: String,
    /// A level (start, end) or a difference.
    pub value: f64,
    /// As text.
    pub text: String,
    /// True for the start and the end.
    pub level: bool,
}

/// One cell of a heat map.
#[derive(Debug, Clone, Serialize)]
pub struct HeatCell {
    /// Row number.
    pub row: usize,
    /// Column number.
    pub column: usize,
    /// The figure.
    pub figure: Figure,
    /// Finding id.
    pub finding: String,
}

/// One outcome of a file's records.
#[derive(Debug, Clone, Serialize)]
pub struct RecordPart {
    /// Name: `answered`, `dismissed`, `out of scale`.
    pub label: String,
    /// Rows.
    pub n: u64,
    /// Rows as text.
    pub text: String,
    /// How it bears on the reader.
    pub tone: Tone,
}

/// One point of a control chart.
#[derive(Debug, Clone, Serialize)]
pub struct ControlPoint {
    /// Sample or period name.
    pub label: String,
    /// The statistic.
    pub value: f64,
    /// As text.
    pub text: String,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// True outside the limits or in a run that breaks a rule.
    pub signal: bool,
}

/// A figure that is not given.
#[derive(Debug, Clone, Serialize)]
pub struct Refusal {
    /// The question.
    pub question: String,
    /// Why it cannot be answered.
    pub reason: String,
    /// What would lift it.
    pub lift: String,
}

/// What one more kind of data would make possible.
#[derive(Debug, Clone, Serialize)]
pub struct Unlock {
    /// The data: `transactions joined by customer`.
    pub data: String,
    /// What it makes possible.
    pub gives: String,
    /// Metrics it would add.
    pub metrics: Vec<String>,
}

/// How a figure came about: from the formula to the rows.
#[derive(Debug, Clone, Serialize)]
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
