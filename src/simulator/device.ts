import { type Channel, STATE } from './channel.ts';

/** Values of `device_state` as Asterisk numbers them for queue members. */
export const DEVICE = {
  unknown: 0,
  idle: 1,
  inUse: 2,
  busy: 3,
  unavailable: 5,
  ringing: 6,
  ringInUse: 7,
  onHold: 8,
} as const;
export const DEVICE_WORDS: Readonly<Record<number, string>> = {
  0: 'UNKNOWN',
  1: 'NOT_INUSE',
  2: 'INUSE',
  3: 'BUSY',
  5: 'UNAVAILABLE',
  6: 'RINGING',
  7: 'RINGINUSE',
  8: 'ONHOLD',
};

/** chan_pjsip_devicestate: the highest of its channels' states; one that is only Down does not count. */
export function deviceStateOf(channels: Iterable<Channel>, reachable: boolean): number {
  let ringing = false;
  let inUse = false;
  let held = false;
  let busy = false;
  for (const channel of channels) {
    if (channel.held) held = true;
    else if (channel.state === STATE.ringing) ringing = true;
    else if (channel.state === STATE.busy) busy = true;
    else if (channel.state !== STATE.down) inUse = true;
  }
  if (ringing) return inUse ? DEVICE.ringInUse : DEVICE.ringing;
  if (busy) return DEVICE.busy;
  if (inUse) return DEVICE.inUse;
  if (held) return DEVICE.onHold;
  return reachable ? DEVICE.idle : DEVICE.unavailable;
}
