import type { BlindTime, Fact, SeatInterval, SeatState, TalkEnded } from '../calls/facts.ts';
import type { HoursDefinition, PbxDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { shareOfTalk, shareOfWrapUp } from './figure-shares.ts';
import type { LiveSeat } from '../seats/live.ts';
import { postsOf, type Posts } from '../seats/memberships.ts';
import { AgentDays, type AgentDayFigures } from './agent-days.ts';
import { ByPbx } from './by-pbx.ts';
import type { HotlineTally } from './hotline-tally.ts';
import { KeptSums, type Seed } from './kept-sums.ts';
import { KnownTallies, type PbxTally } from './known-tallies.ts';
import type { QueueTally, QueueTerms } from './queue-tally.ts';
import { Patience, type PatienceFigures } from './patience.ts';
import { countedIn, isBusy, isCounted, type SeatTime, type Stretch } from './seat-time.ts';
import type { Sign } from './series.ts';
import type { Trends } from './trend.ts';

const DEFAULT_SERVICE_LEVEL_S = 20;
/** Of a queue that no hotline uses, on an exchange without one. */
const NO_HOURS: HoursDefinition = {
  zone: 'UTC',
  week: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
  exceptions: new Map(),
  shifts: [],
};

/** What a board shows beside the Report; each the same object as long as nothing of it changed. */
export interface FloorFigures {
  /** How long callers of a queue have been willing to wait. */
  patienceOf(pbx: string, queue: string): PatienceFigures;
  /** The last hours of a hotline's targets. */
  trendOf(pbx: string, hotline: string): Trends;
  /** What an agent did on the day of `nowMs`. */
  dayOf(pbx: string, agent: string, nowMs: number): AgentDayFigures;
}

/** Whole ms, as the journal keeps them. */
const blindMsOf = ({ fromMs, untilMs }: BlindTime): number =>
  Math.max(0, Math.round(untilMs) - Math.round(fromMs));
const NO_TIMES: readonly SeatTime[] = [];
const NO_PATIENCE = new Patience().build();
const NO_TREND: Trends = {};

/**
 * Facts in, counts and sums out: everything the Report needs besides the live picture. One owner, mutated in place;
 * a fact of a hotline or a queue that is not configured is left alone. Constant work for each fact.
 */
export class Tally implements FloorFigures {
  private hotlines = new ByPbx<HotlineTally>();
  private queues = new ByPbx<QueueTally>();
  private pbxs = new Map<string, PbxTally>();
  /** By queue: its own time of seats, and that of each hotline that uses it. */
  private timesOfQueue = new ByPbx<readonly SeatTime[]>();
  private readonly agents = new AgentDays();
  private readonly known = new KnownTallies();
  private definition: WatchDefinition;

  constructor(definition: WatchDefinition) {
    this.definition = definition;
    this.redefine(definition, -Infinity);
  }

  /**
   * After a reload at `atMs`: what is still watched keeps its counts, the rest is shown and counted no more. What is
   * brought goes on from what it had when it was watched before, as after a restart, and begins at nothing where it
   * never was.
   */
  redefine(definition: WatchDefinition, atMs: number): void {
    this.definition = definition;
    this.agents.redefine(definition);
    const before = { hotlines: this.hotlines, pbxs: this.pbxs };
    this.hotlines = new ByPbx();
    this.queues = new ByPbx();
    this.pbxs = new Map();
    this.timesOfQueue = new ByPbx();
    for (const hotline of definition.hotlines) {
      const { pbx, name } = hotline;
      const tally = this.known.hotline(hotline, atMs);
      if (before.hotlines.get(pbx, name) === undefined) tally.countsSinceMs = atMs;
      this.hotlines.set(pbx, name, tally);
    }
    for (const pbx of definition.pbxs) {
      const { name } = pbx;
      const tallyOfPbx = this.known.pbx(name);
      if (!before.pbxs.has(name)) tallyOfPbx.knownSinceMs = undefined;
      this.pbxs.set(name, tallyOfPbx);
      for (const queue of queuesOf(definition, pbx)) {
        const tally = this.known.queue(name, queue, termsOf(definition, name, queue));
        this.queues.set(name, queue, tally);
        this.timesOfQueue.set(name, queue, [tally.seatTime, ...this.timesOfUsers(name, queue)]);
      }
    }
  }

  /**
   * Goes on after a restart: rolling windows are made of the recent facts, and what was kept of totals and of whole
   * periods is put in the place of what those facts alone give. The first thing that is said to a tally.
   */
  seed({ sums, recentFacts, sinceMs, seenUntilMs, sinceByPbx, hotlinesSince }: Seed): void {
    for (const fact of recentFacts) this.apply(fact);
    this.agents.seed(new KeptSums(sums));
    this.known.seed(sums);
    for (const { pbx, name, sinceMs: countsSinceMs } of hotlinesSince) {
      const hotline = this.hotline(pbx, name);
      if (hotline !== undefined) hotline.countsSinceMs = countsSinceMs;
    }
    for (const pbx of this.pbxs.values()) {
      if (seenUntilMs.has(pbx.pbx)) pbx.knownSinceMs = sinceByPbx.get(pbx.pbx) ?? sinceMs;
    }
  }

  /** Takes in one fact, in the order they come. */
  apply(fact: Fact): void {
    this.count(fact, 1);
    if (fact.type === 'seat-interval') this.endInterval(fact);
  }

  /**
   * Puts what is known of a fact by now in the place of what was said before under its id (undefined: nothing), in every
   * window and period that either lies in. The time of seats is only ever seen: it is not amended.
   */
  amend(before: Fact | undefined, after: Fact): void {
    if (before !== undefined) this.count(before, -1);
    this.count(after, 1);
  }

  /** Brings every window to `nowMs`: before each look at it, not for each event. */
  advance(nowMs: number): void {
    for (const hotline of this.hotlines.values()) hotline.moveTo(nowMs);
    for (const queue of this.queues.values()) queue.moveTo(nowMs);
  }

  /** The seats as they are at `nowMs`: what runs counts for as long as it has run. */
  lookAt(seats: Iterable<LiveSeat>, nowMs: number): void {
    const running = new Map<SeatTime, Stretch[]>();
    for (const { seatTime } of this.hotlines.values()) running.set(seatTime, []);
    for (const { seatTime } of this.queues.values()) running.set(seatTime, []);
    for (const { pbx, state, memberships, intervalFromMs } of seats) {
      if (!isCounted(state)) continue;
      const stretch = { fromMs: intervalFromMs, untilMs: nowMs, busy: isBusy(state) };
      for (const time of this.timesOf(pbx, state, postsOf(memberships))) running.get(time)?.push(stretch);
    }
    for (const [time, stretches] of running) time.run(stretches);
  }

  hotline(pbx: string, name: string): HotlineTally | undefined {
    return this.hotlines.get(pbx, name);
  }

  queue(pbx: string, name: string): QueueTally | undefined {
    return this.queues.get(pbx, name);
  }

  pbx(name: string): PbxTally | undefined {
    return this.pbxs.get(name);
  }

  patienceOf(pbx: string, queue: string): PatienceFigures {
    return this.queue(pbx, queue)?.patience.build() ?? NO_PATIENCE;
  }

  trendOf(pbx: string, hotline: string): Trends {
    return this.hotline(pbx, hotline)?.trend.build() ?? NO_TREND;
  }

  dayOf(pbx: string, agent: string, nowMs: number): AgentDayFigures {
    return this.agents.build(pbx, agent, nowMs);
  }

  /** The definition in force. */
  get watched(): WatchDefinition {
    return this.definition;
  }

  private count(fact: Fact, sign: Sign): void {
    switch (fact.type) {
      case 'call-opened':
        return this.hotline(fact.pbx, fact.hotline)?.open(fact, sign);
      case 'call-closed': {
        const hotline = this.hotline(fact.pbx, fact.hotline);
        return hotline === undefined ? this.known.passAway(fact, sign) : hotline.close(fact, sign);
      }
      case 'scored':
        return this.hotline(fact.pbx, fact.hotline)?.score(fact, sign);
      case 'breach':
        return this.hotline(fact.pbx, fact.hotline)?.breach(fact.breach, sign);
      case 'transferred-in':
        return this.hotline(fact.pbx, fact.hotline)?.transferIn(sign);
      case 'queue-entered': {
        const queue = this.queue(fact.pbx, fact.queue);
        return queue === undefined ? this.known.passAway(fact, sign) : queue.enter(fact, sign);
      }
      case 'queue-ended': {
        const queue = this.queue(fact.pbx, fact.queue);
        return queue === undefined ? this.known.passAway(fact, sign) : queue.end(fact, sign);
      }
      case 'talk-ended':
        this.agents.talk(fact, sign);
        return this.endTalk(fact, sign);
      case 'ring-no-answer':
        return this.agents.refuse(fact, sign);
      case 'unattributed':
        return this.addToPbx(fact.pbx, sign, 0);
      case 'blind':
        return this.addToPbx(fact.pbx, 0, sign * blindMsOf(fact));
      default:
        return;
    }
  }

  private timesOfUsers(pbx: string, queue: string): readonly SeatTime[] {
    return this.definition.hotlines.flatMap((hotline) => {
      if (hotline.pbx !== pbx || !hotline.queues.includes(queue)) return [];
      return this.hotlines.get(pbx, hotline.name)?.seatTime ?? [];
    });
  }

  private endTalk(fact: TalkEnded, sign: Sign): void {
    const share = shareOfTalk(fact.atMs, fact.talkMs);
    this.hotline(fact.pbx, fact.hotline)?.addFigures(share, sign);
    this.queue(fact.pbx, fact.queue)?.addFigures(share, sign);
  }

  /** Where a seat's time counts: for each of its queues, and for each hotline over them once. */
  private timesOf(pbx: string, state: SeatState, posts: Posts): readonly SeatTime[] {
    const queues = countedIn(state, posts);
    const [first] = queues;
    if (first === undefined) return NO_TIMES;
    const timesOfFirst = this.timesOfQueue.get(pbx, first) ?? NO_TIMES;
    if (queues.length === 1) return timesOfFirst;
    const times = [...timesOfFirst];
    for (let index = 1; index < queues.length; index++) {
      for (const time of this.timesOfQueue.get(pbx, queues[index] ?? first) ?? NO_TIMES) {
        if (!times.includes(time)) times.push(time);
      }
    }
    return times;
  }

  private endInterval(fact: SeatInterval): void {
    if (!isCounted(fact.state)) return;
    const stretch = { fromMs: fact.fromMs, untilMs: fact.atMs, busy: isBusy(fact.state) };
    for (const time of this.timesOf(fact.pbx, fact.state, fact)) time.add(stretch);
    const talk = fact.wrapsUp;
    if (talk === undefined) return;
    const share = shareOfWrapUp(fact.atMs, fact.fromMs);
    this.hotline(fact.pbx, talk.hotline)?.addFigures(share, 1);
    this.queue(fact.pbx, talk.queue)?.addFigures(share, 1);
  }

  private addToPbx(name: string, unattributed: number, blindMs: number): void {
    const pbx = this.pbxs.get(name);
    if (pbx === undefined) return;
    pbx.unattributed += unattributed;
    pbx.blindMs += blindMs;
  }
}

/** The queues of an exchange that are watched: its own list, and what its hotlines name. */
export function queuesOf(definition: WatchDefinition, pbx: PbxDefinition): readonly string[] {
  const named = definition.hotlines.filter(({ pbx: on }) => on === pbx.name).flatMap(({ queues }) => queues);
  return [...new Set([...pbx.queues.map(({ name }) => name), ...named])];
}

export function termsOf(definition: WatchDefinition, pbx: string, queue: string): QueueTerms {
  const onPbx = definition.hotlines.filter((hotline) => hotline.pbx === pbx);
  const user = onPbx.find((hotline) => hotline.queues.includes(queue));
  return {
    hours: (user ?? onPbx[0])?.hours ?? NO_HOURS,
    serviceLevelS: user?.serviceLevelS ?? DEFAULT_SERVICE_LEVEL_S,
  };
}
