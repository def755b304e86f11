import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AmiBlock, AmiClient } from './ami-client.ts';
import { Asterisk } from './asterisk.ts';
import { namesFor } from './names.ts';
import { type Placed, pbxFiles } from './pbx-config.ts';
import type { AmiPlace } from './places.ts';
import type { Scenario } from './scenario.ts';
import { Timeline } from './timeline.ts';
import { worldFiles } from './world-config.ts';

/** A PBX under watch and the outside world that calls it, both real, on loopback addresses of their own. */
export interface Pair {
  readonly placed: readonly Placed[];
  readonly pbx: Asterisk;
  readonly world: Asterisk;
  readonly pbxPlace: AmiPlace;
  readonly worldPlace: AmiPlace;
  readonly timeline: Timeline;
  /** The outside world's AMI: places calls. */
  readonly driver: AmiClient;
  /** Folder of everything the two write. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Every scenario with its names: the same names in every run, whichever of them are played. */
export function placeAll(scenarios: readonly Scenario[]): readonly Placed[] {
  return scenarios.map((scenario, index) => ({ scenario, names: namesFor(scenario, index) }));
}

export async function startPair(chroot: string, placed: readonly Placed[]): Promise<Pair> {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-pbx-'));
  const { pbxPlace, worldPlace, claim } = await claimPlaces();
  const pbx = new Asterisk({
    chroot,
    folder: join(folder, 'pbx'),
    ...pbxPlace,
    files: pbxFiles(placed, pbxPlace, worldPlace),
  });
  const world = new Asterisk({
    chroot,
    folder: join(folder, 'world'),
    ...worldPlace,
    files: worldFiles(placed, worldPlace, pbxPlace),
  });
  const timeline = new Timeline(placed);
  const stop = async (): Promise<void> => {
    await Promise.all([pbx.kill(), world.kill()]);
    claim.close();
    if (process.env['RINGSIDE_KEEP'] === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    // The phones register when the world comes up: the exchange must be there by then.
    await pbx.start();
    (await bootedClient(pbxPlace, 'record')).close();
    await world.start();
    const driver = await bootedClient(worldPlace, 'driver', timeline);
    return { placed, pbx, world, pbxPlace, worldPlace, timeline, driver, folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Logs in and waits for `FullyBooted`: before it, modules are still loading. */
async function bootedClient(place: AmiPlace, user: string, timeline?: Timeline): Promise<AmiClient> {
  let booted: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (booted = resolve));
  const onEvent = (event: AmiBlock): void => {
    if (event['event'] === 'FullyBooted') booted();
    timeline?.take(event);
  };
  const client = await AmiClient.login(
    { host: place.address, port: place.amiPort, ...place, user },
    { onEvent },
  );
  await ready;
  return client;
}

/**
 * Two loopback addresses nobody else uses: a listener on them is the claim, so that two runs at once cannot meet.
 * 127.0.0.0/8 is all loopback on Linux.
 */
async function claimPlaces(): Promise<{ pbxPlace: AmiPlace; worldPlace: AmiPlace; claim: Server }> {
  for (;;) {
    const net = `127.${randomInt(16, 250)}.${randomInt(1, 250)}`;
    const claim = await listen(`${net}.3`, 5038);
    if (claim === undefined) continue;
    const place = async (address: string, rtpStart: number): Promise<AmiPlace> => ({
      address,
      sipPort: await freeUdpPort(address),
      amiPort: await freeTcpPort(address),
      rtpStart,
      secret: randomBytes(12).toString('hex'),
    });
    return {
      pbxPlace: await place(`${net}.1`, 10000),
      worldPlace: await place(`${net}.2`, 10000),
      claim,
    };
  }
}

function listen(address: string, port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, address, () => resolve(server));
  });
}

async function freeTcpPort(address: string): Promise<number> {
  const server = await listen(address, 0);
  const bound = server?.address();
  await new Promise((resolve) => server?.close(resolve));
  if (bound === null || bound === undefined || typeof bound === 'string') throw new Error('no free port');
  return bound.port;
}

function freeUdpPort(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind(0, address, () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}
