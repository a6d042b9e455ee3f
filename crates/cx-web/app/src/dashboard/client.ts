/** The one place that speaks to the server. */

import type { Document } from '../document';
import type {
  Entry,
  Explained,
  Job,
  MetricsQuery,
  News,
  ProblemDetails,
  Scenario,
  Scorecard,
  Session,
  SimulationRequest,
  Workspace,
} from './contract';

export type * from './contract';

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
      const response = await this.#fetch(place, { ...this.#options('GET'), ...only(signal) });
      const told = (await this.#read(response)) as Job | { job: Job };
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
