/** Which metric is meant. */

/** The id of a metric in its key: `fcr_window:14d` is a form of `fcr_window`. */
export function idOf(key: string): string {
  return key.split(/[:[]/)[0] ?? key;
}

/** Every word that is sought stands in one of the texts. */
export function matches(sought: string, ...texts: string[]): boolean {
  const whole = texts.join('\n').toLowerCase();
  return sought.toLowerCase().split(/\s+/).every((word) => whole.includes(word));
}
