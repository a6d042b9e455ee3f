import { expect, test } from 'vitest';
import sample from '../fixtures/sample.json';
import * as d from './document';

/** A check of one value; says what is wrong and where, or nothing. */
type Check<T> = ((value: unknown, at: string) => string[]) & { readonly of?: T };

const is =
  <T>(kind: string): Check<T> =>
  (value, at) =>
    typeof value === kind ? [] : [`${at} is ${value === null ? 'null' : typeof value}, not ${kind}`];

const text = is<string>('string');
const number = is<number>('number');
const flag = is<boolean>('boolean');

const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value, at) =>
    value === null ? [] : check(value, at);

const oneOf =
  <T extends string>(...words: T[]): Check<T> =>
  (value, at) =>
    words.some((word) => word === value) ? [] : [`${at} is ${JSON.stringify(value)}`];

const list =
  <T>(check: Check<T>): Check<T[]> =>
  (value, at) =>
    Array.isArray(value) ? value.flatMap((item, i) => check(item, `${at}[${i}]`)) : [`${at} is no list`];

const pair: Check<[number, number]> = (value, at) =>
  Array.isArray(value) && value.length === 2 ? list(number)(value, at) : [`${at} is no pair`];

/** An object with exactly these fields: one too many is as wrong as one too few. */
const shape =
  <T>(fields: { [K in keyof T]-?: Check<T[K]> }): Check<T> =>
  (value, at) => {
    if (typeof value !== 'object' || value === null) return [`${at} is no object`];
    const checks = fields as Record<string, Check<unknown>>;
    const found = value as Record<string, unknown>;
    const extra = Object.keys(found).filter((key) => !(key in checks));
    return [
      ...extra.map((key) => `${at}.${key} is not in the types`),
      ...Object.entries(checks).flatMap(([key, check]) =>
        key in found ? check(found[key], `${at}.${key}`) : [`${at}.${key} is missing`],
      ),
    ];
  };

/** One of several objects, told apart by a word in one field. */
const tagged =
  <T>(tag: string, kinds: object): Check<T> =>
  (value, at) => {
    const kind = (value as Record<string, unknown> | null)?.[tag];
    const check = (kinds as Record<string, Check<unknown>>)[String(kind)];
    return check ? check(value, at) : [`${at}.${tag} is ${JSON.stringify(kind)}`];
  };

type Of<U, T extends string, K extends 'type' | 'kind'> = Extract<U, Record<K, T>>;

const tone = oneOf<d.Tone>('neutral', 'good', 'bad', 'warning');
const way = oneOf<d.Way>('up', 'down', 'none');
const format = oneOf<d.Format>('percent', 'number', 'points', 'money', 'duration');
const mark = shape<d.Mark>({ value: number, text });
const fact = shape<d.Fact>({ label: text, value: text, tone });
const figure = shape<d.Figure>({
  value: orNull(number),
  low: orNull(number),
  high: orNull(number),
  unit: text,
  text,
  interval: text,
  n: text,
  format,
  absent: orNull(text),
  caveats: list(text),
});
const cell = tagged<d.Cell>('type', {
  text: shape<Of<d.Cell, 'text', 'type'>>({ type: text as Check<'text'>, text }),
  figure: shape<Of<d.Cell, 'figure', 'type'>>({
    type: text as Check<'figure'>,
    figure,
    finding: orNull(text),
  }),
});
const columns = list(shape<d.Column>({ title: text, numeric: flag }));
const table = { id: text, title: text, columns, rows: list(list(cell)), note: text, folded: flag };
const point = shape<d.TrendPoint>({ label: text, figure, partial: flag });
const event = shape<d.TrendEvent>({ label: text, text });
const range = shape<d.StepRange>({ low: orNull(number), high: orNull(number), text, bounds: flag });
const curve = shape<d.SurvivalCurve>({
  finding: text,
  label: text,
  steps: list(shape<d.SurvivalStep>({ time: number, share: number, low: orNull(number), high: orNull(number) })),
  end: number,
  censored: list(number),
  at_ticks: list(figure),
  median: figure,
});
const band = shape<d.BandRow>({
  finding: text,
  label: text,
  cells: list(shape<d.BandCell>({ figure, apart: orNull(flag) })),
});

const span = shape<d.Span>({ value: orNull(number), low: orNull(number), high: orNull(number), text });
const pairs = {
  rows: list(
    shape<d.PairRow>({ finding: text, label: text, first: orNull(span), beside: list(span), second: figure, text, tone }),
  ),
  first: text,
  second: text,
  beside: text,
  format,
  zero: flag,
};

const charts: { [K in d.ChartData['kind']]: Check<Of<d.ChartData, K, 'kind'>> } = {
  trend: shape({
    kind: text as Check<'trend'>,
    points: list(point),
    format,
    target: orNull(mark),
    events: list(event),
  }),
  small_multiples: shape({
    kind: text as Check<'small_multiples'>,
    panels: list(
      shape<d.Panel>({ finding: text, title: text, points: list(point), format, target: orNull(mark) }),
    ),
  }),
  forest: shape({
    kind: text as Check<'forest'>,
    groups: list(
      shape<d.ForestGroup>({ finding: text, label: text, figure, shrunk: orNull(mark), differs: flag }),
    ),
    overall: orNull(mark),
    format,
    direction: way,
  }),
  distribution: shape({
    kind: text as Check<'distribution'>,
    bars: list(shape<d.Bar>({ label: text, n: number, share: number, text, tone })),
  }),
  bridge: shape({
    kind: text as Check<'bridge'>,
    steps: list(shape<d.BridgeStep>({ label: text, value: number, text, level: flag, range: orNull(range) })),
    format,
  }),
  heatmap: shape({
    kind: text as Check<'heatmap'>,
    columns: list(text),
    rows: list(text),
    cells: list(shape<d.HeatCell>({ row: number, column: number, figure, finding: text, partial: flag })),
    format,
    direction: way,
  }),
  records: shape({
    kind: text as Check<'records'>,
    parts: list(shape<d.RecordPart>({ label: text, n: number, text, tone })),
    total: number,
    text,
  }),
  survival: shape({ kind: text as Check<'survival'>, curves: list(curve), ticks: list(mark), axis: text }),
  bands: shape({
    kind: text as Check<'bands'>,
    columns: list(text),
    panels: list(shape<d.BandPanel>({ title: text, rows: list(band), format, zero: flag })),
  }),
  backtest: shape({
    kind: text as Check<'backtest'>,
    points: list(
      shape<d.BacktestPoint>({ label: text, actual: orNull(mark), model: orNull(figure), baseline: orNull(mark) }),
    ),
    fitted: text,
    model: text,
    baseline: text,
    format,
  }),
  event_study: shape({
    kind: text as Check<'event_study'>,
    points: list(shape<d.EventPoint>({ at: number, figure })),
    axis: text,
    format,
  }),
  density: shape({
    kind: text as Check<'density'>,
    from: number,
    to: number,
    counts: list(number),
    low: mark,
    middle: mark,
    high: mark,
    above: text,
    grade: text,
    format,
  }),
  tornado: shape({
    kind: text as Check<'tornado'>,
    swings: list(shape<d.Swing>({ label: text, origin: text, origin_text: text, low: mark, high: mark })),
    center: mark,
    format,
  }),
  amounts: shape({
    kind: text as Check<'amounts'>,
    bars: list(shape<d.Amount>({ label: text, group: text, mark })),
    format,
  }),
  grades: shape({
    kind: text as Check<'grades'>,
    columns: list(text),
    rows: list(shape<d.GradeRow>({ label: text, grade: orNull(number), best: orNull(number), text })),
  }),
  dumbbell: shape({ kind: text as Check<'dumbbell'>, ...pairs }),
  calibration: shape({ kind: text as Check<'calibration'>, ...pairs }),
  claims: shape({ kind: text as Check<'claims'>, ...pairs }),
  control: shape({
    kind: text as Check<'control'>,
    points: list(
      shape<d.ControlPoint>({ label: text, value: number, text, low: number, high: number, signal: flag }),
    ),
    center: mark,
    format,
  }),
};

const target = shape<d.Target>({ value: number, text, verdict: text, tone });
const change = shape<d.Change>({ against: text, figure, significant: flag, tone });
const tile = shape<d.Tile>({
  finding: text,
  metric: text,
  name: text,
  figure,
  axis: pair,
  direction: way,
  target: orNull(target),
  change: orNull(change),
});

const blocks: { [K in d.Block['type']]: Check<Of<d.Block, K, 'type'>> } = {
  heading: shape({ type: text as Check<'heading'>, text }),
  text: shape({ type: text as Check<'text'>, text }),
  facts: shape({ type: text as Check<'facts'>, facts: list(fact) }),
  findings: shape({
    type: text as Check<'findings'>,
    findings: list(shape<d.Sentence>({ finding: text, text, tone })),
  }),
  tiles: shape({ type: text as Check<'tiles'>, tiles: list(tile) }),
  chart: shape({
    type: text as Check<'chart'>,
    id: text,
    title: text,
    summary: text,
    note: text,
    data: tagged<d.ChartData>('kind', charts),
    table: shape<d.Table>(table),
  }),
  table: shape({ type: text as Check<'table'>, ...table }),
  refusals: shape({
    type: text as Check<'refusals'>,
    refusals: list(shape<d.Refusal>({ question: text, reason: text, lift: text })),
  }),
  unlocks: shape({
    type: text as Check<'unlocks'>,
    steps: list(shape<d.Unlock>({ data: text, gives: text, metrics: list(text) })),
  }),
};

const document = shape<d.Document>({
  schema_version: number,
  title: text,
  company: text,
  period: text,
  as_of: text,
  language: text,
  currency: orNull(text),
  level: number,
  version: text,
  input_hash: text,
  command: text,
  sections: list(
    shape<d.Section>({
      id: text,
      number: text,
      title: text,
      question: text,
      blocks: list(tagged<d.Block>('type', blocks)),
    }),
  ),
  derivations: list(
    shape<d.Derivation>({
      finding: text,
      metric: text,
      name: text,
      meaning: text,
      formula: text,
      source: text,
      population: text,
      interval: text,
      figure,
      inputs: list(fact),
      files: list(fact),
      command: text,
    }),
  ),
});

test('the types are those of the document that Rust wrote', () => {
  expect(document(sample, 'document')).toEqual([]);
  expect(sample.schema_version).toBe(d.SCHEMA_VERSION);
});

test('the sample reaches every type', () => {
  const all = sample.sections.flatMap((section) => section.blocks as unknown as d.Block[]);
  const drawn = all.flatMap((block) => (block.type === 'chart' ? [block.data.kind] : []));
  expect(new Set(all.map((block) => block.type))).toEqual(new Set(Object.keys(blocks)));
  expect(new Set(drawn)).toEqual(new Set(Object.keys(charts)));
});

test('a field that is missing, added or of another kind is seen', () => {
  const { title, ...without } = sample;
  expect(document(without, 'd')).toEqual(['d.title is missing']);
  expect(document({ ...sample, colour: 'red' }, 'd')).toEqual(['d.colour is not in the types']);
  expect(document({ ...sample, title: [title] }, 'd')).toEqual(['d.title is object, not string']);
});
