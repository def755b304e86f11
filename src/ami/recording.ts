import { STAMPS_ALONE, translate } from './events.ts';
import { AmiFramer } from './framer.ts';
import type { PbxEvent } from './pbx-event.ts';

const BANNER = 'Asterisk Call Manager';

/**
 * What the core would have seen of a recorded stream: the bytes an exchange sent, with or without its banner. The
 * exchange's clock is taken for ours. Lists and answers are left out: they are no events.
 */
export function eventsOf(recording: Buffer): PbxEvent[] {
  const framer = new AmiFramer();
  const hasBanner = recording.toString('latin1', 0, BANNER.length) === BANNER;
  if (!hasBanner) framer.push(Buffer.from(`${BANNER}\r\n`));
  const events: PbxEvent[] = [];
  for (const message of framer.push(recording)) {
    const event = translate(message, STAMPS_ALONE);
    if (event !== undefined) events.push(event);
  }
  return events;
}
