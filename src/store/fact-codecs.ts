import {
  BREACHES,
  OUTCOMES,
  RESULTS,
  SEAT_STATES,
  STAGE_ENDS,
  TARGETS,
  type Answer,
  type CallerHeard,
  type CallRecord,
  type Fact,
  type OutboundEnded,
  type Stage,
  type TalkPlace,
} from '../calls/facts.ts';
import { flag, instant, list, maybe, number, oneOf, shape, text, type Codec, type Shape } from './codec.ts';
import { evidenceCodec } from './evidence-codec.ts';

/** What a body holds of facts: never a caller's number (norm.md section 7). That a caller was heard is the vault's alone. */
export type BodyFact = Exclude<Fact, CallerHeard | OutboundEnded> | Omit<OutboundEnded, 'number'>;
export type BodyType = BodyFact['type'];

/** The call whose body it is, nearly always. */
const own = (key: 'pbx' | 'uniqueid'): Codec<string> => ({
  write: (value, book) => (value === book[key] ? -1 : text.write(value, book)),
  read: (json, book) => (json === -1 ? book[key] : text.read(json, book)),
});
const pbx = own('pbx');
const uniqueid = own('uniqueid');

const KIND = oneOf(['attendant', 'people']);
const HOURS = oneOf(['open', 'closed']);
const SOURCE = oneOf(['hotline', 'internal']);
const STAGE_END = oneOf(STAGE_ENDS);

const answer: Codec<Answer> = shape<Answer>({
  by: oneOf(['seat', 'outside']),
  seat: text,
  agent: text,
  queue: text,
  atMs: instant,
  waitMs: maybe(number),
});
const stage: Codec<Stage> = shape<Stage>({
  queue: text,
  startedAtMs: instant,
  waitMs: number,
  end: STAGE_END,
});

const record: Codec<CallRecord> = shape<CallRecord>({
  pbx,
  uniqueid,
  hotline: text,
  kind: KIND,
  hours: HOURS,
  emergency: flag,
  test: flag,
  takenUp: flag,
  reachedAtMs: instant,
  closedAtMs: instant,
  outcome: oneOf(OUTCOMES),
  endedBy: oneOf(['caller', 'exchange', 'unknown']),
  pickupMs: maybe(number),
  askedAtMs: maybe(instant),
  stages: list(stage),
  answer: maybe(answer),
  message: maybe(oneOf(['left', 'none'])),
  short: flag,
  talkMs: number,
  holdMs: number,
  transfers: number,
  lostAfterAnswer: flag,
});

type Said<Type extends BodyType> = Omit<Extract<BodyFact, { type: Type }>, 'type' | 'id' | 'pbx' | 'atMs'>;
const call = { uniqueid, hotline: text };
const stay = { uniqueid, queue: text, source: SOURCE };

const SHAPES: { readonly [Type in BodyType]: Shape<Said<Type>> } = {
  'call-opened': {
    ...call,
    kind: KIND,
    hours: HOURS,
    emergency: flag,
    test: flag,
    takenUp: flag,
    reachedAtMs: instant,
  },
  'call-decided': { ...call, what: oneOf(['picked-up', 'answered']), answer: maybe(answer) },
  'call-closed': { hotline: text, record, evidence: evidenceCodec },
  scored: {
    ...call,
    target: oneOf(TARGETS),
    result: oneOf(RESULTS),
    reachedAtMs: instant,
    waitMs: maybe(number),
  },
  breach: { ...call, breach: oneOf(BREACHES), reachedAtMs: instant },
  'queue-entered': { ...stay, refused: flag, takenUp: flag, test: flag },
  'queue-ended': {
    ...stay,
    end: STAGE_END,
    waitMs: number,
    short: flag,
    refused: flag,
    takenUp: flag,
    seat: text,
    agent: text,
    test: flag,
    blind: flag,
  },
  'talk-ended': {
    ...call,
    queue: text,
    seat: text,
    agent: text,
    talkMs: number,
    holdMs: number,
    endedBy: oneOf(['caller', 'seat', 'transfer', 'unknown']),
  },
  'ring-no-answer': { uniqueid, queue: text, seat: text, agent: text, ringMs: number },
  'transferred-in': call,
  unattributed: { trunk: text },
  'unknown-origin': { interface: text },
  blind: {
    fromMs: instant,
    untilMs: instant,
    openCalls: number,
    endedUnknown: number,
    takenUp: number,
    rebooted: flag,
    missedCalls: maybe(number),
  },
  corrected: { channels: number, seats: number, queues: number },
  'seat-interval': {
    seat: text,
    agent: text,
    state: oneOf(SEAT_STATES),
    busyWith: maybe(oneOf(['queue', 'hotline', 'internal', 'outbound'])),
    reason: text,
    fromMs: instant,
    queues: list(text),
    pausedIn: list(text),
    wrapsUp: shape<TalkPlace>({ hotline: text, queue: text }),
  },
  'outbound-ended': {
    uniqueid,
    seat: text,
    agent: text,
    startedAtMs: instant,
    answered: flag,
    talkMs: number,
  },
  listened: { seat: text, agent: text },
};

/** Place in this list is the code in a body: new types go to the end. */
export const BODY_TYPES = Object.freeze([
  'call-opened',
  'call-decided',
  'call-closed',
  'scored',
  'breach',
  'queue-entered',
  'queue-ended',
  'talk-ended',
  'ring-no-answer',
  'transferred-in',
  'unattributed',
  'unknown-origin',
  'blind',
  'corrected',
  'seat-interval',
  'outbound-ended',
  'listened',
] as const satisfies readonly BodyType[]);

const CODECS = new Map<BodyType, Codec<object>>(
  // Each shape belongs to the type it stands under; the map cannot say so.
  BODY_TYPES.map((type) => [type, shape(SHAPES[type] as Shape<object>)]),
);

/** Everything a fact of `type` says beside its type, id, exchange and instant. */
export function saidCodec(type: BodyType): Codec<object> {
  const codec = CODECS.get(type);
  if (codec === undefined) throw new Error(`no codec for ${type}`);
  return codec;
}
