/** How to reach one exchange, as the configuration gives it (secrets already read from their file or variable). */
export interface PbxConnection {
  readonly pbx: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Never printed, never logged. */
  readonly secret: string;
  /** Undefined: plain TCP, with Challenge (MD5) login. */
  readonly tls: PbxTls | undefined;
  /** The acting login (seat moves); undefined where they are off. */
  readonly acting: { readonly user: string; readonly secret: string } | undefined;
}
export interface PbxTls {
  /** PEM text of the authorities to trust besides the system's; undefined: the system's only. */
  readonly ca: string | undefined;
  readonly serverName: string | undefined;
  /** False only where the configuration says so in so many words (self-signed on a private wire). */
  readonly verify: boolean;
}

/** What went wrong and what to do about it, in words for the operator; never a secret, never a caller's number. */
export interface LinkFault {
  readonly code: LinkFailure;
  readonly message: string;
}

/** Where the session stands, for logs, `/readyz`, metrics and `doctor`. */
export const LINK_STATES = [
  'idle',
  'connecting',
  'logging-in',
  'waiting-for-boot',
  'waiting-for-timestamps',
  'reading-snapshot',
  'ready',
  'waiting-to-retry',
  'stopped',
] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** Why the last connection ended or could not be made; one code for each refusal of the network and of Asterisk. */
export const LINK_FAILURES = [
  'unreachable',
  'connect-timeout',
  'tls',
  'not-asterisk',
  'login-refused',
  'no-rights',
  'no-timestamps',
  'boot-timeout',
  'snapshot-timeout',
  'snapshot-incomplete',
  'silent',
  'closed-by-exchange',
  'flooded',
  'stopped',
] as const;
export type LinkFailure = (typeof LINK_FAILURES)[number];

/** Why the exchange is not seen, where that is what the state is about; undefined while a connection is on its way. */
export function failureOf({ state, failure }: Pick<LinkStatus, 'state' | 'failure'>): LinkStatus['failure'] {
  return state === 'waiting-to-retry' || state === 'waiting-for-timestamps' ? failure : undefined;
}

export interface LinkStatus {
  readonly pbx: string;
  readonly state: LinkState;
  /** Our clock. */
  readonly sinceMs: number;
  readonly failure:
    { readonly code: LinkFailure; readonly message: string; readonly atMs: number } | undefined;
  /** Banner, for example `Asterisk Call Manager/11.0.0`, and what it stands for (`22`). */
  readonly banner: string;
  readonly release: string;
  /** Boot instant of the exchange, our clock; whole seconds (asterisk-facts section 2). */
  readonly bootedAtMs: number | undefined;
  /** Exchange clock minus ours, ms. */
  readonly clockOffsetMs: number;
  readonly connections: number;
  readonly reboots: number;
  /** What is not as it should be though the session works: rights too wide or too narrow, filter not in force, plain login over a network. */
  readonly warnings: readonly string[];
}
