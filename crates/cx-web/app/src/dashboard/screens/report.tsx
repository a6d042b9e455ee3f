import type { VNode } from 'preact';
import { Blocks } from '../../blocks/section';
import type { Document, Section } from '../../document';
import type { Workspace } from '../client';
import { Head, Nowhere } from '../frame';
import { Link } from '../link';
import { useLoad, When } from '../load';
import { Offers } from '../offers';
import { type Screen, turned } from '../place';
import { Reading } from '../reading';
import { useShell } from '../shell';
import { Home } from './home';
import { claimsOf, homeOf, initiatives, opening, risksOf, sectionsOf } from './parts';

/** Screens that show parts of the report document. */
export type OfReport = Exclude<Screen, 'metrics' | 'segments' | 'simulator'>;

interface ReportScreenProps {
  workspace: Workspace;
  screen: OfReport;
}

/** The document is loaded once and stays while the reader goes from one of its screens to another. */
export function ReportScreen({ workspace, screen }: ReportScreenProps): VNode {
  const loaded = useReport(workspace);
  return <When loaded={loaded}>{(report) => <Shown report={report} screen={screen} />}</When>;
}

/** The report in the reader's language, or else the first that the workspace has. */
export function useReport(workspace: Workspace): ReturnType<typeof useLoad<Document>> {
  const { client, say } = useShell();
  const language = workspace.languages.includes(say.language) ? say.language : (workspace.languages[0] ?? 'en');
  return useLoad(`${workspace.id}\nreport\n${language}`, (asking) => client.report(workspace.id, language, asking));
}

function Shown({ report, screen }: { report: Document; screen: OfReport }): VNode {
  const { place } = useShell();
  const view = viewOf(report, screen, place.item);
  if (view === null) return <Nowhere workspace={place.workspace} />;
  const blocks = screen === 'home' ? homeOf(report) : view.flatMap((section) => section.blocks);
  return (
    <Reading language={report.language} currency={report.currency} derivations={report.derivations}>
      {screen === 'home' ? <Home report={report} /> : <Sections screen={screen} sections={view} report={report} />}
      <Offers blocks={blocks} answer={view} command={report.command} />
    </Reading>
  );
}

/** The sections of a screen; nothing where the screen has no such item. */
function viewOf(report: Document, screen: OfReport, item: string | null): Section[] | null {
  if (item !== null) {
    const part = screen === 'initiatives' ? initiatives(report).find(({ name }) => name === item) : undefined;
    return part?.section ? [part.section] : null;
  }
  switch (screen) {
    case 'home':
      return sectionsOf(report, ['answer', 'promised', 'promises', 'ignorance']);
    case 'value':
      return sectionsOf(report, ['worth']);
    case 'initiatives':
      return sectionsOf(report, ['initiatives', 'plan']).map((section) => (section.id === 'plan' ? section : { ...section, blocks: opening(section) }));
    case 'promised':
      return sectionsOf(report, ['promised', 'promises']);
    case 'claims':
      return claimsOf(report);
    case 'data':
      return [...sectionsOf(report, ['records']), ...risksOf(report), ...sectionsOf(report, ['ignorance'])];
  }
}

function Sections({ screen, sections, report }: { screen: OfReport; sections: Section[]; report: Document }): VNode {
  const { say, place } = useShell();
  return (
    <section class="part">
      {place.item !== null && (
        <p class="back">
          <Link to={turned(place, screen)}>{say.label('ledger')}</Link>
        </p>
      )}
      <Head title={place.item ?? say.label(`screen_${screen}`)} />
      {sections.length === 0 && <p class="prose">{say.label('nothing')}</p>}
      {screen === 'initiatives' && place.item === null && <Ledger report={report} />}
      {sections.map((section) => (
        <SectionUnder section={section} key={section.id} />
      ))}
    </section>
  );
}

/** A section of the report under the name of a screen. */
export function SectionUnder({ section }: { section: Section }): VNode {
  return (
    <section class="under" id={section.id}>
      <h2>{section.title}</h2>
      {section.question && <p class="question">{section.question}</p>}
      <Blocks blocks={section.blocks} />
    </section>
  );
}

/** The way to each initiative's own page. */
function Ledger({ report }: { report: Document }): VNode | null {
  const { say, place } = useShell();
  const all = initiatives(report);
  if (all.length === 0) return null;
  return (
    <nav class="ledger" aria-label={say.label('ledger')}>
      <ul>
        {all.map(({ name }) => (
          <li key={name}>
            <Link to={turned(place, 'initiatives', name)}>{name}</Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
