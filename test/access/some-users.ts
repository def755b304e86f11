import type { TokenDefinition, UserDefinition } from '../../src/access/access-definition.ts';
import { hashPassword, passwordHashLine } from '../../src/access/password-hash.ts';
import { hashOf } from '../../src/access/sessions.ts';
import { EVERYTHING } from '../../src/access/who.ts';

export const PASSWORD = 'correct horse battery';
/** Hashed once: it takes a tenth of a second. */
const HASH = await hashPassword(PASSWORD);
/** As a configuration has it. */
export const PASSWORD_LINE = passwordHashLine(HASH);

export function someUser(changes: Partial<UserDefinition> = {}): UserDefinition {
  return { name: 'li.na', title: 'Li Na', password: HASH, role: 'leader', sees: EVERYTHING, ...changes };
}

/** The token itself is its name, `the token of …`. */
export function someToken(changes: Partial<TokenDefinition> = {}): TokenDefinition {
  const name = changes.name ?? 'wall';
  return { name, for: 'kiosk', sha256: hashOf(`the-token-of-${name}`), sees: EVERYTHING, ...changes };
}
