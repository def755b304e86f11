import type { LiveCalls } from '../calls/live.ts';
import { queuesOf, type Tally } from './tally.ts';

/**
 * The standing equation, checked in production as in tests: how many hotlines and queues of an exchange do not close.
 * Per hotline, calls opened = live + closed; per queue, callers in (joined, refused, taken up) = not
 * yet settled + ended. Anything but 0
 * is a fault of ours.
 */
export function unbalancedBooks(tally: Tally, live: LiveCalls): number {
  const { watched } = tally;
  const hotlines = watched.hotlines.filter(({ pbx, name }) => {
    const books = pbx === live.pbx ? tally.hotline(pbx, name) : undefined;
    return books !== undefined && books.opened !== books.closed + live.hotline(name).calls;
  });
  const pbx = watched.pbxs.find(({ name }) => name === live.pbx);
  const queues = (pbx === undefined ? [] : queuesOf(watched, pbx)).filter((name) => {
    const books = tally.queue(live.pbx, name);
    return books !== undefined && books.unsettled !== live.queueUnsettled(name);
  });
  return hotlines.length + queues.length;
}
