import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { systemClock } from '../../src/lib/clock.ts';
import { type PracticeServer, startPracticeServer } from '../../src/simulator/server.ts';
import { HOTLINES, queueOf } from '../../src/simulator/company.ts';
import { Program } from '../pbx/program.ts';

/** Settings beside the exchange and the journal, and what the browsers have to trust. */
export interface QuietFloorSettings {
  readonly http?: object;
  readonly access: object;
  /** PEM text of files by name: they lie beside the configuration. */
  readonly files?: Readonly<Record<string, string>>;
  /** The authority of the daemon's certificate, where it has one. */
  readonly ca?: string;
}

const EMERGENCY = HOTLINES.find(({ name }) => name === 'emergency');

/**
 * The program on a practice exchange where nobody calls but whom a test lets call; on one port, so that it can be
 * started again.
 */
export class QuietFloor {
  readonly exchange: PracticeServer;
  readonly #folder: string;
  readonly #ca: string | undefined;
  #program: Program;

  private constructor(exchange: PracticeServer, folder: string, ca: string | undefined) {
    this.exchange = exchange;
    this.#folder = folder;
    this.#ca = ca;
    this.#program = this.#started();
  }

  /** Resolves when the program watches the exchange. Where it does not come to that all of it is ended, and it throws. */
  static async open(port: number, settings: QuietFloorSettings): Promise<QuietFloor> {
    const exchange = await startPracticeServer({
      clock: systemClock,
      seed: 1,
      port: 0,
      user: 'ringside',
      secret: randomBytes(16).toString('hex'),
      callsPerHour: 0,
      speed: 1,
      warmUpMs: 1000,
    });
    const folder = mkdtempSync(join(tmpdir(), 'ringside-quiet-'));
    const keyFile = join(folder, 'numbers.key');
    const files = { 'numbers.key': `first:${randomBytes(32).toString('base64')}\n`, ...settings.files };
    const config = {
      ...(parse(exchange.configText) as object),
      journal: { file: join(folder, 'journal.db'), keyFile },
      http: { port, ...settings.http },
      access: settings.access,
    };
    for (const [name, text] of Object.entries({ ...files, 'ringside.yaml': stringify(config) })) {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
    }
    const floor = new QuietFloor(exchange, folder, settings.ca);
    try {
      await floor.#program.ready();
    } catch (cause) {
      await floor.stop();
      throw cause;
    }
    return floor;
  }

  get url(): string {
    return `${this.#program.url}/`;
  }

  /** Somebody dials the emergency number, hears it ring at each of its phones and, with nobody there, gives up. */
  callInVain(caller: string, waitMs: number): void {
    const { seats } = queueOf('emergency');
    const round = { afterMs: 0, ringMs: waitMs, seats, end: 'cut', winner: '' } as const;
    this.exchange.pbx.begin({
      kind: 'inbound',
      atMs: this.exchange.nowMs(),
      trunk: 'PJSIP/carrier',
      caller,
      number: EMERGENCY?.number ?? '',
      hotline: EMERGENCY,
      blockedCause: 0,
      ringsOutMs: 0,
      attendant: undefined,
      closedMs: 0,
      stages: [{ queue: 'emergency', waitMs, rounds: [round], end: 'hang-up' }],
      talk: undefined,
      outside: undefined,
      voicemail: undefined,
      endedBy: 'caller',
    });
  }

  /** As an upgrade does it: the configuration and the journal are what is left. */
  async restart(whileDown: () => Promise<void>): Promise<void> {
    await this.#program.end('SIGTERM');
    await whileDown();
    this.#program = this.#started();
    await this.#program.ready();
  }

  async stop(): Promise<void> {
    await this.#program.end('SIGTERM');
    await this.exchange.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #started(): Program {
    return new Program(join(this.#folder, 'ringside.yaml'), this.#ca);
  }
}
