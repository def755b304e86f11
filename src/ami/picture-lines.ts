import { channelLine, entryLine, memberOfList, queueLine, statusLine } from './list-lines.ts';
import type { AmiMessage } from './message.ts';
import type { ChannelLine, MemberLine, QueueEntryLine, QueueLine } from './pbx-event.ts';

/** The lists a whole picture is made of. */
export type PictureList = 'channels' | 'status' | 'queues';

/** Which list a line belongs to, by the line's name. */
export const LIST_OF_LINE: ReadonlyMap<string, PictureList> = new Map([
  ['CoreShowChannel', 'channels'],
  ['Status', 'status'],
  ['QueueParams', 'queues'],
  ['QueueMember', 'queues'],
  ['QueueEntry', 'queues'],
]);
/** Which list an event closes. */
export const LIST_OF_END: ReadonlyMap<string, PictureList> = new Map([
  ['CoreShowChannelsComplete', 'channels'],
  ['StatusComplete', 'status'],
  ['QueueStatusComplete', 'queues'],
]);

/** What the lists said, in the core's words. */
export interface ListedPicture {
  readonly channels: readonly ChannelLine[];
  readonly queues: readonly QueueLine[];
  readonly members: readonly MemberLine[];
  readonly entries: readonly QueueEntryLine[];
}

/** Gathers the lines of the lists, and knows how many of each came. */
export class PictureLines {
  readonly #listed: Record<PictureList, number> = { channels: 0, status: 0, queues: 0 };
  readonly #channels = new Map<string, ChannelLine>();
  readonly #statuses = new Map<string, ReturnType<typeof statusLine>>();
  readonly #queues: QueueLine[] = [];
  readonly #members: MemberLine[] = [];
  readonly #entries: QueueEntryLine[] = [];

  /** Lines of all lists so far. */
  get count(): number {
    return this.#listed.channels + this.#listed.status + this.#listed.queues;
  }

  /** Takes one line in; anything else does nothing. */
  add(message: AmiMessage): void {
    const list = LIST_OF_LINE.get(message.event);
    if (list === undefined) return;
    this.#listed[list] += 1;
    if (list === 'channels') {
      const line = channelLine(message);
      this.#channels.set(line.uniqueid, line);
    } else if (list === 'status') {
      const line = statusLine(message);
      if (line.dialledNumber !== '' || line.past) this.#statuses.set(line.uniqueid, line);
    } else if (message.event === 'QueueParams') this.#queues.push(queueLine(message));
    else if (message.event === 'QueueMember') this.#members.push(memberOfList(message));
    else this.#entries.push(entryLine(message));
  }

  /** What the end of a list promised and what came; undefined where the two agree. */
  shortfall(list: PictureList, end: AmiMessage): { readonly told: number; readonly got: number } | undefined {
    const told = end.get('ListItems');
    const got = this.#listed[list];
    return told !== '' && Number(told) !== got ? { told: Number(told), got } : undefined;
  }

  picture(): ListedPicture {
    const channels = [...this.#channels.values()].map((line) => {
      const { dialledNumber = '', past } = this.#statuses.get(line.uniqueid) ?? {};
      return { ...line, dialledNumber, ...(past ? { past } : {}) };
    });
    return { channels, queues: this.#queues, members: this.#members, entries: this.#entries };
  }
}
