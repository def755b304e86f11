import { parseArgs } from 'node:util';

/** What works on the journal that a configuration names. */
export type JournalCommand = { readonly config: string } & (
  | {
      readonly name: 'report';
      readonly words: readonly string[];
      readonly format: string | undefined;
      readonly language: string | undefined;
      readonly out: string | undefined;
    }
  | {
      readonly name: 'export';
      readonly from: string | undefined;
      readonly until: string | undefined;
      readonly out: string | undefined;
    }
  | {
      readonly name: 'import';
      readonly file: string;
      readonly pbx: string | undefined;
      readonly hotline: string | undefined;
      readonly from: string | undefined;
      readonly until: string | undefined;
    }
  | { readonly name: 'forget' }
  | { readonly name: 'call-back-list'; readonly json: boolean }
  | {
      readonly name: 'call-back-close';
      readonly id: string;
      readonly reason: string;
      readonly by: string;
    }
  | { readonly name: 'backup'; readonly file: string }
  | { readonly name: 'restore'; readonly file: string; readonly force: boolean }
);

/** What was asked for on the command line. */
export type Command =
  | { readonly name: 'run'; readonly config: string | undefined; readonly seed: number | undefined }
  | { readonly name: 'check'; readonly file: string }
  | {
      readonly name: 'doctor';
      readonly config: string;
      readonly seconds: number | undefined;
      readonly json: boolean;
    }
  | {
      readonly name: 'init';
      readonly host: string;
      readonly port: number | undefined;
      readonly user: string;
      readonly secretFile: string;
      readonly tls: boolean;
      readonly caFile: string | undefined;
      readonly seconds: number | undefined;
      readonly out: string | undefined;
    }
  | {
      readonly name: 'record';
      readonly config: string;
      readonly out: string;
      readonly pbx: string | undefined;
      readonly seconds: number | undefined;
    }
  | {
      readonly name: 'replay';
      readonly file: string;
      readonly config: string;
      readonly pbx: string | undefined;
      readonly json: boolean;
    }
  | JournalCommand
  | { readonly name: 'key'; readonly keyFile: string }
  | { readonly name: 'user-password' }
  | { readonly name: 'token-new' }
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | { readonly name: 'mistake'; readonly message: string };

export const USAGE = `Ringside: the live watch over telephone hotlines that run on Asterisk.

  ringside [--config FILE]         watch; without a file the built-in practice exchange, with traffic
  ringside check FILE              say every mistake in a configuration, or what it watches
  ringside doctor --config FILE    connect, and say what is right and wrong at the exchange
  ringside init --host H --user U --secret-file F
                                   connect, watch for a while, and propose a configuration
  ringside record --config FILE --out FILE
                                   write down what an exchange says, callers' numbers and names replaced
  ringside replay FILE --config CONFIG
                                   each call of a recording with its outcome and why, and the rates
  ringside report PERIOD --config FILE
                                   figures of a period against the targets: "month 2026-10", "day 2026-11-21",
                                   "shift 2026-11-21 early", "quarter 2026-Q4", "yesterday", "last-month" ...
  ringside import queue_log FILE --config CONFIG
                                   bring the calls of the past in from the exchange's own log of its queues
  ringside export --config FILE    every call, seat and blind time, a JSON object a line, without numbers
  ringside backup FILE --config CONFIG | restore FILE --config CONFIG
                                   copy the journal while it is written to, or put a copy in its place
  ringside forget --config FILE    destroy callers' numbers, read from standard input, one a line
  ringside call-back list --config FILE
                                   who is owed a call back, numbers masked
  ringside call-back close ID --reason TEXT --by NAME --config FILE
                                   say that one is done with, and why
  ringside key new FILE            a new key to keep numbers under, before the old ones
  ringside user password           what stands for a password in the configuration; it is asked for, or read from
                                   standard input
  ringside token new               a token for a machine: a display on a wall, or what reads /metrics
  ringside --help | --version

  doctor: --seconds N (20) how long to watch, --json for programs
  init:   --tls, --ca FILE (the authority of its certificate, means --tls), --port N (5038, with TLS 5039),
          --seconds N (60), --out FILE (else standard output; never overwrites)
  record: --pbx NAME where the configuration has several, --seconds N (else until Ctrl-C); never overwrites
  replay: --json for programs (one object per call and line), --pbx NAME; FILE may be a captured connection
  report: --format html|csv|json (html), --language en|zh-Hans|zh-Hant|es, --out FILE (never overwrites)
  import: --pbx NAME where the configuration has several, --hotline NAME for queues of several hotlines,
          --from, --until DATE
  export: --from, --until DATE, --out FILE (never overwrites)
  call-back: list --json for programs; TEXT is could-not-be-reached, reached-otherwise or not-wanted, with words of
          yours behind it or without, or words alone
  restore: --force to replace a journal that is there
  practice: --seed N (other traffic)
`;

const OPTIONS = {
  config: { type: 'string', short: 'c' },
  seed: { type: 'string' },
  seconds: { type: 'string' },
  json: { type: 'boolean' },
  host: { type: 'string' },
  port: { type: 'string' },
  user: { type: 'string' },
  'secret-file': { type: 'string' },
  tls: { type: 'boolean' },
  ca: { type: 'string' },
  out: { type: 'string' },
  pbx: { type: 'string' },
  hotline: { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  format: { type: 'string' },
  language: { type: 'string' },
  force: { type: 'boolean' },
  reason: { type: 'string' },
  by: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

class Misuse extends Error {}

/** Reads the words after the program's name; what does not fit becomes a `mistake` that says what would. */
export function readCommand(words: readonly string[]): Command {
  try {
    return interpret(words);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { name: 'mistake', message: `${message}\nTry "ringside --help".` };
  }
}

function interpret(words: readonly string[]): Command {
  const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };
  const [name, ...rest] = positionals;
  const given = (option: 'config' | 'host' | 'user' | 'secret-file' | 'out', of: string): string => {
    const value = values[option];
    if (value === undefined || value === '') throw new Misuse(`"ringside ${of}" needs --${option}.`);
    return value;
  };
  const seconds = wholeNumber(values.seconds, 'seconds', 1, 86_400);
  switch (name) {
    case undefined:
      return { name: 'run', config: values.config, seed: wholeNumber(values.seed, 'seed', 0, 2 ** 31) };
    case 'check': {
      const [file] = rest;
      if (file === undefined || rest.length > 1) throw new Misuse('"ringside check" needs one FILE.');
      return { name, file };
    }
    case 'doctor':
      return { name, config: given('config', name), seconds, json: values.json ?? false };
    case 'init':
      return {
        name,
        host: given('host', name),
        port: wholeNumber(values.port, 'port', 1, 65_535),
        user: given('user', name),
        secretFile: given('secret-file', name),
        tls: values.tls ?? false,
        caFile: values.ca,
        seconds,
        out: values.out,
      };
    case 'record':
      return { name, config: given('config', name), out: given('out', name), pbx: values.pbx, seconds };
    case 'replay': {
      const [file] = rest;
      if (file === undefined || rest.length > 1) throw new Misuse('"ringside replay" needs one FILE.');
      return { name, file, config: given('config', name), pbx: values.pbx, json: values.json ?? false };
    }
    case 'key': {
      const [what, keyFile] = rest;
      if (what !== 'new' || keyFile === undefined || rest.length > 2)
        throw new Misuse('It is "ringside key new FILE".');
      return { name, keyFile };
    }
    case 'user':
      if (rest.length !== 1 || rest[0] !== 'password') throw new Misuse('It is "ringside user password".');
      return { name: 'user-password' };
    case 'token':
      if (rest.length !== 1 || rest[0] !== 'new') throw new Misuse('It is "ringside token new".');
      return { name: 'token-new' };
    case 'call-back':
      return callBackCommand(rest, { ...values, config: given('config', name) });
    case 'report':
    case 'export':
    case 'import':
    case 'forget':
    case 'backup':
    case 'restore':
      return journalCommand(name, rest, { ...values, config: given('config', name) });
    default:
      throw new Misuse(`There is no command "${name}".`);
  }
}

const NEVER = -1;
type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values'];

function journalCommand(
  name: Exclude<JournalCommand['name'], 'call-back-list' | 'call-back-close'>,
  rest: readonly string[],
  values: Values & { readonly config: string },
): JournalCommand {
  const { config, from, until, out, format, language, pbx, hotline, force = false } = values;
  const [first, second] = rest;
  const only = (most: number, wanted: string): void => {
    if (rest.length !== most) throw new Misuse(`It is "ringside ${name}${wanted} --config FILE".`);
  };
  switch (name) {
    case 'report':
      return { name, config, words: rest, format, language, out };
    case 'export':
      only(0, '');
      return { name, config, from, until, out };
    case 'forget':
      // A number in the arguments could be read by every user of the machine.
      only(0, '');
      return { name, config };
    case 'import':
      only(first === 'queue_log' ? 2 : NEVER, ' queue_log FILE');
      return { name, config, file: second ?? '', pbx, hotline, from, until };
    case 'backup':
      only(1, ' FILE');
      return { name, config, file: first ?? '' };
    case 'restore':
      only(1, ' FILE');
      return { name, config, file: first ?? '', force };
  }
}

function callBackCommand(
  [what, id, ...more]: readonly string[],
  { config, json = false, reason, by }: Values & { readonly config: string },
): JournalCommand {
  if (what === 'list' && id === undefined) return { name: 'call-back-list', config, json };
  if (what !== 'close' || id === undefined || more.length > 0) {
    throw new Misuse(
      'It is "ringside call-back list --config FILE" or "ringside call-back close ID --reason TEXT --by NAME --config FILE".',
    );
  }
  const missing = reason === undefined ? 'reason' : by === undefined ? 'by' : undefined;
  if (reason === undefined || by === undefined)
    throw new Misuse(`"ringside call-back close" needs --${missing}.`);
  return { name: 'call-back-close', config, id, reason, by };
}

function wholeNumber(
  text: string | undefined,
  option: string,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new Misuse(`--${option} takes a whole number from ${least} to ${most}.`);
  }
  return value;
}
