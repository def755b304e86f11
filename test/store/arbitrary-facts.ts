import {
  array,
  boolean,
  constant,
  constantFrom,
  double,
  integer,
  oneof,
  option,
  record as anyRecord,
  string,
  subarray,
  type Arbitrary,
} from 'fast-check';
import {
  BREACHES,
  OUTCOMES,
  RESULTS,
  SEAT_STATES,
  STAGE_ENDS,
  TARGETS,
  type Answer,
} from '../../src/calls/facts.ts';
import { CallerNumber } from '../../src/calls/caller-number.ts';
import type { Evidence } from '../../src/calls/outcome.ts';
import type { StoredFact } from '../../src/store/compact.ts';

const START_MS = 1_780_000_000_000;
const word = oneof(constantFrom('support', 'PJSIP/101', 'Ann', ''), string({ maxLength: 6 }));
const instant = oneof(integer({ min: START_MS, max: START_MS + 9_000_000 }), double());
const lengthMs = oneof(integer({ min: 0, max: 9_000_000 }), double());
const perhaps = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | undefined> =>
  option(arbitrary, { nil: undefined });
const NO_NUMBER = new CallerNumber('');
const KINDS = ['attendant', 'people'] as const;
const HOURS = ['open', 'closed'] as const;

/** Facts are plain objects. */
const record = <T extends object>(said: { [K in keyof T]: Arbitrary<T[K]> }): Arbitrary<T> =>
  anyRecord<T>(said, { noNullPrototype: true });

/** A fact need not say these. */
const OPTIONAL = new Set(['wrapsUp', 'test', 'blind', 'evidence']);
const loose = <T extends object>(said: { [K in keyof T]: Arbitrary<T[K]> }): Arbitrary<object> =>
  anyRecord(said, {
    noNullPrototype: true,
    requiredKeys: (Object.keys(said) as (keyof T)[]).filter((key) => !OPTIONAL.has(String(key))),
  });

const answer: Arbitrary<Answer> = record({
  by: constantFrom('seat', 'outside'),
  seat: word,
  agent: word,
  queue: word,
  atMs: instant,
  waitMs: perhaps(lengthMs),
});

const evidence: Arbitrary<Evidence> = record({
  kind: constantFrom(...KINDS),
  hours: constantFrom(...HOURS),
  emergency: boolean(),
  test: boolean(),
  takenUp: boolean(),
  beforeWatch: boolean(),
  answered: boolean(),
  voicemail: boolean(),
  blind: boolean(),
  perhapsAnswered: boolean(),
  askedSeen: boolean(),
  wasUnseen: boolean(),
  wasUp: boolean(),
  rangSomebody: boolean(),
  metBusy: boolean(),
  cause: integer(),
  endedBy: constantFrom('caller', 'exchange', 'unknown'),
  asked: boolean(),
  attended: boolean(),
  aliveMs: lengthMs,
  waitedMs: lengthMs,
  ringOutMs: lengthMs,
  shortMs: lengthMs,
  setAsideShort: boolean(),
  decided: subarray([...TARGETS]),
});

/** Every fact that a body can hold, of one call of one exchange, with ids as they are made and with any others. */
export function someFact(pbx: string, uniqueid: string): Arbitrary<StoredFact> {
  const base = { pbx: constant(pbx), atMs: instant };
  const call = { ...base, uniqueid: constant(uniqueid), hotline: word };
  const who = { seat: word, agent: word };
  const stay = {
    ...base,
    uniqueid: oneof(constant(uniqueid), word),
    queue: word,
    source: constantFrom('hotline', 'internal'),
    refused: boolean(),
    takenUp: boolean(),
    test: boolean(),
  };
  const flags = { emergency: boolean(), test: boolean(), takenUp: boolean(), reachedAtMs: instant };
  const begun = { kind: constantFrom(...KINDS), hours: constantFrom(...HOURS), ...flags };
  const closing = record({
    pbx: constant(pbx),
    uniqueid: constant(uniqueid),
    hotline: word,
    ...begun,
    closedAtMs: instant,
    outcome: constantFrom(...OUTCOMES),
    endedBy: constantFrom('caller', 'exchange', 'unknown'),
    pickupMs: perhaps(lengthMs),
    askedAtMs: perhaps(instant),
    stages: array(
      record({ queue: word, startedAtMs: instant, waitMs: lengthMs, end: constantFrom(...STAGE_ENDS) }),
    ),
    answer: perhaps(answer),
    message: perhaps(constantFrom('left', 'none')),
    short: boolean(),
    talkMs: lengthMs,
    holdMs: lengthMs,
    transfers: integer({ min: 0, max: 9 }),
    lostAfterAnswer: boolean(),
  });
  const kinds: Record<StoredFact['type'], Arbitrary<object>> = {
    'call-opened': record({ ...call, ...begun }),
    'call-decided': record({
      ...call,
      what: constantFrom('picked-up', 'answered'),
      answer: perhaps(answer),
    }),
    'call-closed': loose({ ...base, hotline: word, record: closing, evidence }),
    scored: record({
      ...call,
      target: constantFrom(...TARGETS),
      result: constantFrom(...RESULTS),
      reachedAtMs: instant,
      waitMs: perhaps(lengthMs),
    }),
    breach: record({ ...call, breach: constantFrom(...BREACHES), reachedAtMs: instant }),
    'queue-entered': loose(stay),
    'queue-ended': loose({
      ...stay,
      ...who,
      end: constantFrom(...STAGE_ENDS),
      waitMs: lengthMs,
      short: boolean(),
      blind: boolean(),
    }),
    'talk-ended': record({
      ...call,
      ...who,
      queue: word,
      talkMs: lengthMs,
      holdMs: lengthMs,
      endedBy: constantFrom('caller', 'seat', 'transfer', 'unknown'),
    }),
    'ring-no-answer': record({
      ...base,
      ...who,
      uniqueid: constant(uniqueid),
      queue: word,
      ringMs: lengthMs,
    }),
    'transferred-in': record(call),
    unattributed: record({ ...base, trunk: word }),
    'unknown-origin': record({ ...base, interface: word }),
    blind: record({
      ...base,
      fromMs: instant,
      untilMs: instant,
      openCalls: integer(),
      endedUnknown: integer(),
      takenUp: integer(),
      rebooted: boolean(),
      missedCalls: perhaps(integer()),
    }),
    corrected: record({ ...base, channels: integer(), seats: integer(), queues: integer() }),
    'seat-interval': loose({
      ...base,
      ...who,
      state: constantFrom(...SEAT_STATES),
      busyWith: perhaps(constantFrom('queue', 'hotline', 'internal', 'outbound')),
      reason: word,
      fromMs: instant,
      queues: array(word),
      pausedIn: array(word),
      wrapsUp: record({ hotline: word, queue: word }),
    }),
    'outbound-ended': record({
      ...base,
      ...who,
      uniqueid: constant(uniqueid),
      number: constant(NO_NUMBER),
      startedAtMs: instant,
      answered: boolean(),
      talkMs: lengthMs,
    }),
    listened: record({ ...base, ...who }),
  };
  const withIds = Object.entries(kinds).map(([type, said]) =>
    said.chain((rest) => {
      // What the arbitraries of a type make is a fact of that type.
      const nameless = { ...rest, type } as StoredFact;
      return idOf(nameless).map((id) => Object.assign(nameless, { id }));
    }),
  );
  return oneof(...withIds);
}

/** As the calls, seats and the exchange make them, and as nobody does. */
function idOf(fact: StoredFact): Arbitrary<string> {
  const own = 'uniqueid' in fact ? fact.uniqueid : '';
  const call = `${fact.pbx}/${own}`;
  const made: Record<string, string> = {
    'call-opened': `${call}/opened`,
    'queue-entered': `${call}/queue/support/1780000000123/entered`,
    'queue-ended': `${call}/queue/support/1780000000123/ended`,
    'talk-ended': `${call}/talk/1780000000.77/1780000000123`,
    'seat-interval': `${fact.pbx}/PJSIP/101/1780000000123`,
    corrected: `${fact.pbx}/corrected/1780000000123`,
  };
  return oneof(constant(made[fact.type] ?? `${call}/closed`), string());
}
