import type { Backtest, BacktestPoint } from '../document';
import { mix } from '../theme';
import { LABELS_INSIDE, periodTicks, scale, type Scale, valueAxis } from './axis';
import { apart } from './series';
import { base, type Drawing, type Key, NARROW, type Sheet, shorten, SIZE, spoken, tip } from './sheet';
import { label, type Shape, stroke } from './rows';

type Coord = (at: [number, number]) => [number, number];

/** What happened, what the model said with its interval, what the simple forecast said, and where fitting ended. */
export function backtest(data: Backtest, sheet: Sheet): Drawing {
  const { theme, words } = sheet;
  const { points } = data;
  const axis = scale(sheet, data.format, reach(points));
  const narrow = sheet.width < NARROW;
  const ends = narrow ? [] : endLabels(data, sheet);
  const right = narrow ? 14 : Math.min(sheet.width * 0.26, Math.max(14, ...ends.map((one) => sheet.measure(one.text, SIZE.small, true) + 18)));
  const line = (pick: (p: BacktestPoint) => number | null | undefined, style: object, z: number): Record<string, unknown> => ({
    type: 'line',
    data: points.map((p) => pick(p) ?? '-'),
    showSymbol: points.length < 3,
    symbolSize: 5,
    silent: true,
    z,
    lineStyle: style,
    itemStyle: { color: (style as { color: string }).color },
  });
  const fitted = points.findIndex((p) => p.label === data.fitted);
  return {
    height: sheet.paper ? 240 : narrow ? 280 : 330,
    keys: keys(data, sheet),
    option: {
      ...base(sheet),
      grid: { left: 4, right, top: 30, bottom: 4, ...LABELS_INSIDE },
      xAxis: {
        type: 'category',
        data: periodTicks(sheet, points.map((p) => p.label)),
        axisLine: { lineStyle: { color: theme.ink } },
        axisTick: { show: true, alignWithLabel: true, length: 4, lineStyle: { color: theme.rule } },
        axisLabel: { color: theme.soft, fontSize: 11, lineHeight: 14, hideOverlap: true },
      },
      yAxis: valueAxis(sheet, axis),
      series: [
        band(points, axis, sheet),
        line((p) => p.baseline?.value, { color: theme.second, width: 2, type: [5, 4] }, 3),
        line((p) => p.model?.value, { color: theme.accent, width: 2.25 }, 4),
        line((p) => p.actual?.value, { color: theme.ink, width: 1.5 }, 5),
        {
          type: 'scatter',
          cursor: 'default',
          data: points.map((p) => ({
            value: p.actual?.value ?? '-',
            symbolSize: points.length > 60 ? 3 : 5,
            itemStyle: { color: theme.ink },
          })),
          z: 6,
        },
        {
          type: 'custom',
          silent: true,
          tooltip: { show: false },
          z: 7,
          data: [[Math.max(0, points.length - 1), axis.min]],
          renderItem: (_: unknown, api: { coord: Coord }) => ({
            type: 'group',
            children: [...divider(fitted, points.length, axis, api.coord, sheet), ...named(ends, axis, api.coord, points.length, right, sheet)],
          }),
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'axis',
        axisPointer: { type: 'line', lineStyle: { color: theme.neutral, type: 'solid', width: 1 } },
        formatter: (items: { dataIndex: number }[]) => {
          const p = points[items[0]?.dataIndex ?? -1];
          if (!p) return '';
          const said = (name: string, text: string | null | undefined): string | null => (text ? `${name}: ${text}` : null);
          return tip(
            sheet,
            p.label,
            said(words.key_actual, p.actual?.text),
            said(data.model, p.model && spoken(sheet, p.model)),
            said(data.baseline, p.baseline?.text),
          );
        },
      },
    },
  };
}

function reach(points: readonly BacktestPoint[]): number[] {
  return points
    .flatMap((p) => [p.actual?.value, p.model?.value, p.model?.low, p.model?.high, p.baseline?.value])
    .filter((x) => x !== null && x !== undefined);
}

/** The names that stand beside the last value of each line. */
interface End {
  text: string;
  value: number;
  at: number;
  color: string;
}

function endLabels(data: Backtest, sheet: Sheet): End[] {
  const { theme, words } = sheet;
  const last = (text: string, color: string, pick: (p: BacktestPoint) => number | null | undefined): End[] => {
    const at = data.points.findLastIndex((p) => pick(p) != null);
    const point = data.points[at];
    return point ? [{ text, value: pick(point) ?? 0, at, color }] : [];
  };
  return [
    ...last(words.key_actual, theme.ink, (p) => p.actual?.value),
    ...last(data.model, theme.accent, (p) => p.model?.value),
    ...last(data.baseline, theme.second, (p) => p.baseline?.value),
  ];
}

function named(ends: readonly End[], axis: Scale, coord: Coord, n: number, right: number, sheet: Sheet): Shape[] {
  const [x, bottom] = coord([Math.max(0, n - 1), axis.min]);
  const [, top] = coord([0, axis.max]);
  const places = apart(ends.map((end) => coord([end.at, end.value])[1]), 15, top, bottom - 4);
  return ends.map((end, i) => {
    const text = shorten(end.text, { width: right - 10, size: SIZE.small, bold: true }, sheet);
    return label(text, Math.min(x + 8, sheet.width - right + 8), places[i] ?? 0, SIZE.small, sheet, {
      fill: end.color,
      fontWeight: 'bold',
      stroke: sheet.theme.paper,
      lineWidth: 3,
    });
  });
}

/** A line between the last period that was fitted and the first that was not. */
function divider(at: number, n: number, axis: Scale, coord: Coord, sheet: Sheet): Shape[] {
  if (at < 0) return [];
  const { theme, words } = sheet;
  const [here, bottom] = coord([at, axis.min]);
  const [next] = coord([Math.min(at + 1, n - 1), axis.min]);
  const [, top] = coord([at, axis.max]);
  const x = (here + next) / 2;
  const width = sheet.measure(words.key_fitted, SIZE.small);
  // The words stand before the line, where the fitting was; after it where there is no room.
  const before = x - width - 8 > 0;
  return [
    stroke(x, top - 16, x, bottom, { stroke: theme.ink, lineWidth: 1, lineDash: [4, 3] }),
    label(words.key_fitted, before ? x - 6 : x + 6, top - 12, SIZE.small, sheet, {
      fill: theme.ink,
      align: before ? 'right' : 'left',
    }),
  ];
}

/** The model's interval as a band. */
function band(points: readonly BacktestPoint[], axis: Scale, sheet: Sheet): Record<string, unknown> {
  const runs: number[][] = [];
  points.forEach((p, i) => {
    if (p.model?.value == null || (p.model.low === null && p.model.high === null)) return;
    const run = runs.at(-1);
    if (run?.at(-1) === i - 1) run.push(i);
    else runs.push([i]);
  });
  const fill = mix(sheet.theme.paper, sheet.theme.accent, sheet.theme.dark ? 0.28 : 0.18);
  return {
    type: 'custom',
    silent: true,
    tooltip: { show: false },
    z: 1,
    data: runs.map((run) => [run[0], axis.min]),
    renderItem: (params: { dataIndex: number }, api: { coord: Coord }) => {
      const run = runs[params.dataIndex] ?? [];
      const edge = (side: 'low' | 'high'): [number, number][] =>
        run.map((i) => api.coord([i, points[i]?.model?.[side] ?? (side === 'low' ? axis.min : axis.max)]));
      return { type: 'polygon', shape: { points: [...edge('high'), ...edge('low').reverse()] }, style: { fill } };
    },
  };
}

function keys(data: Backtest, sheet: Sheet): Key[] {
  const { words } = sheet;
  const has = (pick: (p: BacktestPoint) => unknown): boolean => data.points.some((p) => pick(p) != null);
  const list: Key[] = [];
  if (has((p) => p.actual)) list.push({ shape: 'line', text: words.key_actual, color: 'ink' });
  if (has((p) => p.model?.value)) list.push({ shape: 'line', text: data.model, color: 'accent' });
  if (has((p) => p.model?.low)) list.push({ shape: 'band', text: words.key_band, color: 'accent' });
  if (has((p) => p.baseline)) list.push({ shape: 'dash', text: data.baseline, color: 'second' });
  return list;
}
