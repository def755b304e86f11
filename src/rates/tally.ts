import type { Fact, SeatInterval, SeatState, TalkEnded } from '../calls/facts.ts';
import type {
  HotlineDefinition,
  HoursDefinition,
  PbxDefinition,
  WatchDefinition,
} from '../hotlines/definition.ts';
import { shareOfTalk, shareOfWrapUp } from './figure-shares.ts';
import type { LiveSeat } from '../seats/live.ts';
import { postsOf, type Posts } from '../seats/memberships.ts';
import { HotlineTally } from './hotline-tally.ts';
import { QueueTally, type QueueTerms } from './queue-tally.ts';
import { countedIn, isBusy, type SeatTime, type Stretch } from './seat-time.ts';

const DEFAULT_SERVICE_LEVEL_S = 20;
/** Of a queue that no hotline uses, on an exchange without one. */
const NO_HOURS: HoursDefinition = {
  zone: 'UTC',
  week: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
  exceptions: new Map(),
  shifts: [],
};

/** What one exchange adds up to. */
export interface PbxTally {
  readonly pbx: string;
  version: number;
  unattributed: number;
  /** Blind times that are over; a running one is the link's to tell. */
  blindMs: number;
}
type SeatsLastTalk = Pick<TalkEnded, 'hotline' | 'queue'>;

/**
 * Facts in, counts and sums out: everything the Report needs besides the live picture. One owner, mutated in place;
 * a fact of a hotline or a queue that is not configured is left alone. Constant work for each fact.
 */
export class Tally {
  private readonly hotlines = new Map<string, HotlineTally>();
  private readonly queues = new Map<string, QueueTally>();
  private readonly pbxs = new Map<string, PbxTally>();
  /** A wrap-up belongs to the talk before it: by seat. */
  private readonly lastTalks = new Map<string, SeatsLastTalk>();
  private definition: WatchDefinition;

  constructor(definition: WatchDefinition) {
    this.definition = definition;
    this.redefine(definition);
  }

  /** After a reload: what is still watched keeps its counts, what is new begins at nothing, the rest is forgotten. */
  redefine(definition: WatchDefinition): void {
    this.definition = definition;
    const wanted = new Set<string>();
    for (const hotline of definition.hotlines) {
      wanted.add(this.keepHotline(hotline));
    }
    for (const pbx of definition.pbxs) {
      if (!this.pbxs.has(pbx.name)) {
        this.pbxs.set(pbx.name, { pbx: pbx.name, version: 0, unattributed: 0, blindMs: 0 });
      }
      wanted.add(pbx.name);
      for (const queue of queuesOf(definition, pbx)) wanted.add(this.keepQueue(pbx.name, queue));
    }
    for (const kept of [this.hotlines, this.queues, this.pbxs]) {
      for (const key of kept.keys()) if (!wanted.has(key)) kept.delete(key);
    }
  }

  /** Takes in one fact, in the order they come. */
  apply(fact: Fact): void {
    switch (fact.type) {
      case 'call-opened':
        return this.hotline(fact.pbx, fact.hotline)?.open(fact);
      case 'call-closed':
        return this.hotline(fact.pbx, fact.hotline)?.close(fact);
      case 'scored':
        return this.hotline(fact.pbx, fact.hotline)?.score(fact);
      case 'breach':
        return this.hotline(fact.pbx, fact.hotline)?.breach(fact.breach);
      case 'transferred-in':
        return this.hotline(fact.pbx, fact.hotline)?.transferIn();
      case 'queue-entered':
        return this.queue(fact.pbx, fact.queue)?.enter(fact);
      case 'queue-ended':
        return this.queue(fact.pbx, fact.queue)?.end(fact);
      case 'talk-ended':
        return this.endTalk(fact);
      case 'seat-interval':
        return this.endInterval(fact);
      case 'unattributed':
        return this.addToPbx(fact.pbx, 1, 0);
      case 'blind':
        return this.addToPbx(fact.pbx, 0, Math.max(0, fact.untilMs - fact.fromMs));
      case 'call-decided':
      case 'ring-no-answer':
      case 'corrected':
        return;
    }
  }

  /** Brings every window to `nowMs`: before each look at it, not for each event. */
  advance(nowMs: number): void {
    for (const hotline of this.hotlines.values()) hotline.moveTo(nowMs);
    for (const queue of this.queues.values()) queue.moveTo(nowMs);
  }

  /** The seats as they are at `nowMs`: what runs counts for as long as it has run. */
  lookAt(seats: Iterable<LiveSeat>, nowMs: number): void {
    const running = new Map<SeatTime, Stretch[]>();
    for (const tally of [...this.hotlines.values(), ...this.queues.values()]) running.set(tally.seatTime, []);
    for (const { pbx, state, memberships, intervalFromMs } of seats) {
      const stretch = { fromMs: intervalFromMs, untilMs: nowMs, busy: isBusy(state) };
      for (const time of this.timesOf(pbx, state, postsOf(memberships))) running.get(time)?.push(stretch);
    }
    for (const [time, stretches] of running) time.run(stretches);
  }

  hotline(pbx: string, name: string): HotlineTally | undefined {
    return this.hotlines.get(key('hotline', pbx, name));
  }

  queue(pbx: string, name: string): QueueTally | undefined {
    return this.queues.get(key('queue', pbx, name));
  }

  pbx(name: string): PbxTally | undefined {
    return this.pbxs.get(name);
  }

  /** The definition in force. */
  get watched(): WatchDefinition {
    return this.definition;
  }

  private keepHotline(hotline: HotlineDefinition): string {
    const name = key('hotline', hotline.pbx, hotline.name);
    const kept = this.hotlines.get(name);
    if (kept === undefined) this.hotlines.set(name, new HotlineTally(hotline));
    else kept.redefine(hotline);
    return name;
  }

  private keepQueue(pbx: string, queue: string): string {
    const name = key('queue', pbx, queue);
    const terms = termsOf(this.definition, pbx, queue);
    const kept = this.queues.get(name);
    if (kept === undefined) this.queues.set(name, new QueueTally(queue, terms));
    else kept.redefine(terms);
    return name;
  }

  private endTalk(fact: TalkEnded): void {
    const share = shareOfTalk(fact.atMs, fact.talkMs);
    this.hotline(fact.pbx, fact.hotline)?.addFigures(share);
    this.queue(fact.pbx, fact.queue)?.addFigures(share);
    const seat = key('seat', fact.pbx, fact.seat);
    this.lastTalks.set(seat, { hotline: fact.hotline, queue: fact.queue });
  }

  /** Where a seat's time counts: for each of its queues, and for each hotline over them once. */
  private timesOf(pbx: string, state: SeatState, posts: Posts): readonly SeatTime[] {
    const queues = countedIn(state, posts);
    if (queues.length === 0) return [];
    const tallies = [
      ...queues.map((queue) => this.queue(pbx, queue)),
      ...[...this.hotlines.values()].filter(
        ({ definition }) =>
          definition.pbx === pbx && definition.queues.some((queue) => queues.includes(queue)),
      ),
    ];
    return tallies.flatMap((tally) => (tally === undefined ? [] : [tally.seatTime]));
  }

  private endInterval(fact: SeatInterval): void {
    const stretch = { fromMs: fact.fromMs, untilMs: fact.atMs, busy: isBusy(fact.state) };
    for (const time of this.timesOf(fact.pbx, fact.state, fact)) time.add(stretch);
    if (fact.state !== 'wrap-up') return;
    const talk = this.lastTalks.get(key('seat', fact.pbx, fact.seat));
    if (talk === undefined) return;
    const share = shareOfWrapUp(fact.atMs, fact.fromMs);
    this.hotline(fact.pbx, talk.hotline)?.addFigures(share);
    this.queue(fact.pbx, talk.queue)?.addFigures(share);
  }

  private addToPbx(name: string, unattributed: number, blindMs: number): void {
    const pbx = this.pbxs.get(name);
    if (pbx === undefined) return;
    pbx.unattributed += unattributed;
    pbx.blindMs += blindMs;
    pbx.version++;
  }
}

/** The queues of an exchange that are watched: its own list, and what its hotlines name. */
export function queuesOf(definition: WatchDefinition, pbx: PbxDefinition): readonly string[] {
  const named = definition.hotlines.filter(({ pbx: on }) => on === pbx.name).flatMap(({ queues }) => queues);
  return [...new Set([...pbx.queues.map(({ name }) => name), ...named])];
}

function termsOf(definition: WatchDefinition, pbx: string, queue: string): QueueTerms {
  const onPbx = definition.hotlines.filter((hotline) => hotline.pbx === pbx);
  const user = onPbx.find((hotline) => hotline.queues.includes(queue));
  return {
    hours: (user ?? onPbx[0])?.hours ?? NO_HOURS,
    serviceLevelS: user?.serviceLevelS ?? DEFAULT_SERVICE_LEVEL_S,
  };
}

/** No name holds a NUL: Asterisk's are C strings. */
function key(kind: string, pbx: string, name: string): string {
  return `${kind}\0${pbx}\0${name}`;
}
