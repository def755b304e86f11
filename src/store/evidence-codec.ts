import { TARGETS, type EndedBy } from '../calls/facts.ts';
import type { Evidence } from '../calls/outcome.ts';
import { number, oneOf, type Codec } from './codec.ts';

/** What is so or is not, in the order of its bits: new ones go to the end, and before them stand the rates that had spoken. */
const FLAGS = [
  'emergency',
  'test',
  'takenUp',
  'beforeWatch',
  'answered',
  'voicemail',
  'blind',
  'perhapsAnswered',
  'askedSeen',
  'wasUnseen',
  'wasUp',
  'rangSomebody',
  'metBusy',
  'asked',
  'attended',
  'setAsideShort',
] as const satisfies readonly (keyof Evidence)[];

const LENGTHS = [
  'cause',
  'aliveMs',
  'waitedMs',
  'ringOutMs',
  'shortMs',
] as const satisfies readonly (keyof Evidence)[];

const endedBy = oneOf<EndedBy>(['caller', 'exchange', 'unknown']);

/** All flags in one number, then the lengths: some 35 characters a call. */
export const evidenceCodec: Codec<Evidence> = {
  write: (end, book) => {
    const bits = [
      end.kind === 'people',
      end.hours === 'closed',
      ...TARGETS.map((target) => end.decided.includes(target)),
      ...FLAGS.map((flag) => end[flag]),
    ];
    const packed = bits.reduce((sum, isSet, place) => sum + (isSet ? 2 ** place : 0), 0);
    return [
      packed,
      endedBy.write(end.endedBy, book),
      ...LENGTHS.map((length) => number.write(end[length], book)),
    ];
  },
  read: (json, book) => {
    const [packed = 0, by = 0, ...lengths] = Array.isArray(json) ? json : [];
    const isSet = (place: number): boolean => Math.floor(Number(packed) / 2 ** place) % 2 === 1;
    const said: Record<string, unknown> = {
      kind: isSet(0) ? 'people' : 'attendant',
      hours: isSet(1) ? 'closed' : 'open',
      decided: Object.freeze(TARGETS.filter((_, place) => isSet(2 + place))),
      endedBy: endedBy.read(by, book),
    };
    for (const [place, flag] of FLAGS.entries()) said[flag] = isSet(2 + TARGETS.length + place);
    for (const [place, length] of LENGTHS.entries()) said[length] = number.read(lengths[place] ?? 0, book);
    // Every property stands in one of the lists above; the test of the round trip holds it to that.
    return Object.freeze(said) as unknown as Evidence;
  },
};
