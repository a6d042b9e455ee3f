import type { Control, ControlPoint } from '../document';
import { LABELS_INSIDE, periodTicks, scale, valueAxis } from './axis';
import { base, type Drawing, type Key, NARROW, type Sheet, SIZE, tip } from './sheet';

/** Points with their own limits, so that limits that move with the sample size show it. */
export function control(data: Control, sheet: Sheet): Drawing {
  const { theme, words } = sheet;
  const { points } = data;
  const values = points.flatMap((p) => [p.value, p.low, p.high]);
  const axis = scale(sheet, data.format, [...values, data.center.value]);
  const named = peaks(points, data.center.value);
  const stepped = (side: 'low' | 'high'): Record<string, unknown> => ({
    type: 'line',
    step: 'middle',
    data: points.map((p) => p[side]),
    showSymbol: false,
    silent: true,
    lineStyle: { color: theme.neutral, width: 1.25, type: [5, 3] },
  });
  return {
    height: sheet.paper ? 220 : sheet.width < NARROW ? 260 : 300,
    keys: keys(data, sheet),
    option: {
      ...base(sheet),
      grid: { left: 4, right: 12, top: 20, bottom: 4, ...LABELS_INSIDE },
      xAxis: {
        type: 'category',
        data: periodTicks(sheet, points.map((p) => p.label)),
        axisLine: { lineStyle: { color: theme.ink } },
        axisTick: { show: true, alignWithLabel: true, length: 4, lineStyle: { color: theme.rule } },
        axisLabel: { color: theme.soft, fontSize: 11, lineHeight: 14, hideOverlap: true },
      },
      yAxis: valueAxis(sheet, axis),
      series: [
        stepped('low'),
        stepped('high'),
        {
          type: 'line',
          cursor: 'default',
          data: points.map((p, i) => ({
            value: p.value,
            symbol: p.signal ? 'diamond' : 'circle',
            symbolSize: p.signal ? 12 : 5,
            itemStyle: { color: p.signal ? theme.bad : theme.accent },
            label: {
              show: named.has(i),
              position: p.value > data.center.value ? 'top' : 'bottom',
              formatter: () => p.text,
              color: theme.bad,
              fontSize: SIZE.small,
              fontWeight: 'bold',
              textBorderColor: theme.paper,
              textBorderWidth: 3,
            },
          })),
          showAllSymbol: true,
          lineStyle: { color: theme.accent, width: 1.75 },
          markLine: {
            silent: true,
            symbol: 'none',
            data: [
              {
                yAxis: data.center.value,
                lineStyle: { color: theme.ink, width: 1, type: 'solid', opacity: 0.55 },
                label: { show: false },
              },
            ],
          },
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'axis',
        axisPointer: { type: 'line', lineStyle: { color: theme.neutral, type: 'solid', width: 1 } },
        formatter: (items: { dataIndex: number }[]) => {
          const p = points[items[0]?.dataIndex ?? -1];
          return p ? tip(sheet, p.label, p.text, p.signal ? words.key_signal : null) : '';
        },
      },
    },
  };
}

/** Of each run of signals the one farthest from the centre: the others would write over it. */
export function peaks(points: readonly ControlPoint[], center: number): Set<number> {
  const found = new Set<number>();
  let peak: number | null = null;
  points.forEach((p, i) => {
    const distance = (at: number): number => Math.abs((points[at]?.value ?? center) - center);
    if (!p.signal) peak = null;
    else if (peak === null || distance(i) > distance(peak)) {
      if (peak !== null) found.delete(peak);
      peak = i;
      found.add(i);
    }
  });
  return found;
}

function keys({ points, center }: Control, sheet: Sheet): Key[] {
  const { words } = sheet;
  const list: Key[] = [
    { shape: 'line', text: words.key_value, color: 'accent' },
    { shape: 'dash', text: words.key_limits, color: 'neutral' },
    { shape: 'rule', text: `${words.key_center} ${center.text}`, color: 'ink' },
  ];
  if (points.some((p) => p.signal)) list.push({ shape: 'square', text: words.key_signal, color: 'bad' });
  return list;
}
