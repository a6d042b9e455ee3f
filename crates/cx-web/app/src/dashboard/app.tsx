import type { VNode } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useColors } from '../colors';
import { wordsOf } from '../words';
import { Client, Problem, type Session } from './client';
import { Door } from './door';
import { Frame, Nowhere, Stale } from './frame';
import { Say } from './labels';
import { Trouble, useLoad, Waiting, When } from './load';
import { type Place, readPlace, start, writePlace } from './place';
import { Screen } from './screens/screen';
import { type Shell, ShellContext, useShell } from './shell';

const here = (): Place | null => readPlace(location.pathname, location.search);

/** The dashboard. */
export function Dashboard({ client }: { client: Client }): VNode | null {
  const [theme, choice, choose] = useColors();
  const [place, setPlace] = useState(here);
  const [session, setSession] = useState<Session | null | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);
  const language = place?.language || new URLSearchParams(location.search).get('lang') || navigator.language;
  const say = useMemo(() => new Say(language), [language]);

  useEffect(() => {
    const follow = (): void => setPlace(here());
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  useEffect(() => {
    client.onStranger = () => setSession(null);
    setProblem(null);
    client.session().then(setSession, (error: unknown) => setProblem(error instanceof Problem ? error : new Problem({ detail: String(error) })));
    return () => {
      client.onStranger = null;
    };
    // Who is signed in is asked again only where that failed.
  }, [client, session === undefined ? round : 0]);
  useEffect(() => {
    document.documentElement.lang = say.language === 'zh' ? 'zh-Hans' : say.language;
  }, [say]);

  const fallback = session?.workspaces[0]?.id;
  useEffect(() => {
    if (fallback === undefined || here() !== null || location.pathname !== '/') return;
    const first = start(fallback, new URLSearchParams(location.search).get('lang') ?? '');
    history.replaceState(null, '', writePlace(first));
    setPlace(first);
  }, [fallback]);

  const go: Shell['go'] = useCallback((change, how = 'push') => {
    const old = here();
    if (old === null) return;
    const next = change(old);
    const address = writePlace(next);
    if (address === writePlace(old)) return;
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    setPlace(next);
  }, []);
  const refresh = useCallback(() => setRound((old) => old + 1), []);

  const standing = place ?? start(fallback ?? '', '');
  const shell: Shell = useMemo(
    () => ({ client, words: wordsOf(say.language), say, theme, place: standing, go, round, refresh }),
    [client, say, theme, writePlace(standing), go, round, refresh],
  );
  const inside = (): VNode => {
    if (problem) return <Trouble problem={problem} />;
    if (session === undefined) return <Waiting job={null} />;
    if (session === null) return <Door client={client} say={say} enter={setSession} />;
    const signOut = (): void => {
      client.signOut().then(() => setSession(null), () => setSession(null));
    };
    return (
      <Frame session={session} choice={choice} choose={choose} signOut={signOut}>
        {session.workspaces.length === 0 ? (
          <p class="prose">{say.label('no_workspaces')}</p>
        ) : session.workspaces.some(({ id }) => id === place?.workspace) ? (
          <Standing />
        ) : (
          <Nowhere workspace={fallback ?? ''} />
        )}
      </Frame>
    );
  };
  return <ShellContext.Provider value={shell}>{inside()}</ShellContext.Provider>;
}

/** The workspace that the reader stands in, and its screen. */
function Standing(): VNode {
  const { client, say, place } = useShell();
  const loaded = useLoad(place.workspace, (asking) => client.workspace(place.workspace, asking));
  const title = say.label(`screen_${place.screen}`);
  const name = loaded.state === 'ready' ? loaded.value.name : place.workspace;
  useEffect(() => {
    document.title = [place.item, title, name].filter((part) => part !== null).join(' · ');
  }, [place.item, title, name]);

  // A reader who turned to another screen begins at its top, by eye and by voice.
  const turn = `${place.workspace}/${place.screen}/${place.item ?? ''}`;
  const before = useRef(turn);
  useEffect(() => {
    if (before.current === turn) return;
    before.current = turn;
    scrollTo(0, 0);
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [turn]);
  return (
    <When loaded={loaded}>
      {(workspace) => (
        <>
          <Stale workspace={workspace} />
          <Screen workspace={workspace} key={workspace.id} />
        </>
      )}
    </When>
  );
}
