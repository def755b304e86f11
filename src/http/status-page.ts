import type { JournalStatus } from '../store/ports.ts';
import type { PbxReport, Report } from '../rates/report.ts';
import { floor } from './floor.ts';
import { hotlineCard } from './hotline-card.ts';
import { type Html, html } from './html.ts';
import { journalLine } from './journal-line.ts';
import type { Readiness } from './readiness.ts';
import { reportsLine, type ReportsStatus } from './reports-line.ts';
import { LINK_WORDS, timeOfDay } from './wording.ts';

/** How often a reader without scripts asks again, s. */
const REFRESH_S = 5;

/** What is on the page beside the Report. */
export interface StatusExtras {
  readonly readiness: Readiness;
  readonly version: string;
  /** Undefined where there is no journal. */
  readonly journal: JournalStatus | undefined;
  /** Undefined where none are written by themselves. */
  readonly reports: ReportsStatus | undefined;
  /** Who sees a part is told that something is wrong; where, and how much, is of everything. */
  readonly seesAll: boolean;
}

/**
 * The plain page at `/status`, made anew for each look; its script only asks for it again and puts the parts that changed
 * into place (the elements with an id inside `main`). Nothing is fetched from elsewhere.
 */
export function statusPage(report: Report, extras: StatusExtras): string {
  const { readiness, version, journal, reports, seesAll } = extras;
  const told = seesAll ? readiness.pbxs : [];
  const blind = new Set(report.pbxs.filter((row) => row.blindSinceMs !== null).map(({ pbx }) => pbx));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <noscript><meta http-equiv="refresh" content="${REFRESH_S}" /></noscript>
        <title>${titleOf(report, blind)}</title>
        <link rel="stylesheet" href="page.css" />
        <script type="module" src="page.js"></script>
      </head>
      <body>
        <p class="alarm" id="lost" role="alert" hidden>
          ✕ Ringside does not answer. What is shown below is from before.
        </p>
        <main>
          <header>
            <h1>Ringside</h1>
            <div id="exchanges">${report.pbxs.map((pbx) => exchange(pbx, told))}</div>
            <div id="journal">
              ${journal === undefined ? html`` : journalLine(journal, seesAll)}${reportsLine(reports, seesAll)}
            </div>
          </header>
          <section class="hotlines" id="hotlines" aria-label="Hotlines">
            ${report.hotlines.map((row) => hotlineCard(row, blind.has(row.pbx)))}
          </section>
          <div id="floor">${floor(report, blind)}</div>
        </main>
        <footer>
          <nav>
            <a href="./">the board</a> <a href="metrics">/metrics</a> <a href="readyz">/readyz</a>
            <a href="api/report">/api/report</a> <a href="api/report/schema">its schema</a>
            <a href="api/schema">/api/schema</a>
          </nav>
          <span>Ringside ${version}, definition ${report.definitionHash}</span>
        </footer>
      </body>
    </html>`.text;
}

/** What a tab in the background shows. */
function titleOf(report: Report, blind: ReadonlySet<string>): string {
  if (blind.size > 0) return '✕ BLIND – Ringside';
  const waiting = report.hotlines.reduce((total, { live }) => total + live.waiting, 0);
  return waiting > 0 ? `${waiting} waiting – Ringside` : 'Ringside';
}

function exchange(row: PbxReport, links: Readiness['pbxs']): Html {
  const link = links.find(({ pbx }) => pbx === row.pbx);
  if (row.blindSinceMs !== null) {
    const why = link?.failure === undefined ? '' : ` ${link.failure.message}`;
    return html`<p class="alarm" role="alert">
      ✕ BLIND: ${row.pbx} is not seen since ${timeOfDay(row.blindSinceMs)} (${LINK_WORDS[row.link]}).${why}
    </p>`;
  }
  const lines = row.trunks.map(
    ({ trunk, linesInUse, lines: all }) =>
      html`<span>${trunk}: ${linesInUse}${all === null ? '' : ` of ${all}`} lines in use</span>`,
  );
  const strays = row.unattributed === 1 ? '1 call' : `${row.unattributed} calls`;
  const stray = row.unattributed > 0 ? [html`<span>◆ ${strays} for no hotline</span>`] : [];
  const warnings = (link?.warnings ?? []).map((warning) => html`<span>◆ ${warning}</span>`);
  return html`<p class="watched">
    <b>● ${row.pbx}</b> <span>watched, Asterisk ${row.release}</span> ${lines} ${stray} ${warnings}
  </p>`;
}
