import type { VNode } from 'preact';
import { ticks } from '../charts/axis';
import type { Tile } from '../document';
import { sheetOf, usePage } from '../page';

/** Where a value stands on an axis, in percent of its length, kept inside it. */
export function place(value: number, [from, to]: readonly [number, number]): number {
  if (to === from) return 50;
  return Math.min(100, Math.max(0, (100 * (value - from)) / (to - from)));
}

/**
 * The figure on its axis: value, interval, target. It repeats what stands in
 * words above and below, so readers of the words can skip it.
 */
export function Bullet({ tile }: { tile: Tile }): VNode | null {
  const page = usePage();
  const { figure, axis, target } = tile;
  if (figure.value === null) return null;
  const at = (value: number): string => `${place(value, axis)}%`;
  const [low, high] = [place(figure.low ?? axis[0], axis), place(figure.high ?? axis[1], axis)];
  const reach = Math.max(Math.abs(axis[0]), Math.abs(axis[1]));
  const tick = ticks(sheetOf(page, 0), figure.format, (axis[1] - axis[0]) / 2, reach);
  const bounded = figure.low !== null || figure.high !== null;
  return (
    <div class="bullet" aria-hidden="true">
      <svg width="100%" height="22">
        <rect class="track" x="0" y="8" width="100%" height="6" rx="3" />
        {axis[0] < 0 && axis[1] > 0 && <line class="zero" x1={at(0)} x2={at(0)} y1="5" y2="17" />}
        {bounded && <rect class="spread" x={`${low}%`} y="6" width={`${Math.max(high - low, 0.4)}%`} height="10" rx="1.5" />}
        {target && <line class="goal" x1={at(target.value)} x2={at(target.value)} y1="1" y2="21" />}
        <line class="value" x1={at(figure.value)} x2={at(figure.value)} y1="4" y2="18" />
      </svg>
      <p class="ends">
        <span>{tick(axis[0])}</span>
        <span>{tick(axis[1])}</span>
      </p>
    </div>
  );
}
