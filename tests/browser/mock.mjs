// The server's contract, answered from the application's fixtures: for the
// dashboard's own tests, and for looking at its screens.
//
// node mock.mjs [PORT]      prints its address and serves until it is ended

import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const app = fileURLToPath(new URL('../../crates/cx-web/app/', import.meta.url));
const fixture = (name) => JSON.parse(readFileSync(`${app}fixtures/${name}.json`, 'utf8'));

export const EMAIL = 'anna@example.com';
export const PASSWORD = 'a long enough password';
export const TOKEN = 'once-only';

/** What the real server sends with its pages, and nothing looser. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

const user = { id: 'u1', email: EMAIL, name: 'Anna' };
const workspaces = [
  { id: 'baltyk', name: 'Telefonia Bałtyk', role: 'analyst' },
  { id: 'empty', name: 'A company without records', role: 'viewer' },
];
const session = { user, workspaces, csrf: 'forged-by-nobody' };

class Refused extends Error {
  constructor(status, details) {
    super(details.detail);
    this.status = status;
    this.details = { type: 'about:blank', status, ...details };
  }
}

/** Each browser context signs in by itself. */
const COOKIE = 'cx_session';
const signedIn = (request) => (request.headers.cookie ?? '').includes(`${COOKIE}=anna`);

const notFound = (what) => new Refused(404, { title: 'Not found', kind: 'not_found', detail: `there is no ${what}` });

/** A report of a company of which nothing is known yet. */
function emptied(report) {
  return { ...report, company: 'A company without records', sections: [], derivations: [] };
}

/** One server with its own state. */
export function mock() {
  const state = { version: 'v1', listeners: new Set(), jobs: new Map(), firstUsed: false };

  /** One line of the contract: method, path, answer. */
  const routes = [
    ['GET', /^\/session$/, () => session],
    ['DELETE', /^\/session$/, () => null],
    ['GET', /^\/workspaces\/([^/]+)\/catalog$/, ([id]) => (workspaceOf(id), fixture('catalog'))],
    ['GET', /^\/workspaces\/([^/]+)$/, ([id]) => ({
      ...workspaceOf(id), as_of: '2026-06-30', data_version: state.version, languages: ['en'],
    })],
    ['GET', /^\/workspaces\/([^/]+)\/report$/, ([id]) => {
      workspaceOf(id);
      if (id === 'empty') return emptied(fixture('sample'));
      // The first report of a data version takes a while, and comes as a job.
      return slow(`report-${state.version}`, () => fixture('sample'));
    }],
    ['GET', /^\/workspaces\/([^/]+)\/metrics$/, ([id], query) => metrics(id, query)],
    ['GET', /^\/workspaces\/([^/]+)\/findings\/([^/]+)$/, ([, finding]) => {
      if (finding !== 'fcr_window') throw notFound(`finding \`${finding}\``);
      return fixture('explained');
    }],
    ['POST', /^\/workspaces\/([^/]+)\/simulations$/, (_, __, body) => simulate(body)],
    ['GET', /^\/jobs\/([^/]+)$/, ([id]) => {
      const job = state.jobs.get(id) ?? null;
      if (job === null) throw notFound(`job \`${id}\``);
      job.looks += 1;
      if (job.looks === 2) job.state = 'done';
      return { job };
    }],
  ];

  function workspaceOf(id) {
    const found = workspaces.find((one) => one.id === id);
    if (!found) throw notFound(`workspace \`${id}\``);
    return found;
  }

  function slow(id, answer) {
    const job = state.jobs.get(id) ?? { id, state: 'running', progress: 'reading records', looks: 0 };
    state.jobs.set(id, job);
    return job.state === 'done' ? answer() : { job };
  }

  function metrics(id, query) {
    if (query.get('where')?.includes('=') === false) {
      throw new Refused(400, {
        title: 'Not a condition', kind: 'usage', detail: 'the condition ends before it compares anything',
        help: "write it as \"channel = 'email'\"", value: query.get('where'), column: 1,
      });
    }
    const scorecard = fixture('scorecard');
    if (id === 'empty') return { ...scorecard, cards: [] };
    if (query.get('compare') !== 'previous') for (const card of scorecard.cards) card.changes = [];
    const ids = query.get('ids')?.split(',') ?? [];
    if (ids.length === 0) return scorecard;
    const whole = fixture('metric');
    const cards = [...whole.cards, ...scorecard.cards].filter((card, at, all) => ids.includes(card.metric.key) && all.findIndex((one) => one.metric.key === card.metric.key) === at);
    if (cards.length === 0) throw notFound(`metric \`${ids[0]}\``);
    for (const card of cards) if (query.get('by') !== 'region') card.levels = [];
    return { ...whole, by: query.get('by')?.split(',') ?? [], cards };
  }

  function simulate({ set = [], base = [] }) {
    const wrong = set.find((change) => !/^\w+=-?[\d.]+(%|pp|abs)(\.\.-?[\d.]+(%|pp|abs)){0,2}$/.test(change));
    if (wrong !== undefined || set.length === 0) {
      throw new Refused(400, { title: 'Not a change', kind: 'usage', detail: `\`${wrong}\` is no change`, help: 'write it as churn=-10%' });
    }
    if (set.includes('churn=-200%')) {
      const refused = { kind: 'refused', rule: 'bound', reason: 'churn cannot fall by more than 100 %', lift: 'a smaller change; rates are those of one period, see --every' };
      return { ...fixture('scenario-refused'), money: { absent: refused } };
    }
    return fixture(base.length > 0 ? 'scenario' : 'scenario-refused');
  }

  function enter(path, body) {
    if (path === '/session/first') {
      if (body.token !== TOKEN || state.firstUsed) throw new Refused(401, { title: 'Not a valid link', kind: 'unauthorised', detail: 'this link was used already, or never existed', help: 'start the server anew for another one' });
      state.firstUsed = true;
    } else if (body.email !== EMAIL || body.password !== PASSWORD) {
      throw new Refused(401, { title: 'Not signed in', kind: 'unauthorised', detail: 'the e-mail or the password is wrong' });
    }
    return session;
  }

  function answer(request, url, body) {
    const path = url.pathname.slice('/api/v1'.length);
    if (request.method === 'POST' && path.startsWith('/session')) return enter(path, body);
    if (!signedIn(request)) throw new Refused(401, { title: 'Not signed in', kind: 'unauthorised', detail: 'nobody is signed in' });
    if (request.method !== 'GET' && request.headers['x-csrf-token'] !== session.csrf) {
      throw new Refused(403, { title: 'Forged', kind: 'forbidden', detail: 'the request does not carry its token' });
    }
    for (const [method, pattern, work] of routes) {
      const found = pattern.exec(path);
      if (found && method === request.method) return work(found.slice(1).map(decodeURIComponent), url.searchParams, body);
    }
    throw notFound(`address \`${url.pathname}\``);
  }

  function send(response, status, type, body, headers = {}) {
    response.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff', ...headers });
    response.end(body);
  }

  function page(url, response) {
    const asset = /^\/assets\/dashboard\.(js|css)$/.exec(url.pathname);
    const file = asset ? `${app}dist-dashboard${url.pathname}` : `${app}dist-dashboard/dashboard.html`;
    if (url.pathname === '/favicon.ico' || !existsSync(file)) return send(response, 404, 'text/plain', 'not built');
    return send(response, 200, TYPES[asset?.[1] ?? 'html'], readFileSync(file));
  }

  function events(response) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`event: data_version\ndata: ${JSON.stringify({ data_version: state.version })}\n\n`);
    state.listeners.add(response);
    response.on('close', () => state.listeners.delete(response));
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    // A test says that new records have come.
    if (url.pathname === '/test/news') {
      state.version = `v${Number(state.version.slice(1)) + 1}`;
      for (const one of state.listeners) one.write(`event: data_version\ndata: ${JSON.stringify({ data_version: state.version })}\n\n`);
      return send(response, 204, 'text/plain', '');
    }
    if (!url.pathname.startsWith('/api/')) return page(url, response);
    let text = '';
    for await (const part of request) text += part;
    try {
      if (signedIn(request) && /\/events$/.test(url.pathname)) return events(response);
      const told = answer(request, url, text === '' ? {} : JSON.parse(text));
      const job = told?.job && !url.pathname.startsWith('/api/v1/jobs/') ? told.job : null;
      const ofSession = url.pathname.startsWith('/api/v1/session') && request.method !== 'GET';
      const cookie = `${COOKIE}=${request.method === 'DELETE' ? '; Max-Age=0' : 'anna'}; Path=/; HttpOnly; SameSite=Strict`;
      const headers = { ...(job ? { location: `/api/v1/jobs/${job.id}` } : {}), ...(ofSession ? { 'set-cookie': cookie } : {}) };
      return send(response, job ? 202 : told === null ? 204 : 200, 'application/json', told === null ? '' : JSON.stringify(told), headers);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return send(response, error.status, 'application/problem+json', JSON.stringify(error.details), { 'x-request-id': 'req-1' });
    }
  });
  return server;
}

/** Starts one on a free port of this machine. */
export async function listening(port = 0) {
  const server = mock();
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  return { base: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { base } = await listening(Number(process.argv[2] ?? 0));
  console.log(base);
}
