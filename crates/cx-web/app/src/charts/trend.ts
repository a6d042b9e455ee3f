import type { Trend, TrendPoint } from '../document';
import { mix } from '../theme';
import { LABELS_INSIDE, periodTicks, scale, type Scale, valueAxis } from './axis';
import { base, type Drawing, type Key, NARROW, type Sheet, SIZE, spoken, tip } from './sheet';

/** A small trend drops what a neighbour or its heading already says. */
export interface TrendSize {
  small?: boolean;
  /** Every period of the shared time axis. */
  periods?: readonly string[];
}

/** A series with its interval band, its incomplete periods, target and events. */
export function trend(data: Trend, sheet: Sheet, size: TrendSize = {}): Drawing {
  const { theme, words } = sheet;
  const small = size.small ?? false;
  const points = aligned(data.points, size.periods);
  const axis = scale(sheet, data.format, reach(data), small ? 3 : 5);
  const last = points.findLastIndex((p) => p?.figure.value != null && !p.partial);
  const end = points[last]?.figure.text ?? '';
  // The last value stands beside the last point, or above it where an incomplete period follows.
  const beside = last === points.length - 1;
  const right = small || !beside ? 14 : sheet.measure(end, SIZE.value, true) + 16;
  const labels = points.map((p, i) => p?.label ?? size.periods?.[i] ?? '');
  const marks = small ? [] : placedEvents(data, labels);
  const height = tall(sheet, small) + (marks.length > 0 ? 22 : 0);
  const value = (p: TrendPoint | undefined): number | '-' => p?.figure.value ?? '-';
  const solid = points.map((p) => (p?.partial ? '-' : value(p)));

  return {
    height,
    keys: small ? [] : keys(data, sheet),
    remarks: marks.map(({ mark, text, period }) => ({ mark, text: `${text} (${period})` })),
    option: {
      ...base(sheet),
      grid: { left: 4, right, top: marks.length > 0 ? 34 : 14, bottom: 4, ...LABELS_INSIDE },
      xAxis: {
        type: 'category',
        data: small ? endTicks(sheet, labels) : periodTicks(sheet, labels),
        boundaryGap: true,
        axisLine: { lineStyle: { color: theme.ink } },
        axisTick: { show: !small, alignWithLabel: true, length: 4, lineStyle: { color: theme.rule } },
        axisLabel: {
          color: theme.soft,
          fontSize: 11,
          lineHeight: 14,
          hideOverlap: true,
          ...(small ? { interval: (i: number) => i === 0 || i === labels.length - 1 } : {}),
        },
      },
      yAxis: valueAxis(sheet, axis),
      series: [
        band(points, axis, sheet),
        // Periods without a figure are bridged so lightly that nobody reads a value off them.
        ...(solid.some((_, i) => alone(points, i))
          ? [
              {
                type: 'line',
                data: solid,
                connectNulls: true,
                showSymbol: false,
                silent: true,
                lineStyle: { color: mix(theme.paper, theme.accent, 0.45), width: 1, type: [2, 3] },
              },
            ]
          : []),
        {
          type: 'line',
          data: points.map((p, i) => (besidePartial(points, i) ? value(p) : '-')),
          showSymbol: false,
          silent: true,
          lineStyle: { color: theme.accent, width: 2, type: [4, 4] },
        },
        {
          type: 'line',
          data: solid,
          showSymbol: false,
          silent: true,
          lineStyle: { color: theme.accent, width: small ? 1.75 : 2.25 },
          ...(small || last < 0
            ? {}
            : { endLabel: { show: false }, markPoint: endLabel([last, solid[last]], end, beside ? 'right' : rises(points, last) ? 'bottom' : 'top', sheet) }),
          markLine: lines(data, marks, axis, sheet, small),
        },
        {
          type: 'scatter',
          cursor: 'default',
          data: points.map((p, i) => ({
            value: value(p),
            symbolSize: p?.partial ? 8 : small ? (i === last ? 6 : alone(points, i) ? 5 : 0) : i === last ? 8 : 5,
            itemStyle: p?.partial
              ? { color: theme.paper, borderColor: theme.accent, borderWidth: 2 }
              : { color: theme.accent },
          })),
          z: 5,
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'axis',
        axisPointer: { type: 'line', lineStyle: { color: theme.neutral, type: 'solid', width: 1 } },
        formatter: (items: { dataIndex: number }[]) => {
          const p = points[items[0]?.dataIndex ?? -1];
          if (!p) return '';
          const partial = p.partial ? words.key_partial : null;
          return tip(sheet, p.label, spoken(sheet, p.figure), p.figure.n && `n = ${p.figure.n}`, partial);
        },
      },
    },
  };
}

function tall(sheet: Sheet, small: boolean): number {
  if (small) return sheet.paper ? 116 : 132;
  if (sheet.paper) return 228;
  return sheet.width < NARROW ? 270 : 330;
}

/** The first and the last period alone, each with its year. */
function endTicks(sheet: Sheet, labels: readonly string[]): string[] {
  return labels.map((label) => periodTicks(sheet, [label])[0] ?? label);
}

/** One place per shared period; places without a point stay empty. */
function aligned(points: readonly TrendPoint[], periods?: readonly string[]): (TrendPoint | undefined)[] {
  return periods ? periods.map((label) => points.find((p) => p.label === label)) : [...points];
}

/** Every value that the axis has to hold. */
function reach(data: Trend): number[] {
  const limits = data.points.flatMap(({ figure }) => [figure.value, figure.low, figure.high]);
  return [...limits, data.target?.value ?? null].filter((x) => x !== null);
}

/** True where the period after a point lies higher: its mark then needs the room above. */
function rises(points: readonly (TrendPoint | undefined)[], i: number): boolean {
  return (points[i + 1]?.figure.value ?? -Infinity) > (points[i]?.figure.value ?? 0);
}

/** True for a point of the dashed line: an incomplete period, or the one next to it. */
function besidePartial(points: readonly (TrendPoint | undefined)[], i: number): boolean {
  return [i - 1, i, i + 1].some((at) => points[at]?.partial === true);
}

/** True for a complete figure between two periods without one: no line runs through it. */
function alone(points: readonly (TrendPoint | undefined)[], i: number): boolean {
  const has = (at: number): boolean => points[at]?.figure.value != null;
  return has(i) && !points[i]?.partial && !has(i - 1) && !has(i + 1);
}

interface PlacedEvent {
  mark: string;
  text: string;
  period: string;
  at: number;
}

/** Events in time order with their numbers. One between two shown periods stands at the later, one after all at the last. */
function placedEvents(data: Trend, labels: readonly string[]): PlacedEvent[] {
  return data.events
    .map((event) => {
      const exact = labels.indexOf(event.label);
      const found = exact >= 0 ? exact : labels.findIndex((label) => label >= event.label);
      return { ...event, at: found < 0 ? labels.length - 1 : found };
    })
    .sort((a, b) => a.at - b.at)
    .map((event, i) => ({ mark: String(i + 1), text: event.text, period: event.label, at: event.at }));
}

interface Point {
  coord: (at: [number, number]) => [number, number];
}

/** The interval as a band; a period that stands alone gets a bar. */
function band(points: readonly (TrendPoint | undefined)[], axis: Scale, sheet: Sheet): Record<string, unknown> {
  const runs: number[][] = [];
  points.forEach((p, i) => {
    if (p?.figure.value == null || (p.figure.low === null && p.figure.high === null)) return;
    const run = runs.at(-1);
    if (run?.at(-1) === i - 1) run.push(i);
    else runs.push([i]);
  });
  const fill = mix(sheet.theme.paper, sheet.theme.accent, sheet.theme.dark ? 0.28 : 0.18);
  return {
    type: 'custom',
    silent: true,
    z: 1,
    data: runs.map((run) => [run[0], axis.min]),
    renderItem: (params: { dataIndex: number }, api: Point) => {
      const run = runs[params.dataIndex] ?? [];
      const edge = (side: 'low' | 'high'): [number, number][] =>
        run.map((i) => {
          const open = side === 'low' ? axis.min : axis.max;
          return api.coord([i, points[i]?.figure[side] ?? open]);
        });
      const [low, high] = [edge('low'), edge('high')];
      if (run.length > 1) {
        return { type: 'polygon', shape: { points: [...high, ...low.reverse()] }, style: { fill } };
      }
      const [[x = 0, bottom = 0] = [], [, top = 0] = []] = [low[0], high[0]];
      return { type: 'rect', shape: { x: x - 4, y: top, width: 8, height: bottom - top }, style: { fill } };
    },
  };
}

/** The last complete value in words, beside its point. */
function endLabel(coord: [number, unknown], text: string, position: string, sheet: Sheet): Record<string, unknown> {
  return {
    silent: true,
    symbol: 'circle',
    symbolSize: 0.01,
    data: [{ coord }],
    label: {
      show: true,
      position,
      distance: 8,
      formatter: () => text,
      color: sheet.theme.accent,
      fontSize: SIZE.value,
      fontWeight: 'bold',
      textBorderColor: sheet.theme.paper,
      textBorderWidth: 3,
    },
  };
}

/** The target across, and each event down. */
function lines(
  data: Trend,
  marks: readonly PlacedEvent[],
  axis: Scale,
  sheet: Sheet,
  small: boolean,
): Record<string, unknown> {
  const { theme, words } = sheet;
  const target = data.target;
  const values = data.points.map((p) => p.figure.value).filter((x) => x !== null);
  // The name goes to the end where the series is farther from its target, on the far side of it.
  const gap = (some: number[]): number =>
    some.reduce((sum, x) => sum + x - (target?.value ?? 0), 0) / Math.max(1, some.length);
  const third = Math.ceil(values.length / 3);
  const [early, late] = [gap(values.slice(0, third)), gap(values.slice(-third))];
  const atStart = Math.abs(early) >= Math.abs(late);
  const below = (atStart ? early : late) > 0 && target !== null && target.value > axis.min + 0.08 * (axis.max - axis.min);
  const across = target && {
    yAxis: target.value,
    lineStyle: { color: theme.ink, width: 1.25, type: [2, 3] },
    label: {
      show: !small,
      formatter: () => `${words.target} ${target.text}`,
      position: `inside${atStart ? 'Start' : 'End'}${below ? 'Bottom' : 'Top'}`,
      color: theme.ink,
      fontSize: SIZE.small,
      textBorderColor: theme.paper,
      textBorderWidth: 3,
    },
  };
  return {
    silent: true,
    symbol: 'none',
    data: [
      ...(across ? [across] : []),
      ...marks.map(({ mark, at }) => ({
        xAxis: at,
        lineStyle: { color: theme.neutral, width: 1, type: 'solid' },
        label: {
          formatter: () => mark,
          position: 'end',
          distance: 3,
          color: theme.paper,
          backgroundColor: theme.ink,
          borderRadius: 8,
          fontSize: 10.5,
          fontWeight: 'bold',
          lineHeight: 16,
          width: 16,
          height: 16,
          align: 'center',
          verticalAlign: 'bottom',
        },
      })),
    ],
  };
}

function keys(data: Trend, sheet: Sheet): Key[] {
  const { words } = sheet;
  const list: Key[] = [{ shape: 'line', text: words.key_value, color: 'accent' }];
  if (data.points.some(({ figure }) => figure.low !== null || figure.high !== null)) {
    list.push({ shape: 'band', text: words.key_band, color: 'accent' });
  }
  if (data.points.some((p) => p.partial)) {
    list.push({ shape: 'hollow', text: words.key_partial, color: 'accent' });
  }
  if (data.target) list.push({ shape: 'dash', text: words.target, color: 'ink' });
  return list;
}
