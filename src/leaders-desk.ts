import { readClosingReason } from './attempts/closing-reason.ts';
import type { FloorWatch } from './floor-watch.ts';
import type { Keeping } from './keeping.ts';
import type { Clock } from './lib/clock.ts';
import type { DeskAnswer, DeskPorts } from './push/desk-ports.ts';
import { scopeOf } from './push/scope.ts';

export interface LeadersDeskOptions {
  readonly floor: FloorWatch;
  /** Undefined without a journal: then nobody is owed a call, and no look at a number could be written down. */
  readonly keeping: Keeping | undefined;
  readonly clock: Clock;
  /** A call-back was closed: whoever shows how many there are is to look again. */
  readonly onClosed: () => void;
}

/** The most that one look at the list of call-backs takes up. */
const A_PAGE = 500;
const NO_CALL_BACK: DeskAnswer = { ok: false, code: 'not-found', detail: 'there is no such call-back' };
const NO_NUMBER: DeskAnswer = { ok: false, code: 'not-found', detail: 'no number is kept of this call' };
const NO_JOURNAL: DeskAnswer = {
  ok: false,
  code: 'not-kept',
  detail: 'there is no journal that could keep who looked',
};

/**
 * What leaders ask for beside moves: each is written into the audit with who asked, and no number is. The desk has seen
 * to their role; whose a call or a call-back is, is looked at here.
 */
export function leadersDesk({
  floor,
  keeping,
  clock,
  onClosed,
}: LeadersDeskOptions): Pick<DeskPorts, 'acknowledge' | 'unmask' | 'closeCallBack'> {
  return {
    acknowledge: (ask) => floor.acknowledge(ask),
    unmask: (ask) =>
      keeping === undefined ? Promise.resolve(NO_JOURNAL) : unmask(ask, floor, keeping, clock),
    closeCallBack: async (ask) => {
      if (keeping === undefined) return NO_CALL_BACK;
      const answer = await closeCallBack(ask, keeping, clock);
      if (answer.ok) onClosed();
      return answer;
    },
  };
}

async function unmask(
  { who, pbx, uniqueid, isOnBoard }: Parameters<DeskPorts['unmask']>[0],
  floor: FloorWatch,
  { journal, reader }: Keeping,
  clock: Clock,
): Promise<DeskAnswer> {
  if (!isOnBoard) {
    const { seesAll, seesHotline, seesQueue } = scopeOf(who.sees);
    const call = seesAll ? undefined : await reader.call(pbx, uniqueid);
    const isTheirs =
      seesAll || (call !== undefined && (seesHotline(call.row.hotline) || seesQueue(call.row.queue)));
    if (!isTheirs) return NO_NUMBER;
  }
  const number = floor.numberOf(pbx, uniqueid)?.reveal() ?? (await reader.numberOfCall({ pbx, uniqueid }));
  if (number === undefined) return NO_NUMBER;
  // Written down before it is shown: a look that nobody could read about afterwards is none that may be had.
  const about = `${pbx}:${uniqueid}`;
  await journal.record({ atMs: clock.nowMs(), who: who.name, what: 'looked at a number', about, detail: '' });
  if (journal.status().state !== 'writing') return NO_JOURNAL;
  return { ok: true, result: number };
}

async function closeCallBack(
  { who, callBack, reason }: Parameters<DeskPorts['closeCallBack']>[0],
  { journal, reader }: Keeping,
  clock: Clock,
): Promise<DeskAnswer> {
  const { seesHotline } = scopeOf(who.sees);
  const hotline = await hotlineOf(callBack, reader, clock.nowMs());
  if (hotline === undefined || !seesHotline(hotline)) return NO_CALL_BACK;
  const read = readClosingReason(reason);
  if (!read.ok) return { ok: false, code: 'bad-reason', detail: read.message };
  const order = { id: callBack, who: who.name, reason: read.reason, note: read.note, atMs: clock.nowMs() };
  try {
    const answer = await journal.closeCallBack(order);
    return answer.closed
      ? { ok: true, result: callBack }
      : { ok: false, code: 'already', detail: answer.words };
  } catch {
    return { ok: false, code: 'not-kept', detail: 'the journal cannot be written to now: try again later' };
  }
}

/** Of the call-back with this id, among those that are open. */
async function hotlineOf(id: string, reader: Keeping['reader'], nowMs: number): Promise<string | undefined> {
  let after: string | null = '';
  while (after !== null) {
    const place: { after?: string } = after === '' ? {} : { after };
    const page = await reader.callBacks({ state: 'open', limit: A_PAGE, ...place }, nowMs);
    const found = page.callBacks.find((entry) => entry.id === id);
    if (found !== undefined) return found.hotline;
    after = page.next;
  }
  return undefined;
}
