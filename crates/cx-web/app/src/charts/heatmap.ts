import type { HeatCell, Heatmap, Way } from '../document';
import { mix, readable, type Theme } from '../theme';
import { corners, label, type Shape } from './rows';
import { base, breakLines, type Drawing, type Key, NARROW, type Sheet, shorten, SIZE, spoken, tip } from './sheet';

/** A tone and how much of it, 0 to 1. */
interface Tint {
  tone: 'accent' | 'good' | 'bad';
  strength: number;
}

/** The tint of a value that stands at `share` of the way from the lowest to the highest. */
export function tint(share: number, direction: Way): Tint {
  // The ends stop short of the full tone, where text would be hard to read.
  const full = 0.82;
  if (direction === 'none') return { tone: 'accent', strength: full * share };
  const goodness = 2 * (direction === 'up' ? share : 1 - share) - 1;
  return { tone: goodness < 0 ? 'bad' : 'good', strength: full * Math.abs(goodness) };
}

/** The colour of a tint on this ground. */
export function tinted({ tone, strength }: Tint, theme: Theme): string {
  return mix(theme.faint, theme[tone], strength);
}

/** Items by groups. Every shown cell carries its number; colour only helps to find it. */
export function heatmap(data: Heatmap, sheet: Sheet): Drawing {
  const { theme } = sheet;
  const narrow = sheet.width < NARROW;
  const values = data.cells.flatMap(({ figure }) => (figure.value === null ? [] : [figure.value]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const shareOf = (value: number): number => (high > low ? (value - low) / (high - low) : 0.5);

  const widest = Math.max(0, ...data.rows.map((name) => sheet.measure(name, SIZE.label)));
  const names = narrow ? 0 : Math.min(widest, sheet.width * 0.28) + 14;
  const columns = Math.max(1, data.columns.length);
  const words = data.columns.flatMap((name) => name.split(/\s+/));
  /** Width that every number and every word of a heading needs in letters of some size. */
  const needed = (size: number, headSize: number): number => {
    const text = Math.max(0, ...data.cells.map(({ figure }) => sheet.measure(figure.text, size)));
    const longest = Math.max(0, ...words.map((word) => sheet.measure(word, headSize)));
    const gap = sheet.paper ? 5 : 10;
    return names + columns * Math.max(text + gap, Math.min(longest + gap / 2, 110));
  };
  // On paper nothing scrolls: where the usual letters do not fit, small ones do.
  const small = sheet.paper && needed(SIZE.label, SIZE.small) > sheet.width;
  const size = small ? 9 : SIZE.label;
  const headSize = narrow ? 10 : small ? 9 : SIZE.small;
  const minWidth = needed(size, headSize);
  const width = Math.max(sheet.width, minWidth);
  const cell = { width: (width - names) / columns, height: narrow ? 32 : sheet.paper ? 28 : 36 };
  const row = cell.height + (narrow ? 22 : 0);
  const heads = data.columns.map((name) => breakLines(name, { width: cell.width - 4, size: headSize }, sheet, 3));
  const head = 8 + 14 * Math.max(1, ...heads.map((lines) => lines.length));

  const written = (): Shape[] => [
    ...heads.flatMap((lines, c) =>
      lines.map((line, k) =>
        label(line, names + (c + 0.5) * cell.width, head - 6 - 14 * (lines.length - k) + 7, headSize, sheet, {
          align: 'center',
          fill: theme.soft,
        }),
      ),
    ),
    ...data.rows.flatMap((name, r) => {
      const top = head + r * row;
      if (narrow) {
        const line = shorten(name, { width, size: SIZE.label }, sheet);
        return [label(line, 0, top + 13, SIZE.label, sheet, { fill: theme.ink })];
      }
      const lines = breakLines(name, { width: names - 13, size: SIZE.label }, sheet);
      const middle = top + cell.height / 2 - (lines.length - 1) * 7.25;
      return lines.map((line, k) => label(line, 0, middle + k * 14.5, SIZE.label, sheet, { fill: theme.ink }));
    }),
  ];

  return {
    height: head + data.rows.length * row + 2,
    minWidth,
    keys: keys(data, low, high, sheet),
    option: {
      ...base(sheet),
      xAxis: { show: false, type: 'value', min: 0, max: 1 },
      yAxis: { show: false, type: 'value', min: 0, max: 1 },
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      series: [
        { type: 'custom', silent: true, data: [[0, 0]], renderItem: () => ({ type: 'group', children: written() }) },
        {
          type: 'custom',
          data: data.cells.map((one) => ({ value: [0, 0], finding: one.finding })),
          renderItem: (params: { dataIndex: number }) => {
            const one = data.cells[params.dataIndex];
            if (!one) return undefined;
            const x = names + one.column * cell.width;
            const y = head + one.row * row + (narrow ? 22 : 0);
            const box = { x: x + 1, y: y + 1, width: cell.width - 2, height: cell.height - 2 };
            return { type: 'group', children: square(one, box, size, shareOf, data, sheet) };
          },
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const one = data.cells[dataIndex];
          if (!one) return '';
          const place = `${data.rows[one.row] ?? ''} · ${data.columns[one.column] ?? ''}`;
          const partial = one.partial ? sheet.words.key_partial : null;
          return tip(sheet, place, spoken(sheet, one.figure), one.figure.n && `n = ${one.figure.n}`, partial, ...one.figure.caveats);
        },
      },
    },
  };
}

function square(
  one: HeatCell,
  box: { x: number; y: number; width: number; height: number },
  size: number,
  shareOf: (value: number) => number,
  data: Heatmap,
  sheet: Sheet,
): Shape[] {
  const { theme } = sheet;
  const { figure } = one;
  const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
  if (figure.value === null) {
    // Outlined and empty: here is a figure that is not given.
    return [
      { type: 'rect', shape: { ...box, r: 2 }, style: { fill: theme.paper, stroke: theme.neutral, lineWidth: 1, lineDash: [3, 3] } },
      label('–', ...middle, SIZE.label, sheet, { align: 'center', fill: theme.soft }),
    ];
  }
  const fill = tinted(tint(shareOf(figure.value), data.direction), theme);
  const ink = readable(fill, theme);
  return [
    { type: 'rect', shape: { ...box, r: 2 }, style: { fill } },
    // A corner is cut where the period is not over.
    ...(one.partial ? [corners([[box.x + box.width - 9, box.y], [box.x + box.width, box.y], [box.x + box.width, box.y + 9]], { fill: ink })] : []),
    label(figure.text, ...middle, size, sheet, { align: 'center', fill: ink }),
  ];
}

/** The ramp between the lowest and the highest shown figure, in the document's own words for them. */
function keys(data: Heatmap, low: number, high: number, sheet: Sheet): Key[] {
  const { words } = sheet;
  const list: Key[] = [];
  const textOf = (value: number): string => data.cells.find(({ figure }) => figure.value === value)?.figure.text ?? '';
  if (low < high) {
    const ramp = [0, 0.25, 0.5, 0.75, 1].map((share) => {
      const { tone, strength } = tint(share, data.direction);
      return `color-mix(in srgb, var(--${tone}) ${strength * 100}%, var(--faint))`;
    });
    const [first, last] =
      data.direction === 'none'
        ? [words.scale_low, words.scale_high]
        : data.direction === 'up'
          ? [words.scale_worse, words.scale_better]
          : [words.scale_better, words.scale_worse];
    list.push({ shape: 'ramp', text: `${textOf(low)} ${first} – ${textOf(high)} ${last}`, color: 'ink', ramp });
  }
  if (data.cells.some(({ figure }) => figure.value === null)) {
    list.push({ shape: 'outline', text: words.not_given, color: 'neutral' });
  }
  if (data.cells.some((one) => one.partial)) list.push({ shape: 'corner', text: words.key_partial, color: 'ink' });
  return list;
}
