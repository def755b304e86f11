import { CHANNEL_EVENTS, type Translator } from './channel-events.ts';
import { timestampMs } from './fields.ts';
import type { AmiMessage } from './message.ts';
import type { PbxEvent } from './pbx-event.ts';
import { QUEUE_EVENTS } from './queue-events.ts';

const TRANSLATORS: ReadonlyMap<string, Translator> = new Map([...CHANNEL_EVENTS, ...QUEUE_EVENTS]);

/** The lines of an answer's list, and what closes them: they belong to the action that asked, not to the events. */
export const LIST_EVENTS: ReadonlySet<string> = new Set([
  'CoreShowChannel',
  'CoreShowChannelsComplete',
  'Status',
  'StatusComplete',
  'QueueParams',
  'QueueMember',
  'QueueEntry',
  'QueueStatusComplete',
]);

/** Names the core has a use for: also what an event filter has to let through. */
export const KNOWN_EVENTS: ReadonlySet<string> = new Set(TRANSLATORS.keys());

/** What maps the stamps of events; `pbxMs` is asked once for each, in the order they are read. */
export interface StampClock {
  /** Exchange clock minus ours, ms, by the last Pings. */
  readonly offsetMs: number;
  /** The exchange's instant of an event that is stamped so. */
  pbxMs(stampMs: number): number;
}

/** Stamps as they are, for what is read from a file: no clock of ours ran beside it. */
export const STAMPS_ALONE: StampClock = { offsetMs: 0, pbxMs: (stampMs) => stampMs };

/**
 * The event in the core's words; undefined where the name is not one of `KNOWN_EVENTS`, where it carries no
 * Timestamp (nothing can be measured by it), or where the core has no use for this one (VarSet of any variable).
 */
export function translate(message: AmiMessage, clock: StampClock): PbxEvent | undefined {
  const translator = TRANSLATORS.get(message.event);
  if (translator === undefined) return undefined;
  const stampMs = timestampMs(message);
  // NaN is the one value that is not itself.
  if (Number.isNaN(stampMs)) return undefined;
  const pbxMs = clock.pbxMs(stampMs);
  return translator(message, pbxMs, pbxMs - clock.offsetMs);
}
