import { expect, test } from 'vitest';
import { readView, START, type View, writeView } from './address';

test.each<View>([
  START,
  { at: 'groups', open: null, tables: [] },
  { at: '', open: 'nps_rel@region=Łódzkie, [W=7d] & 50%', tables: [] },
  { at: 'a?b#c', open: 'x', tables: ['regions', 'with,comma'] },
])('a view survives its address', (view) => {
  expect(readView(writeView(view))).toEqual(view);
});

test('plain anchors and broken links are read', () => {
  expect(readView('#groups')).toEqual({ at: 'groups', open: null, tables: [] });
  expect(readView('#50%?open=')).toEqual({ at: '50%', open: null, tables: [] });
  expect(writeView(START)).toBe('');
});
