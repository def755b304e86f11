import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Door } from '../access/door.ts';
import { isAtLeast, type Role, type Who } from '../access/who.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered to whoever asks: probes, the way in, and files that hold no figure. */
    isOpen?: boolean;
    /** Looked at by people: who is not signed in is shown where to. */
    isPage?: boolean;
    /** The least that may ask; everybody who is known where it is left out. */
    role?: Role;
    /** Figures of everything: a token for them, or somebody who sees everything. */
    isMetrics?: boolean;
  }
}

const WHO = 'who';
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets nobody past who is not known, and nothing be changed from a page of others. */
export function addGuard(server: FastifyInstance, door: Door): void {
  server.decorateRequest(WHO);
  server.addHook('onRequest', async (request, reply) => {
    if (!door.isHere(request)) return refuseName(reply);
    // What is not there changes nothing and tells nothing.
    if (request.is404) return;
    if (!READING.has(request.method) && !door.isOurs(request)) return refuseOrigin(reply);
    const { isOpen, isMetrics, isPage, role } = request.routeOptions.config;
    if (isOpen === true) return;
    if (isMetrics === true) {
      return door.mayReadMetrics(request) ? undefined : refuseMetrics(reply, door.whoOf(request));
    }
    const who = door.whoOf(request);
    if (who === undefined) return isPage === true ? showWayIn(request, reply) : refuseUnknown(reply);
    if (role !== undefined && !isAtLeast(who, role)) return refuseRole(reply, role);
    request.setDecorator(WHO, who);
  });
}

/** Who asks; to be called for addresses that are not open. */
export function whoAsks(request: FastifyRequest): Who {
  const who = request.getDecorator<Who | undefined>(WHO);
  // The guard lets nobody come so far who is not known.
  if (who === undefined) throw new Error('an open address asked who it is');
  return who;
}

const refuseName = (reply: FastifyReply): FastifyReply =>
  reply.code(421).send({
    error: 'not here',
    words:
      'while nobody has to sign in only names of this machine are answered: open it as http://127.0.0.1, or set http.url to the name it is opened by',
  });

const refuseOrigin = (reply: FastifyReply): FastifyReply =>
  reply.code(403).send({
    error: 'not from here',
    words: 'only a page of this address may send: its Origin must be ours, or one of access.origins',
  });

const refuseUnknown = (reply: FastifyReply): FastifyReply =>
  reply.code(401).header('www-authenticate', 'Bearer').send({
    error: 'not signed in',
    words: 'sign in first, or send the token of a machine',
    see: '/sign-in',
  });

const refuseMetrics = (reply: FastifyReply, who: Who | undefined): FastifyReply =>
  who === undefined
    ? reply.code(401).header('www-authenticate', 'Bearer').send({
        error: 'not signed in',
        words: 'send "Authorization: Bearer" with a token for metrics ("ringside token new" makes one)',
      })
    : reply.code(403).send({ error: 'not allowed', words: 'these are figures of more than what is yours' });

const refuseRole = (reply: FastifyReply, role: Role): FastifyReply =>
  reply.code(403).send({ error: 'not allowed', words: `this takes the role ${role}` });

function showWayIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303);
}
