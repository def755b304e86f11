import { LocalDay } from '../hotlines/local-day.ts';
import type { AttemptCall, OutboundTry } from './attempt-call.ts';
import type { CallBackClosing } from './call-back-closing.ts';
import type { CallBackSettings } from './call-back-settings.ts';

/** norm.md section 4: "at least two attempts on different days" before "could not be reached" may be said. */
const LEAST_DAYS_TRIED = 2;
const HOUR_MS = 3_600_000;

/** What the answer to "is this one closed" hangs on. */
export interface CallBackRules {
  readonly settings: CallBackSettings;
  /** IANA zone a hotline counts its days in. */
  readonly zoneOf: (pbx: string, hotline: string) => string;
}

export type CallBackEnd =
  | { readonly how: 'outbound'; readonly atMs: number; readonly outbound: OutboundTry }
  | { readonly how: 'through'; readonly atMs: number; readonly call: AttemptCall }
  | { readonly how: 'person'; readonly atMs: number; readonly closing: CallBackClosing };

/** One caller who asked for a person and got none, however often they tried (norm.md section 4). */
export interface CallBack {
  readonly caller: string;
  /** The end of the first call that was lost. */
  readonly openedAtMs: number;
  /** From this instant on it is overdue; an emergency is at once. */
  readonly dueAtMs: number;
  readonly emergency: boolean;
  /** Every call that was lost, in the order they ended. */
  readonly lost: readonly AttemptCall[];
  /** Those of them that are owed: the caller did not get through to their hotlines since. Of an ended one, those owed at its end. */
  readonly owed: readonly AttemptCall[];
  /** Outbound calls to the caller since it opened. */
  readonly tries: readonly OutboundTry[];
  /** Different days of the zone of the hotline that lost the caller first. */
  readonly daysTried: number;
  /** "Could not be reached" may be said. */
  readonly mayBeGivenUp: boolean;
  /** Said all the same, before it might be: closed nothing. */
  readonly refused: readonly CallBackClosing[];
  /** Undefined while it is open. */
  readonly end: CallBackEnd | undefined;
}

/** How an open call-back stands now. */
export interface CallBackStanding {
  readonly ageMs: number;
  readonly overdue: boolean;
}

/** Of a call-back, or of its summary. */
export function standingOf(
  callBack: Pick<CallBack, 'openedAtMs' | 'dueAtMs'> & {
    readonly end?: { readonly atMs: number } | null | undefined;
  },
  nowMs: number,
): CallBackStanding {
  const untilMs = callBack.end?.atMs ?? nowMs;
  return { ageMs: Math.max(0, untilMs - callBack.openedAtMs), overdue: untilMs >= callBack.dueAtMs };
}

/** A call-back in the making: what happened is told in order. */
export class OpenCallBack {
  readonly #rules: CallBackRules;
  readonly #first: AttemptCall;
  readonly #lost: AttemptCall[] = [];
  readonly #tries: OutboundTry[] = [];
  readonly #refused: CallBackClosing[] = [];
  #owed: AttemptCall[] = [];

  constructor(rules: CallBackRules, first: AttemptCall) {
    this.#rules = rules;
    this.#first = first;
    this.addLost(first);
  }

  addLost(call: AttemptCall): void {
    this.#lost.push(call);
    this.#owed.push(call);
  }

  /** The caller got through; `settled` are the calls that makes good. */
  getThrough(call: AttemptCall, settled: (lost: AttemptCall) => boolean): CallBack | undefined {
    const left = this.#owed.filter((lost) => !settled(lost));
    if (left.length === 0) return this.#made({ how: 'through', atMs: call.closedAtMs, call });
    this.#owed = left;
    return undefined;
  }

  /** A talk that began while the caller still waited is a call-back all the same; one that came to nothing then is no try. */
  addOutbound(outbound: OutboundTry): CallBack | undefined {
    const talked = outbound.answered && outbound.talkMs >= this.#rules.settings.leastTalkS * 1000;
    if (talked || outbound.startedAtMs >= this.#first.closedAtMs) this.#tries.push(outbound);
    return talked ? this.#made({ how: 'outbound', atMs: outbound.endedAtMs, outbound }) : undefined;
  }

  closeBy(closing: CallBackClosing): CallBack | undefined {
    if (closing.reason === 'could-not-be-reached' && this.#daysTried() < LEAST_DAYS_TRIED) {
      this.#refused.push(closing);
      return undefined;
    }
    return this.#made({ how: 'person', atMs: closing.atMs, closing });
  }

  /** As it stands, open. */
  view(): CallBack {
    return this.#made(undefined);
  }

  #made(end: CallBackEnd | undefined): CallBack {
    const withinMs = this.#rules.settings.reachWithinH * HOUR_MS;
    const daysTried = this.#daysTried();
    return {
      caller: this.#first.caller,
      openedAtMs: this.#first.closedAtMs,
      dueAtMs: Math.min(
        ...this.#owed.map(({ closedAtMs, emergency }) => closedAtMs + (emergency ? 0 : withinMs)),
      ),
      emergency: this.#owed.some(({ emergency }) => emergency),
      lost: [...this.#lost],
      owed: [...this.#owed],
      tries: [...this.#tries],
      daysTried,
      mayBeGivenUp: daysTried >= LEAST_DAYS_TRIED,
      refused: [...this.#refused],
      end,
    };
  }

  #daysTried(): number {
    const zone = this.#rules.zoneOf(this.#first.pbx, this.#first.hotline);
    return new Set(this.#tries.map(({ startedAtMs }) => LocalDay.at(zone, startedAtMs).date)).size;
  }
}
