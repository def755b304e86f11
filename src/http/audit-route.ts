import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { scopeOf } from '../push/scope.ts';
import type { AuditEntry } from '../store/ports.ts';
import { isoOf } from '../explain/iso.ts';
import { whoAsks } from './guard.ts';
import { instant } from './instant-query.ts';
import { readQuery } from './read-query.ts';

export interface AuditPorts {
  /** Undefined where there is no journal. Rejects where it cannot be read. */
  readonly auditOf?: (fromMs: number, untilMs: number) => Promise<readonly AuditEntry[]>;
  readonly nowMs: () => number;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 31;

export const auditQuery = z.strictObject({
  from: instant('This instant or later; a day before "until" if not given.'),
  until: instant('Before this instant; now if not given.'),
});

export const auditSchema = z
  .object({
    fromMs: z.number(),
    untilMs: z.number(),
    entries: z
      .array(
        z
          .object({
            at: z.string().nullable(),
            atMs: z.number(),
            who: z.string(),
            what: z.string(),
            about: z.string().describe('never a number'),
            detail: z.string(),
          })
          .readonly(),
      )
      .readonly()
      .describe('the oldest first; for the page before, "until" is the "fromMs" of this one'),
  })
  .readonly();

/** `/api/audit`: who did what, for admins who see everything: it names hotlines, queues and people. */
export function addAuditRoute(server: FastifyInstance, { auditOf, nowMs }: AuditPorts): void {
  server.get('/api/audit', { config: { role: 'admin' } }, async (request, reply) => {
    if (!scopeOf(whoAsks(request).sees).seesAll) {
      return reply.code(403).send({ error: 'not allowed', words: 'this is of more than what is yours' });
    }
    const asked = readQuery(auditQuery, request.query);
    if (!asked.ok) return reply.code(400).send({ error: 'bad request', mistakes: asked.mistakes });
    const untilMs = asked.value.until ?? nowMs();
    const fromMs = asked.value.from ?? untilMs - DAY_MS;
    if (fromMs >= untilMs || untilMs - fromMs > MOST_DAYS * DAY_MS) {
      const mistakes = [`from: expected an instant before "until", by at most ${MOST_DAYS} days`];
      return reply.code(400).send({ error: 'bad request', mistakes });
    }
    if (auditOf === undefined) {
      const words = 'nothing is kept: name a file under journal.file in the configuration';
      return reply.code(503).send({ error: 'no journal', words });
    }
    try {
      const entries = await auditOf(fromMs, untilMs);
      return await reply.send({
        fromMs,
        untilMs,
        entries: entries.map((entry) => ({ at: isoOf(entry.atMs), ...entry })),
      });
    } catch {
      return reply.code(503).send({ error: 'the journal cannot be read', words: 'the log says why' });
    }
  });
}
