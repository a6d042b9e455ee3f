import { describe, expect, test } from 'vitest';
import sample from '../../fixtures/sample.json';
import type { Block, Chart } from '../document';
import { DARK, LIGHT } from '../theme';
import { draw } from './draw';
import { init } from './engine';
import { sampleSheet } from './sample-sheet';
import type { Drawing, Sheet } from './sheet';
import { panel, sharedPeriods } from './small-multiples';

const charts = (sample.sections as unknown as { blocks: Block[] }[])
  .flatMap((section) => section.blocks)
  .filter((block) => block.type === 'chart');

/** The drawing as the browser would get it, without a browser. */
function svg(drawing: Drawing, width: number): string {
  const size = { width: Math.max(width, drawing.minWidth ?? 0), height: drawing.height };
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  chart.setOption(drawing.option);
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}

function drawings(chart: Chart, sheet: Sheet): Drawing[] {
  const { data } = chart;
  if (data.kind !== 'small_multiples') return [draw(data, sheet)];
  const periods = sharedPeriods(data.panels);
  return data.panels.map((one) => panel(one, periods, sheet));
}

const unescape = (text: string): string =>
  text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The texts of a drawing, lines of one name put together again. */
const said = (text: string): string =>
  unescape([...text.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]).join(' '));

describe.each(charts.map((chart) => [chart.data.kind, chart.id, chart] as const))('%s %s', (_kind, _id, chart) => {
  test.each([340, 390, 680, 860])('is drawn %d wide without a hole', (width) => {
    for (const theme of [LIGHT, DARK]) {
      for (const drawing of drawings(chart, sampleSheet({ width, theme }))) {
        const text = svg(drawing, width);
        expect(text).not.toMatch(/NaN|undefined|Infinity/);
        expect(text.match(/<(path|rect|circle|polygon|line)/g)?.length ?? 0).toBeGreaterThan(3);
        expect(drawing.height).toBeGreaterThan(60);
      }
    }
  });

  test('uses the words of the document', () => {
    const { data } = chart;
    const text = said(drawings(chart, sampleSheet()).map((one) => svg(one, 860)).join(''));
    const owed =
      data.kind === 'forest'
        ? data.groups.flatMap((g) => [g.figure.text, g.figure.interval, g.label.split(/[\s-]/)[0] ?? ''])
        : data.kind === 'distribution'
          ? data.bars.flatMap((bar) => [bar.label, bar.text])
          : data.kind === 'bridge'
            ? data.steps.map((step) => step.text)
            : data.kind === 'records'
              ? [data.text, ...data.parts.map((part) => part.text)]
              : data.kind === 'heatmap'
                ? [...data.columns, ...data.cells.map((cell) => cell.figure.text)]
                : data.kind === 'survival'
                  ? [...data.ticks.map((tick) => tick.text), ...data.curves.flatMap((curve) => curve.at_ticks.map((figure) => figure.n))]
                : data.kind === 'bands'
                  ? data.panels.flatMap((one) => one.rows.flatMap((row) => row.cells.flatMap(({ figure }) => [figure.text, figure.interval])))
                : data.kind === 'backtest'
                  ? [data.model, data.baseline]
                : data.kind === 'density'
                  ? [data.low.text, data.middle.text, data.high.text, data.grade]
                : data.kind === 'tornado'
                  ? data.swings.flatMap((one) => [one.low.text, one.high.text, one.origin_text])
                : data.kind === 'amounts'
                  ? data.bars.map((bar) => bar.mark.text)
                : data.kind === 'grades'
                  ? [...data.columns, ...data.rows.flatMap((row) => row.label.split(/[\s-]/)[0] ?? '')]
                : data.kind === 'event_study'
                  ? [data.axis]
                : data.kind === 'trend'
                  ? [data.target?.text ?? '', data.points.findLast((p) => !p.partial)?.figure.text ?? '']
                  : [];
    for (const one of owed) expect(text).toContain(one);
  });
});

test('every kind of chart is in the sample', () => {
  expect(new Set(charts.map((chart) => chart.data.kind)).size).toBe(19);
});
