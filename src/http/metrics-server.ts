import Fastify, { type FastifyInstance } from 'fastify';
import type { Door } from '../access/door.ts';
import { isLoopback, isPrivateAddress } from '../lib/address.ts';
import type { CertificatePair } from '../lib/certificate-pair.ts';
import { setSecurityHeaders } from './security-headers.ts';
import type { HttpPorts } from './server.ts';

export interface MetricsServerPorts {
  readonly metrics: HttpPorts['metrics'];
  readonly door: Door;
  /** Where it listens. */
  readonly host: string;
  /** Undefined: plain, on loopback or where that was allowed. */
  readonly tls: CertificatePair | undefined;
}

const REQUEST_TIMEOUT_MS = 10_000;

/** `/metrics` and nothing else, on a port of its own: behind a token where one is configured for it. */
export function createMetricsServer(ports: MetricsServerPorts): FastifyInstance {
  const { door, host, tls } = ports;
  const options = { logger: false, requestTimeout: REQUEST_TIMEOUT_MS, forceCloseConnections: true };
  // An HTTPS server is an HTTP server to all that is done with it here; fastify's types keep the two apart.
  const server =
    tls === undefined
      ? Fastify(options)
      : (Fastify({ ...options, https: tls }) as unknown as FastifyInstance);
  server.addHook('onRequest', async (request, reply) => {
    setSecurityHeaders(reply);
    // As the other door: a page of others that has its name point here is no reader.
    if (isLoopback(host) && !isLoopback(request.hostname)) return reply.code(421).send({ error: 'not here' });
    if (tls === undefined && !isPrivateAddress(request.ip)) {
      return reply
        .code(403)
        .send({ error: 'not allowed', words: 'without TLS private addresses alone are answered' });
    }
    const takesToken = door.access.tokens.some((token) => token.for === 'metrics');
    if (!takesToken || door.isMetricsToken(request)) return;
    return reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .send({ error: 'not signed in', words: 'send "Authorization: Bearer" with a token for metrics' });
  });
  server.setErrorHandler((_error, _request, reply) => reply.code(500).send({ error: 'internal error' }));
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: 'not found', see: ['/metrics'] }),
  );
  server.get('/metrics', async (_request, reply) => {
    const { text, contentType } = await ports.metrics();
    return await reply.type(contentType).send(text);
  });
  return server;
}
