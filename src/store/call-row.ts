import type { CallRecord, Fact, Outcome } from '../calls/facts.ts';
import type { StoredFact } from './compact.ts';
import type { SourcedFact } from './merge.ts';
import type { CallRow, Certainty, FactSource } from './ports.ts';

/** What a list shows of a call, made of its facts as far as they go; the record of its end says it better than all before. */
export function callRowOf(
  owner: { readonly pbx: string; readonly uniqueid: string },
  facts: Iterable<SourcedFact<StoredFact>>,
): CallRow {
  let row: CallRow = {
    ...owner,
    hotline: '',
    hours: 'open',
    emergency: false,
    test: false,
    reachedAtMs: Infinity,
    closedAtMs: null,
    outcome: null,
    certainty: 'seen',
    queue: '',
    agent: '',
    seat: '',
    waitMs: null,
    talkMs: 0,
  };
  for (const { fact, source } of facts) row = withFact(row, fact, source);
  return row;
}

function withFact(row: CallRow, fact: Fact, source: FactSource): CallRow {
  switch (fact.type) {
    case 'call-opened': {
      const { hotline, hours, emergency, test, reachedAtMs } = fact;
      return { ...row, hotline, hours, emergency: emergency || row.emergency, test, reachedAtMs };
    }
    case 'call-closed':
      return withRecord(row, fact.record, source);
    case 'queue-entered':
      return { ...withStart(row, fact), queue: row.closedAtMs === null ? fact.queue : row.queue };
    case 'call-decided': {
      const { answer } = fact;
      if (answer === undefined || row.closedAtMs !== null) return withStart(row, fact);
      const { agent, seat, queue, waitMs } = answer;
      return { ...withStart(row, fact), agent, seat, queue: queue || row.queue, waitMs: waitMs ?? null };
    }
    default:
      return withStart(row, fact);
  }
}

/** A call whose beginning was not kept still has a place in time and a hotline. */
function withStart(row: CallRow, fact: Fact): CallRow {
  if (row.hotline !== '') return row;
  // `transferred-in` names the hotline the call was passed to.
  const hotline = 'hotline' in fact && fact.type !== 'transferred-in' ? fact.hotline : '';
  const atMs = 'reachedAtMs' in fact ? fact.reachedAtMs : fact.atMs;
  return { ...row, hotline, reachedAtMs: Math.min(row.reachedAtMs, atMs) };
}

function withRecord(row: CallRow, record: CallRecord, source: FactSource): CallRow {
  const { hotline, hours, emergency, test, reachedAtMs, closedAtMs, outcome, answer, talkMs } = record;
  return {
    ...row,
    hotline,
    hours,
    emergency,
    test,
    reachedAtMs,
    closedAtMs,
    outcome,
    certainty: certaintyOf(outcome, source),
    queue: record.stages.findLast(({ queue }) => queue !== '')?.queue ?? answer?.queue ?? row.queue,
    agent: answer?.agent ?? '',
    seat: answer?.seat ?? '',
    waitMs: waitOf(record),
    talkMs,
  };
}

function certaintyOf(outcome: Outcome, source: FactSource): Certainty {
  return outcome === 'unknown' ? 'unknown' : source;
}

/** Until a person answered; for whom nobody did, until the last try at one ended. Null where nobody was asked for or it is not known. */
function waitOf({ answer, askedAtMs, stages, outcome }: CallRecord): number | null {
  if (answer !== undefined) return answer.waitMs ?? null;
  const last = stages.at(-1);
  if (askedAtMs === undefined || outcome === 'unknown' || last === undefined) return null;
  return Math.max(0, last.startedAtMs + last.waitMs - askedAtMs);
}
