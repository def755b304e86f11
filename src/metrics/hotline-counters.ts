import type { Registry } from 'prom-client';
import {
  BREACHES,
  OUTCOMES,
  RESULTS,
  STAGE_ENDS,
  type CallOpened,
  type CallRecord,
  type Fact,
  type Scored,
} from '../calls/facts.ts';
import type { HotlineDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { ByPbx } from '../rates/by-pbx.ts';
import { targetsOf } from '../rates/hotline-tally.ts';
import { FactCounter, histogramOf, startAtZero } from './families.ts';

const ON = ['pbx', 'hotline'] as const;
type Labels = Readonly<Record<(typeof ON)[number], string>>;
const WAIT_BUCKETS_S = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600];
const TALK_BUCKETS_S = [10, 30, 60, 120, 180, 300, 600, 900, 1800, 3600];

/** Counters and histograms of the configured hotlines: facts drive them, and nothing else. */
export class HotlineCounters {
  private readonly families: ReturnType<typeof familiesOf>;
  /** What the counters of a hotline are labelled with. */
  private watched = new ByPbx<Labels>();

  constructor(registry: Registry, definition: WatchDefinition) {
    this.families = familiesOf(registry, waitBuckets(definition));
    this.redefine(definition);
  }

  /** After a reload: what is new is told from 0 on, what is gone is counted no more. */
  redefine(definition: WatchDefinition): void {
    const before = this.watched;
    this.watched = new ByPbx();
    for (const hotline of definition.hotlines) {
      const { pbx, name } = hotline;
      this.watched.set(pbx, name, { pbx, hotline: name });
      if (before.get(pbx, name) === undefined) this.start(hotline);
    }
  }

  record(fact: Fact): void {
    if (!('hotline' in fact)) return;
    const labels = this.watched.get(fact.pbx, fact.hotline);
    if (labels === undefined) return;
    switch (fact.type) {
      case 'call-opened':
        return this.open(fact, labels);
      case 'call-closed':
        return this.close(fact.record, labels);
      case 'scored':
        return this.score(fact, labels);
      case 'breach':
        return this.families.breaches.inc({ ...labels, reason: fact.breach });
      case 'transferred-in':
        return this.families.transferredIn.inc(labels);
      case 'talk-ended':
        return this.families.talks.observe(labels, fact.talkMs / 1000);
      case 'call-decided':
        return;
    }
  }

  private open(fact: CallOpened, labels: Labels): void {
    if (fact.test) this.families.tests.inc(labels);
    else if (fact.takenUp) this.families.takenUp.inc(labels);
    else this.families.reached.inc({ ...labels, hours: fact.hours });
  }

  private close(record: CallRecord, labels: Labels): void {
    if (record.test) return;
    this.families.calls.inc({ ...labels, hours: record.hours, outcome: record.outcome });
    if (record.lostAfterAnswer) this.families.lostAfterAnswer.inc(labels);
    for (const stage of record.stages) this.families.stages.inc({ ...labels, reason: stage.end });
    if (record.outcome === 'abandoned' && record.askedAtMs !== undefined) {
      this.families.abandons.observe(labels, Math.max(0, record.closedAtMs - record.askedAtMs) / 1000);
    }
  }

  private score(fact: Scored, labels: Labels): void {
    this.families.scored.inc({ ...labels, target: fact.target, result: fact.result });
    const byPerson = fact.target === 'transfer' || fact.target === 'direct';
    if (byPerson && fact.result === 'hit' && fact.waitMs !== undefined) {
      this.families.waits.observe(labels, fact.waitMs / 1000);
    }
  }

  private start(hotline: HotlineDefinition): void {
    const { families } = this;
    const labels = { pbx: hotline.pbx, hotline: hotline.name };
    for (const target of targetsOf(hotline)) {
      startAtZero(families.scored, { ...labels, target }, 'result', RESULTS);
    }
    for (const hours of ['open', 'closed']) {
      startAtZero(families.calls, { ...labels, hours }, 'outcome', OUTCOMES);
    }
    startAtZero(families.reached, labels, 'hours', ['open', 'closed']);
    startAtZero(families.breaches, labels, 'reason', BREACHES);
    startAtZero(families.stages, labels, 'reason', STAGE_ENDS);
    for (const counter of [
      families.takenUp,
      families.transferredIn,
      families.tests,
      families.lostAfterAnswer,
    ]) {
      counter.inc(labels, 0);
    }
    for (const histogram of [families.waits, families.abandons, families.talks]) histogram.zero(labels);
  }
}

function familiesOf(registry: Registry, waitBucketsS: readonly number[]) {
  const counter = <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
    new FactCounter(registry, name, help, labels);
  return {
    scored: counter(
      'ringside_scored_total',
      'Calls that entered a rate, by target and result, counted at the instant they were decided and never taken back.',
      [...ON, 'target', 'result'],
    ),
    calls: counter(
      'ringside_calls_total',
      'Calls of a hotline that are over, by outcome and by whether it was open when they reached it; test callers apart.',
      [...ON, 'hours', 'outcome'],
    ),
    reached: counter('ringside_reached_total', 'Calls that reached a hotline; test callers apart.', [
      ...ON,
      'hours',
    ]),
    takenUp: counter('ringside_taken_up_total', 'Calls found in mid-life, not seen to begin.', ON),
    transferredIn: counter(
      'ringside_transferred_in_total',
      'Callers passed to this hotline who were already counted on another.',
      ON,
    ),
    tests: counter(
      'ringside_test_calls_total',
      'Calls of test and inspection callers, which are in no rate.',
      ON,
    ),
    lostAfterAnswer: counter(
      'ringside_lost_after_answer_total',
      'Calls a person answered that were lost afterwards in a queue, a voicemail or a parking place.',
      ON,
    ),
    breaches: counter('ringside_breaches_total', 'Calls that must not happen: one is a breach.', [
      ...ON,
      'reason',
    ]),
    stages: counter(
      'ringside_stages_total',
      'Tries at a person (a queue, or a direct dial) in calls that are over, by how they ended.',
      [...ON, 'reason'],
    ),
    waits: histogramOf(
      registry,
      'ringside_answer_wait_seconds',
      'From first asking for a person to the answer, of calls that were answered.',
      ON,
      waitBucketsS,
    ),
    abandons: histogramOf(
      registry,
      'ringside_abandon_wait_seconds',
      'From first asking for a person to giving up, of calls that were abandoned.',
      ON,
      waitBucketsS,
    ),
    talks: histogramOf(
      registry,
      'ringside_talk_seconds',
      'Talks of seats with callers, hold included, wrap-up not.',
      ON,
      TALK_BUCKETS_S,
    ),
  };
}

/** The bound of every service level in force is a bucket's, so that PromQL can compute the same figure. */
function waitBuckets(definition: WatchDefinition): readonly number[] {
  const bounds = new Set([
    ...WAIT_BUCKETS_S,
    ...definition.hotlines.map(({ serviceLevelS }) => serviceLevelS),
  ]);
  return [...bounds].sort((a, b) => a - b);
}
