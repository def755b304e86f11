import { html, type Html } from '../http/html.ts';
import { OUTCOMES, type Outcome } from '../calls/facts.ts';
import type { HotlineSection } from './document-hotline.ts';
import { hoursTable } from './html-hours.ts';
import { reportList, reportTable } from './report-table.ts';
import type { ReportWords } from './report-words.ts';

/** Everything of one hotline but its targets, which stand side by side at the top. */
export function hotlineHtml(hotline: HotlineSection, words: ReportWords): Html {
  const note = hotline.title === hotline.hotline ? '' : html` <small>${hotline.hotline}</small>`;
  const heading = html`<h2>${hotline.title}${note}</h2> `;
  if (isEmpty(hotline)) {
    return html`<section class="hotline">
      ${heading}
      <p>${words.say('no-calls-at-all')}</p>
    </section> `;
  }
  return html`<section class="hotline">
    ${heading}
    <div class="columns">
      ${outcomesTable(hotline, words)} ${figuresList(hotline, words)} ${attemptsList(hotline, words)}
    </div>
    ${hoursTable(hotline, words)}
  </section> `;
}

function isEmpty({ volume, targets }: HotlineSection): boolean {
  const calls = Object.values(volume).reduce((sum, value) => sum + value, 0);
  return (
    calls + targets.reduce((sum, one) => sum + one.hits + one.misses + one.setAside + one.unknown, 0) === 0
  );
}

function outcomesTable({ volume, outcomes, emergency }: HotlineSection, words: ReportWords): Html {
  const hasClosed = !emergency && volume.reachedClosed + sumOf(outcomes.closed) > 0;
  const head = [
    { head: words.say('volume') },
    { head: words.say('volume.open') },
    ...(hasClosed ? [{ head: words.say('volume.closed') }] : []),
  ];
  const row = (name: string, open: number, closed: number): readonly string[] => [
    name,
    words.count(open),
    ...(hasClosed ? [words.count(closed)] : []),
  ];
  const shown = OUTCOMES.filter((outcome) => countIn(outcomes, outcome) > 0);
  const table = reportTable(words.say('volume.caption'), head, [
    row(words.say('volume.reached'), volume.reachedOpen, volume.reachedClosed),
    ...shown.map((outcome) =>
      row(words.say(`outcome.${outcome}`), outcomes.open[outcome], outcomes.closed[outcome]),
    ),
  ]);
  const others = [
    [words.say('volume.taken-up'), volume.takenUp],
    [words.say('volume.not-over'), volume.notOver],
    [words.say('volume.transferred-in'), volume.transferredIn],
    [words.say('volume.lost-after-answer'), volume.lostAfterAnswer],
    [words.say('volume.test'), volume.test],
  ] as const;
  const told = others
    .filter(([, value]) => value > 0)
    .map(([name, value]) => `${name}: ${words.count(value)}`);
  return html`<div>${table}${told.map((text) => html`<p class="hint">${text}</p> `)}</div>`;
}

const countIn = (outcomes: HotlineSection['outcomes'], outcome: Outcome): number =>
  outcomes.open[outcome] + outcomes.closed[outcome];
const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, value) => sum + value, 0);

function figuresList({ figures, settings }: HotlineSection, words: ReportWords): Html {
  const level = words.say('figures.service-level-within', { seconds: settings.serviceLevelS });
  return reportList(words.say('figures.caption'), [
    [words.say('figures.asked'), words.count(figures.asked)],
    [words.say('figures.answered'), words.count(figures.answered), true],
    [words.say('figures.missed'), words.count(figures.missed), true],
    [words.say('figures.set-aside'), words.count(figures.setAside), true],
    [level, words.percentOrDash(figures.serviceLevel)],
    [words.say('figures.speed'), words.clock(figures.speedOfAnswerMs)],
    [words.say('figures.handle'), words.clock(figures.handleTimeMs)],
    [words.say('figures.abandon-rate'), words.percentOrDash(figures.abandonRate)],
    [words.say('figures.longest'), words.clock(figures.longestWaitMs)],
    [words.say('figures.occupancy'), words.percentOrDash(figures.occupancy)],
  ]);
}

function attemptsList({ attempts, lostCallers }: HotlineSection, words: ReportWords): Html {
  if (attempts === null) return html`<p class="hint">${words.say('notice.no-numbers')}</p>`;
  if (attempts.chains + attempts.unknown === 0 && lostCallers === null) {
    return reportList(words.say('attempts.caption'), [[words.say('attempts.chains'), words.count(0)]]);
  }
  const lost: readonly (readonly [string, string, boolean?])[] =
    lostCallers === null
      ? []
      : [
          [words.say('attempts.failed-calls'), words.count(lostCallers.failedCalls)],
          [words.say('attempts.failed-callers'), words.count(lostCallers.failedCallers), true],
          [words.say('attempts.not-reached'), words.count(lostCallers.notReachedCallers)],
          [words.say('attempts.without-number'), words.count(lostCallers.withoutNumber), true],
          [words.say('attempts.open'), words.count(lostCallers.openCallers)],
        ];
  return reportList(words.say('attempts.caption'), [
    [words.say('attempts.score'), html`<span class="rate">${words.score(attempts.meanScore)}</span>`],
    [words.say('attempts.chains'), words.count(attempts.chains)],
    [words.say('attempts.1'), words.count(attempts.attempts1), true],
    [words.say('attempts.2'), words.count(attempts.attempts2), true],
    [words.say('attempts.3'), words.count(attempts.attempts3), true],
    [words.say('attempts.4'), words.count(attempts.attempts4plus), true],
    [words.say('attempts.never'), words.count(attempts.never), true],
    [words.say('attempts.unknown'), words.count(attempts.unknown)],
    ...lost,
  ]);
}
