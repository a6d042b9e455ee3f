import type { Forest, ForestGroup } from '../document';
import type { Theme } from '../theme';
import { rowAxis, scale, type Scale, valueAxis } from './axis';
import { diamond, field, label, type Rows, rows, type Shape } from './rows';
import { base, type Drawing, type Key, NARROW, type Sheet, shorten, SIZE, spoken, tip } from './sheet';
import { usual, whisker } from './whisker';

type Verdict = 'better' | 'worse' | 'other' | 'same';

/** Groups with their intervals on one axis, their numbers beside them, and the overall value as a line. */
export function forest(data: Forest, sheet: Sheet): Drawing {
  const axis = scale(sheet, data.format, reach(data), sheet.width < NARROW ? 4 : 6);
  const layout = rows(
    sheet,
    data.groups.map((group) => ({
      name: group.label,
      value: group.figure.text,
      more: group.figure.interval,
      n: group.figure.value === null ? '' : `n = ${group.figure.n}`,
      bold: group.differs,
      quiet: group.figure.value === null,
    })),
    30,
    data.overall ? 26 : 8,
  );
  return {
    height: layout.height,
    keys: keys(data, sheet),
    option: {
      ...base(sheet),
      grid: layout.grid,
      xAxis: valueAxis(sheet, axis),
      yAxis: rowAxis(data.groups.map((group) => group.label)),
      series: [
        {
          type: 'custom',
          data: data.groups.map((group, i) => ({
            value: [group.figure.value ?? axis.min, i],
            finding: group.finding,
          })),
          renderItem: (params: { dataIndex: number }, api: Api) => {
            const group = data.groups[params.dataIndex];
            return group && { type: 'group', children: drawn(group, params.dataIndex, data, axis, layout, api, sheet) };
          },
          markLine: overall(data, axis, sheet),
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const group = data.groups[dataIndex];
          if (!group) return '';
          const shrunk = group.shrunk && `${sheet.words.key_shrunk}: ${group.shrunk.text}`;
          const n = group.figure.n && `n = ${group.figure.n}`;
          return tip(sheet, group.label, spoken(sheet, group.figure), n, shrunk, ...group.figure.caveats);
        },
      },
    },
  };
}

interface Api {
  coord: (at: [number, number]) => [number, number];
}

/** What the axis holds of the groups and of the overall value. */
export function reach(data: Forest): number[] {
  const marks = [data.overall?.value, ...data.groups.map(({ shrunk }) => shrunk?.value)];
  return [...usual(data.groups.map(({ figure }) => figure)), ...marks.filter((x) => x !== undefined)];
}

/** What the reader may say of a group: nothing, unless it differs after correction. */
export function verdict(group: ForestGroup, data: Forest): Verdict {
  const { value } = group.figure;
  if (!group.differs || value === null) return 'same';
  if (data.direction === 'none' || data.overall === null) return 'other';
  return value > data.overall.value === (data.direction === 'up') ? 'better' : 'worse';
}

function colorOf(verdict: Verdict, theme: Theme): string {
  return { better: theme.good, worse: theme.bad, other: theme.accent, same: theme.neutral }[verdict];
}

function drawn(
  group: ForestGroup,
  i: number,
  data: Forest,
  axis: Scale,
  layout: Rows,
  api: Api,
  sheet: Sheet,
): Shape[] {
  const { theme } = sheet;
  const at = (value: number): number => api.coord([value, i])[0];
  const middle = api.coord([axis.min, i])[1];
  const y = middle + layout.drop;
  const shapes = [field(0, middle - layout.row / 2, sheet.width, layout.row), ...layout.words(i, middle)];
  const { value, low, high } = group.figure;
  if (value === null) {
    // The reason stands where the figure would.
    const width = sheet.width - layout.grid.left - layout.grid.right;
    const reason = shorten(spoken(sheet, group.figure), { width, size: SIZE.small }, sheet);
    return [...shapes, label(reason, layout.grid.left, y, SIZE.small, sheet, { fill: theme.soft, stroke: theme.paper, lineWidth: 3 })];
  }
  const color = colorOf(verdict(group, data), theme);
  const pen = { stroke: color, lineWidth: 2 };
  if (low !== null || high !== null) {
    shapes.push(...whisker({ low, high }, y, axis, at, pen));
  }
  const x = at(value);
  shapes.push(
    group.differs
      ? { type: 'rect', shape: { x: x - 5, y: y - 5, width: 10, height: 10 }, style: { fill: color } }
      : { type: 'circle', shape: { cx: x, cy: y, r: 4.2 }, style: { fill: color } },
  );
  if (group.shrunk) {
    shapes.push(diamond(at(group.shrunk.value), y, 6, { fill: 'transparent', stroke: theme.ink, lineWidth: 1.3 }));
  }
  return shapes;
}

function overall({ overall: mark }: Forest, axis: Scale, sheet: Sheet): Record<string, unknown> | undefined {
  if (!mark) return undefined;
  // Near an end of the axis the name leans inwards, or it would be cut off.
  const share = (mark.value - axis.min) / (axis.max - axis.min);
  return {
    silent: true,
    symbol: 'none',
    data: [
      {
        xAxis: mark.value,
        lineStyle: { color: sheet.theme.ink, width: 1.25, type: [2, 3] },
        label: {
          formatter: () => `${sheet.words.key_overall} ${mark.text}`,
          // The axis of rows runs downwards: the line starts at the top.
          position: 'start',
          align: share < 0.25 ? 'left' : share > 0.75 ? 'right' : 'center',
          color: sheet.theme.ink,
          fontSize: SIZE.small,
        },
      },
    ],
  };
}

function keys(data: Forest, sheet: Sheet): Key[] {
  const { words } = sheet;
  const verdicts = new Set(data.groups.map((group) => verdict(group, data)));
  const list: Key[] = [];
  if (verdicts.has('better')) list.push({ shape: 'square', text: words.key_better, color: 'good' });
  if (verdicts.has('worse')) list.push({ shape: 'square', text: words.key_worse, color: 'bad' });
  if (verdicts.has('other')) list.push({ shape: 'square', text: words.key_other, color: 'accent' });
  if (verdicts.has('same')) list.push({ shape: 'dot', text: words.key_same, color: 'neutral' });
  if (data.groups.some((group) => group.shrunk)) {
    list.push({ shape: 'diamond', text: words.key_shrunk, color: 'ink' });
  }
  return list;
}

