import type { HotlineReport, PbxReport, QueueReport, Rate, Report, SeatReport } from '../rates/report.ts';
import { type Html, html } from './html.ts';
import { duration, percent, TARGET_WORDS, VERDICT_WORDS } from './wording.ts';

/** How often the page asks again, s. */
const REFRESH_S = 5;

/** The plain page at `/`, made anew for each look: no script, nothing fetched from elsewhere. */
export function statusPage(report: Report, version: string): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="${REFRESH_S}" />
        <title>Ringside</title>
        <link rel="stylesheet" href="/page.css" />
      </head>
      <body>
        <header>
          <h1>Ringside</h1>
          ${report.pbxs.map((pbx) => exchange(pbx, report.atMs))}
        </header>
        <main>
          <section class="hotlines" aria-label="Hotlines">${report.hotlines.map(hotline)}</section>
          ${queues(report.queues)} ${seats(report.seats)}
        </main>
        <footer>
          <a href="/metrics">/metrics</a> <a href="/readyz">/readyz</a>
          <a href="/api/report">/api/report</a>
          <span>version ${version}, definition ${report.definitionHash}</span>
        </footer>
      </body>
    </html>`.text;
}

function exchange(pbx: PbxReport, atMs: number): Html {
  if (pbx.blindSinceMs !== null) {
    const since = duration(atMs - pbx.blindSinceMs);
    return html`<p class="blind" role="alert">
      ${pbx.pbx}: BLIND for ${since}. What is shown of it may be over.
    </p>`;
  }
  if (pbx.link !== 'ready') {
    return html`<p class="blind" role="alert">${pbx.pbx}: not watched yet (${pbx.link}).</p>`;
  }
  const stray = pbx.unattributed > 0 ? html` · ${pbx.unattributed} calls for no hotline` : html``;
  const lines = pbx.trunks.map(
    ({ trunk, linesInUse, lines }) =>
      html` · ${trunk} ${linesInUse}${lines === null ? '' : `/${lines}`} lines`,
  );
  return html`<p class="watched"><b>● ${pbx.pbx}</b> Asterisk ${pbx.release}${lines}${stray}</p>`;
}

function hotline(row: HotlineReport): Html {
  const breaches = Object.entries(row.breaches).filter(([, count]) => count > 0);
  return html`<article>
    <h2>${row.title} <small>${row.emergency ? 'emergency · ' : ''}${row.open ? 'open' : 'closed'}</small></h2>
    <p class="live">
      <b>${row.live.calls}</b> calls <b>${row.live.waiting}</b> waiting
      <span>longest ${duration(row.live.longestWaitMs)}</span> <b>${row.live.talking}</b> talking
    </p>
    ${row.targets.map((target) => rates(target.target, target.targetRatio, target.formula, target.rates))}
    ${breaches.length === 0 ? html`` : html`<p class="breaches">${breaches.map(breach)}</p>`}
  </article>`;
}

const breach = ([name, count]: readonly [string, number]): Html => html`<span>▼ ${name}: ${count}</span> `;

function rates(target: string, ratio: number | null, formula: string, all: readonly Rate[]): Html {
  const day = all.find(({ window }) => window === 'day');
  if (!day) return html``;
  const verdict = VERDICT_WORDS[day.verdict];
  return html`<section class="target ${day.verdict}">
    <h3 title="${formula}">${TARGET_WORDS[target] ?? target}</h3>
    <p class="rate">
      <strong>${percent(day.ratio)}</strong>
      <span>${ratio === null ? '' : `target ${Math.round(ratio * 100)} %`}</span>
      <span class="verdict">${verdict.sign} ${verdict.words}</span>
    </p>
    <table>
      <thead>
        <tr>
          <th>window</th>
          <th>rate</th>
          <th>of calls</th>
          <th>pending</th>
          <th>set aside</th>
          <th>unknown</th>
        </tr>
      </thead>
      <tbody>
        ${all.filter(({ window }) => SHOWN.has(window)).map(rateRow)}
      </tbody>
    </table>
  </section>`;
}

const SHOWN: ReadonlySet<string> = new Set(['5m', '30m', '2h', 'day']);

const rateRow = (rate: Rate): Html =>
  html`<tr>
    <th scope="row">${rate.window}${rate.sinceMs === null ? '' : '*'}</th>
    <td>${percent(rate.ratio)}</td>
    <td>${rate.hits}/${rate.hits + rate.misses}</td>
    <td>${rate.pending}</td>
    <td>${rate.setAside}</td>
    <td>${rate.unknown}</td>
  </tr>`;

function queues(rows: readonly QueueReport[]): Html {
  if (rows.length === 0) return html``;
  return html`<section aria-label="Queues">
    <h2>Queues</h2>
    <table class="wide">
      <thead>
        <tr>
          <th>queue</th>
          <th>waiting</th>
          <th>longest</th>
          <th>talking</th>
          <th>staffed</th>
          <th>paused</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${row.queue}</th>
              <td>${row.waiting}</td>
              <td>${duration(row.longestWaitMs)}</td>
              <td>${row.connected}</td>
              <td>${row.staffed}</td>
              <td>${row.membersPaused}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function seats(rows: readonly SeatReport[]): Html {
  if (rows.length === 0) return html``;
  return html`<section aria-label="Seats">
    <h2>Seats</h2>
    <ul class="seats">
      ${rows.map(
        (row) =>
          html`<li class="${row.state}" title="${row.why}">
            <b>${row.agent}</b>
            <span>${row.state}${row.busyWith === null ? '' : ` · ${row.on || row.busyWith}`}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}
