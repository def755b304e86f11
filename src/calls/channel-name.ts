import { interfaceOf } from '../hotlines/match.ts';

export const isLocalName = (name: string): boolean => name.startsWith('Local/');

/** The other half of a Local channel: `…;1` and `…;2`. */
export const otherHalf = (name: string): string => name.slice(0, -1) + (name.endsWith('1') ? '2' : '1');

const ISDN_SPAN = /^DAHDI\/i\d+(?=\/)/;

/**
 * The phone or trunk of a channel: its interface, but ISDN writes the number into the name, `DAHDI/i1/5551234-3`
 * (chan_dahdi.c dahdi_new): there the line is the span.
 */
export function lineOf(name: string): string {
  const line = interfaceOf(name);
  return line.startsWith('DAHDI/') ? (ISDN_SPAN.exec(line)?.[0] ?? line) : line;
}
