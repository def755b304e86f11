import {
  Arbitrary,
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  integer,
  oneof,
  property,
  record,
  tuple,
} from 'fast-check';
import { expect, it } from 'vitest';
import type { ChannelLine, PbxEvent, QueueEntryLine, Snapshot } from '../../src/ami/pbx-event.ts';
import { someHotline, somePbx, someWatch } from '../support/definitions.ts';
import { parts, unfrozen, WatchedCalls } from './watched-calls.ts';

/** Every channel that events can name: two callers, phones, a phone that calls in, a Local pair, and none. */
const CHANNELS = [
  { uniqueid: '1.1', channel: 'PJSIP/carrier-00000001' },
  { uniqueid: '1.2', channel: 'PJSIP/carrier-00000002' },
  { uniqueid: '1.3', channel: 'PJSIP/seat1-00000003' },
  { uniqueid: '1.4', channel: 'PJSIP/seat2-00000004' },
  { uniqueid: '1.5', channel: 'Local/1@seats-00000005;1' },
  { uniqueid: '1.6', channel: 'Local/1@seats-00000005;2' },
  { uniqueid: '1.7', channel: 'PJSIP/seat2-00000007' },
  // A masquerade gives one's name to another.
  { uniqueid: '1.7', channel: 'PJSIP/carrier-00000001' },
  { uniqueid: '', channel: '' },
];
const ref = constantFrom(...CHANNELS);
const queue = constantFrom('support', 'other', '');
const bridge = constantFrom('b1', 'b2', 'b3');
const context = constantFrom('ivr', 'leak', 'closed', 'box', 'from-carrier');
const extension = constantFrom('100', '200', 's', 'h');
const result = constantFrom('Success', 'Fail');

/** A record of arbitraries as one arbitrary of events, at instants that may go backwards. */
const said = <T>(model: { [K in keyof T]: Arbitrary<T[K]> | T[K] }): Arbitrary<T> =>
  record(
    Object.fromEntries(
      Object.entries(model).map(([key, value]) => [
        key,
        value instanceof Arbitrary ? value : constant(value),
      ]),
    ),
  ) as unknown as Arbitrary<T>;
const onChannel = (model: Record<string, unknown>): Arbitrary<Record<string, unknown>> =>
  tuple(ref, said(model)).map(([channel, more]) => ({ ...channel, ...(more as object) }));

const offer = { queue, interface: constantFrom('PJSIP/seat1', 'Local/1@seats', ''), memberName: 'Ann' };
const HANGUP = onChannel({
  type: 'channel-gone',
  cause: constantFrom(0, 16, 17),
}) as Arbitrary<unknown> as Arbitrary<PbxEvent>;
const EVENTS = [
  onChannel({
    type: 'channel-created',
    linkedid: '',
    state: constantFrom(0, 4),
    callerNumber: '13800000001',
    context,
    extension,
  }),
  onChannel({ type: 'channel-state', state: constantFrom(5, 6) }),
  onChannel({ type: 'hangup-requested', cause: 16 }),
  said({ type: 'dial-begun', dialler: ref, dialled: ref, dialString: 'x' }),
  said({
    type: 'dial-ended',
    dialler: ref,
    dialled: ref,
    status: constantFrom('ANSWER', 'NOANSWER', 'BUSY', 'CANCEL', '?'),
  }),
  onChannel({ type: 'bridge-entered', bridge, bridgeType: 'basic', technology: 'simple_bridge' }),
  onChannel({ type: 'bridge-entered', bridge: 'park', bridgeType: '', technology: 'holding_bridge' }),
  onChannel({ type: 'bridge-left', bridge }),
  onChannel({
    type: 'dialplan-step',
    context,
    extension,
    application: constantFrom('Queue', 'Dial', 'VoiceMail'),
    data: constantFrom('support,t', 'PJSIP/seat1', ''),
  }),
  onChannel({
    type: 'variable-set',
    variable: constantFrom('QUEUESTATUS', 'DIALSTATUS'),
    value: constantFrom('FULL', 'TIMEOUT', 'JOINEMPTY', 'BUSY', 'NOANSWER', ''),
  }),
  said({ type: 'blind-transfer', transferer: ref, transferee: ref, result, context: '', extension: '' }),
  said({
    type: 'attended-transfer',
    originalTransferer: ref,
    secondTransferer: ref,
    transferee: ref,
    transferTarget: ref,
    result,
    destinationType: constantFrom('App', 'Bridge'),
  }),
  onChannel({ type: 'message-waiting', mailbox: '1' }),
  said({ type: 'parked', parkee: ref, retriever: ref }),
  onChannel({ type: constantFrom('held', 'unheld') }),
  onChannel({ type: 'queue-joined', queue, position: 1 }),
  onChannel({ type: 'queue-left', queue }),
  onChannel({ type: 'queue-abandoned', queue, holdS: 0 }),
  onChannel({
    ...offer,
    type: constantFrom('agent-called', 'agent-connected', 'agent-rang-out', 'agent-dumped'),
    seatChannel: ref,
    ringMs: constantFrom(0, 3000),
  }),
  onChannel({ ...offer, type: 'agent-completed', seatChannel: ref, holdS: 0, talkS: 0, reason: 'caller' }),
  constant({ type: 'link-lost', lastHeardMs: 0 }),
  said({
    type: 'snapshot',
    purpose: constantFrom('resync', 'check'),
    rebooted: boolean(),
    channels: array(
      onChannel({
        linkedid: '',
        state: constantFrom(0, 4, 5, 6),
        callerNumber: '',
        context,
        extension,
        application: constantFrom('Queue', 'Dial', 'VoiceMail', 'Park', ''),
        data: '',
        ageMs: constantFrom(0, 5000),
        bridge: constantFrom('', 'b1', 'b2'),
        dialledNumber: constantFrom('', '100'),
      }) as unknown as Arbitrary<ChannelLine>,
      { maxLength: 4 },
    ),
    entries: array(onChannel({ queue, position: 1, waitS: 3 }) as unknown as Arbitrary<QueueEntryLine>, {
      maxLength: 2,
    }),
    queues: constant([]),
    members: constant([]),
    processedCalls: undefined,
  }),
] as unknown as Arbitrary<PbxEvent>[];

const stamped = tuple(
  integer({ min: -700, max: 1200 }).map((ms) => ms + 0.5),
  oneof({ weight: 60, arbitrary: oneof(...EVENTS) }, { weight: 1, arbitrary: HANGUP }),
);

const definition = someWatch({
  hotlines: [
    someHotline({ emergencyContexts: ['leak'], closedContexts: ['closed'], voicemailContexts: ['box'] }),
    someHotline({ name: 'people', kind: 'people', numbers: ['200'], queues: ['other'] }),
  ],
  pbxs: [somePbx({ seats: [{ interface: 'PJSIP/seat1', name: 'Ann' }] })],
});

it('whatever it is told, in whatever order: no throw, books that close, no length below 0, nothing kept of what is gone', () => {
  assert(
    property(array(stamped, { maxLength: 80, size: 'max' }), (steps) => {
      const watched = new WatchedCalls(definition);
      let nowMs = 1_000_000;
      const take = (event: object): void => {
        const stampedEvent = { ...event, pbxMs: nowMs, atMs: nowMs } as PbxEvent;
        expect(watched.take(stampedEvent)).toBe(0);
      };
      for (const channel of CHANNELS.slice(0, 7)) {
        const state = channel.channel.includes('carrier') || channel.uniqueid === '1.7' ? 4 : 0;
        const number = channel.uniqueid === '1.1' ? '100' : '200';
        const more = { linkedid: '', callerNumber: '', context: 'from-carrier', extension: number };
        take({ type: 'channel-created', ...channel, ...more, state });
      }
      for (const [laterMs, event] of steps) {
        nowMs += laterMs;
        take(event);
      }
      nowMs += 1000;
      for (const channel of CHANNELS) take({ type: 'channel-gone', ...channel, cause: 16 });
      nowMs += 1000;
      take(nothingLeft);
      const { exchange, facts } = watched;
      expect([exchange.openCalls, exchange.openChannels, exchange.kept]).toEqual([0, 0, 0]);
      expect(unfrozen(facts)).toEqual([]);
      expect(facts.flatMap(lengths).filter((lengthMs) => !(lengthMs >= 0))).toEqual([]);
      const ids = facts.flatMap((fact) =>
        'uniqueid' in fact || fact.type === 'call-closed' ? [fact.id] : [],
      );
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      for (const call of facts.filter((fact) => fact.type === 'call-opened')) {
        const ends = facts.filter(
          (fact) => fact.type === 'call-closed' && fact.record.uniqueid === call.uniqueid,
        );
        expect(ends.length).toBeGreaterThanOrEqual(1);
      }
    }),
    { numRuns: 400 },
  );
});

const nothingLeft: Omit<Snapshot, 'pbxMs' | 'atMs'> = {
  type: 'snapshot',
  purpose: 'check',
  rebooted: false,
  channels: [],
  queues: [],
  members: [],
  entries: [],
  processedCalls: undefined,
};

const lengths = (value: object): number[] =>
  parts(value).flatMap((part) =>
    Object.entries(part).flatMap(([key, length]) =>
      /^(wait|talk|hold|ring|pickup)Ms$/.test(key) && typeof length === 'number' ? [length] : [],
    ),
  );
