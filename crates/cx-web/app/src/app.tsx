import type { VNode } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { readView, type View, writeView } from './address';
import { Blocks, Part } from './blocks/section';
import { Tools, useColors } from './colors';
import { Contents } from './contents';
import { Command } from './copy';
import { DerivationPanel } from './derivation';
import type { Document } from './document';
import { type Page, PageContext } from './page';
import { wordsOf } from './words';

/** The whole report. */
export function App({ report }: { report: Document }): VNode {
  const words = wordsOf(report.language);
  const [theme, choice, choose] = useColors();
  const [view, go] = useView();
  const derivations = useMemo(() => new Map(report.derivations.map((d) => [d.finding, d])), [report]);

  const open = useCallback((finding: string) => go((old) => ({ ...old, open: finding }), 'push'), []);
  const close = useCallback(() => go((old) => ({ ...old, open: null }), 'push'), []);
  const showTable = useCallback((chart: string, shown: boolean) => {
    go((old) => {
      if (old.tables.includes(chart) === shown) return old;
      const others = old.tables.filter((id) => id !== chart);
      return { ...old, tables: shown ? [...others, chart] : others };
    }, 'replace');
  }, []);
  const goTo = useCallback((id: string) => {
    go((old) => ({ ...old, at: id }), 'push');
    scrollTo(id);
  }, []);

  useEffect(() => {
    if (view.at !== '') scrollTo(view.at);
    namePages(report);
  }, [report]);
  useEffect(() => unfoldForPaper(), []);

  const page: Page = useMemo(
    () => ({ document: report, words, theme, derivations, view, open, showTable }),
    [report, words, theme, derivations, view],
  );
  const cover = report.sections.filter((section) => section.number === '');
  const parts = useMemo(() => report.sections.filter((section) => section.number !== ''), [report]);
  return (
    <PageContext.Provider value={page}>
      {parts[0] && (
        <a class="skip" href={`#${encodeURIComponent(parts[0].id)}`}>
          {words.skip}
        </a>
      )}
      <header class="cover">
        <Tools words={words} choice={choice} choose={choose} />
        <p class="company">{report.company}</p>
        <h1 class="title">{report.title}</h1>
        {!report.title.includes(report.period) && <p class="period">{report.period}</p>}
        {report.as_of !== '' && (
          <p class="as-of">
            {words.as_of} {report.as_of}
          </p>
        )}
        {cover.map((section) => (
          <Blocks blocks={section.blocks} key={section.id} />
        ))}
      </header>
      <div class="columns">
        <Contents sections={parts} onGo={goTo} />
        <main>
          {parts.map((section) => (
            <Part section={section} key={section.id} />
          ))}
        </main>
      </div>
      <footer class="colophon">
        <h2>{words.about}</h2>
        <dl class="steps">
          <dt>{words.version}</dt>
          <dd>cx {report.version}</dd>
          <dt>{words.input_hash}</dt>
          <dd>
            <code class="step">{report.input_hash}</code>
          </dd>
          <dt>{words.reproduce}</dt>
          <dd>
            <Command text={report.command} />
          </dd>
        </dl>
      </footer>
      <DerivationPanel shown={(view.open !== null && derivations.get(view.open)) || null} onClose={close} />
    </PageContext.Provider>
  );
}

type Go = (change: (old: View) => View, how: 'push' | 'replace') => void;

/** What the page shows, kept in step with its address both ways. */
function useView(): [View, Go] {
  const [view, setView] = useState(() => readView(location.hash));
  useEffect(() => {
    const follow = (): void => setView(readView(location.hash));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go: Go = useCallback((change, how) => {
    const old = readView(location.hash);
    const next = change(old);
    if (next === old) return;
    const address = writeView(next) || location.pathname + location.search;
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    setView(next);
  }, []);
  return [view, go];
}

function scrollTo(id: string): void {
  document.getElementById(id)?.scrollIntoView();
}

/** Doubts and side tables are folded on the screen; on paper they stand open. */
function unfoldForPaper(): () => void {
  let unfolded: HTMLDetailsElement[] = [];
  const unfold = (): void => {
    unfolded = [...document.querySelectorAll<HTMLDetailsElement>('.caveats:not([open]), .fold:not([open])')];
    for (const one of unfolded) one.open = true;
  };
  const fold = (): void => {
    for (const one of unfolded) one.open = false;
  };
  addEventListener('beforeprint', unfold);
  addEventListener('afterprint', fold);
  return () => {
    removeEventListener('beforeprint', unfold);
    removeEventListener('afterprint', fold);
  };
}

/** Company and title at the foot of every printed page, beside the number. */
function namePages(report: Document): void {
  const name = `${report.company} · ${report.title}`.replaceAll(/["\\]/g, '\\$&').replaceAll(/\s+/g, ' ');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `@page { @bottom-left { content: "${name}"; color: #565c65; font: 8pt system-ui, "Noto Sans", "Liberation Sans", "Noto Sans CJK SC", sans-serif; } }`,
  );
  document.adoptedStyleSheets = [sheet];
}
