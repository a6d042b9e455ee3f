/** The figures of a view as rows for spreadsheets and scripts. */

import type { Block, Cell, Figure, Table } from '../document';

/** Column names; those of `cx report -o FILE.csv`. */
const HEAD = ['block', 'kind', 'finding', 'name', 'column', 'value', 'low', 'high', 'unit', 'n', 'text', 'interval', 'absent', 'caveats'];

interface Where {
  block: string;
  kind: string;
  finding: string;
  name: string;
  column: string;
}

/** Every figure of some blocks: numbers in engine units, quoted where needed. */
export function csv(blocks: readonly Block[]): string {
  const rows = blocks.flatMap((block) => {
    switch (block.type) {
      case 'tiles':
        return block.tiles.flatMap((tile) => {
          const where = { block: 'tiles', finding: tile.finding, name: tile.name };
          const level = row({ ...where, kind: 'level', column: '' }, tile.figure);
          const change = tile.change ? [row({ ...where, kind: 'change', column: tile.change.against }, tile.change.figure)] : [];
          return [level, ...change];
        });
      case 'chart':
        return ofTable(block.table);
      case 'table':
        return ofTable(block);
      default:
        return [];
    }
  });
  return [HEAD, ...rows].map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

function ofTable(table: Table): string[][] {
  return table.rows.flatMap((cells) => {
    const name = cells[0]?.type === 'text' ? cells[0].text : '';
    return cells.flatMap((cell: Cell, at) => {
      if (cell.type === 'text') return [];
      const column = table.columns[at]?.title ?? '';
      return [row({ block: table.id, kind: 'cell', finding: cell.finding ?? '', name, column }, cell.figure)];
    });
  });
}

function row({ block, kind, finding, name, column }: Where, figure: Figure): string[] {
  const number = (x: number | null): string => (x === null ? '' : String(x));
  const { value, low, high, unit, n, text, interval, absent, caveats } = figure;
  return [
    block, kind, finding, name, column, number(value), number(low), number(high),
    unit, n.replaceAll(',', ''), text, interval, absent ?? '', caveats.join(' '),
  ];
}

/** A cell that a spreadsheet neither takes apart nor runs as a formula. */
function quoted(cell: string): string {
  const safe = /^[=@+\-\t\r]/.test(cell) && Number.isNaN(Number(cell)) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
