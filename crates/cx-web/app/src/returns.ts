/** What charts of initiatives draw (`crates/cx-report/src/document/returns.rs`). */

import type { Figure, Format, Mark } from './document';

export interface EventStudy {
  points: EventPoint[];
  /** What the time axis counts. */
  axis: string;
  format: Format;
}

export interface EventPoint {
  /** Periods since the start; negative before it. */
  at: number;
  figure: Figure;
}

export interface Density {
  from: number;
  to: number;
  /** Draws in bins of equal width. */
  counts: number[];
  low: Mark;
  middle: Mark;
  high: Mark;
  /** Share of draws above zero. */
  above: string;
  grade: string;
  format: Format;
}

export interface Tornado {
  swings: Swing[];
  center: Mark;
  format: Format;
}

export interface Swing {
  label: string;
  /** Stable name of where the input comes from. */
  origin: string;
  origin_text: string;
  low: Mark;
  high: Mark;
}

export interface Amounts {
  bars: Amount[];
  format: Format;
}

export interface Amount {
  label: string;
  /** What it belongs to; may be empty. */
  group: string;
  mark: Mark;
}

export interface Grades {
  columns: string[];
  rows: GradeRow[];
}

export interface GradeRow {
  label: string;
  /** Number of its grade among the columns. */
  grade: number | null;
  /** Number of the best grade that the records allow. */
  best: number | null;
  text: string;
}
