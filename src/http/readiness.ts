import type { LinkFailure, LinkState, LinkStatus } from '../ami/connection.ts';

/** What `/readyz` answers: ready when every exchange is watched and its first picture is complete. */
export interface Readiness {
  readonly ready: boolean;
  readonly pbxs: readonly {
    readonly pbx: string;
    readonly ready: boolean;
    readonly state: LinkState;
    /** Unix ms. */
    readonly sinceMs: number;
    /** Why it is not ready, where a connection failed; never holds a secret. */
    readonly failure:
      { readonly code: LinkFailure; readonly message: string; readonly atMs: number } | undefined;
    /** What is not as it should be though it is watched. */
    readonly warnings: readonly string[];
  }[];
}

/** Without a link there is nothing to be ready: so it is while the daemon starts. */
export function readinessOf(links: readonly LinkStatus[]): Readiness {
  return {
    ready: links.length > 0 && links.every(({ state }) => state === 'ready'),
    pbxs: links.map(({ pbx, state, sinceMs, failure, warnings }) => ({
      pbx,
      ready: state === 'ready',
      state,
      sinceMs,
      failure: state === 'ready' ? undefined : failure,
      warnings,
    })),
  };
}
