import { Messages } from './fluent';

/** Labels that the page has with and without its script; `page.ftl` holds them. */
export const PAGE = [
  'contents', 'as_of', 'about', 'version', 'input_hash', 'reproduce', 'good', 'bad', 'warning', 'neutral',
  'target', 'not_given', 'caveats', 'formula', 'inputs', 'population', 'interval', 'source', 'files', 'explain',
  'lift', 'unlocks', 'change_none', 'change_up', 'change_down',
] as const;

/** Labels that only the application shows; `application.ftl` holds them. */
export const APPLICATION = [
  'skip', 'copy', 'copied', 'print', 'theme', 'theme_auto', 'theme_light', 'theme_dark', 'chart', 'table',
  'derivation', 'close', 'key_value', 'key_band', 'key_partial', 'key_overall', 'key_shrunk', 'key_better',
  'key_worse', 'key_other', 'key_same', 'key_level', 'key_gain', 'key_loss', 'key_limits', 'key_center',
  'key_signal', 'key_total', 'key_median', 'key_censored', 'key_at_risk', 'key_apart', 'key_not_apart',
  'key_actual', 'key_fitted', 'key_bounds', 'key_before', 'key_since', 'key_start', 'key_zero',
  'key_above', 'key_below', 'key_points', 'key_input_low', 'key_input_high', 'key_middle', 'key_grade', 'key_best',
  'scale_worse', 'scale_better', 'scale_low', 'scale_high',
] as const;

/** The labels of the page in one language. */
export type Words = Readonly<Record<(typeof PAGE)[number] | (typeof APPLICATION)[number], string>>;

/** The catalogue's files, shared with the Rust side. */
const messages = new Messages(
  import.meta.glob<string>(['#messages/*/page.ftl', '#messages/*/application.ftl'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);

/** Message ids in one language's files. */
export function idsOf(language: string): string[] {
  return messages.idsOf(language);
}

/** Languages that have files. */
export const languages = messages.languages;

/** The message id of a label. */
export function idOf(key: keyof Words): string {
  const file = (PAGE as readonly string[]).includes(key) ? 'page' : 'application';
  return `${file}-${key.replaceAll('_', '-')}`;
}

const made = new Map<string, Words>();

/** The labels for a BCP 47 tag; English where the language or a message is not there. */
export function wordsOf(tag: string): Words {
  const language = messages.languageOf(tag);
  const words = made.get(language) ?? read(language);
  made.set(language, words);
  return words;
}

function read(language: string): Words {
  const labels = [...PAGE, ...APPLICATION].map((key) => [key, messages.say(language, idOf(key))]);
  return Object.fromEntries(labels) as unknown as Words;
}
