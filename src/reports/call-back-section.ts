import type { CALL_BACK_COLUMNS } from '../attempts/call-back-share.ts';
import type { CallBackSummary } from '../attempts/call-back-summary.ts';
import { standingOf } from '../attempts/call-back.ts';
import { share } from '../rates/share.ts';
import type { HotlineSection } from './document-hotline.ts';
import type { CallBackRow, CallBackSection } from './report-document.ts';
import { countOf, type Sums } from './sum-table.ts';

/** A list that a leader works through on paper; whoever needs more has it live. */
const MOST_LISTED = 50;

/** Sums of the series `call-backs` or `call-backs-emergency` of a hotline over the period. */
export type CallBackSums = (
  hotline: Pick<HotlineSection, 'pbx' | 'hotline'>,
  series: 'call-backs' | 'call-backs-emergency',
) => Sums;

/**
 * Those who are owed a call back as of now, and what became of those whom the period's calls lost (norm.md section 4).
 * Every open one is listed, whenever it began: it is left to the next shift all the same.
 */
export function callBackSection(
  open: readonly CallBackSummary[],
  hotlines: readonly HotlineSection[],
  sumsOf: CallBackSums,
  nowMs: number,
): CallBackSection {
  const standing = open.map((callBack) => ({ callBack, ...standingOf(callBack, nowMs) }));
  const list = standing
    .toSorted((a, b) => Number(b.overdue) - Number(a.overdue) || b.ageMs - a.ageMs)
    .slice(0, MOST_LISTED)
    .map(({ callBack, ageMs, overdue }) => listed(callBack, ageMs, overdue));
  return {
    asOfMs: nowMs,
    open: open.length,
    overdue: standing.filter(({ overdue }) => overdue).length,
    openEmergencies: open.filter(({ emergency }) => emergency).length,
    oldestAgeMs: oldestOf(standing),
    hotlines: hotlines.map((hotline) => hotlineRow(hotline, standing, sumsOf)),
    list,
    notListed: open.length - list.length,
  };
}

interface Standing {
  readonly callBack: CallBackSummary;
  readonly ageMs: number;
  readonly overdue: boolean;
}

function hotlineRow(
  hotline: HotlineSection,
  standing: readonly Standing[],
  sumsOf: CallBackSums,
): CallBackRow {
  const { pbx, hotline: name, fromMs, untilMs } = hotline;
  const own = standing.filter(({ callBack }) => callBack.pbx === pbx && callBack.hotline === name);
  const ordinary = sumsOf(hotline, 'call-backs');
  const emergency = sumsOf(hotline, 'call-backs-emergency');
  const both = (column: (typeof CALL_BACK_COLUMNS)[number]): number =>
    countOf(ordinary, column) + countOf(emergency, column);
  const overdueOfPeriod = own.filter(({ callBack, overdue }) => {
    const { emergency: isEmergency, reachedAtMs } = callBack;
    return overdue && !isEmergency && reachedAtMs >= fromMs && reachedAtMs < untilMs;
  });
  const due = countOf(ordinary, 'ended') + overdueOfPeriod.length;
  return {
    pbx,
    hotline: name,
    open: own.length,
    overdue: own.filter(({ overdue }) => overdue).length,
    oldestAgeMs: oldestOf(own),
    ended: both('ended'),
    reachedInTime: countOf(ordinary, 'reachedInTime'),
    reachedLate: both('reachedLate'),
    couldNotBeReached: both('couldNotBeReached'),
    closedOtherwise: both('closedOtherwise'),
    emergencies: countOf(emergency, 'ended'),
    due,
    inTimeRatio: share(Math.min(countOf(ordinary, 'reachedInTime'), due), due),
  };
}

function listed(callBack: CallBackSummary, ageMs: number, overdue: boolean): CallBackSection['list'][number] {
  return {
    pbx: callBack.pbx,
    hotline: callBack.hotline,
    firstCall: callBack.firstCall,
    openedAtMs: callBack.openedAtMs,
    dueAtMs: callBack.dueAtMs,
    ageMs,
    overdue,
    emergency: callBack.emergency,
    lostCalls: callBack.lostCalls,
    lastOutcome: callBack.lastOutcome,
    tries: callBack.tries,
    daysTried: callBack.daysTried,
    mayBeGivenUp: callBack.mayBeGivenUp,
  };
}

const oldestOf = (standing: readonly Standing[]): number | null =>
  standing.length === 0 ? null : Math.max(...standing.map(({ ageMs }) => ageMs));
