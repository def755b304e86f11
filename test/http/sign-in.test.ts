import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import type { AccessDefinition } from '../../src/access/access-definition.ts';
import { Door } from '../../src/access/door.ts';
import { PasswordDesk } from '../../src/access/password-desk.ts';
import { isPassword } from '../../src/access/password-hash.ts';
import { createServer } from '../../src/http/server.ts';
import type { SignInRecord } from '../../src/http/sign-in-routes.ts';
import { PASSWORD, someToken, someUser } from '../access/some-users.ts';
import { selfSigned } from '../support/certificate.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { Browser } from './browser.ts';
import { someAccess, someServerPorts } from './some-server.ts';

const open: FastifyInstance[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const ACCESS = {
  users: [someUser(), someUser({ name: 'elsewhere', password: undefined })],
  tokens: [someToken(), someToken({ name: 'prom', for: 'metrics' })],
};

const knows: typeof isPassword = (password) => Promise.resolve(password === PASSWORD);

/** A daemon on a real socket; by default it knows the password at once. */
async function serve(changes: Partial<AccessDefinition> = ACCESS, check: typeof isPassword = knows) {
  const clock = new VirtualClock();
  const door = new Door({ access: someAccess(changes), clock, scheme: 'http' });
  const records: SignInRecord[] = [];
  const server = createServer({
    ...someServerPorts(),
    door,
    desk: new PasswordDesk(clock, check),
    record: (entry) => records.push(entry),
  });
  open.push(server);
  return { url: await server.listen({ host: '127.0.0.1', port: 0 }), clock, door, records };
}

const asJson = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/sign-in`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const wrong = (url: string, name = 'li.na'): Promise<Response> => asJson(url, { name, password: 'wrong' });
const right = (url: string): Promise<Response> => asJson(url, { name: 'li.na', password: PASSWORD });

describe('whoever is not signed in', () => {
  it.each([
    '/api/report',
    '/api/report/schema',
    '/api/calls',
    '/api/definition',
    '/api/schema',
    '/api/audit',
    '/api/call-backs.csv',
    '/api/reports/day/2026-11-20',
    '/metrics',
  ])('gets nothing at %s', async (path) => {
    const { url } = await serve();
    const answer = await fetch(`${url}${path}`);
    const body = (await answer.json()) as { error: string };
    expect([answer.status, body.error, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'not signed in',
      'Bearer',
    ]);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each(['/healthz', '/readyz', '/sign-in', '/page.css'])('is answered at %s', async (path) => {
    const { url } = await serve();
    expect((await fetch(`${url}${path}`)).status).toBe(200);
  });

  it('is told at /readyz only whether, not why', async () => {
    const { url } = await serve();
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
      ready: true,
      pbxs: [{ pbx: 'north', ready: true, state: 'ready' }],
    });
  });

  it('is shown the way in by the plain page, and comes back to it', async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/status`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fstatus']);
    const browser = new Browser();
    const shown = await browser.post(`${url}/sign-in`, {
      name: 'li.na',
      password: PASSWORD,
      next: '/status',
    });
    expect([shown.url, shown.status]).toEqual([`${url}/status`, 200]);
  });

  it('learns at /api/me which ways in there are', async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/api/me`);
    expect([answer.status, await answer.json()]).toEqual([
      401,
      { error: 'not signed in', see: '/sign-in', ways: { password: true, elsewhere: null } },
    ]);
  });
});

describe('a password', () => {
  it('opens a session, in a cookie no script can read', async () => {
    const { url, records } = await serve(ACCESS, isPassword);
    const browser = new Browser();
    const me = await browser.post(`${url}/sign-in`, { name: 'li.na', password: PASSWORD, next: '/api/me' });
    expect(await me.json()).toEqual({
      name: 'li.na',
      title: 'Li Na',
      role: 'leader',
      kind: 'person',
      mayUnmask: true,
      sees: { hotlines: 'all', queues: 'all', seats: [] },
    });
    expect(browser.setCookies).toEqual([
      expect.stringMatching(/^ringside=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    expect((await browser.get(`${url}/api/report`)).status).toBe(200);
    expect(records).toEqual([{ who: 'li.na', what: 'sign-in', detail: 'password' }]);
    await browser.post(`${url}/sign-out`, {});
    expect((await browser.get(`${url}/api/report`)).status).toBe(401);
    expect(records.at(-1)).toEqual({ who: 'li.na', what: 'sign-out', detail: '' });
  });

  it('is refused in the same words whether the name is known or not, and only a known name is written down', async () => {
    const { url, records } = await serve();
    const said = [];
    for (const name of ['li.na', 'nobody', 'elsewhere', '13800138000']) {
      const answer = await wrong(url, name);
      said.push([answer.status, await answer.text(), answer.headers.get('set-cookie')]);
    }
    const words = JSON.stringify({ error: 'refused', words: 'Name or password is wrong.' });
    expect(said).toEqual(Array.from({ length: 4 }, () => [401, words, null]));
    expect(records).toEqual([
      { who: 'li.na', what: 'sign-in-refused', detail: 'password' },
      { who: 'elsewhere', what: 'sign-in-refused', detail: 'password' },
    ]);
  });

  it('may be tried ten times for a name, and then once a minute', async () => {
    const { url, clock } = await serve();
    for (let i = 0; i < 10; i++) expect((await wrong(url)).status).toBe(401);
    const late = await right(url);
    expect([late.status, late.headers.get('retry-after'), await late.json()]).toEqual([
      429,
      '60',
      { error: 'too many tries', words: 'Too many tries: again in 60 s.' },
    ]);
    clock.advance(60_000);
    expect((await right(url)).status).toBe(200);
    // What was right counts for nothing: the next is as good as the first.
    expect((await right(url)).status).toBe(200);
  });

  it('may be tried twenty times from an address, whatever the names', async () => {
    const { url, clock } = await serve();
    for (let i = 0; i < 20; i++) expect((await wrong(url, `nobody ${i}`)).status).toBe(401);
    expect((await wrong(url, 'another')).status).toBe(429);
    expect((await asJson(url, { token: 'the-token-of-wall' })).status).toBe(429);
    clock.advance(10_000);
    expect((await wrong(url, 'another')).status).toBe(401);
  });

  it.each([
    {},
    { name: 'li.na' },
    { name: 'li.na', password: 5 },
    { name: ['li.na'], password: 'x' },
    { name: 'x'.repeat(201), password: 'x' },
    [],
  ])('that is none is said so: %j', async (body) => {
    const { url } = await serve();
    const answer = await asJson(url, body);
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: 'bad request', words: 'Name and password are missing.' },
    ]);
  });

  it('is not asked for where there are no users', async () => {
    const { url } = await serve({});
    expect(await (await right(url)).json()).toEqual({
      error: 'nobody signs in',
      words: 'Nobody has to sign in here: no users are configured.',
    });
  });
});

describe('a page of others', () => {
  it.each(['https://evil.example.net', 'null', undefined])('may not send: Origin %s', async (origin) => {
    const { url } = await serve();
    const headers = { 'content-type': 'application/json', ...(origin !== undefined && { origin }) };
    for (const path of ['/sign-in', '/sign-out']) {
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: '{}' });
      expect([answer.status, await answer.json()]).toEqual([
        403,
        {
          error: 'not from here',
          words: 'only a page of this address may send: its Origin must be ours, or one of access.origins',
        },
      ]);
    }
  });

  it('cannot have its own name point here while nobody signs in', async () => {
    const { url } = await serve({});
    const server = open.at(-1);
    const answer = await server?.inject({ url: '/api/report', headers: { host: 'evil.example.net' } });
    expect([answer?.statusCode, answer?.json<{ error: string }>().error]).toEqual([421, 'not here']);
    expect((await fetch(`${url}/api/report`)).status).toBe(200);
  });

  it.each([
    '//evil.example.net',
    '/\\evil.example.net',
    'https://evil.example.net',
    '/a\\b',
    '/\t/evil.example.net',
    '/sign-in',
    'javascript:alert(1)',
  ])('cannot have somebody sent to it afterwards: %s', async (next) => {
    const { url } = await serve();
    const answer = await fetch(`${url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: url, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ name: 'li.na', password: PASSWORD, next }).toString(),
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
  });
});

describe('a machine', () => {
  it('on a wall signs in by its token once, and looks', async () => {
    const { url } = await serve();
    const browser = new Browser();
    const form = await (await browser.get(`${url}/sign-in?kiosk`)).text();
    expect(form).toContain('Token of this display');
    await browser.post(`${url}/sign-in`, { token: 'the-token-of-wall', next: '/api/me' });
    expect(await (await browser.get(`${url}/api/me`)).json()).toMatchObject({
      name: 'wall',
      kind: 'machine',
      role: 'viewer',
      mayUnmask: false,
    });
    expect((await browser.get(`${url}/api/audit`)).status).toBe(403);
  });

  it('with a wrong token is refused', async () => {
    const { url } = await serve();
    const answer = await asJson(url, { token: 'the-token-of-prom' });
    expect([answer.status, await answer.json()]).toEqual([
      401,
      { error: 'refused', words: 'The token is wrong.' },
    ]);
  });

  it('reads metrics by its token, and nothing else', async () => {
    const { url } = await serve();
    const headers = { authorization: 'Bearer the-token-of-prom' };
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/api/report`, { headers })).status).toBe(401);
  });
});

describe('over TLS', () => {
  it('the cookie is sent over nothing else, and the browser comes so from now on', async () => {
    const tls = await selfSigned();
    const door = new Door({ access: someAccess(ACCESS), clock: new VirtualClock(), scheme: 'https' });
    const server = createServer({ ...someServerPorts(), door, tls });
    open.push(server);
    const answer = await server.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { host: 'ringside.test', origin: 'https://ringside.test', 'content-type': 'application/json' },
      payload: { name: 'li.na', password: PASSWORD },
    });
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-ringside=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(answer.headers['strict-transport-security']).toBe('max-age=15768000');
  });
});
