import type { VNode } from 'preact';
import { Command } from '../copy';
import type { Block } from '../document';
import { picture, save } from './picture';
import { useShell } from './shell';
import { csv } from './table-data';

interface OffersProps {
  /** What the view shows. */
  blocks: readonly Block[];
  /** The answer it was made of. */
  answer: unknown;
  /** The command line that makes the same. */
  command: string;
}

/** What a reader may take along: data, pictures, and the command line that reproduces the view. */
export function Offers({ blocks, answer, command }: OffersProps): VNode {
  const { say, place, theme } = useShell();
  const charts = blocks.flatMap((block) => (block.type === 'chart' ? [block] : []));
  const name = [place.workspace, place.screen, ...(place.item === null ? [] : [place.item])].join('-').replaceAll(/[^\w-]+/g, '-');
  const draw = (id: string, title: string): void => {
    const figure = document.getElementById(id);
    const drawn = figure && picture(figure, title, theme);
    if (drawn) save(drawn, `${name}-${id.replaceAll(/[^\w-]+/g, '-')}.svg`, 'image/svg+xml');
  };
  return (
    <section class="offers" aria-labelledby="offers-name">
      <h2 id="offers-name">{say.label('take')}</h2>
      <dl class="steps">
        <dt>{say.label('data')}</dt>
        <dd class="acts">
          <button type="button" class="act" onClick={() => save(csv(blocks), `${name}.csv`, 'text/csv')}>
            CSV
          </button>
          <button type="button" class="act" onClick={() => save(JSON.stringify(answer, null, 2), `${name}.json`, 'application/json')}>
            JSON
          </button>
        </dd>
        {charts.length > 0 && (
          <>
            <dt>{say.label('pictures')}</dt>
            <dd class="acts">
              {charts.map((chart) => (
                <button type="button" class="act" onClick={() => draw(chart.id, chart.title)} key={chart.id}>
                  SVG<span class="of">: {chart.title}</span>
                </button>
              ))}
            </dd>
          </>
        )}
        <dt>{say.label('command')}</dt>
        <dd>
          <Command text={command} />
        </dd>
      </dl>
    </section>
  );
}
