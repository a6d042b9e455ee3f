import type { ComponentChildren, VNode } from 'preact';
import paths from '#page/marks.json';
import type { Figure, Tone } from '../document';
import { usePage } from '../page';

/** The sign for a tone: a shape for the eye, a word for everybody else. */
export function ToneMark({ tone }: { tone: Tone }): VNode {
  const { words } = usePage();
  return (
    <>
      <svg class={`mark tone-${tone}`} viewBox="0 0 20 20" aria-hidden="true">
        <path d={paths[tone]} />
      </svg>
      <span class="unseen">{words[tone]}: </span>
    </>
  );
}

/** Text that opens its derivation, where there is one. */
export function Opens({ finding, children }: { finding: string | null; children: ComponentChildren }): VNode {
  const { derivations, open } = usePage();
  if (finding === null || !derivations.has(finding)) return <>{children}</>;
  return (
    <button type="button" class="opens" aria-haspopup="dialog" data-finding={finding} onClick={() => open(finding)}>
      {children}
    </button>
  );
}

/** Doubts about a figure, folded away behind a small mark. */
export function Caveats({ figure }: { figure: Figure }): VNode | null {
  const { words } = usePage();
  if (figure.caveats.length === 0) return null;
  return (
    <details class="caveats">
      <summary>
        {words.caveats} ({figure.caveats.length})
      </summary>
      <ul>
        {figure.caveats.map((caveat) => (
          <li key={caveat}>{caveat}</li>
        ))}
      </ul>
    </details>
  );
}

/** Why a figure has no number. */
export function useAbsence(): (figure: Figure) => string {
  const { words } = usePage();
  return (figure) => figure.absent ?? words.not_given;
}
