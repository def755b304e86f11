import { html, type Html } from '../http/html.ts';
import { FEWEST_LISTENED, MOST_LISTENED } from './agent-section.ts';
import { moreHtml } from './html-targets.ts';
import type { AgentRow, CallBackSection, ReportDocument, ShiftSection } from './report-document.ts';
import { reportList, reportTable } from './report-table.ts';
import type { ReportWords } from './report-words.ts';

/** What each agent did. */
export function agentsHtml(document: ReportDocument, words: ReportWords): Html {
  const { agents } = document;
  const heading = html`<h2>${words.say('agents')}</h2> `;
  if (agents.length === 0) {
    return html`<section>
      ${heading}
      <p>${words.say('none')}</p>
    </section> `;
  }
  const hasExchanges = document.sight.exchanges.length > 1;
  const columns = [
    { head: words.say('agent') },
    { head: words.say('agents.talks') },
    { head: words.say('agents.talk-time') },
    { head: words.say('agents.refused') },
    { head: words.say('agents.ended-first') },
    { head: words.say('agents.logged-in') },
    { head: words.say('agents.paused') },
    { head: words.say('agents.occupancy') },
    { head: words.say('agents.outbound') },
    { head: words.say('agents.listened') },
  ];
  const rows = agents.map((agent) => [
    hasExchanges ? html`${agent.agent} <small>${agent.pbx}</small>` : agent.agent,
    words.count(agent.talks),
    words.clock(agent.talkMs),
    words.count(agent.refused),
    agent.endsKnown === 0
      ? '–'
      : html`${words.count(agent.endedFirst)} <small>(${words.percentOrDash(agent.endedFirstShare)})</small>`,
    words.clock(seenMs(agent.loggedInMs, agent)),
    words.clock(seenMs(agent.pausedMs, agent)),
    words.percentOrDash(agent.occupancy),
    words.count(agent.outbound),
    listenedCell(agent, words),
  ]);
  const limits = { fewest: FEWEST_LISTENED, most: MOST_LISTENED };
  return html`<section>
    ${heading}
    <div class="scroll">${reportTable(words.say('agents.caption'), columns, rows)}</div>
    <p class="hint">${words.say('agents.hint', limits)}</p>
  </section> `;
}

/** Who was never seen logged in, was not seen paused either: that is not known to be no time. */
const seenMs = (ms: number, { loggedInMs }: AgentRow): number | null => (loggedInMs > 0 ? ms : null);

/** Of a quarter, month by month: the norm asks for each. */
function listenedCell({ listened, listenedMonths }: AgentRow, words: ReportWords): Html | string {
  const told =
    listenedMonths.length > 1
      ? listenedMonths.map((month) => words.count(month.listened)).join(' · ')
      : words.count(listened);
  if (listenedMonths.every(({ asNormAsks }) => asNormAsks !== false)) return told;
  const wrong = words.say('agents.listened-wrong', { fewest: FEWEST_LISTENED, most: MOST_LISTENED });
  return html`${told}<br /><small class="breach">${wrong}</small>`;
}

/** Who is owed a call. */
export function callBacksHtml(document: ReportDocument, words: ReportWords): Html {
  const { callBacks } = document;
  const heading = html`<h2>${words.say('call-backs')}</h2> `;
  if (callBacks === null) {
    return html`<section>
      ${heading}
      <p>${words.say('notice.no-numbers')}</p>
    </section> `;
  }
  const standing = words.say('call-backs.as-of', {
    instant: words.instant(callBacks.asOfMs),
    open: words.count(callBacks.open),
    overdue: words.count(callBacks.overdue),
    emergencies: words.count(callBacks.openEmergencies),
    oldest: words.duration(callBacks.oldestAgeMs),
  });
  const more = callBacks.notListed > 0 ? moreHtml(callBacks.notListed, words) : '';
  return html`<section>
    ${heading}
    <p>${standing}</p>
    <div class="scroll">${callBackTable(document, callBacks, words)}</div>
    ${callBacks.list.length > 0 ? callBackList(document, callBacks, words) : ''}${more}
  </section> `;
}

function callBackTable(document: ReportDocument, { hotlines }: CallBackSection, words: ReportWords): Html {
  const columns = [
    { head: words.say('hotline') },
    { head: words.say('call-backs.open') },
    { head: words.say('call-backs.overdue') },
    { head: words.say('call-backs.oldest') },
    { head: words.say('call-backs.ended') },
    { head: words.say('call-backs.in-time') },
    { head: words.say('call-backs.late') },
    { head: words.say('call-backs.could-not') },
    { head: words.say('call-backs.otherwise') },
    { head: words.say('call-backs.emergencies') },
  ];
  const rows = hotlines.map((row) => [
    titleOf(document, row),
    words.count(row.open),
    row.overdue > 0
      ? html`<span class="breach">${words.count(row.overdue)}</span>`
      : words.count(row.overdue),
    words.duration(row.oldestAgeMs),
    words.count(row.ended),
    row.due === 0
      ? words.count(row.reachedInTime)
      : html`${words.count(row.reachedInTime)} / ${words.count(row.due)}
          <small>(${words.percent(row.inTimeRatio)})</small>`,
    words.count(row.reachedLate),
    words.count(row.couldNotBeReached),
    words.count(row.closedOtherwise),
    words.count(row.emergencies),
  ]);
  return reportTable(words.say('call-backs.caption'), columns, rows);
}

function callBackList(document: ReportDocument, { list }: CallBackSection, words: ReportWords): Html {
  const columns = [
    { head: words.say('call-backs.opened') },
    { head: words.say('hotline'), words: true },
    { head: words.say('call-backs.age') },
    { head: words.say('call-backs.lost') },
    { head: words.say('call-backs.last'), words: true },
    { head: words.say('call-backs.tries') },
    { head: words.say('call-backs.state'), words: true },
    { head: words.say('call-backs.first-lost') },
  ];
  const rows = list.map((one) => {
    const states = [
      words.say(one.overdue ? 'call-backs.is-overdue' : 'call-backs.is-open'),
      ...(one.emergency ? [words.say('call-backs.emergency')] : []),
      ...(one.mayBeGivenUp ? [words.say('call-backs.may-give-up')] : []),
    ].join(', ');
    return [
      words.instant(one.openedAtMs),
      titleOf(document, one),
      words.duration(one.ageMs),
      words.count(one.lostCalls),
      words.say(`outcome.${one.lastOutcome}`),
      `${words.count(one.tries)} (${words.count(one.daysTried)})`,
      one.overdue ? html`<span class="breach">${states}</span>` : states,
      html`<small>${one.firstCall}</small>`,
    ];
  });
  return html`<div class="scroll">${reportTable(words.say('call-backs.list'), columns, rows)}</div> `;
}

/** Who led, how the seats were handed over, and what is left to the next shift. */
export function shiftHtml(shift: ShiftSection, words: ReportWords): Html {
  const nobody = words.say('shift.nobody');
  const { handOver, leftOpen, next } = shift;
  const left = reportList(words.say('shift.left-open'), [
    [words.say('shift.calls-open'), words.count(leftOpen.callsNotOver)],
    [words.say('call-backs.open'), leftOpen.callBacks === null ? '–' : words.count(leftOpen.callBacks)],
    [
      words.say('call-backs.overdue'),
      leftOpen.callBacksOverdue === null ? '–' : words.count(leftOpen.callBacksOverdue),
      true,
    ],
  ]);
  return html`<section>
    <h2>${words.say('shift')}</h2>
    <div class="columns">
      <dl>
        <dt>${words.say('shift.leader')}</dt>
        <dd>${shift.leader ?? nobody}</dd>
        <dt>${words.say('shift.next')}</dt>
        <dd>${words.period({ kind: 'shift', key: next.key })}</dd>
        <dt>${words.say('shift.leader')}</dt>
        <dd>${next.leader ?? nobody}</dd>
      </dl>
      ${left}
    </div>
    ${handOver === null ? html`<p>${words.say('shift.no-roster')}</p>` : handOverHtml(handOver, words)}
  </section> `;
}

function handOverHtml(handOver: NonNullable<ShiftSection['handOver']>, words: ReportWords): Html {
  const { judged, unseen, findings } = handOver;
  const check = html`<p>
    ${words.say('shift.check', {
      judged: words.count(judged),
      findings: words.count(findings.length),
      unseen: words.count(unseen),
    })}
  </p> `;
  if (findings.length === 0) return check;
  const columns = [
    { head: words.say('shift.seat') },
    { head: words.say('agent'), words: true },
    { head: words.say('shift.when'), words: true },
    { head: words.say('shift.left') },
    { head: words.say('shift.successor'), words: true },
    { head: words.say('shift.relieved') },
    { head: words.say('shift.gap') },
  ];
  const rows = findings.map((leave) => [
    leave.seat,
    leave.agent,
    [
      words.say(`shift.${leave.when}`),
      leave.reason,
      leave.queue === '' ? '' : `${words.say('shift.queue')} ${leave.queue}`,
    ]
      .filter((text) => text !== '')
      .join(', '),
    words.instant(leave.leftAtMs),
    leave.successor === '' ? '–' : leave.successor,
    leave.relievedAtMs === null ? words.say('shift.not-relieved') : words.instant(leave.relievedAtMs),
    words.duration(leave.gapMs),
  ]);
  return html`${check}${reportTable(words.say('shift.caption'), columns, rows)}`;
}

function titleOf(
  { hotlines }: ReportDocument,
  { pbx, hotline }: { readonly pbx: string; readonly hotline: string },
): string {
  return hotlines.find((one) => one.pbx === pbx && one.hotline === hotline)?.title ?? hotline;
}
