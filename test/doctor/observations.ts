import type {
  ChannelCreated,
  ChannelLine,
  DialBegun,
  MemberLine,
  Snapshot,
} from '../../src/ami/pbx-event.ts';
import type { ExchangeObservation } from '../../src/doctor/observation.ts';
import { Traffic } from '../../src/doctor/traffic.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { createMatcher } from '../../src/hotlines/match.ts';
import { someWatch } from '../support/definitions.ts';
import { someLink } from '../support/picture.ts';

export const AT = { pbxMs: 1_700_000_000_000, atMs: 1_700_000_000_000 };

/** Events of exchange `north`, with what a test is about filled in by it. */
export function created(changes: Partial<ChannelCreated>): ChannelCreated {
  return {
    ...AT,
    type: 'channel-created',
    uniqueid: '1700000000.1',
    channel: 'PJSIP/carrier-00000001',
    linkedid: changes.uniqueid ?? '1700000000.1',
    state: 4,
    callerNumber: '13900001000',
    context: 'from-carrier',
    extension: '100',
    ...changes,
  };
}

/** @param dialString what the leg was dialled with. */
export function dialled(channel: string, dialString: string, dialler = '1700000000.1'): DialBegun {
  const [from, to] = [
    { uniqueid: dialler, channel: 'PJSIP/carrier-00000001' },
    { uniqueid: `${dialler}0`, channel },
  ];
  return { ...AT, type: 'dial-begun', dialler: from, dialled: to, dialString };
}

export function channelLine(changes: Partial<ChannelLine>): ChannelLine {
  return {
    uniqueid: '1699999990.7',
    channel: 'PJSIP/carrier-00000000',
    linkedid: '1699999990.7',
    state: 6,
    callerNumber: '13900001000',
    context: 'ivr',
    extension: 's',
    application: 'Queue',
    data: '',
    ageMs: 10_000,
    bridge: '',
    dialledNumber: '100',
    ...changes,
  };
}

export function memberLine(changes: Partial<MemberLine> = {}): MemberLine {
  return {
    queue: 'support',
    interface: 'PJSIP/101',
    stateInterface: 'PJSIP/101',
    memberName: 'Ann',
    membership: 'static',
    penalty: 0,
    inCall: false,
    status: 1,
    paused: false,
    pausedReason: '',
    ringinuse: true,
    wrapupS: 0,
    lastCallS: 0,
    callsTaken: 0,
    ...changes,
  };
}

export function picture(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    ...AT,
    type: 'snapshot',
    purpose: 'resync',
    rebooted: false,
    channels: [],
    queues: [{ queue: 'support', waiting: 0, completed: 0, abandoned: 0 }],
    members: [memberLine()],
    entries: [],
    processedCalls: 0,
    ...changes,
  };
}

export function someTraffic(definition: WatchDefinition = someWatch()): Traffic {
  return new Traffic(createMatcher(definition, 'north'), new Set(['ivr']));
}

/** A quiet minute at exchange `north`, all as it should be. */
export function observed(changes: Partial<ExchangeObservation> = {}): ExchangeObservation {
  return {
    wire: { pbx: 'north', host: '127.0.0.1', port: 5038, user: 'ringside', tls: 'none' },
    link: someLink(),
    fault: undefined,
    watchedMs: 60_000,
    rights: { excess: [], missing: [] },
    known: new Map(),
    unknown: new Map(),
    traffic: someTraffic(),
    first: picture(),
    last: picture(),
    acting: undefined,
    ...changes,
  };
}
