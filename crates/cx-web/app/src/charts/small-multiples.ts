import type { Panel } from '../document';
import type { Drawing, Sheet } from './sheet';
import { trend } from './trend';

/** Every period of every panel once, in time order, so that all panels share their time axis. */
export function sharedPeriods(panels: readonly Panel[]): string[] {
  const periods: string[] = [];
  for (const { points } of panels) {
    let place = 0;
    for (const { label } of points) {
      const found = periods.indexOf(label);
      if (found < 0) periods.splice(place, 0, label);
      place = (found < 0 ? place : found) + 1;
    }
  }
  return periods;
}

/** One panel; its name and last value stand above it, in the page. */
export function panel(one: Panel, periods: readonly string[], sheet: Sheet): Drawing {
  const { points, format, target } = one;
  return trend({ points, format, target, events: [] }, sheet, { small: true, periods });
}
