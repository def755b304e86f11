import { array, assert, constantFrom, nat, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { readWhy } from '../../src/seats/why.ts';
import type { EventScript } from '../support/event-script.ts';
import { SeatFloor } from './seat-floor.ts';

const FACES = ['PJSIP/101', 'PJSIP/102', 'PJSIP/carrier', 'Local/7@q-00000001;1', 'Local/7@q-00000001;2'];
const MEMBERS = ['PJSIP/101', 'Local/7@q/n', 'hint:9@ext'];
const IDS = ['1', '2', '3', '4', '5', '6'];

interface Drawn {
  readonly what: number;
  readonly stepMs: number;
  readonly id: string;
  readonly other: string;
  readonly face: string;
  readonly member: string;
  readonly number: number;
}

/** Anything an exchange could say, in any order, sense or nonsense. */
const SAYINGS: readonly ((script: EventScript, drawn: Drawn) => void)[] = [
  (script, { id, face, number }) => script.created(id, face, number % 7),
  (script, { id, number }) => script.state(id, number % 8),
  (script, { id }) => script.gone(id),
  (script, { id, other }) => script.dials(id, other),
  (script, { id, number }) => script.enters(`b${number % 3}`, id),
  (script, { id, number }) => script.leaves(`b${number % 3}`, id),
  (script, { id }) => script.holds(id),
  (script, { id }) => script.unholds(id),
  (script, { id, other }) => script.listens(id, other),
  (script, { id }) => script.joins('q', id),
  (script, { id, other, member }) => script.offers('q', id, member, other),
  (script, { id, other, member }) => script.connects('q', id, member, other),
  (script, { id, other, member }) => script.completes('q', id, member, other),
  (script, { member, number }) =>
    script.member('added', { interface: member, status: number % 10, wrapupS: number % 3 }),
  (script, { member, number }) => script.member('paused', { interface: member, paused: number % 2 === 0 }),
  (script, { member }) => script.member('removed', { interface: member }),
  (script, { face, number }) => script.device(face, ['ONHOLD', 'INUSE', 'NOT_INUSE', ''][number % 4] ?? ''),
  (script) => script.snapshot({ purpose: 'resync' }),
  (script) => script.linkLost(0),
];

const anything = record({
  what: nat(SAYINGS.length - 1),
  stepMs: nat(1500),
  id: constantFrom(...IDS),
  other: constantFrom(...IDS),
  face: constantFrom(...FACES),
  member: constantFrom(...MEMBERS),
  number: nat(100),
});

test('property: whatever is said, the intervals of a seat are seamless, each is told once, and time ends', () => {
  assert(
    property(array(anything, { maxLength: 120 }), (story) => {
      const floor = new SeatFloor({ queues: [{ name: 'gas-sales', wrapupS: 2, emergency: false }] });
      floor.script.member('added', {});
      let nowMs = 0;
      for (const drawn of story) {
        nowMs += drawn.stepMs + 0.123;
        SAYINGS[drawn.what]?.(floor.script.at(nowMs / 1000), drawn);
        for (const { why } of floor.seats.live()) expect(readWhy(why)).toBeDefined();
      }
      floor.advance(nowMs / 1000 + 3600);
      // What runs is told up to now once more; nothing falls due at an instant that is over.
      expect(floor.seats.nextDueMs() ?? Infinity).toBeGreaterThan(floor.script.nowMs);
      expect(new Set(floor.facts.map((fact) => fact.id)).size).toBe(floor.facts.length);
      expect(floor.facts.every((fact) => fact.atMs > fact.fromMs)).toBe(true);
      const ends = new Map<string, number>();
      for (const fact of floor.facts) {
        expect(fact.fromMs).toBeGreaterThanOrEqual(ends.get(fact.seat) ?? 0);
        ends.set(fact.seat, fact.atMs);
      }
    }),
  );
});
