import type { BandCell, BandPanel, Bands } from '../document';
import { scale, type Scale } from './axis';
import { field, label, type Shape, stroke } from './rows';
import { base, breakLines, type Drawing, type Key, NARROW, type Sheet, shorten, SIZE, spoken, tip } from './sheet';

/** One value: where it stands, and the place it has. */
interface Place {
  panel: BandPanel;
  axis: Scale;
  row: number;
  column: number;
  cell: BandCell;
  /** Left end and width of its axis. */
  left: number;
  width: number;
  /** Top of its place, its height, and the middle of its whisker. */
  top: number;
  height: number;
  y: number;
}

/** Everything placed, with the texts that belong to no single value. */
interface Layout {
  places: Place[];
  texts: Shape[];
  height: number;
}

/** Height of a line of text. */
const LINE = 14.5;
/** Words stand this far from the first line of the axis. */
const INDENT = 6;

/**
 * Bands by outcome, each value in columns of growing caution, so that nobody
 * sees the raw one alone. All columns of a panel share their axis.
 */
export function bands(data: Bands, sheet: Sheet): Drawing {
  const layout = sheet.width < NARROW || cramped(data, sheet) ? stacked(data, sheet) : sideBySide(data, sheet);
  return {
    height: layout.height,
    keys: keys(data, sheet),
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
          renderItem: () => ({ type: 'group', children: layout.texts }),
        },
        {
          type: 'custom',
          data: layout.places.map((place) => ({ value: [0, 0], finding: place.panel.rows[place.row]?.finding ?? '' })),
          renderItem: ({ dataIndex }: { dataIndex: number }) => {
            const place = layout.places[dataIndex];
            return place && { type: 'group', children: drawn(place, sheet) };
          },
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const place = layout.places[dataIndex];
          if (!place) return '';
          const { figure, apart } = place.cell;
          const told = apart === null ? null : apart ? sheet.words.key_apart : sheet.words.key_not_apart;
          const name = `${place.panel.title} · ${place.panel.rows[place.row]?.label ?? ''}`;
          return tip(sheet, name, data.columns[place.column], spoken(sheet, figure), figure.n && `n = ${figure.n}`, told, ...figure.caveats);
        },
      },
    },
  };
}

/** Widths of the column of names and of each column of values, side by side. */
function columnsOf(data: Bands, sheet: Sheet): { names: number; width: number; gap: number } {
  const columns = Math.max(1, data.columns.length);
  const labels = data.panels.flatMap((panel) => panel.rows.map((row) => sheet.measure(row.label, SIZE.label)));
  const names = Math.min(Math.max(0, ...labels), sheet.width * 0.2) + 18;
  const gap = sheet.width < 800 ? 16 : 26;
  return { names, gap, width: (sheet.width - names - 12 - gap * (columns - 1)) / columns };
}

/** True where some text would have to be set in letters too small to read. */
function cramped(data: Bands, sheet: Sheet): boolean {
  const { width } = columnsOf(data, sheet);
  const cells = data.panels.flatMap((panel) => panel.rows.flatMap((row) => row.cells));
  return cells.some((cell) => linesOf(cell, width, sheet).some((line) => line.some((words) => words.size < 8.5)));
}

/** The axis of a panel: every value with its limits, and zero where it belongs there. */
function axisOf(panel: BandPanel, sheet: Sheet, most: number): Scale {
  const figures = panel.rows.flatMap((row) => row.cells.map((cell) => cell.figure));
  const values = figures.flatMap(({ value, low, high }) => [value, low, high]).filter((x) => x !== null);
  return scale(sheet, panel.format, panel.zero ? [...values, 0] : values, most);
}

/** Lines of an axis from top to bottom, their numbers below, and zero drawn firmly. */
function grid(axis: Scale, left: number, width: number, top: number, bottom: number, sheet: Sheet): Shape[] {
  const { theme } = sheet;
  const at = (value: number): number => left + ((value - axis.min) / (axis.max - axis.min)) * width;
  const shapes: Shape[] = [];
  let free = -Infinity;
  for (let k = 0; axis.min + k * axis.step <= axis.max + axis.step * 1e-6 && k < 20; k += 1) {
    const value = Math.abs(axis.min + k * axis.step) < axis.step * 1e-6 ? 0 : axis.min + k * axis.step;
    const x = at(value);
    const zero = value === 0;
    shapes.push(stroke(x, top, x, bottom, zero ? { stroke: theme.ink, lineWidth: 1.25 } : { stroke: theme.faint, lineWidth: 1 }));
    const text = axis.tick(value);
    const half = sheet.measure(text, 10.5) / 2;
    // At either end a number leans inwards, or it would run into the next column.
    const middle = Math.max(left + half - 2, Math.min(left + width - half + 2, x));
    if (middle - half < free) continue;
    free = middle + half + 6;
    shapes.push(label(text, middle, bottom + 9, 10.5, sheet, { align: 'center', fill: theme.soft }));
  }
  return shapes;
}

/** Three columns beside the names of the bands. */
function sideBySide(data: Bands, sheet: Sheet): Layout {
  const { theme } = sheet;
  const columns = Math.max(1, data.columns.length);
  const { names, width, gap } = columnsOf(data, sheet);
  const leftOf = (c: number): number => names + c * (width + gap);
  const texts: Shape[] = [];
  const places: Place[] = [];
  const heads = data.columns.map((name) => breakLines(name, { width, size: SIZE.small, bold: true }, sheet, 2));
  const deep = LINE * Math.max(1, ...heads.map((lines) => lines.length));
  heads.forEach((lines, c) =>
    lines.forEach((line, k) =>
      texts.push(label(line, leftOf(c), 8 + k * LINE, SIZE.small, sheet, { fill: theme.ink, fontWeight: 'bold' })),
    ),
  );
  let top = deep + 4;
  for (const panel of data.panels) {
    const axis = axisOf(panel, sheet, 4);
    texts.push(stroke(0, top + 2, sheet.width, top + 2, { stroke: theme.rule, lineWidth: 1 }));
    const title = shorten(panel.title, { width: sheet.width, size: SIZE.label, bold: true }, sheet);
    texts.push(label(title, 0, top + 16, SIZE.label, sheet, { fill: theme.ink, fontWeight: 'bold' }));
    const first = top + 28;
    const row = heightOf(panel, width, sheet);
    const bottom = first + panel.rows.length * row;
    for (let c = 0; c < columns; c += 1) texts.push(...grid(axis, leftOf(c), width, first, bottom, sheet));
    panel.rows.forEach((one, r) => {
      const y = first + r * row;
      const lines = breakLines(one.label, { width: names - 14, size: SIZE.label }, sheet, 2);
      const middle = y + (row - 6) / 2 - ((lines.length - 1) * LINE) / 2;
      lines.forEach((line, k) => texts.push(label(line, 0, middle + k * LINE, SIZE.label, sheet, { fill: theme.ink })));
      one.cells.forEach((cell, c) =>
        places.push({ panel, axis, row: r, column: c, cell, left: leftOf(c), width, top: y, height: row, y: y + 13 }),
      );
    });
    top = bottom + 26;
  }
  return { places, texts, height: top };
}

/** On a narrow page: each band with its columns below one another. */
function stacked(data: Bands, sheet: Sheet): Layout {
  const { theme } = sheet;
  const [left, width] = [10, sheet.width - 20];
  const texts: Shape[] = [];
  const places: Place[] = [];
  let top = 4;
  for (const panel of data.panels) {
    const axis = axisOf(panel, sheet, 4);
    texts.push(stroke(0, top, sheet.width, top, { stroke: theme.rule, lineWidth: 1 }));
    const lines = breakLines(panel.title, { width: sheet.width, size: SIZE.value, bold: true }, sheet, 2);
    lines.forEach((line, k) =>
      texts.push(label(line, 0, top + 14 + k * LINE, SIZE.value, sheet, { fill: theme.ink, fontWeight: 'bold' })),
    );
    const first = top + 14 + lines.length * LINE;
    const row = heightOf(panel, width, sheet) + 10;
    const heads = panel.rows.map((one) => 24 + one.cells.length * row);
    const bottom = first + heads.reduce((sum, one) => sum + one, 0);
    texts.push(...grid(axis, left, width, first, bottom, sheet));
    let y = first;
    panel.rows.forEach((one, r) => {
      const name = shorten(one.label, { width: sheet.width, size: SIZE.label, bold: true }, sheet);
      texts.push(label(name, 0, y + 12, SIZE.label, sheet, { fill: theme.ink, fontWeight: 'bold', stroke: theme.paper, lineWidth: 4 }));
      one.cells.forEach((cell, c) => {
        const at = y + 24 + c * row;
        const column = shorten(data.columns[c] ?? '', { width: sheet.width, size: SIZE.small }, sheet);
        texts.push(label(column, 0, at + 7, SIZE.small, sheet, { fill: theme.soft, stroke: theme.paper, lineWidth: 4 }));
        places.push({ panel, axis, row: r, column: c, cell, left, width, top: at, height: row, y: at + 20 });
      });
      y += heads[r] ?? 0;
    });
    top = bottom + 28;
  }
  return { places, texts, height: top };
}

/** A whisker with its point, and below it the value, its interval and what can be said. */
function drawn(place: Place, sheet: Sheet): Shape[] {
  const { theme } = sheet;
  const { axis, cell, left, width, y } = place;
  const { figure, apart } = cell;
  const halo = { stroke: theme.paper, lineWidth: 3 };
  const shapes: Shape[] = [field(left, place.top, width, place.height)];
  if (figure.value === null) {
    const lines = breakLines(spoken(sheet, figure), { width: width - INDENT, size: SIZE.small }, sheet, 3);
    lines.forEach((line, k) => shapes.push(label(line, left + INDENT, y - 2 + k * 13, SIZE.small, sheet, { fill: theme.soft, ...halo })));
    return shapes;
  }
  const at = (value: number): number =>
    left + ((Math.min(axis.max, Math.max(axis.min, value)) - axis.min) / (axis.max - axis.min)) * width;
  const color = apart === null ? theme.ink : apart ? theme.accent : theme.neutral;
  const pen = { stroke: color, lineWidth: 2 };
  if (figure.low !== null || figure.high !== null) {
    const [from, to] = [at(figure.low ?? axis.min), at(figure.high ?? axis.max)];
    shapes.push(stroke(from, y, to, y, pen));
    if (figure.low !== null) shapes.push(stroke(from, y - 4, from, y + 4, pen));
    if (figure.high !== null) shapes.push(stroke(to, y - 4, to, y + 4, pen));
  }
  const x = at(figure.value);
  // A hollow point says that the band cannot be told from the one before; so do the words below.
  const style = apart === false ? { fill: theme.paper, stroke: color, lineWidth: 2 } : { fill: color };
  shapes.push(
    apart === true
      ? { type: 'rect', shape: { x: x - 4.5, y: y - 4.5, width: 9, height: 9 }, style }
      : { type: 'circle', shape: { cx: x, cy: y, r: 4.5 }, style },
  );
  linesOf(cell, width, sheet).forEach((words, k) => {
    let from = left + INDENT;
    for (const { text, size, style } of words) {
      shapes.push(label(text, from, y + 15 + k * 13, size, sheet, { fill: theme.soft, ...style, ...halo }));
      from += sheet.measure(text, size, style['fontWeight'] === 'bold') + 8;
    }
  });
  return shapes;
}

/** One stretch of words below a whisker. */
interface Words {
  text: string;
  size: number;
  style: Shape;
}

/** Value, interval and verdict in as many lines as the width asks for. */
function linesOf(cell: BandCell, width: number, sheet: Sheet): Words[][] {
  const { figure, apart } = cell;
  const all: Words[] = [
    { text: figure.text, size: SIZE.label, style: { fontWeight: 'bold', fill: sheet.theme.ink } },
    { text: figure.interval, size: SIZE.small, style: {} },
    { text: apart === false ? sheet.words.key_not_apart : '', size: 10.5, style: { fontStyle: 'italic' } },
  ];
  const lines: Words[][] = [[]];
  let used = INDENT;
  for (const { text, size, style } of all.filter((one) => one.text !== '')) {
    const full = sheet.measure(text, size, style['fontWeight'] === 'bold');
    // What is wider than the whole column is set in smaller letters.
    const words = { text, size: full > width - INDENT ? (size * (width - INDENT)) / full : size, style };
    const wide = Math.min(full, width - INDENT);
    if (used + wide > width && lines.at(-1)?.length) {
      lines.push([]);
      used = INDENT;
    }
    lines.at(-1)?.push(words);
    used += wide + 8;
  }
  return lines;
}

/** Height of a row in which every cell of the panel finds room. */
function heightOf(panel: BandPanel, width: number, sheet: Sheet): number {
  const most = Math.max(1, ...panel.rows.flatMap((row) => row.cells.map((cell) => linesOf(cell, width, sheet).length)));
  return 22 + 13 * most + (sheet.paper ? 4 : 8);
}

function keys(data: Bands, sheet: Sheet): Key[] {
  const { words } = sheet;
  const cells = data.panels.flatMap((panel) => panel.rows.flatMap((row) => row.cells));
  const list: Key[] = [];
  if (cells.some((cell) => cell.apart === true)) list.push({ shape: 'square', text: words.key_apart, color: 'accent' });
  if (cells.some((cell) => cell.apart === false)) list.push({ shape: 'hollow', text: words.key_not_apart, color: 'neutral' });
  return list;
}
