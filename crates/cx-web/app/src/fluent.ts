import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';

export type Arguments = Readonly<Record<string, FluentVariable>>;

/** Messages of several languages, with English behind each. */
export class Messages {
  readonly #bundles = new Map<string, FluentBundle>();

  /** From files as `…/pl/page.ftl` → text. */
  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) {
      const language = /([a-z]+)\/[a-z]+\.ftl$/.exec(path)?.[1] ?? 'en';
      // Direction marks around arguments would land in copied text.
      const bundle = this.#bundles.get(language) ?? new FluentBundle(language, { useIsolating: false });
      bundle.addResource(new FluentResource(text));
      this.#bundles.set(language, bundle);
    }
  }

  /** Languages that have files. */
  get languages(): string[] {
    return [...this.#bundles.keys()].sort();
  }

  /** Message ids in one language's files. */
  idsOf(language: string): string[] {
    return [...(this.#bundles.get(language)?._messages.keys() ?? [])];
  }

  /** English where the language is not there; traditional Chinese is another script, so it falls to English too. */
  languageOf(tag: string): string {
    const [first = '', ...parts] = tag.toLowerCase().split('-');
    const traditional = parts.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part));
    return this.#bundles.has(first) && !(first === 'zh' && traditional) ? first : 'en';
  }

  /** One message; English where the language has none. What it is not given stands in braces. */
  say(language: string, id: string, given: Arguments = {}): string {
    for (const one of [language, 'en']) {
      const bundle = this.#bundles.get(one);
      const pattern = bundle?.getMessage(id)?.value;
      if (bundle && pattern) return bundle.formatPattern(pattern, given, []);
    }
    return `{${id}}`;
  }
}
