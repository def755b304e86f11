import { applyChanges } from '../../src/push/apply-changes.ts';
import type { ClientSocket } from '../../src/push/hub.ts';
import { serverFrameSchema, type Board, type ServerFrame } from '../../src/push/protocol.ts';

/** A socket in memory, and a reader behind it who takes frames only while it reads. */
export class VirtualClient implements ClientSocket {
  readonly frames: ServerFrame[] = [];
  readonly texts: string[] = [];
  closed: { readonly code: number; readonly reason: string } | undefined;
  board: Board | undefined;
  seq = 0;
  gaps = 0;
  isReading = true;
  readonly #waiting: Buffer[] = [];

  get bufferedAmount(): number {
    return this.#waiting.reduce((sum, { length }) => sum + length, 0);
  }

  send(frame: Buffer): void {
    this.#waiting.push(frame);
    if (this.isReading) this.read();
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }

  /** Takes all that waits. */
  read(): void {
    for (const frame of this.#waiting.splice(0)) this.#take(frame.toString());
  }

  /** Frames of this kind that it took. */
  ofType<Type extends ServerFrame['type']>(type: Type): Extract<ServerFrame, { type: Type }>[] {
    return this.frames.filter((frame): frame is Extract<ServerFrame, { type: Type }> => frame.type === type);
  }

  #take(text: string): void {
    const frame = serverFrameSchema.parse(JSON.parse(text));
    this.frames.push(frame);
    this.texts.push(text);
    if (frame.type === 'snapshot') {
      this.board = frame.board;
      this.seq = frame.seq;
    } else if (frame.type === 'delta') {
      if (this.board === undefined || frame.after !== this.seq) this.gaps += 1;
      else this.board = applyChanges(this.board, frame.changes);
      this.seq = frame.seq;
    }
  }
}
