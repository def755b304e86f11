import { actionText } from './action-text.ts';
import type { LinkFault } from './connection.ts';
import { numberOf, timestampMs } from './fields.ts';
import { channelLine, dialledNumber, entryLine, memberOfList, queueLine } from './list-lines.ts';
import type { AmiMessage } from './message.ts';
import type { ChannelLine, MemberLine, QueueEntryLine, QueueLine, Snapshot } from './pbx-event.ts';
import { quoted } from './refusals.ts';
import { allowedActions, type AllowedAction } from './rights.ts';

/** More lines than any exchange has: a list that does not end must not fill the memory. */
const MAX_LINES = 200_000;

type Step = 'opening' | 'channels' | 'status' | 'queues' | 'core' | 'commands' | 'second' | 'closing';
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
const LIST_ENDS: ReadonlyMap<string, Step> = new Map([
  ['CoreShowChannelsComplete', 'channels'],
  ['StatusComplete', 'status'],
  ['QueueStatusComplete', 'queues'],
]);

/** Everything the lists said, between the Ping that opened and the one that closed. */
export interface SnapshotPicture {
  /** Exchange clock at the opening Ping. */
  readonly pbxMs: number;
  readonly channels: readonly ChannelLine[];
  readonly queues: readonly QueueLine[];
  readonly members: readonly MemberLine[];
  readonly entries: readonly QueueEntryLine[];
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
  readonly #listed: Record<string, number> = {};
  readonly #channels = new Map<string, ChannelLine>();
  readonly #dialled = new Map<string, string>();
  readonly #queues: QueueLine[] = [];
  readonly #members: MemberLine[] = [];
  readonly #entries: QueueEntryLine[] = [];
  readonly #warnings: string[] = [];
  #lines = 0;
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

  /** Takes an answer or a list line; undefined where it is none of this snapshot's. */
  take(message: AmiMessage): SnapshotProgress | undefined {
    const step = this.#steps.get(message.actionId);
    if (step === undefined) return undefined;
    return message.event === '' ? this.#onAnswer(step, message) : this.#onLine(step, message);
  }

  #ask(step: Step): string {
    const actionId = this.#token();
    this.#steps.set(actionId, step);
    return actionText(ACTIONS[step], actionId) ?? '';
  }

  #onAnswer(step: Step, message: AmiMessage): SnapshotProgress {
    if (message.response === 'Error') return this.#onRefusal(step, message.get('Message'));
    switch (step) {
      case 'opening':
        this.#pbxMs = timestampMs(message);
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
    const ends = LIST_ENDS.get(message.event);
    if (ends !== undefined) return ends === step ? this.#onListEnd(step, message) : READING;
    this.#lines += 1;
    if (this.#lines > MAX_LINES) {
      return {
        type: 'failed',
        fault: { code: 'flooded', message: `A list of more than ${MAX_LINES} lines.` },
      };
    }
    this.#listed[step] = (this.#listed[step] ?? 0) + 1;
    if (message.event === 'CoreShowChannel') {
      const line = channelLine(message);
      this.#channels.set(line.uniqueid, line);
    } else if (message.event === 'Status') {
      const line = dialledNumber(message);
      if (line.dialledNumber !== '') this.#dialled.set(line.uniqueid, line.dialledNumber);
    } else if (message.event === 'QueueParams') this.#queues.push(queueLine(message));
    else if (message.event === 'QueueMember') this.#members.push(memberOfList(message));
    else if (message.event === 'QueueEntry') this.#entries.push(entryLine(message));
    return READING;
  }

  #onListEnd(step: Step, message: AmiMessage): SnapshotProgress {
    const told = message.get('ListItems');
    const got = this.#listed[step] ?? 0;
    if (told !== '' && Number(told) !== got) {
      return this.#incomplete(`${ACTIONS[step]} promised ${Number(told)} lines and ${got} came`);
    }
    this.#openLists.delete(step);
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
    const channels = [...this.#channels.values()].map((line) => ({
      ...line,
      dialledNumber: this.#dialled.get(line.uniqueid) ?? '',
    }));
    return {
      pbxMs: this.#pbxMs,
      channels,
      queues: this.#queues,
      members: this.#members,
      entries: this.#entries,
      processedCalls: this.#processedCalls,
      startup: this.#startup,
      allowed: this.#allowed,
      warnings: this.#warnings,
    };
  }
}
