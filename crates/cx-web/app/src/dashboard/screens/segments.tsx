import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { Blocks } from '../../blocks/section';
import type { Document } from '../../document';
import type { Scorecard, Workspace } from '../client';
import { Writer } from '../figures';
import { Head } from '../frame';
import { useLoad, When } from '../load';
import { Offers } from '../offers';
import { one } from '../place';
import { Reading } from '../reading';
import { useShell } from '../shell';
import { groupBlocks, isGiven } from './cards';
import { GroupsForm } from './groups';
import { asked, metricsCommand, PeriodBar } from './period';
import { sectionsOf } from './parts';
import { SectionUnder, useReport } from './report';

/** Who is served better or worse: as the report has it, or one metric by a column of the reader's choice. */
export function SegmentsScreen({ workspace }: { workspace: Workspace }): VNode {
  const { client, say, place } = useShell();
  const period = asked(place);
  const profile = useLoad(`${workspace.id}\nmetrics\n${JSON.stringify(period)}`, (asking) => client.metrics(workspace.id, period, asking));
  return (
    <section class="part">
      <Head title={say.label('screen_segments')} />
      <PeriodBar />
      <When loaded={profile}>
        {(scorecard) => {
          const given = scorecard.cards.filter(isGiven).map(({ metric }) => metric);
          const metric = one(place, 'metric') || given[0]?.key;
          return (
            <>
              <GroupsForm suggestions={[...new Set(given.flatMap(({ cut }) => cut))].sort()} metrics={given} />
              {one(place, 'by') !== '' && metric !== undefined ? <Asked workspace={workspace} metric={metric} /> : <FromReport workspace={workspace} />}
            </>
          );
        }}
      </When>
    </section>
  );
}

/** One metric by one column. */
function Asked({ workspace, metric }: { workspace: Workspace; metric: string }): VNode {
  const { client, place } = useShell();
  const query = { ids: [metric], by: one(place, 'by'), ...asked(place) };
  const loaded = useLoad(`${workspace.id}\ngroups\n${JSON.stringify(query)}`, (asking) => client.metrics(workspace.id, query, asking));
  return <When loaded={loaded}>{(scorecard) => <Groups scorecard={scorecard} metric={metric} />}</When>;
}

function Groups({ scorecard, metric }: { scorecard: Scorecard; metric: string }): VNode {
  const { say, place } = useShell();
  const by = one(place, 'by');
  const write = useMemo(() => new Writer(say, scorecard.currency), [say, scorecard]);
  const derivations = useMemo(() => write.ofCards(scorecard.cards), [write, scorecard]);
  const blocks = scorecard.cards.flatMap((card) => groupBlocks(card, by, write));
  return (
    <Reading language={say.language} currency={scorecard.currency} derivations={derivations}>
      <h2 class="heading">{say.text('segments-heading', { dimension: by })}</h2>
      {blocks.length > 0 ? <Blocks blocks={blocks} /> : <p class="prose">{say.label('nothing')}</p>}
      <Offers blocks={blocks} answer={scorecard} command={metricsCommand(place, [metric], ['--by', by])} />
    </Reading>
  );
}

function FromReport({ workspace }: { workspace: Workspace }): VNode {
  const loaded = useReport(workspace);
  return <When loaded={loaded}>{(report) => <Reported report={report} />}</When>;
}

function Reported({ report }: { report: Document }): VNode {
  const { say } = useShell();
  const sections = sectionsOf(report, ['groups', 'change']);
  return (
    <Reading language={report.language} currency={report.currency} derivations={report.derivations}>
      {sections.length === 0 && <p class="prose">{say.label('nothing')}</p>}
      {sections.map((section) => (
        <SectionUnder section={section} key={section.id} />
      ))}
      <Offers blocks={sections.flatMap((section) => section.blocks)} answer={sections} command={report.command} />
    </Reading>
  );
}
