import type { AccessDefinition } from '../access/access-definition.ts';
import { readPasswordHash, type PasswordHash } from '../access/password-hash.ts';
import type { AccessSettings } from './schema-access.ts';

const HOUR_MS = 3_600_000;

/** Who may do what. `clientSecret`: of the sign-in elsewhere. */
export function compileAccess(access: AccessSettings, clientSecret: string): AccessDefinition {
  const { users, tokens, oidc, sessionHours, unmask, local, origins } = access;
  return {
    users: users.map(({ name, title, password, role, sees }) => ({
      name,
      title: title ?? name,
      password: passwordOf(password),
      role,
      sees,
    })),
    unmask,
    local,
    sessionMs: sessionHours * HOUR_MS,
    origins: origins.map((origin) => origin.toLowerCase()),
    tokens: tokens.map(({ name, for: purpose, token, sees }) => ({
      name,
      for: purpose,
      sha256: token.slice('sha256:'.length),
      sees,
    })),
    oidc: oidc && oidcOf(oidc, clientSecret),
  };
}

function oidcOf(
  { clientSecretFile: _file, ...rest }: NonNullable<AccessSettings['oidc']>,
  clientSecret: string,
): NonNullable<AccessDefinition['oidc']> {
  return { ...rest, clientSecret };
}

/** That it is a hash is checked before (check-access.ts). */
function passwordOf(line: string | undefined): PasswordHash | undefined {
  const read = line === undefined ? undefined : readPasswordHash(line);
  return read?.ok === true ? read.hash : undefined;
}
