import type { Records } from '../document';
import { rowAxis, scale, valueAxis } from './axis';
import { field, rows, type Shape, stroke } from './rows';
import { base, type Drawing, NARROW, type Sheet, tip } from './sheet';

/** Every row of the file, then each outcome where the one before it ended: together they make the first bar. */
export function records(data: Records, sheet: Sheet): Drawing {
  const { theme, words } = sheet;
  const axis = scale(sheet, 'number', [0, data.total], sheet.width < NARROW ? 3 : 5);
  const starts = data.parts.map((_, i) => data.parts.slice(0, i).reduce((sum, part) => sum + part.n, 0));
  const names = [words.key_total, ...data.parts.map((part) => part.label)];
  const texts = [data.text, ...data.parts.map((part) => part.text)];
  const layout = rows(
    sheet,
    names.map((name, i) => ({ name, value: texts[i] ?? '', more: '', bold: i === 0 })),
    28,
  );
  return {
    height: layout.height,
    keys: [],
    option: {
      ...base(sheet),
      grid: layout.grid,
      xAxis: { ...valueAxis(sheet, axis), max: data.total },
      yAxis: rowAxis(names),
      series: [
        {
          type: 'custom',
          cursor: 'default',
          data: names.map((_, i) => [starts[i - 1] ?? 0, i]),
          renderItem: (params: { dataIndex: number }, api: { coord: (at: [number, number]) => [number, number] }) => {
            const i = params.dataIndex;
            const part = data.parts[i - 1];
            const start = starts[i - 1] ?? 0;
            const [x, middle] = api.coord([start, i]);
            const [to] = api.coord([start + (part?.n ?? data.total), i]);
            const y = middle + layout.drop;
            const half = layout.narrow ? 8 : 9;
            const shape = { x, y: y - half, width: Math.max(1.5, to - x), height: 2 * half };
            const style = part ? { fill: theme[part.tone] } : { fill: theme.rule, stroke: theme.neutral, lineWidth: 1 };
            const shapes: Shape[] = [
              field(0, middle - layout.row / 2, sheet.width, layout.row),
              ...layout.words(i, middle),
              { type: 'rect', shape, style },
            ];
            if (i > 0 && i < data.parts.length) {
              shapes.push(stroke(to, y, to, y + layout.row, { stroke: theme.neutral, lineWidth: 1, lineDash: [2, 2] }));
            }
            return { type: 'group', children: shapes };
          },
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => tip(sheet, names[dataIndex], texts[dataIndex]),
      },
    },
  };
}
