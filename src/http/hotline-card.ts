import type { Figures, HotlineReport, Rate, TargetReport, Window } from '../rates/report.ts';
import { type Html, html } from './html.ts';
import {
  BREACH_WORDS,
  duration,
  percent,
  percentOrDash,
  TARGET_WORDS,
  timeOfDay,
  VERDICT_WORD,
  VERDICT_WORDS,
} from './wording.ts';

/** The one that is written large, and the ones in the table below it. */
const HEADLINE: Window = 'day';
const IN_TABLE: ReadonlySet<Window> = new Set(['5m', '30m', '2h', 'shift', 'day', 'month']);
/** Below this many calls a rate alone misleads: its interval is shown (norm.md section 1). */
const FEW_CALLS = 100;

/** Everything of one hotline; of an exchange that is not seen nothing live, for it would be stale. */
export function hotlineCard(row: HotlineReport, blind: boolean): Html {
  const badges = [
    html`<span class="badge">${row.open ? '● open' : '○ closed'}</span>`,
    ...(row.emergency ? [html`<span class="badge">✚ emergency</span>`] : []),
  ];
  return html`<article>
    <h2>${row.title} ${badges}</h2>
    ${blind ? html`<p class="unseen">✕ not seen now</p>` : live(row)} ${breaches(row)}
    ${row.targets.map((target) => targetSection(target, row.zone))} ${dayFigures(row)}
  </article>`;
}

function live({ live: now }: HotlineReport): Html {
  return html`<dl class="live">
    ${tile('calls', now.calls)} ${tile('waiting', now.waiting, now.waiting > 0 ? 'wait' : '')}
    ${tile('longest wait', duration(now.longestWaitMs))} ${tile('talking', now.talking)}
  </dl>`;
}

const tile = (name: string, value: string | number, mark = ''): Html =>
  html`<div class="${mark}">
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

function breaches(row: HotlineReport): Html {
  const happened = Object.entries(row.breaches).filter(([, count]) => count > 0);
  if (happened.length === 0) return html``;
  const told = happened.map(
    ([breach, count]) =>
      html`<li>▼ ${count} ${count === 1 ? 'call' : 'calls'}: ${BREACH_WORDS[breach] ?? breach}</li>`,
  );
  return html`<ul class="breaches" aria-label="Breaches">
    ${told}
  </ul>`;
}

function targetSection({ target, targetRatio, formula, rates }: TargetReport, zone: string): Html {
  const headline = rates.find(({ window }) => window === HEADLINE);
  if (headline === undefined) return html``;
  const asked = targetRatio === null ? 'nothing may be missed' : `target ${percent(targetRatio)}`;
  return html`<section class="target ${headline.verdict}">
    <h3>${TARGET_WORDS[target] ?? target}</h3>
    <p class="rate">
      <strong class="${headline.ratio === null ? 'none' : ''}">${percent(headline.ratio)}</strong>
      ${verdict(headline)} <span>${asked}</span> ${since(headline, zone)} ${interval(headline)}
    </p>
    ${bar(headline, targetRatio)} ${rates.some((rate) => holdsCalls(rate)) ? windowTable(rates) : html``}
    <p class="formula">${formula}</p>
  </section>`;
}

const holdsCalls = ({ hits, misses, setAside, unknown, pending }: Rate): boolean =>
  hits + misses + setAside + unknown + pending > 0;

function windowTable(rates: readonly Rate[]): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">window</th>
          <th scope="col">rate</th>
          <th scope="col">hits of calls</th>
          <th scope="col">verdict</th>
          <th scope="col">pending</th>
          <th scope="col">set aside</th>
          <th scope="col">unknown</th>
        </tr>
      </thead>
      <tbody>
        ${rates.filter(({ window }) => IN_TABLE.has(window)).map((rate) => rateRow(rate))}
      </tbody>
    </table>
  </div>`;
}

/** Where there were no calls the rate has said so already. */
function verdict(rate: Rate): Html {
  const { sign, words } = VERDICT_WORDS[rate.verdict];
  return rate.verdict === 'no-data' ? html`` : html`<span class="verdict">${sign} ${words}</span>`;
}

function since({ sinceMs }: Rate, zone: string): Html {
  return sinceMs === null ? html`` : html`<span>watched since ${timeOfDay(sinceMs, zone)}</span>`;
}

function interval({ hits, misses, wilsonLow, wilsonHigh }: Rate): Html {
  if (wilsonLow === null || wilsonHigh === null || hits + misses >= FEW_CALLS) return html``;
  return html`<span>95 % interval ${percent(wilsonLow)} to ${percent(wilsonHigh)}</span>`;
}

/** The rate as a length, with a mark where the target is; everything it shows is said in words beside it. */
function bar({ ratio }: Rate, targetRatio: number | null): Html {
  if (ratio === null) return html``;
  const mark =
    targetRatio === null
      ? html``
      : html`<rect class="mark" x="${targetRatio * 100 - 0.3}" y="0" width="0.6" height="6" />`;
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="ground" width="100" height="6" />
    <rect class="fill" width="${ratio * 100}" height="6" />
    ${mark}
  </svg>`;
}

function rateRow(rate: Rate): Html {
  return html`<tr>
    <th scope="row">${rate.window}</th>
    <td>${percentOrDash(rate.ratio)}</td>
    <td>${rate.hits} of ${rate.hits + rate.misses}</td>
    <td class="${rate.verdict}">${VERDICT_WORDS[rate.verdict].sign} ${VERDICT_WORD[rate.verdict]}</td>
    <td>${rate.pending}</td>
    <td>${rate.setAside}</td>
    <td>${rate.unknown}</td>
  </tr>`;
}

function dayFigures({ figures, serviceLevelS }: HotlineReport): Html {
  const day = figures.find(({ window }) => window === HEADLINE);
  return day === undefined ? html`` : figuresOf(day, serviceLevelS);
}

function figuresOf(day: Figures, serviceLevelS: number): Html {
  return html`<dl class="figures" aria-label="Today">
    ${tile(`answered within ${serviceLevelS} s`, percentOrDash(day.serviceLevel))}
    ${tile('speed of answer', duration(day.speedOfAnswerMs))}
    ${tile('handle time', duration(day.handleTimeMs))} ${tile('gave up', percentOrDash(day.abandonRate))}
    ${tile('longest wait today', duration(day.longestWaitMs))}
  </dl>`;
}
