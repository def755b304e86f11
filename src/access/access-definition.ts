import type { PasswordHash } from './password-hash.ts';
import type { Role, Sight } from './who.ts';

/** Who may do what, as configured. */
export interface AccessDefinition {
  readonly users: readonly UserDefinition[];
  /** Roles that may see a caller's number in clear, one at a time. */
  readonly unmask: readonly Role[];
  /** Of whoever asks from this machine while nobody has to sign in. */
  readonly local: Role;
  readonly sessionMs: number;
  /** Pages of others that may open the socket and send, as browsers say them: `https://wall.example.net`. */
  readonly origins: readonly string[];
  readonly tokens: readonly TokenDefinition[];
  /** Undefined: nobody signs in elsewhere. */
  readonly oidc: OidcDefinition | undefined;
}

export interface UserDefinition {
  readonly name: string;
  readonly title: string;
  /** Undefined: only by the sign-in elsewhere (`oidc`). */
  readonly password: PasswordHash | undefined;
  readonly role: Role;
  readonly sees: Sight;
}

/** A machine that asks; of the token itself only its SHA-256 is known, in hex. */
export interface TokenDefinition {
  readonly name: string;
  readonly for: 'metrics' | 'kiosk';
  readonly sha256: string;
  readonly sees: Sight;
}

/** A sign-in elsewhere, by OpenID Connect. */
export interface OidcDefinition {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the way in is called on the sign-in page. */
  readonly title: string;
  readonly scope: string;
  /** Claim that holds the user's name. */
  readonly nameClaim: string;
  /** Claim that lists the groups. */
  readonly groupsClaim: string;
  /** Who is in one of these gets in without being named, by the first that fits. */
  readonly groups: readonly GroupDefinition[];
}

export interface GroupDefinition {
  readonly group: string;
  readonly role: Role;
  readonly sees: Sight;
}

/** Whether anybody is asked who they are. */
export const asksWho = ({ users, oidc }: AccessDefinition): boolean => users.length > 0 || oidc !== undefined;
