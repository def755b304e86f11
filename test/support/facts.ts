import type {
  CallClosed,
  CallOpened,
  CallRecord,
  Fact,
  QueueEnded,
  QueueEntered,
  Scored,
  SeatInterval,
  TalkEnded,
} from '../../src/calls/facts.ts';

let made = 0;
const base = () => ({ id: `fact-${++made}`, pbx: 'north', atMs: 0 });
const call = () => ({ ...base(), uniqueid: '1700000000.1', hotline: 'gas' });

/** Facts of exchange `north`, hotline `gas` and queue `support`, with what a test is about filled in by it. */
export function opened(changes: Partial<CallOpened>): CallOpened {
  const some = { kind: 'attendant', hours: 'open', emergency: false, test: false, takenUp: false } as const;
  return { ...call(), ...some, type: 'call-opened', reachedAtMs: changes.atMs ?? 0, ...changes };
}

export function scored(changes: Partial<Scored>): Scored {
  return {
    ...call(),
    type: 'scored',
    target: 'transfer',
    result: 'hit',
    reachedAtMs: changes.atMs ?? 0,
    waitMs: undefined,
    ...changes,
  };
}

export function closed(changes: Partial<CallRecord>): CallClosed {
  const record: CallRecord = {
    pbx: 'north',
    uniqueid: '1700000000.1',
    hotline: 'gas',
    kind: 'attendant',
    hours: 'open',
    emergency: false,
    test: false,
    takenUp: false,
    reachedAtMs: changes.closedAtMs ?? 0,
    closedAtMs: 0,
    outcome: 'answered',
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
    ...base(),
    type: 'call-closed',
    pbx: record.pbx,
    hotline: record.hotline,
    atMs: record.closedAtMs,
    record,
  };
}

export function entered(changes: Partial<QueueEntered>): QueueEntered {
  const some = { uniqueid: '1700000000.1', queue: 'support', source: 'hotline' } as const;
  return { ...base(), ...some, type: 'queue-entered', refused: false, takenUp: false, ...changes };
}

export function ended(changes: Partial<QueueEnded>): QueueEnded {
  const some = {
    uniqueid: '1700000000.1',
    queue: 'support',
    source: 'hotline',
    seat: '',
    agent: '',
  } as const;
  const flags = { short: false, refused: false, takenUp: false };
  return { ...base(), ...some, ...flags, type: 'queue-ended', end: 'answered', waitMs: 0, ...changes };
}

export function talked(changes: Partial<TalkEnded>): TalkEnded {
  const some = {
    uniqueid: '1700000000.1',
    hotline: 'gas',
    queue: 'support',
    seat: 'PJSIP/101',
    agent: 'Ann',
  };
  return { ...base(), ...some, type: 'talk-ended', talkMs: 0, holdMs: 0, endedBy: 'caller', ...changes };
}

export function interval(changes: Partial<SeatInterval>): SeatInterval {
  const some = { seat: 'PJSIP/101', agent: 'Ann', busyWith: undefined, reason: '', fromMs: 0 };
  const posts = { queues: ['support'], pausedIn: [] };
  return { ...base(), ...some, ...posts, type: 'seat-interval', state: 'wrap-up', ...changes };
}

export function transferredIn(atMs: number): Fact {
  return { ...call(), type: 'transferred-in', atMs };
}
