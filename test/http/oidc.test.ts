import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessDefinition } from '../../src/access/access-definition.ts';
import { Door } from '../../src/access/door.ts';
import type { SignInRecord } from '../../src/http/sign-in-routes.ts';
import { someUser } from '../access/some-users.ts';
import { Elsewhere, CLIENT_SECRET, freePort } from '../support/elsewhere.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { someAccess, someServer } from './some-server.ts';
import { Browser } from './browser.ts';

let elsewhere: Elsewhere;
/** One for each daemon: a connection that is kept alive to one before would end in its successor's stead. */
let ports: number[] = [];
beforeAll(async () => {
  ports = await Promise.all(Array.from({ length: 10 }, freePort));
  elsewhere = await Elsewhere.start(ports.map((port) => `http://127.0.0.1:${port}/sign-in/callback`));
});
afterAll(() => elsewhere.close());

/** A daemon that signs in there, on a port the other server knows. */
async function withDaemon(
  changes: Partial<AccessDefinition>,
  task: (daemon: { url: string; log: MemoryLog; records: SignInRecord[] }) => Promise<void>,
): Promise<void> {
  const port = ports.shift() ?? 0;
  const url = `http://127.0.0.1:${port}`;
  const access = someAccess({
    users: [someUser({ password: undefined })],
    oidc: {
      issuer: elsewhere.issuer,
      clientId: 'ringside',
      clientSecret: CLIENT_SECRET,
      title: 'Company login',
      scope: 'openid profile groups',
      nameClaim: 'preferred_username',
      groupsClaim: 'groups',
      groups: [{ group: 'gas', role: 'viewer', sees: { hotlines: ['gas'], queues: [], seats: [] } }],
    },
    ...changes,
  });
  const log = new MemoryLog();
  const records: SignInRecord[] = [];
  const door = new Door({ access, clock: new VirtualClock(), scheme: 'http', url });
  const server = someServer({ door, log, url, record: (entry) => records.push(entry) });
  await server.listen({ host: '127.0.0.1', port });
  try {
    await task({ url, log, records });
  } finally {
    await server.close();
  }
}

const saidIn = (log: MemoryLog): string => JSON.stringify(log.lines);

/** Goes there and says who it is; the answer is what it was shown when it came back. */
async function signInAs(browser: Browser, url: string, login: string): Promise<Response> {
  let page = await browser.get(`${url}/sign-in/elsewhere?next=/status`);
  for (const prompt of ['login', 'consent']) {
    const [, action] = /<form[^>]*action="([^"]+)"/.exec(await page.text()) ?? [];
    if (action === undefined) throw new Error('the other server shows no form');
    page = await browser.post(new URL(action, elsewhere.issuer).href, { prompt, login, password: 'any' });
  }
  return page;
}

describe('a sign-in elsewhere', () => {
  it('lets a user in whom the configuration names', async () => {
    await withDaemon({}, async ({ url, records }) => {
      const browser = new Browser();
      const shown = await signInAs(browser, url, 'li.na');
      expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining('url=/status')]);
      expect(await (await browser.get(`${url}/api/me`)).json()).toMatchObject({
        name: 'li.na',
        role: 'leader',
        kind: 'person',
        mayUnmask: true,
      });
      expect(records).toEqual([{ who: 'li.na', what: 'sign-in', detail: 'oidc' }]);
    });
  });

  it('lets a member of a group in, with what the group sees', async () => {
    await withDaemon({}, async ({ url }) => {
      const browser = new Browser();
      await signInAs(browser, url, 'wang+water+gas');
      expect(await (await browser.get(`${url}/api/me`)).json()).toMatchObject({
        name: 'wang',
        title: 'wang',
        role: 'viewer',
        sees: { hotlines: ['gas'], queues: [] },
      });
    });
  });

  it.each(['somebody', 'somebody+water', 'local+gas'])(
    'keeps out who is not known here: %s',
    async (login) => {
      await withDaemon({}, async ({ url, log, records }) => {
        const browser = new Browser();
        const shown = await signInAs(browser, url, login);
        expect([shown.status, await shown.text()]).toEqual([
          403,
          expect.stringContaining('You are known there, but not here'),
        ]);
        expect((await browser.get(`${url}/api/me`)).status).toBe(401);
        expect(records).toEqual([]);
        expect(saidIn(log)).toContain('is no user here, and in none of the groups');
        expect(saidIn(log)).not.toContain(CLIENT_SECRET);
      });
    },
  );

  it('is nothing that another page can begin for somebody', async () => {
    await withDaemon({}, async ({ url }) => {
      const [mine, theirs] = [new Browser(), new Browser()];
      await mine.get(`${url}/sign-in/elsewhere`);
      const without = await theirs.get(`${url}/sign-in/callback?code=abc&state=def`);
      expect([without.status, await without.text()]).toEqual([
        400,
        expect.stringContaining('began elsewhere'),
      ]);
      const wrong = await mine.get(`${url}/sign-in/callback?code=abc&state=def`);
      expect([wrong.status, await wrong.text()]).toEqual([401, expect.stringContaining('Try once more')]);
      // Once: what the browser kept is gone.
      expect((await mine.get(`${url}/sign-in/callback?code=abc&state=def`)).status).toBe(400);
    });
  });

  it('that asks nobody who answers says so', async () => {
    const issuer = `http://127.0.0.1:${await freePort()}`;
    await withDaemon({}, async ({ url }) => {
      const offered = await (await new Browser().get(`${url}/sign-in`)).text();
      expect(offered).toContain('Company login');
      expect(offered).not.toContain('name="password"');
    });
    const silent = {
      issuer,
      clientId: 'r',
      clientSecret: CLIENT_SECRET,
      title: 'x',
      scope: 'openid',
      nameClaim: 'sub',
      groupsClaim: 'groups',
      groups: [],
    };
    await withDaemon({ oidc: silent }, async ({ url, log }) => {
      const shown = await new Browser().get(`${url}/sign-in/elsewhere`);
      expect([shown.status, await shown.text()]).toEqual([502, expect.stringContaining('does not answer')]);
      expect(saidIn(log)).not.toContain(CLIENT_SECRET);
    });
  });
});
