import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AmiClient } from './ami-client.ts';
import { compiledConfig } from './watch-config.ts';
import { play } from './driver.ts';
import { placeAll, startPair } from './pair.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { until } from './until.ts';

/**
 * Plays every scenario that has a queue, all on one exchange, and keeps what its AMI said beside its own queue_log:
 * `node test/pbx/record-queue-log.ts CHROOT FOLDER`. Numbers are the harness's own; addresses are masked.
 */
const [chroot = '', folder = ''] = process.argv.slice(2);
const QUIET_MS = 1500;

const count = (chunks: readonly Buffer[], event: string): number =>
  Buffer.concat(chunks).toString('latin1').split(`Event: ${event}\r\n`).length - 1;

mkdirSync(folder, { recursive: true });
const pair = await startPair(
  chroot,
  placeAll(SCENARIOS).filter(({ scenario }) => scenario.queues !== undefined),
);
const { address, amiPort, secret } = pair.pbxPlace;
const heard: Buffer[] = [];
const reader = await AmiClient.login(
  { host: address, port: amiPort, user: 'ringside', secret },
  { onBytes: (bytes) => heard.push(bytes) },
);
const leader = await AmiClient.login({ host: address, port: amiPort, user: 'ringside-acting', secret });
await Promise.all(pair.placed.map((placed) => play(pair, placed, leader)));
await until(() => count(heard, 'Newchannel') === count(heard, 'Hangup'));
// AgentComplete and its line of the log come from another thread than the Hangups (asterisk-facts 1.17).
await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
const bytes = Buffer.concat(heard)
  .toString('latin1')
  .replaceAll(address, '192.0.2.1')
  .replaceAll(pair.worldPlace.address, '192.0.2.2');
writeFileSync(join(folder, 'day.ami'), bytes, 'latin1');
copyFileSync(join(pair.folder, 'pbx/log/queue_log'), join(folder, 'queue_log'));
const { definition } = await compiledConfig(pair.placed, pair.pbxPlace);
writeFileSync(join(folder, 'day.json'), `${JSON.stringify({ definition })}\n`);
reader.close();
leader.close();
await pair.stop();
process.exit(0);
