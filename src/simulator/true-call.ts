import type { PracticeHotline } from './company.ts';
import type { Moment } from './call-story.ts';
import type { StageEnding } from './plan.ts';

/*
 * norm.md applied to what truly happened, by a reading of its own: the daemon must come to the same from events.
 */

export type TrueOutcome =
  'answered' | 'voicemail' | 'blocked' | 'dropped' | 'unanswered' | 'abandoned' | 'self-served';
export type TrueTarget = 'auto' | 'transfer' | 'direct' | 'after-hours';
export type TrueBreach = 'unanswered' | 'after-hours-not-taken' | 'emergency-not-answered';

export interface TrueStage {
  readonly queue: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** `cut`: the exchange itself went down. */
  readonly end: StageEnding | 'cut';
}
export interface TrueScore {
  readonly target: TrueTarget;
  readonly result: 'hit' | 'miss' | 'set_aside';
  /** When it was decided. */
  readonly atMs: number;
}
/** The truth of one call from outside, with the instants at which each part of it was decided (true time, unix ms). */
export interface TrueCall {
  readonly hotline: string;
  readonly kind: 'attendant' | 'people';
  readonly hours: 'open' | 'closed';
  readonly emergency: boolean;
  readonly test: boolean;
  readonly reachedMs: number;
  readonly endedMs: number;
  readonly endedBy: 'caller' | 'exchange';
  readonly upMs: number | undefined;
  /** First asking for a person; on a people hotline that is open, the arrival. */
  readonly askedMs: number | undefined;
  readonly voicemailMs: number | undefined;
  readonly outcome: TrueOutcome;
  /** When the outcome could not become another one any more. */
  readonly decidedMs: number;
  readonly stages: readonly TrueStage[];
  readonly answer:
    | {
        readonly by: 'seat' | 'outside';
        readonly seat: string;
        readonly queue: string;
        readonly atMs: number;
        readonly waitMs: number;
      }
    | undefined;
  readonly message: 'left' | 'none' | undefined;
  readonly short: boolean;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly transfers: number;
  /** Passed on after a person's answer, and never with a person again. */
  readonly lostAfterAnswer: boolean;
  readonly scores: readonly TrueScore[];
  readonly breaches: readonly TrueBreach[];
}

const SHORT_MS = 5000;
const RING_OUT_MS = 20_000;

/** What the norm says of a story that has come to its end. `testCaller`: in no rate. */
export function judgeStory(
  moments: readonly Moment[],
  hotline: PracticeHotline,
  isOpen: boolean,
  testCaller: boolean,
): TrueCall {
  const seen = gather(moments, hotline.kind === 'people' && isOpen);
  const outcome = outcomeOf(seen, hotline.kind);
  const short =
    outcome === 'abandoned' &&
    seen.endedBy === 'caller' &&
    seen.askedMs !== undefined &&
    seen.endedMs - seen.askedMs < SHORT_MS;
  const emergency = hotline.staffed === undefined;
  const call = {
    ...seen,
    hotline: hotline.name,
    kind: hotline.kind,
    hours: isOpen ? ('open' as const) : ('closed' as const),
    emergency,
    test: testCaller,
    outcome,
    decidedMs: seen.answer?.atMs ?? seen.voicemailMs ?? seen.endedMs,
    message: seen.voicemailMs === undefined ? undefined : seen.left ? ('left' as const) : ('none' as const),
    short,
  };
  const scores = testCaller ? [] : scoresOf(call);
  return { ...call, scores, breaches: testCaller ? [] : breachesOf(call, scores) };
}

/** Whether the norm's limits pass so near to how long it lasted that the stamps of its events decide. */
export function isOnLimit(call: TrueCall, withinMs: number): boolean {
  if (call.outcome !== 'abandoned' && call.outcome !== 'unanswered') return false;
  const isNear = (ms: number): boolean => Math.abs(ms) <= withinMs;
  const waitedMs = call.askedMs === undefined ? Infinity : call.endedMs - call.askedMs;
  return isNear(call.endedMs - call.reachedMs - RING_OUT_MS) || isNear(waitedMs - SHORT_MS);
}

type Gathered = Pick<
  TrueCall,
  | 'reachedMs'
  | 'endedMs'
  | 'endedBy'
  | 'upMs'
  | 'askedMs'
  | 'voicemailMs'
  | 'stages'
  | 'answer'
  | 'talkMs'
  | 'holdMs'
  | 'transfers'
  | 'lostAfterAnswer'
> & { readonly takenMs: number | undefined; readonly blocked: boolean; readonly left: boolean };

function gather(moments: readonly Moment[], askedOnArrival: boolean): Gathered {
  const at = (...whats: readonly Moment['what'][]): number | undefined =>
    moments.find(({ what }) => whats.includes(what))?.atMs;
  const reachedMs = at('reached') ?? 0;
  const end = moments.find((moment) => moment.what === 'ended');
  const endedMs = end?.atMs ?? Infinity;
  const answered = moments.find((moment) => moment.what === 'answered');
  const askedMs = askedOnArrival ? reachedMs : at('joined');
  return {
    reachedMs,
    endedMs,
    endedBy: end?.by ?? 'exchange',
    blocked: end?.blocked ?? false,
    upMs: at('up'),
    askedMs,
    takenMs: at('announced', 'attended', 'voicemail', 'answered'),
    voicemailMs: at('voicemail'),
    left: moments.some(({ what }) => what === 'message'),
    stages: stagesOf(moments, endedMs),
    answer: answered && {
      by: answered.by,
      seat: answered.seat,
      queue: answered.queue,
      atMs: answered.atMs,
      waitMs: answered.atMs - (askedMs ?? reachedMs),
    },
    talkMs: between(moments, 'talk-begins', 'talk-ends', endedMs),
    holdMs: between(moments, 'held', 'unheld', endedMs),
    transfers: moments.filter(({ what }) => what === 'passed-on').length,
    lostAfterAnswer:
      moments.findLastIndex(({ what }) => what === 'passed-on') >
      moments.findLastIndex(({ what }) => what === 'talk-begins'),
  };
}

function stagesOf(moments: readonly Moment[], endedMs: number): TrueStage[] {
  const stages: TrueStage[] = [];
  for (const [place, moment] of moments.entries()) {
    if (moment.what !== 'joined') continue;
    const left = moments.slice(place).find((later) => later.what === 'left');
    stages.push({
      queue: moment.queue,
      fromMs: moment.atMs,
      untilMs: left?.atMs ?? endedMs,
      end: left?.end ?? 'cut',
    });
  }
  return stages;
}

function between(
  moments: readonly Moment[],
  begin: Moment['what'],
  end: Moment['what'],
  untilMs: number,
): number {
  let sumMs = 0;
  let fromMs: number | undefined;
  for (const { what, atMs } of moments) {
    if (what === begin) fromMs ??= atMs;
    if (what !== end || fromMs === undefined) continue;
    sumMs += atMs - fromMs;
    fromMs = undefined;
  }
  return fromMs === undefined ? sumMs : sumMs + untilMs - fromMs;
}

/** norm.md section 2, the first that fits. */
function outcomeOf(seen: Gathered, kind: 'attendant' | 'people'): TrueOutcome {
  if (seen.answer) return 'answered';
  if (seen.voicemailMs !== undefined) return 'voicemail';
  if (seen.blocked) return 'blocked';
  const rangOut = seen.upMs === undefined && seen.endedMs - seen.reachedMs >= RING_OUT_MS;
  if (seen.askedMs === undefined && seen.takenMs !== undefined) return 'self-served';
  if (seen.endedBy === 'caller') return rangOut ? 'unanswered' : 'abandoned';
  return kind === 'attendant' && seen.upMs !== undefined ? 'dropped' : 'unanswered';
}

type Judged = Omit<TrueCall, 'scores' | 'breaches'> & Pick<Gathered, 'takenMs'>;

/** norm.md section 1, "When a call enters a rate". */
function scoresOf(call: Judged): TrueScore[] {
  const scores: TrueScore[] = [];
  const score = (target: TrueTarget, hitMs: number | undefined, otherwise: 'miss' | 'set_aside'): void => {
    const result = hitMs === undefined ? otherwise : 'hit';
    scores.push({ target, result, atMs: hitMs ?? call.endedMs });
  };
  const missed = call.short ? 'set_aside' : 'miss';
  if (call.hours === 'closed') {
    const leftEarly = call.outcome === 'abandoned' && call.endedMs - call.reachedMs < RING_OUT_MS;
    score('after-hours', call.takenMs, leftEarly ? 'set_aside' : 'miss');
  } else if (call.kind === 'people') {
    score('direct', call.answer?.atMs, missed);
  } else {
    score('auto', call.upMs, 'miss');
    if (call.askedMs !== undefined) score('transfer', call.answer?.atMs, missed);
  }
  return scores;
}

function breachesOf(call: Judged, scores: readonly TrueScore[]): TrueBreach[] {
  const breaches: TrueBreach[] = [];
  if (call.outcome === 'unanswered' && call.hours === 'open') breaches.push('unanswered');
  if (scores.some(({ target, result }) => target === 'after-hours' && result === 'miss'))
    breaches.push('after-hours-not-taken');
  if (call.emergency && call.outcome !== 'answered') breaches.push('emergency-not-answered');
  return breaches;
}
