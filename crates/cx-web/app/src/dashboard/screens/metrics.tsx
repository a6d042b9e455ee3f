import type { ComponentChildren, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { DataTable } from '../../blocks/table';
import type { Entry, Scorecard, Workspace } from '../client';
import { Writer } from '../figures';
import { Head } from '../frame';
import { Link } from '../link';
import { useLoad, When } from '../load';
import { Offers } from '../offers';
import { asking, one, turned } from '../place';
import { Reading } from '../reading';
import { useShell } from '../shell';
import { absentTable, isGiven, scoreTable } from './cards';
import { MetricScreen } from './metric';
import { asked, metricsCommand, PeriodBar } from './period';
import { matches } from './sought';

/** The profile's figures, and the way to every metric of the catalogue. */
export function MetricsScreen({ workspace }: { workspace: Workspace }): VNode {
  const { place } = useShell();
  if (place.item !== null) return <MetricScreen workspace={workspace} key_={place.item} />;
  return <Profile workspace={workspace} />;
}

function Profile({ workspace }: { workspace: Workspace }): VNode {
  const { client, say, place, go } = useShell();
  const period = asked(place);
  // A comparison needs a period that both ends bound.
  const compare = period.from !== '' && period.to !== '' ? ({ compare: 'previous' } as const) : {};
  const scores = useLoad(`${workspace.id}\nmetrics\n${JSON.stringify(period)}`, (asking) =>
    client.metrics(workspace.id, { ...period, ...compare }, asking),
  );
  const catalog = useLoad(`${workspace.id}\ncatalog`, (asking) => client.catalog(workspace.id, asking));
  const sought = one(place, 'q');
  return (
    <section class="part">
      <Head title={say.label('screen_metrics')} />
      <PeriodBar />
      <label class="field search">
        <span>{say.label('search')}</span>
        <input
          type="search"
          value={sought}
          onInput={(event) => {
            const { value } = event.currentTarget;
            go((old) => asking(old, { q: value }), 'replace');
          }}
        />
      </label>
      <When loaded={scores}>
        {(scorecard) => (
          <Scores scorecard={scorecard} sought={sought} compared={'compare' in compare}>
            <When loaded={catalog}>{(entries) => <Catalogue entries={entries} sought={sought} />}</When>
          </Scores>
        )}
      </When>
    </section>
  );
}

interface ScoresProps {
  scorecard: Scorecard;
  sought: string;
  compared: boolean;
  children: ComponentChildren;
}

function Scores({ scorecard, sought, compared, children }: ScoresProps): VNode {
  const { say, place } = useShell();
  const write = useMemo(() => new Writer(say, scorecard.currency), [say, scorecard]);
  const derivations = useMemo(() => write.ofCards(scorecard.cards), [write, scorecard]);
  const cards = scorecard.cards.filter(({ metric }) => matches(sought, metric.key, metric.name, metric.meaning));
  const [given, absent] = [cards.filter(isGiven), cards.filter((card) => !isGiven(card))];
  const table = scoreTable(given, write, write.period(scorecard.window));
  const without = absentTable(absent, write);
  const link = (of: typeof given) => (name: string, row: number) => {
    const metric = of[row]?.metric;
    return metric ? <Link to={turned(place, 'metrics', metric.key)}>{name}</Link> : name;
  };
  return (
    <Reading language={say.language} currency={scorecard.currency} derivations={derivations}>
      <h2 class="heading">{say.label('profile')}</h2>
      {given.length > 0 ? <DataTable table={table} name={link(given)} /> : <p class="prose">{say.label('nothing')}</p>}
      {absent.length > 0 && (
        <details class="fold">
          <summary>{without.title}</summary>
          <DataTable table={without} name={link(absent)} />
        </details>
      )}
      {children}
      <Offers
        blocks={[table, without]}
        answer={scorecard}
        command={metricsCommand(place, [], compared ? ['--compare', 'previous'] : [])}
      />
    </Reading>
  );
}

/** Every metric there is, computed here or not. */
function Catalogue({ entries, sought }: { entries: Entry[]; sought: string }): VNode {
  const { say, place } = useShell();
  const found = entries.filter((entry) => matches(sought, entry.id, entry.name, entry.meaning));
  return (
    <section class="catalogue" aria-labelledby="catalogue-name">
      <h2 class="heading" id="catalogue-name">
        {say.label('catalogue')}
      </h2>
      <p class="note" role="status">
        {say.label('found', { shown: String(found.length), all: String(entries.length) })}
      </p>
      <ul class="entries">
        {found.map((entry) => (
          <li key={entry.id}>
            <Link to={turned(place, 'metrics', entry.id)}>{entry.name}</Link> <code class="metric">{entry.id}</code>
            {(entry.planned !== null || entry.absent) && (
              <span class="note"> · {say.label(entry.planned !== null ? 'planned' : 'unavailable')}</span>
            )}
            <p>{entry.meaning}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
