import { describe, expect, test } from 'vitest';
import type { Density, EventStudy, Figure, Tornado } from '../document';
import { bins, density } from './density';
import { eventStudy, ticks } from './event-study';
import { sampleSheet } from './sample-sheet';
import { origin, tornado } from './tornado';

const sheet = sampleSheet();

const figure = (value: number): Figure => ({
  value,
  low: value - 1,
  high: value + 1,
  unit: 'money',
  text: String(value),
  interval: '',
  n: '',
  format: 'money',
  absent: null,
  caveats: [],
});

describe('density', () => {
  const data: Density = {
    from: 10,
    to: 50,
    counts: [1, 3, 3, 1],
    low: { value: 15, text: '15' },
    middle: { value: 30, text: '30' },
    high: { value: 45, text: '45' },
    above: '100 %',
    grade: 'Grade Q',
    format: 'money',
  };

  test('a bin that crosses zero is parted there', () => {
    expect(bins({ from: -3, to: 1, counts: [4, 6] })).toEqual([
      { from: -3, to: -1, count: 4 },
      { from: -1, to: 0, count: 6 },
      { from: 0, to: 1, count: 6 },
    ]);
  });

  test('zero is on the axis, however far away the draws are', () => {
    const { xAxis } = density(data, sheet).option as { xAxis: { min: number } };
    expect(xAxis.min).toBeLessThanOrEqual(0);
  });

  test('the key names what lies below zero only where something does', () => {
    const keys = (from: number): string[] => density({ ...data, from }, sheet).keys.map((key) => key.text);
    expect(keys(10)).not.toContain('below zero');
    expect(keys(-30)).toContain('below zero');
    expect(keys(10)[0]).toBe('above zero: 100 %');
  });
});

describe('event study', () => {
  const data: EventStudy = { points: [-3, -2, 0, 1].map((at) => ({ at, figure: figure(at) })), axis: 'months', format: 'money' };

  test('months before the start are on the axis and in the key', () => {
    const { xAxis } = eventStudy(data, sheet).option as { xAxis: { min: number } };
    expect(xAxis.min).toBeLessThan(-3);
    const keys = (points: EventStudy['points']): string[] => eventStudy({ ...data, points }, sheet).keys.map((key) => key.text);
    expect(keys(data.points)).toContain('before the start');
    expect(keys(data.points.slice(2))).not.toContain('before the start');
  });

  test('ticks count from the start', () => {
    expect(ticks(-8, 9, 4)).toEqual([-8, -4, 0, 4, 8]);
    expect(ticks(-3, 1, 2)).toEqual([-2, 0]);
  });
});

describe('tornado', () => {
  const data: Tornado = {
    swings: [{ label: 'effect', origin: 'judgement', origin_text: 'judgement', low: { value: 4, text: '4' }, high: { value: 9, text: '9' } }],
    center: { value: 6, text: '6' },
    format: 'money',
  };

  test('an origin is a sign and a word', () => {
    expect(data.swings.map(origin)).toEqual(['□ judgement']);
  });

  test('zero is on the axis', () => {
    const { xAxis } = tornado(data, sheet).option as { xAxis: { min: number } };
    expect(xAxis.min).toBe(0);
  });
});
