import type { LinkFault, PbxConnection } from './connection.ts';

/** What each refusal says to the operator: what happened, and where to look. Never the secret. */
const address = (to: PbxConnection): string => `${to.host}:${to.port}`;

/** Text of the far end, for a sentence of ours: printable and short, whatever it was. */
export function quoted(text: string): string {
  return `"${text.slice(0, 80).replace(/[^\x20-\x7e]/g, '?')}"`;
}

export const refusals = {
  connectTimeout: (to: PbxConnection, waitedMs: number): LinkFault => ({
    code: 'connect-timeout',
    message: `${address(to)} did not answer within ${Math.round(waitedMs / 1000)} s: a firewall in between, or the wrong address?`,
  }),
  unreachable: (to: PbxConnection, reason: string): LinkFault => ({
    code: 'unreachable',
    message: `Nobody listens at ${address(to)} (${reason}). Is Asterisk running, and enabled = yes in manager.conf?`,
  }),
  tls: (to: PbxConnection, reason: string): LinkFault => ({
    code: 'tls',
    message: `No TLS with ${address(to)} (${reason}). Look at tlsenable, tlsbindaddr and tlscertfile in manager.conf, and at the authority and server name set here.`,
  }),
  closed: (to: PbxConnection): LinkFault => ({
    code: 'closed-by-exchange',
    message: `${address(to)} ended the connection: Asterisk stopped, or its writetimeout passed while we could not read.`,
  }),
  silentGreeting: (to: PbxConnection): LinkFault => ({
    code: 'silent',
    message: `${address(to)} accepts connections but does not greet as Asterisk does. Is it the AMI port (5038, or 5039 with TLS)?`,
  }),
  notAsterisk: (to: PbxConnection, heard: string): LinkFault => ({
    code: 'not-asterisk',
    message: `${address(to)} is not an Asterisk manager: it greets with ${quoted(heard)}.`,
  }),
  silentLogin: (to: PbxConnection): LinkFault => ({
    code: 'silent',
    message: `${address(to)} greeted as Asterisk but does not answer the login.`,
  }),
  unsafeLogin: (to: PbxConnection): LinkFault => ({
    code: 'login-refused',
    message: `The AMI user ${quoted(to.user)} or its secret holds a line break or is too long: nothing was sent.`,
  }),
  loginRefused: (to: PbxConnection, said: string): LinkFault => ({
    code: 'login-refused',
    message: `Asterisk at ${address(to)} refuses AMI user ${quoted(to.user)}: ${quoted(said)}. Look at [${to.user}] in manager.conf or manager.d: its secret, and permit/deny for this machine.`,
  }),
  boot: (to: PbxConnection, waitedMs: number): LinkFault => ({
    code: 'boot-timeout',
    message: `Logged in, but FullyBooted did not come within ${Math.round(waitedMs / 1000)} s: Asterisk is still loading, or read= of AMI user ${quoted(to.user)} in manager.conf lacks "system".`,
  }),
  timestamps: (): LinkFault => ({
    code: 'no-timestamps',
    message:
      'Events come without a Timestamp, nothing can be measured. Add "timestampevents = yes" to [general] of manager.conf (in a file of manager.d: under [general](+); on FreePBX: manager_custom.conf, under [general](+)), then "manager reload".',
  }),
  snapshot: (waitedMs: number, missing: string): LinkFault => ({
    code: 'snapshot-timeout',
    message: `The lists of calls and queues were not complete after ${Math.round(waitedMs / 1000)} s (${missing}).`,
  }),
  silent: (quietMs: number): LinkFault => ({
    code: 'silent',
    message: `Nothing was heard for ${Math.round(quietMs / 1000)} s and a Ping went unanswered.`,
  }),
  /** Not the end of a connection: a warning. */
  dropped: (): string =>
    'Asterisk sent a block beyond all bounds and it was dropped: an event may be missing from the figures.',
  flooded: (messages: number): LinkFault => ({
    code: 'flooded',
    message: `${messages} events came before the lists were complete; more is not kept.`,
  }),
};
