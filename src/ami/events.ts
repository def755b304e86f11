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

/**
 * The event in the core's words; undefined where the name is not one of `KNOWN_EVENTS`, where it carries no
 * Timestamp (nothing can be measured by it), or where the core has no use for this one (VarSet of any variable).
 * @param offsetMs exchange clock minus ours, ms, by the last Pings.
 */
export function translate(message: AmiMessage, offsetMs: number): PbxEvent | undefined {
  const translator = TRANSLATORS.get(message.event);
  if (translator === undefined) return undefined;
  const pbxMs = timestampMs(message);
  // NaN is the one value that is not itself.
  if (Number.isNaN(pbxMs)) return undefined;
  return translator(message, pbxMs, pbxMs - offsetMs);
}
