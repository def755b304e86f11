import type { Who } from './who.ts';

/** What of a request tells who asks; node's `IncomingMessage` fits. */
export interface Asking {
  readonly headers: {
    readonly host?: string | undefined;
    readonly origin?: string | undefined;
    readonly cookie?: string | undefined;
    readonly authorization?: string | undefined;
  };
}

/** Who may pass, for whoever answers requests: the HTTP addresses and the socket ask the same one. */
export interface Gate {
  /**
   * Who asks; undefined where nobody is known by it, or the session has ended. Frozen, and the same object for the same
   * session as long as it lasts: two sessions of one user are two objects.
   */
  whoOf(asking: Asking): Who | undefined;
  /** Whether a page of ours asks: the browser says an Origin that is ours, or one of `access.origins`. False without an Origin. */
  isOurs(asking: Asking): boolean;
  /**
   * Tells of each session that ends (signed out, its time over, its user changed or removed) by the object that `whoOf`
   * gave for it. Where nobody signs in, of the one of this machine when users come in by a reload. The answer stops it.
   */
  onSessionEnd(listener: (who: Who) => void): () => void;
}
