import type { Grades, GradeRow } from '../document';
import { rowAxis } from './axis';
import { diamond, field, label, type Rows, rows, type Shape, stroke } from './rows';
import { base, type Drawing, type Key, type Sheet, shorten, SIZE, tip } from './sheet';

interface Api {
  coord: (at: [number, number]) => [number, number];
}

/** Chains of evidence on the scale of grades: where each stands, and the best that the records allow. */
export function grades(data: Grades, sheet: Sheet): Drawing {
  const { theme } = sheet;
  const letter = (at: number | null): string => (at === null ? '–' : (data.columns[at] ?? '–'));
  const layout = rows(
    sheet,
    data.rows.map((row) => ({ name: row.label, value: letter(row.grade), more: '', quiet: row.grade === null })),
    6,
    28,
  );
  return {
    height: layout.height,
    keys: keys(data, sheet),
    option: {
      ...base(sheet),
      grid: layout.grid,
      xAxis: {
        type: 'category',
        data: data.columns,
        position: 'top',
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: theme.ink, fontSize: SIZE.label, fontWeight: 'bold', interval: 0 },
        splitLine: { show: true, interval: 0, lineStyle: { color: theme.faint, width: 1 } },
      },
      yAxis: rowAxis(data.rows.map((row) => row.label)),
      series: [
        {
          type: 'custom',
          cursor: 'default',
          data: data.rows.map((row, i) => [row.grade ?? row.best ?? 0, i]),
          renderItem: (params: { dataIndex: number }, api: Api) => {
            const row = data.rows[params.dataIndex];
            return row && { type: 'group', children: drawn(row, params.dataIndex, layout, api, sheet) };
          },
        },
      ],
      tooltip: {
        ...(base(sheet).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const row = data.rows[dataIndex];
          if (!row) return '';
          const { words } = sheet;
          return tip(sheet, row.label, `${words.key_grade}: ${letter(row.grade)}`, `${words.key_best}: ${letter(row.best)}`, row.text);
        },
      },
    },
  };
}

function drawn(row: GradeRow, i: number, layout: Rows, api: Api, sheet: Sheet): Shape[] {
  const { theme } = sheet;
  const middle = api.coord([0, i])[1];
  const y = middle + layout.drop;
  const at = (column: number): number => api.coord([column, i])[0];
  const shapes = [field(0, middle - layout.row / 2, sheet.width, layout.row), ...layout.words(i, middle)];
  if (row.grade === null) {
    // The reason stands where the grade would.
    const width = sheet.width - layout.grid.left - layout.grid.right - 16;
    const reason = shorten(row.text, { width, size: SIZE.small }, sheet);
    shapes.push(label(reason, layout.grid.left + 8, y, SIZE.small, sheet, { fill: theme.soft, stroke: theme.paper, lineWidth: 3 }));
    return shapes;
  }
  if (row.best !== null && row.best !== row.grade) {
    shapes.push(stroke(at(row.best), y, at(row.grade), y, { stroke: theme.neutral, lineWidth: 1.25, lineDash: [3, 2] }));
  }
  if (row.best !== null) {
    shapes.push(diamond(at(row.best), y, 9, { fill: 'transparent', stroke: theme.ink, lineWidth: 1.3 }));
  }
  const x = at(row.grade);
  shapes.push({ type: 'circle', shape: { cx: x, cy: y, r: 4.5 }, style: { fill: theme.accent } });
  return shapes;
}

function keys(data: Grades, sheet: Sheet): Key[] {
  const list: Key[] = [{ shape: 'dot', text: sheet.words.key_grade, color: 'accent' }];
  if (data.rows.some((row) => row.grade !== null && row.best !== null)) {
    list.push({ shape: 'diamond', text: sheet.words.key_best, color: 'ink' });
  }
  return list;
}
