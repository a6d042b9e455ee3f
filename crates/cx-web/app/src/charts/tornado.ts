import type { Swing, Tornado } from '../document';
import { rowAxis, scale, valueAxis } from './axis';
import { field, rows, type Shape, stroke } from './rows';
import { base, type Drawing, NARROW, type Sheet, tip } from './sheet';

/** A sign for where an input comes from; the word stands beside it. */
const SIGNS: Record<string, string> = { data: '●', design: '◆', prior: '▲', judgement: '□', fixed: '–' };

/** Where an input comes from, as sign and word. */
export function origin(swing: Swing): string {
  return `${SIGNS[swing.origin] ?? '·'} ${swing.origin_text}`;
}

/** What an amount would be with each input at its own low and high, the others in the middle. */
export function tornado(data: Tornado, sheet: Sheet): Drawing {
  const { theme, words } = sheet;
  const { swings, center } = data;
  const narrow = sheet.width < NARROW;
  const axis = scale(sheet, data.format, [center.value, 0, ...swings.flatMap((s) => [s.low.value, s.high.value])], narrow ? 3 : 5);
  const layout = rows(
    sheet,
    swings.map((swing) => ({
      name: narrow ? `${swing.label} (${origin(swing)})` : swing.label,
      value: `${swing.low.text} … ${swing.high.text}`,
      more: origin(swing),
    })),
    28,
  );
  return {
    height: layout.height,
    keys: [
      { shape: 'outline', text: words.key_input_low, color: 'accent' },
      { shape: 'bar', text: words.key_input_high, color: 'accent' },
      { shape: 'dash', text: `${words.key_middle} ${center.text}`, color: 'ink' },
      { shape: 'rule', text: words.key_zero, color: 'ink' },
    ],
    option: {
      ...base(sheet),
      grid: layout.grid,
      xAxis: valueAxis(sheet, axis),
      yAxis: rowAxis(swings.map((s) => s.label)),
      series: [
        {
          type: 'custom',
          cursor: 'default',
          data: swings.map((swing, i) => [swing.low.value, i]),
          renderItem: (params: { dataIndex: number }, api: { coord: (at: [number, number]) => [number, number] }) => {
            const i = params.dataIndex;
            const swing = swings[i];
            if (!swing) return undefined;
            const [middle, row] = api.coord([center.value, i]);
            const y = row + layout.drop;
            const side = (value: number, style: Shape): Shape => {
              const x = api.coord([value, i])[0];
              const shape = { x: Math.min(x, middle), y: y - 8, width: Math.max(1, Math.abs(x - middle)), height: 16 };
              return { type: 'rect', shape, style };
            };
            return {
              type: 'group',
              children: [
                field(0, row - layout.row / 2, sheet.width, layout.row),
                ...layout.words(i, row),
                side(swing.low.value, { fill: theme.paper, stroke: theme.accent, lineWidth: 1.5 }),
                side(swing.high.value, { fill: theme.accent, stroke: theme.accent, lineWidth: 1.5 }),
                stroke(middle, y - 10, middle, y + 10, { stroke: theme.ink, lineWidth: 1.25, lineDash: [3, 2] }),
              ],
            };
          },
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            data: [{ xAxis: 0, lineStyle: { color: theme.ink, width: 1.5, type: 'solid' } }],
          },
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const swing = swings[dataIndex];
          if (!swing) return '';
          const low = `${words.key_input_low}: ${swing.low.text}`;
          return tip(sheet, swing.label, origin(swing), low, `${words.key_input_high}: ${swing.high.text}`);
        },
      },
    },
  };
}
