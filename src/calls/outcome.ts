import type { EndedBy, Hours, Outcome, Target } from './facts.ts';

/**
 * All that decides a call when its caller's channel is gone: the outcome, what each rate that has not spoken yet says
 * of it, and whether a promise was broken follow from this alone. Durations are by the exchange's clock.
 */
export interface Evidence {
  readonly kind: 'attendant' | 'people';
  readonly hours: Hours;
  readonly emergency: boolean;
  /** A test or inspection caller: in no rate. */
  readonly test: boolean;
  /** Found in a snapshot in mid-life: lists tell ages in whole seconds. */
  readonly takenUp: boolean;
  /** Found in the first picture ever: it belongs to the time before the watch, of which no window claims to know. */
  readonly beforeWatch: boolean;
  readonly answered: boolean;
  readonly voicemail: boolean;
  /** We were blind when it ended, or when it would have been decided. */
  readonly blind: boolean;
  /** A try at a person ended while we could not see: perhaps by an answer. */
  readonly perhapsAnswered: boolean;
  /** We saw whether, and since when, the caller asked for a person. */
  readonly askedSeen: boolean;
  /** For some of its life we could not see it. */
  readonly wasUnseen: boolean;
  readonly wasUp: boolean;
  /** A phone rang for the caller. */
  readonly rangSomebody: boolean;
  /** The last try at a person met only busy or unreachable phones. */
  readonly metBusy: boolean;
  /** Q.850 cause of the caller's Hangup. */
  readonly cause: number;
  readonly endedBy: EndedBy;
  /** Queued, dialled or refused at a queue's door. */
  readonly asked: boolean;
  /** An attendant's or a closed announcement's context took it, on whatever kind of hotline. */
  readonly attended: boolean;
  /** From reaching the hotline to the caller's leaving. */
  readonly aliveMs: number;
  /** From first asking to the caller's leaving; 0 where nobody was asked for. */
  readonly waitedMs: number;
  /** The hotline's settings as they were when the call reached it. */
  readonly ringOutMs: number;
  readonly shortMs: number;
  readonly setAsideShort: boolean;
  /** Rates that spoke of it before its end, or whose decision fell before we watched: they say no more. */
  readonly decided: readonly Target[];
}

/** Busy, congestion, refused (norm.md section 2.3). */
const BLOCKING_CAUSES = new Set([17, 34, 42]);

/** norm.md section 2: the first that fits, in this order; never guessed where a part of it could not be seen (2.6). */
export function outcomeOf(end: Evidence): Outcome {
  if (end.answered) return 'answered';
  // What a person may have decided unseen before it is not known.
  if (end.perhapsAnswered) return 'unknown';
  if (end.voicemail) return 'voicemail';
  if (end.blind) return 'unknown';
  const shown = asShown(end);
  return isCertain(shown, end) ? shown : 'unknown';
}

/** Scored as in open hours (norm.md section 2, last row of the examples). */
export const isDaytime = (call: Pick<Evidence, 'hours' | 'emergency'>): boolean =>
  call.hours === 'open' || call.emergency;

/** On a people hotline to call is to ask; outside its hours nobody is promised, so there only a dial or a queue is. */
export const askedForPerson = (end: Pick<Evidence, 'kind' | 'hours' | 'emergency' | 'asked'>): boolean =>
  end.asked || (end.kind === 'people' && isDaytime(end));

/** Lists tell ages in whole seconds: one found in mid-life may have come up to a second earlier. */
export const ageStepMs = (end: Pick<Evidence, 'takenUp'>): number => (end.takenUp ? 1000 : 0);

/** By what we saw of it, whatever else there may have been. */
function asShown(end: Evidence): Outcome {
  if (isBlocked(end)) return 'blocked';
  if (!askedForPerson(end)) return withoutAsking(end);
  if (end.kind === 'attendant' || end.attended) {
    if (end.wasUp) return end.endedBy === 'caller' ? 'abandoned' : 'dropped';
    return gaveUpOrRangOut(end) ? 'unanswered' : 'abandoned';
  }
  if (end.endedBy !== 'caller') return 'unanswered';
  return !end.wasUp && rangOut(end) ? 'unanswered' : 'abandoned';
}

function isCertain(shown: Outcome, end: Evidence): boolean {
  switch (shown) {
    case 'abandoned':
      return end.wasUp || end.aliveMs + ageStepMs(end) < end.ringOutMs;
    // That nobody was asked for, and that nothing rang, is known only where all of it was seen.
    case 'self-served':
      return end.askedSeen;
    case 'blocked':
      return !end.wasUnseen;
    default:
      return true;
  }
}

function isBlocked(end: Evidence): boolean {
  if (end.wasUp || end.rangSomebody) return false;
  return BLOCKING_CAUSES.has(end.cause) || (end.kind === 'people' && end.metBusy && end.endedBy !== 'caller');
}

function withoutAsking(end: Evidence): Outcome {
  const announced = end.attended && (end.kind === 'people' || !isDaytime(end));
  const taken = announced || (end.kind === 'attendant' && end.wasUp);
  if (taken) return 'self-served';
  return gaveUpOrRangOut(end) ? 'unanswered' : 'abandoned';
}

const rangOut = (end: Evidence): boolean => end.aliveMs >= end.ringOutMs;
const gaveUpOrRangOut = (end: Evidence): boolean => end.endedBy !== 'caller' || (!end.wasUp && rangOut(end));
