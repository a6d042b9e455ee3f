/**
 * Where numbers of the server's answers become text: percent signs, thousands,
 * currencies, units of time and signs, as the report writes them
 * (`crates/cx-report/src/numbers.rs`; `numbers.test.ts` holds the two together).
 */

import type { Format } from '../document';
import type { Say } from './labels';

/** A blank at which no line breaks. */
const GAP = '\u00a0';
/** Most decimals that are ever written. */
const MOST = 6;

/** Currencies whose sign means nothing else in English; the others go by their code. */
const SIGNS: Readonly<Record<string, string>> = {
  EUR: '€', GBP: '£', ILS: '₪', INR: '₹', JPY: '¥', KRW: '₩', USD: '$', VND: '₫',
};

/** Seconds of the units that a document counts in seconds. */
const SECONDS: Readonly<Record<string, number>> = { milliseconds: 0.001, seconds: 1, hours: 3_600, days: 86_400 };

/** Rates by the message that says what they count by. */
const RATES: Readonly<Record<string, [message: string, decimals: number]>> = {
  per_hundred: ['rate-hundred', 2],
  per_thousand: ['rate-thousand', 2],
  per_month: ['rate-month', 3],
  per_year: ['rate-year', 2],
};

/** A level, a difference with its sign, or a change in percent of a base. */
export type Kind = 'level' | 'difference';

/** A value with its limits, each as text. */
export interface Written {
  value: string;
  low: string | null;
  high: string | null;
}

interface Style {
  per: number;
  decimals: number;
  signed: boolean;
  /** The number in its unit. */
  dress: (number: string, scaled: number) => string;
  /** The number as a limit, where the unit is said once beside the value. */
  bare: boolean;
  /** Written in minutes and seconds, whatever the decimals. */
  minutes: boolean;
}

export interface Limits {
  low: number | null;
  high: number | null;
}

/** Digits in groups of three. */
export function count(n: number): string {
  return grouped(String(Math.round(n)));
}

/** A share in percent with as many decimals as it needs: `95 %`, `99.5 %`. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return `< 0.1${GAP}%`;
  return `${(share * 100).toFixed(1).replace(/\.0$/, '').replace('-', '−')}${GAP}%`;
}

/** A chance as draws tell it: none of them is no proof that it cannot be, and all of them none that it must. */
export function chance(share: number): string {
  if (share < 0.0005) return `< 0.1${GAP}%`;
  return share >= 0.9995 ? `> 99.9${GAP}%` : percent(share);
}

/** A number that is no figure of a metric: a standard error. */
export function small(x: number): string {
  if (x === 0) return '0';
  if (Math.abs(x) < 0.0001) return '< 0.0001';
  return x.toFixed(Math.abs(x) < 1 ? 4 : 2).replace('-', '−');
}

/** How axis ticks of a unit are written. */
export function formatOf(unit: string): Format {
  if (unit in SECONDS) return 'duration';
  return ({ share: 'percent', points: 'points', money: 'money' } as const)[unit] ?? 'number';
}

/** Stretches of time are seconds in a document, whatever unit a metric counts in. */
export function secondsOf(unit: string): number {
  return SECONDS[unit] ?? 1;
}

/** The stable name of a figure's unit in data. */
export function unitName(unit: string): string {
  return unit in SECONDS ? 'seconds' : unit;
}

/** Writes the numbers of one answer: its language's messages and its currency. */
export class Numbers {
  constructor(
    readonly say: Say,
    readonly currency: string | null,
  ) {}

  /** A value in a unit of the engine, with the limits it has. */
  write(value: number, { low, high }: Limits, unit: string, kind: Kind = 'level'): Written {
    const known = [value, low, high].filter((x) => x !== null);
    const style = this.#style(unit, kind, Math.max(0, ...known.map(Math.abs)));
    if (low !== null && high !== null) {
      // Limits that differ must look different; time is written in steps of its own.
      const alike = (): boolean => plain(low / style.per, style) === plain(high / style.per, style);
      while (high > low && style.decimals < MOST && !style.minutes && alike()) style.decimals += 1;
    }
    const one = (x: number): string => style.dress(plain(x / style.per, style), x / style.per);
    const limit = (x: number | null): string | null =>
      x === null ? null : style.bare ? plain(x / style.per, style) : one(x);
    return { value: one(value), low: limit(low), high: limit(high) };
  }

  /** A level on its own. */
  level(value: number, unit: string): string {
    return this.write(value, { low: null, high: null }, unit).value;
  }

  #style(unit: string, kind: Kind, largest: number): Style {
    const style: Style = {
      per: 1,
      decimals: fine(2, largest),
      signed: kind === 'difference' || unit === 'points',
      dress: (number) => number,
      bare: false,
      minutes: false,
    };
    const rate = RATES[unit];
    if (rate) {
      const [message, decimals] = rate;
      return { ...style, decimals: fine(decimals, largest), bare: true, dress: (x) => this.say.text(message, { x }) };
    }
    if (unit in SECONDS) return { ...style, ...this.#time(largest * secondsOf(unit), secondsOf(unit)) };
    switch (unit) {
      case 'share': {
        const dress = (x: string): string => (kind === 'level' ? `${x}${GAP}%` : this.say.text('share-difference', { x }));
        const shown = largest * 100;
        const decimals = shown > 0 && shown < 0.1 ? 1 - Math.floor(Math.log10(shown)) : 1;
        return { ...style, per: 0.01, decimals: Math.min(decimals, MOST), dress };
      }
      case 'points':
      case 'index':
        return { ...style, decimals: 1 };
      case 'count':
        return { ...style, decimals: kind !== 'level' && largest < 10 ? 1 : 0 };
      case 'money':
        return { ...style, decimals: largest >= 1000 ? 0 : 2, dress: (x) => this.#money(x) };
      case 'months':
        return { ...style, decimals: 1, dress: (x) => this.say.text('time-months', { x }) };
      case 'ratio':
        return { ...style, decimals: fine(3, largest) };
      default:
        return style;
    }
  }

  #time(seconds: number, own: number): Partial<Style> {
    const in_ = (message: string, length: number, decimals: number): Partial<Style> => ({
      per: length / own,
      decimals,
      dress: (x) => this.say.text(message, { x }),
    });
    if (seconds < 1) return in_('time-milliseconds', 0.001, 0);
    if (seconds < 60) return in_('time-seconds', 1, 1);
    if (seconds < 3_600) {
      return { per: 60 / own, decimals: 1, minutes: true, dress: (number, scaled) => this.#minutes(number, scaled) };
    }
    return seconds < 172_800 ? in_('time-hours', 3_600, 1) : in_('time-days', 86_400, 1);
  }

  #minutes(number: string, scaled: number): string {
    const whole = Math.round(Math.abs(scaled) * 60);
    const sign = whole === 0 ? '' : (/^[−+]/.exec(number)?.[0] ?? '');
    const [minutes, seconds] = [Math.floor(whole / 60), whole % 60];
    if (minutes === 0) return this.say.text('time-seconds', { x: `${sign}${seconds}` });
    return this.say.text('time-minutes', { minutes: `${sign}${minutes}`, seconds: String(seconds).padStart(2, '0') });
  }

  /** The sign before the currency, the currency before the digits: `−€12.50`, `PLN 12.50`. */
  #money(number: string): string {
    if (this.currency === null) return number;
    const sign = /^[−+]/.exec(number)?.[0] ?? '';
    return `${sign}${SIGNS[this.currency] ?? `${this.currency}${GAP}`}${number.slice(sign.length)}`;
  }
}

/** Two digits that say something, for numbers below a tenth. */
function fine(least: number, largest: number): number {
  if (largest === 0 || largest >= 0.1) return least;
  return Math.min(MOST, Math.max(least, 1 - Math.floor(Math.log10(largest))));
}

/** Digits beyond the last one that is written; more than enough to tell an exact half. */
const BEYOND = 50;

/** Decimals as Rust writes them: an exact half goes to the even digit, where JavaScript goes up. */
function fixed(x: number, decimals: number): string {
  const whole = x.toFixed(decimals + BEYOND);
  const kept = whole.slice(0, -BEYOND).replace(/\.$/, '');
  const half = /^50*$/.test(whole.slice(-BEYOND));
  return half && /[02468]$/.test(kept) ? kept : x.toFixed(decimals);
}

/** Digits with groups and sign; what rounds to zero has no sign. */
function plain(x: number, style: Style): string {
  const text = fixed(Math.abs(x), style.decimals);
  const [whole = '', fraction] = text.split('.');
  const digits = fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`;
  if (/^[0.]*$/.test(text)) return digits;
  return x < 0 ? `−${digits}` : style.signed ? `+${digits}` : digits;
}

function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
