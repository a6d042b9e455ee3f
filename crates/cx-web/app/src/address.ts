/**
 * What the page shows, kept in the part of the address after `#`, so that a
 * link leads to the same view: `#groups?open=nps_rel&table=regions`.
 *
 * The section comes first and alone where nothing is open, so that plain
 * anchors work with and without the script.
 */
export interface View {
  /** Section or chart the page stands at; empty for the top. */
  at: string;
  /** Finding whose derivation is open. */
  open: string | null;
  /** Charts whose table is open. */
  tables: readonly string[];
}

export const START: View = { at: '', open: null, tables: [] };

export function readView(hash: string): View {
  const text = hash.replace(/^#/, '');
  const cut = text.indexOf('?');
  const at = cut < 0 ? text : text.slice(0, cut);
  const query = new URLSearchParams(cut < 0 ? '' : text.slice(cut + 1));
  const tables = query.getAll('table').filter((id) => id !== '');
  return { at: decoded(at), open: query.get('open') || null, tables };
}

export function writeView(view: View): string {
  const query = new URLSearchParams();
  if (view.open !== null) query.set('open', view.open);
  for (const id of view.tables) query.append('table', id);
  const tail = query.size > 0 ? `?${query}` : '';
  const head = encodeURIComponent(view.at);
  return head === '' && tail === '' ? '' : `#${head}${tail}`;
}

/** A half-written `%` in a link that someone typed is not worth an error. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
