import type { Survival, SurvivalCurve } from '../document';
import { label, diamond, field, type Shape, stroke } from './rows';
import { apart, look } from './series';
import { base, breakLines, type Drawing, type Key, NARROW, type Sheet, shorten, SIZE, spoken, tip } from './sheet';

/** Shares at which the axis has a line; it always runs from nobody to everybody. */
const SHARES = [0, 0.25, 0.5, 0.75, 1];
/** Height of a row of the table below. */
const ROW = 19;

type Point = [number, number];

/** Where a step curve runs: at each step first along, then down. */
export function stairs(curve: SurvivalCurve, of: 'share' | 'low' | 'high', place: (time: number, share: number) => Point): Point[] {
  const out: Point[] = [];
  let before: number | null = null;
  for (const step of curve.steps) {
    const share = step[of] ?? step.share;
    if (before !== null) out.push(place(step.time, before));
    out.push(place(step.time, share));
    before = share;
  }
  if (before !== null) out.push(place(curve.end, before));
  return out;
}

/** The share at a moment: that of the last step before it. */
export function shareAt(curve: SurvivalCurve, time: number): number {
  return curve.steps.findLast((step) => step.time <= time)?.share ?? 1;
}

/** Where everything stands, in pixels. */
interface Layout {
  narrow: boolean;
  left: number;
  /** Half of the widest count. */
  half: number;
  right: number;
  top: number;
  bottom: number;
  /** Middle of the time axis' numbers. */
  numbers: number;
  /** Middle of the heading of the table below. */
  heading: number;
  /** Middle of the first row of counts. */
  first: number;
  row: number;
  height: number;
  x: (time: number) => number;
  y: (share: number) => number;
}

function layoutOf(data: Survival, sheet: Sheet): Layout {
  const narrow = sheet.width < NARROW;
  const widest = (texts: string[], size: number, bold = false): number =>
    Math.max(0, ...texts.map((text) => sheet.measure(text, size, bold)));
  const names = data.curves.map((curve) => curve.label);
  const half = widest(data.curves.flatMap((curve) => curve.at_ticks.map((figure) => figure.n)), SIZE.small) / 2;
  const left = narrow ? 46 : Math.max(46, Math.min(widest(names, SIZE.small) + 42 + half, sheet.width * 0.34));
  const ends = data.curves.flatMap((curve) => [curve.label, endText(curve, sheet)]);
  const right = sheet.width - (narrow ? Math.max(16, half + 2) : Math.min(widest(ends, SIZE.small, true) + 16, sheet.width * 0.24));
  const top = 14;
  const bottom = top + (sheet.paper ? 190 : narrow ? 220 : 280);
  const numbers = bottom + 15;
  const heading = numbers + 40;
  const row = narrow ? 2 * ROW - 4 : ROW;
  const first = heading + (narrow ? 2 * ROW - 4 : ROW);
  const reach = Math.max(0, ...data.ticks.map((tick) => tick.value), ...data.curves.map((curve) => curve.end));
  const end = reach > 0 ? reach : 1;
  return {
    narrow,
    left,
    half,
    right,
    top,
    bottom,
    numbers,
    heading,
    first,
    row,
    height: first + Math.max(0, data.curves.length - 1) * row + 14,
    x: (time) => left + (Math.max(0, time) / end) * (right - left),
    y: (share) => bottom - Math.min(1, Math.max(0, share)) * (bottom - top),
  };
}

/** What stands beside the end of a curve, under its name. */
function endText(curve: SurvivalCurve, sheet: Sheet): string {
  return curve.median.value === null ? '' : `${sheet.words.key_median} ${curve.median.text}`;
}

/**
 * Step curves with their intervals from nobody to everybody, medians marked,
 * and below each tick of time how many are still watched.
 */
export function survival(data: Survival, sheet: Sheet): Drawing {
  const at = layoutOf(data, sheet);
  return {
    height: at.height,
    keys: keys(data, sheet, at.narrow),
    option: {
      ...base(sheet),
      xAxis: { show: false, type: 'value', min: 0, max: 1 },
      yAxis: { show: false, type: 'value', min: 0, max: 1 },
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      series: [
        {
          type: 'custom',
          silent: true,
          tooltip: { show: false },
          data: [[0, 0]],
          renderItem: () => ({ type: 'group', children: [...frame(data, at, sheet), ...drawn(data, at, sheet), ...table(data, at, sheet)] }),
        },
        {
          // A strip around each tick, so that a pointer need not hit a line.
          type: 'custom',
          cursor: 'default',
          data: data.ticks.map(() => [0, 0]),
          renderItem: ({ dataIndex }: { dataIndex: number }) => strip(dataIndex, data, at),
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const tick = data.ticks[dataIndex];
          if (!tick) return '';
          const lines = data.curves.map((curve) => {
            const figure = curve.at_ticks[dataIndex];
            return figure && `${curve.label}: ${spoken(sheet, figure)}, n = ${figure.n || '0'}`;
          });
          return tip(sheet, `${tick.text} · ${data.axis}`, ...lines);
        },
      },
    },
  };
}

function strip(i: number, data: Survival, at: Layout): Shape | undefined {
  const tick = data.ticks[i];
  if (!tick) return undefined;
  const between = (other: number | undefined, end: number): number =>
    other === undefined ? end : (at.x(tick.value) + at.x(other)) / 2;
  const from = between(data.ticks[i - 1]?.value, at.left - 20);
  const to = between(data.ticks[i + 1]?.value, at.right + 12);
  return field(from, at.top, Math.max(1, to - from), at.height - at.top);
}

/** The axes: shares from none to all, and the ticks of time. */
function frame(data: Survival, at: Layout, sheet: Sheet): Shape[] {
  const { theme } = sheet;
  const percent = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
  const shapes: Shape[] = SHARES.flatMap((share) => {
    const y = at.y(share);
    const line = share === 0.5 ? { stroke: theme.neutral, lineWidth: 1, lineDash: [2, 3] } : { stroke: theme.faint, lineWidth: 1 };
    return [
      stroke(at.left, y, at.right, y, share === 0 ? { stroke: theme.ink, lineWidth: 1 } : line),
      label(`${percent.format(share * 100)}\u00a0%`, at.left - 8, y, SIZE.small, sheet, { align: 'right', fill: theme.soft }),
    ];
  });
  for (const tick of data.ticks) {
    const x = at.x(tick.value);
    shapes.push(stroke(x, at.bottom, x, at.bottom + 4, { stroke: theme.ink, lineWidth: 1 }));
  }
  for (const i of shown(data, at, sheet)) {
    const tick = data.ticks[i];
    if (tick) shapes.push(label(tick.text, at.x(tick.value), at.numbers, SIZE.small, sheet, { align: 'center', fill: theme.soft }));
  }
  const name = shorten(data.axis, { width: at.right - at.left, size: SIZE.small }, sheet);
  shapes.push(label(name, at.right, at.numbers + 16, SIZE.small, sheet, { align: 'right', fill: theme.soft }));
  return shapes;
}

/** Ticks whose numbers have room: all of them, every second one, and so on. */
function shown(data: Survival, at: Layout, sheet: Sheet): number[] {
  const widest = Math.max(
    0,
    ...data.ticks.map((tick) => sheet.measure(tick.text, SIZE.small)),
    ...data.curves.flatMap((curve) => curve.at_ticks.map((figure) => sheet.measure(figure.n, SIZE.small))),
  );
  const all = data.ticks.map((_, i) => i);
  const fits = (every: number): boolean => {
    const some = all.filter((i) => i % every === 0).map((i) => at.x(data.ticks[i]?.value ?? 0));
    return some.every((x, k) => k === 0 || x - (some[k - 1] ?? 0) >= widest + 6);
  };
  let every = 1;
  while (every < all.length && !fits(every)) every += 1;
  return all.filter((i) => i % every === 0);
}

function drawn(data: Survival, at: Layout, sheet: Sheet): Shape[] {
  const { theme } = sheet;
  const place = (time: number, share: number): Point => [at.x(time), at.y(share)];
  const bands: Shape[] = [];
  const lines: Shape[] = [];
  const marks: Shape[] = [];
  data.curves.forEach((curve, i) => {
    const { color, dash } = look(i);
    if (curve.steps.length === 0) return;
    if (curve.steps.some((step) => step.low !== null || step.high !== null)) {
      const points = [...stairs(curve, 'high', place), ...stairs(curve, 'low', place).reverse()];
      bands.push({ type: 'polygon', shape: { points }, style: { fill: theme[color], opacity: theme.dark ? 0.22 : 0.13 } });
    }
    lines.push({
      type: 'polyline',
      shape: { points: stairs(curve, 'share', place) },
      style: { fill: null, stroke: theme[color], lineWidth: 2, lineDash: dash ?? undefined },
    });
    for (const time of curve.censored) {
      const [x, y] = place(time, shareAt(curve, time));
      lines.push(stroke(x, y - 4, x, y + 4, { stroke: theme[color], lineWidth: 1.2 }));
    }
    const half = curve.median.value;
    if (half !== null) {
      const [x, y] = place(half, 0.5);
      marks.push(stroke(x, y, x, at.bottom, { stroke: theme[color], lineWidth: 1, lineDash: [2, 3] }));
      marks.push(diamond(x, y, 5, { fill: theme[color], stroke: theme.paper, lineWidth: 1.2 }));
    }
  });
  return [...bands, ...lines, ...marks, ...(at.narrow ? [] : names(data, at, sheet))];
}

/** Each curve's name beside its end, with its median. */
function names(data: Survival, at: Layout, sheet: Sheet): Shape[] {
  const { theme } = sheet;
  const curves = data.curves.map((curve, i) => ({ curve, i })).filter(({ curve }) => curve.steps.length > 0);
  const wanted = curves.map(({ curve }) => at.y(shareAt(curve, curve.end)) - 6);
  const places = apart(wanted, 32, at.top + 2, at.bottom - 22);
  const width = sheet.width - at.right - 12;
  return curves.flatMap(({ curve, i }, k) => {
    const { color } = look(i);
    const y = places[k] ?? 0;
    const name = shorten(curve.label, { width, size: SIZE.small, bold: true }, sheet);
    return [
      label(name, at.right + 10, y, SIZE.small, sheet, { fill: theme[color], fontWeight: 'bold' }),
      label(shorten(endText(curve, sheet), { width, size: 10.5 }, sheet), at.right + 10, y + 14, 10.5, sheet, { fill: theme.soft }),
    ];
  });
}

/** How many are still watched at each tick, under the tick. */
function table(data: Survival, at: Layout, sheet: Sheet): Shape[] {
  const { theme, words } = sheet;
  const ticks = shown(data, at, sheet);
  const shapes: Shape[] = [
    label(words.key_at_risk, 0, at.heading, SIZE.small, sheet, { fill: theme.soft, fontWeight: 'bold' }),
    stroke(0, at.heading + 10, sheet.width, at.heading + 10, { stroke: theme.rule, lineWidth: 1 }),
  ];
  data.curves.forEach((curve, i) => {
    const { color, dash } = look(i);
    const y = at.first + i * at.row;
    const named = at.narrow ? y - ROW + 4 : y;
    shapes.push(stroke(0, named, 22, named, { stroke: theme[color], lineWidth: 2, lineDash: dash ?? undefined }));
    const width = at.narrow ? sheet.width - 30 : at.left - 36 - at.half;
    const name = breakLines(curve.label, { width, size: SIZE.small }, sheet, 1)[0] ?? '';
    shapes.push(label(name, 28, named, SIZE.small, sheet, { fill: theme.ink }));
    for (const k of ticks) {
      const [tick, figure] = [data.ticks[k], curve.at_ticks[k]];
      if (!tick || !figure) continue;
      shapes.push(label(figure.n || '0', at.x(tick.value), y, SIZE.small, sheet, { align: 'center', fill: theme.ink }));
    }
  });
  return shapes;
}

function keys(data: Survival, sheet: Sheet, narrow: boolean): Key[] {
  const { words } = sheet;
  const list: Key[] = data.curves.map((curve, i) => {
    const { color, key } = look(i);
    const median = endText(curve, sheet);
    return { shape: key, text: narrow && median !== '' ? `${curve.label}, ${median}` : curve.label, color };
  });
  if (data.curves.some((curve) => curve.steps.some((step) => step.low !== null || step.high !== null))) {
    list.push({ shape: 'band', text: words.key_band, color: 'neutral' });
  }
  if (data.curves.some((curve) => curve.median.value !== null)) {
    list.push({ shape: 'diamond', text: words.key_median, color: 'ink' });
  }
  if (data.curves.some((curve) => curve.censored.length > 0)) {
    list.push({ shape: 'tick', text: words.key_censored, color: 'ink' });
  }
  return list;
}
