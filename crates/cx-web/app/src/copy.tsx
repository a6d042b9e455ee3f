import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { usePage } from './page';

/** A command as it is typed, with a button that copies it. */
export function Command({ text }: { text: string }): VNode {
  const { words } = usePage();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    setCopied(await toClipboard(text));
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div class="command">
      <code class="step">{text}</code>
      <button type="button" class="copy" onClick={() => void copy()}>
        <span aria-live="polite">{copied ? words.copied : words.copy}</span>
      </button>
    </div>
  );
}

/** Some browsers keep the clipboard from pages opened as files; the old way works there. */
async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'unseen';
    // Inside an open dialog only its own content can be selected.
    (document.querySelector('dialog[open]') ?? document.body).append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
