import { type Server, type Socket, connect, createServer } from 'node:net';

/** A wire between the daemon and the exchange that the test can cut: at a byte, not at a message. */
export class Proxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** From the exchange to the daemon, each with where it goes. */
  readonly #told = new Map<Socket, Socket>();
  #isCut = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(to: { readonly host: string; readonly port: number }): Promise<Proxy> {
    const server = createServer();
    const proxy = new Proxy(server);
    server.on('connection', (near) => proxy.#join(near, to));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Everything in flight is lost, and whoever comes is turned away. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }
  restore(): void {
    this.#isCut = false;
  }
  /** Reads nothing of what the exchange says, until told to go on. */
  hold(): void {
    for (const [far, near] of this.#told) far.unpipe(near);
  }
  goOn(): void {
    for (const [far, near] of this.#told) far.pipe(near);
  }
  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket, to: { readonly host: string; readonly port: number }): void {
    if (this.#isCut) {
      near.destroy();
      return;
    }
    const far = connect(to);
    this.#told.set(far, near);
    far.once('close', () => this.#told.delete(far));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}
