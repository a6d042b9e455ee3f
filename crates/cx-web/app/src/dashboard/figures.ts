/** Estimates of the server's answers as figures of a document, so that the report's own parts show them. */

import type { Cell, Derivation, Fact as DocumentFact, Figure, Mark } from '../document';
import type { Absent, Card, Caveat, Change, Estimate, Explained, Fact, Level, Period, RecordCounts, Slice } from './client';
import { count, formatOf, type Kind, Numbers, percent, secondsOf, small, unitName } from './numbers';
import type { Say } from './labels';

/** Writes figures and how they came about, in one language and currency. */
export class Writer {
  readonly numbers: Numbers;

  constructor(
    readonly say: Say,
    currency: string | null,
  ) {
    this.numbers = new Numbers(say, currency);
  }

  figure(estimate: Estimate, kind: Kind = 'level'): Figure {
    const { value, unit } = estimate;
    const { low = null, high = null } = estimate.interval ?? {};
    const written = value === null ? null : this.numbers.write(value, { low, high }, unit, kind);
    const per = secondsOf(unit);
    const scaled = (x: number | null): number | null => (x === null ? null : x * per);
    return {
      value: scaled(value),
      low: scaled(low),
      high: scaled(high),
      unit: unitName(unit),
      text: written?.value ?? '',
      interval: written ? this.span(written.low, written.high) : '',
      n: estimate.size.n > 0 ? count(estimate.size.n) : '',
      format: formatOf(unit),
      absent: value === null ? this.absence(estimate.absent) : null,
      caveats: (estimate.caveats ?? []).map((caveat) => this.caveat(caveat, unit)),
    };
  }

  /** A place on an axis. */
  mark(value: number, unit: string): Mark {
    return { value: value * secondsOf(unit), text: this.numbers.level(value, unit) };
  }

  /** A value without an interval. */
  bare(value: number, unit: string): Figure {
    return this.figure({ value, unit, size: { n: 0, clusters: 0 } });
  }

  cell(estimate: Estimate, finding: string | null = null, kind: Kind = 'level'): Cell {
    return { type: 'figure', figure: this.figure(estimate, kind), finding };
  }

  span(low: string | null, high: string | null): string {
    if (low !== null && high !== null) return this.say.text('interval-both', { low, high });
    if (low !== null) return this.say.text('interval-from', { low });
    return high !== null ? this.say.text('interval-up-to', { high }) : '';
  }

  /** Why there is no figure. */
  absence(absent: Absent | undefined): string {
    const { say } = this;
    if (!absent) return say.text('absent-no-data');
    switch (absent.kind) {
      case 'not_available':
        return say.text('absent-not-available', { needs: absent.needs.join(say.text('list-separator')) });
      case 'below_min_n':
        return say.text('absent-below-min-n', counted(absent));
      case 'suppressed':
        return say.text(absent.complementary ? 'absent-suppressed-complementary' : 'absent-suppressed');
      case 'undefined':
        return say.text('absent-undefined', { why: absent.why.replace(/\.$/, '') });
      case 'refused':
        return say.text('absent-refused', { reason: sentence(absent.reason), lift: absent.lift.replace(/\.$/, '') });
      default:
        return say.text(`absent-${absent.kind.replaceAll('_', '-')}`);
    }
  }

  caveat(caveat: Caveat, unit: string): string {
    const { code, ...details } = caveat;
    if (code === 'note') return sentence(String(details['text']));
    const given = counted(details);
    const list = details['scales'];
    if (Array.isArray(list)) given['scales'] = list.join(this.say.text('list-separator'));
    if (code === 'weighted') {
      given['effective'] = count(Number(details['effective']));
      given['design_effect'] = small(Number(details['design_effect']));
    }
    if (code === 'unknown_kind') {
      const [low, high] = [Number(details['low']), Number(details['high'])];
      const ends = this.numbers.write(low, { low, high }, unit);
      Object.assign(given, { low: ends.value, high: ends.high ?? '' });
    }
    return this.say.text(`caveat-${code.replaceAll('_', '-')}`, given);
  }

  /** Days as the answer gives them. */
  period(period: Period): string {
    const { first, last } = period;
    if (first === null || last === null) return period.label === 'all' ? this.say.text('date-all') : period.label;
    return this.say.text('date-range', { first, last });
  }

  slice(slice: Slice): string {
    return slice.map(([dimension, value]) => this.say.text('slice-part', { dimension, value })).join(this.say.text('list-separator'));
  }

  /** How a level of a card came about. */
  ofLevel(card: Pick<Card, 'metric' | 'records'>, level: Level, files: Explained['files'] = []): Derivation {
    return this.#derivation(card, level.id, level.estimate, 'level', [this.slice(level.slice), this.period(level.period)], files);
  }

  /** How a change of a card came about. */
  ofChange(card: Pick<Card, 'metric' | 'records'>, change: Change, files: Explained['files'] = []): Derivation {
    const periods = this.say.text('date-range', { first: this.period(change.before), last: this.period(change.after) });
    return this.#derivation(card, change.id, change.difference, 'difference', [this.slice(change.slice), periods], files);
  }

  /** Every figure of some cards. */
  ofCards(cards: readonly Card[]): Derivation[] {
    return cards.flatMap((card) => [
      ...[card.overall, ...card.levels].map((level) => this.ofLevel(card, level)),
      ...card.changes.map((change) => this.ofChange(card, change)),
    ]);
  }

  /** What `cx explain` says of one finding. */
  ofExplained(told: Explained): Derivation | null {
    if (told.level) return this.ofLevel(told, told.level, told.files);
    return told.change ? this.ofChange(told, told.change, told.files) : null;
  }

  /** How a value of a study came about. */
  ofFact(fact: Fact): Derivation {
    return {
      finding: fact.id,
      metric: fact.id,
      name: capital(fact.name),
      meaning: '',
      formula: fact.formula,
      source: fact.source,
      population: '',
      interval: this.#method(fact.estimate),
      figure: this.figure(fact.estimate),
      inputs: [
        ...this.#size(fact.estimate),
        ...fact.assumptions.map(([name, value]) => pair(capital(name), value)),
        ...fact.records.flatMap((records) => this.#rows(records)),
      ],
      files: [],
      command: '',
    };
  }

  #derivation(
    { metric, records }: Pick<Card, 'metric' | 'records'>,
    finding: string,
    estimate: Estimate,
    kind: Kind,
    where: string[],
    files: Explained['files'],
  ): Derivation {
    const whom = [where[0], metric.identity.population, where[1]].filter((part) => part);
    return {
      finding,
      metric: metric.key,
      name: metric.name,
      meaning: metric.meaning,
      formula: metric.formula,
      source: metric.source,
      population: whom.join('; '),
      interval: this.#method(estimate),
      figure: this.figure(estimate, kind),
      inputs: [...this.#size(estimate), ...this.#rows(records)],
      files: files.map(({ file, rows, hash }) =>
        pair(this.say.text('derivation-file-rows', { file, rows, 'rows-text': count(rows) }), hash),
      ),
      command: command(['explain', finding]),
    };
  }

  #method({ interval }: Estimate): string {
    if (!interval) return '';
    const method = this.say.text(`method-${interval.method.replaceAll('_', '-')}`);
    return this.say.text('method-at-level', { method, level: percent(interval.level) });
  }

  #size({ size, se }: Estimate): DocumentFact[] {
    const facts: [string, string | undefined][] = [
      ['derivation-rows', size.n > 0 ? count(size.n) : undefined],
      ['derivation-events', size.events === undefined ? undefined : count(size.events)],
      ['derivation-clusters', size.clusters > 0 ? count(size.clusters) : undefined],
      ['derivation-effective', size.effective === undefined ? undefined : count(size.effective)],
      ['derivation-standard-error', se === undefined ? undefined : small(se)],
    ];
    return facts.flatMap(([id, value]) => (value === undefined ? [] : [pair(this.say.text(id), value)]));
  }

  #rows(records: RecordCounts): DocumentFact[] {
    if (records.table === '') return [];
    const left = ['undated', 'outside', 'censored', 'blank', 'lone'] as const;
    return [
      pair(this.say.text('derivation-table-rows', { table: records.table }), count(records.rows)),
      pair(this.say.text('derivation-units'), count(records.units)),
      ...left.flatMap((key) => (records[key] > 0 ? [pair(this.say.text(`derivation-${key}`), count(records[key]))] : [])),
    ];
  }
}

/** A command line: words that a shell would take apart are quoted. */
export function command(words: readonly string[]): string {
  const quoted = words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`));
  return ['cx', ...quoted].join(' ');
}

/** Words with a capital at the start. */
export function capital(words: string): string {
  const text = words.trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Words as a sentence: a capital at the start, one full stop at the end. */
export function sentence(words: string): string {
  const text = capital(words);
  return text === '' || /[.!?]$/.test(text) ? text : `${text}.`;
}

function pair(label: string, value: string): DocumentFact {
  return { label, value, tone: 'neutral' };
}

/** Numbers as numbers, for the plural, and as they are read. */
function counted(details: object): Record<string, string | number> {
  const given: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(details)) {
    if (typeof value === 'number') Object.assign(given, { [key]: value, [`${key}-text`]: count(value) });
    else if (typeof value === 'string') given[key] = value;
  }
  return given;
}
