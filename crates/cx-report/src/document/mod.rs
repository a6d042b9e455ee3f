//! The document model: sections of blocks, every number a [`Figure`].
//!
//! This is the contract between the engine and every reader: the terminal,
//! Markdown, CSV and JSON renderers, and the web application that draws the
//! HTML report and the dashboard. `docs/generated/document.schema.json` is
//! made from it.

mod chart;
mod figure;
mod report;
mod schema;
mod table;
mod tile;

pub use chart::{
    BacktestPoint, BandCell, BandPanel, BandRow, Bar, BridgeStep, Chart, ChartData, ControlPoint,
    ForestGroup, HeatCell, Panel, RecordPart, StepRange, SurvivalCurve, SurvivalStep, TrendEvent, TrendPoint,
};
pub use figure::{Fact, Figure, Format, Mark, Tone, Way};
pub use report::{Block, Derivation, Document, Refusal, SCHEMA_VERSION, Section, Sentence, Unlock};
pub use schema::schema;
pub use table::{Cell, Column, Table};
pub use tile::{Change, Target, Tile};
