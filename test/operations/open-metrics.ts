import { execFile } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Scrape } from './practice-evening.ts';
import type { Tools } from './provide-tools.ts';

const run = promisify(execFile);

/** Scrapes of the past on their way into the data folder of a Prometheus. */
export class OpenMetrics {
  readonly #file: string;
  readonly #stream: WriteStream;

  constructor(folder: string) {
    this.#file = join(folder, 'past.om');
    this.#stream = createWriteStream(this.#file);
  }

  add({ atMs, page }: Scrape): void {
    const at = (atMs / 1000).toFixed(3);
    const samples = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    // Prometheus tells itself of a scrape that came.
    for (const sample of [...samples, 'up 1']) this.#stream.write(`${sample} ${at}\n`);
  }

  /**
   * Ends it, and makes blocks of it in `data`. A series that a page lacked is not marked stale in them, as Prometheus
   * would have.
   */
  async makeBlocks(
    { promtool }: Tools,
    data: string,
    labels: Readonly<Record<string, string>>,
  ): Promise<void> {
    await new Promise<void>((resolve) => this.#stream.end('# EOF\n', resolve));
    const given = Object.entries(labels).map(([name, value]) => `--label=${name}=${value}`);
    await run(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', ...given, this.#file, data]);
  }
}
