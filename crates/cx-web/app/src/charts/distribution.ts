import type { Bar } from '../document';
import { LABELS_INSIDE, rowAxis } from './axis';
import { field, label, type Shape } from './rows';
import { base, breakLines, type Drawing, NARROW, type Sheet, shorten, SIZE, tip } from './sheet';

/** Answers per scale point. The share stands at every bar, so there is no value axis. */
export function distribution(bars: readonly Bar[], sheet: Sheet): Drawing {
  const room = sheet.width / Math.max(1, bars.length);
  const fits = bars.every((bar) => sheet.measure(bar.text, SIZE.label) <= room - 6);
  return sheet.width >= NARROW && fits ? upright(bars, sheet, room) : lying(bars, sheet);
}

function tooltip(bars: readonly Bar[], sheet: Sheet): Record<string, unknown> {
  return {
    ...(base(sheet).tooltip as object),
    trigger: 'item',
    formatter: ({ dataIndex }: { dataIndex: number }) => {
      const bar = bars[dataIndex];
      return bar ? tip(sheet, bar.label, bar.text) : '';
    },
  };
}

function upright(bars: readonly Bar[], sheet: Sheet, room: number): Drawing {
  const { theme } = sheet;
  return {
    height: sheet.paper ? 190 : 240,
    keys: [],
    option: {
      ...base(sheet),
      grid: { left: 0, right: 0, top: 24, bottom: 4, ...LABELS_INSIDE },
      xAxis: {
        type: 'category',
        data: bars.map((bar) => breakLines(bar.label, { width: room - 6, size: SIZE.label }, sheet).join('\n')),
        axisLine: { lineStyle: { color: theme.ink } },
        axisTick: { show: false },
        axisLabel: { color: theme.ink, fontSize: SIZE.label, interval: 0 },
      },
      yAxis: { type: 'value', show: false, min: 0, max: Math.max(...bars.map((bar) => bar.share), 0.01) },
      series: [
        {
          type: 'bar',
          cursor: 'default',
          barCategoryGap: '32%',
          data: bars.map((bar) => ({
            value: bar.share,
            itemStyle: { color: theme[bar.tone] },
            label: { show: true, position: 'top', formatter: () => bar.text, color: theme.ink, fontSize: SIZE.label },
          })),
        },
      ],
      tooltip: tooltip(bars, sheet),
    },
  };
}

function lying(bars: readonly Bar[], sheet: Sheet): Drawing {
  const { theme } = sheet;
  const most = Math.max(...bars.map((bar) => bar.share), 0.01);
  const name = Math.min(sheet.width * 0.4, Math.max(...bars.map((bar) => sheet.measure(bar.label, SIZE.label))));
  const value = Math.max(...bars.map((bar) => sheet.measure(bar.text, SIZE.label)));
  const row = 26;
  const end = sheet.width - value - 8;
  return {
    height: bars.length * row + 4,
    keys: [],
    option: {
      ...base(sheet),
      grid: { left: name + 10, right: value + 8, top: 0, bottom: 4 },
      xAxis: { type: 'value', show: false, min: 0, max: most },
      yAxis: rowAxis(bars.map((bar) => bar.label)),
      series: [
        {
          type: 'custom',
          cursor: 'default',
          data: bars.map((bar, i) => [bar.share, i]),
          renderItem: (params: { dataIndex: number }, api: { coord: (at: [number, number]) => [number, number] }) => {
            const bar = bars[params.dataIndex];
            if (!bar) return undefined;
            const [zero, y] = api.coord([0, params.dataIndex]);
            const [x] = api.coord([bar.share, params.dataIndex]);
            const text = (words: string, at: number, align: string): Shape =>
              label(words, at, y, SIZE.label, sheet, { align, fill: theme.ink });
            return {
              type: 'group',
              children: [
                field(0, y - row / 2, sheet.width, row),
                text(shorten(bar.label, { width: name + 1, size: SIZE.label }, sheet), name, 'right'),
                { type: 'rect', shape: { x: zero, y: y - 9, width: Math.max(1, x - zero), height: 18 }, style: { fill: theme[bar.tone] } },
                text(bar.text, Math.min(end, x) + 6, 'left'),
              ],
            };
          },
        },
      ],
      tooltip: tooltip(bars, sheet),
    },
  };
}

