import { type ChildProcess, fork } from 'node:child_process';
import { NODE_WORDS } from '../support/node-words.ts';

interface Question {
  readonly what: string;
  readonly ask: unknown;
}

/** A part of the push measure in a process of its own, so that what it costs is its own. */
export class PushChild {
  readonly #child: ChildProcess;

  /** @param file that answers with `answering` */
  constructor(file: URL) {
    this.#child = fork(file, {
      execArgv: [...NODE_WORDS],
      serialization: 'advanced',
    });
  }

  ask<Answer>(what: string, ask?: unknown): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null): void => reject(new Error(`a part ended with ${code}`));
      this.#child.once('exit', onExit);
      this.#child.once('message', ({ told }: { told: unknown }) => {
        this.#child.off('exit', onExit);
        // What a part answers is what it is asked for by its name.
        resolve(told as Answer);
      });
      this.#child.send({ what, ask } satisfies Question);
    });
  }

  async end(): Promise<void> {
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    await exited;
  }
}

/** The other side: each question is answered by the one of its name; the process ends with its parent. */
export function answering(answers: Readonly<Record<string, (ask: never) => unknown>>): void {
  process.on('message', ({ what, ask }: Question) => {
    void Promise.resolve(answers[what]?.(ask as never)).then((told) => process.send?.({ told }));
  });
  process.on('disconnect', () => process.exit());
}

/** Ms of processor time so far, of the program and of the kernel for it. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
