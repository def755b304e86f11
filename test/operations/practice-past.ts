import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PracticeSite } from '../../src/simulator/site.ts';
import { SocketExchange } from '../simulation/socket-exchange.ts';
import { answeredCalls, missedCalls } from './hand-placed-calls.ts';
import { OpenMetrics } from './open-metrics.ts';
import type { Tools } from './provide-tools.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SCRAPE_EVERY_MS = 15_000;
const PAST_MS = 45 * MINUTE_MS;
/**
 * A caller every two minutes, and early on one who gives up: targets are met, and few calls suffice to show that they
 * are not any more.
 */
const CALL_EVERY_MS = 2 * MINUTE_MS;
const GIVES_UP_MS = 8 * MINUTE_MS;
const LAST_CALL_MS = 2 * MINUTE_MS;

/** The daemon that goes on is the one that was. */
export const INSTANCE = 'ringside:9811';
/** What Prometheus adds to the series; the job is that of prometheus.yml. */
const LABELS = { job: 'ringside', instance: INSTANCE };

/** A place where it is late in the morning now: its hotlines are open. */
export function siteInTheMorning(nowMs: number): PracticeSite {
  const hours = ((11 - new Date(nowMs).getUTCHours() + 36) % 24) - 12;
  // East of Greenwich is minus there.
  return { zone: `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`, offsetMs: hours * HOUR_MS };
}

/** Three quarters of an hour that were lived already, up to now: what a journal and a Prometheus have of them. */
export class PracticePast {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** The whole daemon lives it on virtual time, with a journal, and is scraped. */
  static async live(tools: Tools, site: PracticeSite, folder: string): Promise<PracticePast> {
    const untilMs = Math.floor(Date.now() / SCRAPE_EVERY_MS) * SCRAPE_EVERY_MS;
    const startMs = untilMs - PAST_MS;
    const past = new PracticePast(folder);
    const settings = journalSettings(past.#journal);
    mkdirSync(past.#journal, { recursive: true });
    mkdirSync(past.#blocks);
    const exchange = await SocketExchange.start({
      seed: 1,
      startMs,
      callsPerHour: 0,
      incidents: [],
      site,
      settings,
    });
    const calls = (PAST_MS - LAST_CALL_MS) / CALL_EVERY_MS;
    for (const plan of answeredCalls(startMs + 1000, calls, CALL_EVERY_MS)) exchange.server.pbx.begin(plan);
    for (const plan of missedCalls(startMs + GIVES_UP_MS, 1)) exchange.server.pbx.begin(plan);
    const text = new OpenMetrics(folder);
    for (let atMs = startMs; atMs <= untilMs; atMs += SCRAPE_EVERY_MS) {
      await exchange.advanceTo(atMs);
      text.add({ atMs, page: await exchange.read('/metrics') });
    }
    await exchange.stop();
    await text.makeBlocks(tools, past.#blocks, LABELS);
    return past;
  }

  /** Gives a daemon its journal, and a Prometheus its data. */
  copyTo(to: { readonly journal: string; readonly data: string }): void {
    cpSync(this.#journal, to.journal, { recursive: true });
    cpSync(this.#blocks, to.data, { recursive: true });
  }

  get #journal(): string {
    return join(this.#folder, 'journal');
  }

  get #blocks(): string {
    return join(this.#folder, 'blocks');
  }
}

/** YAML of a daemon that keeps its journal in this folder. */
export function journalSettings(folder: string): string {
  return `journal: ${JSON.stringify({ file: join(folder, 'journal.db') })}\n`;
}
