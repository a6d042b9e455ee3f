/** What charts of pairs draw (`crates/cx-report/src/document/pairs.rs`). */

import type { Figure, Format, Tone } from './document';

export interface Pairs {
  rows: PairRow[];
  /** Name of what was said. */
  first: string;
  /** Name of what was found. */
  second: string;
  /** Name of what was said later; empty where there is none. */
  beside: string;
  format: Format;
  /** The axis holds zero. */
  zero: boolean;
}

export interface PairRow {
  finding: string;
  label: string;
  first: Span | null;
  beside: Span[];
  second: Figure;
  /** How the two stand to each other. */
  text: string;
  tone: Tone;
}

/** A point, a range, or both; one limit alone is open on the other side. */
export interface Span {
  value: number | null;
  low: number | null;
  high: number | null;
  text: string;
}
