import type { Guess, HotlineGuess } from './guess.ts';

const EXAMPLE_HOURS = `    hours:
      week: { mon-sun: "08:00-20:00" } # an example: write when people are promised`;
const EXAMPLE_TRUNK = [
  '      # No call from outside was seen. This one is an example: write your own.',
  '      - name: example',
  '        interface: PJSIP/example # the name of its channels up to the last "-"',
];

/** The login a proposal is made for. The secret stays in its file. */
export interface ProposalLogin {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Absolute path. */
  readonly secretFile: string;
  /** Undefined: in clear. `caFile` is absolute. */
  readonly tls: { readonly caFile: string | undefined } | undefined;
  /** IANA zone of this machine. */
  readonly zone: string;
  readonly seconds: number;
}

/** A configuration to start from, as commented YAML: every guess says that it is one. */
export function proposalText(login: ProposalLogin, guessed: Guess): string {
  return `${[
    ...heading(login),
    ...pbxLines(login, guessed),
    '',
    'hotlines:',
    ...(guessed.hotlines.length === 0 ? exampleHotline() : guessed.hotlines.flatMap(hotlineLines)),
    ...remarks(guessed),
  ].join('\n')}\n`;
}

/** For the connection alone: nothing seen yet. */
export const NOTHING_SEEN: Guess = {
  trunks: [],
  queues: [],
  seats: [],
  seatsLeftOut: 0,
  hotlines: [],
  numberless: [],
  phoneCalls: 0,
};

function heading({ host, port, zone, seconds }: ProposalLogin): string[] {
  return [
    `# Proposed by "ringside init" from what ${oneLine(host)}:${port} showed in ${seconds} s.`,
    '# Look at every line that says "guess". Then: ringside check FILE, and ringside doctor --config FILE.',
    '',
    'company:',
    `  zone: ${quoted(zone)} # guess: the zone of this machine; days and hours are counted in it`,
    '  # households: 180000 # the least hours a day go by it',
    '',
  ];
}

function pbxLines(login: ProposalLogin, { trunks, queues, seats }: Guess): string[] {
  const lines = [
    'pbxs:',
    '  - name: asterisk # the label in metrics: call it as you call it',
    '    ami:',
    `      host: ${quoted(login.host)}`,
    `      port: ${login.port}`,
    `      user: ${quoted(login.user)}`,
    `      secretFile: ${quoted(login.secretFile)}`,
    ...tlsLines(login),
  ];
  lines.push('    trunks:');
  if (trunks.length === 0) lines.push(...EXAMPLE_TRUNK);
  for (const trunk of trunks) {
    lines.push(
      `      - name: ${quoted(trunk.name)} # guess: ${callsText(trunk.calls)} came in on it`,
      `        interface: ${quoted(trunk.interface)}`,
      '        # lines: 30 # calls it can carry at once; Asterisk does not tell',
    );
  }
  lines.push(
    queues.length === 0 ? '    # The exchange lists no queue.' : '    queues: # all that the exchange lists',
  );
  for (const queue of queues) {
    lines.push(
      `      - name: ${quoted(queue)}`,
      '        # wrapupS: 15 # its wrapuptime in queues.conf; Asterisk does not tell',
    );
  }
  lines.push(
    seats.length === 0
      ? '    # No queue has a member.'
      : '    seats: # members of queues; give each a name: what people call the place',
  );
  for (const seat of seats) {
    const agent = seat.agent === '' ? '' : ` # now: ${oneLine(seat.agent)}`;
    lines.push(`      - { interface: ${quoted(seat.interface)} }${agent}`);
  }
  return lines;
}

function tlsLines({ tls }: ProposalLogin): string[] {
  if (tls === undefined) return [];
  return [tls.caFile === undefined ? '      tls: {}' : `      tls: { caFile: ${quoted(tls.caFile)} }`];
}

function hotlineLines({ name, number, kind, whyKind, calls, ...more }: HotlineGuess): string[] {
  return [
    `  - name: ${quoted(name)}`,
    `    kind: ${kind} # guess: ${whyKind}`,
    `    numbers: [${quoted(number)}] # dialled in ${callsText(calls)}; put numbers of one hotline together`,
    ...(more.trunks.length === 0 ? [] : [`    trunks: [${more.trunks.map(quoted).join(', ')}]`]),
    ...(more.queues.length === 0
      ? ['    # queues: none of its calls was seen to join one']
      : [`    queues: [${more.queues.map(quoted).join(', ')}] # guess: where its calls went`]),
    ...attendantLines(kind, more.attendantContexts),
    '    # voicemailContexts, callbackContexts, closedContexts: name them where the dialplan has them',
    EXAMPLE_HOURS,
  ];
}

function attendantLines(kind: HotlineGuess['kind'], contexts: readonly string[]): string[] {
  if (contexts.length > 0) {
    return [`    attendantContexts: [${contexts.map(quoted).join(', ')}] # guess: a menu ran there`];
  }
  return kind === 'attendant'
    ? ['    # attendantContexts: [menu] # the event filter hides where the menu runs: write it']
    : [];
}

function exampleHotline(): string[] {
  return [
    '  # No call from outside was seen. This one is an example: write your own numbers and kind.',
    '  - name: example',
    '    kind: attendant # or people',
    '    numbers: ["0000000"]',
    EXAMPLE_HOURS,
  ];
}

function remarks({ numberless, seatsLeftOut, phoneCalls }: Guess): string[] {
  const lines: string[] = [];
  for (const context of numberless) {
    lines.push(
      `# Calls came into context ${oneLine(context)} without a number: name it under contexts of a hotline.`,
    );
  }
  if (seatsLeftOut > 0) {
    lines.push(`# Members left out, because their interface may hold somebody's number: ${seatsLeftOut}.`);
  }
  if (phoneCalls > 0) {
    lines.push(`# Calls placed by what looks like phones, left out: ${phoneCalls}.`);
  }
  return lines.length === 0 ? [] : ['', ...lines];
}

/** JSON text is YAML text, whatever the exchange calls its queues. */
const quoted = (text: string): string => JSON.stringify(text);
// oxlint-disable-next-line no-control-regex -- control characters are what it takes out
const oneLine = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f]/g, '?');
const callsText = (calls: number): string => (calls === 1 ? '1 call' : `${calls} calls`);
