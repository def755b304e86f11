import type { LinkStatus } from '../../src/ami/connection.ts';
import type { LiveCallCounts, LiveCalls, LiveQueueCaller } from '../../src/calls/live.ts';
import type { LiveSeat } from '../../src/seats/live.ts';

export interface SomeCalls {
  readonly pbx: string;
  readonly hotlines: Readonly<Record<string, Partial<LiveCallCounts>>>;
  readonly callers: Readonly<Record<string, readonly LiveQueueCaller[]>>;
  readonly connected: number;
  readonly linesInUse: number;
  /** By default as many as are in use. */
  readonly peak: number;
  /** When each pending call reached its hotline. */
  readonly pendingReachedMs: readonly number[];
}

/** A live picture of calls that says what it is told to. */
export function someCalls(changes: Partial<SomeCalls> = {}): LiveCalls {
  const said: SomeCalls = {
    pbx: 'north',
    hotlines: {},
    callers: {},
    connected: 0,
    linesInUse: 0,
    peak: changes.linesInUse ?? 0,
    pendingReachedMs: [],
    ...changes,
  };
  const pending = { auto: 0, transfer: 0, direct: 0, 'after-hours': 0 };
  const nothing: LiveCallCounts = { calls: 0, waiting: 0, talking: 0, longestSinceMs: undefined, pending };
  return {
    pbx: said.pbx,
    hotline: (name) => ({ ...nothing, ...said.hotlines[name] }),
    queueCallers: (queue) => said.callers[queue] ?? [],
    queueUnsettled: (queue) => said.callers[queue]?.length ?? 0,
    queueConnected: () => said.connected,
    trunkLinesInUse: () => said.linesInUse,
    trunkPeak: () => said.peak,
    pendingSince: (_hotline, _target, fromMs) => said.pendingReachedMs.filter((at) => at >= fromMs).length,
  };
}

/** Seat 101, Ann's, idle in queue `support`. */
export function someSeat(changes: Partial<LiveSeat> = {}): LiveSeat {
  return {
    pbx: 'north',
    interface: 'PJSIP/101',
    agent: 'Ann',
    state: 'idle',
    busyWith: undefined,
    on: '',
    sinceMs: 0,
    intervalFromMs: changes.sinceMs ?? 0,
    why: 'device not in use',
    paused: false,
    pausedReason: '',
    memberships: new Map([['support', { status: 1, paused: false }]]),
    ...changes,
  };
}

/** A link that is ready since the beginning of time. */
export function someLink(changes: Partial<LinkStatus> = {}): LinkStatus {
  return {
    pbx: 'north',
    state: 'ready',
    sinceMs: 0,
    failure: undefined,
    banner: 'Asterisk Call Manager/11.0.0',
    release: '22',
    bootedAtMs: 0,
    clockOffsetMs: 0,
    connections: 1,
    reboots: 0,
    warnings: [],
    ...changes,
  };
}
