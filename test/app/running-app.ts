import { vi } from 'vitest';
import type { PbxConnection } from '../../src/ami/connection.ts';
import { type App, startApp } from '../../src/app.ts';
import type { CompiledConfig } from '../../src/config/compile.ts';
import type { Readiness } from '../../src/http/readiness.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { NOTHING_KEPT } from '../support/nothing-kept.ts';
import { someWatch } from '../support/definitions.ts';
import { connection } from '../support/session-driver.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const STEP_MS = 200;

/** A daemon on a clock that goes on only while a test waits for something. */
export class RunningApp {
  readonly clock: VirtualClock;
  readonly log: MemoryLog;
  readonly app: App;

  readonly #config: CompiledConfig;

  private constructor(app: App, config: CompiledConfig, clock: VirtualClock, log: MemoryLog) {
    this.app = app;
    this.#config = config;
    this.clock = clock;
    this.log = log;
  }

  static async start(
    to: Partial<PbxConnection>,
    changes: Partial<CompiledConfig> = {},
    clock = new VirtualClock(Date.now()),
  ): Promise<RunningApp> {
    const log = new MemoryLog();
    const config: CompiledConfig = {
      definition: someWatch(),
      connections: [connection({ pbx: 'north', ...to })],
      ...NOTHING_KEPT,
      http: { host: '127.0.0.1', port: 0 },
      log: { level: 'info' },
      ...changes,
    };
    const app = await startApp({ config, version: 'test', clock, log, jitter: () => 0 });
    return new RunningApp(app, config, clock, log);
  }

  /** A reload in which nothing but this is another. */
  async reload(changes: Partial<CompiledConfig>): Promise<void> {
    await this.app.reload({ ...this.#config, ...changes });
  }

  /** A reload that brings the authority which the exchange's certificate is signed by. */
  async trust(authority: string): Promise<void> {
    const connections = this.#config.connections.map((to) => ({
      ...to,
      tls: { ca: authority, serverName: undefined, verify: true },
    }));
    await this.reload({ connections });
  }

  /** Lets time pass in small steps until it is so. */
  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    await vi.waitFor(
      async () => {
        const is = await isSo();
        if (is) return;
        this.clock.advance(STEP_MS);
        throw new Error('what the test waits for has not come');
      },
      { timeout: 20_000, interval: 5 },
    );
  }

  async ready(): Promise<{ status: number; body: Readiness }> {
    const answer = await fetch(`${this.app.url}/readyz`);
    return { status: answer.status, body: (await answer.json()) as Readiness };
  }

  /** Value of one series of `/metrics`; undefined where it is absent. */
  async metric(series: string): Promise<number | undefined> {
    const page = await (await fetch(`${this.app.url}/metrics`)).text();
    const line = page.split('\n').find((one) => one.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  }
}
