import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Theme } from '../theme';
import type { Words } from '../words';
import type { Client } from './client';
import type { Say } from './labels';
import type { Place } from './place';

/** What every screen may need. */
export interface Shell {
  client: Client;
  /** Words of the report's own parts. */
  words: Words;
  say: Say;
  theme: Theme;
  place: Place;
  /** Turns to another place; `replace` leaves no step to go back to. */
  go: (change: (old: Place) => Place, how?: 'push' | 'replace') => void;
  /** Grows when figures are to be computed anew. */
  round: number;
  refresh: () => void;
}

export const ShellContext = createContext<Shell | null>(null);

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error('this part stands outside of the shell');
  return shell;
}
