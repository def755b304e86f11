import { AmiMessage } from '../ami/message.ts';

/**
 * Takes away what the client said from a capture that holds both directions. An action that came in the middle of
 * one of the exchange's blocks ends it too early: the two parts are put together again. Believed only where an action
 * stood on its own before, as the login does: a line `Action:` in an event of another capture is a value.
 */
export class ServerSide {
  #bothDirections = false;
  /** Lines of the exchange's block before the action that split it. */
  #head: string | undefined;
  #strays = 0;

  /** Blocks that are no event, no answer and no action: the rest of something that was torn. */
  get strays(): number {
    return this.#strays;
  }

  take(message: AmiMessage): AmiMessage[] {
    const isWhole = message.event !== '' || message.response !== '';
    const head = this.#head;
    if (!isWhole) {
      if (message.entries()[0]?.[0].toLowerCase() === 'action') {
        this.#bothDirections = true;
        return [];
      }
      if (head === undefined) {
        this.#strays += 1;
        return [];
      }
      this.#head = undefined;
      return this.#withoutAction(blockOf(head + textOf(message.entries())));
    }
    this.#head = undefined;
    const before = head === undefined ? [] : [blockOf(head)];
    return [...before, ...this.#withoutAction(message)];
  }

  /** A block that the end of the capture cut off behind an action. */
  end(): AmiMessage[] {
    const head = this.#head;
    this.#head = undefined;
    return head === undefined ? [] : [blockOf(head)];
  }

  #withoutAction(message: AmiMessage): AmiMessage[] {
    if (!this.#bothDirections || message.get('Action') === '') return [message];
    const entries = message.entries();
    const action = entries.findIndex(([name]) => name.toLowerCase() === 'action');
    this.#head = textOf(entries.slice(0, action));
    return [];
  }
}

const textOf = (entries: readonly (readonly [string, string])[]): string =>
  entries.map(([name, value]) => `${name}: ${value}\r\n`).join('');

function blockOf(text: string): AmiMessage {
  const bytes = Buffer.from(text);
  return new AmiMessage(bytes, 0, bytes.length);
}
