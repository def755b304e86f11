import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LinkFault, PbxConnection } from './connection.ts';
import { faultOf, openSocket } from './socket.ts';

export interface TlsBridge {
  /** A unix socket for one connection, in a folder that only this user may enter. */
  readonly path: string;
  /** Why the far side ended, once it has. */
  readonly fault: () => LinkFault | undefined;
  readonly close: () => Promise<void>;
}

/**
 * The packaged client knows no TLS but connects to a path as well: what it writes there goes to the exchange
 * encrypted, by the same settings as the reading session's.
 * @throws what the system throws where no folder or socket can be made.
 */
export async function openTlsBridge(to: PbxConnection): Promise<TlsBridge> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-'));
  const path = join(folder, 'ami');
  const ends: Socket[] = [];
  let fault: LinkFault | undefined;
  const server = createServer((near) => {
    // One client, one connection.
    server.close();
    ends.push(near);
    near.on('error', () => near.destroy());
    try {
      const far = openSocket(to, {
        connected: () => {},
        bytes: (chunk) => near.write(Buffer.from(chunk)),
        closed: (why) => {
          fault = why;
          near.destroy();
        },
      });
      ends.push(far);
      near.on('data', (chunk) => far.write(chunk));
      near.on('close', () => far.destroy());
    } catch (cause) {
      fault = faultOf(to, cause instanceof Error ? cause : undefined);
      near.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  const close = async (): Promise<void> => {
    for (const end of ends) end.destroy();
    server.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { path, fault: () => fault, close };
}
