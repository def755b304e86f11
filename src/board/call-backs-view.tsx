import { useState } from 'preact/hooks';
import { callBackListSchema, type OpenCallBackRow } from '../explain/call-back-list.ts';
import { outcomeWords } from './call-words.ts';
import { CloseCallBack } from './close-call-back.tsx';
import { elapsed } from './elapsed.ts';
import { useJournal } from './journal.ts';
import { connection, floorZone, isLive, serverClock, store, titleOf } from './live.ts';
import { addressOf } from './route.ts';
import { words } from './settings.ts';
import { Unmask } from './unmask.tsx';

/** Callers who are owed a call back: the overdue first, of these the oldest. */
export function CallBacksView() {
  const [turn, setTurn] = useState(0);
  const [closing, setClosing] = useState<OpenCallBackRow>();
  const say = words.value;
  // The board tells how many there are: when that changes, the list is read again.
  const counts = store.all('hotlines').map(({ callBacks }) => `${callBacks?.open}/${callBacks?.overdue}`);
  const reading = useJournal('api/call-backs', callBackListSchema, `${turn} ${counts.join(' ')}`);
  return (
    <div class="sheet">
      <div class="section-head">
        <h2>{say.say('nav.call-backs')}</h2>
        {reading.state === 'read' ? (
          <span class={reading.value.overdue > 0 ? 'bad' : 'soft'}>
            {say.say('owed.counts', {
              open: say.count(reading.value.open),
              overdue: say.count(reading.value.overdue),
            })}
          </span>
        ) : null}
        <button type="button" class="act" onClick={() => setTurn(turn + 1)}>
          ↻ {say.say('calls.again')}
        </button>
      </div>
      {reading.state === 'reading' ? <p class="soft">{say.say('calls.reading')}</p> : null}
      {reading.state === 'failed' ? <p class="bad">✕ {say.say(reading.why)}</p> : null}
      {reading.state === 'read' ? <List rows={reading.value.callBacks} onClose={setClosing} /> : null}
      {closing === undefined ? null : (
        <CloseCallBack
          callBack={closing}
          onLeave={() => setClosing(undefined)}
          onClosed={() => {
            setClosing(undefined);
            setTurn(turn + 1);
          }}
        />
      )}
    </div>
  );
}

function List(props: {
  readonly rows: readonly OpenCallBackRow[];
  readonly onClose: (row: OpenCallBackRow) => void;
}) {
  const say = words.value;
  if (props.rows.length === 0) return <p class="soft">✓ {say.say('owed.none')}</p>;
  return (
    <ul class="owed">
      {props.rows.map((row) => (
        <Owed key={row.id} row={row} onClose={() => props.onClose(row)} />
      ))}
    </ul>
  );
}

function Owed({ row, onClose }: { readonly row: OpenCallBackRow; readonly onClose: () => void }) {
  const say = words.value;
  const { pbx, hotline, caller, emergency, overdue, tries, daysTried } = row;
  const uniqueid = row.lastCall.slice(row.lastCall.indexOf(':') + 1);
  const lastPbx = row.lastCall.slice(0, row.lastCall.indexOf(':'));
  return (
    <li class={`card ${overdue ? 'overdue' : ''}`}>
      <header>
        <h3>{caller === '' ? say.say('queue.no-number') : caller}</h3>
        <span>{titleOf(pbx, hotline)}</span>
        {emergency ? <span class="bad">✚ {say.say('hotline.emergency')}</span> : null}
      </header>
      <Age row={row} />
      <dl class="pairs">
        <div>
          <dt>{say.say('owed.lost')}</dt>
          <dd>{say.count(row.lostCalls)}</dd>
        </div>
        <div>
          <dt>{say.say('owed.tries')}</dt>
          <dd>
            {tries === 0
              ? say.count(0)
              : say.say('owed.days', { count: say.count(tries), days: say.count(daysTried) })}
            {row.mayBeGivenUp ? ` · ${say.say('owed.may-give-up')}` : ''}
          </dd>
        </div>
        <div>
          <dt>{say.say('owed.last')}</dt>
          <dd>{outcomeWords(say, row.lastOutcome)}</dd>
        </div>
      </dl>
      <p class="offers">
        <a href={addressOf('calls', row.firstCall)}>{say.say('owed.first-call')}</a>
        {row.lastCall === row.firstCall ? null : (
          <a href={addressOf('calls', row.lastCall)}>{say.say('owed.last-call')}</a>
        )}
        {caller === '' ? null : <Unmask pbx={lastPbx} uniqueid={uniqueid} />}
        {connection.hello.value?.may.closeCallBacks === true ? (
          <button type="button" class="act" disabled={!isLive.value} onClick={onClose}>
            ✓ {say.say('owed.close')}
          </button>
        ) : null}
      </p>
    </li>
  );
}

function Age({ row: { openedAtMs, dueAtMs, overdue } }: { readonly row: OpenCallBackRow }) {
  const say = words.value;
  const now = serverClock.now.value;
  const instant = say.instant(dueAtMs, now, floorZone.value);
  const [ageMs, limitMs] = [Math.max(0, now - openedAtMs), dueAtMs - openedAtMs];
  return (
    <p class={overdue ? 'bad' : ''}>
      <b>
        {limitMs > 0
          ? say.say('owed.of-limit', { age: elapsed(ageMs), limit: elapsed(limitMs) })
          : elapsed(ageMs)}
      </b>{' '}
      {overdue ? `▼ ${say.say('owed.overdue', { instant })}` : say.say('owed.due', { instant })}
      {limitMs > 0 ? (
        <progress value={Math.min(ageMs, limitMs)} max={limitMs} aria-label={say.say('owed.age')} />
      ) : null}
    </p>
  );
}
