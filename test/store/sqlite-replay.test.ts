import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import { JournalFile } from '../../src/store/sqlite-journal.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { seenUntilOf } from '../../src/store/sqlite-replay.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import { toWire } from '../../src/store/wire.ts';
import { someWatch } from '../support/definitions.ts';
import { someFolder } from './journals.ts';

const AT_MS = Date.UTC(2026, 9, 20, 12, 30);

const blind = (fromMs: number, untilMs: number): Fact => ({
  type: 'blind',
  id: `north/blind/${fromMs}`,
  pbx: 'north',
  atMs: untilMs,
  fromMs,
  untilMs,
  openCalls: 0,
  endedUnknown: 0,
  takenUp: 0,
  rebooted: false,
  missedCalls: undefined,
});

function someFile() {
  const database = openJournalFile({ file: join(someFolder(), 'journal.db') });
  onTestFinished(() => database.close());
  const file = new JournalFile(database, {
    definition: someWatch(),
    openedAtMs: AT_MS,
    sharesFor: (definition) => new SumShares(definition),
    vault: undefined,
  });
  const write = (seen: ReadonlyMap<string, number>, ...facts: readonly Fact[]): void =>
    file.write({
      facts: facts.map((fact) => toWire({ fact, source: 'seen' })),
      openCalls: [],
      seen,
      audits: [],
    });
  return { database, write };
}

it('an exchange was seen when a blind time ended, though a crash came before it was marked as seen', () => {
  const { database, write } = someFile();
  write(new Map([['north', AT_MS]]));
  write(new Map(), blind(AT_MS, AT_MS + 400));
  expect(seenUntilOf(database)).toEqual(new Map([['north', AT_MS + 400]]));
  write(new Map([['north', AT_MS + 900]]));
  expect(seenUntilOf(database)).toEqual(new Map([['north', AT_MS + 900]]));
});
