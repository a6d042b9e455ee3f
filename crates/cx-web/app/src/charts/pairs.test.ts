import { describe, expect, test } from 'vitest';
import type { PairRow, Pairs, Span, Tone } from '../document';
import { init } from './engine';
import { pairs } from './pairs';
import { sampleSheet } from './sample-sheet';
import { usual } from './whisker';

const span = (value: number | null, low: number | null = null, high: number | null = null): Span => ({
  value,
  low,
  high,
  text: String(value),
});

const row = (first: Span | null, second: number | null, tone: Tone = 'neutral', beside: Span[] = []): PairRow => ({
  finding: 'evaluate/P/delivered',
  label: 'P: Welcome call',
  first,
  beside,
  second: {
    value: second,
    low: second === null ? null : second - 2,
    high: second === null ? null : second + 2,
    unit: 'money',
    text: second === null ? '' : String(second),
    interval: '',
    n: '',
    format: 'money',
    absent: second === null ? 'A check that must hold failed.' : null,
    caveats: [],
  },
  text: 'below the range',
  tone,
});

const chart = (rows: PairRow[], zero = false): Pairs => ({
  rows,
  first: 'promised',
  second: 'delivered',
  beside: 'as amended',
  format: 'money',
  zero,
});

function svg(data: Pairs, width = 860): string {
  const drawing = pairs(data, sampleSheet({ width }));
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width, height: drawing.height });
  canvas.setOption(drawing.option);
  const text = canvas.renderToSVGString();
  canvas.dispose();
  return text;
}

describe('pairs', () => {
  test('both ranges are on the axis', () => {
    const { xAxis } = pairs(chart([row(span(50, 40, 60), 20)]), sampleSheet()).option as { xAxis: { min: number; max: number } };
    expect(xAxis.min).toBeLessThanOrEqual(18);
    expect(xAxis.max).toBeGreaterThanOrEqual(60);
  });

  test('zero is on the axis where the chart asks for it', () => {
    const least = (zero: boolean): number =>
      (pairs(chart([row(span(50, 48, 52), 51)], zero), sampleSheet()).option as { xAxis: { min: number } }).xAxis.min;
    expect(least(true)).toBe(0);
    expect(least(false)).toBeGreaterThan(0);
  });

  test('the key names only what is drawn', () => {
    const names = (rows: PairRow[]): string[] =>
      pairs(chart(rows), sampleSheet()).keys.map((key) => `${key.shape} ${key.text}`);
    expect(names([row(span(5, 4, 6), 4)])).toEqual(['hollow promised', 'dot delivered']);
    expect(names([row(span(5), 4, 'good', [span(3)])])).toEqual(['tick promised', 'diamond as amended', 'dot delivered']);
    expect(names([row(span(null, 4, 6), 4)])).toEqual(['whisker promised', 'dot delivered']);
    expect(names([row(null, null)])).toEqual([]);
  });

  test('what is missing says why in its row', () => {
    expect(svg(chart([row(span(5, 4, 6), null, 'warning'), row(span(5, 4, 6), 4)]))).toContain('A check that must');
  });

  test('the verdict stands beside the figure, and on a narrow page beside the name', () => {
    expect(svg(chart([row(span(5, 4, 6), 3, 'bad')]))).toContain('below the range');
    expect(svg(chart([row(span(5, 4, 6), 3, 'bad')]), 320)).toContain('below the range');
  });
});

test('one range that is far too wide does not press the others together', () => {
  const narrow = [1, 2, 3].map((x) => ({ value: x, low: x - 1, high: x + 1 }));
  expect(Math.max(...usual([...narrow, { value: 2, low: -500, high: 500 }]))).toBe(4);
});
