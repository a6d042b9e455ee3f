/**
 * What the server's contract (`/api/v1`) says, as far as the screens read it.
 *
 * Written by hand; types made from the OpenAPI document take this file's place
 * without a change elsewhere.
 */

export interface Session {
  user: { id: string; email: string | null; name: string | null };
  workspaces: WorkspaceName[];
  /** Goes back with every request that changes something. */
  csrf: string;
}

export interface WorkspaceName {
  id: string;
  name: string;
  role: 'viewer' | 'analyst' | 'manager' | 'ingest' | 'admin';
}

export interface Workspace {
  id: string;
  name: string;
  as_of: string | null;
  data_version: string;
  languages: string[];
}

export interface Interval {
  low: number | null;
  high: number | null;
  level: number;
  method: string;
}

export type Absent =
  | { kind: 'refused'; rule: string; reason: string; lift: string }
  | { kind: 'not_available'; needs: string[] }
  | { kind: 'below_min_n'; n: number; wanted: number }
  | { kind: 'suppressed'; complementary: boolean }
  | { kind: 'undefined'; why: string }
  | { kind: 'no_data' }
  | { kind: 'censored_window' };

/** A doubt: its code, and what the words about it need. */
export interface Caveat {
  code: string;
  [detail: string]: unknown;
}

export interface Estimate {
  value: number | null;
  interval?: Interval;
  absent?: Absent;
  se?: number;
  unit: string;
  size: { n: number; clusters: number; events?: number; effective?: number };
  caveats?: Caveat[];
}

export interface Metric {
  key: string;
  id: string;
  name: string;
  meaning: string;
  unit: string;
  direction: 'higher' | 'lower' | 'target' | 'neutral';
  formula: string;
  source: string;
  edges: string;
  cut: string[];
  identity: { population: string };
}

export type Slice = [dimension: string, value: string][];

export interface Period {
  label: string;
  first: string | null;
  last: string | null;
  partial: boolean;
}

export interface Level {
  id: string;
  slice: Slice;
  period: Period;
  estimate: Estimate;
  shrunk?: { value: number };
  against_rest?: { difference: Estimate; significant: boolean };
}

export interface Change {
  id: string;
  slice: Slice;
  before: Period;
  after: Period;
  difference: Estimate;
  significant: boolean;
}

export interface RecordCounts {
  table: string;
  rows: number;
  units: number;
  undated: number;
  outside: number;
  censored: number;
  blank: number;
  lone: number;
}

export interface Card {
  metric: Metric;
  overall: Level;
  levels: Level[];
  changes: Change[];
  target: { target: number; verdict: 'meets' | 'misses' | 'cannot_be_told' } | null;
  refused: { rule: string; reason: string; lift: string }[];
  records: RecordCounts;
}

export interface Scorecard {
  as_of: string | null;
  window: Period;
  previous: Period | null;
  level: number;
  currency: string | null;
  by: string[];
  filter: string | null;
  cards: Card[];
}

/** A metric as the catalogue declares it. */
export interface Entry {
  id: string;
  name: string;
  category: string | null;
  meaning: string;
  unit: string | null;
  forms: { key: string; variant: string; formula: string }[];
  cut: string[];
  edges: string;
  source: string;
  /** Why it is not computed yet. */
  planned: string | null;
  /** The command that gives it, where a formula over rows cannot. */
  study?: string;
  /** Why these records give no figure of it. */
  absent?: Absent;
}

/** A file that was read. */
export interface ReadFile {
  file: string;
  rows: number;
  hash: string;
}

/** How one finding came about, as `cx explain` tells it: of a metric, or of a study. */
export type Explained =
  | { finding: string; files: ReadFile[]; metric: Metric; records: RecordCounts; level: Level | null; change: Change | null }
  | { finding: string; files: ReadFile[]; fact: Fact };

export interface MetricsQuery {
  ids?: readonly string[];
  by?: string;
  from?: string;
  to?: string;
  where?: string;
  compare?: 'previous';
}

export interface SimulationRequest {
  set: string[];
  base?: string[];
  cost?: string;
  cost_yearly?: string;
  cost_per_customer?: string;
  horizon?: number;
  as_promised?: boolean;
}

/** A value of a study, with what it rests on. */
export interface Fact {
  id: string;
  name: string;
  estimate: Estimate;
  formula: string;
  source: string;
  records: RecordCounts[];
  assumptions: [name: string, value: string][];
}

export interface Scenario {
  as_of: string;
  currency: string | null;
  per: string;
  assumptions: [name: string, value: string][];
  customers: number;
  base: { key: string; name: string; estimate: Estimate; provenance: string }[];
  changes: { key: string; unit: string; from: number | null; to: number | null }[];
  money: Money | { absent: Absent };
  share_needed: number | null;
  /** Share of draws in which the change was cut to what is possible. */
  cut: number;
  facts: Fact[];
}

export interface Money {
  horizon_months: number;
  draws: number;
  benefit: Estimate;
  cost: Estimate;
  npv: Estimate;
  roi: Estimate;
  density: { from: number; to: number; counts: number[] };
  /** Chance that it pays. */
  pays: number;
  break_even: number | null;
  inputs: {
    name: string;
    provenance: string;
    drawn: string;
    swing: [low: number, high: number];
    information: number;
  }[];
}

export interface Job {
  id: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  /** The stage it is at, in a word. */
  progress: string | null;
  /** What went wrong, of a job that failed. */
  problem?: ProblemDetails;
}

/** RFC 9457, with the fields of the core's errors. */
export interface ProblemDetails {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  kind?: string;
  help?: string;
  file?: string;
  line?: number;
  column?: number;
  value?: string;
}

/** What a server tells while a page is open. */
export type News = { event: 'data_version'; version: string } | { event: 'stale' };
