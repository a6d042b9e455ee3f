import { expect, test } from 'vitest';
import metric from '../../../fixtures/metric.json';
import sample from '../../../fixtures/sample.json';
import found from '../../../fixtures/scenario.json';
import refused from '../../../fixtures/scenario-refused.json';
import scores from '../../../fixtures/scorecard.json';
import { draw, type SingleChart } from '../../charts/draw';
import { sampleSheet } from '../../charts/sample-sheet';
import type { Block, Document } from '../../document';
import type { Card, Scenario, Scorecard } from '../client';
import { Writer } from '../figures';
import { Say } from '../labels';
import { asking, start } from '../place';
import { absentTable, conventionsTable, groupBlocks, groupsChart, groupsTable, isGiven, scoreTable, tileOf } from './cards';
import { BLANK, changesOf, isWhole, readChange, requestOf, simulateCommand, writeChange } from './levers';
import { claimsOf, headed, homeOf, initiatives, opening, refusalsOf, risksOf } from './parts';
import { scenarioBlocks } from './scenario';
import { idOf, matches } from './sought';

const report = sample as unknown as Document;
const scorecard = scores as unknown as Scorecard;
const scenario = found as unknown as Scenario;
const write = new Writer(new Say('en'), 'GBP');
const cards = (metric as unknown as Scorecard).cards;
const types = (blocks: readonly Block[]): string[] => blocks.map((block) => block.type);

test('home begins with what stands out and ends with what is not said', () => {
  const blocks = homeOf(report);
  expect(types(blocks)).toEqual(['findings', 'tiles', 'chart', 'facts', 'findings', 'refusals']);
  const known = new Set(report.derivations.map(({ finding }) => finding));
  const [first] = blocks;
  expect(first?.type === 'findings' && first.findings.length).toBe(5);
  expect(first?.type === 'findings' && first.findings.every(({ finding }) => known.has(finding))).toBe(true);
  expect(homeOf({ ...report, sections: [] })).toEqual([]);
});

test('a section is taken apart at its headings, and nothing is lost', () => {
  for (const section of report.sections) {
    expect(headed(section).flatMap((part) => part.blocks)).toEqual(section.blocks);
    expect(opening(section).some((block) => block.type === 'heading')).toBe(false);
  }
});

test('claims and risks share a section and no block', () => {
  const claims = claimsOf(report);
  expect(claims.map(({ title }) => title)).toEqual(['What others claim']);
  const [risks] = risksOf(report);
  const whole = report.sections.find(({ id }) => id === 'risks')?.blocks ?? [];
  // The heading of the claims became the title.
  expect((risks?.blocks.length ?? 0) + (claims[0]?.blocks.length ?? 0) + 1).toBe(whole.length);
});

test('every initiative has a page, every refusal stands once', () => {
  expect(initiatives(report).map(({ name }) => name)).toContain('Welcome call in the first month');
  const questions = refusalsOf(report).map(({ question }) => question);
  expect(new Set(questions).size).toBe(questions.length);
  expect(questions.length).toBeGreaterThan(3);
});

test('the profile: figures with changes, and reasons where figures would stand', () => {
  const table = scoreTable(scorecard.cards.filter(isGiven), write, '');
  expect(table.columns.map(({ title }) => title)).toEqual(['Metric', 'Value', 'n', 'Change on the period before']);
  for (const row of table.rows) {
    expect(row).toHaveLength(table.columns.length);
    expect(row[1]?.type === 'figure' && row[1].figure.interval).toBeTruthy();
  }
  const absent = absentTable(scorecard.cards.filter((card) => !isGiven(card)), write);
  expect(absent.rows.length).toBeGreaterThan(0);
  for (const [, why] of absent.rows) expect(why?.type === 'text' && why.text.length).toBeGreaterThan(10);
});

test('a tile holds its figure on its axis', () => {
  for (const card of [...scorecard.cards, ...cards]) {
    const { axis, figure } = tileOf(card, write);
    expect(axis[0]).toBeLessThan(axis[1]);
    for (const x of [figure.value, figure.low, figure.high]) {
      if (x !== null) expect(x >= axis[0] && x <= axis[1], card.metric.key).toBe(true);
    }
  }
});

test('the same metric by every convention', () => {
  const names = new Map(cards.map(({ metric: { key } }) => [key, key]));
  const table = conventionsTable(cards, names, write);
  const texts = table.rows.map(([, cell]) => cell?.type === 'figure' && cell.figure.text);
  expect(texts).toHaveLength(4);
  expect(new Set(texts).size).toBe(4);
});

const [whole] = cards as [Card];

test('groups are drawn, highest first', () => {
  const chart = groupsChart(whole, 'region', write, '');
  expect(chart?.data.kind).toBe('forest');
  if (chart?.data.kind !== 'forest') return;
  const values = chart.data.groups.map(({ figure }) => figure.value ?? -1);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  expect(draw(chart.data, sampleSheet()).height).toBeGreaterThan(100);
  expect(chart.table.rows).toHaveLength(whole.levels.length);
});

test('one group is a table, no column is nothing', () => {
  const lone = { ...whole, levels: whole.levels.slice(0, 1) };
  expect(types(groupBlocks(lone, 'region', write))).toEqual(['table']);
  expect(groupBlocks(whole, '', write)).toEqual([]);
  expect(groupsTable(whole, 'plan', write)).toBeNull();
});

test('the overall value is drawn only where the groups stand around it', () => {
  const above = whole.levels.map((level) => ({ ...level, estimate: { ...level.estimate, value: 0.999 } }));
  const chart = groupsChart({ ...whole, levels: above }, 'region', write, '');
  expect(chart?.data.kind === 'forest' && chart.data.overall).toBeNull();
});

test('a scenario is shown as the report shows a return', () => {
  const blocks = scenarioBlocks(scenario, write);
  expect(types(blocks)).toEqual(['facts', 'tiles', 'text', 'chart', 'chart', 'table', 'heading', 'facts']);
  expect(JSON.stringify(blocks)).not.toMatch(/\{[a-z-]+\}|undefined|NaN/);
  const findings = new Set(scenario.facts.map(({ id }) => id));
  const named = JSON.stringify(blocks).matchAll(/"finding":"([^"]+)"/g);
  for (const [, finding] of named) expect(findings).toContain(finding);
  for (const block of blocks) if (block.type === 'chart') expect(draw(block.data as SingleChart, sampleSheet()).height).toBeGreaterThan(100);
});

test('a chance has no colour where the interval holds zero', () => {
  const tone = (low: number, high: number): string => {
    if ('absent' in scenario.money) throw new Error('no money');
    const npv = { ...scenario.money.npv, interval: { low, high, level: 0.9, method: 'draws' } };
    const [first] = scenarioBlocks({ ...scenario, money: { ...scenario.money, npv } }, write);
    return first?.type === 'facts' ? (first.facts[0]?.tone ?? '') : '';
  };
  expect([tone(-1, 1), tone(1, 2), tone(-2, -1)]).toEqual(['neutral', 'good', 'bad']);
});

test('a scenario that is refused says why in the place of the figure', () => {
  const [first, ...others] = scenarioBlocks(refused as unknown as Scenario, write);
  expect(first?.type === 'refusals' && first.refusals[0]?.reason).toMatch(/^No line carries a margin/);
  expect(types(others)).toEqual(['table', 'heading', 'facts']);
});

test.each(['churn=-20%..-10%..-5%', 'contacts=-0.1abs', 'satisfied=1pp..2pp..3pp', 'margin=-.5%'])('a change survives: %s', (text) => {
  const change = readChange(text);
  expect(change && writeChange(change)).toBe(text);
});

test('what is no change is none', () => {
  expect([readChange('weather=1%'), readChange('churn')]).toEqual([null, null]);
  expect([BLANK, { ...BLANK, likely: '-1', low: '-2' }, { ...BLANK, likely: '-1' }].map(isWhole)).toEqual([false, false, true]);
});

test('the simulator asks nothing before a change is whole', () => {
  expect(changesOf(start('w'))).toEqual([BLANK]);
  expect(requestOf(start('w'))).toBeNull();
  const place = asking(start('w'), { set: ['churn=-10%', 'margin=1%'], cost: '1..2..3', margin: '18', horizon: '24', as_promised: 'yes' });
  const request = requestOf(place);
  expect(request).toEqual({ set: ['churn=-10%', 'margin=1%'], base: ['margin=18'], cost: '1..2..3', horizon: 24, as_promised: true });
  expect(request && simulateCommand(request)).toBe(
    'cx simulate --set churn=-10% --set margin=1% --base margin=18 --cost 1..2..3 --horizon 24 --as-promised',
  );
});

test('a metric is found by words of its name or meaning', () => {
  expect(matches('first CONTACT', 'fcr', 'First-contact resolution')).toBe(true);
  expect(matches('first bot', 'fcr', 'First-contact resolution')).toBe(false);
  expect(matches('', 'x')).toBe(true);
  expect(['fcr_window:14d', 'fcr_window[W=14d]', 'nps'].map(idOf)).toEqual(['fcr_window', 'fcr_window', 'nps']);
});
