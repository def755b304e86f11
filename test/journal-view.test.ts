import { expect, it, vi } from 'vitest';
import type { CompiledConfig } from '../src/config/compile.ts';
import { JournalView } from '../src/journal-view.ts';
import type { Keeping } from '../src/keeping.ts';
import type { AttemptStanding } from '../src/store/call-back-reads.ts';
import { someWatch } from './support/definitions.ts';
import { MemoryLog } from './support/memory-log.ts';
import { VirtualClock } from './support/virtual-clock.ts';

const LOOK_EVERY_MS = 15_000;

/** A journal in which one hotline owes so many calls. */
class OwingJournal {
  open = 0;
  looks = 0;
  readonly #clock = new VirtualClock();
  readonly view: JournalView;

  constructor() {
    const reader = {
      standing: () => Promise.resolve(this.#standing()),
      definitions: () => Promise.resolve([]),
      usualDays: () => Promise.resolve([]),
    };
    this.view = new JournalView({
      // The look asks nothing else of it.
      keeping: { reader, journal: { settle: () => undefined } } as unknown as Keeping,
      config: () => ({ definition: someWatch() }) as CompiledConfig,
      seats: () => [],
      clock: this.#clock,
      log: new MemoryLog(),
    });
  }

  get shown(): number | undefined {
    return this.view.floor().callBackCounts('north', 'gas')?.open;
  }

  async start(): Promise<void> {
    this.view.start();
    await vi.waitUntil(() => this.shown === this.open);
  }

  async waits(ms: number): Promise<void> {
    this.#clock.advance(ms);
    await new Promise(setImmediate);
  }

  #standing(): AttemptStanding {
    this.looks += 1;
    const row = { pbx: 'north', hotline: 'gas', overdue: 0, emergencies: 0, oldestOpenedAtMs: 0 };
    return { attempts: [], callBacks: [{ ...row, open: this.open }] };
  }
}

it('shows call-backs as of its last look, and looks at once where somebody closed one', async () => {
  const journal = new OwingJournal();
  journal.open = 2;
  await journal.start();
  journal.open = 1;
  expect(journal.shown).toBe(2);
  await journal.view.lookAgain();
  expect(journal.shown).toBe(1);
  await journal.view.stop();
});

it('goes on looking as often as before, and no more once it is stopped', async () => {
  const journal = new OwingJournal();
  await journal.start();
  await Promise.all([journal.view.lookAgain(), journal.view.lookAgain()]);
  expect(journal.looks).toBe(3);
  await journal.waits(LOOK_EVERY_MS);
  expect(journal.looks).toBe(4);
  await journal.view.stop();
  await journal.view.lookAgain();
  await journal.waits(LOOK_EVERY_MS);
  expect(journal.looks).toBe(4);
});
