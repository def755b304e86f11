import type { AmiMessage } from './message.ts';
import type { ChannelRef } from './pbx-event.ts';

/** A count, a state, a cause; 0 where the header is absent or no number. */
export function numberOf(message: AmiMessage, name: string): number {
  const value = message.numberIn(name, 1);
  return Number.isFinite(value) ? value : 0;
}

/** Asterisk writes booleans as `1`/`0`, and as `yes`/`no` or `on`/`off` in places. */
export function flagOf(message: AmiMessage, name: string): boolean {
  const value = message.get(name);
  return value === '1' || value === 'yes' || value === 'on' || value === 'true';
}

/** A channel of an event that names several: `Dest`, `Transferee`, `Parkee`, …; both empty where there is none. */
export function channelOf(message: AmiMessage, prefix: string): ChannelRef {
  return { uniqueid: message.get(`${prefix}Uniqueid`), channel: message.get(`${prefix}Channel`) };
}

/** Asterisk writes `<unknown>` for a caller without a number; the core knows the empty string only. */
export function numberText(message: AmiMessage, name: string): string {
  const value = message.get(name);
  return value === '<unknown>' ? '' : value;
}

/** The end of the year 9999. Later ones cannot be told the day of, and a forged event may carry any number. */
const LATEST_MS = 253_402_300_800_000;

/**
 * Header `Timestamp` (unix seconds with microseconds) in ms; NaN where there is none (`timestampevents` is off), and
 * for an instant no exchange can have. The list lines of an answer never have one (asterisk-facts section 2).
 */
export function timestampMs(message: AmiMessage): number {
  const ms = message.numberIn('Timestamp', 1_000);
  return ms > 0 && ms < LATEST_MS ? ms : Number.NaN;
}
