import { expect, test } from 'vitest';
import type { Change, Figure, Table } from '../document';
import { place } from './bullet';
import { footnotes, letter } from './table';
import { arrow } from './tiles';

const figure = (value: number | null, caveats: string[] = []): Figure => ({
  value,
  low: null,
  high: null,
  unit: 'points',
  text: '',
  interval: '',
  n: '',
  format: 'points',
  absent: null,
  caveats,
});

test('an arrow stands only beside a proven change', () => {
  const change = (value: number | null, significant: boolean): Change => ({
    against: '',
    figure: figure(value),
    significant,
    tone: 'good',
  });
  expect(arrow(change(4, true))).toBe('up');
  expect(arrow(change(-4, true))).toBe('down');
  expect(arrow(change(4, false))).toBe('none');
  expect(arrow(change(0, true))).toBe('none');
  expect(arrow(change(null, true))).toBe('none');
});

test('a value stays on its axis', () => {
  expect(place(0, [-100, 100])).toBe(50);
  expect(place(150, [-100, 100])).toBe(100);
  expect(place(-150, [-100, 100])).toBe(0);
  expect(place(3, [3, 3])).toBe(50);
});

test('footnotes stand once, with letters as lists count them', () => {
  const cell = (...caveats: string[]) => ({ type: 'figure' as const, figure: figure(1, caveats), finding: null });
  const table: Table = { id: '', title: '', columns: [], rows: [[cell('x', 'y')], [cell('y', 'z')]], note: '', folded: false };
  expect(footnotes(table)).toEqual(['x', 'y', 'z']);
  expect([0, 25, 26, 51, 52].map(letter)).toEqual(['a', 'z', 'aa', 'az', 'ba']);
});
