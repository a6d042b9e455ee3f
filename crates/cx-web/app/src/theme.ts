import tokens from '#page/style/tokens.css?raw';

const NAMES = [
  'paper',
  'raised',
  'ink',
  'soft',
  'rule',
  'faint',
  'accent',
  'good',
  'bad',
  'warning',
  'neutral',
  'second',
  'third',
  'fourth',
] as const;

export type ColorName = (typeof NAMES)[number];

/** The colours and the font that charts draw with; the page's style holds the only list. */
export type Theme = Record<ColorName, string> & { readonly dark: boolean; readonly font: string };

/** The words between `start` and the `;` after it. */
function declared(start: string): string {
  const value = tokens.split(start)[1]?.split(';')[0];
  if (value === undefined) throw new Error(`the page's style has no ${start}`);
  return value.replaceAll(/\s+/g, ' ').trim();
}

function read(dark: boolean): Theme {
  const colors = NAMES.map((name) => {
    const pair = /^light-dark\((#\w+), (#\w+)\)$/.exec(declared(`--${name}:`));
    const color = pair?.[dark ? 2 : 1];
    if (color === undefined) throw new Error(`--${name} is not a pair of colours`);
    return [name, color];
  });
  return { ...(Object.fromEntries(colors) as Record<ColorName, string>), dark, font: declared('--sans:') };
}

export const LIGHT = read(false);
export const DARK = read(true);

/** On paper: the light colours on pure white. */
export const PRINT: Theme = { ...LIGHT, paper: '#ffffff' };

type Rgb = [number, number, number];

export function rgb(color: string): Rgb {
  const part = (at: number): number => Number.parseInt(color.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/** From one colour to another: 0 is the first, 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [rgb(from), rgb(to)];
  const parts = a.map((x, i) => Math.round(x + ((b[i] ?? x) - x) * share));
  return `#${parts.map((x) => x.toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance of WCAG 2, 0 for black to 1 for white. */
function luminance(color: string): number {
  const [r, g, b] = rgb(color).map((x) => {
    const share = x / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of WCAG 2, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** A text colour that reads well on a ground: the page's own where they do, else black or white, one of which always does. */
export function readable(ground: string, theme: Theme): string {
  const choices = [theme.ink, theme.paper, '#000000', '#ffffff'];
  return choices.find((color) => contrast(color, ground) >= 4.5) ?? theme.ink;
}
