//! What a chart draws, always with its table.

use super::figure::{Figure, Format, Mark, Tone, Way};
use super::pairs::Pairs;
use super::returns::{Amount, EventPoint, GradeRow, Swing};
use super::table::Table;
use super::worth::{BacktestPoint, BandPanel, SurvivalCurve};
use schemars::JsonSchema;
use serde::Serialize;

/// A chart and everything a reader needs to trust it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
    /// Shares that are still there over time, one curve a group, with the numbers at risk below.
    Survival {
        /// One curve per group, in the order of the table below the plot.
        curves: Vec<SurvivalCurve>,
        /// Moments of the time axis at which numbers at risk are given, from 0 up.
        ticks: Vec<Mark>,
        /// What the time axis counts: `months since the contract began`.
        axis: String,
    },
    /// Outcomes by score band, or differences between bands, in columns of growing caution.
    Bands {
        /// Names of the columns: raw, adjusted, adjusted and cut to its causal share.
        columns: Vec<String>,
        /// One panel per outcome.
        panels: Vec<BandPanel>,
    },
    /// A forecast against what happened after the days it was fitted to.
    Backtest {
        /// Periods in time order.
        points: Vec<BacktestPoint>,
        /// Name of the last period that the model was fitted to.
        fitted: String,
        /// Name of the model: `BG/NBD`.
        model: String,
        /// Name of the simple forecast that it has to beat.
        baseline: String,
        /// How values are written.
        format: Format,
    },
    /// Effects by time since the start, those before it too.
    EventStudy {
        /// Points in time order.
        points: Vec<EventPoint>,
        /// What the time axis counts: `months since the start`.
        axis: String,
        /// How values are written.
        format: Format,
    },
    /// Joint draws of an amount in bins of equal width, with the line of zero.
    Density {
        /// Lower border of the first bin.
        from: f64,
        /// Upper border of the last.
        to: f64,
        /// Draws in each bin; those outside stand in the outer ones.
        counts: Vec<u32>,
        /// The 5 % point.
        low: Mark,
        /// The median.
        middle: Mark,
        /// The 95 % point.
        high: Mark,
        /// Share of draws above zero, as text.
        above: String,
        /// The grade of evidence, in words.
        grade: String,
        /// How values are written.
        format: Format,
    },
    /// What an amount would be with one input low or high and the others at their medians.
    Tornado {
        /// One entry per input, the widest first.
        swings: Vec<Swing>,
        /// The amount with all inputs at their medians.
        center: Mark,
        /// How values are written.
        format: Format,
    },
    /// Amounts as bars from zero.
    Amounts {
        /// Bars in the order to draw them.
        bars: Vec<Amount>,
        /// How values are written.
        format: Format,
    },
    /// Chains of evidence on the scale of grades.
    Grades {
        /// The grades, from best to least.
        columns: Vec<String>,
        /// One row per chain.
        rows: Vec<GradeRow>,
    },
    /// What was promised and what came, each with its range.
    Dumbbell(Pairs),
    /// What intervals say they hold, and what they held.
    Calibration(Pairs),
    /// What others claim, and what was found here.
    Claims(Pairs),
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
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TrendPoint {
    /// Period name.
    pub label: String,
    /// The figure.
    pub figure: Figure,
    /// True where the period does not hold all of its days.
    pub partial: bool,
}

/// A mark on a trend.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TrendEvent {
    /// Period name it falls in.
    pub label: String,
    /// What happened.
    pub text: String,
}

/// One panel of small multiples.
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BridgeStep {
    /// Name.
    pub label: String,
    /// A level (start, end) or a difference.
    pub value: f64,
    /// As text.
    pub text: String,
    /// True for the start and the end.
    pub level: bool,
    /// How far the value may be off, where that is known.
    pub range: Option<StepRange>,
}

/// How far a step of a bridge may be off.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StepRange {
    /// Least value of the step; none when open.
    pub low: Option<f64>,
    /// Greatest value of the step; none when open.
    pub high: Option<f64>,
    /// Both as text.
    pub text: String,
    /// True for bounds that hold whatever the unknown part is; false for an interval.
    pub bounds: bool,
}

/// One cell of a heat map.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HeatCell {
    /// Row number.
    pub row: usize,
    /// Column number.
    pub column: usize,
    /// The figure.
    pub figure: Figure,
    /// Finding id.
    pub finding: String,
    /// True where the period of the cell does not hold all of its days.
    pub partial: bool,
}

/// One outcome of a file's records.
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
