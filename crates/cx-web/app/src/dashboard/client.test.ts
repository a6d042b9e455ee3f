import { afterEach, expect, test, vi } from 'vitest';
import { Client, type Job, Problem } from './client';

interface Said {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

interface Asked {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

/** A server that says these things one after the other, and keeps what it was asked. */
function saying(...said: Said[]): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', (url: string, options: RequestInit) => {
    asked.push({
      url,
      method: options.method ?? 'GET',
      headers: options.headers as Record<string, string>,
      body: options.body === undefined ? undefined : JSON.parse(String(options.body)),
    });
    const { status = 200, body, headers = {} } = said[asked.length - 1] ?? { status: 500 };
    return Promise.resolve(new Response(status === 204 ? null : typeof body === 'string' ? body : JSON.stringify(body), { status, headers }));
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

const client = (): Client => new Client('/api/v1', 1);
const failure = async (work: Promise<unknown>): Promise<Problem> => {
  const error: unknown = await work.then(() => null, (one: unknown) => one);
  expect(error).toBeInstanceOf(Problem);
  return error as Problem;
};

test('a problem keeps its details and the id of its request', async () => {
  const details = { title: 'Not a condition', detail: 'it ends', kind: 'usage', help: 'write more', line: 1, column: 7, value: 'x' };
  saying({ status: 400, body: details, headers: { 'x-request-id': 'r7' } });
  const problem = await failure(client().metrics('baltyk', {}));
  expect(problem.details).toEqual({ ...details, status: 400 });
  expect([problem.request, problem.message]).toEqual(['r7', 'it ends']);
});

test('an answer that is no JSON is a problem all the same', async () => {
  saying({ status: 502, body: '<html>bad gateway</html>' });
  expect((await failure(client().catalog('w'))).details).toEqual({ status: 502 });
});

test('a server that is not there is a problem', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  expect((await failure(client().catalog('w'))).details.kind).toBe('unreachable');
});

test('a question that was taken back is no problem', async () => {
  const stop = new AbortController();
  stop.abort();
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => Promise.reject(signal?.reason));
  await expect(client().catalog('w', { signal: stop.signal })).rejects.toThrow('abort');
});

test('a job is waited for, then the question is asked again', async () => {
  const job = (state: Job['state'], progress: string | null): Job => ({ id: 'j1', state, progress });
  const asked = saying(
    { status: 202, body: { job: job('queued', null) }, headers: { location: '/api/v1/jobs/j1' } },
    { body: { job: job('running', 'reading') } },
    { body: job('done', null) },
    { body: { title: 'The report' } },
  );
  const heard: (string | null)[] = [];
  const report = await client().report('baltyk', 'en', { onProgress: ({ progress }) => heard.push(progress) });
  expect(report.title).toBe('The report');
  expect(heard).toEqual([null, 'reading', null]);
  expect(asked.map(({ url }) => url)).toEqual([
    '/api/v1/workspaces/baltyk/report?lang=en',
    '/api/v1/jobs/j1',
    '/api/v1/jobs/j1',
    '/api/v1/workspaces/baltyk/report?lang=en',
  ]);
});

test('a job that fails says why', async () => {
  const problem = { title: 'Too many groups', kind: 'limit' };
  saying({ status: 202, body: { job: { id: 'a/b', state: 'running', progress: null } } }, { body: { id: 'a/b', state: 'failed', progress: null, problem } });
  expect((await failure(client().report('baltyk', 'en'))).details).toEqual(problem);
});

test('a job whose answer never comes out of the cache ends', async () => {
  const done = { status: 202, body: { job: { id: 'j', state: 'done', progress: null } } };
  const asked = saying(done, done, done, done);
  expect((await failure(client().catalog('w'))).details.kind).toBe('job');
  expect(asked).toHaveLength(3);
});

test('only what changes something carries the token', async () => {
  const session = { user: { id: 'u', email: 'a@b', name: 'A' }, workspaces: [], csrf: 'token' };
  const asked = saying({ body: session }, { body: {} }, { body: {} }, { status: 204 });
  const one = client();
  await one.session();
  await one.metrics('w', { ids: ['nps', 'fcr'], by: '', from: '2026-01-01' });
  await one.simulate('w', { set: ['churn=-5%'] });
  await one.signOut();
  expect(asked.map(({ method, url, headers }) => [method, url, headers['x-csrf-token']])).toEqual([
    ['GET', '/api/v1/session', undefined],
    ['GET', '/api/v1/workspaces/w/metrics?ids=nps%2Cfcr&from=2026-01-01', undefined],
    ['POST', '/api/v1/workspaces/w/simulations', 'token'],
    ['DELETE', '/api/v1/session', 'token'],
  ]);
  expect(asked[2]?.body).toEqual({ set: ['churn=-5%'] });
});

test('nobody is no problem, and a session that ended is noticed', async () => {
  saying({ status: 401, body: {} }, { status: 401, body: { title: 'Not signed in' } });
  const one = client();
  expect(await one.session()).toBeNull();
  const strangers = vi.fn();
  one.onStranger = strangers;
  await failure(one.catalog('w'));
  expect(strangers).toHaveBeenCalledOnce();
});

test('ids in addresses are whole', async () => {
  const asked = saying({ body: {} });
  await client().finding('w', 'nps/channel=e mail/2026-03');
  expect(asked[0]?.url).toBe('/api/v1/workspaces/w/findings/nps%2Fchannel%3De%20mail%2F2026-03');
});
