import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Choice, Tools } from '../colors';
import type { Session, Workspace } from './client';
import { messages } from './labels';
import { Link } from './link';
import { moved, SCREENS, start, turned, writePlace } from './place';
import { useShell } from './shell';

/** Names of languages as their readers write them. */
const NAMES: Readonly<Record<string, string>> = { en: 'English', pl: 'Polski', ru: 'Русский', zh: '中文' };

interface FrameProps {
  session: Session;
  choice: Choice;
  choose: (choice: Choice) => void;
  signOut: () => void;
  children: ComponentChildren;
}

/** What stands around every screen: who, where, in which language and colours, and the way to the other screens. */
export function Frame({ session, choice, choose, signOut, children }: FrameProps): VNode {
  const { words, say, place, go } = useShell();
  const [open, setOpen] = useState(false);
  // On a narrow page the lists fold away once they have led somewhere.
  useEffect(() => setOpen(false), [writePlace(place)]);
  const name = session.workspaces.find(({ id }) => id === place.workspace)?.name ?? place.workspace;
  return (
    <>
      <a class="skip" href="#content">
        {say.label('skip')}
      </a>
      <header class={`bar${open ? ' open' : ''}`}>
        {session.workspaces.length > 1 ? (
          <label class="company">
            <span class="unseen">{say.label('workspace')}</span>
            <select value={place.workspace} onChange={(event) => go((old) => moved(old, event.currentTarget.value))}>
              {session.workspaces.map((one) => (
                <option value={one.id} key={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <p class="company">{name}</p>
        )}
        <button type="button" class="act menu" aria-expanded={open} aria-controls="screens" onClick={() => setOpen(!open)}>
          {say.label('menu')}
        </button>
        <div class="tools">
          <label>
            {say.label('language')}{' '}
            <select value={say.language} onChange={(event) => go((old) => ({ ...old, language: event.currentTarget.value }))}>
              {messages.languages.map((language) => (
                <option value={language} lang={language} key={language}>
                  {NAMES[language] ?? language}
                </option>
              ))}
            </select>
          </label>
        </div>
        <Tools words={words} choice={choice} choose={choose} />
        <div class="tools who">
          <span>{session.user.name ?? session.user.email ?? session.user.id}</span>
          <button type="button" onClick={signOut}>
            {say.label('sign_out')}
          </button>
        </div>
      </header>
      <div class="columns">
        <Screens open={open} />
        <main id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  );
}

function Screens({ open }: { open: boolean }): VNode {
  const { say, place } = useShell();
  return (
    <nav class={`contents screens${open ? ' open' : ''}`} id="screens" aria-label={say.label('screens')}>
      <ol>
        {SCREENS.map((screen) => (
          <li key={screen}>
            <Link to={turned(place, screen)} current={screen === place.screen}>
              {say.label(`screen_${screen}`)}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Says that the figures are from before newer records, until they are computed anew. */
export function Stale({ workspace }: { workspace: Workspace }): VNode {
  const { client, say, round, refresh } = useShell();
  const [stale, setStale] = useState(false);
  useEffect(() => {
    setStale(false);
    return client.listen(workspace.id, (news) => {
      if (news.event === 'stale' || news.version !== workspace.data_version) setStale(true);
    });
  }, [client, workspace.id, workspace.data_version, round]);
  return (
    <div class="stale" role="status">
      {stale && (
        <p class="notice">
          {say.label('stale')}{' '}
          <button type="button" class="act" onClick={refresh}>
            {say.label('refresh')}
          </button>
        </p>
      )}
    </div>
  );
}

/** The head of a screen, like that of a section of the report. */
export function Head({ title, question, children }: { title: string; question?: string | undefined; children?: ComponentChildren }): VNode {
  return (
    <header class="part-head">
      <span class="number" />
      <h1>{title}</h1>
      {question && <p class="question">{question}</p>}
      {children}
    </header>
  );
}

/** An address that leads nowhere. */
export function Nowhere({ workspace }: { workspace: string }): VNode {
  const { say } = useShell();
  return (
    <section class="part">
      <Head title={say.label('not_found')} />
      <p>
        <Link to={start(workspace, say.language)}>{say.label('to_home')}</Link>
      </p>
    </section>
  );
}
