import type { AmiLine } from './ami-line.ts';
import type { Incident } from './faults.ts';
import type { PracticePbx } from './practice-pbx.ts';

/** Of the event in which a line breaks so many characters arrive: the middle of a header. */
const BROKEN_AT = 61;

/**
 * Lets an incident happen now, to the exchange or to the lines of its clients; what was to be sent before must have
 * been taken from them. Answers whether every connection is closed by it, once what it still says is sent.
 */
export function befall(incident: Incident, pbx: PracticePbx, lines: Iterable<AmiLine>): boolean {
  const { kind, lastsMs, amount } = incident;
  const { exchange, desk } = pbx.floor;
  const untilMs = exchange.nowMs + lastsMs;
  switch (kind) {
    case 'clock-step':
      exchange.setClock(exchange.clockAheadMs + amount);
      return false;
    case 'reload':
      desk.repeatStates(amount);
      return false;
    case 'restart':
      pbx.goDown(untilMs, true);
      return true;
    case 'crash':
      pbx.goDown(untilMs, false);
      // Nobody is there to close the connections either.
      for (const line of lines) line.stall(Infinity);
      return false;
    case 'cut':
      return true;
    case 'half-message':
      for (const line of lines) line.breakInNextEvent(BROKEN_AT);
      return false;
    default:
      for (const line of lines) line.stall(untilMs);
      return false;
  }
}
