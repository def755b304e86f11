import type { Row } from '../push/protocol.ts';
import { elapsed } from './elapsed.ts';
import { isBlind, nowOf, store, titleOf } from './live.ts';
import { waitLevel } from './now-figures.ts';
import { LevelMark } from './now-strip.tsx';
import { PatienceBar } from './patience-bar.tsx';
import { QueueOffers } from './queue-offers.tsx';
import { addressOf } from './route.ts';
import { Running } from './running.tsx';
import { queueUnderDrag } from './seat-choice.ts';
import { SEAT_SIGNS, SEAT_STATES } from './seat-signs.ts';
import { words } from './settings.ts';

type QueueRow = Row<'queues'>;
/** Those who wait longest are shown; a queue of fifty must not push the seats off the screen. */
const CALLERS_SHOWN = 3;
/** With more queues each tells the least: its callers when asked. */
const QUEUES_IN_FULL = 8;

/** One queue: who waits, how long, against what callers bear, and who is there to answer. */
export function QueuePanel({ rowKey }: { readonly rowKey: string }) {
  const row = store.row('queues', rowKey)?.value;
  if (row === undefined) return null;
  const blind = isBlind(row.pbx);
  return (
    <article
      data-queue={rowKey}
      class={`card queue ${row.waiting > 0 ? 'wait' : ''} ${blind ? 'unknown' : ''} ${queueUnderDrag.value === rowKey ? 'under-drag' : ''}`}
    >
      <header>
        <h3>{row.queue}</h3>
        {blind ? <span class="bad">✕ {words.value.say('blind.badge')}</span> : <Staffed row={row} />}
      </header>
      {row.callers.length === 0 ? (
        <NobodyWaits />
      ) : (
        <>
          <Line row={row} />
          <PatienceBar row={row} />
        </>
      )}
      <SeatCounts row={row} />
      <QueueOffers queue={row} />
    </article>
  );
}

function NobodyWaits() {
  return <p class="nobody soft">{words.value.say('queue.nobody-waits')}</p>;
}

function Staffed({ row }: { readonly row: QueueRow }) {
  const say = words.value;
  if (row.staffed === 0)
    return <span class={row.waiting > 0 ? 'bad' : 'soft'}>▼ {say.say('queue.unstaffed')}</span>;
  return <span class="soft">{say.say('queue.staffed', { count: say.count(row.staffed) })}</span>;
}

function Line({ row }: { readonly row: QueueRow }) {
  const say = words.value;
  const [first] = row.callers;
  if (first === undefined) return null;
  const waitMs = nowOf(row.pbx) - first.sinceMs;
  const level = waitLevel(waitMs, row.patience);
  return (
    <>
      <dl class="line">
        <div>
          <dd>{say.count(row.waiting)}</dd>
          <dt>{say.say('queue.waiting')}</dt>
        </div>
        <div class={level}>
          <dd>{elapsed(waitMs)}</dd>
          <dt>{say.say('queue.longest')}</dt>
        </div>
      </dl>
      <LevelMark level={level} />
      <Callers row={row} />
    </>
  );
}

function Callers({ row }: { readonly row: QueueRow }) {
  const say = words.value;
  const shown = store.keys('queues').value.length > QUEUES_IN_FULL ? 0 : CALLERS_SHOWN;
  const more = row.callers.slice(shown);
  return (
    <div class="callers">
      {shown === 0 ? null : <CallerList row={row} callers={row.callers.slice(0, shown)} />}
      {more.length === 0 ? null : (
        <details>
          <summary>
            {shown === 0
              ? say.say('queue.callers')
              : say.say('queue.more', { count: say.count(more.length) })}
          </summary>
          <CallerList row={row} callers={more} />
        </details>
      )}
    </div>
  );
}

function CallerList({ row, callers }: { readonly row: QueueRow; readonly callers: QueueRow['callers'] }) {
  const say = words.value;
  return (
    <ol aria-label={say.say('queue.callers')}>
      {callers.map(({ uniqueid, caller, hotline, sinceMs }) => (
        <li key={uniqueid}>
          <a class="number figure-link" href={addressOf('calls', `${row.pbx}:${uniqueid}`)}>
            {caller === '' ? say.say('queue.no-number') : caller}
          </a>
          <span class="soft">{titleOf(row.pbx, hotline)}</span>
          <Running sinceMs={sinceMs} pbx={row.pbx} />
        </li>
      ))}
    </ol>
  );
}

function SeatCounts({ row }: { readonly row: QueueRow }) {
  const say = words.value;
  const present = SEAT_STATES.filter((state) => row.seats[state] > 0);
  return (
    <ul class="seat-counts" aria-label={say.say('queue.seats')}>
      {present.map((state) => (
        <li key={state} class={state}>
          <span aria-hidden="true">{SEAT_SIGNS[state]}</span> {say.say(`seat.state.${state}`)}{' '}
          <b>{say.count(row.seats[state])}</b>
        </li>
      ))}
    </ul>
  );
}
