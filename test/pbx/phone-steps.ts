import type { PhoneScript } from './scenario.ts';

/** The words scenarios write their phones and callers in: each is a few dialplan applications of the outside world. */

/** Rings for `afterS`, answers, makes a sound (a talk without media is none), does the steps, hangs up. */
export const answers = (afterS: number, ...steps: readonly PhoneScript[]): PhoneScript => [
  'Ringing()',
  `Wait(${afterS})`,
  'Answer()',
  'PlayTones(440)',
  ...steps.flat(),
];
export const talks = (seconds: number): PhoneScript => [`Wait(${seconds})`];
/** Stays until the other end hangs up. */
export const stays: PhoneScript = ['Wait(600)'];
export const ignores: PhoneScript = ['Ringing()', 'Wait(600)'];
export const busy: PhoneScript = ['Busy()'];
export const presses = (digits: string): PhoneScript => [`SendDTMF(${digits},150,150)`];
/** Writes down the instant under a name of the scenario's timeline. */
export const mark = (name: string): PhoneScript => [`UserEvent(Mark,Name: ${name})`];
/** Puts the other end on hold by a re-INVITE for so long. */
export const holds = (seconds: number): PhoneScript => [
  ...mark('hold'),
  `BridgeWait(\${UNIQUEID},participant,e(h)S(${seconds}))`,
  ...mark('unhold'),
];
/** Keys that the exchange itself acts on (transfer): it holds the caller while they come. */
export const commands = (digits: string): PhoneScript => [
  ...mark('hold'),
  ...presses(digits),
  ...mark('unhold'),
];
/** Makes a sound: VoiceMail drops what is silent. */
export const speaks = (seconds: number): PhoneScript => [
  'PlayTones(440)',
  `Wait(${seconds})`,
  'StopPlayTones()',
];
