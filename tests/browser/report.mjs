// node report.mjs FILE.html OUTDIR
//
// Opens a report from disk, offline, in both widths and both colour schemes,
// holds it to every promise in checks.mjs, and writes screenshots and the
// printed page. Ends with 1 on the first broken promise.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { launch, open, settled } from './browser.mjs';
import * as checks from './checks.mjs';

const [given, out] = process.argv.slice(2);
if (!given || !out) {
  console.error('usage: node report.mjs FILE.html OUTDIR');
  process.exit(2);
}
const file = resolve(given);
mkdirSync(out, { recursive: true });
const report = checks.documentOf(readFileSync(file, 'utf8'));
const browser = await launch();

/** Runs one check and says so. */
async function step(name, work) {
  const from = performance.now();
  const result = await work();
  const time = `${Math.round(performance.now() - from)} ms`;
  console.log(`ok  ${name}${result === undefined ? '' : ` (${result})`}  ${time}`);
}

async function drawn(width, scheme) {
  const name = `${width}-${scheme}`;
  const { page, faults, close } = await open(browser, file, { width, scheme });
  await step(`${name}: charts drawn`, () => checks.chartsAreDrawn(page, report));
  await step(`${name}: texts inside`, () => checks.textsStayInside(page));
  await step(`${name}: no sideways scroll`, () => checks.noSidewaysScroll(page));
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: true, timeout: 120_000 });
  await step(`${name}: accessible`, () => checks.isAccessible(page, name));
  await step(`${name}: tooltips`, () => checks.tooltipsShow(page, faults));
  await step(`${name}: tables open`, () => checks.tablesOpen(page));
  await step(`${name}: no sideways scroll with tables`, () => checks.noSidewaysScroll(page));
  await step(`${name}: accessible with tables`, () => checks.isAccessible(page, `${name}, tables open`));
  await page.screenshot({ path: `${out}/${name}-tables.png`, fullPage: true, timeout: 120_000 });
  await step(`${name}: derivation`, () => checks.derivationOpens(page, report));
  assert.deepEqual(faults, [], `${name}: no errors, no requests`);
  await close();
}

async function once() {
  const { page, faults, close } = await open(browser, file, { width: 1440 });
  await step('says everything', () => checks.saysEverything(page, report));
  await step('nothing leads nowhere', () => checks.nothingLeadsNowhere(page, report));
  await step('charts open derivations', () => checks.chartsOpenDerivations(page, report));
  await step('colours follow the reader', () => checks.coloursFollow(page));
  await step('command copies', () => checks.commandCopies(page, report));
  await step('resizing redraws', async () => {
    await page.setViewportSize({ width: 700, height: 900 });
    await settled(page);
    await checks.chartsAreDrawn(page, report);
    await checks.noSidewaysScroll(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await settled(page);
  });
  await step('prints', async () => {
    const pdf = await page.pdf({ path: `${out}/report.pdf`, preferCSSPageSize: true, printBackground: true, tagged: true });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
    assert.ok(pages >= report.sections.length - 1, `${pages} pages`);
    return `${pages} pages`;
  });
  assert.deepEqual(faults, [], 'no errors, no requests');
  await close();
}

/** A link with a derivation and a table leads straight to both. */
async function deepLink() {
  const chart = report.sections.flatMap((s) => s.blocks).find((b) => b.type === 'chart');
  const { finding, name } = report.derivations.at(-1);
  const query = new URLSearchParams({ open: finding, table: chart.id });
  const { page, faults, close } = await open(browser, file, { width: 1440, hash: `#?${query}` });
  await step('deep link', async () => {
    assert.equal(await page.locator('dialog[open] .name').textContent(), name);
    assert.equal(await page.locator(`[id="${chart.id}"] .table-view[open]`).count(), 1);
    await page.screenshot({ path: `${out}/1440-derivation.png` });
    await page.keyboard.press('Escape');
    await settled(page);
    assert.equal(await page.locator('dialog[open]').count(), 0);
  });
  assert.deepEqual(faults, []);
  await close();
}

/** Without a script the page holds the same report in tables. */
async function withoutScript(width) {
  const { page, faults, close } = await open(browser, file, { width, script: false });
  await step(`${width} without script: readable`, async () => {
    const tables = await page.locator('.scroll > table').count();
    assert.ok(tables > 0, 'tables stand in for charts');
    assert.ok(await page.locator('.notice').isVisible(), 'the page says that charts are missing');
    assert.ok(await page.locator('main h2').first().isVisible());
    await checks.noSidewaysScroll(page);
    return `${tables} tables`;
  });
  // Its beginning is enough: with every derivation open, the page is too long to be one picture.
  await page.setViewportSize({ width, height: 3000 });
  await page.screenshot({ path: `${out}/${width}-no-script.png` });
  assert.deepEqual(faults, []);
  await close();
}

try {
  for (const width of [1440, 390]) await withoutScript(width);
  if (report) {
    for (const width of [1440, 390]) for (const scheme of ['light', 'dark']) await drawn(width, scheme);
    await once();
    await deepLink();
  } else {
    const { page, close } = await open(browser, file, { width: 390 });
    await step('accessible', () => checks.isAccessible(page, 'plain page'));
    await close();
  }
  console.log('all kept');
} catch (error) {
  console.error(`broken: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
