import type {
  HotlineDefinition,
  HoursDefinition,
  PbxDefinition,
  WatchDefinition,
} from '../../src/hotlines/definition.ts';

const ALL_DAY = [{ fromMin: 0, untilMin: 1440 }];

/** Open day and night, in UTC, unless told otherwise. */
export function someHours(changes: Partial<HoursDefinition> = {}): HoursDefinition {
  const week = {
    mon: ALL_DAY,
    tue: ALL_DAY,
    wed: ALL_DAY,
    thu: ALL_DAY,
    fri: ALL_DAY,
    sat: ALL_DAY,
    sun: ALL_DAY,
  };
  return { zone: 'UTC', week, exceptions: new Map(), shifts: [], ...changes };
}

/** An attendant hotline `gas` of exchange `north` over queue `support`. */
export function someHotline(changes: Partial<HotlineDefinition> = {}): HotlineDefinition {
  return {
    name: 'gas',
    title: 'Gas emergencies and service',
    pbx: 'north',
    kind: 'attendant',
    numbers: ['100'],
    trunks: ['PJSIP/carrier'],
    contexts: [],
    attendantContexts: ['ivr'],
    voicemailContexts: [],
    callbackContexts: [],
    closedContexts: [],
    queues: ['support'],
    emergency: false,
    emergencyContexts: [],
    hours: someHours(),
    testNumbers: [],
    shortAbandonS: 5,
    setAsideShort: true,
    ringOutS: 20,
    serviceLevelS: 20,
    targets: { auto: 0.98, transfer: 0.85, direct: 0.9 },
    ...changes,
  };
}

/** Exchange `north` with a carrier of 30 lines and queue `support`. */
export function somePbx(changes: Partial<PbxDefinition> = {}): PbxDefinition {
  return {
    name: 'north',
    trunks: [{ name: 'carrier', interface: 'PJSIP/carrier', lines: 30, interExchange: false, person: true }],
    queues: [{ name: 'support', wrapupS: undefined, emergency: false }],
    seats: [],
    notPersonNumbers: [],
    ...changes,
  };
}

export function someWatch(changes: Partial<WatchDefinition> = {}): WatchDefinition {
  return { hash: '0123456789ab', pbxs: [somePbx()], hotlines: [someHotline()], ...changes };
}
