import { describe, expect, test } from 'vitest';
import { niceStep, periodTicks, scale, ticks } from './axis';
import { sampleSheet } from './sample-sheet';

const sheet = sampleSheet();

test.each([
  [10, 5, 2],
  [1, 5, 0.2],
  [0.07, 5, 0.02],
  [93, 6, 20],
])('a span of %d in at most %d steps goes by %d', (span, most, step) => {
  expect(niceStep(span, most)).toBeCloseTo(step, 12);
});

describe('an axis', () => {
  test('holds its values and ends on ticks', () => {
    const axis = scale(sheet, 'points', [26.7, 36.1]);
    expect([axis.min, axis.max, axis.step]).toEqual([26, 38, 2]);
  });

  test('does not leave the legal range of shares', () => {
    const axis = scale(sheet, 'percent', [0.02, 1]);
    expect(axis.min).toBe(0);
    expect(axis.max).toBe(1);
  });

  test('of one value or none is still an axis', () => {
    for (const values of [[], [0], [0.4, 0.4], [-12]]) {
      const axis = scale(sheet, 'number', values);
      expect(axis.max).toBeGreaterThan(axis.min);
      expect(axis.step).toBeGreaterThan(0);
    }
  });

  test('of times goes by whole units', () => {
    const axis = scale(sheet, 'duration', [280, 425]);
    expect(axis.step % 30).toBe(0);
    expect(axis.tick(300)).toBe('5.0 min');
  });
});

describe('tick texts follow language and format', () => {
  const written = (language: string, format: 'percent' | 'points' | 'money' | 'duration' | 'number', step: number, value: number): string =>
    ticks(sampleSheet({ language }), format, step, Math.max(value, step))(value).replaceAll(/[\u00a0\u202f]/g, ' ');

  test.each([
    ['en', 'percent', 0.1, 0.5, '50 %'],
    ['pl', 'percent', 0.005, 0.5, '50,0 %'],
    ['ru', 'percent', 0.1, 0.5, '50 %'],
    ['zh-Hans', 'percent', 0.1, 0.5, '50 %'],
    ['en', 'points', 10, 30, '+30'],
    ['en', 'points', 10, -30, '−30'],
    ['en', 'points', 10, 0, '0'],
    ['pl', 'number', 5000, 25_000, '25 000'],
    ['en', 'number', 0.5, 4.5, '4.5'],
    ['en', 'duration', 3600, 7200, '2 h'],
    ['ru', 'duration', 60, 120, '2 мин'],
    ['en', 'money', 20, 40, 'zł 40'],
    ['pl', 'money', 20, 40, '40 zł'],
    ['en', 'money', 200_000, 400_000, 'zł 400K'],
  ] as const)('%s %s', (language, format, step, value, text) => {
    expect(written(language, format, step, value)).toBe(text);
  });

  test('a language that nobody knows does not stop the page', () => {
    expect(written('not a tag', 'percent', 0.1, 0.5)).toBe('50 %');
  });

  test('without a currency money is a plain number', () => {
    expect(ticks(sampleSheet({ currency: null }), 'money', 10, 40)(40)).toBe('40');
  });
});

test('periods show their year where it begins', () => {
  expect(periodTicks(sheet, ['2025-11', '2025-12', '2026-01'])).toEqual(['Nov\n2025', 'Dec', 'Jan\n2026']);
  expect(periodTicks(sheet, ['2025-Q4', '2026-Q1'])).toEqual(['Q4\n2025', 'Q1\n2026']);
  expect(periodTicks(sheet, ['2025', 'week of 2026-03-01'])).toEqual(['2025', 'week of 2026-03-01']);
});
