import type { FastifyInstance } from 'fastify';
import * as z from 'zod';

const LONGEST = 200;
const line = z.string().min(1).max(LONGEST);

/** What is sent to sign in: a name and a password, or the token of a display. */
export const signInBody = z.union([
  z.strictObject({ name: line, password: line, next: z.string().optional() }),
  z.strictObject({ token: line, next: z.string().optional() }),
]);

/** Forms without scripts send themselves so; of a name given twice the last counts. */
export function takeForms(server: FastifyInstance): void {
  const options = { parseAs: 'string' as const };
  server.addContentTypeParser('application/x-www-form-urlencoded', options, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body.toString())));
  });
}
