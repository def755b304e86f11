import { describe, expect, it } from 'vitest';
import { Backlog, batchOf } from '../../src/store/backlog.ts';
import { openCallToWire } from '../../src/store/wire.ts';
import { interval } from '../support/facts.ts';
import { closedCall, openedCall } from './stories.ts';

const open = (uniqueid: string, state: unknown) => ({ pbx: 'north', uniqueid, state });
const sent = (uniqueid: string, state: unknown) => openCallToWire(open(uniqueid, state));

describe('what waits to be written', () => {
  it('goes in its order, a state or a sighting never before the facts that were told before it', () => {
    const backlog = new Backlog(100);
    backlog.append(openedCall('1.1', 1), 'seen');
    backlog.keepOpen(open('1.1', 'first'));
    backlog.append(openedCall('1.2', 2), 'seen');
    backlog.keepOpen(open('1.2', 'second'));
    backlog.seen('north', 3);
    const first = batchOf(backlog.take(1));
    expect(first.openCalls).toEqual([sent('1.1', 'first')]);
    expect(first.seen).toEqual(new Map());
    const second = batchOf(backlog.take(1));
    expect(second.openCalls).toEqual([sent('1.2', 'second')]);
    expect(second.seen).toEqual(new Map([['north', 3]]));
    expect(backlog.isEmpty).toBe(true);
  });

  it('holds a later state back that has facts before it, whatever was told earlier of the call', () => {
    const backlog = new Backlog(100);
    backlog.keepOpen(open('1.1', 'early'));
    backlog.append(openedCall('1.1', 1), 'seen');
    backlog.append(openedCall('1.2', 1), 'seen');
    backlog.keepOpen(open('1.1', 'late'));
    expect(batchOf(backlog.take(1)).openCalls).toEqual([]);
    expect(batchOf(backlog.take(1)).openCalls).toEqual([sent('1.1', 'late')]);
  });

  it('forgets the state of a call with its end', () => {
    const backlog = new Backlog(100);
    backlog.keepOpen(open('1.1', 'talking'));
    backlog.append(closedCall('1.1', 1, {}), 'seen');
    expect(batchOf(backlog.take(9)).openCalls).toEqual([]);
  });

  it('put back comes first again, and gives way to what was told since', () => {
    const backlog = new Backlog(100);
    backlog.append(openedCall('1.1', 1), 'seen');
    backlog.keepOpen(open('1.1', 'old'));
    const load = backlog.take(9);
    backlog.append(openedCall('1.2', 2), 'seen');
    backlog.keepOpen(open('1.1', 'new'));
    backlog.putBack(load);
    const batch = batchOf(backlog.take(9));
    expect(batch.facts.map(({ fact }) => fact.atMs)).toEqual([1, 2]);
    expect(batch.openCalls).toEqual([sent('1.1', 'new')]);
  });

  it('beyond its bound gives up the oldest of seats’ times, then of all', () => {
    const backlog = new Backlog(10);
    for (let i = 0; i < 10; i++) backlog.append(interval({ id: `s${i}`, atMs: i }), 'seen');
    for (let i = 10; i < 24; i++) backlog.append(openedCall(`1.${i}`, i), 'seen');
    const kept = batchOf(backlog.take(99)).facts.map(({ fact }) => fact.atMs);
    expect(kept.length + backlog.dropped).toBe(24);
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => 24 - kept.length + i));
  });
});
