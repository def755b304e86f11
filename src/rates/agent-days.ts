import type { RingNoAnswer, TalkEnded } from '../calls/facts.ts';
import type { HoursDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { type Period, periodOf } from '../hotlines/hours.ts';
import { ByPbx } from './by-pbx.ts';
import type { KeptPeriod, KeptSums } from './kept-sums.ts';
import { PeriodSums } from './period.ts';
import type { Sign } from './series.ts';

/** What one agent did on the running day; the same formulas as the agents' table of the reports. */
export interface AgentDayFigures {
  /** Calls answered: talks that are over. */
  readonly answered: number;
  /** Calls that were offered and not taken (norm.md section 6). */
  readonly ringNoAnswer: number;
  /** Talks that the seat ended before the caller did. */
  readonly endedFirst: number;
  /** Talks of which it is known who ended them: what the share of `endedFirst` is of. */
  readonly talks: number;
}

const NOTHING: AgentDayFigures = Object.freeze({ answered: 0, ringNoAnswer: 0, endedFirst: 0, talks: 0 });
const COLUMNS = ['talks', 'ringNoAnswer', 'ended-by-seat', 'ended-by-unknown'] as const;
const COLUMN = { talks: 0, ringNoAnswer: 1, endedBySeat: 2, endedByUnknown: 3 } as const;

/** Counts of one agent by day. */
class AgentDay {
  private readonly sums: PeriodSums;
  private figures: AgentDayFigures | undefined;

  constructor(dayAt: (atMs: number) => Period) {
    this.sums = new PeriodSums(COLUMNS.length, dayAt);
  }

  talk({ atMs, endedBy }: TalkEnded, sign: Sign): void {
    this.add(atMs, [sign, 0, endedBy === 'seat' ? sign : 0, endedBy === 'unknown' ? sign : 0]);
  }

  refuse({ atMs }: RingNoAnswer, sign: Sign): void {
    this.add(atMs, [0, sign, 0, 0]);
  }

  /** Puts what the journal kept of a day in the place of its own. */
  keep(period: KeptPeriod): void {
    this.sums.keep(
      period,
      COLUMNS.map((column) => period.sums[column] ?? 0),
    );
    this.figures = undefined;
  }

  /** Of the day of `nowMs`; the same object as long as nothing was counted. */
  build(nowMs: number): AgentDayFigures {
    if (this.sums.moveTo(nowMs)) this.figures = undefined;
    const talks = this.sums.sum(COLUMN.talks);
    this.figures ??= Object.freeze({
      answered: talks,
      ringNoAnswer: this.sums.sum(COLUMN.ringNoAnswer),
      endedFirst: this.sums.sum(COLUMN.endedBySeat),
      talks: Math.max(0, talks - this.sums.sum(COLUMN.endedByUnknown)),
    });
    return this.figures;
  }

  private add(atMs: number, values: readonly number[]): void {
    this.sums.add(atMs, values, undefined);
    this.figures = undefined;
  }
}

/** Every agent's running day, by the calendar of the exchange's first hotline (as the kept sums, store/sum-terms.ts). */
export class AgentDays {
  private readonly agents = new ByPbx<AgentDay>();
  private hours = new Map<string, HoursDefinition>();

  redefine({ hotlines }: WatchDefinition): void {
    // The first one of an exchange is the one that stays.
    this.hours = new Map(hotlines.toReversed().map(({ pbx, hours }) => [pbx, hours]));
  }

  /** Puts what the journal kept in the place of what came of single facts. */
  seed(kept: KeptSums): void {
    for (const pbx of this.hours.keys()) {
      for (const name of kept.agentsOf(pbx)) {
        for (const period of kept.of(pbx, 'agent', name).periods('work')) {
          if (period.unit === 'day') this.agent(pbx, name)?.keep(period);
        }
      }
    }
  }

  talk(fact: TalkEnded, sign: Sign): void {
    this.agent(fact.pbx, fact.agent)?.talk(fact, sign);
  }

  refuse(fact: RingNoAnswer, sign: Sign): void {
    this.agent(fact.pbx, fact.agent)?.refuse(fact, sign);
  }

  /** The same object as long as nothing was counted. */
  build(pbx: string, agent: string, nowMs: number): AgentDayFigures {
    return this.agents.get(pbx, agent)?.build(nowMs) ?? NOTHING;
  }

  /** Undefined on an exchange without a hotline: it has no days. */
  private agent(pbx: string, name: string): AgentDay | undefined {
    const known = this.agents.get(pbx, name);
    const hours = this.hours.get(pbx);
    if (known !== undefined || hours === undefined) return known;
    const made = new AgentDay((atMs) => periodOf(this.hours.get(pbx) ?? hours, 'day', atMs));
    this.agents.set(pbx, name, made);
    return made;
  }
}
