import type { PbxEvent } from '../../src/ami/pbx-event.ts';

/** Asterisk's threads tell of one thing within this of each other. */
const RACE_MS = 20;

const BRIDGES = new Set(['bridge-entered', 'bridge-left']);
/** Told by other threads than the bridges' (asterisk-facts 1.17). */
const ALOOF = new Set([
  'agent-connected',
  'agent-completed',
  'blind-transfer',
  'attended-transfer',
  'parked',
  'unparked',
  'park-given-up',
]);

/** Every channel an event names. */
function named(event: PbxEvent): string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if (key === 'uniqueid' && part !== '') found.push(String(part));
      else look(part);
    }
  };
  look(event);
  return found;
}

/** Whether Asterisk tells `first` before `second` whatever happens: one thread tells both, or one follows from the other. */
function isSettled(first: PbxEvent, second: PbxEvent, mayShare: boolean): boolean {
  if (second.pbxMs - first.pbxMs > RACE_MS) return true;
  // A request to hang up is told before anything follows from it (channel.c ast_queue_hangup), a BridgeLeave apart.
  if (first.type === 'hangup-requested' && second.type === 'channel-gone') return true;
  if (!mayShare) return false;
  const types = [first.type, second.type];
  if (types.some((type) => BRIDGES.has(type)) && types.some((type) => ALOOF.has(type))) return false;
  if (types.includes('hangup-requested') && types.includes('bridge-left')) return false;
  const rings = (event: PbxEvent): boolean => event.type === 'channel-state' && event.state === 5;
  return !(types.includes('dial-begun') && (rings(first) || rings(second)));
}

/**
 * The same events in another order that Asterisk could have told them in. `picks` choose among what could come next;
 * 0 everywhere is the order as recorded.
 */
export function reordered(events: readonly PbxEvent[], picks: readonly number[]): PbxEvent[] {
  const names = events.map((event) => new Set(named(event)));
  const left = events.map((_event, index) => index);
  const told: PbxEvent[] = [];
  while (left.length > 0) {
    const ready: number[] = [];
    for (const index of left) {
      const event = events[index];
      const [earliest] = left;
      const first = earliest === undefined ? undefined : events[earliest];
      if (!event || !first || event.pbxMs - first.pbxMs > RACE_MS) break;
      const waits = left.some((before) => {
        const earlier = events[before];
        if (before >= index || !earlier) return false;
        const shares = names[index]?.isDisjointFrom(names[before] ?? new Set()) === false;
        return isSettled(earlier, event, shares);
      });
      if (!waits) ready.push(index);
    }
    const pick = (picks[told.length % Math.max(1, picks.length)] ?? 0) % ready.length;
    const next = ready[pick];
    const event = next === undefined ? undefined : events[next];
    if (next === undefined || !event) throw new Error('an order always has a next event');
    left.splice(left.indexOf(next), 1);
    told.push(event);
  }
  return told;
}
