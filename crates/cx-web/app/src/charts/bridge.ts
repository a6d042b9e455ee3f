import type { BridgeStep, Format } from '../document';
import { rowAxis, scale, valueAxis } from './axis';
import { diamond, field, rows, type Shape, stroke } from './rows';
import { base, type Drawing, type Key, NARROW, type Sheet, tip } from './sheet';

/** Where a step begins and ends on the axis; a level stands at one place. */
export interface Span {
  from: number;
  to: number;
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
  const { theme } = sheet;
  const path = spans(steps);
  const axis = scale(sheet, format, path.flatMap(({ from, to }) => [from, to]), sheet.width < NARROW ? 4 : 6);
  const layout = rows(
    sheet,
    steps.map((step) => ({ name: step.label, value: step.text, more: '', bold: step.level })),
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
            return { type: 'group', children: shapes };
          },
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => tip(sheet, steps[dataIndex]?.label, steps[dataIndex]?.text),
      },
    },
  };
}

function keys(steps: readonly BridgeStep[], sheet: Sheet): Key[] {
  const { words } = sheet;
  const list: Key[] = [{ shape: 'diamond', text: words.key_level, color: 'ink' }];
  if (steps.some((s) => !s.level && s.value >= 0)) list.push({ shape: 'bar', text: words.key_gain, color: 'accent' });
  if (steps.some((s) => !s.level && s.value < 0)) list.push({ shape: 'bar', text: words.key_loss, color: 'bad' });
  return list;
}
