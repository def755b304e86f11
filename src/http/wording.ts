import type { SeatState } from '../calls/facts.ts';
import type { LinkState } from '../ami/connection.ts';
import type { Verdict } from '../rates/report.ts';

/** How figures are written for people: never a ratio where there were no calls, never rounded up to a target. */
export const percent = (ratio: number | null): string =>
  ratio === null ? 'no calls' : `${wholeTenths(ratio)} %`;

/** For figures whose absence is plain from beside them. */
export const percentOrDash = (ratio: number | null): string => (ratio === null ? '–' : percent(ratio));

/** 0.29 * 1000 is 290 less a hair: the tenth it stands for must not be lost to that. */
function wholeTenths(ratio: number): string {
  return (Math.floor(ratio * 1000 + 1e-9) / 10).toFixed(1);
}

export function duration(ms: number | null): string {
  if (ms === null) return '–';
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${twoDigits(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

/** The zone of the machine the daemon runs on. */
export const SERVER_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The time of day in an IANA zone, by default the server's; another zone is named: `14:02`, `22:02 Asia/Shanghai`. */
export function timeOfDay(atMs: number, zone = SERVER_ZONE): string {
  const time = clockOf(zone).format(atMs);
  return zone === SERVER_ZONE ? time : `${time} ${zone}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Zones are few, and a formatter is dear to make. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(zone, made);
  return made;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

export interface Sign {
  /** Beside the word, so that colour is never the only sign. */
  readonly sign: string;
  readonly words: string;
}

/** norm.md section 1, verdicts. */
export const VERDICT_WORDS: Readonly<Record<Verdict, Sign>> = {
  blind: { sign: '◌', words: 'blind' },
  since: { sign: '…', words: 'no verdict yet' },
  'no-data': { sign: '–', words: 'no calls' },
  'too-few-calls': { sign: '·', words: 'too few calls' },
  missing: { sign: '▼', words: 'missing the target' },
  meeting: { sign: '▲', words: 'meeting the target' },
  'on-track': { sign: '●', words: 'on track' },
  'at-risk': { sign: '◆', words: 'at risk' },
};

/** The same where there is little room. */
export const VERDICT_WORD: Readonly<Record<Verdict, string>> = {
  blind: 'blind',
  since: 'not yet',
  'no-data': 'no calls',
  'too-few-calls': 'too few',
  missing: 'missing',
  meeting: 'meeting',
  'on-track': 'on track',
  'at-risk': 'at risk',
};

export const TARGET_WORDS: Readonly<Record<string, string>> = {
  auto: 'Attendant picks up',
  transfer: 'A person answers those passed on',
  direct: 'A person answers',
  'after-hours': 'After hours, something takes the call',
};

export const BREACH_WORDS: Readonly<Record<string, string>> = {
  unanswered: 'nobody answered',
  'after-hours-not-taken': 'not taken after hours',
  'emergency-not-answered': 'emergency not answered',
};

export const SEAT_WORDS: Readonly<Record<SeatState, Sign>> = {
  talking: { sign: '●', words: 'talking' },
  'on-hold': { sign: '‖', words: 'caller on hold' },
  ringing: { sign: '◔', words: 'ringing' },
  dialling: { sign: '◑', words: 'dialling' },
  'wrap-up': { sign: '✎', words: 'wrap-up' },
  idle: { sign: '○', words: 'idle' },
  paused: { sign: '▮', words: 'paused' },
  offline: { sign: '×', words: 'offline' },
  unknown: { sign: '?', words: 'unknown' },
};

export const LINK_WORDS: Readonly<Record<LinkState, string>> = {
  idle: 'not connected yet',
  connecting: 'connecting',
  'logging-in': 'logging in',
  'waiting-for-boot': 'waiting until it has started',
  'waiting-for-timestamps': 'waiting for events with a time',
  'reading-snapshot': 'reading the first picture',
  ready: 'reading the picture anew',
  'waiting-to-retry': 'waiting to try again',
  stopped: 'stopped',
};
