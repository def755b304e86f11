import type { Matcher } from '../hotlines/match.ts';
import type { Channels } from './channels.ts';
import type { Fact } from './facts.ts';
import type { PartyRules } from './person.ts';
import type { QueueCalls } from './queue-calls.ts';

/** Names of seats and people, as the queues' members and the configuration give them; kept by `seats`. */
export interface SeatNames {
  /** The seat a phone's or member's interface belongs to; undefined when no member and no configuration names it. */
  seatOf(channelInterface: string): string | undefined;
  /** Who sits there: member name, else configured name, else the interface. */
  agentOf(seat: string): string;
}

/** What the parts of the call model share for one exchange. */
export interface CallsContext {
  readonly pbx: string;
  readonly channels: Channels;
  /** These three change at a reload. */
  parties: PartyRules;
  matcher: Matcher;
  readonly names: SeatNames;
  emergencyQueues: ReadonlySet<string>;
  readonly queues: QueueCalls;
  emit(fact: Fact): void;
}
