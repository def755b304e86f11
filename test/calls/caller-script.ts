import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import { Calls } from '../../src/calls/calls.ts';
import { Channels } from '../../src/calls/channels.ts';
import type { CallRecord, Fact } from '../../src/calls/facts.ts';
import type { HotlineDefinition, WatchDefinition } from '../../src/hotlines/definition.ts';

/** Monday 2026-11-16 10:00 in Shanghai: open. */
export const OPEN_MS = Date.UTC(2026, 10, 16, 2, 0, 0);
/** The same evening at 23:00: closed. */
export const CLOSED_MS = Date.UTC(2026, 10, 16, 15, 0, 0);

const OFFICE_DAY = [{ fromMin: 8 * 60, untilMin: 20 * 60 }];
const WEEK = {
  mon: OFFICE_DAY,
  tue: OFFICE_DAY,
  wed: OFFICE_DAY,
  thu: OFFICE_DAY,
  fri: OFFICE_DAY,
  sat: [],
  sun: [],
};

export const hotline = (over: Partial<HotlineDefinition> = {}): HotlineDefinition => ({
  name: 'gas',
  title: 'Gas hotline',
  pbx: 'one',
  kind: 'attendant',
  numbers: ['4001'],
  trunks: ['PJSIP/carrier'],
  contexts: [],
  attendantContexts: ['menu'],
  voicemailContexts: [],
  callbackContexts: ['call-back'],
  closedContexts: ['closed'],
  queues: ['sales', 'overflow'],
  emergency: false,
  emergencyContexts: ['leak'],
  hours: { zone: 'Asia/Shanghai', week: WEEK, exceptions: new Map(), shifts: [] },
  testNumbers: ['13900000000'],
  shortAbandonS: 5,
  setAsideShort: true,
  ringOutS: 20,
  serviceLevelS: 20,
  targets: { auto: 0.98, transfer: 0.85, direct: 0.9 },
  ...over,
});

const definitionOf = (watched: HotlineDefinition): WatchDefinition => ({
  hash: 'test',
  hotlines: [watched],
  pbxs: [
    {
      name: 'one',
      trunks: [
        { name: 'carrier', interface: 'PJSIP/carrier', lines: 30, interExchange: false, person: true },
        { name: 'branch', interface: 'PJSIP/branch', lines: 4, interExchange: true, person: true },
        { name: 'fax', interface: 'PJSIP/fax', lines: 1, interExchange: false, person: false },
      ],
      queues: [
        { name: 'sales', wrapupS: 10, emergency: false },
        { name: 'overflow', wrapupS: 10, emergency: false },
        { name: 'leaks', wrapupS: 0, emergency: true },
      ],
      seats: [{ interface: 'PJSIP/seat1', name: 'Lin' }],
      notPersonNumbers: ['95588'],
    },
  ],
});

/** What came of the script; `result` is of the only call. */
export interface Told {
  readonly facts: readonly Fact[];
  readonly record: CallRecord;
  readonly scores: Readonly<Record<string, string>>;
  readonly breaches: readonly string[];
}

/**
 * One caller's story, told as an exchange tells it: each step makes the events a real Asterisk 22 sends for it (see
 * test/traces), at an instant in seconds after the arrival.
 */
export class CallerScript {
  readonly channels = new Channels();
  readonly calls: Calls;
  readonly facts: Fact[] = [];
  readonly #fromMs: number;
  readonly #caller = { uniqueid: '100.1', channel: 'PJSIP/carrier-00000001' };
  #queue = '';
  #legs = 0;

  constructor(watched: HotlineDefinition, fromMs = OPEN_MS) {
    this.#fromMs = fromMs;
    const definition = definitionOf(watched);
    const [pbx] = definition.pbxs;
    if (!pbx) throw new Error('the definition has one exchange');
    this.calls = new Calls(definition, pbx, {
      channels: this.channels,
      names: {
        seatOf: (phone) => (phone.startsWith('PJSIP/seat') ? phone : undefined),
        agentOf: (seat) => (seat === 'PJSIP/seat1' ? 'Lin' : seat),
      },
      emit: (fact) => this.facts.push(fact),
    });
  }

  /** Applies one event `atS` seconds after the arrival. */
  event(atS: number, said: DistributiveOmit<PbxEvent, 'pbxMs' | 'atMs'>): this {
    const atMs = this.#fromMs + atS * 1000;
    const event = { ...said, pbxMs: atMs, atMs } as PbxEvent;
    this.channels.apply(event);
    this.calls.reduce(event);
    if (event.type === 'channel-gone') this.channels.forget(event.uniqueid, event.pbxMs);
    return this;
  }

  arrives(number = '4001', callerNumber = '13800000001'): this {
    return this.event(0, {
      type: 'channel-created',
      ...this.#caller,
      linkedid: '100.1',
      state: 4,
      callerNumber,
      context: 'from-carrier',
      extension: number,
    });
  }
  pickedUp(atS: number): this {
    return this.event(atS, { type: 'channel-state', ...this.#caller, state: 6 });
  }
  step(atS: number, context: string, application: string, data = '', extension = 's'): this {
    return this.event(atS, { type: 'dialplan-step', ...this.#caller, context, extension, application, data });
  }
  joins(atS: number, queue: string): this {
    this.#queue = queue;
    this.step(atS, 'menu', 'Queue', `${queue},tT,,,60`);
    return this.event(atS, { type: 'queue-joined', ...this.#caller, queue, position: 1 });
  }
  /** The caller stands in this queue already: a snapshot said so. */
  joinedBefore(queue: string): this {
    this.#queue = queue;
    return this;
  }
  refused(atS: number, queue: string, status: 'FULL' | 'JOINEMPTY'): this {
    this.step(atS, 'menu', 'Queue', `${queue},tT,,,60`);
    return this.variable(atS, 'QUEUESTATUS', status);
  }
  gaveUp(atS: number): this {
    this.event(atS, { type: 'queue-abandoned', ...this.#caller, queue: this.#queue, holdS: 0 });
    return this.left(atS);
  }
  left(atS: number): this {
    return this.event(atS, { type: 'queue-left', ...this.#caller, queue: this.#queue });
  }
  timesOut(atS: number): this {
    return this.gaveUp(atS).variable(atS, 'QUEUESTATUS', 'TIMEOUT');
  }
  variable(atS: number, variable: string, value: string): this {
    return this.event(atS, { type: 'variable-set', ...this.#caller, variable, value });
  }
  /** A phone (or a trunk's line) is dialled for the caller and rings, unless it is busy. */
  dials(atS: number, phone: string, dialString = phone.slice(6), rings = true): string {
    const leg = { uniqueid: `100.${++this.#legs + 1}`, channel: `${phone}-0000001${this.#legs}` };
    this.event(atS, {
      type: 'channel-created',
      ...leg,
      linkedid: '100.1',
      state: 0,
      callerNumber: '',
      context: 'seats',
      extension: '',
    });
    this.event(atS, { type: 'dial-begun', dialler: this.#caller, dialled: leg, dialString });
    if (rings) this.event(atS, { type: 'channel-state', ...leg, state: 5 });
    return leg.channel;
  }
  legEnds(atS: number, channel: string, status: string): this {
    const leg = this.#leg(channel);
    this.event(atS, { type: 'dial-ended', dialler: this.#caller, dialled: leg, status });
    return this.event(atS, { type: 'channel-gone', ...leg, cause: status === 'BUSY' ? 17 : 16 });
  }
  /** The phone answers; the queue says so where there is one. */
  answers(atS: number, channel: string): this {
    const leg = this.#leg(channel);
    this.event(atS, { type: 'channel-state', ...leg, state: 6 });
    this.event(atS, { type: 'dial-ended', dialler: this.#caller, dialled: leg, status: 'ANSWER' });
    return this.#queue === '' ? this : this.left(atS);
  }
  bridged(atS: number, channel: string, bridge = 'b1'): this {
    const kind = { bridge, bridgeType: 'basic', technology: 'simple_bridge' };
    this.event(atS, { type: 'bridge-entered', ...this.#leg(channel), ...kind });
    return this.event(atS, { type: 'bridge-entered', ...this.#caller, ...kind });
  }
  parts(atS: number, channel: string, bridge = 'b1'): this {
    const leg = this.#leg(channel);
    this.event(atS, { type: 'bridge-left', ...leg, bridge });
    return this.event(atS, { type: 'channel-gone', ...leg, cause: 16 });
  }
  voicemail(atS: number, context = 'menu'): this {
    return this.step(atS, context, 'VoiceMail', '800@default');
  }
  message(atS: number): this {
    return this.event(atS, { type: 'message-waiting', uniqueid: this.#caller.uniqueid, mailbox: '800' });
  }
  hangsUp(atS: number, cause = 16): Told {
    this.event(atS, { type: 'hangup-requested', ...this.#caller, cause });
    return this.cleared(atS, cause);
  }
  /** The exchange ends it. */
  cleared(atS: number, cause = 16): Told {
    this.event(atS, { type: 'channel-gone', ...this.#caller, cause });
    return this.told();
  }

  told(): Told {
    const closed = this.facts.find((fact) => fact.type === 'call-closed');
    if (!closed) throw new Error('the script has not ended the call');
    const scored = this.facts.filter((fact) => fact.type === 'scored');
    return {
      facts: this.facts,
      record: closed.record,
      scores: Object.fromEntries(scored.map((fact) => [fact.target, fact.result])),
      breaches: this.facts.filter((fact) => fact.type === 'breach').map((fact) => fact.breach),
    };
  }

  #leg(channel: string): { uniqueid: string; channel: string } {
    const leg = this.channels.all().find(({ name }) => name === channel);
    if (!leg) throw new Error(`no channel ${channel} in the script`);
    return { uniqueid: leg.uniqueid, channel };
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
