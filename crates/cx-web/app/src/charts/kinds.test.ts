import { describe, expect, test } from 'vitest';
import type { BridgeStep, ControlPoint, Figure, Forest, ForestGroup, Panel, Trend } from '../document';
import { contrast, DARK, LIGHT, readable } from '../theme';
import { bridge, spans } from './bridge';
import { peaks } from './control';
import { forest, reach, verdict } from './forest';
import { tint, tinted } from './heatmap';
import { records } from './records';
import { sampleSheet } from './sample-sheet';
import { sharedPeriods } from './small-multiples';
import { trend } from './trend';

const sheet = sampleSheet();

function figure(value: number | null, low = value, high = value): Figure {
  const text = String(value);
  return { value, low, high, unit: 'points', text, interval: '', n: '', format: 'points', absent: value === null ? 'why' : null, caveats: [] };
}

function group(value: number | null, differs: boolean, half = 1): ForestGroup {
  const own = value === null ? figure(null) : figure(value, value - half, value + half);
  return { finding: 'f', label: 'g', figure: own, shrunk: null, differs };
}

const forestOf = (groups: ForestGroup[], direction: Forest['direction'] = 'up'): Forest => ({
  groups,
  overall: { value: 10, text: '10' },
  format: 'points',
  direction,
});

/** The series of a drawing by type. */
const seriesOf = (drawing: { option: object }, type: string): Record<string, unknown>[] =>
  (drawing.option as { series: Record<string, unknown>[] }).series.filter((one) => one['type'] === type);

describe('forest', () => {
  test('only a proven difference is judged, by the direction', () => {
    expect(verdict(group(20, false), forestOf([]))).toBe('same');
    expect(verdict(group(20, true), forestOf([]))).toBe('better');
    expect(verdict(group(20, true), forestOf([], 'down'))).toBe('worse');
    expect(verdict(group(2, true), forestOf([], 'down'))).toBe('better');
    expect(verdict(group(2, true), forestOf([], 'none'))).toBe('other');
    expect(verdict(group(null, true), forestOf([]))).toBe('same');
  });

  test('one endless interval does not press the others together', () => {
    const groups = [9, 10, 11, 12].map((value) => group(value, false));
    const all = reach(forestOf([...groups, group(5, false, 60)]));
    expect(Math.min(...all)).toBe(5);
    expect(Math.max(...all)).toBe(13);
  });

  test('the key names only what is drawn', () => {
    const key = (groups: ForestGroup[]): string[] => forest(forestOf(groups), sheet).keys.map((one) => one.text);
    expect(key([group(20, true)])).toEqual(['better than the rest']);
    expect(key([group(20, false)])).toEqual(['no proven difference']);
  });
});

describe('trend', () => {
  const data: Trend = {
    points: [1, 2, null, 4, 5].map((value, i) => ({
      label: `2026-0${i + 1}`,
      figure: value === null ? figure(null) : figure(value, value - 1, value + 1),
      partial: i === 4,
    })),
    format: 'points',
    target: { value: 3, text: '+3.0' },
    events: [
      { label: '2026-04', text: 'later' },
      { label: '2026-02', text: 'sooner' },
    ],
  };

  test('a missing figure is a gap, an incomplete period is apart', () => {
    const [dashed, solid] = seriesOf(trend(data, sheet), 'line');
    expect(solid?.['data']).toEqual([1, 2, '-', 4, '-']);
    expect(dashed?.['data']).toEqual(['-', '-', '-', 4, 5]);
  });

  test('a figure that stands alone has a dot, and a light line across the gap', () => {
    const points = data.points.map((p, i) => ({ ...p, figure: i % 2 === 0 ? p.figure : figure(null), partial: false }));
    points[2] = { ...points[2]!, figure: figure(3) };
    for (const small of [true, false]) {
      const drawing = trend({ ...data, points }, sheet, { small });
      const dots = seriesOf(drawing, 'scatter')[0]?.['data'] as { value: unknown; symbolSize: number }[];
      for (const dot of dots) expect(dot.value === '-' || dot.symbolSize >= 5).toBe(true);
      expect(seriesOf(drawing, 'line').filter((one) => one['connectNulls'])).toHaveLength(1);
    }
    const whole = data.points.map((p, i) => ({ ...p, figure: figure(i) }));
    expect(seriesOf(trend({ ...data, points: whole }, sheet), 'line').filter((one) => one['connectNulls'])).toEqual([]);
  });

  test('the band has one piece on either side of a gap', () => {
    expect(seriesOf(trend(data, sheet), 'custom')[0]?.['data']).toHaveLength(2);
  });

  test('events are numbered in time order', () => {
    expect(trend(data, sheet).remarks).toEqual([
      { mark: '1', text: 'sooner (2026-02)' },
      { mark: '2', text: 'later (2026-04)' },
    ]);
  });

  test('the key says what a hollow point is only where there is one', () => {
    const keys = (points: Trend['points']): string[] => trend({ ...data, points }, sheet).keys.map((key) => key.shape);
    expect(keys(data.points)).toContain('hollow');
    expect(keys(data.points.slice(0, 2))).not.toContain('hollow');
  });
});

describe('bridge', () => {
  const step = (value: number, level = false): BridgeStep => ({ label: 's', value, text: String(value), level, range: null });
  const steps = [step(27, true), step(5), step(-1), step(31, true)];

  test('each step starts where the one before ended', () => {
    expect(spans(steps)).toEqual([
      { from: 27, to: 27 },
      { from: 27, to: 32 },
      { from: 32, to: 31 },
      { from: 31, to: 31 },
    ]);
  });

  test('the axis leaves out the empty part below', () => {
    const { xAxis } = bridge(steps, 'points', sheet).option as { xAxis: { min: number } };
    expect(xAxis.min).toBeGreaterThan(20);
  });
});

test('records end at the total, however small the last part is', () => {
  const parts = [900, 99, 1].map((n) => ({ label: String(n), n, text: String(n), tone: 'neutral' as const }));
  const { option } = records({ parts, total: 1000, text: '1,000' }, sheet);
  expect((option as { xAxis: { max: number } }).xAxis.max).toBe(1000);
  expect(seriesOf({ option }, 'custom')[0]?.['data']).toEqual([[0, 0], [0, 1], [900, 2], [999, 3]]);
});

test('of neighbouring signals the farthest is named', () => {
  const point = (value: number, signal: boolean): ControlPoint => ({ label: '', value, text: '', low: 0, high: 2, signal });
  const points = [point(1, false), point(3, true), point(5, true), point(4, true), point(1, false), point(-2, true)];
  expect([...peaks(points, 1)]).toEqual([2, 5]);
});

describe('heat map', () => {
  test('the good end follows the direction', () => {
    expect(tint(1, 'up').tone).toBe('good');
    expect(tint(1, 'down').tone).toBe('bad');
    expect(tint(0, 'down').tone).toBe('good');
    expect(tint(0.5, 'up').strength).toBe(0);
    expect(tint(1, 'none')).toEqual({ tone: 'accent', strength: tint(1, 'up').strength });
  });

  test('numbers can be read on every colour of the scale', () => {
    for (const theme of [LIGHT, DARK]) {
      for (const direction of ['up', 'down', 'none'] as const) {
        for (let share = 0; share <= 1; share += 0.01) {
          const ground = tinted(tint(share, direction), theme);
          expect(contrast(readable(ground, theme), ground)).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });
});

test('panels share every period once, in time order', () => {
  const of = (...labels: string[]): Panel => ({
    finding: '',
    title: '',
    points: labels.map((label) => ({ label, figure: figure(1), partial: false })),
    format: 'points',
    target: null,
  });
  expect(sharedPeriods([of('b', 'd'), of('a', 'b', 'c', 'd'), of('d', 'e')])).toEqual(['a', 'b', 'c', 'd', 'e']);
});
