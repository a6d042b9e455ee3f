/**
 * The server's contract (`/api/v1`) and the one place that speaks it.
 *
 * The types are written by hand, as far as the screens read them; a client
 * made from the OpenAPI document takes this file's place without a change
 * elsewhere.
 */

import type { Document, Way } from '../document';

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

/** How one finding came about, as `cx explain` tells it. */
export interface Explained {
  finding: string;
  metric: Metric;
  level: Level | null;
  change: Change | null;
  records: RecordCounts;
  files: { file: string; rows: number; hash: string }[];
}

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

/** An answer that says why there is none. */
export class Problem extends Error {
  constructor(
    readonly details: ProblemDetails,
    /** Finds the request in the server's log. */
    readonly request: string | null = null,
  ) {
    super(details.detail ?? details.title ?? 'no answer');
  }
}

/** What a server tells while a page is open. */
export type News = { event: 'data_version'; version: string } | { event: 'stale' };

/** A direction of improvement as charts know it. */
export const wayOf = (direction: Metric['direction']): Way =>
  direction === 'higher' ? 'up' : direction === 'lower' ? 'down' : 'none';

interface Asking {
  signal?: AbortSignal;
  onProgress?: (job: Job) => void;
}

/** Times that a job may end without its answer coming out of the cache. */
const ROUNDS = 3;

/** Seconds for which the server may hold a request open before it hands out a job. */
const PATIENCE = 20;

export class Client {
  #csrf: string | null = null;
  /** Called when the server no longer knows who asks. */
  onStranger: (() => void) | null = null;

  constructor(
    readonly base = '/api/v1',
    /** Milliseconds between two looks at a job. */
    private readonly pause = 1000,
  ) {}

  /** Who is signed in; nobody is no problem. */
  async session(): Promise<Session | null> {
    try {
      return this.#keep(await this.#ask<Session>('GET', '/session'));
    } catch (error) {
      if (error instanceof Problem && error.details.status === 401) return null;
      throw error;
    }
  }

  async signIn(email: string, password: string): Promise<Session> {
    return this.#keep(await this.#ask<Session>('POST', '/session', { email, password }));
  }

  /** Makes the administrator, by the one-time link of the first start. */
  async first(given: { token: string; email: string; name: string; password: string }): Promise<Session> {
    return this.#keep(await this.#ask<Session>('POST', '/session/first', given));
  }

  async signOut(): Promise<void> {
    await this.#ask('DELETE', '/session');
    this.#csrf = null;
  }

  workspace(id: string, asking?: Asking): Promise<Workspace> {
    return this.#ask('GET', at(id, ''), undefined, asking);
  }

  /** Every metric of the catalogue and of the company's own, with what its records allow. */
  async catalog(workspace: string, asking?: Asking): Promise<Entry[]> {
    return (await this.#ask<{ metrics: Entry[] }>('GET', at(workspace, '/catalog'), undefined, asking)).metrics;
  }

  metrics(workspace: string, query: MetricsQuery, asking?: Asking): Promise<Scorecard> {
    const { ids = [], ...others } = query;
    const words = new URLSearchParams();
    if (ids.length > 0) words.set('ids', ids.join(','));
    for (const [key, value] of Object.entries(others)) if (value) words.set(key, value);
    const tail = words.size > 0 ? `?${words}` : '';
    return this.#ask('GET', at(workspace, `/metrics${tail}`), undefined, asking);
  }

  report(workspace: string, language: string, asking?: Asking): Promise<Document> {
    return this.#ask('GET', at(workspace, `/report?lang=${encodeURIComponent(language)}`), undefined, asking);
  }

  finding(workspace: string, id: string, asking?: Asking): Promise<Explained> {
    return this.#ask('GET', at(workspace, `/findings/${encodeURIComponent(id)}`), undefined, asking);
  }

  simulate(workspace: string, request: SimulationRequest, asking?: Asking): Promise<Scenario> {
    return this.#ask('POST', at(workspace, '/simulations'), request, asking);
  }

  /** Tells news until it is stopped; the browser joins again by itself. */
  listen(workspace: string, tell: (news: News) => void): () => void {
    const source = new EventSource(this.base + at(workspace, '/events'));
    source.addEventListener('data_version', (event) => {
      const told = read((event as MessageEvent<string>).data) as { data_version?: string } | null;
      if (told?.data_version !== undefined) tell({ event: 'data_version', version: told.data_version });
    });
    source.addEventListener('stale', () => tell({ event: 'stale' }));
    return () => source.close();
  }

  #keep(session: Session): Session {
    this.#csrf = session.csrf;
    return session;
  }

  /**
   * Asks; where the answer is a job, waits until it is done and asks again:
   * what was computed then comes out of the cache.
   */
  async #ask<T>(method: string, path: string, body?: unknown, asking: Asking = {}): Promise<T> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const response = await this.#send(method, path, body, asking.signal);
      if (response.status !== 202) return (await this.#read(response)) as T;
      const { job } = (await this.#read(response)) as { job: Job };
      await this.#wait(job, response.headers.get('location'), asking);
    }
    throw new Problem({ kind: 'job' });
  }

  async #wait(first: Job, location: string | null, { signal, onProgress }: Asking): Promise<void> {
    let job = first;
    const place = location ?? `${this.base}/jobs/${encodeURIComponent(job.id)}`;
    for (;;) {
      onProgress?.(job);
      if (job.state === 'done') return;
      if (job.state === 'failed' || job.state === 'cancelled') {
        throw new Problem(job.problem ?? { title: job.state, kind: 'job' });
      }
      await rest(this.pause, signal);
      const told = (await this.#read(await this.#fetch(place, { ...this.#options('GET'), ...only(signal) }))) as Job | { job: Job };
      job = 'job' in told ? told.job : told;
    }
  }

  #send(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
    const options = this.#options(method);
    const headers = { ...options.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    return this.#fetch(this.base + path, {
      ...options,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...only(signal),
    });
  }

  #options(method: string): { method: string; credentials: 'same-origin'; headers: Record<string, string> } {
    const writes = method !== 'GET' && this.#csrf !== null;
    return {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        prefer: `wait=${PATIENCE}`,
        ...(writes ? { 'x-csrf-token': this.#csrf as string } : {}),
      },
    };
  }

  /** A server that is not there is a problem like any other. */
  async #fetch(address: string, options: RequestInit): Promise<Response> {
    try {
      return await fetch(address, options);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new Problem({ kind: 'unreachable' });
    }
  }

  async #read(response: Response): Promise<unknown> {
    const told = read(await response.text());
    if (response.ok) return told;
    if (response.status === 401) this.onStranger?.();
    const details = typeof told === 'object' && told !== null ? (told as ProblemDetails) : {};
    throw new Problem({ ...details, status: response.status }, response.headers.get('x-request-id'));
  }
}

function at(workspace: string, path: string): string {
  return `/workspaces/${encodeURIComponent(workspace)}${path}`;
}

/** JSON, or nothing where it is none. */
function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const only = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal ? { signal } : {});

function rest(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done, stop) => {
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      stop(signal.reason as Error);
    });
  });
}
