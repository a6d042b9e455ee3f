/** A chart as one picture that stands by itself. */

const SVG = 'http://www.w3.org/2000/svg';

/** Space around and between drawings. */
const GAP = 16;
const TITLE = 40;

interface Look {
  paper: string;
  ink: string;
  font: string;
}

/** The drawings of a figure on the page, one below the other under their title; nothing where none is drawn. */
export function picture(figure: Element, title: string, look: Look): string | null {
  const drawings = [...figure.querySelectorAll<SVGSVGElement>('.drawing svg')];
  if (drawings.length === 0) return null;
  const sizes = drawings.map((svg) => ({ width: Number(svg.getAttribute('width')), height: Number(svg.getAttribute('height')) }));
  const width = Math.max(...sizes.map((size) => size.width)) + 2 * GAP;
  const sheet = document.createElementNS(SVG, 'svg');
  const set = (element: Element, values: Record<string, string | number>): void => {
    for (const [key, value] of Object.entries(values)) element.setAttribute(key, String(value));
  };
  const ground = document.createElementNS(SVG, 'rect');
  const name = document.createElementNS(SVG, 'text');
  set(ground, { width: '100%', height: '100%', fill: look.paper });
  set(name, { x: GAP, y: 26, fill: look.ink, 'font-family': look.font, 'font-size': 15, 'font-weight': 'bold' });
  name.textContent = title;
  sheet.append(ground, name);
  let top = TITLE;
  drawings.forEach((drawing, at) => {
    const copy = drawing.cloneNode(true) as SVGSVGElement;
    set(copy, { x: GAP, y: top });
    top += (sizes[at]?.height ?? 0) + GAP;
    sheet.append(copy);
  });
  set(sheet, { xmlns: SVG, width, height: top, viewBox: `0 0 ${width} ${top}` });
  return new XMLSerializer().serializeToString(sheet);
}

/** Hands a text to the reader as a file. */
export function save(text: string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
