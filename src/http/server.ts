import Fastify, { type FastifyInstance } from 'fastify';
import * as z from 'zod';
import { reportSchema, type Report } from '../rates/report.ts';
import type { Readiness } from './readiness.ts';
import { statusPage } from './status-page.ts';
import { STATUS_STYLE } from './status-style.ts';

/** What the server tells, handed in by `app`: it knows nothing of where figures come from. */
export interface HttpPorts {
  /** The Report as of now. */
  readonly report: () => Report;
  /** The text of `/metrics` and its content type. */
  readonly metrics: () => Promise<{ readonly text: string; readonly contentType: string }>;
  readonly readiness: () => Readiness;
  readonly version: string;
}

const POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The HTTP side: `/metrics`, `/healthz`, `/readyz`, `/api/report`, `/api/report/schema` and the plain page at `/`.
 * Reads only; every error is JSON and tells nothing of the inside.
 */
export function createServer(ports: HttpPorts): FastifyInstance {
  const server = Fastify({ logger: false, bodyLimit: 1024, forceCloseConnections: true });
  const schema = z.toJSONSchema(reportSchema, { io: 'output' });

  server.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });
  server.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error);
    void reply.code(status).send({ error: status < 500 ? 'bad request' : 'internal error' });
  });
  server.setNotFoundHandler((_request, reply) => {
    void reply.code(404).send({ error: 'not found', see: ['/', '/metrics', '/readyz', '/api/report'] });
  });

  server.get('/', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(statusPage(ports.report(), ports.version)),
  );
  server.get('/page.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(STATUS_STYLE));
  server.get('/healthz', () => ({ status: 'alive', version: ports.version }));
  server.get('/readyz', (_request, reply) => {
    const readiness = ports.readiness();
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });
  server.get('/metrics', async (_request, reply) => {
    const { text, contentType } = await ports.metrics();
    return reply.type(contentType).send(text);
  });
  server.get('/api/report', () => ports.report());
  server.get('/api/report/schema', (_request, reply) => reply.type('application/schema+json').send(schema));
  return server;
}

function statusOf(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
