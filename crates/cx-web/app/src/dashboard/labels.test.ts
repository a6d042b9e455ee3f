import { expect, test } from 'vitest';
import { idOf, LABELS, messages, Say } from './labels';
import { SCREENS } from './place';
import { COUNTED, LEVERS } from './screens/levers';

const sources = Object.values(
  import.meta.glob<string>(['./**/*.ts', './**/*.tsx', '!./**/*.test.ts', '!./labels.ts'], { query: '?raw', import: 'default', eager: true }),
).join('\n');

test('labels and messages are the same', () => {
  const own = messages.idsOf('en').filter((id) => id.startsWith('dashboard-'));
  expect(own.sort()).toEqual(LABELS.map(idOf).sort());
});

test('every label is used', () => {
  const named = [...SCREENS.map((one) => `screen_${one}`), ...LEVERS.map((one) => `lever_${one}`), ...Object.keys(COUNTED).map((one) => `counted_${one}`)];
  expect(LABELS.filter((label) => !named.includes(label) && !new RegExp(`['"]${label}['"]`).test(sources))).toEqual([]);
});

test('every language says every label in words of its own', () => {
  expect(messages.languages).toEqual(['en', 'pl', 'ru', 'zh']);
  for (const language of ['pl', 'ru', 'zh']) {
    const ids = new Set(messages.idsOf(language));
    expect(LABELS.filter((label) => !ids.has(idOf(label)))).toEqual([]);
  }
  const [ru, en] = [new Say('ru'), new Say('en')];
  expect(LABELS.filter((label) => ru.label(label) === en.label(label))).toEqual([]);
});

test('every message that the dashboard says is one', () => {
  const known = new Set(messages.idsOf('en'));
  const said = [...sources.matchAll(/\.text\('([a-z-]+)'/g)].map((found) => String(found[1]));
  expect(said.length).toBeGreaterThan(20);
  expect(said.filter((id) => !known.has(id))).toEqual([]);
});
