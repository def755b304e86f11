import type { ChannelRef, Stamp } from '../ami/pbx-event.ts';
import type { Channel } from './channels.ts';
import { NONE } from './short-list.ts';

/** A channel as it begins, without a name: every field from the start, so that all channels have one shape. */
export function newChannel(
  { uniqueid }: ChannelRef,
  { pbxMs, atMs }: Stamp,
  { state, inbound, callerNumber }: Pick<Channel, 'state' | 'inbound' | 'callerNumber'>,
): Channel {
  return {
    uniqueid,
    name: '',
    interface: '',
    isLocal: false,
    otherName: '',
    line: undefined,
    kinBefore: undefined,
    kinAfter: undefined,
    state,
    createdPbxMs: pbxMs,
    createdAtMs: atMs,
    inbound,
    callerNumber,
    bridge: undefined,
    diallerId: undefined,
    dialler: undefined,
    dialString: '',
    legs: undefined,
    rangSomebody: false,
    hangupRequested: false,
    hangupRequestedPbxMs: undefined,
    gone: false,
    admitted: false,
    onHold: false,
    call: undefined,
    talkers: NONE,
    forgotten: false,
    touchedPbxMs: pbxMs,
  };
}
