/** A seat in one state for a while, as the facts tell it (`SeatInterval` is one). */
export interface SeatSpan {
  readonly pbx: string;
  readonly seat: string;
  readonly agent: string;
  readonly state: string;
  /** Why it is paused, '' for no reason. */
  readonly reason: string;
  readonly fromMs: number;
  readonly atMs: number;
  /** Queues it is a member of, and those of them it is paused in. */
  readonly queues: readonly string[];
  readonly pausedIn: readonly string[];
}

/** Whether somebody was there to take a call; `unseen` where nobody can say. */
export type Presence = 'there' | 'away' | 'unseen';

export interface Stretch {
  readonly presence: Presence;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly agent: string;
  readonly reason: string;
  /** Queues it takes calls of. */
  readonly queues: readonly string[];
}

/** A seat from one instant to another, without holes. */
export interface Timeline {
  readonly pbx: string;
  readonly seat: string;
  readonly stretches: readonly Stretch[];
  /** Queues it took calls of at any time. */
  readonly queues: ReadonlySet<string>;
}

/** From somebody's leaving until somebody is there. */
export interface Absence {
  /** The last that was seen of who left; undefined where nobody was there before. */
  readonly before: Stretch | undefined;
  /** Who came; undefined where nobody has. */
  readonly after: Stretch | undefined;
  readonly fromMs: number;
  readonly untilMs: number;
  /** The leaving was seen, and all of it was. */
  readonly leavingIsSeen: boolean;
  readonly isSeen: boolean;
  /** Why the seat was paused first, '' for no reason. */
  readonly reason: string;
}

/** Timelines of all seats in `spans` between two instants; what no span tells is unseen. */
export function timelines(spans: readonly SeatSpan[], fromMs: number, untilMs: number): readonly Timeline[] {
  const bySeat = Map.groupBy(spans, ({ pbx, seat }) => `${pbx} ${seat}`);
  return [...bySeat.values()].map((own) => timelineOf(own, fromMs, untilMs));
}

function timelineOf(spans: readonly SeatSpan[], fromMs: number, untilMs: number): Timeline {
  const { pbx = '', seat = '' } = spans[0] ?? {};
  // A phone of no queue is there while it is reachable; a seat of queues only while it takes calls of one.
  const isOfQueues = spans.some(({ queues }) => queues.length > 0);
  const stretches: Stretch[] = [];
  let atMs = fromMs;
  const fill = (until: number): void => {
    if (until > atMs) stretches.push({ ...UNSEEN, fromMs: atMs, untilMs: until });
  };
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const from = Math.max(span.fromMs, atMs);
    const until = Math.min(span.atMs, untilMs);
    if (until <= from) continue;
    fill(from);
    const { agent, reason } = span;
    const taken = span.queues.filter((queue) => !span.pausedIn.includes(queue));
    stretches.push({
      presence: presenceOf(span, isOfQueues),
      fromMs: from,
      untilMs: until,
      agent,
      reason,
      queues: taken,
    });
    atMs = until;
  }
  fill(untilMs);
  const queues = new Set(
    stretches.flatMap((stretch) => (stretch.presence === 'there' ? stretch.queues : [])),
  );
  return { pbx, seat, stretches, queues };
}

const UNSEEN = { presence: 'unseen', agent: '', reason: '', queues: [] } as const;
/** At work on a call, whatever the queues say: talking counts as staffed (norm.md section 6). */
const BUSY: ReadonlySet<string> = new Set(['talking', 'on-hold', 'dialling', 'wrap-up']);

function presenceOf({ state, queues, pausedIn }: SeatSpan, isOfQueues: boolean): Presence {
  if (state === 'unknown') return 'unseen';
  if (state === 'offline' || state === 'paused') return 'away';
  if (!isOfQueues || (queues.length > 0 && BUSY.has(state))) return 'there';
  return queues.some((queue) => !pausedIn.includes(queue)) ? 'there' : 'away';
}

/** Every time somebody left, in order; what lies between is not there or not seen. */
export function absences({ stretches }: Timeline): readonly Absence[] {
  const found: Absence[] = [];
  let before: Stretch | undefined;
  let gap: Stretch[] = [];
  const close = (after: Stretch | undefined): void => {
    const [first] = gap;
    const last = gap.at(-1);
    if (first === undefined || last === undefined) return;
    const { fromMs, reason } = first;
    const isSeen = gap.every(({ presence }) => presence === 'away');
    const leavingIsSeen = first.presence === 'away';
    found.push({ before, after, fromMs, untilMs: last.untilMs, leavingIsSeen, isSeen, reason });
  };
  for (const stretch of stretches) {
    if (stretch.presence === 'there') {
      close(stretch);
      before = stretch;
      gap = [];
    } else {
      gap.push(stretch);
    }
  }
  close(undefined);
  return found;
}

/** Whether nobody can say of a moment in between what the seat did; ends included. */
export function isUnseenIn({ stretches }: Timeline, fromMs: number, untilMs: number): boolean {
  return stretches.some((one) => one.presence === 'unseen' && one.fromMs <= untilMs && one.untilMs > fromMs);
}

/** What a seat does at an instant. */
export function stretchAt({ stretches }: Timeline, atMs: number): Stretch | undefined {
  return stretches.find(({ fromMs, untilMs }) => atMs >= fromMs && atMs < untilMs);
}
