import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { Provider } from 'oidc-provider';

export const CLIENT_SECRET = 'the-secret-of-the-client';

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

/** A real server to sign in at: whoever comes is who they say, and in the groups that stand behind a "+". */
export class Elsewhere {
  readonly issuer: string;
  readonly #server: Server;

  private constructor(issuer: string, server: Server) {
    this.issuer = issuer;
    this.#server = server;
  }

  static async start(callbacks: string[]): Promise<Elsewhere> {
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}`;
    const provider = new Provider(issuer, {
      clients: [{ client_id: 'ringside', client_secret: CLIENT_SECRET, redirect_uris: callbacks }],
      claims: { openid: ['sub'], profile: ['preferred_username'], groups: ['groups'] },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => {
          const [name = '', ...groups] = id.split('+');
          return { sub: id, preferred_username: name, groups };
        },
      }),
      cookies: { keys: ['for this test alone'] },
      ttl: { Interaction: 60, Session: 60, Grant: 60, AccessToken: 60, IdToken: 60 },
    });
    const server = provider.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new Elsewhere(issuer, server);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
