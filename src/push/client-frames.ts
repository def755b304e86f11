import type { Ask, Desk } from './desk.ts';
import type { DeskAnswer } from './desk-ports.ts';
import type { Hub, HubClient } from './hub.ts';
import { CLOSE, MOST_BROKEN_FRAMES } from './protocol.ts';
import { readFrame } from './read-frame.ts';
import type { Clock } from '../lib/clock.ts';

export interface ClientFramesPorts {
  readonly hub: Hub;
  readonly desk: Desk;
  readonly clock: Clock;
  /** A port broke; nothing of what was asked is in it. */
  readonly onFault: (ask: Ask['type'], cause: unknown) => void;
}

/** What clients say: every frame gets an answer, or ends its own connection; nobody else's is touched. */
export class ClientFrames {
  readonly #ports: ClientFramesPorts;

  constructor(ports: ClientFramesPorts) {
    this.#ports = ports;
  }

  hear(client: HubClient, text: string): void {
    const { hub, clock } = this.#ports;
    // What was on its way when it was sent away is not heard any more.
    if (!hub.has(client)) return;
    if (!client.limit.take(clock.nowMs())) {
      hub.dismiss(client, CLOSE.tooMany, 'too-many-frames');
      return;
    }
    const read = readFrame(text);
    if (!read.ok) this.#refuse(client, read.id, read.where);
    else if (read.frame.type === 'resync') hub.resync(client);
    else void this.#answer(client, read.frame);
  }

  #refuse(client: HubClient, id: string, where: string): void {
    const { hub } = this.#ports;
    hub.answer(client, { type: 'answer', id, ok: false, code: 'bad-frame', detail: where });
    client.brokenFrames += 1;
    if (client.brokenFrames >= MOST_BROKEN_FRAMES) hub.dismiss(client, CLOSE.tooMany, 'broken-frames');
  }

  async #answer(client: HubClient, ask: Ask): Promise<void> {
    const { hub, desk, onFault } = this.#ports;
    let answer: DeskAnswer;
    try {
      answer = await desk.answer(client.who, client.feed.board, ask);
    } catch (cause) {
      onFault(ask.type, cause);
      answer = { ok: false, code: 'failed', detail: 'it failed here; the board shows what was done' };
    }
    hub.answer(client, { type: 'answer', id: ask.id, ...answer });
  }
}
