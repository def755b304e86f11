import { LIST_EVENTS, STAMPS_ALONE, translate } from '../../src/ami/events.ts';
import { AmiFramer } from '../../src/ami/framer.ts';
import type { AmiMessage } from '../../src/ami/message.ts';
import { SCENARIOS, traceOf } from './scenarios-watched.ts';
import type { Target } from './targets.ts';

type Seed = readonly [name: string, bytes: Buffer];

/** Headers that nothing reads. */
const IDLE =
  /^(Privilege|\w*(AccountCode|Language|CallerIDName|ConnectedLine\w+|Priority|StateDesc)|SystemName|Server|EventList|Cause-txt|DestContext|DestExten|BridgeCreator|BridgeName|BridgeNumChannels|BridgeVideo\w+)$/;

/** Where a search begins: recordings of a real exchange, cut down to what is read of them, and plays for the session. */
export function seedsOf(target: Target): readonly Seed[] {
  if (target === 'session') return PLAYS.map((acts, index) => [`play-${index}`, playOf(acts)]);
  if (target === 'pipeline')
    return SCENARIOS.map((name) => [name, Buffer.from(eventsIn(name).join(''), 'latin1')]);
  const kinds = new Map(
    SCENARIOS.flatMap(eventsIn).map((text) => [/^Event: (\w+)/.exec(text)?.[1] ?? '', text]),
  );
  if (target === 'message') return [...kinds].map(([name, text]) => [name, Buffer.from(text, 'latin1')]);
  const begin = 'Asterisk Call Manager/11.0.0\r\n';
  return ['t0', 't1', 't2', 'n3'].map((how, index) => {
    const some = [...kinds.values()].slice(index, index + 3).join('\r\n');
    return [`framed-${how}`, Buffer.from(`${how}${begin}${some.slice(0, 400)}`, 'latin1')];
  });
}

/** The events of a recording that the core has a use for, and its lists, each as its text without what nobody reads. */
function eventsIn(scenario: (typeof SCENARIOS)[number]): string[] {
  return new AmiFramer()
    .push(traceOf(scenario))
    .filter((message) => LIST_EVENTS.has(message.event) || translate(message, STAMPS_ALONE) !== undefined)
    .map(textOf);
}

function textOf(message: AmiMessage): string {
  const lines = message.entries().filter(([name, value]) => value !== '' && !IDLE.test(name));
  return `${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

function playOf(acts: readonly string[]): Buffer {
  return Buffer.concat(acts.flatMap((act) => [Buffer.from(act, 'latin1'), Buffer.of(0xff)]).slice(0, -1));
}

const LOGGED_IN = ['h', 'h', 'h', 'h'];
const ACCEPTED = 'Response: Success\r\nActionID: ~\r\nMessage: Authentication accepted\r\n\r\n';
const BOOTED = 'Event: FullyBooted\r\nUptime: 5\r\n\r\n';
const EVENT = 'Event: Hangup\r\nTimestamp: 1795284000.5\r\nUniqueid: 1.1\r\n\r\n';
const UNSTAMPED = 'Event: Hangup\r\nUniqueid: 1.1\r\n\r\n';
const PLAYS: readonly (readonly string[])[] = [
  [...LOGGED_IN, EVENT, 'dddddddddd', 'h', 't', 'h', 't', 'h'],
  [...LOGGED_IN, UNSTAMPED, 't', EVENT, 'h', 'h'],
  [ACCEPTED, BOOTED, EVENT, 't', 't'],
  ['h', ACCEPTED, BOOTED, EVENT],
  [
    'h',
    'h',
    'c',
    't',
    ACCEPTED,
    BOOTED,
    'h',
    ACCEPTED,
    BOOTED,
    'Response: Success\r\nActionID: ~\r\nPing: Pong\r\nTimestamp: 1\r\n\r\n',
  ],
  [...LOGGED_IN, 'zzzzzzzzzz', 't', 'h', 'c', 't', 't', 'h', 'h'],
  ['h', 'h', EVENT, 'Event: CoreShowChannel\r\nActionID: ~\r\n\r\n', 'h', 'h'],
  [...LOGGED_IN, 't', 'Response: Error\r\nActionID: ~\r\nMessage: no\r\n\r\n', 't', 't', 't'],
  [...LOGGED_IN, 'd'.repeat(70), 'h', 'h', 'Event: Shutdown\r\nTimestamp: 1795284001.5\r\n\r\n', 'c', 't'],
  ['Event: X\r\nHalf: ', 'h', 't', 't'],
];
