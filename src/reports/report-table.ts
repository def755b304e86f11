import { html, Html } from '../http/html.ts';

export interface Column {
  readonly head: string;
  /** Words go left, figures right. */
  readonly words?: boolean;
}
type Cell = string | Html;

/** A table that a screen reader can tell: a caption, a scope on every head, the first cell of a row its name. */
export function reportTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  className = '',
): Html {
  const heads = columns.map(({ head, words }) => html`<th scope="col" ${wordsClass(words)}>${head}</th>`);
  const body = rows.map((cells) => {
    const made = cells.map((cell, i) =>
      i === 0 ? html`<th scope="row">${cell}</th>` : html`<td${wordsClass(columns[i]?.words)}>${cell}</td>`,
    );
    return html`<tr>
      ${made}
    </tr> `;
  });
  return html`<table class="${className}">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${heads}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table> `;
}

/** Names and their figures: of each row the name is the head. */
export function reportList(
  caption: string,
  rows: readonly (readonly [name: string, figure: Cell, isPart?: boolean])[],
): Html {
  const body = rows.map(
    ([
      name,
      figure,
      isPart,
    ]) => html`<tr${new Html(isPart === true ? ' class="part"' : '')}><th scope="row">${name}</th><td>${figure}</td></tr>
`,
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

const wordsClass = (words: boolean | undefined): Html => new Html(words === true ? ' class="words"' : '');
