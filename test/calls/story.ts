import type { CallRecord, Fact } from '../../src/calls/facts.ts';
import type { HotlineDefinition, WatchDefinition } from '../../src/hotlines/definition.ts';
import { someHotline, somePbx, someWatch } from '../support/definitions.ts';
import { EventScript, SCRIPT_START_MS } from '../support/event-script.ts';
import { leftOpen } from './left-open.ts';
import { WatchedCalls } from './watched-calls.ts';

let present: WatchedCalls;
let script: EventScript;
let definition: WatchDefinition;

/** The exchange the story is told of, and what tells it: `watch` makes both anew. */
export const watched = (): WatchedCalls => present;
export const says = (): EventScript => script;

/** A new exchange with two attendant hotlines, the first as a test wants it. */
export function watch(changes: Partial<HotlineDefinition> = {}): void {
  const hotlines = [
    someHotline(changes),
    someHotline({ name: 'water', numbers: ['200'], queues: ['second'] }),
  ];
  definition = someWatch({
    hotlines,
    pbxs: [
      somePbx({
        trunks: [
          { name: 'carrier', interface: 'PJSIP/carrier', lines: 30, interExchange: false, person: true },
          { name: 'fax', interface: 'PJSIP/fax', lines: 1, interExchange: false, person: false },
          { name: 'isdn', interface: 'DAHDI/i1', lines: 30, interExchange: false, person: true },
        ],
        seats: ['PJSIP/1', 'PJSIP/2'].map((phone) => ({ interface: phone, name: phone })),
      }),
    ],
  });
  present = new WatchedCalls(definition);
  script = new EventScript((event) => {
    if (present.take(event) !== 0) throw new Error(`the books do not close after ${event.type}`);
  });
}

/** The daemon ends `atS` after the start, killed, and another begins where it left off. */
export function restarts(atS: number): void {
  const { facts } = present;
  const left = leftOpen(present);
  present = new WatchedCalls(definition);
  present.resume(left, SCRIPT_START_MS + atS * 1000, facts);
}

/** A caller from outside, 1 s later picked up by the attendant. */
export function arrives(id: string, atS = 0, number = '100', face = 'PJSIP/carrier'): void {
  const channel = `${face}-${id.padStart(8, '0')}`;
  const where = { linkedid: id, callerNumber: '13800000001', context: 'from-carrier', extension: number };
  says()
    .at(atS)
    .say({ type: 'channel-created', uniqueid: id, channel, state: 4, ...where });
  says()
    .created(id, face, 4)
    .at(atS + 1)
    .up(id);
}
/** A phone is dialled for the caller at `atS` and answers 2 s later; out of a queue where one is named. */
export function isAnswered(caller: string, phone: string, face: string, atS: number, queue = ''): void {
  says().at(atS).created(phone, face);
  if (queue !== '') says().offers(queue, caller, face, phone);
  says().dials(caller, phone).rings(phone);
  says()
    .at(atS + 2)
    .up(phone)
    .dialEnds(caller, phone, 'ANSWER');
  if (queue !== '') leaves(caller, queue).connects(queue, caller, face, phone);
  says().enters(`${caller}+${phone}`, phone, caller);
}
/** QueueCallerLeave. */
export const leaves = (caller: string, queue: string): EventScript =>
  says().say({ type: 'queue-left', ...says().ref(caller), queue });
export const asksToEnd = (id: string): EventScript =>
  says().say({ type: 'hangup-requested', ...says().ref(id), cause: 16 });
export const hangsUp = (id: string): EventScript => asksToEnd(id).gone(id);

export const records = (): readonly CallRecord[] =>
  watched().facts.flatMap((fact) => (fact.type === 'call-closed' ? [fact.record] : []));
export const record = (): CallRecord | undefined => records()[0];
export const of = <T extends Fact['type']>(type: T): readonly (Fact & { readonly type: T })[] =>
  watched().facts.filter((fact): fact is Fact & { readonly type: T } => fact.type === type);
export const scores = (): Record<string, string> =>
  Object.fromEntries(of('scored').map(({ target, result }) => [target, result]));

export function transfers(
  kind: 'App' | 'Bridge',
  transferee: string,
  first: string,
  second: string,
): EventScript {
  return says().say({
    type: 'attended-transfer',
    originalTransferer: says().ref(first),
    secondTransferer: says().ref(second),
    transferee: says().ref(transferee),
    transferTarget: says().ref(''),
    result: 'Success',
    destinationType: kind,
  });
}
