import type { EventPoint, EventStudy } from '../document';
import { LABELS_INSIDE, niceStep, scale, valueAxis } from './axis';
import { field, type Shape, stroke } from './rows';
import { base, type Drawing, type Key, NARROW, type Sheet, SIZE, spoken, tip } from './sheet';

interface Api {
  coord: (at: [number, number]) => [number, number];
}

/** Effects by time since the start: hollow before it, where there can be none, filled after. */
export function eventStudy(data: EventStudy, sheet: Sheet): Drawing {
  const { theme } = sheet;
  const { points } = data;
  const values = points.flatMap(({ figure: { value, low, high } }) => [value, low, high].filter((x) => x !== null));
  const axis = scale(sheet, data.format, [...values, 0], 5);
  const times = points.map((p) => p.at);
  const [first, last] = [Math.min(0, ...times), Math.max(0, ...times)];
  const step = Math.max(1, Math.round(niceStep(Math.max(1, last - first), sheet.width < NARROW ? 5 : 10)));
  return {
    height: sheet.paper ? 230 : sheet.width < NARROW ? 270 : 310,
    keys: keys(points, sheet),
    option: {
      ...base(sheet),
      grid: { left: 4, right: 12, top: 12, bottom: 24, ...LABELS_INSIDE },
      xAxis: {
        type: 'value',
        min: first - 0.75,
        max: last + 0.75,
        name: data.axis,
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { color: theme.soft, fontSize: SIZE.small },
        interval: step,
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: {
          color: theme.soft,
          fontSize: SIZE.small,
          customValues: ticks(first, last, step),
          formatter: (at: number) => String(at).replace('-', '−'),
        },
      },
      yAxis: valueAxis(sheet, axis),
      series: [
        {
          type: 'custom',
          cursor: 'default',
          data: points.map((p) => [p.at, p.figure.value ?? 0]),
          renderItem: (params: { dataIndex: number }, api: Api) => {
            const point = points[params.dataIndex];
            return point && { type: 'group', children: drawn(point, axis.min, axis.max, api, sheet) };
          },
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            data: [
              { yAxis: 0, lineStyle: { color: theme.ink, width: 1.25, type: 'solid' } },
              { xAxis: -0.5, lineStyle: { color: theme.ink, width: 1.25, type: [2, 3] } },
            ],
          },
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const point = points[dataIndex];
          return point ? tip(sheet, `${String(point.at).replace('-', '−')} ${data.axis}`, spoken(sheet, point.figure)) : '';
        },
      },
    },
  };
}

/** Every step from zero in both directions. */
export function ticks(first: number, last: number, step: number): number[] {
  const from = Math.ceil(first / step);
  return Array.from({ length: Math.floor(last / step) - from + 1 }, (_, i) => (from + i) * step);
}

function drawn(point: EventPoint, min: number, max: number, api: Api, sheet: Sheet): Shape[] {
  const { theme } = sheet;
  const { value, low, high } = point.figure;
  if (value === null) return [];
  const [x, y] = api.coord([point.at, value]);
  const color = point.at < 0 ? theme.neutral : theme.accent;
  const pen = { stroke: color, lineWidth: 2 };
  const at = (limit: number): number => api.coord([point.at, limit])[1];
  const [bottom, top] = [at(low ?? min), at(high ?? max)];
  const shapes: Shape[] = [field(x - 6, top, 12, bottom - top)];
  if (low !== null || high !== null) {
    shapes.push(stroke(x, bottom, x, top, pen));
    // A limit ends in a cap; an open one has none.
    if (low !== null) shapes.push(stroke(x - 3.5, bottom, x + 3.5, bottom, pen));
    if (high !== null) shapes.push(stroke(x - 3.5, top, x + 3.5, top, pen));
  }
  const fill = point.at < 0 ? theme.paper : color;
  shapes.push({ type: 'circle', shape: { cx: x, cy: y, r: 4 }, style: { fill, stroke: color, lineWidth: 2 } });
  return shapes;
}

function keys(points: readonly EventPoint[], sheet: Sheet): Key[] {
  const { words } = sheet;
  const list: Key[] = [];
  if (points.some((p) => p.at < 0)) list.push({ shape: 'hollow', text: words.key_before, color: 'neutral' });
  list.push({ shape: 'dot', text: words.key_since, color: 'accent' });
  if (points.some((p) => p.figure.low !== null)) list.push({ shape: 'whisker', text: words.key_band, color: 'ink' });
  list.push({ shape: 'tick', text: words.key_start, color: 'ink' });
  return list;
}
