import { expect, test } from 'vitest';
import { Say } from './labels';
import { chance, count, type Kind, Numbers, percent, small } from './numbers';

// The cases of `crates/cx-report/src/numbers.rs`: both sides write a number alike.

const plain = (text: string | null): string => (text ?? '').replaceAll('\u00a0', ' ');

function all(value: number, low: number, high: number, unit: string, kind: Kind = 'level'): string[] {
  const written = new Numbers(new Say('en'), 'EUR').write(value, { low, high }, unit, kind);
  return [written.value, written.low, written.high].map(plain);
}

test('draws prove no certainty', () => {
  expect([0, 0.0004, 0.042, 0.9994, 1].map(chance).map(plain)).toEqual(['< 0.1 %', '< 0.1 %', '4.2 %', '99.9 %', '> 99.9 %']);
});

test('counts have groups', () => {
  expect([0, 999, 1_000, 1_234_567].map(count)).toEqual(['0', '999', '1,000', '1,234,567']);
});

test('shares are percent and their differences are points', () => {
  expect(all(0.5473, 0.544, 0.55, 'share')).toEqual(['54.7 %', '54.4 %', '55.0 %']);
  expect(all(-0.022, -0.032, -0.012, 'share', 'difference')).toEqual(['−2.2 pp', '−3.2 pp', '−1.2 pp']);
  expect(all(0.5001, 0.5, 0.5002, 'share')).toEqual(['50.01 %', '50.00 %', '50.02 %']);
  expect(all(0.00042, 0.0004, 0.00044, 'share')).toEqual(['0.042 %', '0.040 %', '0.044 %']);
  expect(all(0, 0, 0.434, 'share')).toEqual(['0.0 %', '0.0 %', '43.4 %']);
});

test('nets carry their sign and nothing rounds to minus zero', () => {
  expect(all(30, 14.05, 44.2, 'points')).toEqual(['+30.0', '+14.1', '+44.2']);
  expect(all(-0.02, -4, 4, 'points', 'difference')).toEqual(['0.0', '−4.0', '+4.0']);
});

test('money has its currency', () => {
  expect(all(1_204.4, 1_100, 1_300, 'money')).toEqual(['€1,204', '€1,100', '€1,300']);
  expect(all(-12.5, -13, -12, 'money', 'difference')).toEqual(['−€12.50', '−€13.00', '−€12.00']);
  expect(plain(new Numbers(new Say('en'), 'PLN').level(96.3, 'money'))).toBe('PLN 96.30');
  expect(new Numbers(new Say('en'), null).level(96.3, 'money')).toBe('96.30');
});

test('time is written in the unit that fits', () => {
  expect(all(0.82, 0.8, 0.84, 'seconds')).toEqual(['820 ms', '800 ms', '840 ms']);
  expect(all(412, 398, 426, 'seconds')).toEqual(['6 min 52 s', '6 min 38 s', '7 min 06 s']);
  expect(all(5.3, 5, 5.6, 'hours')).toEqual(['5.3 h', '5.0 h', '5.6 h']);
  expect(all(3.21, 3.1, 3.3, 'days')).toEqual(['3.2 days', '3.1 days', '3.3 days']);
  expect(all(-90, -120, -60, 'seconds', 'difference')).toEqual(['−1 min 30 s', '−2 min 00 s', '−1 min 00 s']);
  expect(all(14.2, 13, 15.5, 'months')).toEqual(['14.2 months', '13.0 months', '15.5 months']);
});

test('ratios and rates', () => {
  expect(all(1.0423, 1.03, 1.05, 'ratio')).toEqual(['1.042', '1.030', '1.050']);
  expect(all(4, 3.9, 4.1, 'scale_points')).toEqual(['4.00', '3.90', '4.10']);
  expect(all(0.0132, 0.01, 0.016, 'per_month')).toEqual(['0.013 a month', '0.010', '0.016']);
  expect(all(7.154, 5.66, 9.04, 'per_thousand')).toEqual(['7.15 per 1,000', '5.66', '9.04']);
  expect(all(12_345, 12_000, 12_700, 'count')).toEqual(['12,345', '12,000', '12,700']);
});

test('plain percent and small numbers', () => {
  expect([0.95, 0.995, 0.1234, 0.0001].map(percent).map(plain)).toEqual(['95 %', '99.5 %', '12.3 %', '< 0.1 %']);
  expect([0, 0.00001, 0.0312, 2].map(small)).toEqual(['0', '< 0.0001', '0.0312', '2.00']);
});

test('an exact half goes to the even digit, as in Rust', () => {
  expect(all(2.5, 3.5, 12.5, 'count')).toEqual(['2', '4', '12']);
  expect(all(0.125, 0.375, 0.5, 'per_unit')).toEqual(['0.12', '0.38', '0.50']);
});
