import { OUTCOMES, RESULTS, type Fact, type Outcome, type Result, type Target } from '../calls/facts.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import { BREACH_WORDS, percent, TARGET_WORDS } from '../http/wording.ts';
import { wilson95 } from '../rates/binomial.ts';
import { formulaOf } from '../rates/formula.ts';
import { targetsOf } from '../rates/hotline-tally.ts';
import { targetRatioOf } from '../rates/rates-of.ts';
import { zeros } from '../rates/zeros.ts';

interface Counts {
  reached: number;
  takenUp: number;
  tests: number;
  readonly outcomes: Record<Outcome, number>;
  readonly results: Map<Target, Record<Result, number>>;
  readonly breaches: Map<string, number>;
}

/** The rates of a whole recording: the daemon's windows end with the clock, a recording's one is all of it. */
export class WholeRates {
  readonly #hotlines: readonly HotlineDefinition[];
  readonly #counts: ReadonlyMap<string, Counts>;
  #unattributed = 0;

  constructor(hotlines: readonly HotlineDefinition[]) {
    this.#hotlines = hotlines;
    this.#counts = new Map(hotlines.map((hotline) => [hotline.name, noCounts(hotline)]));
  }

  hear(fact: Fact): void {
    if (fact.type === 'unattributed') this.#unattributed += 1;
    const counts = 'hotline' in fact ? this.#counts.get(fact.hotline) : undefined;
    if (counts === undefined) return;
    if (fact.type === 'call-opened') {
      if (fact.test) counts.tests += 1;
      else if (fact.takenUp) counts.takenUp += 1;
      else counts.reached += 1;
    } else if (fact.type === 'call-closed') {
      if (!fact.record.test) counts.outcomes[fact.record.outcome] += 1;
    } else if (fact.type === 'scored') {
      const results = counts.results.get(fact.target);
      if (results !== undefined) results[fact.result] += 1;
    } else if (fact.type === 'breach') {
      counts.breaches.set(fact.breach, (counts.breaches.get(fact.breach) ?? 0) + 1);
    }
  }

  /** For people to read; hotlines that no call reached are left out, and named in one line. */
  text(): string {
    const busy = this.#hotlines.filter((hotline) => this.#isBusy(hotline));
    const idle = this.#hotlines.filter((hotline) => !this.#isBusy(hotline)).map(({ name }) => name);
    return [
      ...busy.map((hotline) => this.#hotlineText(hotline)),
      ...(idle.length === 0 ? [] : [`No calls: ${idle.join(', ')}\n`]),
      ...(this.#unattributed === 0
        ? []
        : [`Inbound calls for no configured number: ${this.#unattributed}\n`]),
    ].join('');
  }

  #isBusy({ name }: HotlineDefinition): boolean {
    const counts = this.#counts.get(name);
    return counts !== undefined && counts.reached + counts.takenUp + counts.tests > 0;
  }

  #hotlineText(hotline: HotlineDefinition): string {
    const counts = this.#counts.get(hotline.name) ?? noCounts(hotline);
    const closed = OUTCOMES.reduce((sum, outcome) => sum + counts.outcomes[outcome], 0);
    const open = counts.reached + counts.takenUp - closed;
    const outcomes = OUTCOMES.filter((outcome) => counts.outcomes[outcome] > 0).map(
      (outcome) => `${outcome} ${counts.outcomes[outcome]}`,
    );
    const also = [
      ...(counts.takenUp > 0 ? [`taken up ${counts.takenUp}`] : []),
      ...(counts.tests > 0 ? [`test callers ${counts.tests}`] : []),
    ];
    const last = open > 0 ? [`open ${open}`] : [];
    const breaches = [...counts.breaches].map(
      ([breach, count]) => `${BREACH_WORDS[breach] ?? breach} ${count}`,
    );
    const lines = [
      `${hotline.name}: ${[`reached ${counts.reached}`, ...also, ...outcomes, ...last].join(', ')}`,
      ...targetsOf(hotline).map((target) => rateText(target, hotline, counts)),
      ...(breaches.length === 0 ? [] : [`  breaches: ${breaches.join(', ')}`]),
    ];
    return `${lines.join('\n')}\n`;
  }
}

function rateText(target: Target, hotline: HotlineDefinition, counts: Counts): string {
  const { hit, miss, set_aside: setAside, unknown } = counts.results.get(target) ?? zeros(RESULTS);
  const n = hit + miss;
  const words = `  ${TARGET_WORDS[target] ?? target} (${target}): `;
  const apart = [
    ...(setAside > 0 ? [`set aside ${setAside}`] : []),
    ...(unknown > 0 ? [`unknown ${unknown}`] : []),
  ].join(', ');
  if (n === 0) return `${words}no calls${apart === '' ? '' : `; ${apart}`}`;
  const { low, high } = wilson95(hit, n);
  const figures = [
    `${hit}/${n} = ${percent(hit / n)}`,
    `target ${percent(targetRatioOf(target, hotline))}`,
    `95 % interval ${percent(low)} to ${percent(high)}`,
    ...(apart === '' ? [] : [apart]),
  ];
  return `${words}${figures.join('; ')}\n    ${formulaOf(target, hotline)}`;
}

function noCounts(hotline: HotlineDefinition): Counts {
  return {
    reached: 0,
    takenUp: 0,
    tests: 0,
    outcomes: zeros(OUTCOMES),
    results: new Map(targetsOf(hotline).map((target) => [target, zeros(RESULTS)])),
    breaches: new Map(),
  };
}
