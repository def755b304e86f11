import { beforeEach, describe, expect, it } from 'vitest';
import { Channels } from '../../src/calls/channels.ts';
import { channelLine, EventScript } from '../support/event-script.ts';

let channels: Channels;
let says: EventScript;
beforeEach(() => {
  channels = new Channels();
  says = new EventScript((event) => {
    channels.apply(event);
    if (event.type === 'channel-gone') channels.forget(event.uniqueid, event.pbxMs);
  });
});
const talk = (id: string): string[] => {
  const channel = channels.get(id);
  return channel
    ? channels
        .talkOf(channel)
        .map(({ uniqueid }) => uniqueid)
        .toSorted()
    : [];
};
const root = (id: string): string | undefined => {
  const channel = channels.get(id);
  return channel && channels.rootOf(channel).uniqueid;
};

describe('who talks with whom', () => {
  it('goes through Local halves, however many', () => {
    says.created('c', 'PJSIP/carrier', 4).created('s', 'PJSIP/1');
    says.created('l', 'Local/1@a-01;1').created('m', 'Local/1@a-01;2');
    says.created('p', 'Local/2@a-02;1').created('q', 'Local/2@a-02;2');
    says.enters('b1', 'c', 'l').enters('b2', 'm', 'p').enters('b3', 'q', 's');
    expect(talk('c')).toEqual(['c', 's']);
    says.leaves('b2', 'p');
    expect(talk('c')).toEqual(['c']);
  });

  it('is nobody in a holding bridge', () => {
    says.created('c', 'PJSIP/carrier', 4).created('d', 'PJSIP/carrier', 4);
    const park = { bridge: 'p', bridgeType: 'base', technology: 'holding_bridge' };
    for (const id of ['c', 'd']) says.say({ type: 'bridge-entered', ...says.ref(id), ...park });
    expect(talk('c')).toEqual([]);
  });

  it('ends for a channel that is gone though it never left, and for whoever is beyond it', () => {
    says.created('c', 'PJSIP/carrier', 4).created('s', 'PJSIP/1');
    says.created('l', 'Local/1@a-01;1').created('m', 'Local/1@a-01;2');
    says.enters('b1', 'c', 'l').enters('b2', 'm', 's');
    channels.apply({ type: 'channel-gone', ...says.ref('m'), cause: 16, pbxMs: 0, atMs: 0 });
    expect(talk('c')).toEqual(['c']);
    expect(channels.get('m')).toBeDefined();
  });

  it('is told anew whenever somebody comes, goes, ends or turns out to be a Local half', () => {
    says
      .created('c', 'PJSIP/carrier', 4)
      .created('s', 'PJSIP/1')
      .created('t', 'PJSIP/2')
      .created('u', 'PJSIP/3');
    says.enters('b', 'c', 's');
    expect(talk('c')).toEqual(['c', 's']);
    says.enters('b', 't', 'u');
    expect(talk('c')).toEqual(['c', 's', 't', 'u']);
    says.leaves('b', 's');
    expect(talk('c')).toEqual(['c', 't', 'u']);
    channels.apply({ type: 'channel-gone', ...says.ref('t'), cause: 16, pbxMs: 0, atMs: 0 });
    expect(talk('c')).toEqual(['c', 'u']);
    says.say({ type: 'channel-state', uniqueid: 'u', channel: 'Local/1@a-01;1', state: 6 });
    expect(talk('c')).toEqual(['c']);
  });

  it('a bridge that loops back through Local halves is walked once', () => {
    says.created('l', 'Local/1@a-01;1').created('m', 'Local/1@a-01;2').created('s', 'PJSIP/1');
    says.enters('b1', 'l', 'm', 's');
    expect(talk('s')).toEqual(['s']);
  });
});

describe('who dialled whom', () => {
  it('leads through Local halves up to the caller', () => {
    says.created('c', 'PJSIP/carrier', 4).created('s', 'PJSIP/1');
    says.created('l', 'Local/1@a-01;1').created('m', 'Local/1@a-01;2');
    says.dials('m', 's').rings('s');
    expect(root('s')).toBe('l');
    says.dials('c', 'l');
    expect(root('s')).toBe('c');
    expect(channels.get('c')?.rangSomebody).toBe(true);
    const local = channels.get('l');
    expect(local && channels.endsOfDial(local).map(({ uniqueid }) => uniqueid)).toEqual(['s']);
  });

  it('a forged loop ends', () => {
    says.created('a', 'PJSIP/1').created('b', 'PJSIP/2').dials('a', 'b').dials('b', 'a').dials('a', 'a');
    expect(root('a')).toBeDefined();
    says.gone('a', 'b');
    expect(channels.kept).toBe(0);
  });

  it('a phone rings for the caller whichever is told first, the ring or the dial', () => {
    says.created('c', 'PJSIP/carrier', 4).created('s', 'PJSIP/1').rings('s').dials('c', 's');
    expect(channels.get('c')?.rangSomebody).toBe(true);
  });
});

describe('what is kept', () => {
  it('nothing of channels that are gone, renamed ones too', () => {
    says.created('c', 'PJSIP/carrier', 4).created('s', 'PJSIP/1').dials('c', 's').enters('b', 'c', 's');
    says.say({ type: 'channel-state', uniqueid: 's', channel: 'PJSIP/2-00000009', state: 6 });
    expect(channels.ofInterface('PJSIP/1').size).toBe(0);
    expect(channels.ofInterface('PJSIP/2').size).toBe(1);
    says.gone('c', 's');
    expect(channels.kept).toBe(0);
  });

  it('no channel without a uniqueid, none twice, none that is gone already', () => {
    says
      .created('', 'PJSIP/1')
      .created('s', 'PJSIP/1')
      .created('s', 'PJSIP/2')
      .gone('s')
      .created('s', 'PJSIP/1');
    expect(channels.size).toBe(0);
    expect(channels.isGone('s')).toBe(true);
  });

  it('its end long enough for any list, and no longer, also where the clock is set back', () => {
    says.at(1000).created('s', 'PJSIP/1').gone('s');
    channels.sweep(says.nowMs + 60_000);
    expect(channels.isGone('s')).toBe(true);
    channels.sweep(says.nowMs - 900_000);
    expect(channels.isGone('s')).toBe(false);
  });
});

it('counts the lines of an ISDN trunk by its span', () => {
  says.created('a', 'DAHDI/i1/13600000001', 4).created('b', 'DAHDI/i1/13600000002', 4);
  expect(channels.ofInterface('DAHDI/i1').size).toBe(2);
});

it('after a lost link a list may overrule all that was told before', () => {
  says.at(100).created('c', 'PJSIP/carrier', 4);
  channels.loseSight();
  expect(channels.get('c')?.touchedPbxMs).toBe(-Infinity);
  const channel = channels.get('c');
  const line = channelLine({ ...says.ref('c'), bridge: 'b' });
  expect(channel && channels.correct(channel, line)).toBe(true);
  expect(channel && channels.correct(channel, line)).toBe(false);
});

describe('the most lines in use at once', () => {
  const CARRIER = 'PJSIP/carrier';

  it('is remembered of those that are watched, nobody asking at that instant', () => {
    channels.watchPeaks([CARRIER]);
    says.created('1', CARRIER, 4).created('2', CARRIER, 4).created('3', 'PJSIP/other', 4);
    says.gone('1').gone('2').created('4', CARRIER, 4);
    expect([channels.peakOf(CARRIER), channels.peakOf('PJSIP/other')]).toEqual([2, 0]);
    channels.watchPeaks([CARRIER, 'PJSIP/other']);
    expect([channels.peakOf(CARRIER), channels.peakOf('PJSIP/other')]).toEqual([2, 1]);
  });

  it('is no line more while a masquerade is half told', () => {
    channels.watchPeaks([CARRIER]);
    says.created('1', CARRIER, 4).created('2', 'PJSIP/101', 4);
    const name = channels.get('1')?.name ?? '';
    says.say({ type: 'channel-state', uniqueid: '2', channel: name, state: 6 });
    expect(channels.get('2')?.interface).toBe(CARRIER);
    expect(channels.peakOf(CARRIER)).toBe(1);
  });
});
