import { expect, test } from 'vitest';
import all from '#page/words.json';
import { wordsOf } from './words';

test('every language has every label, and none is left in English', () => {
  const keys = Object.keys(all.en);
  for (const [language, words] of Object.entries(all)) {
    expect(Object.keys(words)).toEqual(keys);
    for (const [key, word] of Object.entries(words)) {
      expect(word, `${language}.${key}`).not.toBe('');
    }
  }
  const same = keys.filter((key) => all.ru[key as keyof typeof all.ru] === all.en[key as keyof typeof all.en]);
  expect(same).toEqual([]);
});

test('a tag finds its language', () => {
  expect(wordsOf('pl-PL')).toBe(all.pl);
  expect(wordsOf('zh-Hans-CN')).toBe(all.zh);
  expect(wordsOf('zh-TW')).toBe(all.en);
  expect(wordsOf('de')).toBe(all.en);
});
