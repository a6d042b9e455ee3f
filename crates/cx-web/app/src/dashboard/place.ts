/**
 * Where the reader is: workspace, screen, and everything the screen shows,
 * all of it in the address, so that a link leads to the same view:
 * `/w/baltyk/metrics/nps?by=region&from=2026-01-01&lang=pl&open=nps`.
 */

export const SCREENS = [
  'home',
  'metrics',
  'segments',
  'value',
  'initiatives',
  'simulator',
  'promised',
  'claims',
  'data',
] as const;

export type Screen = (typeof SCREENS)[number];

export interface Place {
  workspace: string;
  screen: Screen;
  /** One thing of the screen: a metric, an initiative. */
  item: string | null;
  /** Language of labels and texts; empty for the browser's. */
  language: string;
  /** Finding whose derivation is open. */
  open: string | null;
  /** Charts whose table is open. */
  tables: readonly string[];
  /** What the screen asks for besides. */
  asked: Asked;
}

/** What is asked, each key with its values in order. */
export type Asked = Readonly<Record<string, readonly string[]>>;

/** These go along when the reader turns to another screen. */
const KEPT = ['from', 'to', 'where'];

/** Keys with a field of their own. */
const OWN = ['lang', 'open', 'table'];

/** The place of an address; nothing where it leads nowhere. */
export function readPlace(path: string, search: string): Place | null {
  const parts = path.split('/').filter((part) => part !== '');
  const [root, workspace, screen = 'home', item, ...more] = parts.map(decoded);
  if (root !== 'w' || workspace === undefined || more.length > 0 || !isScreen(screen)) return null;
  const query = new URLSearchParams(search);
  const asked: Record<string, string[]> = {};
  for (const key of new Set(query.keys())) {
    const values = query.getAll(key).filter((value) => value !== '');
    if (!OWN.includes(key) && values.length > 0) asked[key] = values;
  }
  return {
    workspace,
    screen,
    item: item ?? null,
    language: query.get('lang') ?? '',
    open: query.get('open') || null,
    tables: query.getAll('table').filter((id) => id !== ''),
    asked,
  };
}

export function writePlace(place: Place): string {
  const { workspace, screen, item } = place;
  const parts = ['w', workspace, ...(screen === 'home' && item === null ? [] : [screen]), ...(item === null ? [] : [item])];
  const query = new URLSearchParams();
  for (const [key, values] of Object.entries(place.asked)) for (const value of values) query.append(key, value);
  if (place.language !== '') query.set('lang', place.language);
  if (place.open !== null) query.set('open', place.open);
  for (const id of place.tables) query.append('table', id);
  return `/${parts.map(encodeURIComponent).join('/')}${query.size > 0 ? `?${query}` : ''}`;
}

/** Another screen, or another thing of it: language, period and filter stay. */
export function turned(place: Place, screen: Screen, item: string | null = null): Place {
  const asked = Object.fromEntries(Object.entries(place.asked).filter(([key]) => KEPT.includes(key)));
  return { ...place, screen, item, open: null, tables: [], asked };
}

/** Home of another workspace. */
export function moved(place: Place, workspace: string): Place {
  return { ...turned(place, 'home'), workspace, asked: {} };
}

/** The same screen, asked for something else; empty values ask for nothing. */
export function asking(place: Place, change: Readonly<Record<string, string | readonly string[]>>): Place {
  const asked: Record<string, readonly string[]> = { ...place.asked };
  for (const [key, value] of Object.entries(change)) {
    const values = (typeof value === 'string' ? [value] : value).filter((one) => one !== '');
    if (values.length > 0) asked[key] = values;
    else delete asked[key];
  }
  return { ...place, asked };
}

/** The one value of a key; empty where it is not asked for. */
export function one(place: Place, key: string): string {
  return place.asked[key]?.[0] ?? '';
}

export function start(workspace: string, language = ''): Place {
  return { workspace, screen: 'home', item: null, language, open: null, tables: [], asked: {} };
}

function isScreen(word: string): word is Screen {
  return (SCREENS as readonly string[]).includes(word);
}

/** A half-written `%` in a link that someone typed is not worth an error. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
