import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';

/** So many turns of the loop bring everything over a loopback, or it will never come. */
const TURNS = 100_000;

/** Knows when nothing is on its way between a server of this process and its clients in the same process. */
export class QuietWire {
  readonly #port: () => number;
  readonly #near = new Set<Socket>();
  readonly #far = new Set<Socket>();
  readonly #onNear = (message: unknown): void => keep(this.#near, message);
  readonly #onFar = (message: unknown): void => keep(this.#far, message);

  /** Hears of sockets made from now on; `port` is the server's. */
  constructor(port: () => number) {
    this.#port = port;
    subscribe('net.client.socket', this.#onNear);
    subscribe('net.server.socket', this.#onFar);
  }

  /** Waits until both sides have read everything, who was left alone has noticed, and all other sockets are closed. */
  async settle(): Promise<void> {
    for (let turn = 0; !this.#isQuiet(); turn += 1) {
      if (turn > TURNS) throw new Error('the wire does not come to rest');
      await setImmediate();
    }
  }

  close(): void {
    unsubscribe('net.client.socket', this.#onNear);
    unsubscribe('net.server.socket', this.#onFar);
  }

  #isQuiet(): boolean {
    const port = this.#port();
    for (const near of this.#near) {
      if (near.connecting || near.remotePort !== port) return false;
      const far = this.#farOf(near);
      if (!far || !isAtRest(near, far)) return false;
    }
    for (const far of this.#far) if (far.localPort !== port || !this.#nearOf(far)) return false;
    return true;
  }

  #farOf(near: Socket): Socket | undefined {
    for (const far of this.#far) if (far.remotePort === near.localPort) return far;
    return undefined;
  }

  #nearOf(far: Socket): Socket | undefined {
    for (const near of this.#near) if (near.localPort === far.remotePort) return near;
    return undefined;
  }
}

/** A socket is forgotten when it has told that it is closed. */
function keep(sockets: Set<Socket>, message: unknown): void {
  const { socket } = message as { socket: Socket };
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
}

function isAtRest(one: Socket, other: Socket): boolean {
  const isEnding = [one, other].some((socket) => socket.destroyed || socket.writableEnded);
  return !isEnding && one.bytesWritten === other.bytesRead && other.bytesWritten === one.bytesRead;
}
