import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { startApp } from '../../src/app.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { loadConfigText } from '../../src/config/load.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { startPracticeServer } from '../../src/simulator/server.ts';

/** Calls come in real time, and a busy machine is late: a bound against waiting without end, no more. */
const WITHIN_MS = 60_000;
const SECRET = 'a secret that nobody may read';

it(
  "no caller's number and no secret leaves the daemon: log at trace level, metrics, page, board, report, facts, journal",
  async () => {
    const callers = new Set<string>();
    const practice = await startPracticeServer({
      clock: systemClock,
      seed: 7,
      port: 0,
      user: 'ringside',
      secret: SECRET,
      callsPerHour: 2000,
      speed: 120,
      warmUpMs: 0,
      onIntent: (intent) => {
        if (intent.kind === 'inbound' && intent.caller !== '') callers.add(intent.caller);
        if (intent.kind === 'outbound') callers.add(intent.number);
      },
    });
    const logged: string[] = [];
    const folder = await mkdtemp(join(tmpdir(), 'ringside-confidential-'));
    const keyFile = join(folder, 'numbers.key');
    await writeFile(keyFile, `k1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    const journal = JSON.stringify({ file: join(folder, 'journal.db'), keyFile });
    const text = `${practice.configText}journal: ${journal}\n`;
    const loaded = await loadConfigText(text, { file: 'practice', environment: {}, keeps: true });
    if (!loaded.ok) throw new Error('the practice configuration has mistakes');
    const app = await startApp({
      config: { ...loaded.config, http: { host: '127.0.0.1', port: 0 } },
      version: 'test',
      clock: systemClock,
      log: createLogger('trace', { write: (line) => logged.push(line) }),
      jitter: () => 0,
    });
    const facts: Fact[] = [];
    app.pipeline.onFact((fact) => facts.push(fact));
    const pushed: string[] = [];
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/live`);
    socket.addEventListener('message', ({ data }) => pushed.push(String(data)));
    try {
      const closed = (): number => facts.filter((fact) => fact.type === 'call-closed').length;
      await vi.waitFor(() => expect(closed()).toBeGreaterThan(60), { timeout: WITHIN_MS, interval: 50 });
      const read = async (path: string): Promise<string> => await (await fetch(app.url + path)).text();
      const listCalls = () => read('/api/calls?limit=500');
      // What is told is committed a moment later.
      const calls = await vi.waitFor(
        async () => {
          const text = await listCalls();
          expect(idsIn(text).length).toBeGreaterThan(60);
          return text;
        },
        { timeout: WITHIN_MS, interval: 50 },
      );
      const listed = idsIn(calls);
      const month = listed[0]?.reachedAt.slice(0, 7) ?? '';
      const paths = [
        '/',
        '/status',
        '/metrics',
        '/readyz',
        '/api/report',
        '/nowhere?caller=1',
        '/api/call-backs',
      ];
      paths.push('/api/call-backs.csv', '/api/attempts', '/api/definition', `/api/reports/month/${month}`);
      const pages = await Promise.all([...paths, ...listed.map(({ id }) => `/api/calls/${id}`)].map(read));
      expect(pages.filter((page) => page.startsWith('{"error"'))).toHaveLength(1);
      expect(pages.filter((page) => page.includes('"attempt":{'))).not.toHaveLength(0);
      expect(pushed.filter((frame) => frame.includes('****'))).not.toHaveLength(0);
      await app.stop();
      const kept = await Promise.all(
        (await readdir(folder)).map((file) => readFile(join(folder, file), 'latin1')),
      );
      const everything = [
        ...logged,
        ...pushed,
        calls,
        ...pages,
        ...kept,
        ...facts.map((fact) => JSON.stringify(fact)),
      ].join('\n');
      expect(callers.size).toBeGreaterThan(60);
      expect([...callers].filter((number) => everything.includes(number))).toEqual([]);
      expect(everything).not.toContain(SECRET);
    } finally {
      socket.close();
      await app.stop();
      await practice.close();
      await rm(folder, { recursive: true });
    }
  },
  3 * WITHIN_MS,
);

const idsIn = (text: string) => (JSON.parse(text) as { calls: { id: string; reachedAt: string }[] }).calls;
