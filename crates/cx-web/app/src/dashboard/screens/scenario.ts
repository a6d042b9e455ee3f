/** A scenario as blocks of a document: as the report shows the return of an initiative. */

import type { Block, Cell, Table, Tile } from '../../document';
import type { Estimate, Money, Scenario } from '../client';
import { capital, sentence, type Writer } from '../figures';
import { chance, count, percent } from '../numbers';

const text = (words: string): Cell => ({ type: 'text', text: words });

/** Everything a scenario says, refusals in the place of figures. */
export function scenarioBlocks(found: Scenario, write: Writer): Block[] {
  const { say } = write;
  const rests = found.assumptions.map(([name, value]) => ({ label: capital(name), value, tone: 'neutral' as const }));
  const tail: Block[] = [
    { type: 'table', ...baseTable(found, write) },
    { type: 'heading', text: say.label('what_if_rests') },
    { type: 'facts', facts: rests },
  ];
  if ('absent' in found.money) {
    const { absent } = found.money;
    const [reason, lift] = absent.kind === 'refused' ? [sentence(absent.reason), sentence(absent.lift)] : [write.absence(absent), ''];
    return [{ type: 'refusals', refusals: [{ question: say.label('what_if_question'), reason, lift }] }, ...tail];
  }
  const { money } = found;
  const doubts = [
    ...(found.cut > 0 ? [say.label('what_if_cut', { share: percent(found.cut) })] : []),
    ...(found.share_needed === null ? [] : [say.label('what_if_needed', { share: percent(found.share_needed) })]),
  ];
  return [
    { type: 'facts', facts: [{ label: say.label('what_if_pays'), value: chance(money.pays), tone: toneOf(money) }] },
    { type: 'tiles', tiles: tiles(money, write) },
    ...doubts.map((doubt): Block => ({ type: 'text', text: doubt })),
    density(found, money, write),
    tornado(money, write),
    ...tail,
  ];
}

/** A good or bad word only where the interval leaves zero out. */
function toneOf({ npv }: Money): 'good' | 'bad' | 'neutral' {
  if ((npv.interval?.low ?? 0) > 0) return 'good';
  return (npv.interval?.high ?? 0) < 0 ? 'bad' : 'neutral';
}

function tiles(money: Money, write: Writer): Tile[] {
  const names = { npv: 'what_if_npv', benefit: 'what_if_benefit', cost: 'what_if_cost', roi: 'what_if_roi' } as const;
  return (['npv', 'benefit', 'cost', 'roi'] as const).map((key) => ({
    finding: `simulate/${key}`,
    metric: `simulate/${key}`,
    name: write.say.label(names[key]),
    figure: write.figure(money[key]),
    axis: around(money[key]),
    direction: 'none',
    target: null,
    change: null,
  }));
}

/** An axis that holds zero and the interval. */
function around({ value, interval }: Estimate): [number, number] {
  const ends = [0, value ?? 0, interval?.low ?? 0, interval?.high ?? 0];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = (high - low || 1) * 0.08;
  return [low < 0 ? low - room : 0, high > 0 ? high + room : 0];
}

function density(found: Scenario, money: Money, write: Writer): Block {
  const { say } = write;
  const npv = write.figure(money.npv);
  const name = say.label('what_if');
  const mark = (value: number | null): { value: number; text: string } => write.mark(value ?? 0, 'money');
  const rows: [string, Cell][] = [
    [say.text('density-pays'), text(chance(money.pays))],
    [say.label('what_if_npv'), write.cell(money.npv, 'simulate/npv')],
  ];
  return {
    type: 'chart',
    id: 'what-if-density',
    title: say.text('density-title', { name }),
    summary: `${say.label('what_if_npv')}: ${npv.text}${npv.interval ? ` (${npv.interval})` : ''}. ${say.label('what_if_pays')}: ${chance(money.pays)}.`,
    note: `${count(money.draws)} · ${found.as_of}`,
    data: {
      kind: 'density',
      ...money.density,
      low: mark(npv.low),
      middle: mark(npv.value),
      high: mark(npv.high),
      above: chance(money.pays),
      grade: name,
      format: 'money',
    },
    table: {
      id: 'what-if-density-table',
      title: say.text('density-table', { name: capital(name) }),
      columns: [
        { title: say.text('density-column'), numeric: false },
        { title: say.text('column-npv'), numeric: true },
      ],
      rows: rows.map(([label, cell]) => [text(label), cell]),
      note: '',
      folded: false,
    },
  };
}

function tornado(money: Money, write: Writer): Block {
  const { say } = write;
  const name = say.label('what_if');
  const amount = (value: number): Cell => ({ type: 'figure', figure: write.bare(value, 'money'), finding: null });
  const origin = (word: string): string => say.text('origin', { origin: word, words: word.replaceAll('_', ' ') });
  const [widest] = money.inputs;
  const level = (value: number): string => write.numbers.level(value, 'money');
  return {
    type: 'chart',
    id: 'what-if-tornado',
    title: say.text('tornado-title', { name }),
    summary: widest
      ? say.text('tornado-summary', { input: widest.name, low: level(widest.swing[0]), high: level(widest.swing[1]) })
      : say.text('tornado-nothing'),
    note: '',
    data: {
      kind: 'tornado',
      swings: money.inputs.map((input) => ({
        label: capital(input.name),
        origin: input.provenance,
        origin_text: origin(input.provenance),
        low: write.mark(input.swing[0], 'money'),
        high: write.mark(input.swing[1], 'money'),
      })),
      center: write.mark(money.npv.value ?? 0, 'money'),
      format: 'money',
    },
    table: {
      id: 'what-if-tornado-table',
      title: say.text('tornado-table', { name: capital(name) }),
      columns: [
        { title: say.text('column-input'), numeric: false },
        { title: say.text('column-origin'), numeric: false },
        { title: say.text('column-drawn'), numeric: false },
        { title: say.text('column-at-low'), numeric: true },
        { title: say.text('column-at-high'), numeric: true },
        { title: say.text('column-information'), numeric: true },
      ],
      rows: money.inputs.map((input) => [
        text(capital(input.name)),
        text(origin(input.provenance)),
        text(capital(input.drawn)),
        amount(input.swing[0]),
        amount(input.swing[1]),
        amount(input.information),
      ]),
      note: '',
      folded: false,
    },
  };
}

/** What the scenario starts from; a value that the records do not give says why. */
function baseTable(found: Scenario, write: Writer): Table {
  const { say } = write;
  return {
    id: 'what-if-base',
    title: say.label('what_if_base', { per: found.per }),
    columns: [
      { title: say.text('column-input'), numeric: false },
      { title: say.text('column-value'), numeric: true },
      { title: say.text('column-origin'), numeric: false },
    ],
    rows: found.base.map((one) => [
      text(capital(one.name)),
      write.cell(one.estimate, `simulate/base/${one.key}`),
      text(one.estimate.value === null ? '' : say.text('origin', { origin: one.provenance, words: one.provenance })),
    ]),
    note: '',
    folded: false,
  };
}
