import { type Socket, connect } from 'node:net';

/** One AMI block: header names in lower case; the last of a repeated header wins. */
export type AmiBlock = Readonly<Record<string, string>>;

export interface AmiLogin {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly secret: string;
}

interface Pending {
  readonly lines: AmiBlock[];
  readonly resolve: (answer: AmiAnswer) => void;
  readonly reject: (error: Error) => void;
  list: boolean;
  first: AmiBlock | undefined;
}
export interface AmiAnswer {
  readonly response: AmiBlock;
  readonly lines: readonly AmiBlock[];
}

/**
 * The tests' own AMI client: shares nothing with the daemon's, so that a mistake there cannot hide itself here.
 * Not for production: no limits, no reconnection.
 */
export class AmiClient {
  readonly #socket: Socket;
  readonly #pending = new Map<string, Pending>();
  readonly #onEvent: (event: AmiBlock) => void;
  readonly #onBytes: (bytes: Buffer) => void;
  #rest = '';
  #next = 1;

  private constructor(socket: Socket, listen: AmiListener) {
    this.#socket = socket;
    this.#onEvent = listen.onEvent ?? (() => undefined);
    this.#onBytes = listen.onBytes ?? (() => undefined);
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    socket.on('close', () => this.#end());
    socket.on('error', () => undefined);
  }

  static async login(to: AmiLogin, listen: AmiListener = {}): Promise<AmiClient> {
    const socket = connect({ host: to.host, port: to.port });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const client = new AmiClient(socket, listen);
    await client.send({ Action: 'Login', Username: to.user, Secret: to.secret });
    return client;
  }

  /** Sends an action and collects its list, if it has one. Rejects on `Response: Error` and when the link ends. */
  send(action: Readonly<Record<string, string>>): Promise<AmiAnswer> {
    const id = `t${this.#next++}`;
    const text = Object.entries({ ...action, ActionID: id })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { lines: [], resolve, reject, list: false, first: undefined });
      this.#socket.write(`${text}\r\n`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#onBytes(bytes);
    const blocks = (this.#rest + bytes.toString('latin1')).split('\r\n\r\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) this.#block(parseBlock(block));
  }

  #block(block: AmiBlock): void {
    const pending = this.#pending.get(block['actionid'] ?? '');
    if (pending === undefined) {
      if (block['event'] !== undefined) this.#onEvent(block);
      return;
    }
    if (block['response'] !== undefined) this.#response(block, pending);
    else if (block['eventlist']?.toLowerCase() === 'complete') this.#finish(block['actionid'] ?? '', pending);
    else pending.lines.push(block);
  }

  #response(block: AmiBlock, pending: Pending): void {
    const id = block['actionid'] ?? '';
    pending.first = block;
    if (block['response'] === 'Error') {
      this.#pending.delete(id);
      pending.reject(new Error(`AMI: ${block['message'] ?? 'refused'}`));
    } else if (block['eventlist']?.toLowerCase() !== 'start') this.#finish(id, pending);
  }

  #finish(id: string, pending: Pending): void {
    this.#pending.delete(id);
    pending.resolve({ response: pending.first ?? {}, lines: pending.lines });
  }

  #end(): void {
    for (const pending of this.#pending.values()) pending.reject(new Error('AMI: connection ended'));
    this.#pending.clear();
  }
}

export interface AmiListener {
  readonly onEvent?: (event: AmiBlock) => void;
  /** Everything that comes in, as it comes (for recordings). */
  readonly onBytes?: (bytes: Buffer) => void;
}

function parseBlock(text: string): AmiBlock {
  const block: Record<string, string> = {};
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) block[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return block;
}
