import fastifyCookie from '@fastify/cookie';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Sight } from '../access/who.ts';
import { scopeOf } from '../push/scope.ts';
import { reportSchema, type Report } from '../rates/report.ts';
import { addAuditRoute, type AuditPorts } from './audit-route.ts';
import { addBoardPage } from './board-page.ts';
import { addGuard, whoAsks } from './guard.ts';
import { addJournalRoutes, type JournalRoutesPorts } from './journal-routes.ts';
import { LIVE_SCRIPT } from './live-script.ts';
import type { Readiness } from './readiness.ts';
import { addOidcRoutes, type OidcPorts } from './oidc-routes.ts';
import { addSecurityHeaders, setSecurityHeaders } from './security-headers.ts';
import { takeForms } from './sign-in-body.ts';
import { addSignInRoutes } from './sign-in-routes.ts';
import { theirReport } from './their-report.ts';
import { statusPage } from './status-page.ts';
import { STATUS_STYLE } from './status-style.ts';

/** What the server tells, handed in by `app`: it knows nothing of where figures come from. */
export interface HttpPorts extends JournalRoutesPorts, OidcPorts, AuditPorts {
  /** The Report as of now. */
  readonly report: () => Report;
  /** The text of `/metrics` and its content type. */
  readonly metrics: () => Promise<{ readonly text: string | Buffer; readonly contentType: string }>;
  readonly readiness: () => Readiness;
  readonly version: string;
  /** Folder the leaders' page was built into. */
  readonly board: string;
  /** Undefined: plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** `/metrics` is answered elsewhere. */
  readonly hasOwnMetrics: boolean;
}

/** Who has not sent its few lines by then never will. */
const REQUEST_TIMEOUT_MS = 10_000;
/** A uniqueid has up to 149 characters (AST_MAX_PUBLIC_UNIQUEID), the name of a shift as many, escaped. */
const LONGEST_PART = 600;
/** A name and a password, written as a form sends them. */
const BODY_LIMIT_BYTES = 4096;

/**
 * The HTTP side: the leaders' page at `/`, the plain one at `/status`, the way in, `/metrics`, `/healthz`, `/readyz`,
 * `/api/report`, and what is asked of the journal (`/api/schema` says what). Every error is JSON and tells nothing of the
 * inside. Who may ask is the guard's business, for all of it at once.
 */
export function createServer(ports: HttpPorts): FastifyInstance {
  const { door, tls } = ports;
  const options = {
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    // Behind a proxy on this machine everybody would come from one address.
    trustProxy: ports.url === undefined ? false : 'loopback',
    routerOptions: { maxParamLength: LONGEST_PART },
    frameworkErrors: (error: unknown, _request: unknown, reply: FastifyReply) => refuse(reply, error),
  };
  // An HTTPS server is an HTTP server to all that is done with it here; fastify's types keep the two apart.
  const server =
    tls === undefined
      ? Fastify(options)
      : (Fastify({ ...options, https: tls }) as unknown as FastifyInstance);
  addSecurityHeaders(server, door.isSecure);
  server.register(fastifyCookie);
  server.setErrorHandler((error, _request, reply) => refuse(reply, error));
  server.setNotFoundHandler((_request, reply) => {
    void reply.code(404).send({
      error: 'not found',
      see: ['/', '/status', '/metrics', '/readyz', '/api/report', '/api/schema'],
    });
  });
  // Behind the headers, so that who is refused gets them too.
  server.after(() => {
    takeForms(server);
    addGuard(server, door);
    addBoardPage(server, ports.board);
    addSignInRoutes(server, ports);
    addOidcRoutes(server, ports);
    addStatusPage(server, ports);
    addProbes(server, ports);
    addReport(server, ports);
    addJournalRoutes(server, ports);
    addAuditRoute(server, ports);
  });
  return server;
}

function addStatusPage(server: FastifyInstance, ports: HttpPorts): void {
  server.get('/status', { config: { isPage: true } }, (request, reply) =>
    reply.type('text/html; charset=utf-8').send(
      statusPage(reportFor(request, ports), {
        readiness: ports.readiness(),
        version: ports.version,
        journal: ports.journal?.status(),
        reports: ports.journal?.reports?.(),
        seesAll: scopeOf(whoAsks(request).sees).seesAll,
      }),
    ),
  );
  const isOpen = { config: { isOpen: true } };
  server.get('/page.css', isOpen, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(STATUS_STYLE),
  );
  // Every browser asks for it, and these pages have none: that is no fault.
  server.get('/favicon.ico', isOpen, (_request, reply) => reply.code(204).send());
  server.get('/page.js', isOpen, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(LIVE_SCRIPT),
  );
}

function addProbes(server: FastifyInstance, ports: HttpPorts): void {
  const isOpen = { config: { isOpen: true } };
  server.get('/healthz', isOpen, () => ({ status: 'alive', version: ports.version }));
  server.get('/readyz', isOpen, (request, reply) => {
    const readiness = ports.readiness();
    const knowsAll = scopeOf(ports.door.whoOf(request)?.sees ?? NOTHING).seesAll;
    return reply.code(readiness.ready ? 200 : 503).send(knowsAll ? readiness : withoutWords(readiness));
  });
  if (ports.hasOwnMetrics) return;
  server.get('/metrics', { config: { isMetrics: true } }, async (_request, reply) => {
    const { text, contentType } = await ports.metrics();
    return await reply.type(contentType).send(text);
  });
}

function addReport(server: FastifyInstance, ports: HttpPorts): void {
  const schema = z.toJSONSchema(reportSchema, { io: 'output' });
  server.get('/api/report', (request) => reportFor(request, ports));
  server.get('/api/report/schema', (_request, reply) => reply.type('application/schema+json').send(schema));
}

/** As whoever asks may see it. */
const reportFor = (request: FastifyRequest, { report, definition }: HttpPorts): Report =>
  theirReport(report(), whoAsks(request).sees, definition());

const NOTHING: Sight = { hotlines: [], queues: [], seats: [] };

/** For who is not known, or not to see everything: failures and warnings may name users and addresses. */
function withoutWords({ ready, pbxs }: Readiness): unknown {
  return { ready, pbxs: pbxs.map(({ pbx, ready: isReady, state }) => ({ pbx, ready: isReady, state })) };
}

function refuse(reply: FastifyReply, error: unknown): void {
  const status = statusOf(error);
  void setSecurityHeaders(reply)
    .code(status)
    .send({ error: status < 500 ? 'bad request' : 'internal error' });
}

function statusOf(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
