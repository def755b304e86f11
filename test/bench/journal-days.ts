import type { CallRecord, Fact } from '../../src/calls/facts.ts';
import { CallerNumber } from '../../src/calls/caller-number.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { toWire, type WireFact } from '../../src/store/wire.ts';
import { practiceDefinition } from '../simulation/day-definition.ts';
import { WatchedExchange } from '../simulation/watched-exchange.ts';

/** A Friday morning in Shanghai: the lines are open and people are talking. */
export const END_MS = Date.UTC(2026, 10, 20, 2, 30);
const HOUR_MS = 3_600_000;
export const WEEK_MS = 7 * 24 * HOUR_MS;
const STEP_MS = 60_000;
/** Exchanges of the company, each with the hotlines, queues and seats of the practice company. */
const EXCHANGES = 4;
/** In the busiest hour of each: some 3,300 calls a day, as many as its seats can take. */
const CALLS_PER_HOUR = 230;
/** The longest call there is, with its wrap-up. */
const LAST_CALL_MS = HOUR_MS;

interface Told {
  readonly pbx: string;
  readonly fact: Fact;
}
/** What the daemon told of a week of the company, in its order: it ends at `END_MS`, and those on the line then go on. */
export interface Week {
  readonly definition: WatchDefinition;
  readonly told: readonly Told[];
  /** So many of `told` come before `END_MS`. */
  readonly untilEnd: number;
  /** Calls that ended. */
  readonly calls: number;
}

/** Lives a week (or the last hours of it) of simulated calls with the whole daemon but its sockets watching. */
export const liveWeek = (hours = WEEK_MS / HOUR_MS): Promise<Week> => live(END_MS - hours * HOUR_MS, END_MS);

/** The hours in which every week begins. */
export const firstHours = (hours: number): Promise<Week> =>
  live(END_MS - WEEK_MS, END_MS - WEEK_MS + hours * HOUR_MS);

async function live(startMs: number, endMs: number): Promise<Week> {
  const practice = await practiceDefinition();
  const exchanges = Array.from({ length: EXCHANGES }, (_, place) => ({
    pbx: exchangeName(place),
    watched: new WatchedExchange({
      definition: practice,
      seed: place + 1,
      startMs,
      callsPerHour: CALLS_PER_HOUR,
    }),
  }));
  const told: Told[] = [];
  const goOn = (untilMs: number): void => {
    for (const { pbx, watched } of exchanges) {
      watched.advanceTo(untilMs);
      for (const fact of watched.book.facts) told.push({ pbx, fact });
      watched.book.facts = [];
      if (untilMs % HOUR_MS === 0) watched.book.forget(untilMs - HOUR_MS);
    }
  };
  // In small steps: exchanges are heard side by side.
  for (let atMs = startMs + STEP_MS; atMs <= endMs; atMs += STEP_MS) goOn(atMs);
  const untilEnd = told.length;
  for (const { watched } of exchanges) watched.pbx.stopTraffic();
  goOn(endMs + LAST_CALL_MS);
  const calls = told.filter(({ fact }) => fact.type === 'call-closed').length;
  return { definition: companyOf(practice), told, untilEnd, calls };
}

const exchangeName = (place: number): string => `exchange-${place + 1}`;

export const companyDefinition = async (): Promise<WatchDefinition> => companyOf(await practiceDefinition());

function companyOf({ pbxs, hotlines }: WatchDefinition): WatchDefinition {
  const names = Array.from({ length: EXCHANGES }, (_, place) => exchangeName(place));
  return {
    hash: 'bench',
    pbxs: names.flatMap((name) => pbxs.map((pbx) => ({ ...pbx, name }))),
    hotlines: names.flatMap((pbx) => hotlines.map((hotline) => ({ ...hotline, pbx }))),
  };
}

/** As the exchange of the company told it. */
export const factOf = ({ pbx, fact }: Told): Fact => moved(fact, pbx, 0);

/** The fact as it was told so many weeks before, of other callers: who calls again does so within the week. */
export function weeksBefore({ pbx, fact }: Told, weeks: number): WireFact {
  const { digits, ...wire } = toWire({ fact: moved(fact, pbx, -weeks * WEEK_MS), source: 'seen' });
  return { ...wire, digits: digits === '' ? '' : otherDigits(digits, weeks) };
}

/** The fact as it is told in the week that begins at `END_MS`, or so many weeks after it. */
export function factAfter({ pbx, fact }: Told, weeks: number): Fact {
  const after = moved(fact, pbx, (weeks + 1) * WEEK_MS);
  if (!('number' in after)) return after;
  return { ...after, number: new CallerNumber(otherDigits(after.number.reveal(), -weeks - 1)) };
}

const LAST_DIGITS = 4;
const STEP = 37;
const ROUND = 10 ** LAST_DIGITS;

/** Of another caller, another for each number of weeks. */
export function otherDigits(digits: string, weeks: number): string {
  const last = Number(digits.slice(-LAST_DIGITS)) + STEP * weeks;
  return digits.slice(0, -LAST_DIGITS) + String((last + ROUND) % ROUND).padStart(LAST_DIGITS, '0');
}

function moved(fact: Fact, pbx: string, byMs: number): Fact {
  const words = { id: movedId(fact, pbx, byMs), pbx, atMs: fact.atMs + byMs };
  const call = 'uniqueid' in fact ? { uniqueid: movedText(fact.uniqueid, byMs) } : {};
  switch (fact.type) {
    case 'call-opened':
    case 'scored':
    case 'breach':
      return { ...fact, ...words, ...call, reachedAtMs: fact.reachedAtMs + byMs };
    case 'call-decided':
      return { ...fact, ...words, ...call, answer: movedAnswer(fact.answer, byMs) };
    case 'call-closed':
      return { ...fact, ...words, record: movedRecord(fact.record, pbx, byMs) };
    case 'seat-interval':
      return { ...fact, ...words, fromMs: fact.fromMs + byMs };
    case 'blind':
      return { ...fact, ...words, fromMs: fact.fromMs + byMs, untilMs: fact.untilMs + byMs };
    case 'outbound-ended':
      return { ...fact, ...words, ...call, startedAtMs: fact.startedAtMs + byMs };
    default:
      return { ...fact, ...words, ...call };
  }
}

function movedRecord(record: CallRecord, pbx: string, byMs: number): CallRecord {
  const { uniqueid, reachedAtMs, closedAtMs, askedAtMs, stages, answer } = record;
  return {
    ...record,
    pbx,
    uniqueid: movedText(uniqueid, byMs),
    reachedAtMs: reachedAtMs + byMs,
    closedAtMs: closedAtMs + byMs,
    askedAtMs: askedAtMs === undefined ? undefined : askedAtMs + byMs,
    stages: stages.map((stage) => ({ ...stage, startedAtMs: stage.startedAtMs + byMs })),
    answer: movedAnswer(answer, byMs),
  };
}

const movedAnswer = <T extends CallRecord['answer']>(answer: T, byMs: number): T =>
  answer === undefined ? answer : { ...answer, atMs: answer.atMs + byMs };

function movedId({ id, pbx: before }: Fact, pbx: string, byMs: number): string {
  return pbx + movedText(id.slice(before.length), byMs);
}

/** Unix seconds of a uniqueid, or an instant in ms: whole weeks leave what stands behind the point. */
const movedText = (text: string, byMs: number): string =>
  text.replaceAll(/\d{10,13}/g, (digits) =>
    String(Number(digits) + (digits.length > SECONDS_DIGITS ? byMs : byMs / 1_000)),
  );
const SECONDS_DIGITS = 10;
