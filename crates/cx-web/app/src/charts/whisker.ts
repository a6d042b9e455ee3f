import type { Scale } from './axis';
import { type Shape, stroke } from './rows';

/** A range; a limit that is not there is open. */
export interface Limits {
  low: number | null;
  high: number | null;
}

/**
 * What an axis holds: every value, and every range but the few that are so
 * wide that they would press all others together. Those run into its ends; their
 * limits stand beside them as numbers.
 */
export function usual(all: readonly (Limits & { value: number | null })[]): number[] {
  const widths = all
    .flatMap(({ low, high }) => (low !== null && high !== null ? [high - low] : []))
    .sort((a, b) => a - b);
  const middle = widths[Math.floor((widths.length - 1) / 2)] ?? Infinity;
  const shown = ({ low, high }: Limits): (number | null)[] =>
    low !== null && high !== null && high - low > 4 * middle ? [] : [low, high];
  return all.flatMap((one) => [one.value, ...shown(one)]).filter((x) => x !== null);
}

/** A range as a line: a limit ends in a cap; one that is open or lies beyond the axis ends in an arrow. */
export function whisker({ low, high }: Limits, y: number, axis: Scale, at: (value: number) => number, pen: Shape): Shape[] {
  const [from, to] = [at(Math.max(low ?? -Infinity, axis.min)), at(Math.min(high ?? Infinity, axis.max))];
  const shapes = [stroke(from, y, to, y, pen)];
  const inside = (limit: number | null): boolean => limit !== null && limit >= axis.min && limit <= axis.max;
  for (const [x, limit, side] of [[from, low, -1], [to, high, 1]] as const) {
    if (inside(limit)) {
      shapes.push(stroke(x, y - 4, x, y + 4, pen));
    } else {
      shapes.push(stroke(x, y, x - side * 6, y - 4, pen), stroke(x, y, x - side * 6, y + 4, pen));
    }
  }
  return shapes;
}
