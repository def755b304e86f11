import type { Channel } from './channels.ts';

/** Live channels of one phone or trunk, oldest first. Linked through the channels: a phone's call makes no collection. */
export class Line implements Iterable<Channel> {
  readonly interface: string;
  size = 0;
  /** Most channels at once; undefined where nobody watches it. */
  peak: number | undefined;
  #first: Channel | undefined;
  #last: Channel | undefined;

  constructor(name: string) {
    this.interface = name;
  }

  *[Symbol.iterator](): Iterator<Channel> {
    for (let channel = this.#first; channel; channel = channel.kinAfter) yield channel;
  }

  add(channel: Channel): void {
    channel.kinBefore = this.#last;
    if (this.#last) this.#last.kinAfter = channel;
    else this.#first = channel;
    this.#last = channel;
    this.size++;
  }

  remove(channel: Channel): void {
    const { kinBefore, kinAfter } = channel;
    if (kinBefore) kinBefore.kinAfter = kinAfter;
    else this.#first = kinAfter;
    if (kinAfter) kinAfter.kinBefore = kinBefore;
    else this.#last = kinBefore;
    channel.kinBefore = undefined;
    channel.kinAfter = undefined;
    this.size--;
  }
}

/** The phones and trunks that have live channels, and the trunks whose peak is watched. */
export class Lines {
  readonly #byInterface = new Map<string, Line>();

  /** Lines with a live channel. */
  get inUse(): number {
    let count = 0;
    for (const line of this.#byInterface.values()) if (line.size > 0) count++;
    return count;
  }

  of(name: string): Line | undefined {
    return this.#byInterface.get(name);
  }

  /** From now on the peak of these is remembered, and of no other: names of Local channels are without end. */
  watch(interfaces: readonly string[]): void {
    const watched = new Set(interfaces);
    for (const line of this.#byInterface.values()) {
      if (watched.has(line.interface)) continue;
      line.peak = undefined;
      this.#dropUnused(line);
    }
    for (const name of watched) {
      const line = this.#take(name);
      line.peak ??= line.size;
    }
  }

  /** Puts a channel on its line, as one that is new there or one that was `renamed`. */
  add(channel: Channel, name: string, renamed: boolean): Line {
    const line = this.#take(name);
    line.add(channel);
    const isPeak = line.peak !== undefined && line.size > line.peak;
    if (isPeak && !(renamed && isNameTaken(channel, line))) line.peak = line.size;
    return line;
  }

  remove(channel: Channel, line: Line): void {
    line.remove(channel);
    this.#dropUnused(line);
  }

  #take(name: string): Line {
    let line = this.#byInterface.get(name);
    if (!line) {
      line = new Line(name);
      this.#byInterface.set(name, line);
    }
    return line;
  }

  #dropUnused(line: Line): void {
    if (line.size === 0 && line.peak === undefined) this.#byInterface.delete(line.interface);
  }
}

/** In a masquerade one takes over the name that another is still known by: no line more is in use. */
function isNameTaken(channel: Channel, line: Line): boolean {
  for (const other of line) if (other !== channel && other.name === channel.name) return true;
  return false;
}
