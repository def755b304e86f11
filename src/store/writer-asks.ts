import { JournalRefused } from './fault.ts';

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (cause: Error) => void;
}

/** Questions to the writer's thread that are not answered yet, by their number. */
export class WriterAsks {
  readonly #waiting = new Map<number, Waiting>();

  /** Rejects with `JournalRefused` where the writer fails, or its thread ends. Who asks knows what is answered. */
  ask<T>(number: number, post: () => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      post();
    });
  }

  answer(number: number, answer: unknown): void {
    this.#take(number)?.resolve(answer as never);
  }

  /** False for what is no question of ours. */
  fail(number: number, words: string): boolean {
    const waiting = this.#take(number);
    waiting?.reject(new JournalRefused(words));
    return waiting !== undefined;
  }

  failAll(words: string): void {
    for (const number of this.#waiting.keys()) this.fail(number, words);
  }

  #take(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    return waiting;
  }
}
