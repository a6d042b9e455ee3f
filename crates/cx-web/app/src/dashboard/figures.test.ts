import { expect, test } from 'vitest';
import explained from '../../fixtures/explained.json';
import scores from '../../fixtures/scorecard.json';
import type { Absent, Estimate, Explained, Scorecard } from './client';
import { command, sentence, Writer } from './figures';
import { messages, Say } from './labels';

const scorecard = scores as unknown as Scorecard;
const write = new Writer(new Say('en'), scorecard.currency);
const estimate = (more: Partial<Estimate>): Estimate => ({ value: 1, unit: 'ratio', size: { n: 10, clusters: 0 }, ...more });

test('every figure of an answer has its interval and its reason', () => {
  for (const { overall } of scorecard.cards) {
    const figure = write.figure(overall.estimate);
    expect(figure.value === null, overall.id).toBe(figure.absent !== null);
    expect(figure.text !== '' && figure.interval !== '', overall.id).toBe(figure.value !== null);
    expect(`${figure.text}${figure.interval}${figure.absent}${figure.caveats.join('')}`).not.toContain('{');
  }
});

test('time in hours is seconds on an axis', () => {
  const figure = write.figure(estimate({ value: 2, unit: 'hours', interval: { low: 1, high: null, level: 0.95, method: 't' } }));
  expect([figure.value, figure.low, figure.high, figure.unit, figure.format]).toEqual([7200, 3600, null, 'seconds', 'duration']);
  expect(figure.interval).toBe('from 1.0 h');
});

test.each<[Absent, string]>([
  [{ kind: 'no_data' }, 'No row qualifies.'],
  [{ kind: 'not_available', needs: ['a.b', 'c'] }, 'Needs a.b, c.'],
  [{ kind: 'below_min_n', n: 1, wanted: 1000 }, 'One row; 1,000 are asked for.'],
  [{ kind: 'suppressed', complementary: false }, 'Hidden: too few people to speak of without speaking of each.'],
  [{ kind: 'undefined', why: 'zero below.' }, 'No value: zero below.'],
  [{ kind: 'censored_window' }, 'Every row is younger than the window that the metric needs.'],
  [{ kind: 'refused', rule: 'r', reason: 'no margin', lift: 'map it.' }, 'No margin. What would lift it: map it.'],
])('why there is no figure: %o', (absent, words) => {
  expect(write.absence(absent)).toBe(words);
});

test('every doubt that the core knows has words', () => {
  const doubts = messages.idsOf('en').filter((id) => id.startsWith('caveat-')).map((id) => id.slice('caveat-'.length).replaceAll('-', '_'));
  expect(doubts).toContain('few_rows');
  const details = { n: 1200, wanted: 5, events: 2, clusters: 3, rows: 4, dropped: 5, effective: 90, design_effect: 1.5, scales: ['5', '7'], low: 0.1, high: 0.2 };
  for (const code of doubts) expect(write.caveat({ code, ...details }, 'share'), code).not.toMatch(/[{}]|undefined|NaN/);
  expect(write.caveat({ code: 'note', text: 'all agree' }, 'share')).toBe('All agree.');
  expect(write.caveat({ code: 'few_rows', n: 1200, wanted: 5 }, 'share')).toMatch(/^1,200 rows; 5 are/);
});

test('how a figure came about', () => {
  const derivations = write.ofCards(scorecard.cards);
  const found = derivations.find(({ metric }) => metric === 'csat_t2b');
  expect(found).toMatchObject({ name: 'CSAT, top-two-box', interval: expect.stringMatching(/^Wilson .*, 95\u00a0%, two-sided\.$/) });
  expect(found?.inputs.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['Rows in the denominator', 'Customers or cases', 'Standard error', 'Rows of responses']),
  );
  expect(found?.command).toBe(`cx explain ${found?.finding}`);
  expect(new Set(derivations.map(({ finding }) => finding)).size).toBe(derivations.length);
});

test('what the server explains has its files', () => {
  const told = write.ofExplained(explained as unknown as Explained);
  expect(told?.finding).toBe('fcr_window');
  expect(told?.files.length).toBeGreaterThan(0);
  expect(told?.files[0]?.label).toMatch(/, [\d,]+ rows$/);
  expect(write.ofExplained({ ...(explained as unknown as Explained), level: null, change: null })).toBeNull();
});

test('a command can be pasted', () => {
  expect(command(['metrics', 'nps', '--where', "channel = 'email'"])).toBe(`cx metrics nps --where 'channel = '\\''email'\\'''`);
  expect(command(['simulate', '--set', 'churn=-20%..-10%'])).toBe('cx simulate --set churn=-20%..-10%');
});

test('sentences begin large and end once', () => {
  expect([' a b', 'c.', 'd?', ''].map(sentence)).toEqual(['A b.', 'C.', 'D?', '']);
});
