/** Cards of the server's answers as blocks of a document. */

import type { Block, Cell, Chart, ForestGroup, Table, Tile } from '../../document';
import { type Card, type Level, wayOf } from '../client';
import type { Writer } from '../figures';
import { formatOf } from '../numbers';

type TableBlock = Extract<Block, { type: 'table' }>;
type ChartBlock = Extract<Block, { type: 'chart' }>;

/** Most groups drawn; smaller ones stand in the table. */
const DRAWN = 14;

const text = (words: string): Cell => ({ type: 'text', text: words });

/** True where a card holds a figure for everybody. */
export function isGiven(card: Card): boolean {
  return card.overall.estimate.value !== null;
}

/** The figures of a profile side by side. */
export function scoreTable(cards: readonly Card[], write: Writer, title: string): TableBlock {
  const { say } = write;
  const compared = cards.some((card) => card.changes.length > 0);
  const aimed = cards.some((card) => card.target !== null);
  const change = (card: Card): Cell => {
    const found = card.changes.find((one) => one.slice.length === 0);
    return found ? write.cell(found.difference, found.id, 'difference') : text('');
  };
  return {
    type: 'table',
    id: 'metrics',
    title,
    columns: [
      { title: say.text('column-metric'), numeric: false },
      { title: say.text('column-value'), numeric: true },
      { title: say.text('column-n'), numeric: true },
      ...(compared ? [{ title: say.label('change_before'), numeric: true }] : []),
      ...(aimed ? [{ title: say.text('column-target'), numeric: true }] : []),
    ],
    rows: cards.map((card) => {
      const figure = write.figure(card.overall.estimate);
      return [
        text(card.metric.name),
        { type: 'figure', figure, finding: card.overall.id },
        text(figure.n),
        ...(compared ? [change(card)] : []),
        ...(aimed ? [text(card.target ? write.numbers.level(card.target.target, card.metric.unit) : '')] : []),
      ];
    }),
    note: '',
    folded: false,
  };
}

/** Metrics without a figure, with the reason where the figure would stand. */
export function absentTable(cards: readonly Card[], write: Writer): TableBlock {
  return {
    type: 'table',
    id: 'unavailable',
    title: `${write.say.label('unavailable')} (${cards.length})`,
    columns: [
      { title: write.say.text('column-metric'), numeric: false },
      { title: write.say.text('column-why'), numeric: false },
    ],
    rows: cards.map((card) => [text(card.metric.name), text(write.absence(card.overall.estimate.absent))]),
    note: '',
    folded: true,
  };
}

/** One card as a tile on the axis that its unit has, or else on one around its interval. */
export function tileOf(card: Card, write: Writer): Tile {
  const figure = write.figure(card.overall.estimate);
  const legal: Readonly<Record<string, [number, number]>> = { share: [0, 1], points: [-100, 100], index: [0, 100] };
  const ends = [figure.low, figure.value, figure.high].filter((x) => x !== null);
  const reach = Math.max(0, ...ends.map(Math.abs)) * 1.25 || 1;
  const change = card.changes.find((one) => one.slice.length === 0);
  const better = { up: 1, down: -1, none: 0 }[wayOf(card.metric.direction)];
  const moved = better * Math.sign(change?.difference.value ?? 0);
  return {
    finding: card.overall.id,
    metric: card.metric.key,
    name: write.period(card.overall.period),
    figure,
    axis: legal[card.metric.unit] ?? [Math.min(0, ...ends) < 0 ? -reach : 0, reach],
    direction: wayOf(card.metric.direction),
    target: null,
    change: change
      ? {
          against: write.period(change.before),
          figure: write.figure(change.difference, 'difference'),
          significant: change.significant,
          tone: moved > 0 ? 'good' : moved < 0 ? 'bad' : 'neutral',
        }
      : null,
  };
}

interface Group {
  value: string;
  level: Level;
}

/** The groups of one column, highest first, those without a figure last. */
function groupsOf(card: Card, dimension: string): Group[] {
  const height = ({ level }: Group): number => level.estimate.value ?? -Infinity;
  return card.levels
    .flatMap((level) => {
      const value = level.slice.find(([one]) => one === dimension)?.[1];
      return value === undefined ? [] : [{ value, level }];
    })
    .sort((a, b) => (height(a) === height(b) ? 0 : height(b) - height(a)));
}

/**
 * The overall value, where it stands among the groups as their differences say.
 * A customer may stand in several groups, so that all of them lie on one side
 * of it; drawn there, it would call a group worse that is better than the rest.
 */
function lineOf(card: Card, groups: readonly Group[]): number | null {
  const overall = card.overall.estimate.value;
  if (overall === null) return null;
  const values = groups.flatMap(({ level }) => level.estimate.value ?? []);
  const amid = values.some((x) => x <= overall) && values.some((x) => x >= overall);
  const agrees = groups.every(({ level: { estimate, against_rest: rest } }) => {
    const difference = rest?.significant ? rest.difference.value : null;
    return difference === null || estimate.value === null || estimate.value > overall === difference > 0;
  });
  return amid && agrees ? overall : null;
}

/** A metric by the values of a column: each group's own figure, and the one pulled towards the overall value. */
export function groupsChart(card: Card, dimension: string, write: Writer, note: string): ChartBlock | null {
  const { unit } = card.metric;
  const given = groupsOf(card, dimension).filter(({ level }) => level.estimate.value !== null);
  const table = groupsTable(card, dimension, write);
  if (given.length < 2 || table === null) return null;
  const largest = new Set([...given].sort((a, b) => b.level.estimate.size.n - a.level.estimate.size.n).slice(0, DRAWN));
  const overall = lineOf(card, given);
  return chartOf(`groups-${dimension}`, write.say.text('segments-chart', { metric: card.metric.name, dimension }), note, table, {
    kind: 'forest',
    groups: given.filter((group) => largest.has(group)).map(({ value, level }) => groupOf(value, level, unit, write)),
    overall: overall === null ? null : write.mark(overall, unit),
    format: formatOf(unit),
    direction: wayOf(card.metric.direction),
  });
}

/** The same records by every definition in use. Figures of different definitions do not compare, so no axis holds them together. */
export function conventionsTable(cards: readonly Card[], names: ReadonlyMap<string, string>, write: Writer): TableBlock {
  const { say } = write;
  return {
    type: 'table',
    id: 'conventions',
    title: say.label('conventions'),
    columns: [
      { title: say.label('convention'), numeric: false },
      { title: say.text('column-value'), numeric: true },
      { title: say.text('column-n'), numeric: true },
    ],
    rows: cards.map((card) => {
      const figure = write.figure(card.overall.estimate);
      return [
        text(names.get(card.metric.key) ?? card.metric.key),
        { type: 'figure', figure, finding: card.overall.id },
        text(figure.n),
      ];
    }),
    note: say.label('conventions_note'),
    folded: false,
  };
}

function groupOf(label: string, level: Level, unit: string, write: Writer): ForestGroup {
  return {
    finding: level.id,
    label,
    figure: write.figure(level.estimate),
    shrunk: level.shrunk ? write.mark(level.shrunk.value, unit) : null,
    differs: level.against_rest?.significant ?? false,
  };
}

/** All groups of a column; nothing where it has none. */
export function groupsTable(card: Card, dimension: string, write: Writer): TableBlock | null {
  const { say } = write;
  const groups = groupsOf(card, dimension);
  if (groups.length === 0) return null;
  return {
    type: 'table',
    id: `groups-${dimension}-table`,
    title: say.text('segments-table', { metric: card.metric.name, dimension }),
    columns: [
      { title: say.text('column-group'), numeric: false },
      { title: say.text('column-value'), numeric: true },
      { title: say.text('column-n'), numeric: true },
      { title: say.text('column-shrunk'), numeric: true },
      { title: say.text('column-rest'), numeric: true },
    ],
    rows: groups.map(({ value, level }) => {
      const figure = write.figure(level.estimate);
      const { shrunk, against_rest: rest } = level;
      return [
        text(value),
        { type: 'figure', figure, finding: level.id },
        text(figure.n),
        text(shrunk ? write.numbers.level(shrunk.value, card.metric.unit) : ''),
        rest ? write.cell(rest.difference, null, 'difference') : text(''),
      ];
    }),
    note: '',
    folded: false,
  };
}

function chartOf(id: string, title: string, note: string, table: Table, data: Chart['data']): ChartBlock {
  return { type: 'chart', id, title, summary: '', note, data, table };
}

/** The groups of a card: drawn where two or more have figures, as a table where not. */
export function groupBlocks(card: Card, by: string, write: Writer): (ChartBlock | TableBlock)[] {
  if (by === '') return [];
  const note = write.say.text('segments-text');
  return by.split(',').flatMap((dimension): (ChartBlock | TableBlock)[] => {
    const chart = groupsChart(card, dimension, write, note);
    if (chart) return [chart];
    const table = groupsTable(card, dimension, write);
    return table ? [table] : [];
  });
}
