import { describe, expect, it } from 'vitest';
import type { BreachFact, BlindTime } from '../../src/calls/facts.ts';
import { someHotline, somePbx, someWatch } from '../support/definitions.ts';
import { at, Floor } from './floor.ts';

const unanswered = (minute: number, uniqueid = '1700000000.7'): BreachFact => ({
  type: 'breach',
  id: `north/${uniqueid}/breach/unanswered`,
  pbx: 'north',
  atMs: at(minute) + 25_000,
  uniqueid,
  hotline: 'gas',
  breach: 'unanswered',
  reachedAtMs: at(minute),
});
const blind = (from: number, until: number): BlindTime => ({
  type: 'blind',
  id: `north/blind/${from}`,
  pbx: 'north',
  atMs: at(until),
  fromMs: at(from),
  untilMs: at(until),
  openCalls: 0,
  endedUnknown: 0,
  takenUp: 0,
  rebooted: false,
  missedCalls: undefined,
});

describe('a queue that is open', () => {
  it('is a breach after thirty seconds with nobody there, from when nobody was, until somebody is', () => {
    const floor = new Floor(10);
    floor.seat('PJSIP/101');
    floor.until(20);
    floor.seat('PJSIP/101', { state: 'offline' });
    floor.look();
    floor.until(20.4);
    expect(floor.spans('queue-unstaffed')).toEqual([]);
    floor.until(21);
    expect(floor.spans('queue-unstaffed')).toEqual(['support 20 to -']);
    floor.seat('PJSIP/101', { state: 'idle' });
    floor.look();
    expect(floor.spans('queue-unstaffed')).toEqual(['support 20 to 21']);
  });

  it('is staffed by who talks, and not by who is paused', () => {
    const floor = new Floor(10);
    floor.seat('PJSIP/101', { state: 'talking' });
    floor.until(15);
    expect(floor.spans('queue-unstaffed')).toEqual([]);
    floor.pause('PJSIP/101', '');
    floor.look();
    floor.until(16);
    expect(floor.spans('queue-unstaffed')).toEqual(['support 15 to -']);
  });

  it('is nobody’s when it is closed, and is not judged while we are blind', () => {
    const floor = new Floor(-30);
    floor.until(0.25);
    expect(floor.spans('queue-unstaffed')).toEqual([]);
    floor.until(5);
    expect(floor.spans('queue-unstaffed')).toEqual(['support 0 to -']);
    floor.isSeen = false;
    floor.until(6);
    expect(floor.spans('queue-unstaffed')).toEqual(['support 0 to -']);
    floor.seat('PJSIP/101');
    floor.isSeen = true;
    floor.look();
    expect(floor.spans('queue-unstaffed')).toEqual(['support 0 to 6']);
  });

  it('is open at all hours where it is marked emergency', () => {
    const queues = [{ name: 'support', wrapupS: undefined, emergency: true }];
    const definition = someWatch({ pbxs: [somePbx({ queues })], hotlines: [someHotline()] });
    const floor = new Floor(-120, { definition });
    floor.look();
    floor.until(-119);
    expect(floor.spans('queue-unstaffed')).toEqual(['support -120 to -']);
  });
});

describe('calls, blind times and call-backs', () => {
  it('stand on the list by their facts, and once however often they are told', () => {
    const floor = new Floor(10);
    floor.breaches.hear(unanswered(5));
    floor.breaches.hear(unanswered(5));
    floor.look();
    expect(floor.of('unanswered')).toMatchObject([
      { hotline: 'gas', uniqueid: '1700000000.7', sinceMs: at(5), untilMs: at(5) + 25_000 },
    ]);
  });

  it('tell a blind time once, while it runs and when it is over', () => {
    const floor = new Floor(10);
    floor.seat('PJSIP/101');
    floor.isSeen = false;
    floor.look();
    expect(floor.spans('blind')).toEqual([]);
    floor.until(12);
    expect(floor.spans('blind')).toEqual([' 10 to -']);
    floor.breaches.hear(blind(10, 12.5));
    floor.isSeen = true;
    floor.until(13);
    expect(floor.spans('blind')).toEqual([' 10 to 12.5']);
  });

  it('stand for as long as a call-back is overdue', () => {
    const floor = new Floor(10);
    floor.overdue = [{ id: 'c1', pbx: 'north', hotline: 'gas', dueAtMs: at(9) }];
    floor.look();
    expect(floor.of('call-back-overdue')).toMatchObject([
      { hotline: 'gas', sinceMs: at(9), untilMs: undefined },
    ]);
    floor.overdue = [];
    floor.until(11);
    expect(floor.of('call-back-overdue')).toMatchObject([{ untilMs: at(10) + 10_000 }]);
  });
});

it('lets no long list of one kind, nor one of another hotline, push a breach out', () => {
  const floor = new Floor(10);
  floor.breaches.hear(unanswered(5));
  const owed = (hotline: string, count: number, minute: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${hotline}-${index}`,
      pbx: 'north',
      hotline,
      dueAtMs: at(minute) + index,
    }));
  floor.overdue = [...owed('water', 3, 1), ...owed('gas', 600, 9)];
  floor.look();
  expect(floor.of('unanswered')).toHaveLength(1);
  const late = floor.of('call-back-overdue');
  expect(late.filter(({ hotline }) => hotline === 'water')).toHaveLength(3);
  const ofGas = late.filter(({ hotline }) => hotline === 'gas');
  expect(ofGas).toHaveLength(200);
  // The newest.
  expect(Math.min(...ofGas.map(({ sinceMs }) => sinceMs))).toBe(at(9) + 400);
});

describe('acknowledging', () => {
  const by = (name: string, minute: number) => ({ by: name, atMs: at(minute) });

  it('is by the first who does, and goes on after a restart', () => {
    const floor = new Floor(10);
    floor.breaches.hear(unanswered(5));
    const [breach] = floor.breaches.list();
    const id = breach?.id ?? '';
    expect(floor.breaches.acknowledge('no such thing', by('ann', 11))).toBe('not-found');
    expect(floor.breaches.acknowledge(id, by('ann', 11))).toBe('done');
    expect(floor.breaches.acknowledge(id, by('bob', 12))).toBe('already');
    expect(floor.breaches.list()).toMatchObject([{ acknowledged: by('ann', 11) }]);
    const next = new Floor(13);
    next.breaches.restore([[id, by('ann', 11)]]);
    next.breaches.hear(unanswered(5));
    expect(next.breaches.list()).toEqual(floor.breaches.list());
    const late = new Floor(13);
    late.breaches.hear(unanswered(5));
    late.breaches.restore([[id, by('ann', 11)]]);
    expect(late.breaches.list()).toEqual(floor.breaches.list());
  });

  it('lets go of what is over an hour later, and of what nobody reads a day later', () => {
    const floor = new Floor(10);
    floor.seat('PJSIP/101');
    floor.breaches.hear(unanswered(5, '1700000000.1'));
    floor.breaches.hear(unanswered(6, '1700000000.2'));
    const read = floor.breaches.list().find(({ uniqueid }) => uniqueid === '1700000000.1')?.id ?? '';
    floor.breaches.acknowledge(read, by('ann', 20));
    floor.until(79);
    expect(floor.of('unanswered')).toHaveLength(2);
    floor.until(81);
    expect(floor.of('unanswered').map(({ uniqueid }) => uniqueid)).toEqual(['1700000000.2']);
    floor.until(24 * 60 + 7);
    expect(floor.of('unanswered')).toEqual([]);
  });

  it('keeps the list and its entries as they are while nothing changes, those that last first', () => {
    const floor = new Floor(10);
    floor.breaches.hear(unanswered(9));
    floor.look();
    floor.until(11);
    const before = floor.breaches.list();
    expect(before.map(({ kind }) => kind)).toEqual(['queue-unstaffed', 'unanswered']);
    floor.until(12);
    expect(floor.breaches.list()).toBe(before);
  });

  it('shows nobody’s number, whatever an interface is called', () => {
    const floor = new Floor(10);
    floor.seat('Local/13800130001@mobiles');
    floor.until(11);
    floor.seat('Local/13800130001@mobiles', { state: 'offline' });
    floor.until(40);
    const [breach] = floor.of('away');
    expect(breach?.seat).toBe('Local/13800130001@mobiles');
    expect(breach?.id).not.toMatch(/\d{7,}@/);
  });
});
