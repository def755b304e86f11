import { beforeEach, describe, expect, it } from 'vitest';
import type { ChannelLine } from '../../src/ami/pbx-event.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { type ListeningState, listeningIn } from '../../src/seats/listening-state.ts';
import { type EventScript, SCRIPT_START_MS } from '../support/event-script.ts';
import { of, restarts as endsAndBegins, says, watch, watched } from '../calls/story.ts';
import { SeatFloor } from './seat-floor.ts';

let floor: SeatFloor;
let told: Fact[];

const SEATS = ['PJSIP/101', 'PJSIP/102'].map((phone) => ({ interface: phone, name: `at ${phone}` }));

/** Seat 101 talks with a caller; a phone that is no seat may listen. */
beforeEach(() => {
  told = [];
  floor = new SeatFloor({ seats: SEATS });
  at(0).created('caller', 'PJSIP/carrier', 4).created('talk', 'PJSIP/101').dials('caller', 'talk');
  at(1).up('caller').up('talk').enters('b', 'caller', 'talk');
  at(2).created('office', 'PJSIP/kitchen', 4).up('office');
});

const at = (seconds: number): EventScript => floor.script.at(seconds);
const stops = (spied: string): EventScript =>
  floor.script.say({ type: 'spy-stopped', spy: floor.script.ref('office'), spied: floor.script.ref(spied) });
const agents = (): readonly string[] =>
  [...told, ...floor.listened].flatMap((fact) => (fact.type === 'listened' ? [fact.agent] : []));

const NAMES: Readonly<Record<string, string>> = {
  caller: 'PJSIP/carrier-0000caller',
  talk: 'PJSIP/101-0000talk',
  other: 'PJSIP/102-000other',
  office: 'PJSIP/kitchen-00office',
};
const line = (id: string, application: string, bridge = ''): ChannelLine => ({
  uniqueid: id,
  channel: NAMES[id] ?? '',
  linkedid: '',
  state: 6,
  callerNumber: '',
  context: '',
  extension: '',
  application,
  data: '',
  ageMs: 0,
  bridge,
  dialledNumber: '',
});
const TALK = [line('caller', 'Queue', 'b'), line('talk', 'AppQueue', 'b')];
const sees = (seconds: number, ...channels: readonly ChannelLine[]): EventScript =>
  at(seconds).snapshot({ purpose: 'resync', channels });

const loses = (seconds: number): void => void at(seconds).linkLost(seconds);
/** The daemon is killed, and another goes on with what the journal holds. */
function restarts(seconds: number): void {
  const kept: ListeningState | undefined = floor.seats.listening.stateOf('office');
  const left = listeningIn(JSON.parse(JSON.stringify(kept ?? null)));
  told.push(...floor.listened);
  floor = new SeatFloor({ seats: SEATS });
  // Channels keep their names.
  for (const [id, name] of Object.entries(NAMES)) floor.script.name(id, name);
  floor.seats.listening.resume(left ? [left] : [], SCRIPT_START_MS + seconds * 1000, told);
}

describe.each([
  ['the link was lost', loses],
  ['the daemon was killed', restarts],
])('where %s', (_how, breaks) => {
  it('is told as far as it was heard, once', () => {
    at(5).listens('office', 'talk');
    breaks(15);
    expect(agents()).toEqual(['at PJSIP/101']);
    sees(20, ...TALK, line('office', 'ChanSpy'));
    at(40);
    stops('talk');
    expect(agents()).toEqual(['at PJSIP/101']);
  });

  it('is told where it goes on for long enough afterwards', () => {
    at(5).listens('office', 'talk');
    breaks(6);
    sees(20, ...TALK, line('office', 'ChanSpy'));
    expect(agents()).toEqual([]);
    at(23);
    stops('talk');
    expect(agents()).toEqual(['at PJSIP/101']);
  });

  it('is told where it began unheard, whichever of the two is listened to', () => {
    breaks(6);
    sees(20, ...TALK, line('office', 'ChanSpy'));
    at(24);
    stops('caller');
    expect(agents()).toEqual(['at PJSIP/101']);
  });

  it('is told though who is listened to hangs up first', () => {
    breaks(6);
    sees(20, ...TALK, line('office', 'ChanSpy'));
    at(30).gone('talk').gone('caller');
    at(30.1);
    stops('talk');
    expect(agents()).toEqual(['at PJSIP/101']);
  });

  it('is none where nobody knows that it lasted', () => {
    at(5).listens('office', 'talk');
    breaks(6);
    sees(20, ...TALK, line('office', 'ChanSpy'));
    at(22.9);
    stops('talk');
    expect(agents()).toEqual([]);
  });

  it('is none where nobody listens any more', () => {
    at(5).listens('office', 'talk');
    breaks(6);
    sees(20, ...TALK, line('office', 'Playback'));
    at(30).gone('office', 'talk', 'caller');
    expect(agents()).toEqual([]);
  });

  it('is of the talk that was listened to last, of several', () => {
    at(5).listens('office', 'talk');
    breaks(6);
    sees(20, ...TALK, line('other', 'AppQueue', 'c'), line('office', 'ChanSpy'));
    at(30);
    stops('other');
    expect(agents()).toEqual(['at PJSIP/102']);
  });
});

it('leaves nothing to the next run where it is told already, or over', () => {
  at(5).listens('office', 'talk');
  expect(floor.seats.listening.isOpen('office')).toBe(true);
  at(20);
  stops('talk');
  expect(floor.seats.listening.isOpen('office')).toBe(false);
  at(21).listens('office', 'talk');
  expect(floor.seats.listening.isOpen('office')).toBe(false);
});

it('is not told by a state that may be of who passed by a moment before the end', () => {
  at(5).listens('office', 'talk');
  restarts(9.9);
  expect(agents()).toEqual([]);
});

it('goes through the journal with the calls that are open', () => {
  watch();
  says().created('c1', 'PJSIP/carrier', 4).created('p1', 'PJSIP/1').dials('c1', 'p1').up('c1').up('p1');
  says().enters('b', 'c1', 'p1').at(5).created('ear', 'PJSIP/2', 4).up('ear').listens('ear', 'p1');
  endsAndBegins(15);
  expect(of('listened')).toMatchObject([
    { id: 'north/p1/listened', seat: 'PJSIP/1', atMs: SCRIPT_START_MS + 15_000 },
  ]);
  expect(watched().exchange.isOpen('ear')).toBe(false);
});
