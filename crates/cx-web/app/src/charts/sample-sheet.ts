import { LIGHT } from '../theme';
import { wordsOf } from '../words';
import { estimate } from './measure';
import type { Sheet } from './sheet';

/** A sheet for tests: estimated text widths, so that results do not depend on fonts. */
export function sampleSheet(change: Partial<Sheet> = {}): Sheet {
  const language = change.language ?? 'en';
  return {
    width: 860,
    paper: false,
    theme: LIGHT,
    words: wordsOf(language),
    language,
    currency: 'PLN',
    measure: estimate,
    ...change,
  };
}
