import type { MemberLine } from '../ami/pbx-event.ts';
import type { Sighting, Sightings } from './sightings.ts';

/** Extensions inside a company are shorter than any number that the outside shows. */
const SHORTEST_OUTSIDE_DIGITS = 7;
/** Up so long before a person is asked for, it was a machine that picked up; less is the dialplan answering first. */
const ATTENDANT_MS = 1_000;

export interface TrunkGuess {
  readonly name: string;
  readonly interface: string;
  readonly calls: number;
}
export interface HotlineGuess {
  readonly name: string;
  readonly number: string;
  readonly calls: number;
  readonly kind: 'attendant' | 'people';
  readonly whyKind: string;
  /** Names of guessed trunks. */
  readonly trunks: readonly string[];
  readonly queues: readonly string[];
  readonly attendantContexts: readonly string[];
}
export interface SeatGuess {
  readonly interface: string;
  /** Who is at it now, by the queue's name of the member; empty where it gives none. */
  readonly agent: string;
}
export interface Guess {
  readonly trunks: readonly TrunkGuess[];
  readonly queues: readonly string[];
  readonly seats: readonly SeatGuess[];
  /** Members left out because their interface holds somebody's number. */
  readonly seatsLeftOut: number;
  readonly hotlines: readonly HotlineGuess[];
  /** Contexts into which trunks delivered calls without a number. */
  readonly numberless: readonly string[];
  /** Calls of interfaces taken for phones; what they dialled is not told. */
  readonly phoneCalls: number;
}

/**
 * What the watch suggests. In doubt an interface is a phone: what a phone dials is a customer's number, which must
 * not get into a proposal (norm.md section 7).
 */
export function guess(seen: Sightings): Guess {
  const members = seen.first?.members ?? [];
  const phones = new Set([
    ...seen.phones,
    ...members.flatMap((line) => [line.interface, line.stateInterface]),
  ]);
  const byInterface = Map.groupBy(seen.calls.values(), (call) => call.interface);
  const outside = [...byInterface].filter(
    ([name, calls]) => isInterface(name) && !isPhone(name, calls, phones),
  );
  const trunkNames = uniqueNames(outside.map(([name]) => name.slice(name.indexOf('/') + 1)));
  const trunks = outside.map(([name, calls], i) => {
    return { name: trunkNames[i] ?? '', interface: name, calls: calls.length };
  });
  const inbound = outside.flatMap(([, calls]) => calls);
  const hotlines = guessHotlines(inbound, trunks);
  const { seats, leftOut } = guessSeats(members);
  const listed = (seen.first?.queues ?? []).map((line) => line.queue);
  return {
    trunks,
    // A realtime queue is in no list before its first call.
    queues: [...new Set([...listed, ...hotlines.flatMap((hotline) => hotline.queues)])],
    seats,
    seatsLeftOut: leftOut,
    hotlines,
    numberless: [...new Set(inbound.filter((call) => !isNumber(call.number)).map((call) => call.context))],
    phoneCalls: seen.calls.size - inbound.length,
  };
}

function isPhone(name: string, calls: readonly Sighting[], phones: ReadonlySet<string>): boolean {
  const endpoint = name.slice(name.indexOf('/') + 1);
  if (phones.has(name) || /^\d{1,6}$/.test(endpoint)) return true;
  if (calls.some((call) => call.goesOut || call.callerNumber === endpoint)) return true;
  return calls.every(
    ({ callerNumber }) => callerNumber !== '' && callerNumber.length < SHORTEST_OUTSIDE_DIGITS,
  );
}

function guessHotlines(inbound: readonly Sighting[], trunks: readonly TrunkGuess[]): HotlineGuess[] {
  const byNumber = [...Map.groupBy(inbound, (call) => call.number)].filter(([number]) => isNumber(number));
  const queuesOf = byNumber.map(([, calls]) => [...new Set(calls.flatMap((call) => [...call.queues]))]);
  const names = uniqueNames(byNumber.map(([number], i) => queuesOf[i]?.[0] ?? `hotline-${number}`));
  return byNumber.map(([number, calls], i) => {
    const interfaces = new Set(calls.map((call) => call.interface));
    return {
      name: names[i] ?? '',
      number,
      calls: calls.length,
      ...guessKind(calls),
      trunks: trunks.filter((trunk) => interfaces.has(trunk.interface)).map(({ name }) => name),
      queues: queuesOf[i] ?? [],
      attendantContexts: [...new Set(calls.flatMap((call) => [...call.menus]))].filter(isContext),
    };
  });
}

function guessKind(calls: readonly Sighting[]): Pick<HotlineGuess, 'kind' | 'whyKind'> {
  const machine = calls.filter(
    (call) =>
      call.menus.size > 0 ||
      (call.whole &&
        call.upPbxMs !== undefined &&
        (call.askedPbxMs === undefined || call.askedPbxMs - call.upPbxMs >= ATTENDANT_MS)),
  ).length;
  const asked = calls.filter((call) => call.whole && call.askedPbxMs !== undefined).length;
  if (machine > 0) {
    const times = machine === 1 ? '1 call was' : `${machine} calls were`;
    return { kind: 'attendant', whyKind: `${times} picked up before a person was asked for` };
  }
  if (asked > 0) return { kind: 'people', whyKind: 'a queue or a phone was asked before anything picked up' };
  return { kind: 'attendant', whyKind: 'too little was seen of its calls' };
}

function guessSeats(members: readonly MemberLine[]): { seats: SeatGuess[]; leftOut: number } {
  const seats = new Map<string, SeatGuess>();
  const leftOut = new Set<string>();
  for (const line of members) {
    const face = line.stateInterface === '' ? line.interface : line.stateInterface;
    if (/\d{7,}/.test(face) || !isInterface(face)) leftOut.add(face);
    else if (!seats.has(face)) {
      const isName = line.memberName !== line.interface && !/\d{7,}/.test(line.memberName);
      seats.set(face, { interface: face, agent: isName ? line.memberName : '' });
    }
  }
  return { seats: [...seats.values()], leftOut: leftOut.size };
}

/** Names fit for metric labels, no two the same. */
function uniqueNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((name) => {
    const base = name.replaceAll(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'unnamed';
    let unique = base;
    for (let i = 2; taken.has(unique); i++) unique = `${base}-${i}`;
    taken.add(unique);
    return unique;
  });
}

/** What the configuration takes for a number; `s` is what a call without one starts at. */
const isNumber = (text: string): boolean => text !== 's' && /^[+*#]?[0-9A-Za-z][0-9A-Za-z*#]*$/.test(text);
const isInterface = (text: string): boolean => /^[A-Za-z0-9]+\/[^\s,&]+$/.test(text);
const isContext = (text: string): boolean => /^[^\s,&|]+$/.test(text);
