import { actionText } from './action-text.ts';
import type { LinkFault } from './connection.ts';
import { numberOf, timestampMs } from './fields.ts';
import { PAST_VARIABLES } from './list-lines.ts';
import type { AmiMessage } from './message.ts';
import type { Snapshot } from './pbx-event.ts';
import { LIST_OF_END, PictureLines, type ListedPicture, type PictureList } from './picture-lines.ts';
import { quoted } from './refusals.ts';
import { allowedActions, type AllowedAction } from './rights.ts';

/** More lines than any exchange has: a list that does not end must not fill the memory. */
const MAX_LINES = 200_000;

type Step = PictureList | 'opening' | 'core' | 'commands' | 'second' | 'closing';
/** The action of each step; `opening`, `second` and `closing` are Pings. */
const ACTIONS: Readonly<Record<Step, string>> = {
  opening: 'Ping',
  channels: 'CoreShowChannels',
  status: 'Status',
  queues: 'QueueStatus',
  core: 'CoreStatus',
  commands: 'ListCommands',
  second: 'Ping',
  closing: 'Ping',
};

const STATUS_HEADERS = [['Variables', PAST_VARIABLES]] as const;

/** Everything the lists said, between the Ping that opened and the one that closed. */
export interface SnapshotPicture extends ListedPicture {
  /** Exchange clock at the opening Ping. */
  readonly pbxMs: number;
  readonly processedCalls: number | undefined;
  /** Date and time of the start, as CoreStatus writes them; '' where not told. */
  readonly startup: string;
  /** Undefined where ListCommands was not asked. */
  readonly allowed: readonly AllowedAction[] | undefined;
  readonly warnings: readonly string[];
}

/** What an answer or a line led to. */
export type SnapshotProgress =
  | { readonly type: 'reading' }
  | { readonly type: 'send'; readonly text: string }
  | { readonly type: 'complete'; readonly picture: SnapshotPicture }
  | { readonly type: 'failed'; readonly fault: LinkFault };

const READING: SnapshotProgress = { type: 'reading' };

/**
 * Reads the whole picture: Ping (t0), the lists, Ping, and once more a Ping whose answer closes it, because answers
 * may overtake events that were queued before them (asterisk-facts section 2). Pure; deadlines are the caller's.
 */
export class SnapshotReader {
  readonly purpose: Snapshot['purpose'];
  readonly #user: string;
  readonly #token: () => string;
  readonly #steps = new Map<string, Step>();
  readonly #openLists = new Set<Step>(['channels', 'status', 'queues']);
  readonly #lines = new PictureLines();
  readonly #warnings: string[] = [];
  #pbxMs = Number.NaN;
  #processedCalls: number | undefined;
  #startup = '';
  #allowed: readonly AllowedAction[] | undefined;

  /** `token` makes an ActionID nobody can guess: only an answer that carries one of ours counts. */
  constructor(purpose: Snapshot['purpose'], user: string, token: () => string) {
    this.purpose = purpose;
    this.#user = user;
    this.#token = token;
  }

  /** What to send first, in one write. @param withRights also asks what the login may do. */
  open(withRights: boolean): string {
    const steps: Step[] = ['opening', 'channels', 'status', 'queues', 'core'];
    if (withRights) steps.push('commands');
    steps.push('second');
    return steps.map((step) => this.#ask(step)).join('');
  }

  /** What has not come yet, for the message when it comes too late. */
  get waitingFor(): string {
    const lists = [...this.#openLists].map((step) => ACTIONS[step]);
    return lists.length > 0 ? `no end of ${lists.join(', ')}` : 'the closing Ping was not answered';
  }

  /**
   * Takes an answer or a list line; undefined where it is none of this snapshot's.
   * @param setMs by how much the exchange's clock has been set (exchange-clock.ts).
   */
  take(message: AmiMessage, setMs = 0): SnapshotProgress | undefined {
    const step = this.#steps.get(message.actionId);
    if (step === undefined) return undefined;
    return message.event === '' ? this.#onAnswer(step, message, setMs) : this.#onLine(step, message);
  }

  #ask(step: Step): string {
    const actionId = this.#token();
    this.#steps.set(actionId, step);
    return actionText(ACTIONS[step], actionId, step === 'status' ? STATUS_HEADERS : []) ?? '';
  }

  #onAnswer(step: Step, message: AmiMessage, setMs: number): SnapshotProgress {
    if (message.response === 'Error') return this.#onRefusal(step, message.get('Message'));
    switch (step) {
      case 'opening':
        this.#pbxMs = timestampMs(message) - setMs;
        return Number.isNaN(this.#pbxMs)
          ? this.#incomplete('Ping was answered without a Timestamp')
          : READING;
      case 'core':
        this.#onCoreStatus(message);
        return READING;
      case 'commands':
        this.#allowed = allowedActions(message.entries());
        return READING;
      case 'second':
        if (this.#openLists.size > 0)
          return this.#incomplete(`${[...this.#openLists].join(' and ')} never ended`);
        // Answers keep their order, so it is lost; without its instant nothing can be said to be of before or after.
        if (Number.isNaN(this.#pbxMs)) return this.#incomplete('the Ping before them was not answered');
        return { type: 'send', text: this.#ask('closing') };
      case 'closing':
        return { type: 'complete', picture: this.#picture() };
      default:
        return READING;
    }
  }

  #onRefusal(step: Step, message: string): SnapshotProgress {
    const action = ACTIONS[step];
    if (step === 'channels') {
      const text = `Asterisk refuses ${action} to AMI user ${this.#user} (${quoted(message)}): its write= line in manager.conf must hold "reporting".`;
      return { type: 'failed', fault: { code: 'no-rights', message: text } };
    }
    if (ACTIONS[step] === 'Ping') return this.#incomplete(`Ping was refused (${quoted(message)})`);
    this.#openLists.delete(step);
    this.#warnings.push(
      step === 'queues'
        ? `Asterisk answers QueueStatus with ${quoted(message)}: no queues are watched. Is app_queue loaded?`
        : `Asterisk refuses ${action} to AMI user ${this.#user} (${quoted(message)}): write class "reporting" is missing.`,
    );
    return READING;
  }

  #onLine(step: Step, message: AmiMessage): SnapshotProgress {
    const ends = LIST_OF_END.get(message.event);
    if (ends !== undefined) return ends === step ? this.#onListEnd(ends, message) : READING;
    if (this.#lines.count >= MAX_LINES) {
      return {
        type: 'failed',
        fault: { code: 'flooded', message: `A list of more than ${MAX_LINES} lines.` },
      };
    }
    this.#lines.add(message);
    return READING;
  }

  #onListEnd(list: PictureList, message: AmiMessage): SnapshotProgress {
    const short = this.#lines.shortfall(list, message);
    if (short !== undefined) {
      return this.#incomplete(`${ACTIONS[list]} promised ${short.told} lines and ${short.got} came`);
    }
    this.#openLists.delete(list);
    return READING;
  }

  #onCoreStatus(message: AmiMessage): void {
    this.#startup = `${message.get('CoreStartupDate')} ${message.get('CoreStartupTime')}`.trim();
    if (message.get('CoreProcessedCalls') !== '')
      this.#processedCalls = numberOf(message, 'CoreProcessedCalls');
  }

  #incomplete(why: string): SnapshotProgress {
    return {
      type: 'failed',
      fault: { code: 'snapshot-incomplete', message: `The lists are not whole: ${why}.` },
    };
  }

  #picture(): SnapshotPicture {
    return {
      pbxMs: this.#pbxMs,
      ...this.#lines.picture(),
      processedCalls: this.#processedCalls,
      startup: this.#startup,
      allowed: this.#allowed,
      warnings: this.#warnings,
    };
  }
}
