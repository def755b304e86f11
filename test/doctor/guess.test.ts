import { describe, expect, it } from 'vitest';
import { guess } from '../../src/doctor/guess.ts';
import { Sightings } from '../../src/doctor/sightings.ts';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import { AT, channelLine, created, dialled, memberLine, picture } from './observations.ts';

function after(...events: readonly PbxEvent[]): ReturnType<typeof guess> {
  const seen = new Sightings();
  for (const event of events) seen.take(event);
  return guess(seen);
}
const at = (laterMs: number) => ({ pbxMs: AT.pbxMs + laterMs, atMs: AT.atMs + laterMs });
const ref = { uniqueid: '1700000000.1', channel: 'PJSIP/carrier-00000001' };
const up = (laterMs: number): PbxEvent => ({ ...ref, ...at(laterMs), type: 'channel-state', state: 6 });
const joined = (laterMs: number, queue = 'support'): PbxEvent => {
  return { ...ref, ...at(laterMs), type: 'queue-joined', queue, position: 1 };
};

describe('guess', () => {
  it('proposes nothing where nothing was seen but the lists', () => {
    expect(after(picture())).toEqual({
      trunks: [],
      queues: ['support'],
      seats: [{ interface: 'PJSIP/101', agent: 'Ann' }],
      seatsLeftOut: 0,
      hotlines: [],
      numberless: [],
      phoneCalls: 0,
    });
  });

  it.each([
    [
      'a menu ran',
      [up(10), { ...created({}), type: 'dialplan-step', application: 'BackGround', data: '' }],
      'attendant',
    ],
    ['picked up 4 s before the queue', [up(10), joined(4_010)], 'attendant'],
    ['picked up and nobody asked for', [up(10)], 'attendant'],
    ['the dialplan answers and goes to the queue at once', [up(10), joined(20)], 'people'],
    ['the queue rings before anything picks up', [joined(10), up(9_000)], 'people'],
    ['a phone is dialled', [dialled('PJSIP/101-00000002', '101'), up(9_000)], 'people'],
  ] as const)('kind of a hotline: %s', (_title, events, kind) => {
    expect(after(picture(), created({}), ...(events as readonly PbxEvent[])).hotlines).toMatchObject([
      { number: '100', kind, trunks: ['carrier'], calls: 1 },
    ]);
  });

  it('takes up calls that the first list shows in a queue', () => {
    const entry = { uniqueid: '1699999990.7', channel: ref.channel, queue: 'support', position: 1, waitS: 3 };
    expect(after(picture({ channels: [channelLine({})], entries: [entry] }))).toMatchObject({
      trunks: [{ name: 'carrier', interface: 'PJSIP/carrier', calls: 1 }],
      hotlines: [{ name: 'support', number: '100', queues: ['support'] }],
    });
  });

  const customer = '13911112222';
  const phone = (changes: Parameters<typeof created>[0]) => created({ extension: customer, ...changes });
  it.each<[string, readonly PbxEvent[]]>([
    ['a member of a queue', [phone({ channel: 'PJSIP/desk-1', callerNumber: '02155550000' })]],
    ['named by an extension', [phone({ channel: 'PJSIP/301-1', callerNumber: '02155550000' })]],
    ['shows its own name', [phone({ channel: 'PJSIP/front-1', callerNumber: 'front' })]],
    ['shows an extension', [phone({ channel: 'PJSIP/front-1', callerNumber: '301' })]],
    [
      'was dialled as a phone is',
      [dialled('PJSIP/front-2', 'front'), phone({ channel: 'PJSIP/front-1', callerNumber: '02155550000' })],
    ],
    [
      'was dialled at its contact',
      [
        dialled('PJSIP/front-2', 'front/sip:front@192.0.2.9'),
        phone({ channel: 'PJSIP/front-1', callerNumber: '02155550000' }),
      ],
    ],
    [
      'is passed on to the outside',
      [
        phone({ channel: 'PJSIP/front-1', callerNumber: '02155550000', extension: `0${customer}` }),
        dialled('PJSIP/carrier-00000009', `${customer}@carrier`),
      ],
    ],
    [
      'was being passed on when the watch began',
      [
        picture({
          channels: [
            channelLine({
              channel: 'PJSIP/front-1',
              callerNumber: '02155550000',
              application: 'Dial',
              data: `PJSIP/${customer}@carrier,30`,
              dialledNumber: customer,
            }),
          ],
        }),
      ],
    ],
  ])('never tells what a phone dials: it %s', (_title, events) => {
    const members = [memberLine({ interface: 'PJSIP/desk', stateInterface: '' })];
    const guessed = after(...events, picture({ members }));
    expect(guessed.phoneCalls).toBeGreaterThan(0);
    expect(guessed.trunks).toEqual([]);
    expect(JSON.stringify(guessed)).not.toContain(customer);
  });

  it('takes somebody who tries all numbers from one mobile for the outside', () => {
    const guessed = after(
      created({}),
      created({ uniqueid: '1700000000.2', extension: '200' }),
      dialled('PJSIP/mobile-00000009', '13600001000@mobile'),
    );
    expect(guessed.hotlines.map(({ number }) => number)).toEqual(['100', '200']);
  });

  it('takes an outside line that is dialled out of for a trunk all the same, and an ISDN span by its span', () => {
    const guessed = after(
      picture(),
      dialled('PJSIP/carrier-00000009', '13911112222@carrier'),
      created({}),
      created({ uniqueid: '1700000000.2', channel: 'DAHDI/i1/13900001000-3', extension: '200' }),
    );
    expect(guessed.trunks).toEqual([
      { name: 'carrier', interface: 'PJSIP/carrier', calls: 1 },
      { name: 'i1', interface: 'DAHDI/i1', calls: 1 },
    ]);
    expect(JSON.stringify(guessed)).not.toMatch(/1390000|139111/);
  });

  it('ignores legs the exchange made itself, and Local channels', () => {
    const guessed = after(
      created({ state: 0 }),
      created({ uniqueid: '1700000000.2', channel: 'Local/1@x-01;2' }),
    );
    expect(guessed).toMatchObject({ trunks: [], hotlines: [], phoneCalls: 0 });
  });

  it('gives each hotline a name of its own, fit for a label', () => {
    const guessed = after(
      created({ extension: '+8621555' }),
      joined(10, 'gas leak'),
      created({ uniqueid: '1700000000.2', extension: '100' }),
      { ...joined(10, 'gas leak'), uniqueid: '1700000000.2' } as PbxEvent,
      created({ uniqueid: '1700000000.3', extension: '+200' }),
    );
    expect(guessed.hotlines.map(({ name }) => name)).toEqual(['gas-leak', 'gas-leak-2', 'hotline--200']);
    expect(guessed.queues).toEqual(['gas leak']);
  });

  it("leaves out members that may be a person's mobile, and calls without a number", () => {
    const guessed = after(
      picture({ members: [memberLine({ interface: 'Local/13600001000@out', stateInterface: '' })] }),
      created({ extension: 's', context: 'from-isdn' }),
    );
    expect(guessed).toMatchObject({ seats: [], seatsLeftOut: 1, hotlines: [], numberless: ['from-isdn'] });
  });
});
