import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { callRowDocument } from '../explain/call-row.ts';
import { callBackCsv, type CallBackList } from '../explain/call-back-list.ts';
import { definitionDocument } from '../explain/definition-document.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import type { CallFilter } from '../store/ports.ts';
import { apiSchema } from './api-schema.ts';
import { whoAsks } from './guard.ts';
import type { CallBackAsk, JournalPorts } from './journal-ports.ts';
import {
  attemptsQuery,
  callBacksQuery,
  callsQuery,
  noQuery,
  reportQuery,
  storyQuery,
} from './journal-queries.ts';
import { readQuery } from './read-query.ts';
import { readPeriod } from './report-address.ts';
import { sendReport } from './send-report.ts';
import { theirDefinition, theirJournal } from './their-journal.ts';

export interface JournalRoutesPorts {
  /** In force now. */
  readonly definition: () => WatchDefinition;
  /** Undefined where none is configured. */
  readonly journal?: JournalPorts;
}

/** What is asked of the journal. Reads only; answers 400 with what would be right, 503 where the journal cannot be read. */
export function addJournalRoutes(server: FastifyInstance, ports: JournalRoutesPorts): void {
  addCalls(server, ports);
  addDefinition(server, ports);
  addCallBacks(server, ports);
  addAttempts(server, ports);
  addReports(server, ports);
}

function addCalls(server: FastifyInstance, ports: JournalRoutesPorts): void {
  server.get('/api/calls', async (request, reply) => {
    const asked = checked(reply, callsQuery, request.query);
    if (asked === undefined) return reply;
    const page = await read(reply, journalFor(request, ports), (from) => from.calls(filterOf(asked)));
    if (page === undefined) return reply;
    return reply.send({ calls: page.calls.map(callRowDocument), next: page.next });
  });
  server.get<{ Params: { id: string } }>('/api/calls/:id', async (request, reply) => {
    const asked = checked(reply, storyQuery, request.query);
    if (asked === undefined) return reply;
    const [, pbx, uniqueid] = CALL_ID.exec(request.params.id) ?? [];
    if (pbx === undefined || uniqueid === undefined) {
      return refuse(reply, ['expected {pbx}:{uniqueid}, such as north:1700000000.1']);
    }
    const found = await read(reply, journalFor(request, ports), async (from) => ({
      story: await from.story(pbx, uniqueid, asked.language),
    }));
    if (found === undefined) return reply;
    if (found.story !== undefined) return reply.send(found.story);
    return reply.code(404).send({
      error: 'no such call',
      words:
        'the journal has no call of that exchange with that uniqueid: it reached no hotline, or its time is past',
    });
  });
}

function addDefinition(server: FastifyInstance, { journal, definition }: JournalRoutesPorts): void {
  server.get('/api/definition', async (request, reply) => {
    if (checked(reply, noQuery, request.query) === undefined) return reply;
    const theirs = theirDefinition(definition(), whoAsks(request).sees);
    if (journal === undefined) return reply.send(definitionDocument(theirs, undefined));
    const changes = await read(reply, journal, (from) => from.definitions());
    return changes === undefined ? reply : reply.send(definitionDocument(theirs, changes));
  });
  server.get('/api/schema', (request, reply) =>
    checked(reply, noQuery, request.query) === undefined ? reply : reply.send(apiSchema()),
  );
}

function addCallBacks(server: FastifyInstance, ports: JournalRoutesPorts): void {
  const listFor = async (request: FastifyRequest, reply: FastifyReply): Promise<CallBackList | undefined> => {
    const asked = checked(reply, callBacksQuery, request.query);
    if (asked === undefined) return undefined;
    return read(reply, journalFor(request, ports), (from) => from.callBacks(askOf(asked)));
  };
  server.get('/api/call-backs', async (request, reply) => {
    const list = await listFor(request, reply);
    return list === undefined ? reply : reply.send(list);
  });
  server.get('/api/call-backs.csv', async (request, reply) => {
    const list = await listFor(request, reply);
    if (list === undefined) return reply;
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="call-backs.csv"')
      .send(callBackCsv(list));
  });
}

function addAttempts(server: FastifyInstance, ports: JournalRoutesPorts): void {
  server.get('/api/attempts', async (request, reply) => {
    const asked = checked(reply, attemptsQuery, request.query);
    if (asked === undefined) return reply;
    const { period } = asked;
    const unit = asked.unit ?? (period?.includes('Q') === true ? 'quarter' : 'month');
    const answer = await read(reply, journalFor(request, ports), (from) => from.attempts({ unit, period }));
    return answer === undefined ? reply : reply.send(answer);
  });
}

function addReports(server: FastifyInstance, ports: JournalRoutesPorts): void {
  const path = '/api/reports/:kind/:period';
  server.get<{ Params: { kind: string; period: string } }>(path, async (request, reply) => {
    const period = readPeriod(request.params.kind, request.params.period);
    if (!period.ok) return refuse(reply, [period.mistake]);
    const asked = checked(reply, reportQuery, request.query);
    if (asked === undefined) return reply;
    const ask = { ...period.value, format: asked.format, language: asked.language };
    const found = await read(reply, journalFor(request, ports), async (from) => ({
      text: await from.report(ask),
    }));
    if (found === undefined) return reply;
    if (found.text !== undefined) return sendReport(reply, ask, found.text);
    return reply.code(404).send({
      error: 'no such period',
      words: 'there is no report of it: no such date or shift, or it has not begun',
    });
  });
}

/** As whoever asks may see it; undefined where there is none. */
function journalFor(
  request: FastifyRequest,
  { journal, definition }: JournalRoutesPorts,
): JournalPorts | undefined {
  return journal && theirJournal(journal, whoAsks(request).sees, definition());
}

/** Exchanges are named by letters, digits, "-", "_" and "."; a uniqueid may begin with the name of its system. */
const CALL_ID = /^([\w.-]{1,100}):([!-~]{1,150})$/;

/** Answers for itself where something is wrong. */
function checked<Shape extends z.ZodRawShape>(
  reply: FastifyReply,
  schema: z.ZodObject<Shape>,
  query: unknown,
): z.output<z.ZodObject<Shape>> | undefined {
  const asked = readQuery(schema, query);
  if (asked.ok) return asked.value;
  refuse(reply, asked.mistakes);
  return undefined;
}

const refuse = (reply: FastifyReply, mistakes: readonly string[]): FastifyReply =>
  reply.code(400).send({ error: 'bad request', mistakes, see: '/api/schema' });

/** Answers for itself where there is no journal, or it cannot be read; why not is for the log, not for everybody. */
async function read<T extends object>(
  reply: FastifyReply,
  journal: JournalPorts | undefined,
  ask: (journal: JournalPorts) => Promise<T>,
): Promise<T | undefined> {
  if (journal === undefined) {
    void reply.code(503).send({
      error: 'no journal',
      words: 'nothing is kept: name a file under journal.file in the configuration',
    });
    return undefined;
  }
  try {
    return await ask(journal);
  } catch {
    void reply.code(503).header('retry-after', '5').send({
      error: 'the journal cannot be read',
      words: 'the log says why; what is watched now is at /api/report all the same',
    });
    return undefined;
  }
}

function filterOf(asked: z.output<typeof callsQuery>): CallFilter {
  const { pbx, hotline, outcome, agent, from, until, limit, after } = asked;
  return {
    limit,
    ...(pbx !== undefined && { pbx }),
    ...(hotline !== undefined && { hotline }),
    ...(outcome !== undefined && { outcome }),
    ...(agent !== undefined && { agent }),
    ...(from !== undefined && { fromMs: from }),
    ...(until !== undefined && { untilMs: until }),
    ...(after !== undefined && { after }),
  };
}

function askOf({ pbx, hotline, overdue }: z.output<typeof callBacksQuery>): CallBackAsk {
  return {
    ...(pbx !== undefined && { pbx }),
    ...(hotline !== undefined && { hotline }),
    ...(overdue !== undefined && { overdue: overdue === 'yes' }),
  };
}
