import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const Message = z.object({
  receiver: z.string(),
  alerts: z.array(
    z.object({
      status: z.enum(['firing', 'resolved']),
      labels: z.record(z.string(), z.string()),
      annotations: z.record(z.string(), z.string()),
    }),
  ),
});

/** One alert of one message, as it came. */
export interface Told {
  readonly atMs: number;
  readonly receiver: string;
  readonly status: 'firing' | 'resolved';
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Whoever is told by the Alertmanager: everything it was told, in order. */
export class Webhook {
  readonly told: Told[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response));
  }

  static async start(): Promise<Webhook> {
    const webhook = new Webhook();
    await new Promise<void>((resolve) => webhook.#server.listen(0, '127.0.0.1', resolve));
    return webhook;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { receiver, alerts } = Message.parse(JSON.parse(await text(request)));
    const atMs = Date.now();
    for (const { labels, ...alert } of alerts)
      this.told.push({ atMs, receiver, name: labels['alertname'] ?? '', labels, ...alert });
    response.end();
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
