import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import type { SettledTruth } from '../pbx/truth.ts';
import type { Headers } from '../support/scripted-exchange.ts';
import { readTrace } from '../traces/replay.ts';

const FOLDER = join(import.meta.dirname, '../traces');
/** Ids and instants of a recording lie this near to its beginning. */
const NEAR_S = 7_200;

/** What of an event's text is another in each copy. */
export interface Slot {
  readonly kind: 'instant' | 'second' | 'uniqueid' | 'channel' | 'bridge';
  /** Seconds, or the number of a channel. */
  readonly value: number;
  /** What stays of it: the number of a uniqueid, the rest of a bridge's id. */
  readonly rest: string;
}
export interface StoryEvent {
  readonly name: string;
  /** Seconds since the recording began; never less than the event's before it, which is the order of the wire. */
  readonly offsetS: number;
  readonly pieces: readonly (string | Slot)[];
}

/** One recording of a real exchange, its names those of one site, ready to be played again with ids of its own. */
export interface Story {
  readonly key: string;
  readonly definition: WatchDefinition;
  readonly truth: SettledTruth;
  /** Lines of QueueStatus when it began. */
  readonly queueLines: readonly Headers[];
  readonly baseS: number;
  readonly events: readonly StoryEvent[];
}

export type Classes = 'filtered' | 'every-class';
const ENDINGS: Readonly<Record<Classes, RegExp>> = {
  filtered: /(?<!\.all)\.ami$/,
  'every-class': /\.all\.ami$/,
};

/** The recordings there are, at one site: sites share nothing, or only the phones are theirs alone. */
export function storiesOf(classes: Classes, site: number, only?: 'phones'): readonly Story[] {
  return readdirSync(FOLDER)
    .filter((file) => ENDINGS[classes].test(file))
    .sort()
    .map((file) => readStory(file, site, only));
}

/** @param only what is named for the site: everything, or the phones alone. */
export function readStory(file: string, site: number, only: 'everything' | 'phones' = 'everything'): Story {
  const trace = readTrace(join(FOLDER, file));
  const key = file.replace(/(\.all)?\.ami$/, '');
  const rename = renamer(key, trace.definition, site, only);
  const definition = inText(trace.definition, rename);
  const blocks = rename(trace.bytes.toString('latin1')).split('\r\n\r\n');
  const firstEvent = blocks.findIndex(hasInstant);
  const baseS = Number(instantOf(blocks[firstEvent] ?? ''));
  return {
    key,
    definition,
    truth: trace.truth,
    queueLines: blocks.slice(0, firstEvent).filter(isQueueLine).map(headersOf),
    baseS,
    events: eventsOf(blocks.filter(hasInstant), baseS),
  };
}

function eventsOf(blocks: readonly string[], baseS: number): StoryEvent[] {
  let offsetS = 0;
  return blocks.map((block) => {
    offsetS = Math.max(offsetS, Number(instantOf(block)) - baseS);
    const name = /^Event: (.*)/.exec(block)?.[1] ?? '';
    return { name, offsetS, pieces: piecesOf(`${block}\r\n\r\n`, baseS) };
  });
}

const CHANGING =
  /([0-9a-f]{8})(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|(?<![\d.])(1\d{9})(?:\.(\d+))?(?!\d)|(?<=-)([0-9a-f]{8})(?=[;\s,&)\]]|$)/g;

function piecesOf(text: string, baseS: number): (string | Slot)[] {
  const pieces: (string | Slot)[] = [];
  let from = 0;
  for (const found of text.matchAll(CHANGING)) {
    const slot = slotOf(found, baseS);
    if (slot === undefined) continue;
    pieces.push(text.slice(from, found.index), slot);
    from = found.index + found[0].length;
  }
  pieces.push(text.slice(from));
  return pieces;
}

function slotOf(
  [, bridge, ofBridge = '', seconds, fraction, channel]: RegExpMatchArray,
  baseS: number,
): Slot | undefined {
  if (bridge !== undefined) return { kind: 'bridge', value: 0, rest: ofBridge };
  if (channel !== undefined) return { kind: 'channel', value: Number.parseInt(channel, 16), rest: '' };
  const value = Number(seconds);
  if (Math.abs(value - baseS) > NEAR_S) return undefined;
  if (fraction === undefined) return { kind: 'second', value, rest: '' };
  if (fraction.length === 6) return { kind: 'instant', value: value + Number(`0.${fraction}`), rest: '' };
  return { kind: 'uniqueid', value, rest: fraction };
}

/** Names of a scenario hold its key, or its place in the list (test/pbx/names.ts). */
function renamer(
  key: string,
  { pbxs, hotlines }: WatchDefinition,
  site: number,
  only: 'everything' | 'phones',
): (text: string) => string {
  const place = /(?:seat1|40088800)(\d\d)/.exec(JSON.stringify([pbxs, hotlines]))?.[1];
  if (site === 0 || place === undefined) return (text) => text;
  const mark = String(site).padStart(4, '0');
  const phones = new RegExp(`(?<!\\d)1${place}\\d(?!\\d)`, 'g');
  const numbers = new RegExp(`(?<!\\d)400(?:888|777)00${place}(?!\\d)`, 'g');
  return (text) => {
    const named = text.replace(phones, `$&${mark}`);
    return only === 'phones' ? named : named.replace(numbers, `$&${mark}`).replaceAll(key, `${key}.${mark}`);
  };
}

/** Names alone are changed, so what has a form keeps it. */
function inText(definition: WatchDefinition, rename: (text: string) => string): WatchDefinition {
  const { pbxs, hotlines } = JSON.parse(rename(JSON.stringify(definition))) as WatchDefinition;
  return {
    ...definition,
    pbxs,
    hotlines: hotlines.map((hotline) => ({ ...hotline, hours: { ...hotline.hours, exceptions: new Map() } })),
  };
}

const instantOf = (block: string): string => /^Timestamp: (\d+\.\d+)/m.exec(block)?.[1] ?? '';
/** What tells of the exchange's start or of a reload would end every other copy's calls. */
const hasInstant = (block: string): boolean =>
  /^Event: (?!FullyBooted|Shutdown|Reload)/.test(block) && instantOf(block) !== '';
const isQueueLine = (block: string): boolean => /^Event: Queue(Params|Member)\r/.test(block);

function headersOf(block: string): Headers {
  const lines = block.split('\r\n').map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  return Object.fromEntries(lines.filter(([name]) => name !== 'ActionID'));
}
