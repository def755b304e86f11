import { html, type Html } from '../http/html.ts';

export interface Column {
  readonly head: string;
  /** Words go left, figures right. */
  readonly words?: boolean;
}
type Cell = string | Html;

interface Group {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** A table that a screen reader can tell: a caption, a scope on every head, the first cell of a row its name. */
export function reportTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  className = 'rows',
): Html {
  return wholeTable(
    caption,
    columns,
    [
      html`<tbody>
        ${rows.map((cells) => rowHtml(columns, cells))}
      </tbody>`,
    ],
    className,
  );
}

/** The same with rows that belong together under a name of their own. */
export function groupedTable(caption: string, columns: readonly Column[], groups: readonly Group[]): Html {
  const bodies = groups.map(
    ({ name, rows }) =>
      html`<tbody>
        <tr class="group">
          <th scope="rowgroup" colspan="${columns.length}">${name}</th>
        </tr>
        ${rows.map((cells) => rowHtml(columns, cells))}
      </tbody> `,
  );
  return wholeTable(caption, columns, bodies, 'grouped');
}

function wholeTable(
  caption: string,
  columns: readonly Column[],
  bodies: readonly Html[],
  className: string,
): Html {
  const heads = columns.map(({ head, words }) => html`<th scope="col" class="${kindOf(words)}">${head}</th>`);
  return html`<table class="${className}">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${heads}
      </tr>
    </thead>
    ${bodies}
  </table> `;
}

function rowHtml(columns: readonly Column[], cells: readonly Cell[]): Html {
  const made = cells.map((cell, i) =>
    i === 0
      ? html`<th scope="row">${cell}</th>`
      : html`<td class="${kindOf(columns[i]?.words)}">${cell}</td>`,
  );
  return html`<tr>
    ${made}
  </tr> `;
}

/** Names and their figures: of each row the name is the head. */
export function reportList(
  caption: string,
  rows: readonly (readonly [name: string, figure: Cell, isPart?: boolean])[],
): Html {
  const body = rows.map(
    ([name, figure, isPart]) =>
      html`<tr class="${isPart === true ? 'part' : 'whole'}">
        <th scope="row">${name}</th>
        <td>${figure}</td>
      </tr> `,
  );
  return html`<table class="list">
    <caption>
      ${caption}
    </caption>
    <tbody>
      ${body}
    </tbody>
  </table> `;
}

const kindOf = (words: boolean | undefined): string => (words === true ? 'words' : 'figure');
