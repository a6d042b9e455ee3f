//! The document model: sections of blocks, every number a [`Figure`].
//!
//! This is the contract between the engine and every reader: the terminal,
//! Markdown, CSV and JSON renderers, and the web application that draws the
//! HTML report and the dashboard. `docs/generated/document.schema.json` is
//! made from it.

mod chart;
mod figure;
mod pairs;
mod report;
mod returns;
mod schema;
mod table;
mod tile;
mod worth;

pub use chart::{
    Bar, BridgeStep, Chart, ChartData, ControlPoint, ForestGroup, HeatCell, Panel, RecordPart, StepRange,
    TrendEvent, TrendPoint,
};
pub use figure::{Fact, Figure, Format, Mark, Tone, Way};
pub use pairs::{PairRow, Pairs, Span};
pub use report::{Block, Derivation, Document, Refusal, SCHEMA_VERSION, Section, Sentence, Unlock};
pub use returns::{Amount, EventPoint, GradeRow, Swing};
pub use schema::schema;
pub use table::{Cell, Column, Table};
pub use tile::{Change, Target, Tile};
pub use worth::{BacktestPoint, BandCell, BandPanel, BandRow, SurvivalCurve, SurvivalStep};
