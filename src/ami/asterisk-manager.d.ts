/** What we use of asterisk-manager 0.2.0 (`lib/manager.js`), which brings no types of its own. */
declare module 'asterisk-manager' {
  /** A block as the package makes it: names lower-cased; a name that repeats makes a list, `Variable` an object. */
  export type Block = Record<string, unknown>;
  /** `error` is the block of an answer `Response: Error`. */
  export type Answered = (error: Block | Error | undefined, answer?: Block) => void;

  export interface Manager {
    on(name: string, listener: (...values: unknown[]) => void): void;
    removeAllListeners(name: string): void;
    listeners(name: string): unknown[];
    emit(name: string, ...values: unknown[]): boolean;
    /** Hands its first two arguments to `net.createConnection`. */
    connect(
      options: ({ host: string; port: number } | { path: string }) & { signal: AbortSignal },
      host: undefined,
      up: () => void,
    ): void;
    login(done: Answered): void;
    action(action: Record<string, string>, done: Answered): string;
    disconnect(): void;
  }
  interface ManagerConstructor {
    /** Without a port it does not connect. */
    new (port: undefined, host: string, user: string, secret: string, events: boolean): Manager;
  }
  const AsteriskManager: ManagerConstructor;
  export default AsteriskManager;
}
