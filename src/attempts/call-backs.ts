import type { AttemptCall, OutboundTry } from './attempt-call.ts';
import type { CallBackClosing } from './call-back-closing.ts';
import { OpenCallBack, type CallBack, type CallBackRules } from './call-back.ts';
import { byReaching, chainsOf } from './chain.ts';

/** norm.md section 4: "abandoned, unanswered, dropped, blocked, voicemail with or without a message". */
const LOST_OUTCOMES: ReadonlySet<AttemptCall['outcome']> = new Set([
  'abandoned',
  'unanswered',
  'dropped',
  'blocked',
  'voicemail',
]);

/** All that is known of one caller; each call, try and closing once, in any order. */
export interface CallerHistory {
  readonly calls: readonly AttemptCall[];
  readonly outbounds: readonly OutboundTry[];
  readonly closings: readonly CallBackClosing[];
}

/** Told in the order of the instants; at the same one in this order, so that what closes sees what it closes. */
const STEPS = ['lost', 'through', 'outbound', 'closing'] as const;
interface Step {
  readonly atMs: number;
  readonly kind: (typeof STEPS)[number];
  /** Tells steps of one instant and kind apart, so that their order is the same for everybody. */
  readonly id: string;
  readonly apply: (open: OpenCallBack | undefined) => OpenCallBack | CallBack | undefined;
}

/**
 * The call-backs of one caller, in order; at most the last is open (norm.md section 4). One entry for all hotlines that
 * lost the caller: one talk settles them all, while getting through settles only what the same hotline lost before.
 * It opens at the end of the first call lost, not when the chain ends 24 h later: an emergency is owed at once, and a
 * caller who gets through meanwhile closes it. Nobody without a number can be called back.
 */
export function callBacksOf(history: CallerHistory, rules: CallBackRules): readonly CallBack[] {
  const steps = stepsOf(history, rules).toSorted(
    (a, b) => a.atMs - b.atMs || STEPS.indexOf(a.kind) - STEPS.indexOf(b.kind) || (a.id < b.id ? -1 : 1),
  );
  const ended: CallBack[] = [];
  let open: OpenCallBack | undefined;
  for (const step of steps) {
    const next = step.apply(open);
    if (next === undefined || next instanceof OpenCallBack) open = next;
    else {
      ended.push(next);
      open = undefined;
    }
  }
  return open === undefined ? ended : [...ended, open.view()];
}

/** The one that is owed; undefined where nothing is. */
export function openCallBackOf(history: CallerHistory, rules: CallBackRules): CallBack | undefined {
  const last = callBacksOf(history, rules).at(-1);
  return last?.end === undefined ? last : undefined;
}

function stepsOf({ calls, outbounds, closings }: CallerHistory, rules: CallBackRules): readonly Step[] {
  const numbered = calls.filter(({ caller }) => caller !== '');
  return [
    ...lostOf(numbered, rules).map((call) => lostStep(call, rules)),
    ...numbered.filter(reachesCaller).map(throughStep),
    ...outbounds.map(outboundStep),
    ...closings.map(closingStep),
  ];
}

/** Those who asked and got nobody, less those whom a call of the same attempt, or one that ended sooner, had made good. */
function lostOf(calls: readonly AttemptCall[], rules: CallBackRules): readonly AttemptCall[] {
  // Which calls an attempt takes in does not hang on the time now.
  const hotlines = Map.groupBy(chainsOf(calls, 0), ({ pbx, hotline }) => JSON.stringify([pbx, hotline]));
  return [...hotlines.values()].flatMap((chains) => {
    const attempts = chains.flatMap((chain) => chain.attempts.map((attempt) => attempt.calls));
    const inOrder = attempts.flat();
    let before = 0;
    return attempts.flatMap((attempt) => {
      const first = before;
      before += attempt.length;
      return attempt.filter(
        (call, index) =>
          isLost(call, rules) &&
          // An attempt is through if any call of it is (norm.md section 3).
          !attempt.slice(0, index).some(reachesCaller) &&
          !gotThroughMeanwhile(inOrder, first + index),
      );
    });
  });
}

function isLost({ asked, outcome, short }: AttemptCall, { settings }: CallBackRules): boolean {
  return asked && LOST_OUTCOMES.has(outcome) && (!short || settings.shortAbandons);
}

/** Whether a later call to the hotline had got through and ended before this one was given up: a second line. */
function gotThroughMeanwhile(inOrder: readonly AttemptCall[], index: number): boolean {
  const closedAtMs = inOrder[index]?.closedAtMs ?? -Infinity;
  for (let next = index + 1; next < inOrder.length; next++) {
    const other = inOrder[next];
    if (other === undefined || other.reachedAtMs > closedAtMs) return false;
    if (reachesCaller(other) && other.closedAtMs <= closedAtMs) return true;
  }
  return false;
}

/**
 * Getting through, as a call-back is closed by it: a person answered, or self-served. A voicemail after hours is through
 * for the chain (norm.md section 3), but section 4 counts every voicemail among what is called back.
 */
const reachesCaller = ({ outcome }: AttemptCall): boolean =>
  outcome === 'answered' || outcome === 'self-served';

/** It came after, to the same hotline. */
const settles = (through: AttemptCall, lost: AttemptCall): boolean =>
  through.pbx === lost.pbx && through.hotline === lost.hotline && byReaching(lost, through) < 0;

const lostStep = (call: AttemptCall, rules: CallBackRules): Step => ({
  atMs: call.closedAtMs,
  kind: 'lost',
  id: JSON.stringify([call.pbx, call.uniqueid]),
  apply: (open) => {
    if (open === undefined) return new OpenCallBack(rules, call);
    open.addLost(call);
    return open;
  },
});

const throughStep = (call: AttemptCall): Step => ({
  atMs: call.closedAtMs,
  kind: 'through',
  id: JSON.stringify([call.pbx, call.uniqueid]),
  apply: (open) => open?.getThrough(call, (lost) => settles(call, lost)) ?? open,
});

const outboundStep = (outbound: OutboundTry): Step => ({
  atMs: outbound.endedAtMs,
  kind: 'outbound',
  id: JSON.stringify([outbound.pbx, outbound.uniqueid]),
  apply: (open) => open?.addOutbound(outbound) ?? open,
});

const closingStep = (closing: CallBackClosing): Step => ({
  atMs: closing.atMs,
  kind: 'closing',
  id: JSON.stringify([closing.by, closing.reason, closing.note]),
  apply: (open) => open?.closeBy(closing) ?? open,
});
