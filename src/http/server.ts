import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import * as z from 'zod';
import { reportSchema, type Report } from '../rates/report.ts';
import { addJournalRoutes, type JournalRoutesPorts } from './journal-routes.ts';
import { LIVE_SCRIPT } from './live-script.ts';
import type { Readiness } from './readiness.ts';
import { statusPage } from './status-page.ts';
import { STATUS_STYLE } from './status-style.ts';

/** What the server tells, handed in by `app`: it knows nothing of where figures come from. */
export interface HttpPorts extends JournalRoutesPorts {
  /** The Report as of now. */
  readonly report: () => Report;
  /** The text of `/metrics` and its content type. */
  readonly metrics: () => Promise<{ readonly text: string | Buffer; readonly contentType: string }>;
  readonly readiness: () => Readiness;
  readonly version: string;
}

/** Nothing but our own style and script, and no page of others around ours. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const SECURITY_HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};
/** Who has not sent its few lines by then never will. */
const REQUEST_TIMEOUT_MS = 10_000;
/** A uniqueid has up to 149 characters (AST_MAX_PUBLIC_UNIQUEID), the name of a shift as many, escaped. */
const LONGEST_PART = 600;
/** No answer of ours takes a body. */
const BODY_LIMIT_BYTES = 1024;

/**
 * The HTTP side: `/metrics`, `/healthz`, `/readyz`, `/api/report`, `/api/report/schema`, the plain page at `/`, and what
 * is asked of the journal (`/api/schema` says what).
 * Reads only; every error is JSON and tells nothing of the inside.
 */
export function createServer(ports: HttpPorts): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: LONGEST_PART },
    frameworkErrors: (error, _request, reply) => refuse(reply, error),
  });
  server.addHook('onSend', async (_request, reply) => {
    // A report has a policy of its own, as strict.
    const policy = reply.getHeader('content-security-policy') ?? POLICY;
    reply.headers({ ...SECURITY_HEADERS, 'content-security-policy': policy });
  });
  server.setErrorHandler((error, _request, reply) => refuse(reply, error));
  server.setNotFoundHandler((_request, reply) => {
    void reply
      .code(404)
      .send({ error: 'not found', see: ['/', '/metrics', '/readyz', '/api/report', '/api/schema'] });
  });
  addPage(server, ports);
  addProbes(server, ports);
  addReport(server, ports);
  addJournalRoutes(server, ports);
  return server;
}

function addPage(server: FastifyInstance, ports: HttpPorts): void {
  server.get('/', (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(
        statusPage(
          ports.report(),
          ports.readiness(),
          ports.version,
          ports.journal?.status(),
          ports.journal?.reports?.(),
        ),
      ),
  );
  server.get('/page.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(STATUS_STYLE));
  server.get('/page.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(LIVE_SCRIPT));
}

function addProbes(server: FastifyInstance, ports: HttpPorts): void {
  server.get('/healthz', () => ({ status: 'alive', version: ports.version }));
  server.get('/readyz', (_request, reply) => {
    const readiness = ports.readiness();
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });
  server.get('/metrics', async (_request, reply) => {
    const { text, contentType } = await ports.metrics();
    return await reply.type(contentType).send(text);
  });
}

function addReport(server: FastifyInstance, ports: HttpPorts): void {
  const schema = z.toJSONSchema(reportSchema, { io: 'output' });
  server.get('/api/report', () => ports.report());
  server.get('/api/report/schema', (_request, reply) => reply.type('application/schema+json').send(schema));
}

function refuse(reply: FastifyReply, error: unknown): void {
  const status = statusOf(error);
  // An error before routing never meets the hook.
  void reply
    .headers(SECURITY_HEADERS)
    .code(status)
    .send({ error: status < 500 ? 'bad request' : 'internal error' });
}

function statusOf(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
