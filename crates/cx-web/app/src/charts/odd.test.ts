import { describe, expect, test } from 'vitest';
import type { Figure, PairRow, Span, TrendPoint } from '../document';
import { draw, type SingleChart } from './draw';
import { init } from './engine';
import { sampleSheet } from './sample-sheet';

/** Data at the edge of what a document may hold. None may break a drawing. */

const figure = (value: number | null, low: number | null = value, high: number | null = value): Figure => ({
  value,
  low,
  high,
  unit: 'scale_points',
  text: value === null ? '' : String(value),
  interval: low === null ? '' : `${low} to ${high}`,
  n: '0',
  format: 'number',
  absent: value === null ? 'Nothing qualifies, and the reason for it is long enough to be cut off.' : null,
  caveats: [],
});
const point = (label: string, value: number | null, partial = false): TrendPoint => ({ label, figure: figure(value), partial });
const group = (value: Figure) => ({ finding: '', label: 'x'.repeat(90), figure: value, shrunk: null, differs: false });

const pairRow = (first: Omit<Span, 'text'> | null, second: Figure): PairRow => ({
  finding: '',
  label: 'x'.repeat(90),
  first: first && { ...first, text: '' },
  beside: first ? [{ value: 1, low: null, high: null, text: '' }] : [],
  second,
  text: 'y '.repeat(30),
  tone: 'bad',
});

const odd: [string, SingleChart][] = [
  ['a trend without points', { kind: 'trend', points: [], format: 'number', target: null, events: [] }],
  [
    'a trend of one point with an event outside',
    { kind: 'trend', points: [point('2026', 0)], format: 'money', target: { value: 5e12, text: '5' }, events: [{ label: '2027', text: 'e' }] },
  ],
  [
    'a trend of missing figures',
    { kind: 'trend', points: [point('a', null), point('b', null, true)], format: 'percent', target: null, events: [] },
  ],
  [
    'a trend in tiny steps',
    { kind: 'trend', points: [point('a', 1e-9), point('b', 2e-9, true)], format: 'number', target: null, events: [] },
  ],
  [
    'a trend with open limits',
    {
      kind: 'trend',
      points: [{ label: 'a', figure: figure(1, null, 3), partial: false }, { label: 'b', figure: figure(2, 0, null), partial: false }],
      format: 'number',
      target: null,
      events: [],
    },
  ],
  ['a forest without groups', { kind: 'forest', groups: [], overall: null, format: 'points', direction: 'up' }],
  [
    'a forest of missing figures',
    { kind: 'forest', groups: [group(figure(null)), group(figure(null))], overall: null, format: 'percent', direction: 'down' },
  ],
  [
    'a forest beyond the usual range',
    { kind: 'forest', groups: [group(figure(1.8, 1.2, 2.9)), group(figure(-0.3, null, null))], overall: { value: 1, text: '1' }, format: 'percent', direction: 'none' },
  ],
  ['a distribution without bars', { kind: 'distribution', bars: [] }],
  ['a distribution of nothing', { kind: 'distribution', bars: [{ label: '', n: 0, share: 0, text: '0 %', tone: 'neutral' }] }],
  ['an event study without points', { kind: 'event_study', points: [], axis: 'months', format: 'money' }],
  [
    'an event study of one month with open limits',
    { kind: 'event_study', points: [{ at: 3, figure: figure(0, null, 2) }], axis: 'months', format: 'number' },
  ],
  [
    'draws that are all alike',
    { kind: 'density', from: 5, to: 5, counts: [10], low: { value: 5, text: '5' }, middle: { value: 5, text: '5' }, high: { value: 5, text: '5' }, above: '100 %', grade: 'Grade R', format: 'money' },
  ],
  [
    'no draws',
    { kind: 'density', from: 0, to: 0, counts: [], low: { value: 0, text: '' }, middle: { value: 0, text: '' }, high: { value: 0, text: '' }, above: '', grade: '', format: 'money' },
  ],
  ['a tornado without inputs', { kind: 'tornado', swings: [], center: { value: 0, text: '0' }, format: 'money' }],
  [
    'an input that moves nothing',
    { kind: 'tornado', swings: [{ label: 'x'.repeat(90), origin: 'own', origin_text: 'own', low: { value: 7, text: '7' }, high: { value: 7, text: '7' } }], center: { value: 7, text: '7' }, format: 'money' },
  ],
  ['amounts of nothing', { kind: 'amounts', bars: [{ label: '', group: '', mark: { value: 0, text: '0' } }], format: 'money' }],
  ['no amounts', { kind: 'amounts', bars: [], format: 'number' }],
  ['grades of nothing', { kind: 'grades', columns: ['R', 'Q'], rows: [{ label: 'x', grade: null, best: null, text: 'why '.repeat(60) }] }],
  ['a bridge without steps', { kind: 'bridge', steps: [], format: 'points' }],
  ['a bridge of one level', { kind: 'bridge', steps: [{ label: 'x', value: 0, text: '0', level: true, range: null }], format: 'points' }],
  ['a heat map without cells', { kind: 'heatmap', columns: [], rows: [], cells: [], format: 'percent', direction: 'up' }],
  [
    'a heat map of one missing cell',
    { kind: 'heatmap', columns: ['a'], rows: ['b'], cells: [{ row: 0, column: 0, figure: figure(null), finding: '', partial: true }], format: 'percent', direction: 'up' },
  ],
  ['records of an empty file', { kind: 'records', parts: [], total: 0, text: '0' }],
  ['survival without curves', { kind: 'survival', curves: [], ticks: [], axis: '' }],
  [
    'survival of nobody, of one step, and beyond its ticks',
    {
      kind: 'survival',
      curves: [
        { finding: '', label: '', steps: [], end: 0, censored: [], at_ticks: [], median: figure(null) },
        { finding: '', label: 'x'.repeat(90), steps: [{ time: 0, share: 1, low: null, high: null }], end: 0, censored: [0], at_ticks: [figure(1)], median: figure(40) },
      ],
      ticks: [{ value: 0, text: '0' }],
      axis: 'y'.repeat(200),
    },
  ],
  ['bands without panels', { kind: 'bands', columns: [], panels: [] }],
  [
    'bands of missing, equal and open figures',
    {
      kind: 'bands',
      columns: ['a', 'b', 'c'],
      panels: [
        { title: '', rows: [{ finding: '', label: 'x'.repeat(90), cells: [{ figure: figure(null), apart: null }, { figure: figure(0), apart: false }, { figure: figure(0, null, null), apart: true }] }], format: 'money', zero: true },
        { title: 'empty', rows: [], format: 'percent', zero: false },
      ],
    },
  ],
  ['a backtest without points', { kind: 'backtest', points: [], fitted: '', model: 'm', baseline: 'b', format: 'number' }],
  [
    'a backtest of one point that nothing was fitted to',
    {
      kind: 'backtest',
      points: [{ label: 'a', actual: null, model: figure(3, null, 4), baseline: { value: 2, text: '2' } }],
      fitted: 'z',
      model: 'm'.repeat(90),
      baseline: '',
      format: 'money',
    },
  ],
  [
    'a bridge with open bounds',
    { kind: 'bridge', steps: [{ label: 'x', value: 2, text: '2', level: false, range: { low: null, high: 5, text: '', bounds: true } }], format: 'money' },
  ],
  ['pairs without rows', { kind: 'dumbbell', rows: [], first: 'a', second: 'b', beside: '', format: 'money', zero: true }],
  [
    'pairs of nothing, of open sides and of amendments',
    {
      kind: 'claims',
      rows: [
        pairRow(null, figure(null)),
        pairRow({ value: null, low: 0, high: null }, figure(1, null, 3)),
        pairRow({ value: null, low: null, high: 0 }, figure(0, null, null)),
        pairRow({ value: 5e9, low: 1, high: 9e9 }, figure(null)),
      ],
      first: 'a',
      second: 'b',
      beside: 'c',
      format: 'percent',
      zero: false,
    },
  ],
  [
    'a calibration of one share at its end',
    { kind: 'calibration', rows: [pairRow({ value: 0.8, low: null, high: null }, figure(1, 0.2, 1))], first: 'a', second: 'b', beside: '', format: 'percent', zero: true },
  ],
  ['a control chart without points', { kind: 'control', points: [], center: { value: 0, text: '0' }, format: 'number' }],
  [
    'a control chart of one point without room',
    { kind: 'control', points: [{ label: 'a', value: 1, text: '1', low: 1, high: 1, signal: true }], center: { value: 1, text: '1' }, format: 'duration' },
  ],
];

describe.each(odd)('%s', (_, data) => {
  test.each([320, 860])('%d wide', (width) => {
    const drawing = draw(data, sampleSheet({ width }));
    expect(drawing.height).toBeGreaterThan(0);
    expect(drawing.height).toBeLessThan(1000);
    const size = { width: Math.max(width, drawing.minWidth ?? 0), height: drawing.height };
    const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
    chart.setOption(drawing.option);
    expect(chart.renderToSVGString()).not.toMatch(/NaN|undefined|Infinity/);
    chart.dispose();
  });
});
