import type { Conversation } from './conversation.ts';
import { FRAMING_FAULTS, type FramingFault } from './framer.ts';

export interface ReadonlyTotals {
  readonly messages: number;
  /** Events by Asterisk's name: those the core knows, and those it does not. */
  readonly known: ReadonlyMap<string, number>;
  readonly unknown: ReadonlyMap<string, number>;
  /** Blocks that broke a limit of the framer, by which. */
  readonly dropped: Readonly<Record<FramingFault, number>>;
}

/** What was counted over all connections to one exchange; each conversation counts its own. */
export class SessionTotals implements ReadonlyTotals {
  messages: number;
  readonly known: Map<string, number>;
  readonly unknown: Map<string, number>;
  readonly dropped: Record<FramingFault, number>;

  constructor(from?: ReadonlyTotals) {
    this.messages = from?.messages ?? 0;
    this.known = new Map(from?.known);
    this.unknown = new Map(from?.unknown);
    this.dropped = { 'line-too-long': 0, 'block-too-large': 0, 'too-many-headers': 0, ...from?.dropped };
  }

  add(one: Conversation): void {
    this.messages += one.messages;
    for (const [name, count] of one.counts.known) this.known.set(name, (this.known.get(name) ?? 0) + count);
    for (const [name, count] of one.counts.unknown)
      this.unknown.set(name, (this.unknown.get(name) ?? 0) + count);
    for (const fault of FRAMING_FAULTS) this.dropped[fault] += one.framer.dropped[fault];
  }
}
