import type { LinkFailure } from '../ami/connection.ts';
import { isLoopback } from '../ami/login.ts';
import { right, warning, wrong, type Finding } from './finding.ts';
import type { ExchangeObservation } from './observation.ts';

/** What happened, and the first thing to do about it; why is the session's own sentence. */
const FAILURES: Readonly<Record<LinkFailure, readonly [what: string, change: string]>> = {
  unreachable: ['It was not reached.', 'On the exchange: asterisk -rx "manager show settings"'],
  'connect-timeout': ['It was not reached.', 'Check host and port here, and the firewall on the way.'],
  tls: ['No encrypted connection could be made.', 'Check tls here against tlsenable in manager.conf.'],
  'not-asterisk': ['Something else answers there.', 'Check host and port here against manager.conf.'],
  'login-refused': [
    'The login was refused.',
    'On the exchange: asterisk -rx "manager show users" (is the user there, was manager reloaded?)',
  ],
  'no-rights': [
    'The login may not read the lists.',
    'Write write = reporting, as config/asterisk has it, then: asterisk -rx "manager reload"',
  ],
  'no-timestamps': [
    'Events come without a Timestamp.',
    'Add timestampevents = yes to [general] of manager.conf, then: asterisk -rx "manager reload"',
  ],
  'boot-timeout': [
    'The exchange does not say that it is up.',
    'Write read = system,call,agent,dialplan, then: asterisk -rx "manager reload"',
  ],
  'snapshot-timeout': ['The lists did not come in time.', 'Is the exchange overloaded? Try again.'],
  'snapshot-incomplete': [
    'The lists were not whole.',
    'Try again; if it stays so, look at the log of Asterisk.',
  ],
  silent: ['It fell silent.', 'On the exchange: is Asterisk still running, does its console answer?'],
  'closed-by-exchange': [
    'It ended the connection.',
    'Write writetimeout = 10000 for the user in manager.conf, and look at the log of Asterisk.',
  ],
  flooded: ['More came than can be read.', 'Take the eventfilter lines of config/asterisk.'],
  stopped: ['The watch was stopped.', ''],
};
const SUPPORTED = ['20', '22', '23'];
const BEST_EFFORT = new Set(['16', '18']);
/** Farther apart than this, the logs of the two machines cannot be laid side by side. */
const CLOCK_APART_MS = 2_000;

/** What is known of a link, whether or not it was ever ready. */
export type LinkObservation = Pick<ExchangeObservation, 'wire' | 'link' | 'fault' | 'watchedMs'>;

/** Reached or not and why, the wire, the release, the clock. */
export function linkFindings(seen: LinkObservation): Finding[] {
  const findings = [reachedFinding(seen), wireFinding(seen)];
  if (seen.link.banner !== '') findings.push(releaseFinding(seen));
  if (seen.watchedMs !== undefined) findings.push(clockFinding(seen.link.clockOffsetMs));
  return findings.filter((one) => one !== undefined);
}

function reachedFinding({ fault, link, wire, watchedMs }: LinkObservation): Finding {
  if (fault !== undefined) {
    const [what, change] = FAILURES[fault.code];
    return wrong(what, fault.message, change);
  }
  if (watchedMs !== undefined) return right(`Reached, and logged in as ${wire.user}.`);
  if (link.state === 'waiting-for-boot') {
    const why = `Logged in, but FullyBooted did not come: Asterisk is still loading, or read= of AMI user ${wire.user} lacks "system".`;
    return wrong(FAILURES['boot-timeout'][0], why, FAILURES['boot-timeout'][1]);
  }
  return wrong(
    `The watch ended before it was ready (${link.state}).`,
    'The exchange took longer than the watch lasted.',
    'Give it more time: --seconds 60',
  );
}

function wireFinding({ wire }: LinkObservation): Finding | undefined {
  if (wire.tls === 'checked') return right('The connection is encrypted, and its certificate checked.');
  if (wire.tls === 'unchecked') {
    return warning(
      'The connection is encrypted, its certificate is not checked.',
      'Whoever sits on the wire can pose as the exchange.',
      'Name the authority with tls.caFile and take verify: false away.',
    );
  }
  if (isLoopback(wire.host)) return right('The connection does not leave this machine.');
  return warning(
    'The connection crosses a network in clear.',
    'Who can see the network can read every call.',
    'Use TLS (tlsenable = yes in manager.conf, tls: here), or a tunnel to 127.0.0.1.',
  );
}

function releaseFinding({ link: { release, banner } }: LinkObservation): Finding {
  if (SUPPORTED.includes(release)) return right(`Asterisk ${release} is supported.`);
  if (BEST_EFFORT.has(release)) {
    return warning(
      `Asterisk ${release} is watched as well as it goes.`,
      'It is no longer maintained, and cannot filter events by name.',
      'Take config/asterisk/manager.d/ringside-legacy.conf, and plan the update.',
    );
  }
  return warning(
    release === ''
      ? `The release is not known (${banner.slice(0, 60)}).`
      : `Asterisk ${release} is not supported.`,
    'Nobody has compared what it sends with what really happened.',
    `Supported are ${SUPPORTED.join(', ')}.`,
  );
}

function clockFinding(offsetMs: number): Finding {
  const apart = `${(Math.abs(offsetMs) / 1_000).toFixed(1)} s`;
  const side = offsetMs > 0 ? 'ahead of' : 'behind';
  if (Math.abs(offsetMs) < CLOCK_APART_MS) return right('Its clock and the one of this machine agree.');
  return warning(
    `Its clock is ${apart} ${side} the one of this machine.`,
    'Figures stay right, times are brought to one clock; but the logs of the two cannot be compared.',
    'Let both follow a time server.',
  );
}
