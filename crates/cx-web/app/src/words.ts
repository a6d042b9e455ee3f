import all from '#page/words.json';

/** The labels of the page in one language. */
export type Words = typeof all.en;

/** English where the language is not there; traditional Chinese is another script, so it falls to English too. */
export function wordsOf(tag: string): Words {
  const [language = '', ...parts] = tag.toLowerCase().split('-');
  const traditional = parts.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part));
  if (language === 'zh' && traditional) return all.en;
  return (all as Record<string, Words>)[language] ?? all.en;
}
