import type { Format } from '../document';
import type { Sheet } from './sheet';

/** The ends, the step and the tick texts of a value axis. */
export interface Scale {
  min: number;
  max: number;
  step: number;
  tick: (value: number) => string;
}

/** Values that a format cannot leave. */
const LEGAL: Partial<Record<Format, [number, number]>> = { percent: [0, 1], points: [-100, 100] };

/** Units of time with their seconds, longest first. */
const TIMES = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** The step of 1, 2 or 5 times a power of ten that makes at most `most` steps. */
export function niceStep(span: number, most: number): number {
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = [1, 2, 5].find((n) => n * power >= rough * (1 - 1e-9)) ?? 10;
  return lead * power;
}

/** The longest unit of time of which a span holds at least two. */
function timeUnit(reach: number): (typeof TIMES)[number] {
  return TIMES.find(([, seconds]) => reach >= 2 * seconds) ?? TIMES[3];
}

/**
 * An axis around some values, ending on ticks.
 *
 * It need not start at zero: where lengths stand for amounts, the chart asks
 * for zero by putting it among the values.
 */
export function scale(sheet: Sheet, format: Format, values: readonly number[], most = 5): Scale {
  const known = values.filter(Number.isFinite);
  let [low, high] = known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0, 1];
  const unit = format === 'duration' ? timeUnit(Math.max(Math.abs(low), Math.abs(high)))[1] : 1;
  if (high - low < 1e-9 * Math.max(1, Math.abs(high))) {
    // A single value still needs an axis.
    const room = Math.abs(high) * 0.1 || unit;
    [low, high] = [low - room, high + room];
  }
  const step = niceStep((high - low) / unit, most) * unit;
  const legal = LEGAL[format];
  const inside = legal !== undefined && low >= legal[0] && high <= legal[1];
  const min = Math.max(tidy(Math.floor(low / step + 1e-9) * step), inside ? legal[0] : -Infinity);
  const max = Math.min(tidy(Math.ceil(high / step - 1e-9) * step), inside ? legal[1] : Infinity);
  return { min, max, step, tick: ticks(sheet, format, step, Math.max(Math.abs(min), Math.abs(max))) };
}

/** Away with the dust of binary fractions. */
function tidy(x: number): number {
  return Number(x.toPrecision(12));
}

/** Decimals that tell two neighbouring ticks apart. */
function decimals(step: number): number {
  return Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

/** How the numbers of an axis are written in the document's language. */
export function ticks(sheet: Sheet, format: Format, step: number, reach: number): (value: number) => string {
  const digits = (n: number): Intl.NumberFormatOptions => ({ minimumFractionDigits: n, maximumFractionDigits: n });
  const write = (options: Intl.NumberFormatOptions, per = 1): ((value: number) => string) => {
    const form = new Intl.NumberFormat(known(sheet.language), options);
    // The document writes a blank before the percent sign in every language, and so do the axes.
    return (value) => form.format(tidy(value / per)).replace('-', '−').replace(/(\d)%/, '$1\u00a0%');
  };
  switch (format) {
    case 'percent':
      return write({ style: 'percent', ...digits(decimals(step * 100)) });
    case 'points':
      return write({ signDisplay: 'exceptZero', ...digits(decimals(step)) });
    case 'duration': {
      const [unit, seconds] = timeUnit(reach);
      const short = write({ style: 'unit', unit, unitDisplay: 'short', ...digits(decimals(step / seconds)) }, seconds);
      // English says `hr` and `sec` where the document says h and s.
      return (value) => short(value).replace(/\bhr\b/, 'h').replace(/\bsec\b/, 's');
    }
    case 'money': {
      const short: Intl.NumberFormatOptions =
        reach >= 100_000 ? { notation: 'compact', maximumSignificantDigits: 3 } : digits(decimals(step));
      const money: Intl.NumberFormatOptions =
        sheet.currency === null
          ? {}
          : { style: 'currency', currency: sheet.currency, currencyDisplay: 'narrowSymbol' };
      return write({ ...money, ...short });
    }
    case 'number':
      return write(reach >= 1_000_000 ? { notation: 'compact', maximumSignificantDigits: 3 } : digits(decimals(step)));
  }
}

/** The document's language, or English where the browser cannot read its tag. */
function known(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** A period's name as an axis has room for it: month or quarter, and the year where it begins. */
export function periodTicks(sheet: Sheet, labels: readonly string[]): string[] {
  const months = new Intl.DateTimeFormat(known(sheet.language), { month: 'short', timeZone: 'UTC' });
  let shown = '';
  return labels.map((label) => {
    const [, year, part] = /^(\d{4})-(\d{2}|Q[1-4]|W\d{2})$/.exec(label) ?? [];
    if (year === undefined || part === undefined) return label;
    const name = /^\d/.test(part) ? months.format(Date.UTC(2000, Number(part) - 1, 15)) : part;
    const first = year !== shown;
    shown = year;
    return first ? `${name}\n${year}` : name;
  });
}

/** Axis labels count as part of the grid, so its edges are theirs. */
export const LABELS_INSIDE = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;

/** The look of a value axis: quiet lines, no frame. */
export function valueAxis(sheet: Sheet, axis: Scale, lines = true): Record<string, unknown> {
  return {
    type: 'value',
    min: axis.min,
    max: axis.max,
    interval: axis.step,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: lines, lineStyle: { color: sheet.theme.faint, width: 1 } },
    axisLabel: { color: sheet.theme.soft, fontSize: 11, formatter: axis.tick, hideOverlap: true },
  };
}

/** A category axis without names, for rows that bring their own. */
export function rowAxis(labels: readonly string[]): Record<string, unknown> {
  return {
    type: 'category',
    data: labels.map((_, i) => String(i)),
    inverse: true,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { show: false },
    splitLine: { show: false },
  };
}
