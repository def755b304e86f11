import type { ChannelLine, Snapshot } from '../ami/pbx-event.ts';
import type { Channel } from './channels.ts';
import type { CallsContext } from './context.ts';

/** A seat's call to a number outside as a picture shows it. */
interface Shown {
  readonly seatChannel: Channel;
  readonly leg: Channel;
  readonly number: string;
}

/**
 * Channels in a Dial of their own that leads to one line outside which is there: the lists tell the dialled number as
 * the trunk was given it, in what the application was given (`Dial`, `PJSIP/4711@carrier,30`). Of those that began
 * unheard the bridge and the oldest channel (`Linkedid`) say who belongs together. Where two could be meant nothing
 * is said.
 */
export function outboundShown(context: CallsContext, snapshot: Snapshot): readonly Shown[] {
  const shown = snapshot.channels.flatMap((line) => {
    const channel = context.channels.get(line.uniqueid);
    return channel ? [{ channel, line }] : [];
  });
  const legs = shown.filter(({ channel }) => context.parties.outsideNumber(channel) !== undefined);
  const isNewer = ({ touchedPbxMs }: Channel): boolean => touchedPbxMs > snapshot.pbxMs;
  const found = shown.flatMap(({ channel: seatChannel, line }): Shown[] => {
    if (line.application !== 'Dial' || !seatChannel.inbound) return [];
    const own = legs.flatMap(({ channel: leg, line: other }): Shown[] => {
      const isOwn = leg.dialler
        ? leg.dialler === seatChannel
        : !isNewer(leg) && !isNewer(seatChannel) && isTogether(line, other);
      const number = isOwn ? context.parties.numberGiven(line.data, leg.interface) : undefined;
      return number === undefined ? [] : [{ seatChannel, leg, number }];
    });
    return own.length === 1 ? own : [];
  });
  return found.filter(({ leg }) => found.filter((other) => other.leg === leg).length === 1);
}

const isTogether = (one: ChannelLine, other: ChannelLine): boolean =>
  (one.bridge !== '' && one.bridge === other.bridge) ||
  (one.linkedid !== '' && one.linkedid === other.linkedid);
