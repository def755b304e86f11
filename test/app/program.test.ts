import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AmiServer } from '../support/ami-server.ts';

const ENTRY = join(import.meta.dirname, '../../src/ringside.js');
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

interface Program {
  readonly process: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** Exit code and the signal that ended it. */
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
}

function start(words: readonly string[], options: { nodeWords?: string[]; env?: object } = {}): Program {
  const child = spawn(process.execPath, [...(options.nodeWords ?? []), ENTRY, ...words], {
    env: { ...process.env, RINGSIDE_HTTP__PORT: '0', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  cleanups.push(() => child.kill('SIGKILL'));
  return { process: child, out: () => out, err: () => err, ended };
}

const until = (isSo: () => boolean | Promise<boolean>, timeout = 20_000): Promise<void> =>
  vi.waitFor(async () => expect(await isSo()).toBe(true), { timeout, interval: 20 });

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'ringside-program-'));
  cleanups.push(() => rmSync(made, { recursive: true }));
  return made;
}

const urlOf = (text: string): string => /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '';
const ready = async (url: string): Promise<boolean> => (await fetch(`${url}/readyz`)).status === 200;

const config = (port: number, hotlines: string): string => `
company: { zone: Asia/Shanghai }
pbxs:
  - name: hq
    ami: { host: 127.0.0.1, port: ${port}, user: ringside, secretEnv: PROGRAM_TEST_SECRET }
    trunks: [{ name: carrier, interface: PJSIP/carrier }]
hotlines:
${hotlines}
`;
const HOTLINE =
  '  - { name: gas, kind: people, numbers: ["4001"], hours: { week: { mon-sun: "08:00-20:00" } } }\n';
const SECOND =
  '  - { name: water, kind: people, numbers: ["4002"], hours: { week: { mon-sun: "08:00-20:00" } } }\n';

describe('the program', () => {
  it(
    'without a configuration watches the practice exchange, and Ctrl-C ends it cleanly',
    { timeout: 120_000 },
    async () => {
      const program = start([]);
      await until(() => program.out().includes('Ctrl-C ends it.'));
      expect(program.out()).toContain('Ringside watches the built-in practice exchange');
      const url = urlOf(program.out());
      expect(program.out()).toContain(`${url}/metrics`);
      await until(() => ready(url));
      await until(async () => {
        const page = await (await fetch(`${url}/metrics`)).text();
        return /^ringside_scored_total\{.*result="hit"\} [1-9]/m.test(page);
        // Nobody may call for half a minute, by the hour at which this is run.
      }, 90_000);
      program.process.kill('SIGINT');
      expect(await program.ended).toEqual({ code: 0, signal: null });
      expect(program.err()).toBe('');
    },
  );

  it('says every mistake of a configuration and does not start', async () => {
    const file = join(folder(), 'bad.yaml');
    writeFileSync(file, config(5038, HOTLINE.replace('people', 'peeple')).replace('user:', 'usr:'));
    const program = start(['--config', file], { env: { PROGRAM_TEST_SECRET: 'not to be said' } });
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.err()).toContain(`${file}:5:`);
    expect(program.err()).toContain('peeple');
    expect(program.err()).toMatch(/not started: \d+ errors/);
    expect(program.err()).not.toContain('not to be said');
    expect(program.out()).toBe('');
  });

  it('takes a new configuration over at SIGHUP, or none of it', async () => {
    const exchange = await new AmiServer({ user: 'ringside', secret: 'program secret' }).listen();
    cleanups.push(() => exchange.close());
    const file = join(folder(), 'ringside.yaml');
    writeFileSync(file, config(exchange.port, HOTLINE));
    const program = start(['--config', file], { env: { PROGRAM_TEST_SECRET: 'program secret' } });
    await until(() => program.out().includes('Ctrl-C ends it.'));
    const url = urlOf(program.out());
    await until(() => ready(url));
    const hotlines = async (): Promise<string[]> => {
      const report = (await (await fetch(`${url}/api/report`)).json()) as { hotlines: { hotline: string }[] };
      return report.hotlines.map(({ hotline }) => hotline);
    };

    writeFileSync(file, config(exchange.port, `${HOTLINE}${SECOND}`.replace('people', 'peeple')));
    program.process.kill('SIGHUP');
    await until(() => program.out().includes('configuration not reloaded'));
    expect(await hotlines()).toEqual(['gas']);

    writeFileSync(file, config(exchange.port, HOTLINE + SECOND));
    program.process.kill('SIGHUP');
    await until(() => program.out().includes('configuration reloaded'));
    expect(await hotlines()).toEqual(['gas', 'water']);
    expect(await ready(url)).toBe(true);
    expect(exchange.exchanges).toHaveLength(1);

    program.process.kill('SIGTERM');
    expect(await program.ended).toEqual({ code: 0, signal: null });
  });

  it('says which port is taken', async () => {
    const exchange = await new AmiServer().listen();
    cleanups.push(() => exchange.close());
    const program = start([], { env: { RINGSIDE_HTTP__PORT: String(exchange.port) } });
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.err()).toBe(
      `not started: port ${exchange.port} on 127.0.0.1 is taken: set another http.port (0 for any free one)\n`,
    );
  });

  it('says which Node.js it needs where that is too old', async () => {
    const older = "Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })";
    const program = start([], {
      nodeWords: ['--import', `data:text/javascript,${encodeURIComponent(older)}`],
    });
    expect((await program.ended).code).toBe(1);
    expect(program.err()).toContain('ringside needs Node.js 24.21 or later; this is 20.20.2.');
    expect(program.err()).toContain('npm start');
  });

  it('prints its help and its version', async () => {
    const help = start(['--help']);
    expect((await help.ended).code).toBe(0);
    expect(help.out()).toContain('ringside doctor --config FILE');
    expect(help.out()).toContain('RINGSIDE_HTTP__PORT');
    const version = start(['--version']);
    expect((await version.ended).code).toBe(0);
    expect(version.out()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
