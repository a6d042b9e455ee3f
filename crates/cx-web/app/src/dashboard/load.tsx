import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Job, Problem } from './client';
import { sentence } from './figures';
import { useShell } from './shell';

/** An answer on its way, here, or refused. */
export type Loaded<T> =
  | { state: 'loading'; job: Job | null }
  | { state: 'ready'; value: T }
  | { state: 'failed'; problem: Problem };

type Load<T> = (asking: { signal: AbortSignal; onProgress: (job: Job) => void }) => Promise<T>;

/**
 * What `load` answers, asked for again when the key changes or the reader
 * wants new figures. An answer to an earlier question is never shown.
 */
export function useLoad<T>(key: string, load: Load<T>): Loaded<T> {
  const { round } = useShell();
  const question = `${round}\n${key}`;
  const [held, setHeld] = useState<{ question: string; loaded: Loaded<T> } | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const hold = (loaded: Loaded<T>): void => {
      if (!stop.signal.aborted) setHeld({ question, loaded });
    };
    load({ signal: stop.signal, onProgress: (job) => hold({ state: 'loading', job }) }).then(
      (value) => hold({ state: 'ready', value }),
      (error: unknown) => hold({ state: 'failed', problem: asProblem(error) }),
    );
    return () => stop.abort();
  }, [question]);
  return held?.question === question ? held.loaded : { state: 'loading', job: null };
}

function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem({ kind: 'internal', detail: String(error) });
}

interface WhenProps<T> {
  loaded: Loaded<T>;
  children: (value: T) => ComponentChildren;
}

/** The answer, or how far it is, or why there is none. */
export function When<T>({ loaded, children }: WhenProps<T>): VNode {
  if (loaded.state === 'loading') return <Waiting job={loaded.job} />;
  if (loaded.state === 'failed') return <Trouble problem={loaded.problem} />;
  return <>{children(loaded.value)}</>;
}

export function Waiting({ job }: { job: Job | null }): VNode {
  const { say } = useShell();
  return (
    <div class="waiting" role="status">
      <p>{say.label(job ? 'computing' : 'loading')}</p>
      {job && <progress aria-label={say.label('computing')} />}
      {job?.progress && <p class="note">{job.progress}</p>}
    </div>
  );
}

/** A problem in the place and form of a figure that is not given: what, why, and what helps. */
export function Trouble({ problem, again = true }: { problem: Problem; again?: boolean }): VNode {
  const { say, refresh } = useShell();
  const { details, request } = problem;
  const away = details.kind === 'unreachable';
  const { file, line, column } = details;
  const place = file === undefined ? '' : [file, line, column].filter((part) => part !== undefined).join(':');
  return (
    <div class="refusals trouble" role="alert">
      <article class="refusal">
        <h2 class="name">{away ? say.label('unreachable') : (details.title ?? say.label('problem'))}</h2>
        <p class="verdict">{say.label('problem')}</p>
        <p class="reason">
          {sentence(details.detail ?? '')}
          {place !== '' && <code class="where">{place}</code>}
          {details.value !== undefined && <code class="where">{details.value}</code>}
        </p>
        <div class="lift">
          {(details.help !== undefined || away) && (
            <p>
              <strong class="label">{say.label('mend')}</strong> {sentence(details.help ?? say.label('unreachable_help'))}
            </p>
          )}
          {request !== null && (
            <p class="note">
              {say.label('request')} <code>{request}</code>
            </p>
          )}
          {again && (
            <button type="button" class="act" onClick={refresh}>
              {say.label('try_again')}
            </button>
          )}
        </div>
      </article>
    </div>
  );
}
