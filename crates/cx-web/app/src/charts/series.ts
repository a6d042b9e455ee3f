import type { ColorName } from '../theme';
import type { KeyShape } from './sheet';

/** How the lines of one chart are told apart: by colour and by their dashes, so that one of the two is enough. */
export interface Look {
  color: ColorName;
  /** Lengths of dash and gap; none for a whole line. */
  dash: number[] | null;
  key: KeyShape;
}

const LOOKS: readonly Look[] = [
  { color: 'accent', dash: null, key: 'line' },
  { color: 'second', dash: [9, 4], key: 'dash' },
  { color: 'third', dash: [2.5, 3], key: 'dots' },
  { color: 'fourth', dash: [10, 3, 2.5, 3], key: 'dashdot' },
  { color: 'ink', dash: [4, 2], key: 'dash' },
];

/** The look of a line by its place; beyond the last they begin anew. */
export function look(i: number): Look {
  return LOOKS[i % LOOKS.length] ?? (LOOKS[0] as Look);
}

/**
 * Places of labels that may not touch: each as close to where it belongs as
 * the others allow, all between `from` and `to`.
 */
export function apart(wanted: readonly number[], gap: number, from: number, to: number): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y || a.i - b.i);
  const placed: number[] = [];
  order.forEach(({ y }, k) => placed.push(Math.max(y, (placed[k - 1] ?? -Infinity) + gap, from)));
  // What ran over the lower end pushes the others back up.
  for (let k = placed.length - 1; k >= 0; k -= 1) {
    placed[k] = Math.min(placed[k] ?? 0, (placed[k + 1] ?? to + gap) - gap);
  }
  const out = wanted.map(() => 0);
  order.forEach(({ i }, k) => (out[i] = placed[k] ?? 0));
  return out;
}
