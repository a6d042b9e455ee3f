import { describe, expect, test } from 'vitest';
import type { Backtest, Bands, BridgeStep, ControlPoint, Figure, Forest, ForestGroup, Panel, Survival, SurvivalCurve, Trend } from '../document';
import { contrast, DARK, LIGHT, readable } from '../theme';
import { backtest } from './backtest';
import { bands } from './bands';
import { bridge, ends, spans } from './bridge';
import { peaks } from './control';
import { forest, reach, verdict } from './forest';
import { init } from './engine';
import { heatmap, tint, tinted } from './heatmap';
import { records } from './records';
import { sampleSheet } from './sample-sheet';
import type { Drawing } from './sheet';
import { apart, look } from './series';
import { sharedPeriods } from './small-multiples';
import { shareAt, stairs, survival } from './survival';
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

  test('a range is counted from where its step starts, and bounds are called so', () => {
    const of = (bounds: boolean): BridgeStep => ({ ...step(5), range: { low: 4, high: 7, text: '4 to 7', bounds } });
    expect(ends(of(false), { from: 27, to: 32 })).toEqual([31, 34]);
    expect(ends({ ...of(false), level: true }, { from: 5, to: 5 })).toEqual([4, 7]);
    const words = (bounds: boolean): string[] => bridge([step(27, true), of(bounds)], 'points', sheet).keys.map((key) => key.text);
    expect(words(false)).toContain('interval');
    expect(words(true)).toContain('bounds, whatever the unknown is');
    const { xAxis } = bridge([step(27, true), of(false)], 'points', sheet).option as { xAxis: { max: number } };
    expect(xAxis.max).toBeGreaterThanOrEqual(34);
  });
});

/** The texts of a drawing with their places, as the browser would get them. */
function placed(drawing: Drawing, width: number): { text: string; x: number; y: number }[] {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: drawing.height });
  chart.setOption(drawing.option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  const place = (attributes: string, name: string): number =>
    Number(new RegExp(` ${name}="([\\d.-]+)"`).exec(attributes)?.[1] ?? 0);
  return [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = '', text = '']) => {
    const [, x, y] = /translate\(([\d.-]+)[ ,]([\d.-]+)\)/.exec(attributes) ?? [];
    return { text, x: Number(x ?? place(attributes, 'x')), y: Number(y ?? place(attributes, 'y')) };
  });
}

describe('survival', () => {
  const step = (time: number, share: number, half = 0.05) => ({ time, share, low: share - half, high: share + half });
  const curve = (label: string, half: number | null): SurvivalCurve => ({
    finding: 'f',
    label,
    steps: [step(0, 1, 0), step(5, 0.8), step(10, 0.4)],
    end: 12,
    censored: [7],
    at_ticks: ['111', '222', '333'].map((n) => ({ ...figure(0.5), n })),
    median: figure(half),
  });
  const data: Survival = {
    curves: [curve('first', 10), curve('second', null)],
    ticks: [0, 6, 12].map((value) => ({ value, text: `${value} m` })),
    axis: 'months',
  };

  test('a curve goes along first and down then, and keeps its share to the end', () => {
    const plain = (time: number, share: number): [number, number] => [time, share];
    expect(stairs(data.curves[0]!, 'share', plain)).toEqual([[0, 1], [5, 1], [5, 0.8], [10, 0.8], [10, 0.4], [12, 0.4]]);
    expect([0, 4.9, 5, 11].map((time) => shareAt(data.curves[0]!, time))).toEqual([1, 1, 0.8, 0.4]);
  });

  test('the axis runs from nobody to everybody, and counts stand under their ticks', () => {
    for (const width of [390, 860]) {
      const texts = placed(survival(data, sampleSheet({ width })), width);
      for (const share of ['0\u00a0%', '50\u00a0%', '100\u00a0%']) expect(texts.map((one) => one.text)).toContain(share);
      const columns = [['0 m', '111'], ['6 m', '222'], ['12 m', '333']] as const;
      for (const [tick, count] of columns) {
        const at = texts.find((one) => one.text === tick)!;
        const counts = texts.filter((one) => one.text === count);
        expect(counts).toHaveLength(2);
        for (const one of counts) {
          expect(one.x).toBeCloseTo(at.x, 1);
          expect(one.y).toBeGreaterThan(at.y);
        }
      }
    }
  });

  test('the key tells of medians and ends of watching only where there are some', () => {
    const keys = (curves: SurvivalCurve[]): string[] => survival({ ...data, curves }, sheet).keys.map((key) => key.text);
    expect(keys(data.curves)).toEqual(['first', 'second', 'interval', 'median', 'no longer watched']);
    expect(keys([{ ...curve('only', null), censored: [] }])).toEqual(['only', 'interval']);
  });

  test('two neighbouring lines differ in colour and in dashes', () => {
    for (let i = 0; i < 4; i += 1) {
      expect(look(i).color).not.toBe(look(i + 1).color);
      expect(look(i).dash).not.toEqual(look(i + 1).dash);
    }
  });
});

test('labels keep their order and their distance, and stay inside', () => {
  expect(apart([50, 51, 10], 15, 0, 100)).toEqual([50, 65, 10]);
  expect(apart([98, 99], 15, 0, 100)).toEqual([85, 100]);
  expect(apart([], 15, 0, 100)).toEqual([]);
});

describe('bands', () => {
  const data = (apart: boolean | null): Bands => ({
    columns: ['raw', 'adjusted', 'causal'],
    panels: [
      {
        title: 'kept',
        rows: [{ finding: 'f', label: 'b against a', cells: [1, 2, 3].map((value) => ({ figure: figure(value, value - 4, value + 4), apart })) }],
        format: 'number',
        zero: true,
      },
    ],
  });

  test('what cannot be told apart says so in words, once a column', () => {
    const words = (apart: boolean | null, width: number): string[] =>
      placed(bands(data(apart), sampleSheet({ width })), width).map((one) => one.text).filter((text) => text === 'not distinguishable');
    for (const width of [390, 860]) {
      expect(words(false, width)).toHaveLength(3);
      expect(words(true, width)).toHaveLength(0);
    }
    expect(bands(data(null), sheet).keys).toEqual([]);
  });

  test('zero is on the axis of every column', () => {
    const zeros = placed(bands(data(true), sheet), 860).filter((one) => one.text === '0');
    expect(zeros).toHaveLength(3);
  });

  test('all three columns stand on a narrow page too', () => {
    for (const width of [340, 390, 860]) {
      const texts = placed(bands(data(true), sampleSheet({ width })), width).map((one) => one.text);
      for (const column of data(true).columns) expect(texts).toContain(column);
    }
  });
});

describe('backtest', () => {
  const data: Backtest = {
    points: ['2026-01', '2026-02', '2026-03', '2026-04'].map((label, i) => ({
      label,
      actual: { value: i, text: String(i) },
      model: i < 2 ? figure(i, null, null) : figure(i, i - 1, i + 1),
      baseline: i < 2 ? null : { value: 9, text: '9' },
    })),
    fitted: '2026-02',
    model: 'law',
    baseline: 'average',
    format: 'number',
  };

  test('the band begins where the forecast does, and the simple forecast too', () => {
    const drawing = backtest(data, sheet);
    expect(seriesOf(drawing, 'custom')[0]?.['data']).toEqual([[2, expect.any(Number)]]);
    const [baseline] = seriesOf(drawing, 'line');
    expect(baseline?.['data']).toEqual(['-', '-', 9, 9]);
  });

  test('the end of fitting is marked in words, unless nothing was fitted', () => {
    const said = (one: Backtest): boolean => placed(backtest(one, sheet), 860).some(({ text }) => text === 'fitted up to here');
    expect(said(data)).toBe(true);
    expect(said({ ...data, fitted: 'never' })).toBe(false);
  });
});

test('a cell whose period is not over is marked, and the key says so', () => {
  const of = (partial: boolean) =>
    heatmap({ columns: ['a'], rows: ['b'], cells: [{ row: 0, column: 0, figure: figure(1), finding: '', partial }], format: 'points', direction: 'up' }, sheet).keys;
  expect(of(true).map((key) => key.shape)).toContain('corner');
  expect(of(false).map((key) => key.shape)).not.toContain('corner');
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
