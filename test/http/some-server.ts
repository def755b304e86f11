import type { FastifyInstance } from 'fastify';
import { readinessOf } from '../../src/http/readiness.ts';
import { createServer, type HttpPorts } from '../../src/http/server.ts';
import type { JournalPorts } from '../../src/http/journal-ports.ts';
import type { JournalStatus } from '../../src/store/ports.ts';
import { someWatch } from '../support/definitions.ts';
import { someLink } from '../support/picture.ts';
import { someReport } from '../support/report.ts';

export function someServer(changes: Partial<HttpPorts> = {}): FastifyInstance {
  return createServer({
    report: () => someReport(),
    metrics: () => Promise.resolve({ text: 'ringside_ami_up 1\n', contentType: 'text/plain; version=0.0.4' }),
    readiness: () => readinessOf([someLink()]),
    definition: () => someWatch(),
    version: '0.1.0',
    ...changes,
  });
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
