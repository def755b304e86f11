import type { LinkFailure, LinkState, LinkStatus } from '../ami/connection.ts';

/** What `/readyz` answers: ready when every exchange is watched and its first picture is complete. */
export interface Readiness {
  readonly ready: boolean;
  readonly pbxs: readonly {
    readonly pbx: string;
    readonly state: LinkState;
    /** Unix ms. */
    readonly sinceMs: number;
    /** Why it is not ready, where a connection failed; never holds a secret. */
    readonly failure: { readonly code: LinkFailure; readonly message: string } | undefined;
  }[];
}

export function readinessOf(links: readonly LinkStatus[]): Readiness {
  return {
    ready: links.every(({ state }) => state === 'ready'),
    pbxs: links.map(({ pbx, state, sinceMs, failure }) => ({
      pbx,
      state,
      sinceMs,
      failure: state === 'ready' || !failure ? undefined : { code: failure.code, message: failure.message },
    })),
  };
}
