import { type ComponentChildren, Fragment, type VNode } from 'preact';
import type { Cell, Column, Figure, Table } from '../document';
import { Opens, useAbsence } from './marks';

interface TableProps {
  table: Table;
  /** What stands for the name of a row; the name itself where there is none. */
  name?: ((text: string, row: number) => ComponentChildren) | undefined;
}

/** A table whose numbers stand to the right, their intervals small beside them, doubts as footnotes. */
export function DataTable({ table, name }: TableProps): VNode {
  const notes = footnotes(table);
  const wide = table.columns.map((_, at) => hasIntervals(table, at));
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={table.title}>
        <table class={isWordy(table) ? 'wordy' : undefined}>
          <caption class="caption">{table.title}</caption>
          <thead>
            <tr>
              {table.columns.map((column, at) => (
                <Head key={at} column={column} span={wide[at] ? 2 : 1} />
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, r) => (
              <tr key={r}>
                {row.map((cell, at) => (
                  <TableCell
                    key={at}
                    cell={cell}
                    first={at === 0}
                    numeric={table.columns[at]?.numeric ?? false}
                    wide={wide[at] ?? false}
                    notes={notes}
                    name={name && ((text) => name(text, r))}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {notes.length > 0 && (
        <ol class="footnotes" type="a">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ol>
      )}
      {table.note && <p class="note">{table.note}</p>}
    </>
  );
}

/** A column's heading; one without words heads nothing. */
function Head({ column, span }: { column: Column; span: number }): VNode {
  if (column.title === '') return <td colSpan={span} />;
  return (
    <th scope="col" colSpan={span} class={column.numeric ? 'num' : undefined}>
      {column.title}
    </th>
  );
}

/** Characters that never need a second line. */
const SHORT = 12;

interface CellProps {
  cell: Cell;
  /** In the first column, which names the row. */
  first: boolean;
  numeric: boolean;
  /** In a column whose intervals have a place of their own. */
  wide: boolean;
  notes: string[];
  name: ((text: string) => ComponentChildren) | undefined;
}

function TableCell({ cell, first, numeric, wide, notes, name }: CellProps): VNode {
  const absence = useAbsence();
  const span = wide ? 2 : 1;
  if (cell.type === 'text') {
    if (first && !numeric) {
      return (
        <th scope="row" colSpan={span}>
          {name ? name(cell.text) : cell.text}
        </th>
      );
    }
    return (
      <td colSpan={span} class={textClass(cell.text, numeric)}>
        {cell.text}
      </td>
    );
  }
  const { figure, finding } = cell;
  if (figure.value === null) {
    return (
      <td colSpan={span} class="num absent">
        {absence(figure)}
        <Letters figure={figure} notes={notes} />
      </td>
    );
  }
  return (
    <Fragment>
      <td class="num value">
        <Opens finding={finding}>{figure.text}</Opens>
        <Letters figure={figure} notes={notes} />
      </td>
      {wide && <td class="interval">{figure.interval}</td>}
    </Fragment>
  );
}

/** Dates and single words stay on one line. */
function textClass(text: string, numeric: boolean): string | undefined {
  const names = [...(numeric ? ['num'] : []), ...([...text].length <= SHORT ? ['short'] : [])];
  return names.length > 0 ? names.join(' ') : undefined;
}

/** The footnote letters of a figure. */
function Letters({ figure, notes }: { figure: Figure; notes: string[] }): VNode {
  const own = notes.flatMap((note, at) => (figure.caveats.includes(note) ? [letter(at)] : []));
  return (
    <>
      {own.map((one) => (
        <sup key={one}>{one}</sup>
      ))}
    </>
  );
}

/** a to z, then aa, ab, as ordered lists count. */
export function letter(at: number): string {
  const last = String.fromCharCode(97 + (at % 26));
  return at < 26 ? last : letter(Math.floor(at / 26) - 1) + last;
}

/** Characters in a cell that make a table one to read rather than to scan. */
const SENTENCE = 48;

/** True for a table of sentences: on a narrow screen its cells stand under each other. */
function isWordy(table: Table): boolean {
  return table.rows.some((row) => row.some((cell) => cell.type === 'text' && [...cell.text].length > SENTENCE));
}

function hasIntervals(table: Table, at: number): boolean {
  return table.rows.some((row) => {
    const cell = row[at];
    return cell?.type === 'figure' && cell.figure.interval !== '';
  });
}

/** Every different doubt of the table once, in reading order. */
export function footnotes(table: Table): string[] {
  const all = table.rows.flat().flatMap((cell) => (cell.type === 'figure' ? cell.figure.caveats : []));
  return [...new Set(all)];
}
