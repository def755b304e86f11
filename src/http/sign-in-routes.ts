import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { admitUser } from '../access/admission.ts';
import type { Door } from '../access/door.ts';
import type { PasswordDesk } from '../access/password-desk.ts';
import type { Who } from '../access/who.ts';
import type { Language } from '../lib/languages.ts';
import { nextAddress } from './next-address.ts';
import { signInBody } from './sign-in-body.ts';
import { signInPage } from './sign-in-page.ts';
import { faultWords, type SignInFault, signInLanguage } from './sign-in-words.ts';

/** What is written down of who comes and goes; never waits, and never says a name that nobody has. */
export interface SignInRecord {
  readonly who: string;
  readonly what: 'sign-in' | 'sign-in-refused' | 'sign-out';
  readonly detail: string;
}

export interface SignInPorts {
  readonly door: Door;
  readonly desk: PasswordDesk;
  readonly record: (entry: SignInRecord) => void;
}

/** Browsers keep a cookie 400 days at most. */
const MACHINE_COOKIE_S = 400 * 86_400;

/** The way in and out: `/sign-in`, `/sign-out`, and `/api/me`. */
export function addSignInRoutes(server: FastifyInstance, ports: SignInPorts): void {
  const { door } = ports;
  server.get('/api/me', { config: { isOpen: true } }, (request, reply) => {
    const who = door.whoOf(request);
    if (who !== undefined) return reply.send(meOf(who));
    return reply.code(401).send({ error: 'not signed in', see: '/sign-in', ways: waysIn(door) });
  });
  server.get('/sign-in', { config: { isOpen: true } }, (request, reply) => showPage(request, reply, door));
  server.post('/sign-in', { config: { isOpen: true } }, (request, reply) => signIn(request, reply, ports));
  server.post('/sign-out', { config: { isOpen: true } }, (request, reply) => {
    const who = door.whoOf(request);
    door.signOut(request);
    const { person, machine } = door.cookieNames;
    for (const name of [person, machine]) void reply.clearCookie(name, cookieOptions(door));
    if (who?.kind === 'person') ports.record({ who: who.name, what: 'sign-out', detail: '' });
    return wantsPage(request) ? reply.redirect('/sign-in', 303) : reply.code(204).send();
  });
}

/** Attributes of every cookie of ours; `lax` where one has to come back from another server. */
export function cookieOptions(door: Door, sameSite: 'strict' | 'lax' = 'strict') {
  return { path: '/', httpOnly: true, sameSite, secure: door.isSecure } as const;
}

export const waysIn = ({ access }: Door): { password: boolean; elsewhere: string | null } => ({
  password: access.users.some(({ password }) => password !== undefined),
  elsewhere: access.oidc?.title ?? null,
});

/** Lets in whoever was found to be one of ours. */
export function letIn(
  reply: FastifyReply,
  door: Door,
  admission: Parameters<Door['begin']>[0],
): FastifyReply {
  const maxAge = Math.floor(door.access.sessionMs / 1000);
  return reply.setCookie(door.cookieNames.person, door.begin(admission), { ...cookieOptions(door), maxAge });
}

const meOf = ({ name, title, role, kind, mayUnmask, sees }: Who) => ({
  name,
  title,
  role,
  kind,
  mayUnmask,
  sees,
});

async function signIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { door, desk, record }: SignInPorts,
): Promise<FastifyReply> {
  const read = signInBody.safeParse(request.body);
  const isKiosk = read.success && 'token' in read.data;
  if (!door.asks) return refuse(request, reply, door, { status: 409, fault: 'nobody-signs-in', isKiosk });
  if (!read.success) return refuse(request, reply, door, { status: 400, fault: 'no-try', isKiosk });
  const sent = read.data;
  // Whoever signs in again, as somebody else perhaps, leaves the session before.
  if ('token' in sent) {
    const waitMs = desk.spend(request.ip);
    if (waitMs > 0) return tooMany(request, reply, door, { waitMs, isKiosk });
    const who = door.admitToken(sent.token);
    if (who === undefined)
      return refuse(request, reply, door, { status: 401, fault: 'wrong-token', isKiosk });
    desk.forgive(request.ip);
    door.signOut(request);
    void reply.clearCookie(door.cookieNames.person, cookieOptions(door));
    void reply.setCookie(door.cookieNames.machine, sent.token, {
      ...cookieOptions(door),
      maxAge: MACHINE_COOKIE_S,
    });
    record({ who: who.name, what: 'sign-in', detail: 'token' });
    return welcome(request, reply, who, nextAddress(sent.next));
  }
  const verdict = await desk.look({ ...sent, address: request.ip }, door.access.users);
  if (!verdict.ok && verdict.why === 'too-many')
    return tooMany(request, reply, door, { waitMs: verdict.waitMs, isKiosk });
  if (!verdict.ok) {
    if (verdict.known !== undefined)
      record({ who: verdict.known, what: 'sign-in-refused', detail: 'password' });
    return refuse(request, reply, door, { status: 401, fault: 'wrong-password', isKiosk });
  }
  door.signOut(request);
  // By the configuration as it is now: looking at the password took a while.
  const user = door.access.users.find(({ name }) => name === verdict.user.name);
  if (user === undefined)
    return refuse(request, reply, door, { status: 401, fault: 'wrong-password', isKiosk });
  const admission = admitUser(user, door.access);
  record({ who: user.name, what: 'sign-in', detail: 'password' });
  return welcome(request, letIn(reply, door, admission), admission.who, nextAddress(sent.next));
}

interface Refusal {
  readonly status: number;
  readonly fault: SignInFault;
  readonly isKiosk: boolean;
}

function welcome(request: FastifyRequest, reply: FastifyReply, who: Who, next: string): FastifyReply {
  return wantsPage(request) ? reply.redirect(next, 303) : reply.send(meOf(who));
}

function tooMany(
  request: FastifyRequest,
  reply: FastifyReply,
  door: Door,
  { waitMs, isKiosk }: { readonly waitMs: number; readonly isKiosk: boolean },
): FastifyReply {
  const waitS = Math.ceil(waitMs / 1000);
  void reply.header('retry-after', waitS);
  return refuse(request, reply, door, { status: 429, fault: { seconds: waitS }, isKiosk });
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  door: Door,
  { status, fault, isKiosk }: Refusal,
): FastifyReply {
  void reply.code(status);
  if (wantsPage(request)) return showPage(request, reply, door, { fault, isKiosk });
  return reply.send({ error: ERRORS[status] ?? 'refused', words: faultWords(fault) });
}
const ERRORS: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'refused',
  409: 'nobody signs in',
  429: 'too many tries',
};

/** The way in, in the language of whoever asks. */
export function showPage(
  request: FastifyRequest,
  reply: FastifyReply,
  door: Door,
  { fault, isKiosk: isKioskTry }: Partial<Pick<Refusal, 'fault' | 'isKiosk'>> = {},
): FastifyReply {
  const query = (request.query ?? {}) as Readonly<Record<string, unknown>>;
  const sent = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const next = nextAddress(sent['next'] ?? query['next']);
  const isKiosk = isKioskTry === true || 'kiosk' in query || /^\/\?(?:.*&)?kiosk\b/.test(next);
  const { password, elsewhere } = waysIn(door);
  const language = signInLanguage(query['lang'], request.headers['accept-language']);
  return asPage(reply, language).send(
    signInPage({
      language,
      isChosen: query['lang'] === language,
      next: isKiosk && next === '/' ? '/?kiosk' : next,
      fault,
      isKiosk,
      hasPasswords: password,
      elsewhere: elsewhere ?? undefined,
    }),
  );
}

export const asPage = (reply: FastifyReply, language: Language): FastifyReply =>
  reply
    .type('text/html; charset=utf-8')
    .header('content-language', language)
    .header('vary', 'accept-language');

/** A form of a page, and not a program that speaks JSON. */
function wantsPage(request: FastifyRequest): boolean {
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}
