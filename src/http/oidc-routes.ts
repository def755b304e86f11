import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { Door } from '../access/door.ts';
import { OidcDoor } from '../access/oidc.ts';
import type { Logger } from '../lib/log.ts';
import { nextAddress } from './next-address.ts';
import { signedInPage } from './sign-in-page.ts';
import { asPage, cookieOptions, letIn, showPage, type SignInPorts } from './sign-in-routes.ts';
import { signInLanguage } from './sign-in-words.ts';

export interface OidcPorts extends SignInPorts {
  readonly log: Logger;
  /** Where people open us; without it nobody signs in elsewhere. */
  readonly url: string | undefined;
}

/** As long as somebody takes to sign in elsewhere. */
const TRY_S = 600;
const keptSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), next: z.string() });

/** The way in by another server: `/sign-in/elsewhere` goes there, `/sign-in/callback` is where one comes back. */
export function addOidcRoutes(server: FastifyInstance, { door, record, log, url }: OidcPorts): void {
  const elsewhere = url === undefined ? undefined : new OidcDoor(url);
  const isOpen = { config: { isOpen: true } };
  server.get<{ Querystring: { next?: unknown } }>('/sign-in/elsewhere', isOpen, async (request, reply) => {
    const { oidc } = door.access;
    if (oidc === undefined || elsewhere === undefined) return reply.callNotFound();
    try {
      const { url: there, kept } = await elsewhere.begin(oidc);
      const next = nextAddress(request.query.next);
      const value = Buffer.from(JSON.stringify({ ...kept, next })).toString('base64url');
      // Lax: the browser brings it along when the other server sends it back.
      void reply.setCookie(tryCookie(door), value, { ...cookieOptions(door, 'lax'), maxAge: TRY_S });
      return await reply.redirect(there, 303);
    } catch (cause) {
      log.warn({ fault: wordsOf(cause) }, 'the server to sign in at cannot be reached');
      return showPage(request, reply.code(502), door, { fault: 'elsewhere-silent' });
    }
  });
  server.get('/sign-in/callback', isOpen, async (request, reply) => {
    const kept = readTry(request.cookies[tryCookie(door)]);
    void reply.clearCookie(tryCookie(door), cookieOptions(door, 'lax'));
    if (kept === undefined || elsewhere === undefined) {
      return showPage(request, reply.code(400), door, { fault: 'elsewhere-late' });
    }
    const query = request.url.split('?')[1] ?? '';
    const verdict = await elsewhere.finish(query, kept, door.access);
    if (!verdict.ok) {
      log.warn({ fault: verdict.fault }, 'sign-in elsewhere refused');
      return showPage(request, reply.code(STATUS[verdict.why]), door, { fault: verdict.why });
    }
    door.signOut(request);
    record({ who: verdict.admission.who.name, what: 'sign-in', detail: 'oidc' });
    const language = signInLanguage(undefined, request.headers['accept-language']);
    return asPage(letIn(reply, door, verdict.admission), language).send(
      signedInPage(nextAddress(kept.next), language),
    );
  });
}

const STATUS = { 'unknown-here': 403, failed: 401 } as const;

const tryCookie = (door: Door): string => `${door.cookieNames.person}-elsewhere`;

function readTry(value: string | undefined): z.output<typeof keptSchema> | undefined {
  if (value === undefined) return undefined;
  try {
    const read = keptSchema.safeParse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')));
    return read.data;
  } catch {
    return undefined;
  }
}

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
