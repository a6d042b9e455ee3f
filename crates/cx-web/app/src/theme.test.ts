import { describe, expect, test } from 'vitest';
import { contrast, DARK, LIGHT, mix, PRINT, readable, rgb, type Theme } from './theme';

/** What the eye makes of a colour without its red (protan) or green (deutan) cones: Machado et al. 2009, severity 1. */
const BLIND = {
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
};

const linear = (x: number): number => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);

/** CIE L*a*b* of linear sRGB under D65. */
function lab([r, g, b]: number[]): number[] {
  const [x, y, z] = [
    (0.4124 * r! + 0.3576 * g! + 0.1805 * b!) / 0.95047,
    0.2126 * r! + 0.7152 * g! + 0.0722 * b!,
    (0.0193 * r! + 0.1192 * g! + 0.9505 * b!) / 1.08883,
  ].map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)) as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE76 distance of two colours as seen without some cones. */
function distance(a: string, b: string, matrix: number[]): number {
  const seen = (color: string): number[] => {
    const light = rgb(color).map((x) => linear(x / 255));
    return [0, 3, 6].map((row) =>
      Math.min(1, Math.max(0, light.reduce((sum, x, i) => sum + x * (matrix[row + i] ?? 0), 0))),
    );
  };
  const [p, q] = [lab(seen(a)), lab(seen(b))];
  return Math.hypot(...p.map((x, i) => x - (q[i] ?? 0)));
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
  ['print', PRINT],
] as [string, Theme][])('%s', (_, theme) => {
  test.each(['ink', 'soft', 'accent', 'good', 'bad', 'warning'] as const)('%s can be read as text', (name) => {
    for (const ground of [theme.paper, theme.raised]) {
      expect(contrast(theme[name], ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('marks stand out from the paper', () => {
    for (const name of ['accent', 'good', 'bad', 'warning', 'neutral'] as const) {
      expect(contrast(theme[name], theme.paper)).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(Object.entries(BLIND))('good and bad stay apart for a %s eye', (_kind, matrix) => {
    expect(distance(theme.good, theme.bad, matrix)).toBeGreaterThan(25);
    expect(distance(theme.accent, theme.bad, matrix)).toBeGreaterThan(25);
  });

  test('text on any mixture of paper and a tone can be read', () => {
    for (const end of [theme.good, theme.bad, theme.accent]) {
      for (let share = 0; share <= 1; share += 0.02) {
        const ground = mix(theme.faint, end, share);
        expect(contrast(readable(ground, theme), ground)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});

test('colours mix from one end to the other', () => {
  expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080');
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});
