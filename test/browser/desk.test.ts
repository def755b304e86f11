import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { maskNumber } from '../../src/lib/mask.ts';
import { PASSWORD, PASSWORD_LINE } from '../access/some-users.ts';
import { freePort } from '../support/elsewhere.ts';
import { Board } from './board.ts';
import { startChromium } from './chromium.ts';
import { QuietFloor } from './quiet-floor.ts';

const CALLER = '13900004321';
const MASKED = maskNumber(CALLER);
/** Longer than a short abandon, which is owed nothing. */
const WAIT_MS = 5500;
/** Two to a sound. */
const TONES = 2;
const SHOWN_MS = 20_000;

let floor: QuietFloor;
let browser: Browser;
let leader: Board;
let viewer: Board;
beforeAll(async () => {
  const users = [
    { name: 'wu', role: 'leader' },
    { name: 'gao', role: 'viewer' },
    { name: 'xu', role: 'admin' },
  ].map((user) => ({ ...user, password: PASSWORD_LINE }));
  [floor, browser] = await Promise.all([
    QuietFloor.open(await freePort(), { access: { users } }),
    startChromium(inject('chromium')),
  ]);
  [leader, viewer] = await Promise.all([signIn('wu'), signIn('gao')]);
});
afterAll(async () => {
  await browser?.close();
  await floor?.stop();
});

test('a new breach sounds and is notified where that was wanted, without a number, and is quiet once acknowledged', async () => {
  await leader.page.goto(`${floor.url}#/breaches`);
  await leader.page.getByRole('switch', { name: 'Notification' }).check();
  expect(await askedOf(leader.page)).toEqual({ tones: 0, notices: [], closed: [] });
  await leader.page.getByRole('switch', { name: 'Sound' }).check();
  await askedUntil(leader.page, ({ tones }) => tones === TONES);

  floor.callInVain(CALLER, WAIT_MS);
  for (const board of [leader, viewer]) await breach(board, 'emergency not answered').waitFor();
  await breach(leader, 'call-back overdue').waitFor();
  const asked = await askedUntil(leader.page, ({ notices }) => notices.length === 2);
  expect(asked.notices.toSorted()).toEqual([
    'call-back overdue: Gas leak emergency',
    'emergency not answered: Gas leak emergency',
  ]);
  // One for each time that something new came, and one that was the example.
  expect([2, 3].map((sounds) => sounds * TONES)).toContain(asked.tones);

  await breach(leader, 'emergency not answered')
    .getByRole('button', { name: /Acknowledge/ })
    .click();
  await leader.page.getByText('acknowledged by wu').waitFor();
  // The floor shows those alone that nobody has taken note of.
  await breach(viewer, 'emergency not answered').waitFor({ state: 'detached' });
  const after = await askedUntil(leader.page, ({ closed }) => closed.length === 1);
  expect(after.closed).toEqual([expect.stringContaining('emergency not answered')]);
  expect(after.tones).toBe(asked.tones);
  expect(await askedOf(viewer.page)).toEqual({ tones: 0, notices: [], closed: [] });
});

test("a leader looks at one caller's number, which is written down, and it is masked again", async () => {
  for (const board of [leader, viewer]) {
    await board.page.goto(`${floor.url}#/breaches`);
    await breach(board, 'emergency not answered').getByRole('link', { name: 'The call' }).click();
    await board.page.getByRole('heading', { name: 'What decided it' }).waitFor();
    expect(await board.everything()).not.toContain(CALLER);
  }
  const show = { name: 'Show the number' } as const;
  expect(await viewer.page.getByRole('button', show).count()).toBe(0);
  const id = decodeURIComponent(new URL(leader.page.url()).hash.replace('#/calls/', ''));
  const [pbx = '', uniqueid = ''] = id.split(':');
  const frame = { type: 'unmask', id: '1', pbx, uniqueid };
  expect(await viewer.ask(frame)).toMatchObject({ id: '1', ok: false, code: 'not-allowed' });

  await leader.page.clock.install();
  await leader.page.getByRole('button', show).click();
  await leader.page.getByText(CALLER).waitFor();
  await leader.page.getByText(/masked again in \d+ s; this look was recorded/).waitFor();
  await leader.page.clock.runFor(SHOWN_MS + 1000);
  await leader.page.getByRole('button', show).waitFor();
  expect(await leader.page.content()).not.toContain(CALLER);
  expect(await viewer.everything()).not.toContain(CALLER);
  expect(await audit()).toContainEqual(
    expect.objectContaining({ who: 'wu', what: 'looked at a number', about: id }),
  );
});

test('a call-back is closed with a reason, and everybody sees that nobody is owed one', async () => {
  for (const board of [leader, viewer]) {
    await board.page.goto(`${floor.url}#/call-backs`);
    await board.page.getByRole('heading', { name: MASKED }).waitFor();
  }
  expect(await viewer.page.getByRole('button', { name: 'Close' }).count()).toBe(0);
  await leader.page.getByRole('button', { name: 'Close' }).click();
  const dialog = leader.page.getByRole('dialog', { name: `Close the call-back of ${MASKED}` });
  const close = dialog.getByRole('button', { name: 'Close' });
  expect(await close.isDisabled()).toBe(true);
  expect(await dialog.getByRole('radio', { name: 'could not be reached' }).isDisabled()).toBe(true);
  await dialog.getByRole('radio', { name: 'reached in another way' }).check();
  await dialog.getByLabel('In your own words').fill('came to the counter');
  await close.click();
  await dialog.waitFor({ state: 'detached' });
  for (const board of [leader, viewer]) {
    await board.page.getByText('Nobody is owed a call back.').waitFor();
  }
  expect(await audit()).toContainEqual(
    expect.objectContaining({
      who: 'wu',
      what: 'call-back-closed',
      detail: 'reached-otherwise: came to the counter',
    }),
  );
  await leader.page.goto(`${floor.url}#/breaches`);
  await breach(leader, 'call-back overdue').filter({ hasText: '–' }).waitFor();
  expect([...leader.faults, ...viewer.faults]).toEqual([]);
});

/** What a page asked the browser for that cannot be seen or heard here. */
interface Asked {
  tones: number;
  readonly notices: string[];
  readonly closed: string[];
}

/** A browser of somebody's own that writes down each tone and each notice. */
async function signIn(name: string): Promise<Board> {
  const context = await browser.newContext({ locale: 'en-GB' });
  await context.addInitScript(noteWhatIsAsked);
  const board = await Board.open(await context.newPage(), floor.url);
  await board.signIn(name, PASSWORD);
  await board.isLive();
  return board;
}

/** Runs in the page, before anything of it. */
function noteWhatIsAsked(): void {
  const page = globalThis as unknown as {
    asked: Asked;
    Notification: unknown;
    OscillatorNode: { prototype: { start(at?: number): void } };
  };
  page.asked = { tones: 0, notices: [], closed: [] };
  const { prototype } = page.OscillatorNode;
  const { start } = prototype;
  prototype.start = function startAndTell(at) {
    page.asked.tones += 1;
    start.call(this, at);
  };
  page.Notification = class extends EventTarget {
    static permission = 'default';
    static requestPermission(): Promise<string> {
      this.permission = 'granted';
      return Promise.resolve(this.permission);
    }
    readonly words: string;
    constructor(title: string, { body }: { readonly body: string }) {
      super();
      this.words = `${title}: ${body}`;
      page.asked.notices.push(this.words);
    }
    close(): void {
      page.asked.closed.push(this.words);
    }
  };
}

const askedOf = (page: Page): Promise<Asked> => page.evaluate('asked') as Promise<Asked>;

async function askedUntil(page: Page, holds: (asked: Asked) => boolean): Promise<Asked> {
  for (;;) {
    const asked = await askedOf(page);
    if (holds(asked)) return asked;
    await page.waitForFunction(
      (before) => JSON.stringify((globalThis as never)['asked']) !== before,
      JSON.stringify(asked),
    );
  }
}

const breach = ({ page }: Board, kind: string) => page.getByRole('listitem').filter({ hasText: kind });

/** As an administrator reads it. */
async function audit(): Promise<readonly object[]> {
  const board = await signIn('xu');
  const text = await board.page.evaluate(async () => (await fetch('/api/audit')).text());
  await board.close();
  expect(text).not.toContain(CALLER);
  return (JSON.parse(text) as { readonly entries: readonly object[] }).entries;
}
