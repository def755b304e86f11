import { expect, it, vi } from 'vitest';
import { startApp } from '../../src/app.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { loadConfigText } from '../../src/config/load.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { startPracticeServer } from '../../src/simulator/server.ts';

const SECRET = 'a secret that nobody may read';

it("no caller's number and no secret leaves the daemon: log at trace level, metrics, page, report, facts", async () => {
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
  const loaded = await loadConfigText(practice.configText, { file: 'practice', environment: {} });
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
  try {
    const closed = (): number => facts.filter((fact) => fact.type === 'call-closed').length;
    await vi.waitFor(() => expect(closed()).toBeGreaterThan(60), { timeout: 25_000, interval: 50 });
    const pages = await Promise.all(
      ['/', '/metrics', '/readyz', '/api/report', '/nowhere?caller=1'].map(async (path) => {
        const answer = await fetch(app.url + path);
        return await answer.text();
      }),
    );
    const everything = [...logged, ...pages, ...facts.map((fact) => JSON.stringify(fact))].join('\n');
    expect(callers.size).toBeGreaterThan(60);
    expect([...callers].filter((number) => everything.includes(number))).toEqual([]);
    expect(everything).not.toContain(SECRET);
  } finally {
    await app.stop();
    await practice.close();
  }
});
