import { readFileSync } from 'node:fs';
import { eventsOf } from '../../src/ami/recording.ts';
import { Calls } from '../../src/calls/calls.ts';
import { Channels } from '../../src/calls/channels.ts';
import type { Fact } from '../../src/calls/facts.ts';
import type { HotlineDefinition, WatchDefinition } from '../../src/hotlines/definition.ts';
import { Members } from '../../src/seats/members.ts';
import type { SettledTruth } from '../pbx/truth.ts';

/** One recording of a real exchange: what it said, what was configured, and what truly happened. */
export interface Trace {
  readonly title: string;
  readonly definition: WatchDefinition;
  readonly truth: SettledTruth;
  readonly bytes: Buffer;
}

/** `NAME.ami` is what the product's filtered user saw, `NAME.all.ami` every class; `NAME.json` is the truth of both. */
export function readTrace(file: string): Trace {
  const told = JSON.parse(readFileSync(file.replace(/(\.all)?\.ami$/, '.json'), 'utf8')) as Omit<Trace, 'bytes'>;
  const hotlines = told.definition.hotlines.map(
    (hotline): HotlineDefinition => ({ ...hotline, hours: { ...hotline.hours, exceptions: new Map() } }),
  );
  // Recordings made before a truth was asked for have none of it.
  const truth = { ...told.truth, transferredIn: told.truth.transferredIn ?? 0 };
  return { ...told, truth, definition: { ...told.definition, hotlines }, bytes: readFileSync(file) };
}

/** What the call model makes of it. */
export function replay({ definition, bytes }: Trace): Fact[] {
  const [pbx] = definition.pbxs;
  if (pbx === undefined) throw new Error('a trace without an exchange');
  const facts: Fact[] = [];
  const channels = new Channels();
  const calls = new Calls(definition, pbx, {
    channels,
    names: new Members(pbx),
    emit: (fact) => facts.push(fact),
  });
  for (const event of eventsOf(bytes)) {
    channels.apply(event);
    calls.reduce(event);
    if (event.type === 'channel-gone') channels.forget(event.uniqueid, event.pbxMs);
  }
  return facts;
}
