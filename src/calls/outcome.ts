import type { EndedBy, Outcome } from './facts.ts';

/** What is known of a call when its caller's channel is gone; durations by the exchange's clock. */
export interface Evidence {
  readonly kind: 'attendant' | 'people';
  /** Scored as in open hours (an emergency hotline always is). */
  readonly open: boolean;
  readonly answered: boolean;
  readonly voicemail: boolean;
  /** We were blind when it ended, or when it would have been decided. */
  readonly blind: boolean;
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
  readonly aliveMs: number;
  readonly ringOutMs: number;
}

/** Busy, congestion, refused (norm.md section 2.3). */
const BLOCKING_CAUSES = new Set([17, 34, 42]);

/** norm.md section 2: the first that fits, in this order. */
export function outcomeOf(end: Evidence): Outcome {
  if (end.answered) return 'answered';
  if (end.voicemail) return 'voicemail';
  if (end.blind) return 'unknown';
  if (isBlocked(end)) return 'blocked';
  if (!askedForPerson(end)) return withoutAsking(end);
  if (end.kind === 'attendant' || end.attended) {
    if (end.wasUp) return end.endedBy === 'caller' ? 'abandoned' : 'dropped';
    return gaveUpOrRangOut(end) ? 'unanswered' : 'abandoned';
  }
  if (end.endedBy !== 'caller') return 'unanswered';
  return !end.wasUp && rangOut(end) ? 'unanswered' : 'abandoned';
}

/** On a people hotline to call is to ask; outside its hours nobody is promised, so there only a dial or a queue is. */
export const askedForPerson = (end: Pick<Evidence, 'kind' | 'open' | 'asked'>): boolean =>
  end.asked || (end.kind === 'people' && end.open);

function isBlocked(end: Evidence): boolean {
  if (end.wasUp || end.rangSomebody) return false;
  return BLOCKING_CAUSES.has(end.cause) || (end.kind === 'people' && end.metBusy && end.endedBy !== 'caller');
}

function withoutAsking(end: Evidence): Outcome {
  const announced = end.attended && (end.kind === 'people' || !end.open);
  const taken = announced || (end.kind === 'attendant' && end.wasUp);
  if (taken) return 'self-served';
  return gaveUpOrRangOut(end) ? 'unanswered' : 'abandoned';
}

const rangOut = (end: Evidence): boolean => end.aliveMs >= end.ringOutMs;
const gaveUpOrRangOut = (end: Evidence): boolean => end.endedBy !== 'caller' || (!end.wasUp && rangOut(end));
