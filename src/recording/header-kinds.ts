/** What may stand in the value of a header, for replacing what is somebody's own in it. */
export type HeaderKind =
  /** A channel's name: its last part is a count, not a number of anybody's. */
  | 'channel'
  | 'identity'
  | 'time'
  /** Counts, states, durations, dates. */
  | 'figure'
  | 'caller-number'
  | 'person'
  /** Names of things that the core looks up: numbers in them are replaced, words are not. */
  | 'thing'
  | 'text';

const KINDS: ReadonlyMap<string, HeaderKind> = new Map([
  ['timestamp', 'time'],
  ...kind('identity', 'actionid bridgeid'),
  ...kind('caller-number', 'callerid dnid dnis'),
  ...kind('person', 'name'),
  ...kind(
    'figure',
    `abandoned calls callstaken cause channelstate completed coreabandonedcalls corecurrentcalls coreprocessedcalls
     corereloaddate corereloadtime corestartupdate corestartuptime count duration exitcode holdtime incall items
     lastcall lastpause lastreload listitems logintime max memberscount originalposition paused penalty position priority
     ringtime ringinuse seconds servicelevel servicelevelperf servicelevelperf2 talktime timetohangup uptime wait weight
     wrapuptime bridgenumchannels starttime answertime endtime billableseconds`,
  ),
  ...kind(
    'thing',
    `application bridgetechnology bridgetype context device dialstatus dialstring event eventlist exten extension
     interface language location mailbox membership privilege queue reason response state stateinterface status strategy
     variable`,
  ),
]);
const ENDINGS: readonly (readonly [string, HeaderKind])[] = [
  ['callerid', 'caller-number'],
  ['calleridnum', 'caller-number'],
  ['connectedlinenum', 'caller-number'],
  ['calleridname', 'person'],
  ['connectedlinename', 'person'],
  ['membername', 'person'],
  ['uniqueid', 'identity'],
  ['linkedid', 'identity'],
  ['channelstate', 'figure'],
  ['channelstatedesc', 'thing'],
  ['context', 'thing'],
  ['exten', 'thing'],
  ['priority', 'figure'],
  ['language', 'thing'],
  ['channel', 'channel'],
];

/** By the header's name, whoever of several channels it is of (`DestCallerIDNum`, `TransfererUniqueid`, …). */
export function headerKind(name: string): HeaderKind {
  const lower = name.toLowerCase();
  const known = KINDS.get(lower);
  if (known !== undefined) return known;
  return ENDINGS.find(([ending]) => lower.endsWith(ending))?.[1] ?? 'text';
}

function kind(of: HeaderKind, names: string): [string, HeaderKind][] {
  return names.split(/\s+/).map((name) => [name, of]);
}
