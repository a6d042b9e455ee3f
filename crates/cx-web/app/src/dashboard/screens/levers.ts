/** Changes of a scenario as the address, the server and `cx simulate` write them: `churn=-20%..-10%..-5%`. */

import type { SimulationRequest } from '../client';
import { command } from '../figures';
import { one, type Place } from '../place';

/** What can change. */
export const LEVERS = ['churn', 'retention', 'margin', 'spend', 'contacts', 'contact_cost', 'cost_to_serve', 'satisfied'] as const;

export type Lever = (typeof LEVERS)[number];

/** What a change is counted in: a share of the base, percentage points, the lever's own unit. */
export const COUNTED = { relative: '%', points: 'pp', absolute: 'abs' } as const;

export type Counted = keyof typeof COUNTED;

export interface Change {
  lever: Lever;
  /** At 10, 50 and 90 %, as they were typed; blank ends make the middle certain. */
  low: string;
  likely: string;
  high: string;
  counted: Counted;
}

export const BLANK: Change = { lever: 'churn', low: '', likely: '', high: '', counted: 'relative' };

/** Costs, each an amount or three of them. */
export const COSTS = ['cost', 'cost_yearly', 'cost_per_customer'] as const;

/** A change out of an address; nothing where it cannot be one. */
export function readChange(text: string): Change | null {
  const [word, rest] = text.split('=', 2);
  const lever = LEVERS.find((one) => one === word);
  if (lever === undefined || rest === undefined) return null;
  const ends = rest.split('..');
  const suffix = /[a-z%]*$/.exec(rest)?.[0];
  const counted = (Object.keys(COUNTED) as Counted[]).find((one) => COUNTED[one] === suffix) ?? 'relative';
  const [first = '', second = '', third = ''] = ends.map((end) => end.replace(/[a-z%]*$/, ''));
  if (ends.length === 1) return { lever, low: '', likely: first, high: '', counted };
  return { lever, low: first, likely: second, high: third, counted };
}

export function writeChange({ lever, low, likely, high, counted }: Change): string {
  const unit = COUNTED[counted];
  if (low === '' && high === '') return `${lever}=${likely}${unit}`;
  return `${lever}=${[low, likely, high].map((value) => value + unit).join('..')}`;
}

/** True where the server can make something of it: a middle, and both ends or none. */
export function isWhole({ low, likely, high }: Change): boolean {
  return likely !== '' && (low === '') === (high === '');
}

/** The changes of a place, and a blank one where there is none. */
export function changesOf(place: Place): Change[] {
  const read = (place.asked['set'] ?? []).flatMap((text) => readChange(text) ?? []);
  return read.length > 0 ? read : [BLANK];
}

/** What the server is asked; nothing until a change is whole. */
export function requestOf(place: Place): SimulationRequest | null {
  const changes = changesOf(place);
  if (!changes.every(isWhole)) return null;
  const margin = one(place, 'margin');
  const horizon = Number(one(place, 'horizon'));
  return {
    set: changes.map(writeChange),
    ...(margin === '' ? {} : { base: [`margin=${margin}`] }),
    ...Object.fromEntries(COSTS.flatMap((key) => (one(place, key) === '' ? [] : [[key, one(place, key)]]))),
    ...(horizon > 0 ? { horizon } : {}),
    ...(one(place, 'as_promised') === '' ? {} : { as_promised: true }),
  };
}

/** The command line that answers the same. */
export function simulateCommand(request: SimulationRequest): string {
  const { set, base = [], horizon, as_promised: promised = false } = request;
  const words = ['simulate', ...set.flatMap((change) => ['--set', change]), ...base.flatMap((value) => ['--base', value])];
  for (const key of COSTS) {
    const value = request[key];
    if (value !== undefined) words.push(`--${key.replaceAll('_', '-')}`, value);
  }
  if (horizon !== undefined) words.push('--horizon', String(horizon));
  return command(promised ? [...words, '--as-promised'] : words);
}
