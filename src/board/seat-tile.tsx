import { isBlind, store } from './live.ts';
import { movingSeats } from './move-desk.ts';
import { Running } from './running.tsx';
import { chosenSeat } from './seat-choice.ts';
import { SEAT_SIGNS, type SeatRow } from './seat-signs.ts';
import { words } from './settings.ts';

interface Props {
  readonly rowKey: string;
  /** The one the tabulator comes to first. */
  readonly isFirst: boolean;
}

/** One seat: who, in what state and since when, on what, and the day so far. */
export function SeatTile({ rowKey, isFirst }: Props) {
  const row = store.row('seats', rowKey)?.value;
  if (row === undefined) return null;
  const isChosen = chosenSeat.value === rowKey;
  return (
    <button
      type="button"
      data-place
      data-seat={rowKey}
      tabIndex={isFirst ? 0 : -1}
      class={`seat ${row.state} ${isBlind(row.pbx) ? 'unknown-now' : ''}`}
      aria-pressed={isChosen}
      onClick={() => {
        chosenSeat.value = isChosen ? undefined : rowKey;
      }}
    >
      <span class="agent">
        <MovingMark rowKey={rowKey} />
        {row.agent}
      </span>
      <span class="state" title={words.value.say(`seat.state.${row.state}`)}>
        <span class="sign" aria-hidden="true">
          {SEAT_SIGNS[row.state]}
        </span>
        {/* A tile is narrow: what is too long for it in some language is said shorter. */}
        {words.value.say(`seat.tile.${row.state}`)}
      </span>
      <Running sinceMs={row.sinceMs} pbx={row.pbx} />
      <span class="on">
        <span class="what">{where(row)}</span>
        <span>{callerOf(row)}</span>
      </span>
      <Today row={row} />
    </button>
  );
}

/** Asked, and not confirmed: the seat itself still shows what is. */
function MovingMark({ rowKey }: { readonly rowKey: string }) {
  if (!movingSeats.value.has(rowKey)) return null;
  return (
    <span class="moving">
      <span aria-hidden="true">⇄ … </span>
      <span class="unseen">{words.value.say('move.on-tile')} </span>
    </span>
  );
}

/** Queue or hotline, the masked caller and the direction; of a paused seat its reason. */
export const onWhat = (row: SeatRow): string =>
  [where(row), callerOf(row)].filter((part) => part !== '').join(' ');

const callerOf = ({ state, busyWith, caller }: SeatRow): string =>
  state === 'paused' || busyWith === null ? '' : caller;

function where(row: SeatRow): string {
  if (row.state === 'paused') return row.pausedReason;
  if (row.busyWith === null) return '';
  const what = row.on === '' ? words.value.say(`seat.busy.${row.busyWith}`) : row.on;
  return row.direction === null ? what : `${row.direction === 'in' ? '↙' : '↗'} ${what}`;
}

function Today({ row: { today } }: { readonly row: SeatRow }) {
  const say = words.value;
  const parts = [
    ['✓', 'seat.answered', today.answered],
    ['↺', 'seat.ring-no-answer', today.ringNoAnswer],
    ['⊣', 'seat.ended-first', today.endedFirst],
  ] as const;
  return (
    <span class="today">
      {parts.map(([sign, name, count]) => (
        <span key={name} class={count > 0 ? '' : 'zero'} title={say.say(name)}>
          <span aria-hidden="true">{sign}</span>
          <span class="unseen">{say.say(name)} </span>
          {say.count(count)}
        </span>
      ))}
    </span>
  );
}
