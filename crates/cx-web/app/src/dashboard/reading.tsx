import type { ComponentChildren, VNode } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { DerivationPanel } from '../derivation';
import type { Derivation } from '../document';
import { type Page, PageContext } from '../page';
import { Writer } from './figures';
import { useShell } from './shell';

interface ReadingProps {
  language: string;
  currency: string | null;
  /** How the figures of this view came about. */
  derivations: readonly Derivation[];
  children: ComponentChildren;
}

/** A view that shows figures with the report's own parts; each opens its derivation. */
export function Reading({ language, currency, derivations, children }: ReadingProps): VNode {
  const { words, theme, place, go } = useShell();
  const { open: opened } = place;
  const here = useMemo(() => new Map(derivations.map((one) => [one.finding, one])), [derivations]);
  const asked = useExplained(opened !== null && !here.has(opened) ? opened : null, currency);
  const known = useMemo(() => (asked ? new Map([...here, [asked.finding, asked]]) : here), [here, asked]);

  const open = useCallback((finding: string) => go((old) => ({ ...old, open: finding })), [go]);
  const close = useCallback(() => go((old) => ({ ...old, open: null })), [go]);
  const showTable = useCallback(
    (chart: string, shown: boolean) => {
      go((old) => {
        if (old.tables.includes(chart) === shown) return old;
        const others = old.tables.filter((id) => id !== chart);
        return { ...old, tables: shown ? [...others, chart] : others };
      }, 'replace');
    },
    [go],
  );
  const reading = useMemo(() => ({ language, currency }), [language, currency]);
  const page: Page = useMemo(
    () => ({
      document: reading,
      words,
      theme,
      derivations: known,
      view: { at: '', open: opened, tables: place.tables },
      open,
      showTable,
    }),
    [reading, words, theme, known, opened, place.tables, open, showTable],
  );
  return (
    <PageContext.Provider value={page}>
      {children}
      <DerivationPanel shown={(opened !== null && known.get(opened)) || null} onClose={close} />
    </PageContext.Provider>
  );
}

/** A finding that a link names and the view does not hold: the server explains it. */
function useExplained(finding: string | null, currency: string | null): Derivation | null {
  const { client, say, place, go } = useShell();
  const [told, setTold] = useState<Derivation | null>(null);
  useEffect(() => {
    setTold(null);
    if (finding === null) return undefined;
    const stop = new AbortController();
    client.finding(place.workspace, finding, { signal: stop.signal }).then(
      (explained) => {
        const derivation = new Writer(say, currency).ofExplained(explained);
        if (derivation) setTold({ ...derivation, finding });
      },
      () => {
        // A link to a finding that is no more shows the view without it.
        if (!stop.signal.aborted) go((old) => ({ ...old, open: null }), 'replace');
      },
    );
    return () => stop.abort();
  }, [client, finding, place.workspace, currency]);
  return told;
}
