import type { ComponentChildren, VNode } from 'preact';
import { type Place, writePlace } from './place';
import { useShell } from './shell';

interface LinkProps {
  to: Place;
  current?: boolean;
  children: ComponentChildren;
}

/** A link within the dashboard: the browser's own, but that it loads nothing. */
export function Link({ to, current = false, children }: LinkProps): VNode {
  const { go } = useShell();
  return (
    <a
      href={writePlace(to)}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(() => to);
      }}
    >
      {children}
    </a>
  );
}
