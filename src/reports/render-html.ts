import { html, Html } from '../http/html.ts';
import { HATCH } from './html-hours.ts';
import { hotlineHtml } from './html-hotline.ts';
import { agentsHtml, callBacksHtml, shiftHtml } from './html-people.ts';
import { breachesHtml, formulasHtml, moreHtml, targetsHtml } from './html-targets.ts';
import { noticesOf } from './notices.ts';
import type { ReportDocument } from './report-document.ts';
import { REPORT_STYLE } from './report-style.ts';
import { reportTable } from './report-table.ts';
import type { Language } from '../lib/languages.ts';
import { ReportWords } from './report-words.ts';

/** The report as one page that needs nothing from anywhere, for a screen and for A4. */
export function renderHtml(document: ReportDocument, language: Language): string {
  const words = new ReportWords(language, document.zone);
  const kind = words.say(`kind.${document.kind}`);
  const period = words.period(document);
  const notices = noticesOf(document, words);
  const { shift } = document;
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${kind}: ${period}</title>
        <style>
          ${new Html(REPORT_STYLE)}
        </style>
      </head>
      <body>
        ${HATCH}
        <main>
          <header>
            <h1><small>${kind}</small>${period}</h1>
            <p>
              ${words.say('period.span', {
                from: words.instant(document.fromMs),
                until: words.instant(document.untilMs),
                zone: document.zone,
              })}
            </p>
          </header>
          ${notices.length > 0 ? noticesHtml(notices, words) : ''}${targetsHtml(document, words)}${breachesHtml(document, words)}${shift === null ? '' : shiftHtml(shift, words)}${document.hotlines.map((hotline) => hotlineHtml(hotline, words))}${agentsHtml(document, words)}${callBacksHtml(document, words)}${sightHtml(document, words)}${formulasHtml(document, words)}
          <footer>
            <span>Ringside</span><span>${words.say('definition', { hash: document.definitionHash })}</span
            ><span>${words.say('made', { instant: words.instant(document.madeAtMs) })}</span>
          </footer>
        </main>
      </body>
    </html> `;
  return page.text;
}

const noticesHtml = (notices: readonly string[], words: ReportWords): Html =>
  html`<section class="note">
    <h2>${words.say('notice')}</h2>
    <ul>
      ${notices.map((text) => html`<li>${text}</li> `)}
    </ul>
  </section> `;

/** Where there was nothing unseen, the zeros say so. */
function sightHtml({ sight }: ReportDocument, words: ReportWords): Html {
  const columns = [
    { head: words.say('exchange') },
    { head: words.say('sight.blind') },
    { head: words.say('sight.times') },
    { head: words.say('sight.ended-unknown') },
    { head: words.say('sight.missed') },
    { head: words.say('sight.unattributed') },
    { head: words.say('sight.unknown-origin') },
    { head: words.say('sight.corrected') },
  ];
  const rows = sight.exchanges.map((exchange) => [
    exchange.pbx,
    words.clock(exchange.blindMs),
    words.count(exchange.blindTimes),
    words.count(exchange.endedUnknown),
    words.count(exchange.missedCalls),
    words.count(exchange.unattributed),
    words.count(exchange.unknownOrigin),
    words.count(exchange.corrected),
  ]);
  const more = sight.blindTimesNotListed > 0 ? moreHtml(sight.blindTimesNotListed, words) : '';
  return html`<section>
    <h2>${words.say('sight')}</h2>
    ${reportTable(words.say('sight.caption'), columns, rows)}
    ${sight.blindTimes.length > 0 ? blindTable(sight.blindTimes, words) : ''}${more}
  </section> `;
}

function blindTable(blindTimes: ReportDocument['sight']['blindTimes'], words: ReportWords): Html {
  const columns = [
    { head: words.say('sight.from') },
    { head: words.say('sight.until'), words: true },
    { head: words.say('exchange'), words: true },
    { head: words.say('sight.blind') },
    { head: words.say('sight.ended-unknown') },
    { head: words.say('sight.missed') },
  ];
  const rows = blindTimes.map((blind) => [
    words.instant(blind.fromMs),
    words.instant(blind.untilMs),
    blind.rebooted ? html`${blind.pbx} <small>${words.say('sight.rebooted')}</small>` : blind.pbx,
    words.clock(blind.untilMs - blind.fromMs),
    words.count(blind.endedUnknown),
    blind.missedCalls === null ? '–' : words.count(blind.missedCalls),
  ]);
  return reportTable(words.say('sight.list'), columns, rows);
}
