import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { DARK, LIGHT, type Theme } from './theme';
import type { Words } from './words';

export type Choice = 'auto' | 'light' | 'dark';

const KEY = 'cx-colors';

/** The reader's choice, kept where the browser lets a file keep anything. */
function kept(): Choice {
  try {
    const choice = localStorage.getItem(KEY);
    return choice === 'light' || choice === 'dark' ? choice : 'auto';
  } catch {
    return 'auto';
  }
}

function keep(choice: Choice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** The colours in use, and how to choose others. */
export function useColors(): [Theme, Choice, (choice: Choice) => void] {
  const [choice, setChoice] = useState(kept);
  const [systemDark, setSystemDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => setSystemDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  useEffect(() => {
    if (choice === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = choice;
    keep(choice);
  }, [choice]);
  const dark = choice === 'auto' ? systemDark : choice === 'dark';
  return [dark ? DARK : LIGHT, choice, setChoice];
}

interface ToolsProps {
  words: Words;
  choice: Choice;
  choose: (choice: Choice) => void;
}

/** Colours and printing. */
export function Tools({ words, choice, choose }: ToolsProps): VNode {
  const names: [Choice, string][] = [
    ['auto', words.theme_auto],
    ['light', words.theme_light],
    ['dark', words.theme_dark],
  ];
  return (
    <div class="tools">
      <label>
        {words.theme}{' '}
        <select value={choice} onChange={(event) => choose(event.currentTarget.value as Choice)}>
          {names.map(([value, name]) => (
            <option value={value} key={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => print()}>
        {words.print}
      </button>
    </div>
  );
}
