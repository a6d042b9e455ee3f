import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { View } from './address';
import { measurer } from './charts/measure';
import type { Sheet } from './charts/sheet';
import type { Derivation, Document } from './document';
import { PRINT, type Theme } from './theme';
import type { Words } from './words';

/** What every part of the page may need. */
export interface Page {
  /** Language and currency of the numbers on the axes. */
  document: Pick<Document, 'language' | 'currency'>;
  words: Words;
  theme: Theme;
  derivations: ReadonlyMap<string, Derivation>;
  view: View;
  /** Opens the derivation of a finding. */
  open: (finding: string) => void;
  /** Shows or hides the table of a chart. */
  showTable: (chart: string, shown: boolean) => void;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error('this part stands outside of a page');
  return page;
}

/** What a chart of this page is drawn on. */
export function sheetOf(page: Page, width: number, paper = false): Sheet {
  const { language, currency } = page.document;
  const theme = paper ? PRINT : page.theme;
  return { width, paper, theme, words: page.words, language, currency, measure: measurer(theme.font) };
}
