import type { Call } from './call.ts';
import type { Calls } from './calls.ts';
import type { LiveCallCounts, LiveCalls, LiveQueueCaller } from './live.ts';
import { askedForPerson, isDaytime } from './outcome.ts';

type LiveTarget = keyof LiveCallCounts['pending'];

/** Reads the live picture out of the calls' state, when somebody asks; keeps nothing of its own. */
export class LiveCallsView implements LiveCalls {
  readonly pbx: string;
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
    this.pbx = calls.context.pbx;
  }

  hotline(name: string): LiveCallCounts {
    let waiting = 0;
    let talking = 0;
    let longestSinceMs: number | undefined;
    const pending = { auto: 0, transfer: 0, direct: 0, 'after-hours': 0 };
    const calls = this.#calls.callsOf(name);
    for (const call of calls) {
      if (call.partners.length > 0) talking++;
      const sinceMs = waitingSince(call);
      if (sinceMs !== undefined) {
        waiting++;
        if (longestSinceMs === undefined || sinceMs < longestSinceMs) longestSinceMs = sinceMs;
      }
      for (const target of PENDING) if (isPending(call, target)) pending[target]++;
    }
    return { calls: calls.size, waiting, talking, longestSinceMs, pending };
  }

  queueCallers(queue: string): readonly LiveQueueCaller[] {
    const callers: LiveQueueCaller[] = [];
    for (const call of this.#calls.context.queues.unsettled(queue)) {
      const stage = call.open;
      if (stage?.leftPbxMs === undefined && stage) {
        callers.push({ uniqueid: call.uniqueid, sinceMs: stage.startedAtMs });
      }
    }
    return callers.sort((one, other) => one.sinceMs - other.sinceMs);
  }

  /** Callers whose stay in the queue has no known end: in line, or on their way to a member. */
  queueUnsettled(queue: string): number {
    return this.#calls.context.queues.unsettled(queue).size;
  }

  queueConnected(queue: string): number {
    return this.#calls.context.queues.connected(queue).size;
  }

  trunkLinesInUse(trunkInterface: string): number {
    return this.#calls.context.channels.ofInterface(trunkInterface).size;
  }

  trunkPeak(trunkInterface: string): number {
    return this.#calls.context.channels.peakOf(trunkInterface);
  }

  pendingSince(hotline: string, target: LiveTarget, fromMs: number): number {
    let count = 0;
    for (const call of this.#calls.callsOf(hotline)) {
      if (call.reachedAtMs >= fromMs && isPending(call, target)) count++;
    }
    return count;
  }
}

const PENDING: readonly LiveTarget[] = ['auto', 'transfer', 'direct', 'after-hours'];

/** Since when a caller waits for a person: asked, nobody there, not in a voicemail. */
function waitingSince(call: Call): number | undefined {
  if (call.answer || call.voicemail || !call.hotline || call.partners.length > 0) return undefined;
  if (call.hotline.kind === 'people' && isDaytime(call)) return call.reachedAtMs;
  return call.open ? call.askedAtMs : undefined;
}

/** In the rate's denominator, or on the way into it, and not decided (norm.md section 1). */
function isPending(call: Call, target: LiveTarget): boolean {
  const { hotline } = call;
  if (!hotline || call.test || call.scored[target] !== undefined) return false;
  const asked = askedForPerson({
    kind: hotline.kind,
    hours: call.hours,
    emergency: call.emergency,
    asked: call.askedAtMs !== undefined,
  });
  switch (target) {
    case 'auto':
      return hotline.kind === 'attendant' && call.hours === 'open';
    case 'transfer':
      return hotline.kind === 'attendant' && isDaytime(call) && asked;
    case 'direct':
      return hotline.kind === 'people' && isDaytime(call);
    case 'after-hours':
      return call.hours === 'closed';
  }
}
