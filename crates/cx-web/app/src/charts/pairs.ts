import type { PairRow, Pairs, Span, Tone } from '../document';
import type { ColorName } from '../theme';
import { rowAxis, scale, type Scale, valueAxis } from './axis';
import { corners, diamond, field, label, type Rows, rows, type Shape, stroke } from './rows';
import { base, type Drawing, type Key, NARROW, type Sheet, shorten, SIZE, spoken, tip } from './sheet';
import { usual, whisker } from './whisker';

interface Api {
  coord: (at: [number, number]) => [number, number];
}

const COLORS: Record<Tone, ColorName> = { neutral: 'accent', good: 'good', bad: 'bad', warning: 'warning' };

/** Up to so many rows no range runs out of the axis. */
const FEW = 6;

/** Half the distance of the two lines of a row. */
const APART = 6;

/** What was said beside what was found, row by row on one axis. */
export function pairs(data: Pairs, sheet: Sheet): Drawing {
  const narrow = sheet.width < NARROW;
  const axis = scale(sheet, data.format, reach(data), narrow ? 4 : 6);
  const layout = rows(
    sheet,
    data.rows.map((row) => ({
      // Long names are cut at their end, which the verdict must not be.
      name: narrow ? `${row.text} · ${row.label}` : row.label,
      value: row.second.text,
      more: row.second.interval,
      n: row.text,
      quiet: row.second.value === null,
    })),
    30,
  );
  return {
    height: layout.height,
    keys: keys(data),
    option: {
      ...base(sheet),
      grid: layout.grid,
      xAxis: valueAxis(sheet, axis),
      yAxis: rowAxis(data.rows.map((row) => row.label)),
      series: [
        {
          type: 'custom',
          data: data.rows.map((row, i) => ({
            value: [row.second.value ?? row.first?.value ?? axis.min, i],
            finding: row.finding,
          })),
          renderItem: (params: { dataIndex: number }, api: Api) => {
            const row = data.rows[params.dataIndex];
            return row && { type: 'group', children: drawn(row, params.dataIndex, axis, layout, api, sheet) };
          },
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const row = data.rows[dataIndex];
          if (!row) return '';
          const said = row.first && `${data.first}: ${row.first.text}`;
          const later = row.beside.map((span) => `${data.beside}: ${span.text}`);
          return tip(sheet, row.label, said, ...later, `${data.second}: ${spoken(sheet, row.second)}`, row.text);
        },
      },
    },
  };
}

/**
 * What the axis holds: all of it where rows are few. Else what was said and what
 * was found are each held against their own kind: one may be far surer than the other.
 */
function reach({ rows, zero }: Pairs): number[] {
  const said = rows.flatMap((row) => [...(row.first ? [row.first] : []), ...row.beside]);
  const found = rows.map((row) => row.second);
  const held = rows.length > FEW ? [...usual(said), ...usual(found)] : [...said, ...found].flatMap(ends);
  return zero ? [...held, 0] : held;
}

function ends({ value, low, high }: Pick<Span, 'value' | 'low' | 'high'>): number[] {
  return [value, low, high].filter((x) => x !== null);
}

/** A mere point is a mark across the row; a range has a line of its own above what was found. */
function isPoint(span: Span): boolean {
  return span.low === null && span.high === null;
}

function drawn(row: PairRow, i: number, axis: Scale, layout: Rows, api: Api, sheet: Sheet): Shape[] {
  const { theme } = sheet;
  const at = (value: number): number => api.coord([value, i])[0];
  const middle = api.coord([axis.min, i])[1];
  const y = middle + layout.drop;
  const shapes = [field(0, middle - layout.row / 2, sheet.width, layout.row)];
  if (axis.min < 0 && axis.max > 0) {
    const x = at(0);
    shapes.push(stroke(x, middle - layout.row / 2, x, middle + layout.row / 2, { stroke: theme.rule, lineWidth: 1.25 }));
  }
  shapes.push(...layout.words(i, middle));
  const { first, second } = row;
  const two = first !== null && !isPoint(first);
  if (first) {
    const pen = { stroke: theme.neutral, lineWidth: 1.5 };
    if (two) {
      shapes.push(...whisker(first, y - APART, axis, at, pen));
      if (first.value !== null) {
        const circle = { cx: at(first.value), cy: y - APART, r: 4 };
        shapes.push({ type: 'circle', shape: circle, style: { fill: theme.paper, stroke: theme.neutral, lineWidth: 1.5 } });
      }
    } else if (first.value !== null) {
      const x = at(first.value);
      shapes.push(stroke(x, y - 9, x, y + 9, { stroke: theme.ink, lineWidth: 2 }));
    }
  }
  for (const span of row.beside) {
    if (span.value !== null) {
      shapes.push(diamond(at(span.value), y - APART, 5, { fill: theme.paper, stroke: theme.ink, lineWidth: 1.3 }));
    }
  }
  const low = two ? y + APART : y;
  if (second.value === null) {
    // The reason stands where the figure would.
    const width = sheet.width - layout.grid.left - layout.grid.right;
    const reason = shorten(spoken(sheet, second), { width, size: SIZE.small }, sheet);
    return [...shapes, label(reason, layout.grid.left, low, SIZE.small, sheet, { fill: theme.soft, stroke: theme.paper, lineWidth: 3 })];
  }
  const color = theme[COLORS[row.tone]];
  if (second.low !== null || second.high !== null) {
    shapes.push(...whisker(second, low, axis, at, { stroke: color, lineWidth: 2 }));
  }
  return [...shapes, mark(at(second.value), low, row.tone, color)];
}

/** Shapes tell tones apart where colours do not. */
function mark(x: number, y: number, tone: Tone, fill: string): Shape {
  switch (tone) {
    case 'bad':
      return { type: 'rect', shape: { x: x - 4.5, y: y - 4.5, width: 9, height: 9 }, style: { fill } };
    case 'warning':
      return corners([[x, y - 5.5], [x + 5.5, y + 4], [x - 5.5, y + 4]], { fill });
    case 'good':
    case 'neutral':
      return { type: 'circle', shape: { cx: x, cy: y, r: 4.5 }, style: { fill } };
  }
}

function keys(data: Pairs): Key[] {
  const firsts = data.rows.flatMap((row) => (row.first ? [row.first] : []));
  const list: Key[] = [];
  if (firsts.some(isPoint)) list.push({ shape: 'tick', text: data.first, color: 'ink' });
  else if (firsts.some((span) => span.value !== null)) list.push({ shape: 'hollow', text: data.first, color: 'neutral' });
  else if (firsts.length > 0) list.push({ shape: 'whisker', text: data.first, color: 'neutral' });
  if (data.rows.some((row) => row.beside.length > 0)) list.push({ shape: 'diamond', text: data.beside, color: 'ink' });
  const tones = new Set(data.rows.filter((row) => row.second.value !== null).map((row) => row.tone));
  const only = tones.size === 1 ? [...tones][0] : undefined;
  if (tones.size > 0) list.push({ shape: 'dot', text: data.second, color: only ? COLORS[only] : 'ink' });
  return list;
}
