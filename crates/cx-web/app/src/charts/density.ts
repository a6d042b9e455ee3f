import type { Density } from '../document';
import { LABELS_INSIDE, scale, valueAxis } from './axis';
import { label, type Shape, stroke } from './rows';
import { apart } from './series';
import { base, type Drawing, type Key, NARROW, type Sheet, SIZE, tip } from './sheet';

interface Api {
  coord: (at: [number, number]) => [number, number];
}

/** A stretch of the amount with its height; none crosses zero. */
export interface Bin {
  from: number;
  to: number;
  count: number;
}

/** The bins of equal width; one that crosses zero is parted there, so that colours change at zero. */
export function bins({ from, to, counts }: Pick<Density, 'from' | 'to' | 'counts'>): Bin[] {
  const width = (to - from) / Math.max(1, counts.length);
  return counts.flatMap((count, i) => {
    const [a, b] = [from + i * width, from + (i + 1) * width];
    return a < 0 && b > 0
      ? [{ from: a, to: 0, count }, { from: 0, to: b, count }]
      : [{ from: a, to: b, count }];
  });
}

/** Joint draws with the line of zero, their 5, 50 and 95 % points, and the grade they stand on. */
export function density(data: Density, sheet: Sheet): Drawing {
  const { theme, words } = sheet;
  const parts = bins(data);
  const marks = [data.low, data.middle, data.high];
  // Whether it pays is read off zero, so zero is always there.
  const axis = scale(sheet, data.format, [data.from, data.to, 0, ...marks.map((m) => m.value)], sheet.width < NARROW ? 3 : 6);
  const most = Math.max(1, ...data.counts);
  const all = data.counts.reduce((sum, n) => sum + n, 0);
  return {
    height: sheet.paper ? 220 : sheet.width < NARROW ? 260 : 290,
    keys: keys(data, parts, sheet),
    option: {
      ...base(sheet),
      grid: { left: 8, right: 8, top: TOP, bottom: 4, ...LABELS_INSIDE },
      xAxis: { ...valueAxis(sheet, axis, false), axisLine: { show: true, onZero: false, lineStyle: { color: theme.ink } } },
      yAxis: { type: 'value', show: false, min: 0, max: most * 1.04 },
      series: [
        {
          type: 'custom',
          cursor: 'default',
          data: parts.map((bin) => [(bin.from + bin.to) / 2, bin.count]),
          renderItem: (params: { dataIndex: number }, api: Api) => {
            const bin = parts[params.dataIndex];
            if (!bin) return undefined;
            const [x, top] = api.coord([bin.from, bin.count]);
            const [end, bottom] = api.coord([bin.to, 0]);
            const fill = bin.to > 0 ? theme.accent : theme.bad;
            return { type: 'rect', shape: { x, y: top, width: Math.max(0.5, end - x + 0.4), height: bottom - top }, style: { fill } };
          },
        },
        {
          type: 'custom',
          silent: true,
          z: 5,
          data: [[0, 0]],
          renderItem: (_: unknown, api: Api) => ({ type: 'group', children: over(data, most, api, sheet) }),
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex, seriesIndex }: { dataIndex: number; seriesIndex: number }) => {
          const bin = seriesIndex === 0 ? parts[dataIndex] : undefined;
          if (!bin) return '';
          const share = `${((100 * bin.count) / Math.max(1, all)).toFixed(1)}\u00a0%`;
          return tip(sheet, `${axis.tick(bin.from)} … ${axis.tick(bin.to)}`, share, `${words.key_above}: ${data.above}`);
        },
      },
    },
  };
}

/** Room above the draws for the grade and the texts of the points. */
const TOP = 46;

/** Zero, the three points with their texts, and the stamp of the grade. */
function over(data: Density, most: number, api: Api, sheet: Sheet): Shape[] {
  const { theme } = sheet;
  const bottom = api.coord([0, 0])[1];
  const top = api.coord([0, most * 1.04])[1];
  const zero = api.coord([0, 0])[0];
  const points = [data.low, data.middle, data.high].map((mark) => ({ text: mark.text, x: api.coord([mark.value, 0])[0] }));
  const widest = Math.max(...points.map((p) => sheet.measure(p.text, SIZE.small, true)));
  const places = apart(points.map((p) => p.x), widest + 8, widest / 2 + 2, sheet.width - widest / 2 - 2);
  const shapes: Shape[] = [stroke(zero, bottom, zero, top, { stroke: theme.ink, lineWidth: 2 })];
  points.forEach((point, i) => {
    const place = places[i] ?? point.x;
    shapes.push(
      stroke(point.x, bottom, point.x, top, { stroke: theme.paper, lineWidth: 3 }),
      stroke(point.x, bottom, point.x, top, { stroke: theme.ink, lineWidth: 1.25, lineDash: i === 1 ? [6, 3] : [2, 3] }),
      label(point.text, place, top - 8, SIZE.small, sheet, { align: 'center', fill: theme.ink, fontWeight: i === 1 ? 'bold' : 'normal' }),
    );
  });
  const width = sheet.measure(data.grade, SIZE.small, true) + 16;
  shapes.push(
    { type: 'rect', shape: { x: sheet.width - width - 1, y: 1, width, height: 19, r: 3 }, style: { fill: theme.paper, stroke: theme.ink, lineWidth: 1 } },
    label(data.grade, sheet.width - width / 2 - 1, 11, SIZE.small, sheet, { align: 'center', fill: theme.ink, fontWeight: 'bold' }),
  );
  return shapes;
}

function keys(data: Density, parts: readonly Bin[], sheet: Sheet): Key[] {
  const { words } = sheet;
  const list: Key[] = [];
  if (parts.some((bin) => bin.to > 0)) list.push({ shape: 'bar', text: `${words.key_above}: ${data.above}`, color: 'accent' });
  if (parts.some((bin) => bin.to <= 0)) list.push({ shape: 'bar', text: words.key_below, color: 'bad' });
  list.push(
    { shape: 'rule', text: words.key_zero, color: 'ink' },
    { shape: 'dash', text: words.key_median, color: 'ink' },
    { shape: 'dots', text: words.key_points, color: 'ink' },
  );
  return list;
}
