import fastifyHelmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Nothing but what is ours, nothing written into a page, and no page of others around ours. */
const DIRECTIVES = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'font-src': ["'self'"],
  'media-src': ["'self'"],
  'manifest-src': ["'self'"],
  // The live connection too: "'self'" takes in ws and wss of the same address (CSP level 3, section 6.7.2.8).
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};
const POLICY = Object.entries(DIRECTIVES)
  .map(([name, sources]) => `${name} ${sources.join(' ')}`)
  .join(';');
/** Not `no-referrer`: under that a browser says `Origin: null` for a form, our own sign-in too (Fetch, "append a request `Origin` header"). */
const REFERRER_POLICY = 'same-origin';
const HALF_A_YEAR_S = 15_768_000;

/** Headers of every answer. `isSecure`: browsers come over TLS, and are to come so from now on. */
export function addSecurityHeaders(server: FastifyInstance, isSecure: boolean): void {
  server.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: DIRECTIVES },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: REFERRER_POLICY },
    strictTransportSecurity: isSecure ? { maxAge: HALF_A_YEAR_S, includeSubDomains: false } : false,
  });
  server.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
}

/** For an answer to what could not be read as a request: no hook sees it. */
export function setSecurityHeaders(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': REFERRER_POLICY,
    'cache-control': 'no-store',
  });
}
