import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { CompiledConfig } from '../../src/config/compile.ts';
import { Keeping } from '../../src/keeping.ts';
import { Pipeline } from '../../src/pipeline.ts';
import { someFolder } from '../store/journals.ts';
import { somePbx, someWatch } from '../support/definitions.ts';
import { EventScript, SCRIPT_START_MS } from '../support/event-script.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const QUEUE = 'gas-sales';
const definition = someWatch({
  pbxs: [somePbx({ queues: [{ name: QUEUE, wrapupS: undefined, emergency: false }] })],
});

/** One run over a journal, and what is told to it. */
async function run(file: string) {
  const config = { definition, journal: {} } as unknown as CompiledConfig;
  const clock = new VirtualClock(SCRIPT_START_MS);
  const keeping = await Keeping.open({ config, file, clock, log: new MemoryLog() });
  onTestFinished(() => keeping.stop());
  const pipeline = new Pipeline(definition, SCRIPT_START_MS);
  keeping.begin(pipeline);
  const script = new EventScript((event) => pipeline.reduce('north', event));
  /** As the daemon does from time to time. */
  const look = async () => {
    clock.advance(1000);
    keeping.mark([]);
    await keeping.journal.flush();
    // What waits for a journal that cannot be written is let go too: no call is missed for that.
    expect(keeping.status()).toMatchObject({ state: 'writing', fault: '' });
  };
  return { keeping, pipeline, script, look };
}

it('a caller from inside is kept while in a queue, through a restart, and no longer', async () => {
  const file = join(someFolder(), 'journal.db');
  const first = await run(file);
  first.script.at(1).created('c', 'PJSIP/777', 4).up('c').joins(QUEUE, 'c');
  await first.look();
  expect((await first.keeping.journal.restore(SCRIPT_START_MS)).openCalls).toHaveLength(1);
  await first.keeping.stop();

  const second = await run(file);
  expect(second.keeping.restored.openCalls).toHaveLength(1);
  await second.look();
  expect((await second.keeping.journal.restore(SCRIPT_START_MS)).openCalls).toHaveLength(1);
  second.script.at(9).snapshot({ purpose: 'resync' });
  await second.look();
  expect((await second.keeping.journal.restore(SCRIPT_START_MS)).openCalls).toEqual([]);
  expect(second.pipeline.unbalanced('north')).toBe(0);
});
