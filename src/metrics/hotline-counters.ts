import {
  BREACHES,
  OUTCOMES,
  RESULTS,
  STAGE_ENDS,
  TARGETS,
  type Breach,
  type CallClosed,
  type CallOpened,
  type Fact,
  type Hours,
  type Outcome,
  type Result,
  type Scored,
  type StageEnd,
  type Target,
} from '../calls/facts.ts';
import type { HotlineDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { ByPbx } from '../rates/by-pbx.ts';
import { targetsOf } from '../rates/hotline-tally.ts';
import { KeptSums } from '../rates/kept-sums.ts';
import { TALK_BUCKETS_S, waitBucketsS } from '../rates/wait-buckets.ts';
import {
  type Count,
  FactCounter,
  FactHistogram,
  type Families,
  type Observations,
  seedCounts,
} from './families.ts';
import { toldOf } from './told-sums.ts';

const ON = ['pbx', 'hotline'] as const;
type Labels = Readonly<Record<(typeof ON)[number], string>>;

/** What can become known of a call afterwards. */
const KNOWN = ['hit', 'miss', 'set_aside'] as const satisfies readonly Result[];
type Known = (typeof KNOWN)[number];

/** The series of one hotline. */
interface HotlineCounts {
  readonly labels: Labels;
  readonly calls: Readonly<Record<Hours, Readonly<Record<Outcome, Count>>>>;
  readonly reached: Readonly<Record<Hours, Count>>;
  readonly breaches: Readonly<Record<Breach, Count>>;
  readonly stages: Readonly<Record<StageEnd, Count>>;
  /** Of its targets; what was scored under an earlier definition has its series all the same. */
  readonly scored: Map<Target, Readonly<Record<Result, Count>>>;
  readonly backfilled: Map<Target, Readonly<Record<Known, Count>>>;
  readonly takenUp: Count;
  readonly transferredIn: Count;
  readonly tests: Count;
  readonly lostAfterAnswer: Count;
  readonly waits: Observations;
  readonly abandons: Observations;
  readonly talks: Observations;
}

/** Counters and histograms of the configured hotlines: facts drive them, and nothing else. */
export class HotlineCounters {
  private readonly families: ReturnType<typeof familiesOf>;
  private watched = new ByPbx<HotlineCounts>();
  /** Whatever was ever watched: a series stays on the page. */
  private readonly known = new ByPbx<HotlineCounts>();
  private kept = new KeptSums([]);

  constructor(families: Families, definition: WatchDefinition) {
    this.families = familiesOf(families, waitBucketsS(definition));
    this.redefine(definition);
  }

  /** After a reload: what is new is told from 0 on, or from what an earlier run told of it; what is gone is counted no more. */
  redefine(definition: WatchDefinition): void {
    this.watched = new ByPbx();
    for (const hotline of definition.hotlines) {
      const { pbx, name } = hotline;
      this.watched.set(pbx, name, this.known.get(pbx, name) ?? this.begin(hotline));
    }
  }

  private begin(hotline: HotlineDefinition): HotlineCounts {
    const counts = this.start(hotline);
    this.seedHotline(counts);
    this.known.set(hotline.pbx, hotline.name, counts);
    return counts;
  }

  /** Goes on after a restart: once, before the first fact. */
  seed(kept: KeptSums): void {
    this.kept = kept;
    for (const counts of this.watched.values()) this.seedHotline(counts);
  }

  private seedHotline(counts: HotlineCounts): void {
    const { pbx, hotline } = counts.labels;
    const told = toldOf(this.kept.of(pbx, 'hotline', hotline));
    const { takenUp, tests: test, transferredIn, lostAfterAnswer } = counts;
    const volume = told('volume');
    seedCounts({ takenUp, test, transferredIn, lostAfterAnswer }, volume);
    seedCounts(counts.reached, volume, (hours) => `reached-${hours}`);
    seedCounts(counts.calls.open, told('outcomes-open'));
    seedCounts(counts.calls.closed, told('outcomes-closed'));
    seedCounts(counts.breaches, told('breaches'));
    seedCounts(counts.stages, told('stages'));
    for (const target of TARGETS) this.seedTarget(counts, target, told);
    counts.waits.seed(told('answer-wait'));
    counts.abandons.seed(told('abandon-wait'));
    counts.talks.seed(told('talk'));
  }

  private seedTarget(
    counts: HotlineCounts,
    target: Target,
    told: (series: string) => Readonly<Record<string, number>>,
  ): void {
    const [scored, backfilled] = [told(target), told(`backfilled-${target}`)];
    const isNew = !counts.scored.has(target);
    if (isNew && Object.keys(scored).length + Object.keys(backfilled).length === 0) return;
    if (isNew) this.startTarget(counts, target);
    seedCounts(counts.scored.get(target) ?? {}, scored);
    seedCounts(counts.backfilled.get(target) ?? {}, backfilled);
  }

  record(fact: Fact): void {
    switch (fact.type) {
      case 'call-opened':
        return this.open(fact);
      case 'call-closed':
        return this.close(fact);
      case 'scored':
        return this.score(fact);
      case 'breach':
        return count(this.watched.get(fact.pbx, fact.hotline)?.breaches[fact.breach]);
      case 'transferred-in':
        return count(this.watched.get(fact.pbx, fact.hotline)?.transferredIn);
      case 'talk-ended':
        return this.watched.get(fact.pbx, fact.hotline)?.talks.observe(fact.talkMs / 1000);
      default:
        return;
    }
  }

  backfill(fact: Fact): void {
    if (fact.type !== 'scored' || fact.result === 'unknown') return;
    const counts = this.watched.get(fact.pbx, fact.hotline);
    if (counts === undefined) return;
    if (!counts.backfilled.has(fact.target)) this.startTarget(counts, fact.target);
    count(counts.backfilled.get(fact.target)?.[fact.result]);
  }

  private open(fact: CallOpened): void {
    const counts = this.watched.get(fact.pbx, fact.hotline);
    if (fact.test) count(counts?.tests);
    else if (fact.takenUp) count(counts?.takenUp);
    else count(counts?.reached[fact.hours]);
  }

  private close({ pbx, hotline, record }: CallClosed): void {
    const counts = this.watched.get(pbx, hotline);
    if (counts === undefined || record.test) return;
    count(counts.calls[record.hours][record.outcome]);
    if (record.lostAfterAnswer) count(counts.lostAfterAnswer);
    for (const stage of record.stages) count(counts.stages[stage.end]);
    if (record.outcome === 'abandoned' && record.askedAtMs !== undefined) {
      counts.abandons.observe(Math.max(0, record.closedAtMs - record.askedAtMs) / 1000);
    }
  }

  private score({ pbx, hotline, target, result, waitMs }: Scored): void {
    const counts = this.watched.get(pbx, hotline);
    if (counts === undefined) return;
    const ofTarget = counts.scored.get(target) ?? this.startTarget(counts, target);
    count(ofTarget[result]);
    const byPerson = target === 'transfer' || target === 'direct';
    if (byPerson && result === 'hit' && waitMs !== undefined) counts.waits.observe(waitMs / 1000);
  }

  private start(hotline: HotlineDefinition): HotlineCounts {
    const { families } = this;
    const labels = { pbx: hotline.pbx, hotline: hotline.name };
    const callsIn = (hours: Hours) => families.calls.ofEach({ ...labels, hours }, 'outcome', OUTCOMES);
    const counts: HotlineCounts = {
      labels,
      calls: { open: callsIn('open'), closed: callsIn('closed') },
      reached: families.reached.ofEach(labels, 'hours', ['open', 'closed']),
      breaches: families.breaches.ofEach(labels, 'reason', BREACHES),
      stages: families.stages.ofEach(labels, 'reason', STAGE_ENDS),
      scored: new Map(),
      backfilled: new Map(),
      takenUp: families.takenUp.of(labels),
      transferredIn: families.transferredIn.of(labels),
      tests: families.tests.of(labels),
      lostAfterAnswer: families.lostAfterAnswer.of(labels),
      waits: families.waits.of(labels),
      abandons: families.abandons.of(labels),
      talks: families.talks.of(labels),
    };
    for (const target of targetsOf(hotline)) this.startTarget(counts, target);
    return counts;
  }

  private startTarget(
    { labels, scored, backfilled }: HotlineCounts,
    target: Target,
  ): Readonly<Record<Result, Count>> {
    const { families } = this;
    const counts = families.scored.ofEach({ ...labels, target }, 'result', RESULTS);
    scored.set(target, counts);
    backfilled.set(target, families.backfilled.ofEach({ ...labels, target }, 'result', KNOWN));
    return counts;
  }
}

/** One more; of a hotline that is not watched there is nothing to count. */
function count(series: Count | undefined): void {
  if (series !== undefined) series.total += 1;
}

function familiesOf(families: Families, waitBucketsS: readonly number[]) {
  const counter = <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
    new FactCounter(families, name, help, labels);
  return {
    scored: counter(
      'ringside_scored_total',
      'Calls that entered a rate, by target and result, counted at the instant they were decided and never taken back.',
      [...ON, 'target', 'result'],
    ),
    backfilled: counter(
      'ringside_backfilled_total',
      "Calls whose result was only known afterwards, from the exchange's own log: in the ready-made rates from then on, never in ringside_scored_total.",
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
    waits: new FactHistogram(
      families,
      'ringside_answer_wait_seconds',
      'From first asking for a person to the answer, of calls that were answered.',
      ON,
      waitBucketsS,
    ),
    abandons: new FactHistogram(
      families,
      'ringside_abandon_wait_seconds',
      'From first asking for a person to giving up, of calls that were abandoned.',
      ON,
      waitBucketsS,
    ),
    talks: new FactHistogram(
      families,
      'ringside_talk_seconds',
      'Talks of seats with callers, hold included, wrap-up not.',
      ON,
      TALK_BUCKETS_S,
    ),
  };
}
