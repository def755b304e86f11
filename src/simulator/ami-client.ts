import { createHash } from 'node:crypto';
import { type EventClass, type Header, writeBlock, writeTimestamp } from './ami-block.ts';
import { type ActionId, listChannels, listQueues, listStatus, tellCore } from './lists.ts';
import type { Floor } from './play-ring.ts';
import { QUEUE_ACTIONS } from './queue-actions.ts';

/** The user of the practice exchange that reads: `read = system,call,agent,dialplan`, `write = reporting`. */
export interface PracticeLogin {
  readonly user: string;
  readonly secret: string;
  /** `read =` holds `cdr` too. */
  readonly readsCdr?: boolean;
  /** A second one, that acts: `read =` nothing, `write = agent`. */
  readonly acting?: { readonly user: string; readonly secret: string };
}

/** What the socket is to do. */
export type ClientEffect =
  | { readonly type: 'send'; readonly text: string }
  /** Send after this long and close, as Asterisk does with a refused login (manager.c: it sleeps a second). */
  | { readonly type: 'close'; readonly text: string; readonly afterMs: number };

export const BANNER = 'Asterisk Call Manager/11.0.0\r\n';

/** manager.c: a line of the session's buffer, and AST_MAX_MANHEADERS. */
const LINE_LIMIT = 1024;
const HEADER_LIMIT = 128;
const READ_CLASSES: ReadonlySet<EventClass> = new Set(['system', 'call', 'agent', 'dialplan']);

/** What ListCommands shows: to everybody what needs no class, to each user what its own class opens. */
const COMMANDS: readonly (readonly [action: string, text: string])[] = [
  ['BridgeInfo', 'Get information about a bridge.  (Priv: <none>)'],
  ['BridgeList', 'Get a list of bridges in the system.  (Priv: <none>)'],
  ['Challenge', 'Generate Challenge for MD5 Auth.  (Priv: <none>)'],
  ['CoreSettings', 'Show PBX core settings (version etc).  (Priv: system,reporting,all)'],
  ['CoreShowChannels', 'List currently active channels.  (Priv: system,reporting,all)'],
  ['CoreStatus', 'Show PBX core status variables.  (Priv: system,reporting,all)'],
  ['DeviceStateList', 'List the current known device states.  (Priv: call,reporting,all)'],
  ['Events', 'Control Event Flow.  (Priv: <none>)'],
  ['ExtensionState', 'Check Extension Status.  (Priv: call,reporting,all)'],
  ['ListCommands', 'List available manager commands.  (Priv: <none>)'],
  ['Login', 'Login Manager.  (Priv: <none>)'],
  ['Logoff', 'Logoff Manager.  (Priv: <none>)'],
  ['Ping', 'Keepalive command.  (Priv: <none>)'],
  ['QueueStatus', 'Show queue status.  (Priv: <none>)'],
  ['QueueAdd', 'Add interface to queue.  (Priv: agent,all)'],
  ['QueuePause', 'Makes a queue member temporarily unavailable.  (Priv: agent,all)'],
  ['QueuePenalty', 'Set the penalty for a queue member.  (Priv: agent,all)'],
  ['QueueRemove', 'Remove interface from queue.  (Priv: agent,all)'],
  ['Status', 'List channel status.  (Priv: system,call,reporting,all)'],
];

type Action = ReadonlyMap<string, string>;

/** One AMI client of the practice exchange: text in, effects out. Garbage never throws; it is answered or dropped. */
export class AmiClient {
  readonly #floor: Floor;
  readonly #login: PracticeLogin;
  readonly #challenge: string;
  #rest = '';
  #headers: [string, string][] = [];
  #tooMany = false;
  #challenged = false;
  #isIn = false;
  /** Which of the two users it is. */
  #writes: 'reporting' | 'agent' = 'reporting';
  #eventsOn = false;
  #isClosed = false;

  /** `challenge` is what `Action: Challenge` answers: digits, different for each connection. */
  constructor(floor: Floor, login: PracticeLogin, challenge: string) {
    this.#floor = floor;
    this.#login = login;
    this.#challenge = challenge;
  }

  wants(eventClass: EventClass): boolean {
    if (!this.#eventsOn || this.#writes === 'agent') return false;
    return READ_CLASSES.has(eventClass) || (eventClass === 'cdr' && this.#login.readsCdr === true);
  }

  get isLoggedIn(): boolean {
    return this.#isIn;
  }

  /** Takes what came in, in any pieces. */
  receive(text: string): readonly ClientEffect[] {
    const effects: ClientEffect[] = [];
    const lines = (this.#rest + text).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, LINE_LIMIT + 1);
    for (const line of lines) {
      if (this.#isClosed) break;
      const effect = this.#takeLine(line.endsWith('\r') ? line.slice(0, -1) : line);
      if (effect) effects.push(effect);
    }
    return effects;
  }

  #takeLine(line: string): ClientEffect | undefined {
    if (line === '') return this.#endOfAction();
    if (line.length > LINE_LIMIT) return undefined;
    if (this.#headers.length >= HEADER_LIMIT) {
      this.#tooMany = true;
      return undefined;
    }
    const colon = line.indexOf(':');
    if (colon > 0)
      this.#headers.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
    return undefined;
  }

  #endOfAction(): ClientEffect | undefined {
    const action: Action = new Map(this.#headers.toReversed());
    const tooMany = this.#tooMany;
    const isEmpty = this.#headers.length === 0;
    this.#headers = [];
    this.#tooMany = false;
    if (isEmpty) return undefined;
    if (tooMany) return this.#error(action, 'Too many lines in message');
    return this.#answer(action);
  }

  #answer(action: Action): ClientEffect {
    const name = (action.get('action') ?? '').toLowerCase();
    const id = idOf(action);
    if (name === '') return this.#error(action, 'Missing action in request');
    if (name === 'challenge') return this.#answerChallenge(action);
    if (name === 'login') return this.#answerLogin(action);
    if (name === 'logoff') return this.#logOff(id);
    if (!this.#isIn) return this.#error(action, 'Permission denied');
    const allowed = COMMANDS.find(([command]) => command.toLowerCase() === name);
    if (allowed !== undefined && !this.#may(allowed[1])) return this.#error(action, 'Permission denied');
    const text = this.#answerQuestion(name, action, id);
    if (text !== undefined) return { type: 'send', text };
    return this.#error(
      action,
      `Invalid/unknown command: ${action.get('action') ?? ''}. Use Action: ListCommands to show available commands.`,
    );
  }

  #answerQuestion(name: string, action: Action, id: ActionId): string | undefined {
    switch (name) {
      case 'ping':
        return success([...id, ['Ping', 'Pong'], ['Timestamp', this.#timestamp()]]);
      case 'coreshowchannels':
        return listChannels(this.#floor, id);
      case 'status':
        return listStatus(this.#floor, id, action.get('variables')?.split(','));
      case 'queuestatus':
        return listQueues(this.#floor, id, action.get('queue') ?? '');
      case 'corestatus':
        return tellCore(this.#floor, id);
      case 'coresettings':
        return success([
          ...id,
          ['AMIversion', '11.0.0'],
          ['AsteriskVersion', 'practice'],
          ['SystemName', this.#floor.exchange.system],
        ]);
      case 'listcommands':
        return success([...id, ...COMMANDS.filter(([, text]) => this.#may(text))]);
      case 'events':
        this.#eventsOn = (action.get('eventmask') ?? '').toLowerCase() !== 'off';
        return success([...id, ['Events', this.#eventsOn ? 'On' : 'Off']]);
      default:
        return this.#act(name, action, id);
    }
  }

  #act(name: string, action: Action, id: ActionId): string | undefined {
    const answer = QUEUE_ACTIONS.get(name)?.(this.#floor, action);
    if (answer === undefined) return undefined;
    const response = answer.isRefused ? 'Error' : 'Success';
    return writeBlock([['Response', response], ...id, ['Message', answer.message]]);
  }

  /** By the classes that ListCommands shows of an action. */
  #may(text: string): boolean {
    return text.includes('<none>') || text.includes(`${this.#writes},`);
  }

  #answerChallenge(action: Action): ClientEffect {
    if ((action.get('authtype') ?? '').toUpperCase() !== 'MD5')
      return this.#error(action, 'Must specify AuthType');
    this.#challenged = true;
    return { type: 'send', text: success([...idOf(action), ['Challenge', this.#challenge]]) };
  }

  #answerLogin(action: Action): ClientEffect {
    const user = this.#userOf(action);
    if (user === undefined) {
      this.#isClosed = true;
      const text = writeBlock([['Response', 'Error'], ...idOf(action), ['Message', 'Authentication failed']]);
      return { type: 'close', text, afterMs: 1000 };
    }
    this.#isIn = true;
    this.#writes = user;
    this.#eventsOn = (action.get('events') ?? '').toLowerCase() !== 'off';
    const accepted = success([...idOf(action), ['Message', 'Authentication accepted']]);
    const seesIt = this.wants('system');
    return { type: 'send', text: seesIt ? accepted + this.#fullyBooted() : accepted };
  }

  /** Who logs in; undefined where that is refused. */
  #userOf(action: Action): 'reporting' | 'agent' | undefined {
    const { acting } = this.#login;
    if (this.#isRight(action, this.#login)) return 'reporting';
    return acting !== undefined && this.#isRight(action, acting) ? 'agent' : undefined;
  }

  #isRight(action: Action, { user, secret }: { readonly user: string; readonly secret: string }): boolean {
    if (action.get('username') !== user) return false;
    if ((action.get('authtype') ?? '').toUpperCase() !== 'MD5') return action.get('secret') === secret;
    const key = createHash('md5')
      .update(this.#challenge + secret)
      .digest('hex');
    return this.#challenged && action.get('key') === key;
  }

  /** Sent to this session only, and so without a Timestamp (recorded). */
  #fullyBooted(): string {
    const { exchange } = this.#floor;
    const uptimeS = Math.floor((exchange.clockMs - exchange.bootMs) / 1000);
    return writeBlock([
      ['Event', 'FullyBooted'],
      ['Privilege', 'system,all'],
      ['Uptime', uptimeS],
      ['LastReload', uptimeS],
      ['Status', 'Fully Booted'],
    ]);
  }

  #logOff(id: ActionId): ClientEffect {
    this.#isClosed = true;
    this.#eventsOn = false;
    const text = writeBlock([['Response', 'Goodbye'], ...id, ['Message', 'Thanks for all the fish.']]);
    return { type: 'close', text, afterMs: 0 };
  }

  #error(action: Action, message: string): ClientEffect {
    return { type: 'send', text: writeBlock([['Response', 'Error'], ...idOf(action), ['Message', message]]) };
  }

  #timestamp(): string {
    return writeTimestamp(Math.round(this.#floor.exchange.clockMs * 1000));
  }
}

function idOf(action: Action): ActionId {
  const id = action.get('actionid');
  return id === undefined || id === '' ? [] : [['ActionID', id]];
}

function success(headers: readonly Header[]): string {
  return writeBlock([['Response', 'Success'], ...headers]);
}
