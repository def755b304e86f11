import { createHash } from 'node:crypto';
import { actionText } from './action-text.ts';
import type { PbxConnection } from './connection.ts';

const BANNER = /^Asterisk Call Manager\/(\S+)$/;
/** Classes whose events the core knows; what else the user may read is not asked for. */
const EVENT_CLASSES = 'system,call,agent,dialplan';

/** AMI versions by what they came with: Asterisk never says its own version in the banner. */
const RELEASES: readonly (readonly [string, string])[] = [
  ['12.', '23'],
  ['11.', '22'],
  ['10.', '21'],
  ['9.', '20'],
  ['8.', '19'],
  ['7.', '18'],
  ['6.', '17'],
  ['5.', '16'],
];

/** The AMI version of a banner, and what it stands for ('' where we do not know); undefined: not Asterisk. */
export function readBanner(banner: string): { readonly release: string } | undefined {
  const version = BANNER.exec(banner)?.[1];
  if (version === undefined) return undefined;
  return { release: RELEASES.find(([prefix]) => version.startsWith(prefix))?.[1] ?? '' };
}

/** Whether the host is this machine: a plain login to another crosses a network. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

export function challengeText(actionId: string): string {
  return actionText('Challenge', actionId, [['AuthType', 'MD5']]) ?? '';
}

/**
 * The login: with a challenge, its answer; without (inside TLS) the secret itself. Undefined where the user or the
 * secret cannot be sent.
 */
export function loginText(
  to: Pick<PbxConnection, 'user' | 'secret'>,
  actionId: string,
  challenge: string | undefined,
): string | undefined {
  const proof: (readonly [string, string])[] =
    challenge === undefined
      ? [['Secret', to.secret]]
      : [
          ['AuthType', 'MD5'],
          ['Key', md5(challenge + to.secret)],
        ];
  return actionText('Login', actionId, [['Username', to.user], ...proof, ['Events', EVENT_CLASSES]]);
}

/** MD5 because Asterisk's Challenge knows no other (manager.c, authenticate); TLS is the way to better. */
function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
