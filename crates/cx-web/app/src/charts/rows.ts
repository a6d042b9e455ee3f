import { breakLines, NARROW, type Sheet, SIZE } from './sheet';

/** Height of a line of a name. */
const LINE = 14.5;

/** A shape that zrender draws. */
export type Shape = Record<string, unknown>;

/** Where the names, the drawing and the numbers of a chart in rows stand. */
export interface Rows {
  narrow: boolean;
  /** Height of one row. */
  row: number;
  grid: { left: number; right: number; top: number; bottom: number };
  height: number;
  /** Middle of the drawing below the middle of the row: names above push it down. */
  drop: number;
  /** Shapes for the name and the numbers of a row whose middle is at `y`. */
  words: (i: number, y: number) => Shape[];
}

/** What a row says besides its drawing. */
export interface RowText {
  name: string;
  /** Strong: the value. */
  value: string;
  /** Quiet, after the value. */
  more: string;
  /** Quiet, in a column of its own at the far right; only where there is room. */
  n?: string;
  bold?: boolean;
  quiet?: boolean;
}

/**
 * Rows with their names to the left and their numbers to the right, or both
 * above the drawing where the page is narrow.
 */
export function rows(sheet: Sheet, texts: readonly RowText[], axisHeight: number, top = 6): Rows {
  const narrow = sheet.width < NARROW;
  const widest = (of: (t: RowText) => string, size: number, bold = false): number =>
    Math.max(0, ...texts.map((t) => sheet.measure(of(t), size, bold)));
  const value = widest((t) => t.value, SIZE.value, true);
  const more = widest((t) => t.more, SIZE.small);
  const n = widest((t) => t.n ?? '', SIZE.small);
  const room = Math.min(widest((t) => t.name, SIZE.label, true), sheet.width * 0.34);
  const names = texts.map((t) => {
    const place = { size: SIZE.label, bold: t.bold ?? false };
    const width = narrow ? sheet.width - sheet.measure(t.value, SIZE.value, true) - 14 : room + 1;
    return breakLines(t.name, { ...place, width }, sheet, narrow ? 2 : 3);
  });
  const lines = Math.max(1, ...names.map((one) => one.length));
  const head = narrow ? 4 + lines * LINE : 0;
  const row = narrow ? head + 26 : Math.max(sheet.paper ? 23 : 28, lines * LINE + (sheet.paper ? 5 : 8));
  const numbers = value + (more > 0 ? more + 8 : 0) + (n > 0 ? n + 18 : 0);
  const grid = {
    left: narrow ? 8 : room + 14,
    right: narrow ? 8 : numbers + 16,
    top,
    bottom: axisHeight,
  };

  const words = (i: number, y: number): Shape[] => {
    const t = texts[i];
    if (!t) return [];
    const ink = t.quiet ? sheet.theme.soft : sheet.theme.ink;
    const weight = t.bold ? 'bold' : 'normal';
    const shapes: Shape[] = [];
    const put = (text: string, x: number, at: number, size: number, style: Shape): void => {
      if (text !== '') shapes.push(label(text, x, at, size, sheet, style));
    };
    if (i > 0) {
      const top = y - row / 2;
      shapes.push(stroke(0, top, sheet.width, top, { stroke: sheet.theme.faint, lineWidth: 1 }));
    }
    const own = names[i] ?? [];
    const first = narrow ? y - row / 2 + 4 + LINE / 2 : y - ((own.length - 1) * LINE) / 2;
    // The lines of the axis run behind names that stand above the drawing.
    const halo = narrow ? { stroke: sheet.theme.paper, lineWidth: 3 } : {};
    own.forEach((text, k) => put(text, 0, first + k * LINE, SIZE.label, { fill: ink, fontWeight: weight, ...halo }));
    if (narrow) {
      put(t.value, sheet.width, first, SIZE.value, { fill: ink, fontWeight: 'bold', align: 'right', ...halo });
      return shapes;
    }
    const from = sheet.width - numbers;
    put(t.value, from + value, y, SIZE.value, { fill: ink, fontWeight: 'bold', align: 'right' });
    put(t.more, from + value + 8, y, SIZE.small, { fill: sheet.theme.soft });
    put(t.n ?? '', sheet.width - 1, y, SIZE.small, { fill: sheet.theme.soft, align: 'right' });
    return shapes;
  };

  const height = top + texts.length * row + axisHeight;
  return { narrow, row, grid, height, drop: head / 2, words };
}

/** A text shape whose middle is at `y`. */
export function label(text: string, x: number, y: number, size: number, sheet: Sheet, style: Shape): Shape {
  return {
    type: 'text',
    silent: true,
    style: {
      text,
      x,
      y,
      fontSize: size,
      fontFamily: sheet.theme.font,
      align: 'left',
      verticalAlign: 'middle',
      ...style,
    },
  };
}

/** A closed shape from corners. */
export function corners(points: readonly [number, number][], style: Shape): Shape {
  return { type: 'polygon', shape: { points }, style };
}

/** A diamond around a point. */
export function diamond(x: number, y: number, r: number, style: Shape): Shape {
  return corners([[x, y - r], [x + r, y], [x, y + r], [x - r, y]], style);
}

/** A straight line. */
export function stroke(x1: number, y1: number, x2: number, y2: number, style: Shape): Shape {
  return { type: 'line', shape: { x1, y1, x2, y2 }, style: { fill: null, ...style } };
}

/** An invisible field over a whole row, so that a pointer need not hit a thin line. */
export function field(x: number, y: number, width: number, height: number): Shape {
  return { type: 'rect', shape: { x, y, width, height }, style: { fill: 'transparent' } };
}
