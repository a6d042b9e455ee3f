import type { Sheet } from './sheet';

type Measure = Sheet['measure'];

const measurers = new Map<string, Measure>();

/** Widths of texts in one font, each looked up once. */
export function measurer(font: string): Measure {
  const made = measurers.get(font) ?? make(font);
  measurers.set(font, made);
  return made;
}

function make(font: string): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return estimate;
  const known = new Map<string, number>();
  return (text, size, bold = false) => {
    const style = `${bold ? 'bold ' : ''}${size}px ${font}`;
    const key = `${style}\n${text}`;
    let width = known.get(key);
    if (width === undefined) {
      context.font = style;
      width = context.measureText(text).width;
      known.set(key, width);
    }
    return width;
  };
}

/** A guess for where nothing can be measured: Chinese characters are square, others a little over half as wide. */
export const estimate: Measure = (text, size, bold = false) => {
  const ems = [...text].reduce((sum, c) => sum + (c >= '\u2e80' ? 1 : c === ' ' ? 0.32 : 0.58), 0);
  return ems * size * (bold ? 1.08 : 1);
};
