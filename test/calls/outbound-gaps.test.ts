import { beforeEach, describe, expect, it } from 'vitest';
import type { ChannelLine, Snapshot } from '../../src/ami/pbx-event.ts';
import { SCRIPT_START_MS, type EventScript } from '../support/event-script.ts';
import { leftOpen } from './left-open.ts';
import { of, restarts, says, watch, watched } from './story.ts';

const CARRIER = 'PJSIP/carrier';
const NUMBER = '13911112222';

beforeEach(() => watch());

/** Seat 1 dials out at 10 s; the far end rings. */
function dialsOut(): EventScript {
  says().at(10).created('s1', 'PJSIP/1', 4).created('far', CARRIER);
  return says()
    .say({
      type: 'dial-begun',
      dialler: says().ref('s1'),
      dialled: says().ref('far'),
      dialString: `${NUMBER}@carrier`,
    })
    .rings('far');
}
const isAnsweredAt = (seconds: number): EventScript =>
  says().at(seconds).up('far').up('s1').dialEnds('s1', 'far', 'ANSWER').enters('b', 's1', 'far');

/** As the lists show a channel at `atS` that began at 10 s. */
const line = (id: string, atS: number, shown: Partial<ChannelLine> = {}): ChannelLine => ({
  ...says().ref(id),
  linkedid: 's1',
  state: 6,
  callerNumber: '',
  context: 'seats',
  extension: '',
  application: id === 's1' ? 'Dial' : 'AppDial',
  data: id === 's1' ? `PJSIP/${NUMBER}@carrier,30` : '(Outgoing Line)',
  ageMs: (atS - 10) * 1000,
  bridge: 'b',
  dialledNumber: id === 's1' ? `0${NUMBER}` : '',
  ...shown,
});
const sees = (atS: number, channels: readonly ChannelLine[], changes: Partial<Snapshot> = {}): EventScript =>
  says()
    .at(atS)
    .snapshot({ purpose: 'resync', channels, ...changes });

const loses = (atS: number): void => void says().at(atS).linkLost(atS);
const told = (): object[] =>
  of('outbound-ended').map(({ number, seat, answered, talkMs, startedAtMs }) => ({
    number: number.reveal(),
    seat,
    answered,
    talkS: talkMs / 1000,
    startedS: (startedAtMs - SCRIPT_START_MS) / 1000,
  }));
const CALL = { number: NUMBER, seat: 'PJSIP/1', answered: true, startedS: 10 };
const HEARD_AGAIN_S = 90;

describe.each([
  ['the link was lost', loses],
  ['the daemon was killed', restarts],
])('where %s', (how, breaks) => {
  const number = (known: string): string => (how === 'the link was lost' ? NUMBER : known);

  it('goes on with one that is found talking, and tells of all its talk', () => {
    dialsOut();
    isAnsweredAt(20);
    breaks(30);
    sees(HEARD_AGAIN_S, [line('s1', HEARD_AGAIN_S), line('far', HEARD_AGAIN_S)]);
    expect(told()).toEqual([]);
    says().at(120).gone('far').at(121).gone('s1');
    expect(told()).toEqual([{ ...CALL, talkS: 100 }]);
    expect(watched().exchange.kept).toBe(0);
  });

  it('tells of one that was answered and ended unheard what was heard of its talk', () => {
    dialsOut();
    isAnsweredAt(20);
    breaks(35);
    sees(HEARD_AGAIN_S, []);
    expect(told()).toEqual([{ ...CALL, number: number(''), talkS: 15 }]);
    expect(watched().exchange.kept).toBe(0);
  });

  it('does not lengthen a talk whose far end hung up unheard', () => {
    dialsOut();
    isAnsweredAt(20);
    breaks(35);
    sees(HEARD_AGAIN_S, [line('s1', HEARD_AGAIN_S, { bridge: '', application: 'Playback', data: 'busy' })]);
    says().at(95).gone('s1');
    expect(told()).toEqual([{ ...CALL, number: number(''), talkS: 15 }]);
  });

  it('says nothing of one that may have been answered unheard', () => {
    dialsOut();
    breaks(15);
    sees(HEARD_AGAIN_S, []);
    expect(told()).toEqual([]);
    expect(watched().exchange.kept).toBe(0);
  });

  it('says nothing of one whose far end was there and went unheard, if its seat is there still', () => {
    dialsOut();
    breaks(15);
    sees(HEARD_AGAIN_S, [line('s1', HEARD_AGAIN_S, { bridge: '' })]);
    says().at(95).gone('s1');
    expect(told()).toEqual([]);
  });

  it('goes on with one that still rings, and tells how it ended', () => {
    dialsOut();
    breaks(15);
    const rings = { bridge: '', state: 5 };
    sees(20, [line('s1', 20, { bridge: '', state: 4 }), line('far', 20, rings)]);
    isAnsweredAt(22).at(40).gone('far', 's1');
    expect(told()).toEqual([{ ...CALL, talkS: 18 }]);
  });

  it('was not answered where nobody answered after it was found ringing', () => {
    dialsOut();
    breaks(15);
    sees(20, [line('s1', 20, { bridge: '', state: 4 }), line('far', 20, { bridge: '', state: 5 })]);
    says().at(40).dialEnds('s1', 'far', 'NOANSWER').gone('far', 's1');
    expect(told()).toEqual([{ ...CALL, answered: false, talkS: 0 }]);
  });

  it('talked from when it is found talking, where it was answered unheard', () => {
    dialsOut();
    breaks(15);
    sees(HEARD_AGAIN_S, [line('s1', HEARD_AGAIN_S), line('far', HEARD_AGAIN_S)]);
    says().at(100).gone('far', 's1');
    expect(told()).toEqual([{ ...CALL, talkS: 10 }]);
  });

  it('is told once, also where the gaps are many', () => {
    dialsOut();
    isAnsweredAt(20);
    breaks(30);
    sees(40, [line('s1', 40), line('far', 40)]);
    breaks(50);
    sees(60, [line('s1', 60), line('far', 60)]);
    says().at(70).gone('far', 's1');
    breaks(71);
    sees(80, []);
    expect(told().slice(-1)).toEqual(how === 'the link was lost' ? [{ ...CALL, talkS: 50 }] : []);
    expect(told().length).toBeLessThan(2);
  });

  it('tells of one that began unheard, by what is shown of it', () => {
    says().at(10).created('s1', 'PJSIP/1', 4).gone('s1').created('far', CARRIER).gone('far');
    breaks(11);
    const shown = (id: string): ChannelLine => ({ ...line(id, 60), uniqueid: `${id}-later`, ageMs: 40_000 });
    sees(60, [shown('s1'), shown('far')]);
    const later = { cause: 16, channel: '' };
    says()
      .at(75)
      .say({ type: 'channel-gone', uniqueid: 'far-later', ...later })
      .say({ type: 'channel-gone', uniqueid: 's1-later', ...later });
    expect(told()).toEqual([{ ...CALL, startedS: 20, talkS: 15 }]);
    expect(watched().exchange.kept).toBe(0);
  });
});

it('gives its number to the journal when it is answered, and to nothing else', () => {
  dialsOut();
  expect(of('caller-heard')).toEqual([]);
  isAnsweredAt(20);
  const [heard, ...more] = of('caller-heard');
  expect(heard).toMatchObject({ id: 'north/s1/caller', uniqueid: 's1', hotline: '' });
  expect(heard?.number.reveal()).toBe(NUMBER);
  expect(more).toEqual([]);
  expect(JSON.stringify(leftOpen(watched()))).not.toContain(NUMBER);
});

describe('in a picture, whose number is told', () => {
  const begins = (own: Partial<ChannelLine>, far: Partial<ChannelLine> = {}): EventScript =>
    sees(60, [line('s1', 60, own), line('far', 60, far)]);
  const ends = (): readonly object[] => {
    says().at(75).gone('far', 's1');
    return told();
  };
  beforeEach(() => {
    says().at(1).created('s1', 'PJSIP/1', 4).created('far', CARRIER);
    // One that was never told of a dial: its channels are in no state that is kept.
    restarts(2);
  });

  it('is nobody, where the seat dials a colleague whose phone is forwarded', () => {
    begins({ data: 'PJSIP/2,30' });
    expect(ends()).toEqual([]);
  });

  it('is nobody, where two lines outside may be meant', () => {
    begins({ data: `PJSIP/${NUMBER}@carrier&PJSIP/13922223333@carrier,30` });
    expect(ends()).toEqual([]);
  });

  it('is nobody, where the line is of another call', () => {
    begins({}, { linkedid: 'other', bridge: 'other' });
    expect(ends()).toEqual([]);
  });

  it('is the one of the line that answered, of several', () => {
    begins({ data: `PJSIP/2&PJSIP/carrier/sip:${NUMBER}@host,30` });
    expect(ends()).toMatchObject([{ number: NUMBER, answered: true }]);
  });

  it('may have been answered, where the line is up and talks to nobody', () => {
    begins({ bridge: '' }, { bridge: '' });
    expect(ends()).toEqual([]);
  });
});
