import type { VNode } from 'preact';
import { Blocks } from '../../blocks/section';
import type { Block, Document } from '../../document';
import { Head } from '../frame';
import { Link } from '../link';
import { type Screen, turned } from '../place';
import { useShell } from '../shell';
import { leadingOf, programmeOf, promisesOf, withheldOf } from './parts';

/** What stands out, what the programme returns, which promises are open, what is not said. */
export function Home({ report }: { report: Document }): VNode {
  const { say, place } = useShell();
  return (
    <section class="part home">
      <Head title={report.company || say.label('screen_home')} question={report.period} />
      <h2 class="heading">{say.label('leading')}</h2>
      <Shown blocks={leadingOf(report)} />
      <Part name={say.label('programme')} blocks={programmeOf(report)} more="initiatives" />
      <Part name={say.label('due')} blocks={promisesOf(report)} more="promised" />
      <Part name={say.label('withheld')} blocks={withheldOf(report)} more="data" />
      {report.as_of !== '' && (
        <p class="note">
          {say.label('to')} {report.as_of} · <Link to={turned(place, 'data')}>{say.label('screen_data')}</Link>
        </p>
      )}
    </section>
  );
}

function Shown({ blocks }: { blocks: Block[] }): VNode {
  const { say } = useShell();
  return blocks.length > 0 ? <Blocks blocks={blocks} /> : <p class="prose">{say.label('nothing')}</p>;
}

function Part({ name, blocks, more }: { name: string; blocks: Block[]; more: Screen }): VNode {
  const { say, place } = useShell();
  return (
    <>
      <h2 class="heading">{name}</h2>
      <Shown blocks={blocks} />
      <p class="more">
        <Link to={turned(place, more)}>
          {say.label('in_full')}
          <span class="of">: {say.label(`screen_${more}`)}</span>
        </Link>
      </p>
    </>
  );
}
