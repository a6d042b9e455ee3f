import type { VNode } from 'preact';
import { draw } from '../charts/draw';
import { panel, sharedPeriods } from '../charts/small-multiples';
import type { Chart, Panel } from '../document';
import { usePage } from '../page';
import { FULL, type PrintSize, Plot } from '../plot';
import type { Level } from './level';
import { Opens } from './marks';
import { DataTable } from './table';

/** Three panels side by side on paper; the style sheet for print says the same. */
const THIRD: PrintSize = { columns: 3, gap: 28 };

export function ChartFigure({ chart, level: Title }: { chart: Chart; level: Level }): VNode {
  const { words, view, showTable } = usePage();
  const { data } = chart;
  return (
    <figure class="chart" id={chart.id}>
      <Title class="title">{chart.title}</Title>
      {chart.summary && <p class="summary">{chart.summary}</p>}
      {data.kind === 'small_multiples' ? (
        <Panels panels={data.panels} />
      ) : (
        <Plot draw={(sheet) => draw(data, sheet)} label={chart.summary || chart.title} print={FULL} />
      )}
      {chart.note && <p class="note">{chart.note}</p>}
      <details
        class="table-view"
        open={view.tables.includes(chart.id)}
        onToggle={(event) => showTable(chart.id, event.currentTarget.open)}
      >
        <summary>
          {words.table}
          <span class="unseen">: {chart.title}</span>
        </summary>
        <DataTable table={chart.table} />
      </details>
    </figure>
  );
}

function Panels({ panels }: { panels: Panel[] }): VNode {
  const periods = sharedPeriods(panels);
  return (
    <div class="panels">
      {panels.map((one) => {
        const last = one.points.findLast((point) => !point.partial && point.figure.value !== null)?.figure.text ?? '';
        return (
          <div class="panel" key={one.finding}>
            <p class="panel-head">
              <Opens finding={one.finding}>{one.title}</Opens> <strong>{last}</strong>
            </p>
            <Plot draw={(sheet) => panel(one, periods, sheet)} label={`${one.title}: ${last}`} print={THIRD} />
            {one.target && <PanelTarget text={one.target.text} />}
          </div>
        );
      })}
    </div>
  );
}

function PanelTarget({ text }: { text: string }): VNode {
  const { words } = usePage();
  return (
    <p class="panel-target">
      <span class="swatch dash color-ink" aria-hidden="true" />
      {words.target} {text}
    </p>
  );
}
