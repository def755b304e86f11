import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { AccessDefinition } from '../../src/access/access-definition.ts';
import { Door } from '../../src/access/door.ts';
import { PasswordDesk } from '../../src/access/password-desk.ts';
import { compileAccess } from '../../src/config/compile-access.ts';
import { accessSchema } from '../../src/config/schema-access.ts';
import { readinessOf } from '../../src/http/readiness.ts';
import { createServer, type HttpPorts } from '../../src/http/server.ts';
import type { JournalPorts } from '../../src/http/journal-ports.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { JournalStatus } from '../../src/store/ports.ts';
import { someWatch } from '../support/definitions.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { someLink } from '../support/picture.ts';
import { someReport } from '../support/report.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** Nobody has to sign in, but for what a test says. */
export function someAccess(changes: Partial<AccessDefinition> = {}): AccessDefinition {
  return { ...compileAccess(accessSchema.parse(undefined), ''), ...changes };
}

export function someDoor(changes: Partial<AccessDefinition> = {}, clock: Clock = new VirtualClock()): Door {
  return new Door({ access: someAccess(changes), clock, scheme: 'http' });
}

export function someServer(changes: Partial<HttpPorts> = {}): FastifyInstance {
  return createServer({ ...someServerPorts(), ...changes });
}

export function someServerPorts(): HttpPorts {
  return {
    door: someDoor(),
    desk: new PasswordDesk(new VirtualClock()),
    record: () => undefined,
    nowMs: () => 1_700_000_000_000,
    board: join(import.meta.dirname, 'no-such-folder'),
    tls: undefined,
    url: undefined,
    log: new MemoryLog(),
    hasOwnMetrics: false,
    report: () => someReport(),
    metrics: () => Promise.resolve({ text: 'ringside_ami_up 1\n', contentType: 'text/plain; version=0.0.4' }),
    readiness: () => readinessOf([someLink()]),
    definition: () => someWatch(),
    version: '0.1.0',
  };
}

export function someStatus(changes: Partial<JournalStatus> = {}): JournalStatus {
  return {
    state: 'writing',
    fault: '',
    pendingFacts: 0,
    droppedFacts: 0,
    committedFacts: 7,
    lastCommitAtMs: undefined,
    commitMs: 1,
    slowestCommitMs: 1,
    bytes: 4096,
    ...changes,
  };
}

/** A journal that has nothing, but for what a test gives it. */
export function someJournalPorts(changes: Partial<JournalPorts> = {}): JournalPorts {
  return {
    calls: () => Promise.resolve({ calls: [], next: null }),
    story: () => Promise.resolve(undefined),
    definitions: () => Promise.resolve([]),
    callBacks: () => Promise.resolve({ asOf: null, asOfMs: 0, open: 0, overdue: 0, callBacks: [] }),
    attempts: ({ unit, period }) => Promise.resolve({ unit, period: period ?? 'now', hotlines: [] }),
    report: () => Promise.resolve(undefined),
    status: () => someStatus(),
    ...changes,
  };
}
