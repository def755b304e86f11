import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import type { Headers } from '../support/scripted-exchange.ts';
import type { Story } from './story.ts';

/** One exchange on which all these stories are played: its configuration and the queues it lists. */
export interface Site {
  readonly stories: readonly Story[];
  readonly definition: WatchDefinition;
  readonly queueLines: readonly Headers[];
}

export function siteOf(stories: readonly Story[]): Site {
  const pbxs = stories.flatMap(({ definition }) => definition.pbxs);
  const [first] = pbxs;
  if (first === undefined) throw new Error('no story has an exchange');
  const pbx = {
    ...first,
    queues: byName(
      pbxs.flatMap(({ queues }) => queues),
      ({ name }) => name,
    ),
    seats: byName(
      pbxs.flatMap(({ seats }) => seats),
      (seat) => seat.interface,
    ),
  };
  const hotlines = byName(
    stories.flatMap(({ definition }) => definition.hotlines),
    ({ name }) => name,
  );
  const queueLines = byName(
    stories.flatMap((story) => story.queueLines),
    (line) => JSON.stringify([line['Event'], line['Queue'], line['Location']]),
  );
  return { stories, definition: { hash: 'bench', pbxs: [pbx], hotlines }, queueLines };
}

const byName = <Row>(rows: readonly Row[], nameOf: (row: Row) => string): Row[] => [
  ...new Map(rows.map((row) => [nameOf(row), row])).values(),
];
