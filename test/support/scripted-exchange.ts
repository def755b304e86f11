import { createHash } from 'node:crypto';

export type Headers = Readonly<Record<string, string>>;
export interface ExchangeScript {
  banner: string;
  user: string;
  secret: string;
  /** What an action is answered with instead of the usual; '' for nothing at all. */
  readonly instead: Map<string, (id: string) => string>;
  /** Undefined: FullyBooted never comes. */
  uptimeS: number | undefined;
  startup: string;
  /** Exchange clock, ms. */
  nowMs: () => number;
  channels: Headers[];
  statuses: Headers[];
  queues: Headers[];
  commands: Headers;
}

export function script(changes: Partial<ExchangeScript> = {}): ExchangeScript {
  return {
    banner: 'Asterisk Call Manager/11.0.0\r\n',
    user: 'ringside',
    secret: 'long secret',
    instead: new Map(),
    uptimeS: 3_600,
    startup: '12:00:00',
    nowMs: () => Date.now(),
    channels: [],
    statuses: [],
    queues: [],
    commands: {
      CoreShowChannels: 'List currently active channels.  (Priv: system,reporting,all)',
      Status: 'List channel status.  (Priv: system,call,reporting,all)',
      CoreStatus: 'Show PBX core status variables.  (Priv: system,reporting,all)',
      Ping: 'Keepalive command.  (Priv: <none>)',
    },
    ...changes,
  };
}

/** One block as Asterisk writes it. */
export function block(headers: Headers): string {
  return `${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;
}

export function stamp(ms: number): string {
  return (ms / 1000).toFixed(6);
}

/** An event with its Timestamp. */
export function event(name: string, atMs: number, headers: Headers = {}): string {
  return block({ Event: name, Privilege: 'call,all', Timestamp: stamp(atMs), ...headers });
}

/** The far end of one connection: takes what the client wrote, answers what Asterisk would. No socket, no clock. */
export class ScriptedExchange {
  readonly actions: { name: string; id: string; headers: ReadonlyMap<string, string> }[] = [];
  readonly #script: ExchangeScript;
  #isIn = false;
  #text = '';

  constructor(of: ExchangeScript) {
    this.#script = of;
  }

  greet(): string {
    return this.#script.banner;
  }

  take(text: string): string {
    this.#text += text;
    let answer = '';
    for (let end = this.#text.indexOf('\r\n\r\n'); end >= 0; end = this.#text.indexOf('\r\n\r\n')) {
      const lines = this.#text.slice(0, end).split('\r\n');
      this.#text = this.#text.slice(end + 4);
      const headers = new Map(
        lines.map((line) => [
          line.slice(0, line.indexOf(':')).toLowerCase(),
          line.slice(line.indexOf(':') + 2),
        ]),
      );
      answer += this.#answer(headers.get('action') ?? '', headers.get('actionid') ?? '', headers);
    }
    return answer;
  }

  #answer(name: string, id: string, headers: ReadonlyMap<string, string>): string {
    this.actions.push({ name, id, headers });
    const instead = this.#script.instead.get(name);
    if (instead !== undefined) return instead(id);
    if (!this.#isIn && name.toLowerCase() !== 'login' && name !== 'Challenge') {
      return block({ Response: 'Error', ActionID: id, Message: 'Permission denied' });
    }
    switch (name) {
      case 'Challenge':
        return block({ Response: 'Success', ActionID: id, Challenge: '4711' });
      case 'Login':
      case 'login':
        return this.#login(id, headers);
      case 'Ping':
        return block({
          Response: 'Success',
          ActionID: id,
          Ping: 'Pong',
          Timestamp: stamp(this.#script.nowMs()),
        });
      case 'CoreShowChannels':
        return this.#list(id, 'CoreShowChannelsComplete', this.#script.channels);
      case 'Status':
        return this.#list(id, 'StatusComplete', this.#script.statuses);
      case 'QueueStatus':
        return this.#list(id, 'QueueStatusComplete', this.#script.queues);
      case 'CoreStatus':
        return block({
          Response: 'Success',
          ActionID: id,
          CoreStartupDate: '2026-01-01',
          CoreStartupTime: this.#script.startup,
          CoreProcessedCalls: '17',
        });
      case 'ListCommands':
        return block({ Response: 'Success', ActionID: id, ...this.#script.commands });
      default:
        return block({ Response: 'Error', ActionID: id, Message: 'Invalid/unknown command' });
    }
  }

  #login(id: string, headers: ReadonlyMap<string, string>): string {
    const { user, secret, uptimeS } = this.#script;
    const key = createHash('md5').update(`4711${secret}`).digest('hex');
    const isRight = headers.get('key') === key || headers.get('secret') === secret;
    if (headers.get('username') !== user || !isRight) {
      return block({ Response: 'Error', ActionID: id, Message: 'Authentication failed' });
    }
    this.#isIn = true;
    const booted = {
      Event: 'FullyBooted',
      Privilege: 'system,all',
      Uptime: String(uptimeS),
      Status: 'Fully Booted',
    };
    const accepted = block({ Response: 'Success', ActionID: id, Message: 'Authentication accepted' });
    return accepted + (uptimeS === undefined ? '' : block(booted));
  }

  #list(id: string, complete: string, lines: readonly Headers[]): string {
    const start = block({ Response: 'Success', ActionID: id, EventList: 'start', Message: 'will follow' });
    const body = lines
      .map(({ Event, ...rest }) => block({ Event: Event ?? '', ActionID: id, ...rest }))
      .join('');
    return (
      start +
      body +
      block({ Event: complete, ActionID: id, EventList: 'Complete', ListItems: String(lines.length) })
    );
  }
}
