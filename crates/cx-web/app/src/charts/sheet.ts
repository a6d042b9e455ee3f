import type { EChartsCoreOption } from 'echarts/core';
import type { ColorName, Theme } from '../theme';
import type { Words } from '../words';

/** What a chart is drawn on: everything besides its data. */
export interface Sheet {
  /** Width in CSS pixels. */
  readonly width: number;
  /** On paper everything stands closer, so that two charts share a page. */
  readonly paper: boolean;
  readonly theme: Theme;
  readonly words: Words;
  /** BCP 47 tag for axis numbers. */
  readonly language: string;
  /** ISO 4217 code for axis numbers. */
  readonly currency: string | null;
  /** Width of a text in pixels. */
  readonly measure: (text: string, size: number, bold?: boolean) => number;
}

/** The shape beside a word of the key. */
export type KeyShape =
  | 'line'
  | 'dash'
  | 'rule'
  | 'band'
  | 'dot'
  | 'hollow'
  | 'diamond'
  | 'square'
  | 'bar'
  | 'outline'
  | 'dots'
  | 'dashdot'
  | 'tick'
  | 'corner'
  | 'whisker'
  | 'ramp';

/** One entry of the key above a chart. */
export interface Key {
  shape: KeyShape;
  text: string;
  color: ColorName;
  /** Colours of a ramp, from the first to the last, as style sheets write them. */
  ramp?: string[];
}

/** A chart ready to be drawn. */
export interface Drawing {
  option: EChartsCoreOption;
  height: number;
  /** Below this width the drawing scrolls rather than shrinks. */
  minWidth?: number;
  keys: Key[];
  /** Numbered remarks under the drawing. */
  remarks?: { mark: string; text: string }[];
}

/** Below this width names go above their rows. */
export const NARROW = 560;

export const SIZE = { label: 12, small: 11, value: 12.5 } as const;

/** Pieces every chart shares. Nothing moves: a report is read, not watched. */
export function base(sheet: Sheet): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: sheet.theme.font, fontSize: SIZE.label, color: sheet.theme.ink },
    tooltip: {
      // Tooltips in the page's HTML would need inline styles, which the policy forbids.
      renderMode: 'richText',
      confine: true,
      backgroundColor: sheet.theme.ink,
      borderWidth: 0,
      padding: [8, 10],
      textStyle: { color: sheet.theme.paper, fontSize: SIZE.label, lineHeight: 17, fontFamily: sheet.theme.font },
    },
  };
}

/** Lines of a tooltip; empty ones are left out. Braces would be read as markup. */
export function tip(sheet: Sheet, ...lines: (string | null | undefined)[]): string {
  const room = { width: Math.min(320, sheet.width - 48), size: SIZE.label };
  return lines
    .filter((line) => line)
    .flatMap((line) => breakLines(String(line), room, sheet, 6))
    .join('\n')
    .replaceAll('{', '(')
    .replaceAll('}', ')');
}

/** The text of a figure with its interval, or why there is none. */
export function spoken(sheet: Sheet, figure: { text: string; interval: string; value: number | null; absent: string | null }): string {
  if (figure.value === null) return figure.absent ?? sheet.words.not_given;
  return figure.interval ? `${figure.text} (${figure.interval})` : figure.text;
}

/** The place that a text has. */
export interface Room {
  width: number;
  size: number;
  bold?: boolean;
}

/** Where a line may end: after a blank or hyphen, and between Chinese characters. */
const PIECES = /[\u2e80-\u9fff\uf900-\uffef]|[^\s\u2e80-\u9fff\uf900-\uffef-]+-?|-|\s+/gu;

/**
 * A text in lines that fit a width. Words are never split; one that is too
 * long, and whatever does not fit the last line, ends in an ellipsis.
 */
export function breakLines(text: string, room: Room, sheet: Sheet, most = 2): string[] {
  const fits = (line: string): boolean => sheet.measure(line, room.size, room.bold) <= room.width;
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECES) ?? []) {
    if (fits((line + piece).trimEnd())) {
      line += piece;
    } else {
      if (line.trim() !== '') lines.push(line.trim());
      line = piece.trimStart();
    }
  }
  if (line.trim() !== '') lines.push(line.trim());
  const shown = lines.slice(0, most);
  if (lines.length > most) shown[most - 1] = `${shown[most - 1]} ${lines[most]}`;
  return shown.map((one) => shorten(one, room, sheet));
}

/** A text cut to a width, with an ellipsis where something is missing. */
export function shorten(text: string, room: Room, sheet: Sheet): string {
  const fits = (line: string): boolean => sheet.measure(line, room.size, room.bold) <= room.width;
  if (fits(text)) return text;
  let short = text;
  while (short.length > 1 && !fits(`${short}…`)) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
}

