// What a report page must do, one function a promise.

import assert from 'node:assert/strict';
import { axe, settled } from './browser.mjs';

/** The document inside the page, or null for the page without the application. */
export function documentOf(html) {
  const found = /<script type="application\/json" id="data">([^]*?)<\/script>/.exec(html);
  return found ? JSON.parse(found[1]) : null;
}

const blocks = (report, type) => report.sections.flatMap((s) => s.blocks).filter((b) => b.type === type);

/** How many drawings the document asks for. */
function drawingsOf(report) {
  return blocks(report, 'chart').reduce(
    (sum, { data }) => sum + (data.kind === 'small_multiples' ? data.panels.length : 1),
    0,
  );
}

/** Every chart is drawn, has a size, stays inside its place and has a name. */
export async function chartsAreDrawn(page, report) {
  const drawings = await page.$$eval('.drawing > [role=img]', (all) =>
    all.map((one) => {
      const svg = one.querySelector('svg');
      const box = svg?.getBoundingClientRect();
      const shapes = [...(svg?.querySelectorAll('path, rect, circle, polygon, line') ?? [])];
      return {
        label: one.getAttribute('aria-label') ?? '',
        width: box?.width ?? 0,
        height: box?.height ?? 0,
        inked: shapes.filter((s) => /^(#|rgb)/.test(s.getAttribute('fill') ?? '') || s.getAttribute('stroke')).length,
        texts: svg?.querySelectorAll('text').length ?? 0,
        scrolls: one.parentElement.getAttribute('role') === 'region',
        room: one.parentElement.clientWidth,
      };
    }),
  );
  assert.equal(drawings.length, drawingsOf(report), 'a drawing for every chart');
  for (const d of drawings) {
    assert.ok(d.label.length > 0, 'a drawing has a name');
    assert.ok(d.width > 150 && d.height > 60, `${d.label}: ${d.width} by ${d.height}`);
    assert.ok(d.inked >= 4 && d.texts >= 2, `${d.label}: ${d.inked} shapes, ${d.texts} texts`);
    assert.ok(d.scrolls || d.width <= d.room + 1, `${d.label}: wider than its place`);
  }
  return drawings.length;
}

/** Names, values and numbers in a drawing stay inside it. */
export async function textsStayInside(page) {
  const outside = await page.$$eval('.drawing svg', (all) =>
    all.flatMap((svg) => {
      const frame = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('text')]
        .filter((text) => text.textContent.trim() !== '')
        .filter((text) => {
          const box = text.getBoundingClientRect();
          return box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2;
        })
        .map((text) => text.textContent);
    }),
  );
  assert.deepEqual(outside, [], 'texts that are cut off');
}

export async function noSidewaysScroll(page) {
  const { inner, needed } = await page.evaluate(() => ({
    inner: document.documentElement.clientWidth,
    needed: document.documentElement.scrollWidth,
  }));
  assert.ok(needed <= inner, `the page is ${needed} wide in a window of ${inner}`);
}

export async function isAccessible(page, where) {
  assert.deepEqual(await axe(page), [], `accessibility, ${where}`);
}

/** Every text that a reader is owed stands on the page. */
export async function saysEverything(page, report) {
  const text = (await page.evaluate(() => document.body.textContent)).replaceAll(/\s+/g, ' ');
  const owed = [
    report.title,
    report.company,
    report.period,
    ...report.sections.flatMap((s) => (s.number ? [s.title, s.question] : [])),
    ...blocks(report, 'findings').flatMap((b) => b.findings.map((f) => f.text)),
    ...blocks(report, 'tiles').flatMap((b) =>
      b.tiles.flatMap((t) => [t.name, t.metric, t.figure.text, t.figure.interval, t.figure.absent ?? '', ...t.figure.caveats, t.change?.figure.text ?? '']),
    ),
    ...[...blocks(report, 'table'), ...blocks(report, 'chart').map((c) => c.table)].flatMap((t) =>
      t.rows.flat().map((c) => (c.type === 'text' ? c.text : (c.figure.absent ?? c.figure.text))),
    ),
    ...blocks(report, 'refusals').flatMap((b) => b.refusals.flatMap((r) => [r.question, r.reason, r.lift])),
    ...blocks(report, 'unlocks').flatMap((b) => b.steps.flatMap((s) => [s.data, s.gives, ...s.metrics])),
  ];
  const missing = [...new Set(owed)].filter((one) => !text.includes(one.replaceAll(/\s+/g, ' ').trim()));
  assert.deepEqual(missing, [], 'texts that are not on the page');
}

/** Tables open by keyboard, their state goes into the address and comes back from it. */
export async function tablesOpen(page) {
  const summaries = page.locator('.table-view > summary');
  const count = await summaries.count();
  for (let i = 0; i < count; i += 1) {
    await summaries.nth(i).focus();
    await page.keyboard.press('Enter');
  }
  await settled(page);
  const open = await page.$$eval('.table-view[open] table', (all) => all.filter((t) => t.offsetHeight > 20).length);
  assert.equal(open, count, 'every table opens');
  await page.reload();
  await settled(page);
  assert.equal(await page.locator('.table-view[open]').count(), count, 'open tables survive a reload');
  return count;
}

const focus = (page) =>
  page.evaluate(() => ({
    inside: document.querySelector('dialog[open]')?.contains(document.activeElement) ?? false,
    finding: document.activeElement?.getAttribute('data-finding') ?? null,
  }));

/** The derivation opens by keyboard, keeps the focus, closes with Esc and gives the focus back. */
export async function derivationOpens(page, report) {
  const finding = await page.locator('.opens').first().getAttribute('data-finding');
  const derivation = report.derivations.find((d) => d.finding === finding);
  assert.ok(derivation, 'what can be opened has a derivation');
  await page.locator('.opens').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  const text = (await page.locator('dialog').textContent()).replaceAll(/\s+/g, ' ');
  for (const part of ['name', 'metric', 'meaning', 'formula', 'population', 'interval', 'source', 'command']) {
    assert.ok(text.includes(derivation[part].replaceAll(/\s+/g, ' ')), `the derivation shows its ${part}`);
  }
  for (const fact of [...derivation.inputs, ...derivation.files]) assert.ok(text.includes(fact.value), fact.label);
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press(i < 8 ? 'Tab' : 'Shift+Tab');
    assert.ok((await focus(page)).inside, 'the focus stays in the derivation');
  }
  await isAccessible(page, 'derivation open');
  assert.ok(page.url().includes('open='), 'the open derivation is in the address');
  await page.keyboard.press('Escape');
  await settled(page);
  assert.equal(await page.locator('dialog[open]').count(), 0, 'Esc closes the derivation');
  assert.equal((await focus(page)).finding, finding, 'the focus goes back to where it came from');
  assert.ok(!page.url().includes('open='), 'a closed derivation leaves the address');
  await page.goBack();
  await page.waitForSelector('dialog[open]');
  await page.goBack();
  await settled(page);
  assert.equal(await page.locator('dialog[open]').count(), 0, 'going back closes it');
}

/** A click on a group of a forest chart opens the derivation of that group. */
export async function chartsOpenDerivations(page, report) {
  const chart = blocks(report, 'chart').find(({ data }) => data.kind === 'forest');
  if (!chart) return 'no forest chart';
  const { finding, figure } = chart.data.groups[0];
  const number = page.locator(`[id="${chart.id}"] svg text`, { hasText: figure.text }).first();
  await number.scrollIntoViewIfNeeded();
  const box = await number.boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForSelector('dialog[open]', { timeout: 2000 });
  const { name } = report.derivations.find((d) => d.finding === finding);
  assert.equal(await page.locator('dialog[open] .name').textContent(), name);
  await page.keyboard.press('Escape');
  await settled(page);
  return name;
}

/** Everything that looks as if it opened a derivation does have one. */
export async function nothingLeadsNowhere(page, report) {
  const known = new Set(report.derivations.map((d) => d.finding));
  const findings = await page.$$eval('[data-finding]', (all) => all.map((one) => one.getAttribute('data-finding')));
  assert.ok(findings.length > 0, 'figures open their derivations');
  assert.deepEqual(findings.filter((finding) => !known.has(finding)), []);
}

/** Tooltips appear on every chart and break no policy. Moving a pointer would not prove it: they may stay away. */
export async function tooltipsShow(page, faults) {
  const silent = await page.$$eval('.drawing > [role=img]', async (all) => {
    const missed = [];
    for (const { chart, ariaLabel } of all) {
      const texts = () => [...chart.getDom().querySelectorAll('text')].map((t) => t.textContent).join('\n');
      const before = texts();
      let shown = false;
      // A place without a figure has nothing to tell: the second place that has one is asked.
      const told = (point) => ![null, undefined, '-'].includes(point?.value ?? point);
      const series = chart.getOption().series;
      for (let seriesIndex = 0; seriesIndex < series.length && !shown; seriesIndex += 1) {
        const places = series[seriesIndex].data?.flatMap((point, i) => (told(point) ? [i] : [])) ?? [];
        chart.dispatchAction({ type: 'showTip', seriesIndex, dataIndex: places[1] ?? places[0] ?? 1 });
        chart.getZr().flush();
        await new Promise((done) => setTimeout(done, 40));
        shown = texts().length > before.length;
      }
      if (!shown) missed.push(ariaLabel);
      chart.dispatchAction({ type: 'hideTip' });
    }
    return missed;
  });
  assert.deepEqual(silent, [], 'charts without a tooltip');
  assert.deepEqual(faults, [], 'tooltips break no policy');
}

/** Charts follow the reader's choice of colours, and paper is light whatever it is. */
export async function coloursFollow(page) {
  const fills = () =>
    page.$$eval('.drawing svg', (all) => all.map((svg) => svg.outerHTML.match(/#[0-9a-f]{6}|rgb\([^)]*\)/g)?.join() ?? ''));
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const choose = async (value) => {
    await page.locator('.tools select').selectOption(value);
    await settled(page);
    return { ground: await ground(), fills: await fills() };
  };
  const [light, dark] = [await choose('light'), await choose('dark')];
  assert.notEqual(light.ground, dark.ground, 'the page changes its colours');
  light.fills.forEach((fill, i) => assert.notEqual(fill, dark.fills[i], `drawing ${i} changes its colours`));
  const paper = await page.evaluate(() => {
    dispatchEvent(new Event('beforeprint'));
    const all = [...document.querySelectorAll('.drawing svg')];
    const found = all.map((svg) => ({ width: svg.clientWidth, colours: svg.outerHTML.match(/#[0-9a-f]{6}/g) ?? [] }));
    dispatchEvent(new Event('afterprint'));
    return found;
  });
  paper.forEach(({ width, colours }, i) => {
    // A drawing of open promises alone has no ink: what counts is that no colour is one of the dark page's own,
    // but for white, which is paper.
    const of = (choice) => new Set(choice.fills[i].match(/#[0-9a-f]{6}/g));
    const [onLight, onDark] = [of(light), of(dark)];
    const wrong = colours.filter((colour) => colour !== '#ffffff' && onDark.has(colour) && !onLight.has(colour));
    assert.ok(width <= 681 && colours.length > 0 && wrong.length === 0, `on paper: ${width} wide, dark ${wrong.join()}`);
  });
  await settled(page);
  assert.deepEqual(await fills(), dark.fills, 'after printing the drawings are as before');
  await choose('auto');
}

/** The button copies the command, also where the clipboard is out of reach. */
export async function commandCopies(page, report) {
  const copied = await page.evaluate(async () => {
    let text = null;
    document.addEventListener('copy', () => (text = document.getSelection()?.toString() || document.activeElement?.value || null));
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) }, configurable: true });
    document.querySelector('.colophon .copy').click();
    await new Promise((done) => setTimeout(done, 100));
    return text;
  });
  assert.equal(copied, report.command);
}
