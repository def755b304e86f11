import type { CallRecord, Fact } from '../../src/calls/facts.ts';
import type { StoredFact } from '../../src/store/compact.ts';

const PBX = 'north';
const HOTLINE = 'gas';
const QUEUE = 'support';
const SEAT = 'PJSIP/seat101';
const AGENT = 'Ann Other';

/** All facts of a call of hotline `gas` on `north` that an attendant picked up and a seat answered after 9 s. */
export function answeredCall(uniqueid: string, reachedAtMs: number): readonly StoredFact[] {
  const call = { pbx: PBX, uniqueid, hotline: HOTLINE };
  const id = (rest: string): string => `${PBX}/${uniqueid}/${rest}`;
  const [upMs, queuedMs, answeredMs, closedMs] = [350, 12_400, 21_400, 141_900].map(
    (ms) => reachedAtMs + ms,
  ) as [number, number, number, number];
  const answer = {
    by: 'seat',
    seat: SEAT,
    agent: AGENT,
    queue: QUEUE,
    atMs: answeredMs,
    waitMs: 9_000,
  } as const;
  const stay = {
    pbx: PBX,
    uniqueid,
    queue: QUEUE,
    source: 'hotline',
    refused: false,
    takenUp: false,
    test: false,
  } as const;
  const who = { seat: SEAT, agent: AGENT };
  return [
    openedCall(uniqueid, reachedAtMs),
    { type: 'call-decided', id: id('picked-up'), ...call, atMs: upMs, what: 'picked-up', answer: undefined },
    {
      type: 'scored',
      id: id('scored/auto'),
      ...call,
      atMs: upMs,
      target: 'auto',
      result: 'hit',
      reachedAtMs,
      waitMs: undefined,
    },
    { type: 'queue-entered', id: id(`queue/${QUEUE}/${queuedMs - 20}/entered`), ...stay, atMs: queuedMs },
    {
      type: 'queue-ended',
      id: id(`queue/${QUEUE}/${queuedMs - 20}/ended`),
      ...stay,
      ...who,
      atMs: answeredMs,
      end: 'answered',
      waitMs: 9_000,
      short: false,
      blind: false,
    },
    { type: 'call-decided', id: id('answered'), ...call, atMs: answeredMs, what: 'answered', answer },
    {
      type: 'scored',
      id: id('scored/transfer'),
      ...call,
      atMs: answeredMs,
      target: 'transfer',
      result: 'hit',
      reachedAtMs,
      waitMs: 9_000,
    },
    {
      type: 'talk-ended',
      id: id(`talk/${uniqueid}5/${answeredMs - 20}`),
      ...call,
      ...who,
      queue: QUEUE,
      atMs: closedMs,
      talkMs: 120_500,
      holdMs: 0,
      endedBy: 'caller',
    },
    closedCall(uniqueid, reachedAtMs, {
      closedAtMs: closedMs,
      outcome: 'answered',
      pickupMs: 350,
      askedAtMs: queuedMs,
      stages: [{ queue: QUEUE, startedAtMs: queuedMs, waitMs: 9_000, end: 'answered' }],
      answer,
      talkMs: 120_500,
    }),
  ];
}

/** A call of which nothing but its beginning is known yet. */
export function openedCall(uniqueid: string, reachedAtMs: number): StoredFact {
  return {
    type: 'call-opened',
    id: `${PBX}/${uniqueid}/opened`,
    pbx: PBX,
    uniqueid,
    hotline: HOTLINE,
    kind: 'attendant',
    hours: 'open',
    emergency: false,
    test: false,
    takenUp: false,
    reachedAtMs,
    atMs: reachedAtMs,
  };
}

export function closedCall(
  uniqueid: string,
  reachedAtMs: number,
  changes: Partial<CallRecord>,
): Extract<Fact, { type: 'call-closed' }> {
  const record: CallRecord = {
    pbx: PBX,
    uniqueid,
    hotline: HOTLINE,
    kind: 'attendant',
    hours: 'open',
    emergency: false,
    test: false,
    takenUp: false,
    reachedAtMs,
    closedAtMs: reachedAtMs + 60_000,
    outcome: 'unknown',
    endedBy: 'caller',
    pickupMs: undefined,
    askedAtMs: undefined,
    stages: [],
    answer: undefined,
    message: undefined,
    short: false,
    talkMs: 0,
    holdMs: 0,
    transfers: 0,
    lostAfterAnswer: false,
    ...changes,
  };
  return {
    type: 'call-closed',
    id: `${PBX}/${uniqueid}/closed`,
    pbx: PBX,
    hotline: HOTLINE,
    atMs: record.closedAtMs,
    record,
  };
}
