import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OpenCall } from '../../src/store/ports.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { hurriedClock, someFolder, someJournal, untilStatus } from './journals.ts';
import { closedCall, openedCall } from './stories.ts';

const AT_MS = Date.now() - 600_000;

/** Calls as they are now, each of which changed since it was asked for. */
class Calls {
  readonly states = new Map<string, number>();
  asked = 0;

  *take(): Generator<OpenCall> {
    this.asked += 1;
    for (const [uniqueid, state] of this.states) yield { pbx: 'north', uniqueid, state };
  }
}

describe('states of open calls', () => {
  it('are asked for once a batch, as of its last fact', async () => {
    const { journal } = await someJournal(join(someFolder(), 'j.db'), { clock: new VirtualClock() });
    const calls = new Calls();
    journal.askStates(() => calls.take());
    for (let facts = 1; facts <= 2500; facts++) {
      calls.states.set('1.1', facts);
      journal.append(openedCall(`1.${facts}`, AT_MS));
      journal.touch();
    }
    expect(calls.asked).toBe(0);
    await untilStatus(journal, ({ committedFacts }) => committedFacts === 2500);
    expect(calls.asked).toBe(1);
    const { openCalls } = await journal.restore(AT_MS);
    expect(openCalls.find(({ uniqueid }) => uniqueid === '1.1')).toMatchObject({ state: 2500 });
  });

  it('go within a quarter of a second where nothing was told', async () => {
    const clock = new VirtualClock();
    const { journal } = await someJournal(join(someFolder(), 'j.db'), { clock });
    const calls = new Calls();
    journal.askStates(() => calls.take());
    calls.states.set('1.1', 1);
    journal.touch();
    clock.advance(249);
    expect(calls.asked).toBe(0);
    clock.advance(1);
    expect(calls.asked).toBe(1);
    await journal.flush();
    expect((await journal.restore(AT_MS)).openCalls).toEqual([{ pbx: 'north', uniqueid: '1.1', state: 1 }]);
  });

  it('of a call that begins and ends in one batch are none', async () => {
    const { journal } = await someJournal(join(someFolder(), 'j.db'), { clock: new VirtualClock() });
    const calls = new Calls();
    journal.askStates(() => calls.take());
    journal.append(openedCall('1.1', AT_MS));
    journal.touch();
    journal.append(closedCall('1.1', AT_MS, {}));
    await journal.flush();
    expect((await journal.restore(AT_MS)).openCalls).toEqual([]);
  });

  it('that wait for facts told before them are not replaced by newer ones that would wait longer', async () => {
    const file = join(someFolder(), 'j.db');
    const { journal } = await someJournal(file, { clock: hurriedClock });
    const committed: number[] = [];
    journal.askStates(() => {
      committed.push(journal.status().committedFacts);
      // Something goes on happening to a call.
      if (committed.length === 1) journal.touch();
      return [{ pbx: 'north', uniqueid: '1.1', state: committed.length }];
    });
    const other = openJournalFile({ file });
    other.exec('BEGIN IMMEDIATE');
    journal.append(openedCall('1.0', AT_MS));
    await untilStatus(journal, ({ state }) => state === 'failing');
    for (let facts = 1; facts <= 9000; facts++) journal.append(openedCall(`1.${facts}`, AT_MS));
    journal.touch();
    other.exec('ROLLBACK');
    other.close();
    await untilStatus(journal, ({ committedFacts }) => committedFacts === 9001);
    await journal.flush();
    expect(committed).toEqual([1, 9001]);
  });
});
