import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = readFileSync(join(import.meta.dirname, '../golden/metrics.txt'), 'utf8');
/** What the evening has no ports for: the journal, the boards, the socket, the process, seats one by one. */
const REST =
  /^(process_|ringside_(journal|push|reports|call_backs|attempts|moves|usual_day|queue_patience|events_|event_l|bytes_|blocks_|books_|definition_timestamp|seat_state))/;

const samples = PAGE.split('\n').filter((line) => REST.test(line));
/** Where these happen on the page of the evening. */
const PLACES = { pbx: 'practice', hotline: 'service', queue: 'billing' } as const;
/** Of these there is one an hour. */
const RARE = /_(dropped|blocks|closed|coalesced|snapshots|moves|unknown|written)_/;
const SCRAPES_AN_HOUR = 240;

/**
 * Series of the golden page that an evening's page has not, at its places. Counters grow with every scrape or every hour,
 * the process began with the evening, and the rest is as it is there: a cut-out of the page, not the truth of anything.
 * Throws where the evening has one of them.
 */
export function goldenRest(page: string, scrape: number, startMs: number): string {
  const own = page.split('\n').find((line) => REST.test(line));
  if (own !== undefined) throw new Error(`the evening has ${own} of its own`);
  return samples
    .map((line) => {
      const at = line.lastIndexOf(' ');
      const value = Number(line.slice(at + 1));
      const series = placed(line.slice(0, at));
      if (series === 'process_start_time_seconds') return `${series} ${startMs / 1000}\n`;
      return `${series} ${isCounter(series) ? value + grownOf(series, scrape) : value}\n`;
    })
    .join('');
}

const grownOf = (series: string, scrape: number): number =>
  RARE.test(series) ? Math.floor(scrape / SCRAPES_AN_HOUR) : scrape;

const isCounter = (series: string): boolean => /^\w+_total\b/.test(series);

const placed = (series: string): string =>
  series.replaceAll(
    /(pbx|hotline|queue)="[^"]+"/g,
    (_, label: keyof typeof PLACES) => `${label}="${PLACES[label]}"`,
  );
