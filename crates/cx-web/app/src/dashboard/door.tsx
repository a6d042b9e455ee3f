import type { ComponentChildren, InputHTMLAttributes, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { type Client, Problem, type Session } from './client';
import { sentence } from './figures';
import type { Label, Say } from './labels';

interface DoorProps {
  client: Client;
  say: Say;
  enter: (session: Session) => void;
}

/** Who comes in, and by what: a password, or the one-time link of the first start. */
export function Door({ client, say, enter }: DoorProps): VNode {
  // The token stands behind the #, so that no log on the way holds it.
  const first = location.pathname === '/first';
  const [token] = useState(() => location.hash.slice(1));
  if (!first) {
    return (
      <Entrance
        say={say}
        title="sign_in"
        fields={['email', 'password']}
        act="sign_in"
        current
        submit={async (form) => enter(await client.signIn(form('email'), form('password')))}
      />
    );
  }
  return (
    <Entrance
      say={say}
      title="first_title"
      note={token === '' ? 'first_missing' : 'first_note'}
      fields={token === '' ? [] : ['name', 'email', 'password']}
      act="create"
      submit={async (form) => {
        const session = await client.first({ token, name: form('name'), email: form('email'), password: form('password') });
        // A link that is used up is no place to come back to.
        history.replaceState(null, '', '/');
        enter(session);
      }}
    />
  );
}

/** Characters of a new password. */
const LEAST = 12;

type Field = 'name' | 'email' | 'password';

interface EntranceProps {
  say: Say;
  title: Label;
  note?: Label;
  fields: Field[];
  act: Label;
  /** The password is one that exists. */
  current?: boolean;
  submit: (form: (field: Field) => string) => Promise<void>;
}

function Entrance({ say, title, note, fields, act, current = false, submit }: EntranceProps): VNode {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (element: HTMLFormElement): Promise<void> => {
    const given = new FormData(element);
    setBusy(true);
    setProblem(null);
    try {
      await submit((field) => String(given.get(field) ?? ''));
    } catch (error) {
      setBusy(false);
      setProblem(error instanceof Problem ? error : new Problem({ detail: String(error) }));
    }
  };
  const kinds: Record<Field, InputHTMLAttributes<HTMLInputElement>> = {
    name: { type: 'text', autocomplete: 'name' },
    email: { type: 'email', autocomplete: 'username' },
    password: current
      ? { type: 'password', autocomplete: 'current-password' }
      : { type: 'password', autocomplete: 'new-password', minLength: LEAST },
  };
  return (
    <main class="door">
      <h1 class="title">{say.label(title)}</h1>
      {note && <p class="prose">{say.label(note)}</p>}
      {fields.length > 0 && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void send(event.currentTarget);
          }}
        >
          {fields.map((field) => (
            <label class="field" key={field}>
              <span>{say.label(field)}</span>
              <input {...kinds[field]} name={field} required />
            </label>
          ))}
          <button type="submit" class="act main" disabled={busy}>
            {say.label(act)}
          </button>
        </form>
      )}
      {problem && <Why problem={problem} say={say} />}
    </main>
  );
}

function Why({ problem, say }: { problem: Problem; say: Say }): VNode {
  const { kind, title, detail, help } = problem.details;
  const lines: ComponentChildren[] =
    kind === 'unreachable'
      ? [say.label('unreachable'), say.label('unreachable_help')]
      : [sentence(detail ?? title ?? say.label('problem')), help && sentence(help)];
  return (
    <div class="notice" role="alert">
      {lines.map((line, at) => line !== undefined && <p key={at}>{line}</p>)}
    </div>
  );
}
