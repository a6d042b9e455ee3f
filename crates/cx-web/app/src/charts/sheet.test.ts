import { expect, test } from 'vitest';
import { sampleSheet } from './sample-sheet';
import { breakLines, shorten, tip } from './sheet';

const sheet = sampleSheet();
const texts = [
  'Technician at the customer’s home, including second visits for the same fault',
  'Обслуживание в салоне связи партнёра с самостоятельной записью',
  'Warmińsko-mazurskie',
];

test.each(texts)('lines fit and never split a word: %s', (text) => {
  for (const width of [90, 140, 220]) {
    const lines = breakLines(text, { width, size: 12 }, sheet, 9);
    for (const line of lines) {
      expect(sheet.measure(line, 12)).toBeLessThanOrEqual(width);
      for (const word of line.replace('…', '').split(/[\s-]+/).filter(Boolean)) {
        // A word stands whole, unless it alone is wider than the line and ends in an ellipsis.
        expect(line.endsWith('…') || text.split(/[\s-]+/).includes(word)).toBe(true);
      }
    }
  }
});

test('Chinese may break between characters', () => {
  expect(breakLines('上海客服中心夜间中文热线', { width: 80, size: 12 }, sheet)).toEqual(['上海客服中心', '夜间中文热线']);
});

test('what does not fit ends in an ellipsis', () => {
  const [first, second, ...rest] = breakLines(texts[0] ?? '', { width: 120, size: 12 }, sheet, 2);
  expect(rest).toEqual([]);
  expect(first?.endsWith('…')).toBe(false);
  expect(second?.endsWith('…')).toBe(true);
  expect(shorten('short', { width: 200, size: 12 }, sheet)).toBe('short');
});

test('a tooltip leaves out what is empty and reads no markup', () => {
  expect(tip(sheet, 'a {b|c}', null, '', 'd')).toBe('a (b|c)\nd');
});
