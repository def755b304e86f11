import type { Locator, Page, Request } from 'playwright-core';

/** What one browser shows of the board, found as somebody who looks or listens finds it: by roles, names and words. */
export class Board {
  readonly page: Page;
  /** Every text that came over a socket, as it came. */
  readonly frames: string[] = [];
  /** What broke in the page, and what our own policy kept it from. */
  readonly faults: string[] = [];
  /** Every answer of the daemon that is no file of the page, with its address. */
  readonly #answers: Promise<string>[] = [];
  readonly #url: string;

  private constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
    page.setDefaultTimeout(30_000);
    page.on('pageerror', ({ message }) => this.faults.push(message));
    page.on('console', (said) => {
      if (/Content Security Policy/i.test(said.text())) this.faults.push(said.text());
    });
    page.on('requestfinished', (request) => {
      const { pathname, href } = new URL(request.url());
      if (pathname.startsWith('/api/')) this.#answers.push(answerTo(request, href));
    });
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => this.frames.push(payload.toString()));
    });
  }

  static async open(page: Page, url: string): Promise<Board> {
    const board = new Board(page, url);
    await page.goto(url);
    return board;
  }

  async signIn(name: string, password: string): Promise<void> {
    await this.page.getByLabel('Name').fill(name);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Resolves when the picture is whole and the daemon is heard. */
  async isLive(): Promise<void> {
    await this.page.getByText('Live', { exact: true }).waitFor();
    await this.page.getByRole('heading', { name: 'Queues', exact: true }).waitFor();
  }

  /** Another page of the same browser, with the same session. */
  async another(): Promise<Board> {
    return Board.open(await this.page.context().newPage(), this.#url);
  }

  queue(name: string): Locator {
    return this.page
      .getByRole('article')
      .filter({ has: this.page.getByRole('heading', { name, exact: true }) });
  }

  callers(queue: string): Locator {
    return this.queue(queue).getByRole('list', { name: 'Callers in line' }).getByRole('listitem');
  }

  /** The tile of one seat, where it says all of this. */
  seat(agent: string, ...says: readonly string[]): Locator {
    return says.reduce(
      (found, text) => found.filter({ hasText: text }),
      // What can be done with a seat has its name further on.
      this.page
        .getByRole('region', { name: 'Seats' })
        .getByRole('button', { name: new RegExp(`^(move asked )?${agent}\\b`) }),
    );
  }

  /** What was asked of the exchange, and what became of it. */
  get moves(): Locator {
    return this.page.getByRole('region', { name: 'Moves', exact: true }).getByRole('listitem');
  }

  /** What is said at once and large. */
  banner(title: string): Locator {
    return this.page.getByRole('region', { name: title });
  }

  /** Whatever is on the page, and all that was said to it. */
  async everything(): Promise<string> {
    return [await this.page.content(), ...(await Promise.all(this.#answers)), ...this.frames].join('\n');
  }

  /** Opens a socket of its own from this page, as the same user, sends this, and tells the first answer to it. */
  ask(frame: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    return this.page.evaluate(
      ({ text, url }) =>
        new Promise<Record<string, unknown>>((resolve, reject) => {
          const socket = new WebSocket(url);
          socket.addEventListener('open', () => socket.send(text));
          socket.addEventListener('close', ({ code }) => reject(new Error(`closed with ${code}`)));
          socket.addEventListener('message', ({ data }) => {
            const said = JSON.parse(String(data)) as Record<string, unknown>;
            if (said['type'] !== 'answer') return;
            resolve(said);
            socket.close();
          });
        }),
      { text: JSON.stringify(frame), url: new URL('live', this.#url.replace(/^http/, 'ws')).href },
    );
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

async function answerTo(request: Request, href: string): Promise<string> {
  try {
    return `${href}\n${(await (await request.response())?.text()) ?? ''}`;
  } catch {
    // It went with the page that had asked for it.
    return href;
  }
}

/** The seconds that a running time shows (`0:05`, `1:02:05`). */
export function secondsShown(text: string): number {
  const shown = /(?:(\d+):)?(\d+):(\d\d)/.exec(text);
  if (shown === null) throw new Error(`no running time in "${text}"`);
  const [h = 0, m = 0, s = 0] = shown.slice(1).map((part) => Number(part ?? 0));
  return h * 3600 + m * 60 + s;
}
