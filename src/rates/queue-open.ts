import type { WatchDefinition } from '../hotlines/definition.ts';
import type { Report } from './report.ts';

/**
 * A queue is open while a hotline that uses it is, one for emergencies always (norm.md section 6); one that no hotline
 * uses makes no promise.
 */
export function isQueueOpen(
  report: Pick<Report, 'hotlines'>,
  { pbxs, hotlines }: WatchDefinition,
  pbx: string,
  queue: string,
): boolean {
  const configured = pbxs.find(({ name }) => name === pbx)?.queues.find(({ name }) => name === queue);
  if (configured?.emergency === true) return true;
  const users = hotlines.filter((hotline) => hotline.pbx === pbx && hotline.queues.includes(queue));
  return users.some(({ name }) =>
    report.hotlines.some((row) => row.pbx === pbx && row.hotline === name && row.open),
  );
}
