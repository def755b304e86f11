import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { AttemptCall, OutboundTry } from '../../src/attempts/attempt-call.ts';
import { CallerNumber } from '../../src/calls/caller-number.ts';
import type { Fact } from '../../src/calls/facts.ts';
import type { SourcedFact } from '../../src/store/merge.ts';
import type { FactSource } from '../../src/store/ports.ts';
import { JournalFile, type JournalFileOptions, type Shares } from '../../src/store/sqlite-journal.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import type { Vault } from '../../src/store/vault.ts';
import { toWire, type Batch } from '../../src/store/wire.ts';
import { someHotline, someHours, someWatch } from '../support/definitions.ts';
import { closedCall, openedCall } from './stories.ts';

/** Hashes and encrypts nothing: what is kept can be told by looking at it. */
export const plainVault: Vault = {
  seal: (number) =>
    number === 'anonymous'
      ? undefined
      : { hash: Buffer.from(`hash of ${number}`), cipher: Buffer.from(number), keyId: 'k1' },
};

export const HOURS = someHours({ zone: 'Asia/Shanghai' });
export const hotlines = ['gas', 'bills'].map((name) => someHotline({ name, pbx: 'hq', hours: HOURS }));
/** Nothing but what attempts and call-backs add. */
const noShares: Shares = { of: () => [], hoursOf: () => HOURS };

/** A journal's file that is opened anew by every call. */
export function callersFile(folder: string, changes: Partial<JournalFileOptions> = {}) {
  const path = join(folder, 'journal.db');
  const open = (): { database: DatabaseSync; file: JournalFile } => {
    const database = openJournalFile({ file: path });
    // What is shown is not what a power cut does.
    database.exec('PRAGMA synchronous = OFF');
    const file = new JournalFile(database, {
      definition: someWatch({ hotlines }),
      openedAtMs: 0,
      sharesFor: () => noShares,
      vault: plainVault,
      ...changes,
    });
    return { database, file };
  };
  return { path, open };
}

/** Everything told of a call that is over; its caller's name is their number. */
export function factsOfCall(call: AttemptCall): readonly SourcedFact[] {
  const { pbx, uniqueid, hotline, caller, reachedAtMs } = call;
  const opened = { ...openedCall(uniqueid, reachedAtMs), pbx, hotline, id: `${pbx}/${uniqueid}/opened` };
  const heard: Fact = {
    type: 'caller-heard',
    id: `${pbx}/${uniqueid}/caller`,
    pbx,
    uniqueid,
    hotline,
    atMs: reachedAtMs,
    number: new CallerNumber(caller === '' ? 'anonymous' : caller),
  };
  return [seen(opened as Fact), seen(heard), seen(closedOf(call))];
}

export function closedOf(call: AttemptCall): Fact {
  const { pbx, uniqueid, hotline, asked, ...said } = call;
  const askedAtMs = asked ? call.reachedAtMs : undefined;
  const fact = closedCall(uniqueid, call.reachedAtMs, { ...said, pbx, hotline, askedAtMs });
  const { caller: _caller, ...record } = fact.record as typeof fact.record & { caller: string };
  return { ...fact, pbx, hotline, id: `${pbx}/${uniqueid}/closed`, record };
}

export function factOfTry(told: OutboundTry): SourcedFact {
  const { caller, endedAtMs, ...said } = told;
  const number = new CallerNumber(caller);
  const id = `${told.pbx}/${told.uniqueid}/outbound`;
  return seen({ type: 'outbound-ended', id, ...said, seat: 'PJSIP/1', number, atMs: endedAtMs });
}

export const seen = (fact: Fact, source: FactSource = 'seen'): SourcedFact => ({ fact, source });

export const batchOf = (facts: readonly SourcedFact[], atMs?: number): Batch => ({
  facts: facts.map(toWire),
  openCalls: [],
  seen: new Map(),
  audits: [],
  ...(atMs !== undefined && { atMs }),
});
