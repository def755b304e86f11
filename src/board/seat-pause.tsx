import { useState } from 'preact/hooks';
import { connection, isLive } from './live.ts';
import { moveSeat } from './move-desk.ts';
import type { SeatRow } from './seat-signs.ts';
import { words } from './settings.ts';

const LONGEST_REASON = 80;

/** Pauses with one of the offered reasons, or with one that is typed; in one queue or in all. */
export function SeatPause({ row }: { readonly row: SeatRow }) {
  const [queue, setQueue] = useState('');
  const [reason, setReason] = useState('');
  if (row.queues.length === 0) return null;
  const say = words.value;
  const where = row.queues.includes(queue) ? queue : '';
  const pause = (why: string): void => moveSeat(row, { what: 'pause', queue: where, reason: why });
  return (
    <form
      class="pause"
      onSubmit={(event) => {
        event.preventDefault();
        pause(reason.trim());
      }}
    >
      <div class="offers">
        {row.pausedIn.length > 0 ? (
          <button
            type="button"
            class="act"
            disabled={!isLive.value}
            onClick={() => moveSeat(row, { what: 'unpause', queue: '' })}
          >
            ▶ {say.say('move.unpause')}
          </button>
        ) : null}
        {(connection.hello.value?.pauseReasons ?? []).map((offered) => (
          <button
            key={offered}
            type="button"
            class="act"
            disabled={!isLive.value}
            onClick={() => pause(offered)}
          >
            ▮ {offered}
          </button>
        ))}
      </div>
      <div class="offers">
        <select
          aria-label={say.say('move.pause-where')}
          value={where}
          onChange={({ currentTarget }) => setQueue(currentTarget.value)}
        >
          {['', ...row.queues].map((one) => (
            <option key={one} value={one} selected={one === where}>
              {one === '' ? say.say('move.all-queues') : one}
            </option>
          ))}
        </select>
        <input
          type="text"
          maxLength={LONGEST_REASON}
          placeholder={say.say('move.reason')}
          aria-label={say.say('move.reason')}
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <button class="act" disabled={!isLive.value}>
          ▮ {say.say('move.pause')}
        </button>
      </div>
    </form>
  );
}
