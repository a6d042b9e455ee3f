// node dashboard.mjs OUTDIR [BASE EMAIL PASSWORD]
//
// Visits every screen of the dashboard, in both widths and both colour
// schemes, holds it to what a page must do, walks the ways a reader walks, and
// writes screenshots. Against the server at BASE, or else against one that
// answers from fixtures; steps that only that one can answer are then made too.
// Ends with 1 on the first broken promise.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { launch, settled, visit } from './browser.mjs';
import * as checks from './checks.mjs';
import * as mock from './mock.mjs';

const [out, given, email = mock.EMAIL, password = mock.PASSWORD] = process.argv.slice(2);
if (!out) {
  console.error('usage: node dashboard.mjs OUTDIR [BASE EMAIL PASSWORD]');
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const server = given ? null : await mock.listening();
const base = given ?? server.base;
const browser = await launch();

const SCREENS = ['home', 'metrics', 'segments', 'value', 'initiatives', 'simulator', 'promised', 'claims', 'data'];

/** What the simulator is asked where a screen must show a result. */
const WHAT_IF = { set: 'churn=-20%..-10%..-5%', cost: '15000', margin: '12..18..25' };

/** Runs one check and says so. */
async function step(name, work) {
  const from = performance.now();
  const result = await work();
  const time = `${Math.round(performance.now() - from)} ms`;
  console.log(`ok  ${name}${result === undefined ? '' : ` (${result})`}  ${time}`);
}

/** Answers that say no stand on the console as well: they are what some steps are about. */
const expected = (faults, ...codes) => {
  const known = (fault) => codes.some((code) => fault.includes(`the server responded with a status of ${code}`));
  const others = faults.filter((fault) => !known(fault));
  faults.length = 0;
  faults.push(...others);
};

async function arrived(page) {
  await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('.waiting'), null, { timeout: 60_000 });
  await settled(page);
}

/** A page of someone who has signed in, and where the first workspace lies. */
async function entered(how) {
  const seen = await visit(browser, base, how);
  const { page, faults } = seen;
  await page.waitForSelector('input[name=email]');
  await checks.isAccessible(page, 'sign in');
  await page.screenshot({ path: `${out}/${how.width}-${how.scheme ?? 'light'}-sign-in.png` });
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', password);
  await page.keyboard.press('Enter');
  await arrived(page);
  expected(faults, 401);
  return { ...seen, home: new URL(page.url()).pathname };
}

const at = (home, screen, query = {}) => {
  const words = new URLSearchParams(query);
  return `${base}${home}${screen === 'home' ? '' : `/${screen}`}${words.size > 0 ? `?${words}` : ''}`;
};

/** The report document of a workspace, as the server gives it. */
function reportOf(page, home) {
  return page.evaluate(async (workspace) => {
    for (;;) {
      const response = await fetch(`/api/v1/workspaces/${workspace}/report?lang=en`, { headers: { prefer: 'wait=60' } });
      if (response.status !== 202) return response.json();
      await new Promise((done) => setTimeout(done, 500));
    }
  }, home.split('/')[2]);
}

/** Every drawing has a size and stays in its place. */
async function drawn(page) {
  const drawings = await page.$$eval('.drawing > [role=img]', (all) =>
    all.map((one) => {
      const box = one.querySelector('svg')?.getBoundingClientRect();
      const frame = one.parentElement;
      return {
        label: one.getAttribute('aria-label') ?? '',
        fits: box !== undefined && box.width > 150 && box.height > 60 && (frame.getAttribute('role') === 'region' || box.width <= frame.clientWidth + 1),
      };
    }),
  );
  assert.deepEqual(drawings.filter(({ label, fits }) => label === '' || !fits), [], 'drawings without a name, a size or a place');
  return `${drawings.length} drawings`;
}

async function everyScreen(width, scheme) {
  const { page, faults, home, close } = await entered({ width, scheme });
  for (const screen of SCREENS) {
    const name = `${width}-${scheme}-${screen}`;
    await page.goto(at(home, screen, screen === 'simulator' ? WHAT_IF : {}));
    await arrived(page);
    await page.screenshot({ path: `${out}/${name}.png`, fullPage: true, timeout: 120_000 });
    await step(name, async () => {
      assert.equal(await page.locator('[role=alert]').count(), 0, 'no problem is shown');
      assert.equal(await page.locator('nav a[aria-current=page]').count(), 1, 'the list of screens says which this is');
      const result = await drawn(page);
      await checks.textsStayInside(page);
      await checks.noSidewaysScroll(page);
      await checks.isAccessible(page, name);
      await checks.tooltipsShow(page, faults);
      return result;
    });
    assert.deepEqual(faults, [], `${name}: no errors, no strangers, no broken policy`);
  }
  await close();
}

/** What a reader does, in one sitting. */
async function ways() {
  const { page, faults, home, close } = await entered({ width: 1280 });
  const report = await reportOf(page, home);
  await step('a figure opens its derivation', () => checks.derivationOpens(page, report));
  await step('the list of screens leads on, and back leads back', async () => {
    await page.locator('nav a', { hasText: 'Metrics' }).first().click();
    await arrived(page);
    assert.ok(new URL(page.url()).pathname.endsWith('/metrics'));
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'content', 'the focus stands at the content');
    await page.goBack();
    await arrived(page);
    assert.equal(new URL(page.url()).pathname, home);
  });
  await step('a metric is found, and leads to its page', async () => {
    await page.goto(at(home, 'metrics'));
    await arrived(page);
    await page.fill('input[type=search]', 'first contact');
    await settled(page);
    assert.ok(page.url().includes('q=first'), 'the search is in the address');
    await page.locator('.entries a').first().click();
    await arrived(page);
    assert.ok((await page.locator('main h2').allTextContents()).includes('Definition'));
    await checks.isAccessible(page, 'metric');
  });
  await step('a period and groups stand in the address and come back from it', async () => {
    await page.goto(at(home, 'segments', { by: 'region', metric: 'fcr_window', from: '2026-01-01', to: '2026-10-31' }));
    await arrived(page);
    assert.equal(await page.inputValue('input[name=from]'), '2026-01-01');
    await page.locator('nav a', { hasText: 'Metrics' }).first().click();
    await arrived(page);
    assert.ok(page.url().includes('from=2026-01-01') && !page.url().includes('by='), 'the period goes along, the groups stay');
    assert.match(await page.locator('.offers .command code').textContent(), /^cx metrics .*--from 2026-01-01/);
  });
  await step('each view can be taken along', async () => {
    await page.goto(at(home, 'simulator', WHAT_IF));
    await arrived(page);
    const taken = {};
    for (const kind of ['CSV', 'JSON', 'SVG']) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.offers .act', { hasText: kind }).first().click()]);
      taken[kind] = readFileSync(await download.path(), 'utf8');
    }
    assert.match(taken.CSV, /^block,kind,finding,.*\n.*simulate\/npv/);
    assert.ok(JSON.parse(taken.JSON).money.npv, 'the answer itself');
    assert.match(taken.SVG, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"[^]*<\/svg>$/);
  });
  await step('a change beyond what can be is refused where the figure would stand', async () => {
    await page.locator('.lever .end input').nth(0).fill('');
    await page.locator('.lever .end input').nth(2).fill('');
    await page.locator('.lever .end input').nth(1).fill('-200');
    await page.keyboard.press('Tab');
    await page.waitForSelector('.refusal');
    await arrived(page);
    assert.ok(decodeURIComponent(page.url()).includes('churn=-200%'), 'the inputs are in the address');
    assert.match(await page.locator('.refusal').first().textContent(), /100 %/);
    await checks.isAccessible(page, 'refused');
  });
  await step('language and colours follow the reader', async () => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByLabel('Colours').selectOption('dark');
    await settled(page);
    assert.notEqual(await ground(), light);
    await page.getByLabel('Language').selectOption('pl');
    await arrived(page);
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'pl');
    assert.equal(await page.locator('main h1').textContent(), 'Symulator');
  });
  assert.deepEqual(faults, []);
  await step('an address that leads nowhere says so', async () => {
    await page.goto(`${base}/w/nobody-has-this/metrics`);
    await page.waitForSelector('main h1');
    await checks.isAccessible(page, 'nowhere');
  });
  await step('signing out leads to the door', async () => {
    await page.goto(base + home);
    await arrived(page);
    await page.locator('.who button').click();
    await page.waitForSelector('input[name=password]');
  });
  await close();
}

/** What only the server of fixtures can be made to say. */
async function told() {
  const { page, faults, home, close } = await entered({ width: 390 });
  await step('on a narrow page the lists unfold', async () => {
    assert.equal(await page.locator('nav a').first().isVisible(), false);
    await page.locator('.menu').click();
    await page.screenshot({ path: `${out}/390-menu.png` });
    await checks.isAccessible(page, 'menu');
    await page.locator('nav a', { hasText: 'Claims' }).click();
    await arrived(page);
    assert.equal(await page.locator('nav a').first().isVisible(), false, 'it folds away once it has led somewhere');
  });
  await step('new records make a badge, and no figure moves by itself', async () => {
    await fetch(`${base}/test/news`);
    await page.waitForSelector('.stale .notice');
    await page.screenshot({ path: `${out}/390-stale.png` });
    await checks.isAccessible(page, 'stale');
    await page.locator('.stale button').click();
    // The report of new records is a job: it is waited for.
    await page.waitForSelector('.waiting progress');
    await arrived(page);
    assert.equal(await page.locator('.stale .notice').count(), 0);
  });
  assert.deepEqual(faults, []);
  await step('a problem says what helps', async () => {
    await page.goto(at(home, 'metrics', { where: 'channel' }));
    await arrived(page);
    const text = await page.locator('[role=alert]').textContent();
    assert.match(text, /Not a condition/);
    assert.match(text, /channel = 'email'/);
    await page.screenshot({ path: `${out}/390-problem.png` });
    await checks.isAccessible(page, 'problem');
    expected(faults, 400);
  });
  await step('a company of which nothing is known', async () => {
    await page.goto(`${base}/w/empty`);
    await arrived(page);
    await page.screenshot({ path: `${out}/390-empty.png`, fullPage: true });
    await checks.isAccessible(page, 'empty');
  });
  await close();

  const first = await visit(browser, base, { width: 390, path: `/first#${mock.TOKEN}` });
  await step('the one-time link makes the administrator', async () => {
    await first.page.fill('input[name=name]', 'Anna');
    await first.page.fill('input[name=email]', email);
    await first.page.fill('input[name=password]', password);
    await checks.isAccessible(first.page, 'first');
    await first.page.screenshot({ path: `${out}/390-first.png` });
    await first.page.keyboard.press('Enter');
    await arrived(first.page);
    assert.ok(!first.page.url().includes(mock.TOKEN));
  });
  expected(first.faults, 401);
  assert.deepEqual([...faults, ...first.faults], []);
  await first.close();
}

try {
  for (const width of [1280, 390]) for (const scheme of ['light', 'dark']) await everyScreen(width, scheme);
  await ways();
  if (server) await told();
  console.log('all kept');
} catch (error) {
  console.error(`broken: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  server?.close();
}
