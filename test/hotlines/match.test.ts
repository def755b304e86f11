import { describe, expect, it } from 'vitest';
import type { HotlineDefinition, WatchDefinition } from '../../src/hotlines/definition.ts';
import { createMatcher, interfaceOf } from '../../src/hotlines/match.ts';

const CLOSED_WEEK = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

function hotline(name: string, over: Partial<HotlineDefinition>): HotlineDefinition {
  return {
    name,
    title: name,
    pbx: 'hq',
    kind: 'people',
    numbers: [],
    trunks: [],
    contexts: [],
    attendantContexts: [],
    voicemailContexts: [],
    callbackContexts: [],
    closedContexts: [],
    queues: [],
    emergency: false,
    emergencyContexts: [],
    hours: { zone: 'UTC', week: CLOSED_WEEK, exceptions: new Map(), shifts: [] },
    testNumbers: [],
    shortAbandonS: 5,
    setAsideShort: true,
    ringOutS: 20,
    serviceLevelS: 20,
    targets: { auto: 0.98, transfer: 0.85, direct: 0.9 },
    ...over,
  };
}

function trunk(name: string, over: object = {}) {
  return { name, interface: `PJSIP/${name}`, lines: undefined, interExchange: false, person: true, ...over };
}

const definition: WatchDefinition = {
  hash: '',
  pbxs: [
    {
      name: 'hq',
      trunks: [
        trunk('carrier'),
        trunk('second-carrier'),
        trunk('branch', { interExchange: true }),
        trunk('isdn', { interface: 'DAHDI/i1' }),
      ],
      queues: [],
      seats: [{ interface: 'PJSIP/seat-101', name: 'Desk 1' }],
      notPersonNumbers: [],
    },
    { name: 'other', trunks: [trunk('carrier')], queues: [], seats: [], notPersonNumbers: [] },
  ],
  hotlines: [
    hotline('anywhere', { numbers: ['95598', '95599'], testNumbers: ['0100'] }),
    hotline('carrier-only', { numbers: ['200'], trunks: ['PJSIP/carrier'] }),
    hotline('by-context', { numbers: ['300'], contexts: ['from-pstn'] }),
    hotline('both', { numbers: ['400'], contexts: ['from-gsm'], trunks: ['PJSIP/second-carrier'] }),
    hotline('elsewhere', { numbers: ['95598'], pbx: 'other' }),
  ],
};

const matcher = createMatcher(definition, 'hq');
function reached(channel: string, context: string, extension: string, callerNumber = '13800000001'): string {
  const match = matcher.match({ channel, context, extension, callerNumber });
  if (match.kind === 'hotline') return match.test ? `${match.hotline.name} (test)` : match.hotline.name;
  return match.kind === 'unattributed' ? `unattributed ${match.trunk}` : match.kind;
}

describe('interfaceOf', () => {
  it.each([
    ['PJSIP/carrier-00000012', 'PJSIP/carrier'],
    ['PJSIP/second-carrier-0000abcd', 'PJSIP/second-carrier'],
    ['Local/x@ctx-00000001;2', 'Local/x@ctx'],
    ['DAHDI/1-1', 'DAHDI/1'],
    ['nonsense', 'nonsense'],
    ['', ''],
  ])('%s -> %s', (channel, expected) => expect(interfaceOf(channel)).toBe(expected));
});

describe('match', () => {
  it.each([
    ['any trunk that is not inter-exchange', 'PJSIP/carrier-01', 'in', '95598', 'anywhere'],
    ['a second number of the hotline', 'PJSIP/second-carrier-01', 'in', '95599', 'anywhere'],
    ['a number nobody configured', 'PJSIP/carrier-01', 'in', '95597', 'unattributed carrier'],
    [
      'a number on a trunk the hotline does not name',
      'PJSIP/second-carrier-01',
      'in',
      '200',
      'unattributed second-carrier',
    ],
    ['its trunk', 'PJSIP/carrier-01', 'in', '200', 'carrier-only'],
    ['its context, trunk not configured', 'SIP/unknown-01', 'from-pstn', '300', 'by-context'],
    ['its context, configured trunk', 'PJSIP/carrier-01', 'from-pstn', '300', 'by-context'],
    ['its number, another context', 'PJSIP/carrier-01', 'in', '300', 'unattributed carrier'],
    ['a hotline context, unknown number', 'SIP/unknown-01', 'from-pstn', '301', 'unattributed from-pstn'],
    ['trunk or context: by trunk', 'PJSIP/second-carrier-01', 'in', '400', 'both'],
    ['trunk or context: by context', 'SIP/gsm-01', 'from-gsm', '400', 'both'],
    ['between exchanges, though the number is a hotline', 'PJSIP/branch-01', 'in', '95598', 'inter-exchange'],
    ['between exchanges, in a hotline context', 'PJSIP/branch-01', 'from-pstn', '300', 'inter-exchange'],
    ['an internal phone dials the hotline', 'PJSIP/seat-101-01', 'internal', '95598', 'internal'],
    [
      'an internal phone that sits in an inbound context',
      'PJSIP/seat-101-01',
      'from-pstn',
      '300',
      'internal',
    ],
    ['a phone or a trunk that is not configured', 'PJSIP/desk-01', 'internal', '95598', 'unknown-origin'],
    ['the same, where the hotline has contexts', 'PJSIP/desk-01', 'internal', '300', 'unknown-origin'],
    ['a phone that is not configured dials anything else', 'PJSIP/desk-01', 'internal', '301', 'internal'],
    [
      'a Local channel in an inbound context',
      'Local/300@from-pstn-00000001;2',
      'from-pstn',
      '300',
      'internal',
    ],
    ['an ISDN span, the number in the channel name', 'DAHDI/i1/5551234-7', 'in', '95598', 'anywhere'],
    ['another span', 'DAHDI/i2/5551234-7', 'in', '95598', 'unknown-origin'],
  ])('%s', (_what, channel, context, extension, expected) => {
    expect(reached(channel, context, extension)).toBe(expected);
  });

  it('marks test callers of that hotline only', () => {
    expect(reached('PJSIP/carrier-01', 'in', '95598', '0100')).toBe('anywhere (test)');
    expect(reached('PJSIP/carrier-01', 'in', '200', '0100')).toBe('carrier-only');
    expect(reached('PJSIP/carrier-01', 'in', '95598', '')).toBe('anywhere');
  });

  it('keeps exchanges apart', () => {
    const other = createMatcher(definition, 'other');
    const inbound = { channel: 'PJSIP/carrier-01', context: 'in', callerNumber: '' };
    expect(other.match({ ...inbound, extension: '95598' })).toMatchObject({ hotline: { name: 'elsewhere' } });
    expect(other.match({ ...inbound, extension: '95599' })).toEqual({
      kind: 'unattributed',
      trunk: 'carrier',
    });
    const nowhere = createMatcher(definition, 'no such exchange');
    expect(nowhere.match({ ...inbound, extension: '95598' })).toEqual({ kind: 'internal' });
  });
});

describe('byNumber', () => {
  it('finds a hotline on trunks in any context, and one with contexts only there', () => {
    expect(matcher.byNumber('attendant', '200')?.name).toBe('carrier-only');
    expect(matcher.byNumber('from-pstn', '300')?.name).toBe('by-context');
    expect(matcher.byNumber('attendant', '300')).toBeUndefined();
    expect(matcher.byNumber('from-pstn', 's')).toBeUndefined();
  });
});
