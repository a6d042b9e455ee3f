import type { BridgeStep, Format } from '../document';
import { rowAxis, scale, type Scale, valueAxis } from './axis';
import { diamond, field, rows, type Shape, stroke } from './rows';
import { base, type Drawing, type Key, NARROW, type Sheet, tip } from './sheet';

/** Where a step begins and ends on the axis; a level stands at one place. */
export interface Span {
  from: number;
  to: number;
}

/** The ends of a step's range on the axis: a difference is counted from where it starts. */
export function ends(step: BridgeStep, span: Span): [number | null, number | null] {
  const start = step.level ? 0 : span.from;
  const end = (x: number | null): number | null => (x === null ? null : start + x);
  return [end(step.range?.low ?? null), end(step.range?.high ?? null)];
}

/** Levels stand where they are, differences start where the last step ended. */
export function spans(steps: readonly BridgeStep[]): Span[] {
  let at = 0;
  return steps.map((step) => {
    const from = step.level ? step.value : at;
    at = step.level ? step.value : at + step.value;
    return { from, to: at };
  });
}

/**
 * From the start to the end, step by step. Levels are marks and not bars, so
 * the axis may leave out the empty part below them.
 */
export function bridge(steps: readonly BridgeStep[], format: Format, sheet: Sheet): Drawing {
  const { theme, words } = sheet;
  const path = spans(steps);
  const reach = path.flatMap((span, i) => {
    const step = steps[i];
    return [span.from, span.to, ...(step ? ends(step, span) : [])].filter((x) => x !== null);
  });
  const axis = scale(sheet, format, reach, sheet.width < NARROW ? 4 : 6);
  const layout = rows(
    sheet,
    steps.map((step) => ({ name: step.label, value: step.text, more: step.range?.text ?? '', bold: step.level })),
    28,
  );
  return {
    height: layout.height,
    keys: keys(steps, sheet),
    option: {
      ...base(sheet),
      grid: layout.grid,
      xAxis: valueAxis(sheet, axis),
      yAxis: rowAxis(steps.map((step) => step.label)),
      series: [
        {
          type: 'custom',
          cursor: 'default',
          data: path.map(({ to }, i) => [to, i]),
          renderItem: (params: { dataIndex: number }, api: { coord: (at: [number, number]) => [number, number] }) => {
            const i = params.dataIndex;
            const [step, span] = [steps[i], path[i]];
            if (!step || !span) return undefined;
            const [from, middle] = api.coord([span.from, i]);
            const [to] = api.coord([span.to, i]);
            const y = middle + layout.drop;
            const half = layout.narrow ? 8 : 9;
            const shapes: Shape[] = [
              field(0, middle - layout.row / 2, sheet.width, layout.row),
              ...layout.words(i, middle),
            ];
            if (i < steps.length - 1) {
              shapes.push(stroke(to, y, to, y + layout.row, { stroke: theme.neutral, lineWidth: 1, lineDash: [2, 2] }));
            }
            if (step.level) {
              shapes.push(diamond(to, y, 7, { fill: theme.ink }));
            } else {
              const x = Math.min(from, to);
              const width = Math.max(1.5, Math.abs(to - from));
              const fill = step.value < 0 ? theme.bad : theme.accent;
              shapes.push({ type: 'rect', shape: { x, y: y - half, width, height: 2 * half }, style: { fill } });
            }
            if (step.range) shapes.push(...whisker(step, ends(step, span), (value) => api.coord([value, i])[0], y, axis, sheet));
            return { type: 'group', children: shapes };
          },
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const step = steps[dataIndex];
          const range = step?.range ? `${step.range.bounds ? words.key_bounds : words.key_band}: ${step.range.text}` : null;
          return tip(sheet, step?.label, step?.text, range);
        },
      },
    },
  };
}

/** An interval has caps; bounds are dashed and end in squares. */
function whisker(
  step: BridgeStep,
  [low, high]: [number | null, number | null],
  at: (value: number) => number,
  y: number,
  axis: Scale,
  sheet: Sheet,
): Shape[] {
  const { ink, paper } = sheet.theme;
  const bounds = step.range?.bounds ?? false;
  const [from, to] = [at(low ?? axis.min), at(high ?? axis.max)];
  // A light edge keeps it apart from the bar it runs over.
  const shapes: Shape[] = [
    stroke(from, y, to, y, { stroke: paper, lineWidth: 4.5 }),
    stroke(from, y, to, y, { stroke: ink, lineWidth: 1.6, ...(bounds ? { lineDash: [3, 2] } : {}) }),
  ];
  for (const [x, limit] of [[from, low], [to, high]] as const) {
    if (limit === null) continue;
    shapes.push(
      bounds
        ? { type: 'rect', shape: { x: x - 3, y: y - 3, width: 6, height: 6 }, style: { fill: ink, stroke: paper, lineWidth: 1 } }
        : stroke(x, y - 5, x, y + 5, { stroke: ink, lineWidth: 1.6 }),
    );
  }
  return shapes;
}

function keys(steps: readonly BridgeStep[], sheet: Sheet): Key[] {
  const { words } = sheet;
  const list: Key[] = [{ shape: 'diamond', text: words.key_level, color: 'ink' }];
  if (steps.some((s) => !s.level && s.value >= 0)) list.push({ shape: 'bar', text: words.key_gain, color: 'accent' });
  if (steps.some((s) => !s.level && s.value < 0)) list.push({ shape: 'bar', text: words.key_loss, color: 'bad' });
  const ranges = steps.flatMap((s) => (s.range ? [s.range.bounds] : []));
  if (ranges.includes(false)) list.push({ shape: 'whisker', text: words.key_band, color: 'ink' });
  if (ranges.includes(true)) list.push({ shape: 'dash', text: words.key_bounds, color: 'ink' });
  return list;
}
