import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Section } from './document';
import { usePage } from './page';

/** The sections, with the one being read marked. */
export function Contents({ sections, onGo }: { sections: Section[]; onGo: (id: string) => void }): VNode {
  const { words } = usePage();
  const current = useCurrent(sections);
  return (
    <nav class="contents" aria-label={words.contents}>
      <ol>
        {sections.map((section) => (
          <li key={section.id}>
            <a
              href={`#${encodeURIComponent(section.id)}`}
              aria-current={section.id === current ? 'true' : undefined}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                onGo(section.id);
              }}
            >
              <span class="number">{section.number}</span> {section.title}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The section that crosses a line a quarter down the window. */
function useCurrent(sections: Section[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting) setCurrent(target.id);
        }
      },
      { rootMargin: '-25% 0px -75% 0px' },
    );
    for (const { id } of sections) {
      const element = document.getElementById(id);
      if (element) observer.observe(element);
    }
    return () => observer.disconnect();
  }, [sections]);
  return current;
}
