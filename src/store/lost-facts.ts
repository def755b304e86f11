import type { Fact } from '../calls/facts.ts';
import type { AuditEntry } from './ports.ts';

/** Facts of one exchange that were seen and given up, for they could not be written: figures lack them for good. */
export interface LostFacts {
  readonly pbx: string;
  /** Unix ms of the first and the last of them. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly facts: number;
  /** Of them what seats did: no figure of a call lacks those. */
  readonly seatTimes: number;
}

/** What an entry of the audit that tells of them says was done. */
export const FACTS_GIVEN_UP = 'facts given up';
/** ECMA-262, 21.4.1.1. */
const LATEST_MS = 8.64e15;

/** Gathers what is given up until it can be written that it was. */
export class LossBook {
  readonly #losses = new Map<string, LostFacts>();

  get isEmpty(): boolean {
    return this.#losses.size === 0;
  }

  note({ pbx, atMs, type }: Fact): void {
    const told = Math.min(LATEST_MS, Math.max(-LATEST_MS, atMs)) || 0;
    const before = this.#losses.get(pbx) ?? { pbx, fromMs: told, untilMs: told, facts: 0, seatTimes: 0 };
    this.#losses.set(pbx, {
      pbx,
      fromMs: Math.min(before.fromMs, told),
      untilMs: Math.max(before.untilMs, told),
      facts: before.facts + 1,
      seatTimes: before.seatTimes + (type === 'seat-interval' ? 1 : 0),
    });
  }

  /** As the audit keeps them, one for each exchange; from here on they are told. */
  take(): readonly AuditEntry[] {
    const entries = [...this.#losses.values()].map(entryOf);
    this.#losses.clear();
    return entries;
  }
}

/** Kept under the instant of the last one, so that a look from the beginning of a period on finds it. */
function entryOf({ pbx, fromMs, untilMs, facts, seatTimes }: LostFacts): AuditEntry {
  const [from, until] = [fromMs, untilMs].map((atMs) => new Date(atMs).toISOString());
  const detail = `${facts} facts from ${from} to ${until}, ${seatTimes} of them what seats did`;
  return { atMs: untilMs, who: 'ringside', what: FACTS_GIVEN_UP, about: pbx, detail };
}

const DETAIL = /^(\d+) facts from (\S+) to (\S+), (\d+) of them/;

/** Undefined for an entry that tells of nothing of the kind. */
export function lostFactsOf({ what, about, detail }: AuditEntry): LostFacts | undefined {
  const [, facts, from = '', until = '', seatTimes] = DETAIL.exec(detail) ?? [];
  if (what !== FACTS_GIVEN_UP || facts === undefined) return undefined;
  const [fromMs, untilMs] = [Date.parse(from), Date.parse(until)];
  return { pbx: about, fromMs, untilMs, facts: Number(facts), seatTimes: Number(seatTimes) };
}
