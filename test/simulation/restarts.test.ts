import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import type { Fact } from '../../src/calls/facts.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { Pipeline } from '../../src/pipeline.ts';
import { HABITS, planIncidents, type Incident } from '../../src/simulator/faults.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import type { Restored } from '../../src/store/ports.ts';
import { SumBook } from '../../src/store/sum-book.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import { pictureAfter } from '../calls/picture-at.ts';
import { practiceDefinition } from './day-definition.ts';
import { WatchedExchange } from './watched-exchange.ts';

const START_MS = Date.UTC(2026, 10, 16, 1);
const LENGTH_MS = 45 * 60_000;

let definition: WatchDefinition;
beforeAll(async () => {
  definition = await practiceDefinition();
});

/** All that a session told of most of an hour. */
function hourOf(seed: number, incidents: readonly Incident[]): readonly PbxEvent[] {
  const watched = new WatchedExchange({
    definition,
    seed,
    startMs: START_MS,
    callsPerHour: 300,
    habits: HABITS,
    incidents,
  });
  const heard = vi.spyOn(watched.pipeline, 'reduce');
  watched.advanceTo(START_MS + LENGTH_MS);
  return heard.mock.calls.map(([, event]) => event);
}

/** The same with the link lost now and then. */
function troubledHour(seed: number): readonly PbxEvent[] {
  const hour = { fromMs: START_MS + 60_000, untilMs: START_MS + LENGTH_MS };
  const kinds = ['cut', 'half-message', 'silence', 'restart', 'crash'] as const;
  return hourOf(seed, planIncidents(seededRandom(seed), hour, 8, kinds));
}

/** What the journal would give back: the calls that were told of, or dialled, as they are, and everything made of the facts. */
function restored(
  pipeline: Pipeline,
  told: { readonly events: readonly PbxEvent[]; readonly facts: readonly Fact[] },
  seenUntilMs: number,
): Restored {
  const { events, facts } = told;
  const touched = [
    ...facts.flatMap((fact) => ('uniqueid' in fact ? [fact.uniqueid] : [])),
    // A seat's call outside is told of when it is over.
    ...events.flatMap((event) => (event.type === 'dial-begun' ? [event.dialler.uniqueid] : [])),
  ];
  const calls = [...pipeline.openCalls(PRACTICE_PBX, touched)];
  const shares = new SumShares(definition);
  const book = new SumBook((key) => shares.hoursOf(key));
  for (const fact of facts) for (const share of shares.of(fact)) book.add(share);
  return {
    sinceMs: START_MS,
    seenUntilMs: new Map([[PRACTICE_PBX, seenUntilMs]]),
    sinceByPbx: new Map([[PRACTICE_PBX, START_MS]]),
    hotlinesSince: [],
    openCalls: JSON.parse(JSON.stringify(calls)) as Restored['openCalls'],
    recentFacts: facts,
    sums: [...book.changes].map(({ add, ...row }) => ({ ...row, sums: add })),
  };
}

/** Seats begin anew with every run, and so does the counter of what was missed. */
const ofCalls = (facts: readonly Fact[]): object[] =>
  facts.flatMap((fact): object[] => {
    if (fact.type === 'seat-interval' || fact.type === 'listened') return [];
    if (fact.type === 'blind') return [{ ...fact, missedCalls: 0 }];
    // The age of a phone's channel that dials after the end only is told in whole seconds.
    if (fact.type === 'outbound-ended') return [{ ...fact, startedAtMs: 'about' }];
    if (fact.type !== 'corrected') return [fact];
    return fact.channels + fact.queues > 0 ? [{ ...fact, seats: 0 }] : [];
  });

/** How many calls went on from one run to the next, which began where the first lost its link. */
function restartAt(events: readonly PbxEvent[], place: number): number {
  const lost = events[place];
  if (lost?.type !== 'link-lost') throw new Error('the link was not lost there');
  const whole = new Pipeline(definition, START_MS);
  const facts: Fact[] = [];
  whole.onFact((fact) => facts.push(fact));
  for (const event of events.slice(0, place)) whole.reduce(PRACTICE_PBX, event);
  const before = [...facts];
  const left = restored(whole, { events: events.slice(0, place), facts: before }, lost.lastHeardMs);
  for (const event of events.slice(place)) whole.reduce(PRACTICE_PBX, event);

  const next = new Pipeline(definition, lost.atMs);
  const told: Fact[] = [];
  next.onFact((fact) => told.push(fact));
  const { resumed, ...others } = next.resume(left);
  expect(others).toEqual({ refused: 0, dropped: 0 });
  let unbalanced = 0;
  for (const event of events.slice(place + 1)) {
    next.reduce(PRACTICE_PBX, event);
    unbalanced += next.unbalanced(PRACTICE_PBX);
  }
  expect(unbalanced).toBe(0);
  expect(ofCalls(told)).toEqual(ofCalls(facts.slice(before.length)));
  return resumed;
}

describe('a run that ends, and another that begins, tell together what one tells that watched all the while', () => {
  it.each([1, 2, 3, 4, 5, 6])('where the link is lost, hour %i', { timeout: 60_000 }, (seed) => {
    const events = troubledHour(seed);
    const losses = events.flatMap(({ type }, place) => (type === 'link-lost' ? [place] : []));
    expect(losses.length).toBeGreaterThan(2);
    const resumed = losses.reduce((sum, place) => sum + restartAt(events, place), 0);
    expect(resumed).toBeGreaterThan(10);
  });

  it.each([7, 8, 9, 57])('after any event, hour %i', { timeout: 60_000 }, (seed) => {
    const events = hourOf(seed, []);
    const random = seededRandom(seed);
    let resumed = 0;
    for (let times = 0; times < 12; times++) {
      const place = random.between(1, events.length - 1);
      const { pbxMs = 0, atMs = 0 } = events[place - 1] ?? {};
      const lost: PbxEvent = { type: 'link-lost', pbxMs, atMs, lastHeardMs: atMs };
      const told = events.slice(0, place);
      const rest = events.slice(place).filter(({ type }) => type !== 'snapshot');
      const { members = [] } = told.findLast((event) => event.type === 'snapshot') ?? {};
      const picture = { ...pictureAfter(told, pbxMs + 0.5), members };
      resumed += restartAt([...told, lost, picture, ...rest], place);
    }
    expect(resumed).toBeGreaterThan(50);
  });
});
