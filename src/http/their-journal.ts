import type { Sight } from '../access/who.ts';
import type { CallRowDocument } from '../explain/call-row.ts';
import type { CallStoryDocument } from '../explain/story-document.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import { type Scope, scopeOf } from '../push/scope.ts';
import type { CallRow } from '../store/ports.ts';
import type { JournalPorts } from './journal-ports.ts';
import { TheirNames } from './their-names.ts';

/**
 * The journal as somebody may see it: what is not theirs is not there, and what they see names nothing that is not. In
 * `definition` what is configured now; names of queues and seats that were there before are taken from the call itself.
 */
export function theirJournal(journal: JournalPorts, sight: Sight, definition: WatchDefinition): JournalPorts {
  const scope = scopeOf(sight);
  if (scope.seesAll) return journal;
  const { hotlines, queues, seats } = sight;
  return {
    ...journal,
    calls: async (filter) => {
      if (filter.hotline !== undefined && !scope.seesHotline(filter.hotline))
        return { calls: [], next: null };
      const page = await journal.calls({
        ...filter,
        agentsOf: { queues, seats },
        ...(hotlines !== 'all' && { hotlines }),
      });
      return { ...page, calls: page.calls.map((row) => theirCall(row, scope)) };
    },
    story: async (pbx, uniqueid, language) => {
      const story = await journal.story(pbx, uniqueid, language);
      return story === undefined || !scope.seesHotline(story.call.hotline)
        ? undefined
        : theirStory(story, scope, definition);
    },
    callBacks: (ask) => journal.callBacks(hotlines === 'all' ? ask : { ...ask, hotlines }),
    attempts: async (ask) => {
      const attempts = await journal.attempts(ask);
      return { ...attempts, hotlines: attempts.hotlines.filter(({ hotline }) => scope.seesHotline(hotline)) };
    },
    report: (ask) => journal.report({ ...ask, sees: sight }),
  };
}

/** The definition without what is not theirs; its hash stays what it is. */
export function theirDefinition(definition: WatchDefinition, sight: Sight): WatchDefinition {
  const scope = scopeOf(sight);
  if (scope.seesAll) return definition;
  return {
    ...definition,
    hotlines: definition.hotlines
      .filter(({ name }) => scope.seesHotline(name))
      .map((hotline) => ({ ...hotline, queues: hotline.queues.filter(scope.seesQueue) })),
    pbxs: definition.pbxs.map((pbx) => ({
      ...pbx,
      queues: pbx.queues.filter(({ name }) => scope.seesQueue(name)),
      seats: pbx.seats.filter(({ name, interface: at }) => scope.namesSeat(name) || scope.namesSeat(at)),
    })),
  };
}

/** Who took a call in a queue that is not theirs is not theirs either. */
function theirCall<Row extends Pick<CallRow | CallRowDocument, 'queue' | 'agent' | 'seat'>>(
  row: Row,
  scope: Scope,
): Row {
  const queue = scope.seesQueue(row.queue) ? row.queue : '';
  return { ...row, queue, ...theirPerson(row, row.queue, scope) };
}

function theirPerson(
  { agent, seat }: { readonly agent: string; readonly seat: string },
  queue: string,
  scope: Scope,
): { readonly agent: string; readonly seat: string } {
  const isTheirs = (queue !== '' && scope.seesQueue(queue)) || scope.namesSeat(seat);
  return isTheirs ? { agent, seat } : { agent: '', seat: '' };
}

function theirStory(story: CallStoryDocument, scope: Scope, definition: WatchDefinition): CallStoryDocument {
  const call = theirCall(story.call, scope);
  const queues = story.queues
    .filter(({ queue }) => scope.seesQueue(queue))
    .map((side) => ({ ...side, ...theirPerson(side, side.queue, scope) }));
  const names = namesOf(story, { call, queues }, scope, definition);
  const { outcome } = story;
  return {
    ...story,
    call,
    queues: queues.map((side) => ({ ...side, why: names.said(side.why) })),
    outcome: { ...outcome, words: names.said(outcome.words) },
    steps: story.steps.map((step) => ({ ...step, words: names.said(step.words) })),
    breaches: story.breaches.map((breach) => ({ ...breach, words: names.said(breach.words) })),
    rates: story.rates.map((side) => ({ ...side, why: names.said(side.why) })),
  };
}

function namesOf(
  whole: CallStoryDocument,
  theirs: Pick<CallStoryDocument, 'call' | 'queues'>,
  scope: Scope,
  definition: WatchDefinition,
): TheirNames {
  const namesIn = ({ call, queues }: Pick<CallStoryDocument, 'call' | 'queues'>): string[] =>
    [call, ...queues].flatMap(({ queue, agent, seat }) => [queue, agent, seat]);
  const hotlines = definition.hotlines.filter(({ name }) => !scope.seesHotline(name));
  const shown = new Set([
    ...definition.hotlines.flatMap(({ name, title }) => (scope.seesHotline(name) ? [name, title] : [])),
    ...definition.pbxs.flatMap(({ queues }) => queues.map(({ name }) => name).filter(scope.seesQueue)),
  ]);
  const configured = definition.pbxs.flatMap((pbx) => [
    ...pbx.queues.flatMap(({ name }) => (scope.seesQueue(name) ? [] : [name])),
    ...pbx.seats.flatMap(({ name, interface: at }) =>
      scope.namesSeat(name) || scope.namesSeat(at) ? [] : [name, at],
    ),
  ]);
  const all = new Set([
    ...namesIn(whole),
    ...configured,
    ...hotlines.flatMap(({ name, title }) => [name, title]),
  ]);
  const own = new Set(namesIn(theirs));
  return new TheirNames(all.difference(own), own.union(shown));
}
