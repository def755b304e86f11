import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { script, ScriptedExchange, type ExchangeScript } from './scripted-exchange.ts';

/** A scripted exchange on a loopback socket, with TLS where a key is given. */
export class AmiServer {
  readonly script: ExchangeScript;
  /** Far ends of the connections that came, in order. */
  readonly exchanges: ScriptedExchange[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor(changes: Partial<ExchangeScript> = {}, tls?: { readonly key: string; readonly cert: string }) {
    this.script = script(changes);
    const greet = (socket: Socket): void => this.#greet(socket);
    this.#server = tls === undefined ? createServer(greet) : createTlsServer(tls, greet);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** @param port a port of an earlier server, to come back at the same address. */
  async listen(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return this;
  }

  /** Writes to everybody who is connected. */
  say(text: string): void {
    for (const socket of this.#sockets) socket.write(text);
  }

  /** Cuts every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #greet(socket: Socket): void {
    const exchange = new ScriptedExchange(this.script);
    this.exchanges.push(exchange);
    this.#sockets.add(socket);
    // A client that cuts is part of the tests.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (bytes) => {
      const answer = exchange.take(bytes.toString());
      if (answer !== '') socket.write(answer);
    });
    socket.write(exchange.greet());
  }
}
