import type { VNode } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { init } from './charts/engine';
import type { Drawing, Key, Sheet } from './charts/sheet';
import { sheetOf, usePage } from './page';

/** Width of the text on an A4 page with the margins of the print style, in CSS pixels. */
const PAPER = 680;

/** How many drawings stand side by side on paper. */
export interface PrintSize {
  columns: number;
  gap: number;
}

export const FULL: PrintSize = { columns: 1, gap: 0 };

type Painter = (paper: boolean) => void;

/** Every drawing on the page, so that all can be painted for paper at once and back. */
const painters = new Set<Painter>();

addEventListener('beforeprint', () => painters.forEach((paint) => paint(true)));
addEventListener('afterprint', () => painters.forEach((paint) => paint(false)));

/** A drawing that follows the width of its place, the colours of the page, and paper. */
export function Plot(props: { draw: (sheet: Sheet) => Drawing; label: string; print: PrintSize }): VNode {
  const page = usePage();
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const { draw, print } = props;

  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const follow = (): void => setWidth(Math.floor(element.clientWidth));
    follow();
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const drawing = useMemo(
    () => (width > 0 ? draw(sheetOf(page, width)) : null),
    [width, page.theme, page.document],
  );

  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element || !drawing) return undefined;
    const size = (one: Drawing, room: number): { width: number; height: number } => ({
      width: Math.max(room, one.minWidth ?? 0),
      height: one.height,
    });
    const chart = init(element, null, { renderer: 'svg', ...size(drawing, width) });
    // Kept on the element: browser tests ask for a tooltip through it.
    Object.assign(element, { chart });
    chart.setOption(drawing.option);
    chart.on('click', ({ data }) => {
      const finding = (data as { finding?: string } | null)?.finding;
      if (finding !== undefined && page.derivations.has(finding)) page.open(finding);
    });
    const paint: Painter = (paper) => {
      const room = paper ? (PAPER - (print.columns - 1) * print.gap) / print.columns : width;
      const one = paper ? draw(sheetOf(page, room, paper)) : drawing;
      chart.resize(size(one, room));
      chart.setOption(one.option, { notMerge: true });
      // Printing does not wait for the next frame.
      chart.getZr().flush();
    };
    painters.add(paint);
    return () => {
      painters.delete(paint);
      chart.dispose();
    };
  }, [drawing]);

  const wide = drawing !== null && (drawing.minWidth ?? 0) > width;
  return (
    <div class="plot">
      {drawing && drawing.keys.length > 0 && <Keys keys={drawing.keys} />}
      <div
        class="drawing"
        ref={place}
        {...(wide ? { tabIndex: 0, role: 'region', 'aria-label': `${page.words.chart}: ${props.label}` } : {})}
      >
        <div ref={canvas} role="img" aria-label={props.label} />
      </div>
      {drawing?.remarks && drawing.remarks.length > 0 && (
        <ol class="remarks">
          {drawing.remarks.map(({ mark, text }) => (
            <li key={mark}>
              <span class="remark-mark">{mark}</span> {text}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function Keys({ keys }: { keys: Key[] }): VNode {
  return (
    <ul class="keys">
      {keys.map((key) => (
        <li key={key.text}>
          {key.ramp ? (
            <span class="ramp" aria-hidden="true">
              {key.ramp.map((color) => (
                <i key={color} style={{ background: color }} />
              ))}
            </span>
          ) : (
            <span class={`swatch ${key.shape} color-${key.color}`} aria-hidden="true" />
          )}
          {key.text}
        </li>
      ))}
    </ul>
  );
}
