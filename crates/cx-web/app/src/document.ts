/**
 * The document as the Rust side writes it (`crates/cx-report/src/document/`).
 *
 * Written by hand, field by field; `document.test.ts` holds these types to a
 * sample that Rust wrote. Numbers that a reader sees are always `text`; the
 * values beside them only say where a mark stands on an axis.
 */

import type { Pairs } from './pairs';
import type { Amounts, Density, EventStudy, Grades, Tornado } from './returns';

export type * from './pairs';
export type * from './returns';

export const SCHEMA_VERSION = 1;

export interface Document {
  schema_version: number;
  title: string;
  company: string;
  period: string;
  as_of: string;
  language: string;
  currency: string | null;
  level: number;
  version: string;
  input_hash: string;
  command: string;
  sections: Section[];
  derivations: Derivation[];
}

export interface Section {
  id: string;
  number: string;
  title: string;
  question: string;
  blocks: Block[];
}

export type Block =
  | { type: 'heading'; text: string }
  | { type: 'text'; text: string }
  | { type: 'facts'; facts: Fact[] }
  | { type: 'findings'; findings: Sentence[] }
  | { type: 'tiles'; tiles: Tile[] }
  | ({ type: 'chart' } & Chart)
  | ({ type: 'table' } & Table)
  | { type: 'refusals'; refusals: Refusal[] }
  | { type: 'unlocks'; steps: Unlock[] };

export type Tone = 'neutral' | 'good' | 'bad' | 'warning';
export type Way = 'up' | 'down' | 'none';
export type Format = 'percent' | 'number' | 'points' | 'money' | 'duration';

export interface Fact {
  label: string;
  value: string;
  tone: Tone;
}

export interface Sentence {
  finding: string;
  text: string;
  tone: Tone;
}

export interface Figure {
  value: number | null;
  low: number | null;
  high: number | null;
  /** Stable name of the unit of value and limits. */
  unit: string;
  text: string;
  interval: string;
  n: string;
  format: Format;
  absent: string | null;
  caveats: string[];
}

export interface Mark {
  value: number;
  text: string;
}

export interface Tile {
  finding: string;
  metric: string;
  name: string;
  figure: Figure;
  axis: [number, number];
  direction: Way;
  target: Target | null;
  change: Change | null;
}

export interface Target extends Mark {
  verdict: string;
  tone: Tone;
}

export interface Change {
  against: string;
  figure: Figure;
  significant: boolean;
  tone: Tone;
}

export interface Table {
  id: string;
  title: string;
  columns: Column[];
  rows: Cell[][];
  note: string;
  /** Folded away on a screen until it is asked for. */
  folded: boolean;
}

export interface Column {
  title: string;
  numeric: boolean;
}

export type Cell =
  | { type: 'text'; text: string }
  | { type: 'figure'; figure: Figure; finding: string | null };

export interface Chart {
  id: string;
  title: string;
  summary: string;
  note: string;
  data: ChartData;
  table: Table;
}

export type ChartData =
  | ({ kind: 'trend' } & Trend)
  | { kind: 'small_multiples'; panels: Panel[] }
  | ({ kind: 'forest' } & Forest)
  | { kind: 'distribution'; bars: Bar[] }
  | { kind: 'bridge'; steps: BridgeStep[]; format: Format }
  | ({ kind: 'heatmap' } & Heatmap)
  | ({ kind: 'records' } & Records)
  | ({ kind: 'survival' } & Survival)
  | ({ kind: 'bands' } & Bands)
  | ({ kind: 'backtest' } & Backtest)
  | ({ kind: 'event_study' } & EventStudy)
  | ({ kind: 'density' } & Density)
  | ({ kind: 'tornado' } & Tornado)
  | ({ kind: 'amounts' } & Amounts)
  | ({ kind: 'grades' } & Grades)
  | ({ kind: 'dumbbell' } & Pairs)
  | ({ kind: 'calibration' } & Pairs)
  | ({ kind: 'claims' } & Pairs)
  | ({ kind: 'control' } & Control);

export interface Trend {
  points: TrendPoint[];
  format: Format;
  target: Mark | null;
  events: TrendEvent[];
}

export interface TrendPoint {
  label: string;
  figure: Figure;
  partial: boolean;
}

export interface TrendEvent {
  label: string;
  text: string;
}

export interface Panel {
  finding: string;
  title: string;
  points: TrendPoint[];
  format: Format;
  target: Mark | null;
}

export interface Forest {
  groups: ForestGroup[];
  overall: Mark | null;
  format: Format;
  direction: Way;
}

export interface ForestGroup {
  finding: string;
  label: string;
  figure: Figure;
  shrunk: Mark | null;
  differs: boolean;
}

export interface Bar {
  label: string;
  n: number;
  share: number;
  text: string;
  tone: Tone;
}

export interface BridgeStep {
  label: string;
  value: number;
  text: string;
  level: boolean;
  range: StepRange | null;
}

export interface StepRange {
  low: number | null;
  high: number | null;
  text: string;
  /** Bounds that hold whatever the unknown part is, rather than an interval. */
  bounds: boolean;
}

export interface Heatmap {
  columns: string[];
  rows: string[];
  cells: HeatCell[];
  format: Format;
  direction: Way;
}

export interface HeatCell {
  row: number;
  column: number;
  figure: Figure;
  finding: string;
  partial: boolean;
}

export interface Records {
  parts: RecordPart[];
  total: number;
  text: string;
}

export interface RecordPart {
  label: string;
  n: number;
  text: string;
  tone: Tone;
}

export interface Control {
  points: ControlPoint[];
  center: Mark;
  format: Format;
}

export interface ControlPoint {
  label: string;
  value: number;
  text: string;
  low: number;
  high: number;
  signal: boolean;
}

export interface Survival {
  curves: SurvivalCurve[];
  /** Moments at which numbers at risk are given. */
  ticks: Mark[];
  /** What the time axis counts. */
  axis: string;
}

export interface SurvivalCurve {
  finding: string;
  label: string;
  /** The curve keeps each share until the next step. */
  steps: SurvivalStep[];
  end: number;
  censored: number[];
  /** The share at each tick; its `n` counts those still watched then. */
  at_ticks: Figure[];
  median: Figure;
}

export interface SurvivalStep {
  time: number;
  share: number;
  low: number | null;
  high: number | null;
}

export interface Bands {
  columns: string[];
  panels: BandPanel[];
}

export interface BandPanel {
  title: string;
  rows: BandRow[];
  format: Format;
  /** The axis holds zero. */
  zero: boolean;
}

export interface BandRow {
  finding: string;
  label: string;
  cells: BandCell[];
}

export interface BandCell {
  figure: Figure;
  /** Can be told from the band it is held against; none for that band itself. */
  apart: boolean | null;
}

export interface Backtest {
  points: BacktestPoint[];
  /** Name of the last period that the model was fitted to. */
  fitted: string;
  model: string;
  baseline: string;
  format: Format;
}

export interface BacktestPoint {
  label: string;
  actual: Mark | null;
  model: Figure | null;
  baseline: Mark | null;
}

export interface Refusal {
  question: string;
  reason: string;
  lift: string;
}

export interface Unlock {
  data: string;
  gives: string;
  metrics: string[];
}

export interface Derivation {
  finding: string;
  metric: string;
  name: string;
  meaning: string;
  formula: string;
  source: string;
  population: string;
  interval: string;
  figure: Figure;
  inputs: Fact[];
  files: Fact[];
  command: string;
}
