import { expect, test } from 'vitest';
import { asking, moved, one, type Place, readPlace, SCREENS, start, turned, writePlace } from './place';

const back = (place: Place): Place | null => {
  const address = new URL(writePlace(place), 'http://localhost');
  return readPlace(address.pathname, address.search);
};

test.each<Place>([
  start('baltyk'),
  start('baltyk', 'pl'),
  ...SCREENS.map((screen) => ({ ...start('a-1'), screen })),
  {
    workspace: 'baltyk',
    screen: 'metrics',
    item: 'fcr_window[W=14d]',
    language: 'zh',
    open: 'nps_rel@region=Łódzkie, [W=7d] & 50%',
    tables: ['regions', 'with,comma'],
    asked: { from: ['2026-01-01'], where: ["channel = 'e/mail?'"], set: ['churn=-10%', 'margin=1abs'] },
  },
  { ...start('baltyk'), item: 'home has an item as well', screen: 'initiatives' },
])('a place survives its address', (place) => {
  expect(back(place)).toEqual(place);
});

test.each(['/', '/w', '/w/', '/first', '/x/baltyk', '/w/baltyk/nothing', '/w/baltyk/metrics/nps/more'])(
  'an address that leads nowhere is no place: %s',
  (path) => {
    expect(readPlace(path, '')).toBeNull();
  },
);

test('broken and empty parts of an address are read', () => {
  expect(readPlace('/w/baltyk/metrics/50%', '?open=&table=&from=&x')).toEqual({ ...start('baltyk'), screen: 'metrics', item: '50%' });
});

test('period, filter and language go along to another screen, the rest stays', () => {
  const here = asking({ ...start('baltyk', 'ru'), screen: 'segments', open: 'nps', tables: ['t'] }, { from: '2026-01-01', by: 'region', q: 'x' });
  expect(turned(here, 'metrics', 'nps')).toEqual({
    ...start('baltyk', 'ru'),
    screen: 'metrics',
    item: 'nps',
    asked: { from: ['2026-01-01'] },
  });
  expect(moved(here, 'other')).toEqual(start('other', 'ru'));
});

test('what is emptied is asked no longer', () => {
  const here = asking(start('baltyk'), { from: '2026-01-01', set: ['a', '', 'b'] });
  expect(here.asked).toEqual({ from: ['2026-01-01'], set: ['a', 'b'] });
  expect([one(here, 'set'), one(here, 'to')]).toEqual(['a', '']);
  expect(asking(here, { from: '', set: [] }).asked).toEqual({});
});
