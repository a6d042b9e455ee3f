import { expect, test } from 'vitest';
import sample from '../../fixtures/sample.json';
import type { Block, Document, Figure } from '../document';
import { csv } from './table-data';

const figure: Figure = {
  value: 0.5, low: 0.4, high: null, unit: 'share', text: '50.0 %', interval: 'from "40 %"', n: '1,200', format: 'percent', absent: null, caveats: ['a', 'b'],
};
const table = (name: string): Block => ({
  type: 'table', id: 't', title: '', columns: [{ title: 'Name', numeric: false }, { title: 'Value', numeric: true }],
  rows: [[{ type: 'text', text: name }, { type: 'figure', figure, finding: 'x' }]], note: '', folded: false,
});

test('a figure is a row in engine units', () => {
  const [head, row] = csv([table('a, b')]).split('\n');
  expect(head).toBe('block,kind,finding,name,column,value,low,high,unit,n,text,interval,absent,caveats');
  expect(row).toBe('t,cell,x,"a, b",Value,0.5,0.4,,share,1200,50.0 %,"from ""40 %""",,a b');
});

test('no cell is a formula, and a number stays one', () => {
  expect(csv([table('=1+1')])).toContain(",'=1+1,");
  const falling = { ...figure, value: -1, text: '+3' };
  const rows = csv([{ type: 'table', id: 't', title: '', columns: [], rows: [[{ type: 'figure', figure: falling, finding: null }]], note: '', folded: false }]);
  expect(rows).toContain('t,cell,,,,-1,0.4');
});

test('every section of a report can be taken along', () => {
  for (const section of (sample as unknown as Document).sections) {
    const lines = csv(section.blocks).trimEnd().split('\n');
    const figures = section.blocks.flatMap((block): unknown[] => {
      if (block.type === 'tiles') return block.tiles.flatMap((tile) => (tile.change ? [tile, tile] : [tile]));
      const rows = block.type === 'table' ? block.rows : block.type === 'chart' ? block.table.rows : [];
      return rows.flat().filter((cell) => cell.type === 'figure');
    });
    expect(lines.length - 1, section.id).toBe(figures.length);
  }
});
