import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { Blocks } from '../../blocks/section';
import { DataTable } from '../../blocks/table';
import { Tiles } from '../../blocks/tiles';
import type { Block } from '../../document';
import type { Card, Entry, Scorecard, Workspace } from '../client';
import { Writer } from '../figures';
import { Head, Nowhere } from '../frame';
import { Link } from '../link';
import { useLoad, When } from '../load';
import { Offers } from '../offers';
import { one, turned } from '../place';
import { Reading } from '../reading';
import { useShell } from '../shell';
import { conventionsTable, groupBlocks, tileOf } from './cards';
import { GroupsForm } from './groups';
import { asked, metricsCommand, PeriodBar } from './period';
import { idOf } from './sought';

/** What is known of one metric: its entry of the catalogue, and its figures by every definition. */
interface Known {
  entry: Entry | null;
  scorecard: Scorecard | null;
}

/** One metric: figure, definition, the same by other conventions, and groups. */
export function MetricScreen({ workspace, key_ }: { workspace: Workspace; key_: string }): VNode {
  const { client, place } = useShell();
  const period = asked(place);
  const by = one(place, 'by');
  const question = JSON.stringify({ period, by, key_ });
  const loaded = useLoad(`${workspace.id}\nmetric\n${question}`, async (asking): Promise<Known> => {
    const entry = (await client.catalog(workspace.id, asking)).find(({ id }) => id === idOf(key_)) ?? null;
    if (entry && (entry.planned !== null || entry.study !== undefined)) return { entry, scorecard: null };
    const ids = [...new Set([key_, ...(entry?.forms ?? []).map((form) => form.key)])];
    return { entry, scorecard: await client.metrics(workspace.id, { ids, by, ...period }, asking) };
  });
  return <When loaded={loaded}>{(known) => <Shown known={known} key_={key_} by={by} />}</When>;
}

function Shown({ known, key_, by }: { known: Known; key_: string; by: string }): VNode {
  const { say, place } = useShell();
  const { entry, scorecard } = known;
  const cards = scorecard?.cards ?? [];
  const card = cards.find(({ metric }) => metric.key === key_) ?? cards[0];
  if (!entry && !card) return <Nowhere workspace={place.workspace} />;
  return (
    <section class="part">
      <p class="back">
        <Link to={turned(place, 'metrics')}>{say.label('screen_metrics')}</Link>
      </p>
      <Head title={entry?.name ?? card?.metric.name ?? key_} question={entry?.meaning ?? card?.metric.meaning} />
      {scorecard && card ? (
        <Figures scorecard={scorecard} card={card} entry={entry} by={by} />
      ) : (
        entry && <Without entry={entry} />
      )}
    </section>
  );
}

/** A metric that no formula over rows gives. */
function Without({ entry }: { entry: Entry }): VNode {
  const { say } = useShell();
  return (
    <div class="refusals">
      <article class="refusal">
        <h2 class="name">{say.label(entry.planned === null ? 'by_study' : 'planned')}</h2>
        <p class="reason">{entry.planned ?? <code>{entry.study}</code>}</p>
      </article>
    </div>
  );
}

interface FiguresProps {
  scorecard: Scorecard;
  card: Card;
  entry: Entry | null;
  by: string;
}

function Figures({ scorecard, card, entry, by }: FiguresProps): VNode {
  const { say, place } = useShell();
  const write = useMemo(() => new Writer(say, scorecard.currency), [say, scorecard]);
  const derivations = useMemo(() => write.ofCards(scorecard.cards), [write, scorecard]);
  const { metric } = card;
  const keys = scorecard.cards.map((one) => one.metric.key);
  const names = new Map((entry?.forms ?? []).map(({ key, variant }) => [key, variant === '' ? say.label('usual') : variant]));
  const forms = scorecard.cards.filter((one) => names.has(one.metric.key));
  const table = conventionsTable(forms, names, write);
  const switcher = (name: string, row: number): VNode | string => {
    const key = forms[row]?.metric.key;
    return key === undefined ? name : <Link to={{ ...place, item: key, open: null }} current={key === metric.key}>{name}</Link>;
  };
  const grouped = groupBlocks(card, by, write);
  const tile = tileOf(card, write);
  const blocks: Block[] = [{ type: 'tiles', tiles: [tile] }, table, ...grouped];
  return (
    <Reading language={say.language} currency={scorecard.currency} derivations={derivations}>
      <PeriodBar />
      <h2 class="unseen">{say.text('column-value')}</h2>
      <Tiles tiles={[tile]} level="h3" />
      <h2 class="heading">{say.label('definition')}</h2>
      <dl class="steps">
        <dt>{say.text('column-formula')}</dt>
        <dd>
          <code class="step">{metric.formula}</code>
        </dd>
        {metric.edges !== '' && (
          <>
            <dt>{say.label('edges')}</dt>
            <dd>{metric.edges}</dd>
          </>
        )}
      </dl>
      {forms.length > 1 && (
        <>
          <h2 class="heading">{say.label('conventions')}</h2>
          <DataTable table={table} name={switcher} />
        </>
      )}
      <h2 class="heading">{say.label('groups')}</h2>
      <GroupsForm suggestions={metric.cut} />
      <Blocks blocks={grouped} />
      <Offers blocks={blocks} answer={scorecard} command={metricsCommand(place, keys, by === '' ? [] : ['--by', by])} />
    </Reading>
  );
}
