import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';

const ENTRY = join(import.meta.dirname, '../src/ringside.js');
const GREETED = 'Ctrl-C ends it.';

interface Life {
  readonly code: number | null;
  readonly out: string;
}

/** Lives from its start until it has greeted and `isTold`, as a service of a manager that listens nowhere. */
async function liveAsService(path: string, isTold: (out: string) => boolean): Promise<Life> {
  const manager = { NOTIFY_SOCKET: '/nowhere/notify', WATCHDOG_USEC: '1000000' };
  const child = spawn(process.execPath, [ENTRY], {
    env: { ...process.env, ...manager, PATH: path, RINGSIDE_HTTP__PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  const ended = new Promise<Life>((resolve) => child.once('close', (code) => resolve({ code, out })));
  await vi.waitFor(() => expect(out.includes(GREETED) && isTold(out)).toBe(true), { timeout: 30_000 });
  child.kill('SIGTERM');
  return await ended;
}

function someFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-notify-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

it('serves without systemd-notify, says so once, and ends as ever', { timeout: 60_000 }, async () => {
  const { code, out } = await liveAsService(someFolder(), (text) =>
    text.includes('systemd-notify is not there'),
  );
  expect(code).toBe(0);
  expect(out.match(/the service manager cannot be told/g)).toHaveLength(1);
});

it(
  'hands each word to systemd-notify, one after the other, and where to say it to nobody else',
  { timeout: 60_000 },
  async () => {
    const folder = someFolder();
    const heard = join(folder, 'heard');
    writeFileSync(heard, '');
    const program = join(folder, 'systemd-notify');
    writeFileSync(
      program,
      `#!/bin/sh\nprintf '%s|' "$NOTIFY_SOCKET" "$WATCHDOG_USEC" "$@" >>${heard}\necho >>${heard}\n`,
    );
    chmodSync(program, 0o755);
    const path = [folder, process.env['PATH']].join(delimiter);
    const isStilledTwice = (): boolean => readFileSync(heard, 'utf8').split('WATCHDOG=1').length > 2;
    expect((await liveAsService(path, isStilledTwice)).code).toBe(0);
    const [ready, ...lines] = readFileSync(heard, 'utf8').trimEnd().split('\n');
    expect(ready).toMatch(/^\/nowhere\/notify\|\|READY=1\|STATUS=Serves http:\/\/127\.0\.0\.1:\d+\|$/);
    expect(lines.at(-1)).toBe('/nowhere/notify||STOPPING=1|');
    expect(new Set(lines.slice(0, -1))).toEqual(new Set(['/nowhere/notify||WATCHDOG=1|']));
  },
);

it('ends where it cannot start, and is not held up by who is to be told', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  const child = spawn(process.execPath, [ENTRY], {
    env: { ...process.env, NOTIFY_SOCKET: '/nowhere/notify', RINGSIDE_HTTP__PORT: String(port) },
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(1);
});
