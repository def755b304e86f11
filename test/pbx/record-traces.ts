import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AmiClient } from './ami-client.ts';
import { compiledConfig } from './watch-config.ts';
import { play } from './driver.ts';
import { type Pair, placeAll, startPair } from './pair.ts';
import type { Placed } from './pbx-config.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { settle } from './truth.ts';
import { until } from './until.ts';

/**
 * Plays scenarios one at a time on a fresh exchange each and writes what its AMI said beside what truly happened:
 * `node test/pbx/record-traces.ts CHROOT FOLDER [scenario…]`. Numbers are the harness's own; addresses are masked.
 */
const [chroot, folder, ...only] = process.argv.slice(2);
const AT_ONCE = 6;
const ALL = placeAll(SCENARIOS);
/** Recorded with every class as well: NAME.all.ami. */
const EVERY_CLASS = new Set([
  'queue-answered',
  'timeout-message',
  'blind-to-seat',
  'picked-up',
  'parked-taken',
  'parked-timed-out',
]);

/** One reading session: snapshot first, as the daemon takes it, then everything that comes. */
async function listen(pair: Pair, user: string, chunks: Buffer[]): Promise<AmiClient> {
  const { address, amiPort, secret } = pair.pbxPlace;
  const client = await AmiClient.login(
    { host: address, port: amiPort, user, secret },
    { onBytes: (bytes) => chunks.push(bytes) },
  );
  await snapshot(client);
  return client;
}

async function snapshot(client: AmiClient): Promise<void> {
  for (const action of ['Ping', 'CoreShowChannels', 'Status', 'QueueStatus', 'CoreStatus', 'Ping']) {
    await client.send({ Action: action });
  }
}

function count(chunks: readonly Buffer[], event: string): number {
  return Buffer.concat(chunks).toString('latin1').split(`Event: ${event}\r\n`).length - 1;
}

async function record(placed: Placed, into: string, everyClass: boolean): Promise<void> {
  const pair = await startPair(chroot ?? '', [placed]);
  const filtered: Buffer[] = [];
  const all: Buffer[] = [];
  const [watch, leader] = await Promise.all([
    listen(pair, 'ringside', filtered),
    listen(pair, 'record', all),
  ]);
  await play(pair, placed, leader);
  // Events come after the lists that already know (asterisk-facts section 2): until every channel is told to be gone.
  await Promise.all(
    [filtered, all].map((chunks) => until(() => count(chunks, 'Newchannel') === count(chunks, 'Hangup'))),
  );
  await Promise.all([snapshot(watch), snapshot(leader)]);
  const name = placed.scenario.key;
  const masked = (chunks: Buffer[]): string =>
    Buffer.concat(chunks)
      .toString('latin1')
      .replaceAll(pair.pbxPlace.address, '192.0.2.1')
      .replaceAll(pair.worldPlace.address, '192.0.2.2');
  writeFileSync(join(into, `${name}.ami`), masked(filtered), 'latin1');
  if (everyClass) writeFileSync(join(into, `${name}.all.ami`), masked(all), 'latin1');
  // A configuration names at least one hotline, also where the story is of a number that none has.
  const configured = placed.scenario.unlisted === true ? [placed, ...ALL.slice(0, 1)] : [placed];
  const told = {
    title: placed.scenario.title,
    definition: (await compiledConfig(configured, pair.pbxPlace)).definition,
    truth: settle(placed, pair.timeline),
    marks: pair.timeline.marks(name),
  };
  writeFileSync(join(into, `${name}.json`), `${JSON.stringify(told, undefined, 1)}\n`);
  watch.close();
  leader.close();
  await pair.stop();
  process.stdout.write(`${name}\n`);
}

mkdirSync(folder ?? '', { recursive: true });
const wanted = ALL.filter(({ scenario }) => only.length === 0 || only.includes(scenario.key));
const queue = [...wanted];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const everything =
        process.env['RINGSIDE_EVERY_CLASS'] !== undefined || EVERY_CLASS.has(next.scenario.key);
      await record(next, folder ?? '', everything);
    }
  }),
);
process.exit(0);
