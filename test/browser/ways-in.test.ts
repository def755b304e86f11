import { X509Certificate } from 'node:crypto';
import type { Browser, BrowserContext, Cookie } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { HOTLINES, QUEUES, seatOf } from '../../src/simulator/company.ts';
import { PASSWORD, PASSWORD_LINE, someToken } from '../access/some-users.ts';
import { selfSigned } from '../support/certificate.ts';
import { CLIENT_SECRET, Elsewhere, freePort } from '../support/elsewhere.ts';
import { Board } from './board.ts';
import { startChromium } from './chromium.ts';
import { QuietFloor } from './quiet-floor.ts';

const THEIRS = { hotlines: ['emergency'], queues: ['emergency'] };
const TOKEN = 'the-token-of-wall';
const DAY_S = 86_400;

let elsewhere: Elsewhere;
let floor: QuietFloor;
let browser: Browser;
beforeAll(async () => {
  const [port, pair] = await Promise.all([freePort(), selfSigned()]);
  const url = `https://127.0.0.1:${port}`;
  elsewhere = await Elsewhere.start([`${url}/sign-in/callback`]);
  [floor, browser] = await Promise.all([
    QuietFloor.open(port, {
      http: { url, tls: { certFile: 'ringside.crt', keyFile: 'ringside.key' } },
      access: {
        users: [{ name: 'wu', role: 'leader', password: PASSWORD_LINE }],
        tokens: [{ name: 'wall', for: 'kiosk', token: `sha256:${someToken().sha256}` }],
        oidc: {
          issuer: elsewhere.issuer,
          clientId: 'ringside',
          clientSecretFile: 'client.secret',
          title: 'Company login',
          scope: 'openid profile groups',
          groups: [{ group: 'gas-leaks', role: 'viewer', sees: THEIRS }],
        },
      },
      files: { 'ringside.crt': pair.cert, 'ringside.key': pair.key, 'client.secret': CLIENT_SECRET },
      ca: pair.cert,
    }),
    startChromium(inject('chromium'), new X509Certificate(pair.cert)),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await floor?.stop();
  elsewhere?.close();
});

test('over TLS the live connection is encrypted too, and the session stays with this page and this server', async () => {
  const context = await newContext();
  const page = await context.newPage();
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const certificate = page.waitForResponse(floor.url).then((response) => response.securityDetails());
  const board = await Board.open(page, floor.url);
  expect(await certificate).toMatchObject({ subjectName: 'pbx.test', protocol: 'TLS 1.3' });
  await board.signIn('wu', PASSWORD);
  await board.isLive();
  expect(new Set(sockets)).toEqual(new Set([`${floor.url.replace(/^https/, 'wss')}live`]));
  expect(await cookiesOf(context)).toMatchObject([
    { name: '__Host-ringside', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' },
  ]);
  expect(await page.evaluate('document.cookie')).toBe('');
  // Nothing is answered in clear.
  await expect(page.goto(floor.url.replace(/^https/, 'http'))).rejects.toThrow(/ERR_/);
  await board.close();
});

test('who signs in at the company is back on the page, and sees what the group sees', async () => {
  const leader = await open();
  await leader.signIn('wu', PASSWORD);
  await leader.isLive();
  const board = await open();
  await signInElsewhere(board, 'wang+gas-leaks');
  await board.isLive();
  await board.queue('emergency').waitFor();
  await board.page.getByText('wang viewer').waitFor();
  expect(new URL(board.page.url()).origin).toBe(new URL(floor.url).origin);
  expect(await cookiesOf(board.page.context())).toMatchObject([
    { name: '__Host-ringside', secure: true, httpOnly: true, sameSite: 'Strict' },
  ]);
  expect([...leader.faults, ...board.faults]).toEqual([]);
  const names = namesOfOthers();
  const [toAll, toWang] = [await leader.everything(), await board.everything()];
  expect(names.filter((name) => !toAll.includes(name))).toEqual([]);
  expect(names.filter((name) => toWang.includes(name))).toEqual([]);
  await Promise.all([leader.close(), board.close()]);
});

test('who is known at the company alone is told so, and shown nothing', async () => {
  const board = await open();
  await signInElsewhere(board, 'somebody+billing');
  await board.page.getByRole('alert').filter({ hasText: 'You are known there, but not here' }).waitFor();
  expect(await cookiesOf(board.page.context())).toEqual([]);
  expect(await board.everything()).not.toContain('emergency');
  await board.close();
});

test('a wall signs in once by its token, and shows the board again after a restart, which signs people out', async () => {
  const person = await open();
  await person.signIn('wu', PASSWORD);
  await person.isLive();
  // The page asks for the token itself, and so does the address that works without scripts.
  const wall = await open('?kiosk');
  await showToken(wall, 'the-token-of-nobody');
  await wall.page.getByRole('alert').filter({ hasText: 'The token is wrong.' }).waitFor();
  await wall.page.goto(`${floor.url}sign-in?kiosk`);
  await showToken(wall, TOKEN);
  await showsTheWall(wall);
  expect(wall.page.url()).toBe(`${floor.url}?kiosk`);
  const [cookie] = await cookiesOf(wall.page.context());
  expect(cookie).toMatchObject({ name: '__Host-ringside-kiosk', secure: true, httpOnly: true });
  expect((cookie?.expires ?? 0) - Date.now() / 1000).toBeGreaterThan(399 * DAY_S);

  await floor.restart(async () => {
    await Promise.all([wall, person].map((board) => board.banner('Connection lost').waitFor()));
  });
  await wall.banner('Connection lost').waitFor({ state: 'detached' });
  await showsTheWall(wall);
  await person.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await wall.page.reload();
  await showsTheWall(wall);
  floor.callInVain('13900004321', 5000);
  await wall.page
    .getByRole('listitem')
    .filter({ hasText: /emergency.*0:0\d/ })
    .waitFor();
  expect(await wall.page.content()).not.toContain('4321');
  expect(wall.faults).toEqual([]);
  await Promise.all([wall.close(), person.close()]);
});

async function open(path = ''): Promise<Board> {
  return Board.open(await (await newContext()).newPage(), `${floor.url}${path}`);
}

const newContext = (): Promise<BrowserContext> => browser.newContext({ locale: 'en-GB' });

/** Ours: a browser keeps those of the other server by the same address, which has no port in it. */
const cookiesOf = async (context: BrowserContext): Promise<Cookie[]> =>
  (await context.cookies()).filter(({ name }) => name.includes('ringside'));

/** By the pages of the other server. */
async function signInElsewhere({ page }: Board, login: string): Promise<void> {
  await page.getByRole('link', { name: 'Company login' }).click();
  await page.waitForURL(`${elsewhere.issuer}/**`);
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('any');
  await page.getByRole('button').click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function showToken({ page }: Board, token: string): Promise<void> {
  await page.getByLabel('Token of this display').fill(token);
  await page.getByRole('button', { name: 'Show the board' }).click();
}

async function showsTheWall({ page }: Board): Promise<void> {
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByText('Longest wait').waitFor();
}

/**
 * Of all hotlines, queues and their people but those of the emergency number; a hotline's name, "service", is a word of
 * the page too.
 */
function namesOfOthers(): readonly string[] {
  return [
    ...HOTLINES.filter(({ name }) => !THEIRS.hotlines.includes(name)).flatMap(({ name, title }) => [
      `"${name}"`,
      title,
    ]),
    ...QUEUES.filter(({ name }) => !THEIRS.queues.includes(name)).flatMap(({ name, seats }) => [
      name,
      ...seats.map((seat) => seatOf(seat).agent),
    ]),
  ];
}
