import { readFile, stat } from 'node:fs/promises';
import { type CertificatePair, goodUntilMs, pairFault } from '../lib/certificate-pair.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';

export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

export interface CertificateWatchOptions {
  readonly files: CertificateFiles;
  readonly clock: Clock;
  readonly log: Logger;
  /** Takes a new pair into use. */
  readonly apply: (pair: CertificatePair) => void;
}

const EVERY_MS = 5000;
const DAY_MS = 86_400_000;
/** Most authorities' certificates are renewed a month before: less than this, and nobody does it. */
const SOON_DAYS = 14;

/** Reads certificate and key; rejects with a sentence for the operator. */
export async function readPair({ certFile, keyFile }: CertificateFiles): Promise<CertificatePair> {
  const [cert, key] = await Promise.all([readText(certFile), readText(keyFile)]);
  const fault = pairFault({ cert, key });
  if (fault === undefined) return { cert, key };
  throw new Error(`${fault.at === 'cert' ? certFile : keyFile} is a file ${fault.words}`);
}

/** Looks from time to time whether the files have changed, and takes them into use; what is broken is said, and not used. */
export class CertificateWatch {
  readonly #options: CertificateWatchOptions;
  #files: CertificateFiles;
  #seen = '';
  #cancel = (): void => undefined;
  #last = Promise.resolve();

  constructor(options: CertificateWatchOptions) {
    this.#options = options;
    this.#files = options.files;
  }

  /** The first pair; rejects where it cannot be used. */
  async open(): Promise<CertificatePair> {
    this.#seen = await stampOf(this.#files);
    const pair = await readPair(this.#files);
    this.#warnOfEnd(pair);
    return pair;
  }

  start(): void {
    this.#cancel = this.#options.clock.after(EVERY_MS, () => {
      void this.look().then(() => this.start());
    });
  }

  stop(): void {
    this.#cancel();
    // What is on its way begins nothing anew.
    this.start = () => undefined;
  }

  /** Other files from now on, after a reload. */
  redefine(files: CertificateFiles): Promise<void> {
    this.#files = files;
    return this.look();
  }

  look(): Promise<void> {
    this.#last = this.#last.then(() => this.#look());
    return this.#last;
  }

  async #look(): Promise<void> {
    const stamp = await stampOf(this.#files);
    if (stamp === this.#seen) return;
    this.#seen = stamp;
    const { log, apply } = this.#options;
    try {
      const pair = await readPair(this.#files);
      apply(pair);
      log.info({ goodUntil: new Date(goodUntilMs(pair)).toISOString() }, 'certificate taken into use');
      this.#warnOfEnd(pair);
    } catch (cause) {
      const fault = cause instanceof Error ? cause.message : String(cause);
      log.error({ fault }, 'the new certificate cannot be used: the one before stays');
    }
  }

  #warnOfEnd(pair: CertificatePair): void {
    const { clock, log } = this.#options;
    const days = Math.floor((goodUntilMs(pair) - clock.nowMs()) / DAY_MS);
    if (days < SOON_DAYS) log.warn({ days }, 'the certificate is good for few days more: renew it');
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`${file} cannot be read (${codeOf(cause)})`, { cause });
  }
}

/** What tells a changed file: by inode too, for most are put in place whole. */
async function stampOf({ certFile, keyFile }: CertificateFiles): Promise<string> {
  const stamps = [certFile, keyFile].map(async (file) => {
    try {
      const { mtimeMs, ino, size } = await stat(file);
      return `${file} ${mtimeMs} ${ino} ${size}`;
    } catch (cause) {
      return `${file} ${codeOf(cause)}`;
    }
  });
  return (await Promise.all(stamps)).join(' ');
}

const codeOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? 'UNKNOWN';
