import type { MemberChanged } from '../ami/pbx-event.ts';
import type { DeviceFact } from './device-state.ts';

/**
 * Every sentence that says why a seat is in its state. The seats make them by it, and whoever shows them in another
 * language reads them back: `{whom}`, `{cause}` and `{device}` stand for one of the sentences below that are named so,
 * anything else for a name or a figure. Of two that fit the first is meant.
 */
export const WHY = {
  'why.wrap-up': 'wrap-up {seconds} s of queue {queue}',
  'why.paused': 'paused',
  'why.paused-for': 'paused: {reason}',
  'why.offline': 'phone {device}, says its device state',
  'why.nothing-heard': 'nothing heard of its phone yet',
  'why.not-heard': 'the exchange is not heard',
  'why.unseen': 'device state {device}; its channels cannot be seen',
  'why.offered': 'rings: queue {queue} offered a call',
  'why.rings': 'rings: {whom}',
  'why.dials-out': 'dials out',
  'why.dials': 'took the phone up and dials',
  'why.alone': 'on the line with nobody',
  'why.alone-yet': 'on the line, nobody there yet',
  'why.listens-elsewhere': 'listens to another line',
  'why.listens': 'listens to {agent}',
  'why.holds': 'holds: {whom}',
  'why.talks': 'talks to: {whom}',
  'why.idle': 'idle: {cause}',

  'whom.queue': 'a caller of queue {queue}',
  'whom.hotline': 'a caller of hotline {hotline}',
  'whom.internal': 'a colleague',
  'whom.outbound': 'an outside number it called',
  'whom.direct': 'an outside caller of no hotline',

  'cause.wrapped-up': 'its wrap-up is over',
  'cause.ended': 'its call ended',
  'cause.hung-up': 'it hung up',
  'cause.unheld': 'its hold ended',
  'cause.parted': 'its talk ended',
  'cause.talk': 'its talk changed',
  'cause.not-listening': 'it stopped listening',
  'cause.connected': 'it was connected',
  'cause.offered': 'it was offered a call',
  'cause.dialled': 'it was dialled',
  'cause.dials': 'it dials',
  'cause.began': 'its channel began',
  'cause.changed': 'its channel changed',
  'cause.taken-over': 'its channel was taken over',
  'cause.joined': 'it joined a queue',
  'cause.left': 'it left a queue',
  'cause.unpaused': 'its pause ended',
  'cause.penalty': 'its penalty changed',
  'cause.member-free': 'its queue says its device is free',
  'cause.device': 'its device is {device}',
  'cause.named': 'its phone became known',
  'cause.snapshot': 'found so in the snapshot',
  'cause.configuration': 'the configuration changed',
  'cause.time': 'nothing more came',

  'device.unknown': 'unknown',
  'device.free': 'free',
  'device.in-use': 'in-use',
  'device.busy': 'busy',
  'device.unreachable': 'unreachable',
  'device.invalid': 'invalid',
  'device.ringing': 'ringing',
  'device.ringing-in-use': 'ringing-in-use',
  'device.on-hold': 'on-hold',
} as const satisfies Readonly<Record<`device.${DeviceFact}` | `${Kind}.${string}`, string>>;

type Kind = 'why' | Nested;
type Nested = 'whom' | 'cause' | 'device';
type Part = 'seconds' | 'queue' | 'hotline' | 'reason' | 'agent' | Nested;
export type WhyKey = keyof typeof WHY;

type Sentence<Of extends Kind> = {
  [Key in WhyKey]: Key extends `${Of}.${string}` ? (typeof WHY)[Key] : never;
}[WhyKey];
/** What happened that the seat was looked at: a sentence of the list, as it is said. */
export type Cause = Exclude<Sentence<'cause'>, `${string}{${string}`> | `its device is ${DeviceFact}`;

export const MEMBER_CAUSE: Readonly<Record<MemberChanged['type'], Cause>> = {
  'member-added': WHY['cause.joined'],
  'member-removed': WHY['cause.left'],
  'member-paused': WHY['cause.unpaused'],
  'member-status': WHY['cause.member-free'],
  'member-penalty': WHY['cause.penalty'],
};

/** A sentence read back. */
export interface Said {
  readonly key: WhyKey;
  readonly parts: readonly (readonly [name: string, value: string | Said])[];
}

const PART = /\{(\w+)\}/g;

/** The sentence `key` with its parts put in. */
export const whyText = (key: WhyKey, parts: Readonly<Partial<Record<Part, string | number>>> = {}): string =>
  WHY[key].replaceAll(PART, (_whole, name: Part) => String(parts[name] ?? ''));

/** Which sentence `text` is, and with what in it; undefined where it is none that is known. Names in it may be masked. */
export function readWhy(text: string, kind: Kind = 'why'): Said | undefined {
  for (const key of KEYS[kind]) {
    const values = new RegExp(`^${WHY[key].replaceAll(PART, '([^]*?)')}$`).exec(text);
    if (values === null) continue;
    const names = [...WHY[key].matchAll(PART)].map(([, name = '']) => name);
    const parts = names.map((name, at) => [name, partOf(name, values[at + 1] ?? '')] as const);
    if (parts.every((part): part is readonly [string, string | Said] => part[1] !== undefined))
      return { key, parts };
  }
  return undefined;
}

const partOf = (name: string, value: string): string | Said | undefined =>
  name === 'whom' || name === 'cause' || name === 'device' ? readWhy(value, name) : value;

const keysOf = (kind: Kind): readonly WhyKey[] =>
  (Object.keys(WHY) as WhyKey[]).filter((key) => key.startsWith(`${kind}.`));
const KEYS: Readonly<Record<Kind, readonly WhyKey[]>> = {
  why: keysOf('why'),
  whom: keysOf('whom'),
  cause: keysOf('cause'),
  device: keysOf('device'),
};
