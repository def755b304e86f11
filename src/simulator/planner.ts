import {
  BRANCH_TRUNK,
  HOTLINES,
  MOBILE_ON_DUTY,
  type PracticeHotline,
  queueOf,
  STRAY_NUMBER,
  TRUNK,
} from './company.ts';
import type { InboundPlan, StagePlan, VoicemailPlan } from './plan.ts';
import { StagePlanner } from './plan-stage.ts';
import { TalkPlanner } from './plan-talk.ts';
import type { Posts } from './posts.ts';
import type { Random } from './random.ts';
import type { Roster } from './roster.ts';
import { localMinute, type PracticeSite } from './site.ts';

/** Shares of what callers and the exchange do; chosen so that every outcome is seen within some hundred calls. */
const SHARE = {
  blocked: 0.012,
  ringsOut: 0.012,
  fromBranch: 0.015,
  stray: 0.006,
  selfServed: 0.22,
  voicemailByChoice: 0.04,
  pressesKey: 0.03,
  withoutNumber: 0.03,
  testCaller: 0.008,
  afterHoursUntaken: 0.06,
  directForward: 0.04,
} as const;

/** An inspector of the norm, configured as a test number. */
export const TEST_CALLER = '55509999';

const QUIET: Pick<
  InboundPlan,
  | 'kind'
  | 'blockedCause'
  | 'ringsOutMs'
  | 'attendant'
  | 'closedMs'
  | 'stages'
  | 'talk'
  | 'outside'
  | 'voicemail'
> = {
  kind: 'inbound',
  blockedCause: 0,
  ringsOutMs: 0,
  attendant: undefined,
  closedMs: 0,
  stages: [],
  talk: undefined,
  outside: undefined,
  voicemail: undefined,
};

/** Decides whole calls: who calls, what the caller bears, which seat takes it and how it ends. */
export class Planner {
  readonly #stages: StagePlanner;
  readonly #talks: TalkPlanner;
  readonly #site: PracticeSite;

  constructor(around: {
    readonly roster: Roster;
    readonly posts: Posts;
    readonly site: PracticeSite;
    readonly pickups: boolean;
  }) {
    this.#site = around.site;
    this.#stages = new StagePlanner(around);
    this.#talks = new TalkPlanner(around.roster);
  }

  /** A call that reaches the exchange at `atMs`; `caller` is undefined for somebody new. */
  planInbound(random: Random, atMs: number, caller: string | undefined): InboundPlan {
    const who = caller ?? newCaller(random);
    if (random.chance(SHARE.stray)) return strayCall(random, atMs, who);
    const hotline = this.#pickHotline(random, atMs);
    const common = {
      ...QUIET,
      atMs,
      trunk: random.chance(SHARE.fromBranch) ? BRANCH_TRUNK : TRUNK,
      caller: who,
      number: hotline.number,
      hotline,
      endedBy: 'caller' as const,
    };
    if (random.chance(SHARE.blocked)) {
      return { ...common, blockedCause: random.pick([17, 34, 42] as const), endedBy: 'exchange' };
    }
    if (random.chance(SHARE.ringsOut)) return { ...common, ringsOutMs: random.between(4000, 32_000) };
    if (!isStaffed(hotline, this.#site, atMs)) return this.#afterHours(random, common);
    if (hotline.kind === 'attendant') return this.#attendantCall(random, common);
    return hotline.queues.length > 0 ? this.#emergencyCall(random, common) : this.#branchCall(random, common);
  }

  /** At night people call about leaks more than about bills. */
  #pickHotline(random: Random, atMs: number): PracticeHotline {
    const weights = HOTLINES.map((one) => (isStaffed(one, this.#site, atMs) ? one.share : one.share * 0.3));
    let draw = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
    for (const [place, hotline] of HOTLINES.entries()) {
      draw -= weights[place] ?? 0;
      if (draw < 0) return hotline;
    }
    return HOTLINES[0];
  }

  #afterHours(random: Random, common: InboundPlan): InboundPlan {
    if (random.chance(SHARE.afterHoursUntaken))
      return { ...common, ringsOutMs: random.between(8000, 40_000) };
    const closedMs = random.between(6, 14) * 1000;
    if (random.chance(0.4)) return { ...common, closedMs, voicemail: leaveMessageAtOnce(random) };
    return { ...common, closedMs, endedBy: random.chance(0.7) ? 'caller' : 'exchange' };
  }

  #attendantCall(random: Random, common: InboundPlan): InboundPlan {
    const pickupMs = random.between(300, 1500);
    const menuMs = random.between(3000, 16_000);
    const draw = random.next();
    const asksForPerson = draw >= SHARE.selfServed + SHARE.voicemailByChoice;
    const attendant = { pickupMs, menuMs, asksForPerson };
    if (draw < SHARE.selfServed) {
      return { ...common, attendant, endedBy: random.chance(0.7) ? 'caller' : 'exchange' };
    }
    if (!asksForPerson) {
      return { ...common, attendant, voicemail: leaveMessageAtOnce(random) };
    }
    const queue = pickQueue(random, common.hotline);
    const call = { ...common, attendant };
    return this.#queueCall(random, call, common.atMs + pickupMs + menuMs, [queue, this.#overflowOf(queue)]);
  }

  #overflowOf(queue: string): string {
    return queue === 'billing' ? 'repairs' : 'billing';
  }

  /** Up to two queues one after the other; a second one only for half of those the first gave up. */
  #queueCall(random: Random, call: InboundPlan, joinMs: number, queues: readonly string[]): InboundPlan {
    const stages: StagePlan[] = [];
    const patienceMs = Math.max(900, Math.round(random.exponential(75_000)));
    const keyMs = random.chance(SHARE.pressesKey) ? random.between(8, 30) * 1000 : undefined;
    let atMs = joinMs;
    for (const queue of queues) {
      const waitedMs = atMs - joinMs;
      const stage = this.#stages.planQueue(random, queue, atMs, { patienceMs: patienceMs - waitedMs, keyMs });
      stages.push(stage);
      atMs += stage.waitMs + 60;
      if (stage.end === 'answered') {
        return { ...call, stages, talk: this.#talks.planTalk(random, stage, atMs - 60) };
      }
      const goesOn = stage.end === 'timeout' && stages.length === 1 && patienceMs > atMs - joinMs + 1000;
      if (!goesOn || random.chance(0.5)) break;
    }
    if (stages.at(-1)?.end === 'hang-up') return { ...call, stages };
    return { ...call, stages, voicemail: leaveMessage(random) };
  }

  #emergencyCall(random: Random, call: InboundPlan): InboundPlan {
    const forward = (): InboundPlan['outside'] => ({
      number: MOBILE_ON_DUTY,
      ringMs: random.between(3, 12) * 1000,
      talkMs: random.between(20, 120) * 1000,
      answered: random.chance(0.85),
      endedBy: random.chance(0.6) ? 'caller' : 'far-end',
    });
    if (random.chance(SHARE.directForward)) return { ...call, outside: forward(), endedBy: 'exchange' };
    const patienceMs = Math.max(1500, Math.round(random.exponential(110_000)));
    const stage = this.#stages.planQueue(random, 'emergency', call.atMs, { patienceMs, keyMs: undefined });
    const stages = [stage];
    if (stage.end === 'answered') {
      return { ...call, stages, talk: this.#talks.planTalk(random, stage, call.atMs + stage.waitMs) };
    }
    if (stage.end === 'hang-up') return { ...call, stages };
    return { ...call, stages, outside: forward(), endedBy: 'exchange' };
  }

  #branchCall(random: Random, call: InboundPlan): InboundPlan {
    const patienceMs = Math.max(1500, Math.round(random.exponential(28_000)));
    const group = call.hotline?.ringGroup ?? [];
    const stage = this.#stages.planDial(random, group, call.atMs, patienceMs, 20_000);
    if (!stage) return { ...call, blockedCause: 17, endedBy: 'exchange' };
    const stages = [stage];
    if (stage.end === 'answered') {
      return { ...call, stages, talk: this.#talks.planTalk(random, stage, call.atMs + stage.waitMs) };
    }
    if (stage.end === 'hang-up') return { ...call, stages };
    if (random.chance(0.4)) return { ...call, stages, endedBy: 'exchange' };
    return { ...call, stages, voicemail: leaveMessage(random) };
  }
}

function newCaller(random: Random): string {
  const draw = random.next();
  if (draw < SHARE.withoutNumber) return '';
  if (draw < SHARE.withoutNumber + SHARE.testCaller) return TEST_CALLER;
  const prefix = random.pick(['130', '136', '139', '151', '186']);
  return `${prefix}${String(random.between(0, 99_999_999)).padStart(8, '0')}`;
}

function strayCall(random: Random, atMs: number, caller: string): InboundPlan {
  return {
    ...QUIET,
    atMs,
    trunk: TRUNK,
    caller,
    number: STRAY_NUMBER,
    hotline: undefined,
    ringsOutMs: random.between(2, 6) * 1000,
    endedBy: 'exchange',
  };
}

function pickQueue(random: Random, hotline: PracticeHotline | undefined): string {
  const queues = (hotline?.queues ?? []).map(queueOf);
  let draw = random.next() * queues.reduce((sum, queue) => sum + queue.weight, 0);
  for (const queue of queues) {
    draw -= queue.weight;
    if (draw < 0) return queue.name;
  }
  return 'billing';
}

/** Whether the hotline is staffed at this instant. */
function isStaffed(hotline: PracticeHotline, site: PracticeSite, atMs: number): boolean {
  const minute = localMinute(site, atMs);
  return !hotline.staffed || (minute >= hotline.staffed.fromMin && minute < hotline.staffed.untilMin);
}

function leaveMessage(random: Random): VoicemailPlan {
  return {
    announcementMs: random.between(2500, 6000),
    leavesBefore: random.chance(0.2),
    greetingMs: random.between(3000, 6000),
    messageMs: random.chance(0.6) ? random.between(5, 40) * 1000 : 0,
  };
}

/** Straight to the tone, with nothing said before it. */
function leaveMessageAtOnce(random: Random): VoicemailPlan {
  return { ...leaveMessage(random), announcementMs: 0, leavesBefore: false };
}
