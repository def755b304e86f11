import { type App, startApp } from '../../src/app.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { NOTHING_KEPT } from '../support/nothing-kept.ts';
import { connection } from '../support/session-driver.ts';
import { answering, processorMs } from './push-child.ts';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
let app: App | undefined;

async function open({ port, definition }: { port: number; definition: WatchDefinition }): Promise<string> {
  app = await startApp({
    config: {
      definition,
      connections: [connection({ pbx: 'north', host: '127.0.0.1', port })],
      ...NOTHING_KEPT,
      http: { host: '127.0.0.1', port: 0 },
      log: { level: 'info' },
    },
    version: 'bench',
    clock: systemClock,
    log: SILENT,
    jitter: () => 0,
  });
  return app.url;
}

answering({ open, processorMs, close: () => app?.stop() });
