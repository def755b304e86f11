import { html, type Html } from '../http/html.ts';
import { VERDICT_WORDS } from '../http/wording.ts';
import { BREACHES } from '../calls/facts.ts';
import { FEWEST_CALLS } from '../rates/verdict.ts';
import type { HotlineSection, TargetFigures } from './document-hotline.ts';
import type { ReportDocument } from './report-document.ts';
import { groupedTable, reportTable } from './report-table.ts';
import type { ReportWords } from './report-words.ts';

/** Every hotline against its targets: what a leader reads first. */
export function targetsHtml({ hotlines }: ReportDocument, words: ReportWords): Html {
  const columns = [
    { head: words.say('target') },
    { head: words.say('target.asked') },
    { head: words.say('target.rate') },
    { head: words.say('target.counts') },
    { head: words.say('target.interval') },
    { head: words.say('target.set-aside') },
    { head: words.say('target.unknown') },
    { head: words.say('target.verdict'), words: true },
  ];
  const groups = hotlines.map((hotline) => ({
    name: hotline.title,
    rows: hotline.targets.map((target) => targetRow(target, words)),
  }));
  return html`<section>
    <h2>${words.say('targets')}</h2>
    <div class="scroll">${groupedTable(words.say('targets.caption'), columns, groups)}</div>
  </section> `;
}

function targetRow(target: TargetFigures, words: ReportWords): readonly (string | Html)[] {
  const n = target.hits + target.misses;
  const { backfilled } = target;
  const seen =
    backfilled.hits + backfilled.misses === 0
      ? ''
      : html`<br /><small>${words.say('target.seen', { ratio: words.percent(target.ratioSeen) })}</small>`;
  return [
    words.say(`target.${target.target}`),
    words.target(target.targetRatio),
    html`<span class="rate">${words.percent(target.ratio)}</span>${seen}`,
    n === 0 ? '–' : `${words.count(target.hits)} / ${words.count(n)}`,
    target.wilsonLow === null || target.wilsonHigh === null
      ? '–'
      : `${words.percent(target.wilsonLow)} – ${words.percent(target.wilsonHigh)}`,
    words.count(target.setAside),
    words.count(target.unknown),
    html`<span class="verdict ${target.verdict}"
      ><span class="sign" aria-hidden="true">${VERDICT_WORDS[target.verdict].sign}</span
      >${words.say(`verdict.${target.verdict}`)}</span
    >`,
  ];
}

/** Counts, not rates: one is a breach. */
export function breachesHtml(document: ReportDocument, words: ReportWords): Html {
  const { hotlines, breachedCalls, breachedCallsNotListed } = document;
  const own = hotlines.map((hotline) => ({ hotline, total: sumOf(hotline.breaches) }));
  const heading = html`<h2>${words.say('breaches')}</h2> `;
  if (own.every(({ total }) => total === 0) && breachedCalls.length === 0) {
    return html`<section>
      ${heading}
      <p>${words.say('none')}</p>
    </section> `;
  }
  const columns = [
    { head: words.say('hotline') },
    ...BREACHES.map((breach) => ({ head: words.say(`breach.${breach}`) })),
  ];
  const rows = own.map(({ hotline }) => [
    hotline.title,
    ...BREACHES.map((breach) => {
      const value = words.count(hotline.breaches[breach]);
      return hotline.breaches[breach] > 0 ? html`<span class="breach">${value}</span>` : value;
    }),
  ]);
  const more = breachedCallsNotListed > 0 ? moreHtml(breachedCallsNotListed, words) : '';
  return html`<section>
    ${heading}${reportTable(words.say('breaches.caption'), columns, rows)}
    ${breachedCalls.length > 0 ? breachedTable(document, words) : ''}${more}
  </section> `;
}

function breachedTable({ breachedCalls, hotlines }: ReportDocument, words: ReportWords): Html {
  const columns = [
    { head: words.say('breached.reached') },
    { head: words.say('hotline'), words: true },
    { head: words.say('breached.breach'), words: true },
    { head: words.say('breached.outcome'), words: true },
    { head: words.say('breached.wait') },
    { head: words.say('breached.call') },
  ];
  const rows = breachedCalls.map((call) => {
    const hotline = hotlines.find((one) => one.pbx === call.pbx && one.hotline === call.hotline);
    const outcome =
      call.outcome === null ? words.say('volume.not-over') : words.say(`outcome.${call.outcome}`);
    const certainty =
      call.certainty === 'seen' ? '' : html` <small>${words.say(`certainty.${call.certainty}`)}</small>`;
    return [
      words.instant(call.reachedAtMs, hotline?.zone),
      hotline?.title ?? call.hotline,
      words.say(`breach.${call.breach}`),
      html`${outcome}${certainty}`,
      words.clock(call.waitMs),
      html`<small>${call.uniqueid}</small>`,
    ];
  });
  return reportTable(words.say('breached.caption'), columns, rows);
}

/** What each rate is made of, in the reader's language, with the settings in force. */
export function formulasHtml({ hotlines }: ReportDocument, words: ReportWords): Html {
  const terms = hotlines.flatMap((hotline) =>
    hotline.targets.map(
      ({ target }) =>
        html`<dt>${hotline.title}: ${words.say(`target.${target}`)}</dt>
          <dd>${formulaText(hotline, target, words)}</dd> `,
    ),
  );
  return html`<section class="formulas">
    <h2>${words.say('formulas')}</h2>
    <p class="hint">${words.say('formula.verdict', { fewest: FEWEST_CALLS })}</p>
    <dl>${terms}</dl>
  </section> `;
}

export function formulaText(
  { emergency, settings }: HotlineSection,
  target: TargetFigures['target'],
  words: ReportWords,
): string {
  const hours = words.say(emergency ? 'formula.always' : 'formula.open');
  const short = words.say(settings.setAsideShort ? 'formula.short' : 'formula.short-missed', {
    seconds: settings.shortAbandonS,
  });
  return words.say(`formula.${target}`, { hours, short, seconds: settings.ringOutS });
}

export const moreHtml = (count: number, words: ReportWords): Html =>
  html`<p class="hint">${words.say('more', { count: words.count(count) })}</p> `;

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, value) => sum + value, 0);
