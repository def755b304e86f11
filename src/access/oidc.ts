import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { AccessDefinition, OidcDefinition } from './access-definition.ts';
import { admitMember, admitUser } from './admission.ts';
import type { Admission } from './sessions.ts';

/** What the browser keeps between going and coming back, in a cookie of its own; nobody else knows it. */
export interface OidcTry {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export type OidcVerdict =
  | { readonly ok: true; readonly admission: Admission }
  /** `unknown-here`: the other server knows them and nobody here does. `fault` is for the log and holds no secret. */
  | { readonly ok: false; readonly why: 'unknown-here' | 'failed'; readonly fault: string };

const TIMEOUT_S = 10;

/** Sign-in at another server: authorization code with PKCE (RFC 6749, RFC 7636, OpenID Connect Core section 3.1). */
export class OidcDoor {
  readonly #redirectUri: string;
  #found: { readonly oidc: OidcDefinition; readonly server: Promise<Configuration> } | undefined;

  /** `url`: where people open us. */
  constructor(url: string) {
    this.#redirectUri = new URL('/sign-in/callback', url).href;
  }

  /** Where to send the browser. Rejects where the other server cannot be reached. */
  async begin(oidc: OidcDefinition): Promise<{ readonly url: string; readonly kept: OidcTry }> {
    const server = await this.#server(oidc);
    const kept = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(server, {
      redirect_uri: this.#redirectUri,
      scope: oidc.scope,
      state: kept.state,
      nonce: kept.nonce,
      code_challenge: await calculatePKCECodeChallenge(kept.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, kept };
  }

  /** The browser is back with `query`, as the other server made it. */
  async finish(query: string, kept: OidcTry, access: AccessDefinition): Promise<OidcVerdict> {
    const { oidc } = access;
    if (oidc === undefined) return failed('it is not configured any more');
    let claims: Readonly<Record<string, unknown>>;
    try {
      const server = await this.#server(oidc);
      const answer = await authorizationCodeGrant(server, new URL(`${this.#redirectUri}?${query}`), {
        pkceCodeVerifier: kept.verifier,
        expectedState: kept.state,
        expectedNonce: kept.nonce,
        idTokenExpected: true,
      });
      const told = answer.claims();
      // Some servers tell what a scope asks for in the ID token, others at their userinfo address alone (Core, 5.4).
      const tellsAll = [oidc.nameClaim, ...(oidc.groups.length > 0 ? [oidc.groupsClaim] : [])].every(
        (claim) => told?.[claim] !== undefined,
      );
      const hasMore =
        !tellsAll && told !== undefined && server.serverMetadata().userinfo_endpoint !== undefined;
      const more = hasMore ? await fetchUserInfo(server, answer.access_token, told.sub) : {};
      claims = { ...more, ...told };
    } catch (cause) {
      return failed(faultOf(cause));
    }
    return admit(claims, oidc, access);
  }

  /** Found out once, and anew where that failed or the configuration changed. */
  #server(oidc: OidcDefinition): Promise<Configuration> {
    if (this.#found?.oidc === oidc) return this.#found.server;
    const issuer = new URL(oidc.issuer);
    // Plain only on this machine; the check of the configuration sees to that.
    const execute = issuer.protocol === 'http:' ? [allowInsecureRequests] : [];
    const server = discovery(issuer, oidc.clientId, oidc.clientSecret, undefined, {
      execute,
      timeout: TIMEOUT_S,
    });
    this.#found = { oidc, server };
    server.catch(() => {
      if (this.#found?.server === server) this.#found = undefined;
    });
    return server;
  }
}

/** A user the configuration names goes before the groups. */
function admit(
  claims: Readonly<Record<string, unknown>>,
  oidc: OidcDefinition,
  access: AccessDefinition,
): OidcVerdict {
  const name = claims[oidc.nameClaim];
  if (typeof name !== 'string' || name === '' || name.length > 200) {
    return failed(`the server told no "${oidc.nameClaim}": see access.oidc.nameClaim and scope`);
  }
  const user = access.users.find((one) => one.name === name);
  if (user !== undefined) return { ok: true, admission: admitUser(user, access) };
  const told = claims[oidc.groupsClaim];
  const groups = new Set(Array.isArray(told) ? told : [told]);
  const group = oidc.groups.find((one) => groups.has(one.group));
  // A name that stands for something else here may not be brought along from elsewhere.
  const isTaken = KEPT.has(name) || access.tokens.some((token) => token.name === name);
  if (group === undefined || isTaken) {
    return { ok: false, why: 'unknown-here', fault: 'is no user here, and in none of the groups' };
  }
  return { ok: true, admission: admitMember(name, group, access) };
}

const KEPT: ReadonlySet<string> = new Set(['local', 'ringside']);

const failed = (fault: string): OidcVerdict => ({ ok: false, why: 'failed', fault });

/** The library's own words: codes and what was checked, no token. */
function faultOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'it failed';
  const code = 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
  return `${cause.message}${code}`;
}
