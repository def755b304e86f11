import { HOTLINES, QUEUES, SEATS } from '../../src/simulator/company.ts';
import type { Entry } from '../../src/simulator/ledger.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import type { WatchedExchange } from './watched-exchange.ts';

/**
 * So near to an instant at which something begins or ends, old and new are both right: a leg that changes bridges is
 * given half a second to settle (seats/leg.ts SETTLE_MS), and what is late on the wire comes within one.
 */
const MARGIN_MS = 1500;

/** The live picture against the ledger, now: open calls, who waits where, and every seat's state. */
export function liveDifferences(watched: WatchedExchange): string[] {
  const { nowMs, book } = watched;
  watched.pipeline.advance(nowMs);
  const near = book.ledger.entries.filter(
    ({ reachedMs, endedMs }) => reachedMs <= nowMs + MARGIN_MS && endedMs >= nowMs - MARGIN_MS,
  );
  return [
    ...HOTLINES.flatMap(({ name }) => hotlineDifferences(name, near, watched)),
    ...QUEUES.flatMap(({ name }) => queueDifferences(name, near, watched)),
    ...seatDifferences(watched),
  ];
}

function hotlineDifferences(name: string, near: readonly Entry[], watched: WatchedExchange): string[] {
  const calls = near.filter(({ truth }) => truth?.hotline === name);
  const open = bounds(calls, watched.nowMs, ({ reachedMs, endedMs }) => [[reachedMs, endedMs]]);
  const said = watched.pipeline.exchange(PRACTICE_PBX)?.live.hotline(name).calls;
  return said !== undefined && said >= open.least && said <= open.most
    ? []
    : [`hotline ${name}: truly ${open.least} to ${open.most} calls, told ${String(said)}`];
}

function queueDifferences(name: string, near: readonly Entry[], watched: WatchedExchange): string[] {
  const waiting = bounds(near, watched.nowMs, (entry) => staysIn(name, entry));
  const said = watched.pipeline.exchange(PRACTICE_PBX)?.live.queueCallers(name).length ?? 0;
  return said >= waiting.least && said <= waiting.most
    ? []
    : [`queue ${name}: truly ${waiting.least} to ${waiting.most} wait, told ${said}`];
}

function staysIn(queue: string, entry: Entry): (readonly [number, number])[] {
  const stays: (readonly [number, number])[] = [];
  let fromMs: number | undefined;
  for (const moment of entry.moments) {
    if (moment.what === 'joined' && moment.queue === queue) fromMs = moment.atMs;
    else if (fromMs !== undefined && (moment.what === 'left' || moment.what === 'ended')) {
      stays.push([fromMs, moment.atMs]);
      fromMs = undefined;
    }
  }
  return stays;
}

/** How many there are for certain, and how many if everything that is just changing counts. */
function bounds(
  entries: readonly Entry[],
  nowMs: number,
  spansOf: (entry: Entry) => readonly (readonly [number, number])[],
): { readonly least: number; readonly most: number } {
  let least = 0;
  let most = 0;
  for (const entry of entries) {
    for (const [fromMs, untilMs] of spansOf(entry)) {
      if (fromMs <= nowMs - MARGIN_MS && untilMs > nowMs + MARGIN_MS) least += 1;
      if (fromMs <= nowMs + MARGIN_MS && untilMs > nowMs - MARGIN_MS && untilMs > fromMs) most += 1;
    }
  }
  return { least, most };
}

function seatDifferences({ pipeline, book, nowMs }: WatchedExchange): string[] {
  const { ledger, gaps } = book;
  const seats = pipeline.exchange(PRACTICE_PBX)?.seats;
  return SEATS.flatMap(({ interface: seat }) => {
    if (ledger.isChanging(seat, nowMs, MARGIN_MS)) return [];
    const { state, span } = ledger.seatAt(seat, nowMs);
    const said = seats?.seat(seat)?.state;
    // Nor does any list tell of holds.
    const lastGapMs = gaps.at(-1)?.untilMs ?? -Infinity;
    if (said === 'talking' && state === 'on-hold' && (span?.fromMs ?? 0) <= lastGapMs) return [];
    // A phone in no queue is in no list: until its device says something new nothing is known of it, and nothing claimed.
    const isListed = (seats?.seat(seat)?.memberships.size ?? 0) > 0;
    if (said === 'unknown' && !isListed && (state === 'idle' || state === 'offline')) return [];
    return said === state
      ? []
      : [`${seat}: truly ${state}, told ${String(said)} (${seats?.seat(seat)?.why ?? ''})`];
  });
}
