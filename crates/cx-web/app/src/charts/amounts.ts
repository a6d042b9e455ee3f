import type { Amounts } from '../document';
import { rowAxis, scale, valueAxis } from './axis';
import { field, rows } from './rows';
import { base, type Drawing, NARROW, type Sheet, tip } from './sheet';

/** Amounts as bars from zero. */
export function amounts(data: Amounts, sheet: Sheet): Drawing {
  const { bars } = data;
  const axis = scale(sheet, data.format, [0, ...bars.map((bar) => bar.mark.value)], sheet.width < NARROW ? 3 : 5);
  const layout = rows(
    sheet,
    bars.map((bar) => ({ name: bar.group === '' ? bar.label : `${bar.group}: ${bar.label}`, value: bar.mark.text, more: '' })),
    28,
  );
  return {
    height: layout.height,
    keys: [],
    option: {
      ...base(sheet),
      grid: layout.grid,
      xAxis: valueAxis(sheet, axis),
      yAxis: rowAxis(bars.map((bar) => bar.label)),
      series: [
        {
          type: 'custom',
          cursor: 'default',
          data: bars.map((bar, i) => [bar.mark.value, i]),
          renderItem: (params: { dataIndex: number }, api: { coord: (at: [number, number]) => [number, number] }) => {
            const i = params.dataIndex;
            const bar = bars[i];
            if (!bar) return undefined;
            const [zero, row] = api.coord([0, i]);
            const x = api.coord([bar.mark.value, i])[0];
            const y = row + layout.drop;
            const shape = { x: Math.min(zero, x), y: y - 8, width: Math.max(1, Math.abs(x - zero)), height: 16 };
            const fill = bar.mark.value < 0 ? sheet.theme.bad : sheet.theme.accent;
            return {
              type: 'group',
              children: [
                field(0, row - layout.row / 2, sheet.width, layout.row),
                ...layout.words(i, row),
                { type: 'rect', shape, style: { fill } },
              ],
            };
          },
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const bar = bars[dataIndex];
          return bar ? tip(sheet, bar.label, bar.group, bar.mark.text) : '';
        },
      },
    },
  };
}
