/** What one login may do, as the answer to ListCommands says it: action name and the classes it takes. */
export interface AllowedAction {
  readonly action: string;
  /** Any one of these grants it; empty where it needs none. */
  readonly classes: readonly string[];
}

export interface RightsVerdict {
  /** Write classes to take away, each with the actions it opens. */
  readonly excess: readonly { readonly class: string; readonly actions: readonly string[] }[];
  /** Actions we need that the login may not do. */
  readonly missing: readonly string[];
}

/** The reading session's rights: its lists (asterisk-facts section 4). */
export const READING_RIGHTS = { class: 'reporting', actions: ['CoreShowChannels', 'Status', 'CoreStatus'] };
/** The acting session's rights: seat moves. */
export const ACTING_RIGHTS = {
  class: 'agent',
  actions: ['QueuePause', 'QueueAdd', 'QueueRemove', 'QueuePenalty'],
};

/** Classes with which a login owns the machine or its calls, and what each allows; named first and loudest. */
const DANGERS: ReadonlyMap<string, string> = new Map([
  ['originate', 'place calls and run programs (CVE-2024-42365)'],
  ['command', 'run any command of the Asterisk console'],
  ['config', "rewrite Asterisk's configuration files"],
  ['system', 'stop and reload Asterisk'],
  ['call', 'hang up, redirect and take over calls'],
  ['aoc', 'change the advice of charge'],
  ['message', 'send messages'],
  ['user', 'send events of its own making'],
  ['agent', 'change queues and their members'],
]);

/** What a write class lets a login do: `place calls and run programs (CVE-2024-42365)`. */
export function allowedBy({ class: name, actions }: RightsVerdict['excess'][number]): string {
  return DANGERS.get(name) ?? `do ${actions.slice(0, 3).join(', ')}`;
}

/** The lines of the answer to ListCommands: `Originate: Originate a call.  (Priv: originate,all)`. */
export function allowedActions(answer: Iterable<readonly [string, string]>): AllowedAction[] {
  const actions: AllowedAction[] = [];
  for (const [action, text] of answer) {
    const priv = /\(Priv: ([^)]*)\)\s*$/.exec(text)?.[1];
    if (action === '' || priv === undefined) continue;
    const classes = priv.split(',').filter((one) => one !== 'all' && one !== '<none>' && one !== '');
    actions.push({ action, classes });
  }
  return actions;
}

/** What of these rights is too wide and what too narrow for what the session has to do. */
export function judgeRights(
  allowed: readonly AllowedAction[],
  wanted: { readonly class: string; readonly actions: readonly string[] },
): RightsVerdict {
  const byClass = new Map<string, string[]>();
  for (const { action, classes } of allowed) {
    // An action that the wanted class opens too says nothing about the others; nor one that needs no class.
    if (classes.length === 0 || classes.includes(wanted.class)) continue;
    const [only] = classes;
    if (only === undefined || classes.length > 1) continue;
    byClass.set(only, [...(byClass.get(only) ?? []), action]);
  }
  const order = [...DANGERS.keys()];
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const excess = [...byClass]
    .map(([name, actions]) => ({ class: name, actions }))
    .sort((a, b) => rank(a.class) - rank(b.class));
  const names = new Set(allowed.map((one) => one.action.toLowerCase()));
  return { excess, missing: wanted.actions.filter((action) => !names.has(action.toLowerCase())) };
}

/** At most one sentence for what is too wide and one for what is too narrow; none where the rights are right. */
export function rightsWarnings(user: string, verdict: RightsVerdict, wantedClass: string): string[] {
  const lines: string[] = [];
  if (verdict.excess.length > 0) {
    const what = verdict.excess.map(({ class: name, actions }) => {
      const allows = DANGERS.get(name) ?? actions.slice(0, 3).join(', ');
      return `"${name}" (${allows})`;
    });
    lines.push(
      `AMI user ${user} has too many rights. Take out of its write= line in manager.conf: ${what.join(', ')}; "${wantedClass}" alone is enough.`,
    );
  }
  if (verdict.missing.length > 0) {
    lines.push(
      `AMI user ${user} may not do ${verdict.missing.join(', ')}: its write= line in manager.conf must hold "${wantedClass}".`,
    );
  }
  return lines;
}

/** What was seen in one connection, to tell from it which read classes the user lacks. */
export interface SeenEvents {
  /** Events by Asterisk's name. */
  readonly byName: ReadonlyMap<string, number>;
  /** Two lists differ: a channel came up in between, or a queue served or lost a caller. */
  readonly channelsCame: boolean;
  readonly queuesMoved: boolean;
}
/** A class is called missing only when so many of the events beside it came without one of its own. */
const JOINS_TO_JUDGE = 3;

/** Read classes whose events should have come and did not: judged from the events, not from the configuration. */
export function missingReadClasses(seen: SeenEvents): string[] {
  const count = (...names: string[]): number =>
    names.reduce((sum, name) => sum + (seen.byName.get(name) ?? 0), 0);
  const missing: string[] = [];
  if (seen.channelsCame && count('Newchannel', 'Newstate', 'Hangup') === 0) missing.push('call');
  const joins = count('QueueCallerJoin');
  if (seen.queuesMoved && joins + count('QueueCallerLeave', 'AgentComplete', 'QueueMemberStatus') === 0)
    missing.push('agent');
  if (joins >= JOINS_TO_JUDGE && count('Newexten', 'VarSet') === 0) missing.push('dialplan');
  return missing;
}
