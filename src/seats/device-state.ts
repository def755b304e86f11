/**
 * What Asterisk says of a device, as far as a seat can use it. Member `Status` and DeviceStateChange say the same
 * thing (devicestate.h ast_device_state) as a number and as a word.
 *
 * `busy` proves only that the phone is reachable: with `device_state_busy_at=1` a phone that rings and one that
 * talks are both busy (asterisk-facts 1.8), and a do-not-disturb may say it too.
 */
export type DeviceFact =
  | 'unknown'
  | 'free'
  | 'in-use'
  | 'busy'
  | 'unreachable'
  | 'invalid'
  | 'ringing'
  | 'ringing-in-use'
  | 'on-hold';

/** ast_device_state in its own order: member Status 0..8. */
const BY_STATUS: readonly DeviceFact[] = [
  'unknown',
  'free',
  'in-use',
  'busy',
  'invalid',
  'unreachable',
  'ringing',
  'ringing-in-use',
  'on-hold',
];

const BY_WORD: ReadonlyMap<string, DeviceFact> = new Map([
  ['UNKNOWN', 'unknown'],
  ['NOT_INUSE', 'free'],
  ['INUSE', 'in-use'],
  ['BUSY', 'busy'],
  ['INVALID', 'invalid'],
  ['UNAVAILABLE', 'unreachable'],
  ['RINGING', 'ringing'],
  ['RINGINUSE', 'ringing-in-use'],
  ['ONHOLD', 'on-hold'],
]);

/** Of a member's `Status`; a number that is none of Asterisk's is unknown. */
export const deviceFactOfStatus = (status: number): DeviceFact => BY_STATUS[status] ?? 'unknown';

/** Of a DeviceStateChange's `State`. */
export const deviceFactOfWord = (word: string): DeviceFact =>
  BY_WORD.get(word) ?? BY_WORD.get(word.toUpperCase()) ?? 'unknown';

/** The exchange cannot ring it: not registered, or no such device. */
export const isOffline = (fact: DeviceFact): boolean => fact === 'unreachable' || fact === 'invalid';

/**
 * Whether the channels of a device carry its name, so that they alone say whether it rings or talks. A hint, a
 * custom device state and a Local member have none of their own.
 */
export const showsChannels = (device: string): boolean =>
  /^[A-Za-z0-9_]+\/./.test(device) && !device.startsWith('Local/');
