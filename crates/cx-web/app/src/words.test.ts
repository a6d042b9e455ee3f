import { expect, test } from 'vitest';
import { APPLICATION, idOf, idsOf, languages, PAGE, wordsOf } from './words';

/** The application's own text, without tests and the list of labels. */
const sources = Object.values(
  import.meta.glob<string>(['./**/*.ts', './**/*.tsx', '!./**/*.test.ts', '!./words.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).join('\n');

test('every label is a message', () => {
  const ids = new Set(idsOf('en'));
  for (const key of [...PAGE, ...APPLICATION]) expect(ids, key).toContain(idOf(key));
});

test('every message of the application is a label', () => {
  const own = idsOf('en').filter((id) => id.startsWith('application-'));
  expect(own.sort()).toEqual(APPLICATION.map(idOf).sort());
});

test('every label is used', () => {
  // Tones are looked up by their name.
  const tones = ['good', 'bad', 'warning', 'neutral'];
  const used = (key: string): boolean => tones.includes(key) || new RegExp(`words\\.${key}\\b`).test(sources);
  expect([...PAGE, ...APPLICATION].filter((key) => !used(key))).toEqual([]);
});

test('a translation has no message of its own, and none is left in English', () => {
  expect(languages).toEqual(['en', 'pl', 'ru', 'zh']);
  const english = new Set(idsOf('en'));
  for (const language of languages) expect(idsOf(language).filter((id) => !english.has(id))).toEqual([]);
  const [ru, en] = [wordsOf('ru'), wordsOf('en')];
  expect([...PAGE, ...APPLICATION].filter((key) => ru[key] === en[key])).toEqual([]);
});

test('a tag finds its language', () => {
  expect(wordsOf('pl-PL')).toBe(wordsOf('pl'));
  expect(wordsOf('pl').contents).toBe('Spis treści');
  expect(wordsOf('zh-Hans-CN').contents).toBe('目录');
  expect(wordsOf('zh-TW')).toBe(wordsOf('en'));
  expect(wordsOf('de')).toBe(wordsOf('en'));
});
