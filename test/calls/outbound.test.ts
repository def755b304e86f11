import { beforeEach, expect, it } from 'vitest';
import type { Snapshot } from '../../src/ami/pbx-event.ts';
import { SCRIPT_START_MS, type EventScript } from '../support/event-script.ts';
import { arrives, of, says, watch, watched } from './story.ts';

const CARRIER = 'PJSIP/carrier';

beforeEach(() => watch());

/** Seat 1 dials out at `atS`; the far end rings. */
function dialsOut(id = 's1', atS = 10, dialString = '13911112222@carrier'): EventScript {
  says().at(atS).created(id, 'PJSIP/1', 4).created(`${id}f`, CARRIER);
  return dialled(id, `${id}f`, dialString).rings(`${id}f`);
}
function dialled(from: string, to: string, dialString: string): EventScript {
  const [dialler, leg] = [says().ref(from), says().ref(to)];
  return says().say({ type: 'dial-begun', dialler, dialled: leg, dialString });
}
const told = () =>
  of('outbound-ended').map(({ number, seat, answered, talkMs, startedAtMs }) => ({
    number: number.reveal(),
    seat,
    answered,
    talkMs,
    startedS: (startedAtMs - SCRIPT_START_MS) / 1000,
  }));
const ANSWERED = { number: '13911112222', seat: 'PJSIP/1', answered: true, startedS: 10 };

it('tells of a call that was answered, the talk until the first of both hung up', () => {
  dialsOut().at(20).up('s1f').dialEnds('s1', 's1f', 'ANSWER').enters('b', 's1', 's1f');
  says().at(50).gone('s1f').at(51).gone('s1');
  expect(told()).toEqual([{ ...ANSWERED, talkMs: 30_000 }]);
  expect(of('outbound-ended')[0]).toMatchObject({
    id: 'north/s1/outbound',
    uniqueid: 's1',
    agent: 'PJSIP/1',
  });
  expect(watched().exchange.kept).toBe(0);
});

it('tells of one that nobody answered, or that was busy', () => {
  dialsOut().at(40).dialEnds('s1', 's1f', 'NOANSWER').gone('s1f', 's1');
  expect(told()).toEqual([{ ...ANSWERED, answered: false, talkMs: 0 }]);
});

it('is one call, whatever trunk it took in the end', () => {
  dialsOut().at(12).dialEnds('s1', 's1f', 'CONGESTION').gone('s1f').created('again', 'DAHDI/i1');
  dialled('s1', 'again', 'i1/013911112222').at(20).dialEnds('s1', 'again', 'ANSWER');
  says().at(25).gone('s1', 'again');
  expect(told()).toEqual([{ ...ANSWERED, number: '013911112222', talkMs: 5000 }]);
});

it('was answered though the seat passed it on', () => {
  dialsOut().at(20).dialEnds('s1', 's1f', 'ANSWER').at(30).gone('s1').at(90).gone('s1f');
  expect(told()).toEqual([{ ...ANSWERED, talkMs: 10_000 }]);
});

it('is none to another seat, through a forwarded phone, or of a phone that is no seat', () => {
  says().at(1).created('s1', 'PJSIP/1', 4).created('s2', 'PJSIP/2').dials('s1', 's2').gone('s2', 's1');
  says().created('s3', 'PJSIP/1', 4).created('h1', 'Local/2@seats-01;1').created('h2', 'Local/2@seats-01;2');
  dialled('s3', 'h1', '2@seats');
  says().created('mobile', CARRIER);
  dialled('h2', 'mobile', '13911112222@carrier').gone('mobile', 'h1', 'h2', 's3');
  says().created('s4', 'PJSIP/kitchen', 4).created('out', CARRIER);
  dialled('s4', 'out', '13911112222@carrier').gone('out', 's4');
  expect(told()).toEqual([]);
});

it("is none that the exchange dials for a hotline's caller", () => {
  arrives('c1');
  says().at(5).created('mobile', CARRIER);
  dialled('c1', 'mobile', '13911112222@carrier').dialEnds('c1', 'mobile', 'ANSWER').gone('mobile', 'c1');
  expect(told()).toEqual([]);
});

it('shows the mask of the number to whoever prints it', () => {
  dialsOut().gone('s1f', 's1');
  expect(JSON.stringify(of('outbound-ended'))).not.toContain('13911112222');
});

const ATS = { pbxMs: SCRIPT_START_MS + 30_000, atMs: SCRIPT_START_MS + 30_000 };
const lost = (): void => void watched().take({ type: 'link-lost', ...ATS, lastHeardMs: ATS.atMs });
function hearsAgain(): void {
  const nothing = { channels: [], queues: [], members: [], entries: [], processedCalls: undefined };
  const later = { pbxMs: ATS.pbxMs + 60_000, atMs: ATS.atMs + 60_000 };
  const snapshot: Snapshot = { type: 'snapshot', purpose: 'resync', rebooted: false, ...nothing, ...later };
  watched().take(snapshot);
}

it('talked at least until the link was lost, where its end was not heard', () => {
  dialsOut().at(20).dialEnds('s1', 's1f', 'ANSWER');
  lost();
  hearsAgain();
  expect(told()).toEqual([{ ...ANSWERED, talkMs: 10_000 }]);
});

it('says nothing of one that may have been answered unheard', () => {
  dialsOut();
  lost();
  hearsAgain();
  expect(told()).toEqual([]);
  expect(watched().exchange.kept).toBe(0);
});
