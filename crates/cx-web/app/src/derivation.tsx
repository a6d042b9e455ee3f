import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useAbsence } from './blocks/marks';
import { Command } from './copy';
import type { Derivation, Fact } from './document';
import { usePage } from './page';

const FOCUSABLE = 'button, a[href], [tabindex="0"], summary';

/** The panel that says how a figure came about. */
export function DerivationPanel({ shown, onClose }: { shown: Derivation | null; onClose: () => void }): VNode {
  const { words } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  const opener = useRef<HTMLElement | null>(null);
  const finding = shown?.finding ?? null;

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (finding !== null && !element.open) {
      opener.current = opened(finding);
      element.showModal();
    } else if (finding === null && element.open) {
      element.close();
      opener.current?.focus();
    }
    element.scrollTop = 0;
  }, [finding]);

  return (
    <dialog
      ref={dialog}
      class="panel-side"
      aria-labelledby="derivation-name"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => keepInside(event, dialog.current)}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {shown && (
        <div class="panel-body derivation">
          <div class="panel-top">
            <p class="label">{words.derivation}</p>
            <button type="button" class="close" onClick={onClose}>
              {words.close} <span aria-hidden="true">✕</span>
            </button>
          </div>
          <Steps derivation={shown} />
        </div>
      )}
    </dialog>
  );
}

/** The control that opened the panel, or the first that could have: a link leads straight to the open panel. */
function opened(finding: string): HTMLElement | null {
  const active = document.activeElement;
  if (active instanceof HTMLElement && active !== document.body) return active;
  return document.querySelector<HTMLElement>(`[data-finding="${CSS.escape(finding)}"]`);
}

/** Tab goes round inside the panel. */
function keepInside(event: KeyboardEvent, dialog: HTMLDialogElement | null): void {
  if (event.key !== 'Tab' || !dialog) return;
  const stops = [...dialog.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [first, last] = [stops[0], stops.at(-1)];
  const active = document.activeElement;
  if (event.shiftKey && (active === first || active === dialog)) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && active === last) {
    event.preventDefault();
    first?.focus();
  }
}

function Steps({ derivation }: { derivation: Derivation }): VNode {
  const { words } = usePage();
  const absence = useAbsence();
  const { figure } = derivation;
  return (
    <>
      <h2 class="name" id="derivation-name">
        {derivation.name}
      </h2>
      <code class="metric">{derivation.metric}</code>
      <p class="result">
        {figure.value === null ? (
          <span class="absent">{absence(figure)}</span>
        ) : (
          <>
            <strong>{figure.text}</strong> <span class="interval">{figure.interval}</span>
          </>
        )}
        {figure.n && <span class="n"> n = {figure.n}</span>}
      </p>
      {derivation.meaning && <p class="meaning">{derivation.meaning}</p>}
      <dl class="steps">
        <Step label={words.formula}>{derivation.formula && <code class="step">{derivation.formula}</code>}</Step>
        <Pairs label={words.inputs} facts={derivation.inputs} />
        <Step label={words.population}>{derivation.population}</Step>
        <Step label={words.interval}>{derivation.interval}</Step>
        <Step label={words.caveats}>
          {figure.caveats.length > 0 && (
            <ul class="plain">
              {figure.caveats.map((caveat) => (
                <li key={caveat}>{caveat}</li>
              ))}
            </ul>
          )}
        </Step>
        <Step label={words.source}>{derivation.source}</Step>
        <Pairs label={words.files} facts={derivation.files} />
        <Step label={words.explain}>{derivation.command && <Command text={derivation.command} />}</Step>
      </dl>
    </>
  );
}

/** A label and its content; nothing where there is no content. */
function Step({ label, children }: { label: string; children: ComponentChildren }): VNode | null {
  if (!children) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Pairs({ label, facts }: { label: string; facts: Fact[] }): VNode | null {
  if (facts.length === 0) return null;
  return (
    <Step label={label}>
      <table class="pairs">
        <tbody>
          {facts.map((fact, at) => (
            <tr key={at}>
              <th scope="row">{fact.label}</th>
              <td>{fact.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Step>
  );
}
