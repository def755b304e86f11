import { useState } from 'preact/hooks';
import { isLive, store } from './live.ts';
import { mayMove, moveSeat } from './move-desk.ts';
import { MovesOfSeat } from './move-list.tsx';
import { offersFor } from './move-offers.ts';
import { OfferButton } from './offer-button.tsx';
import { SeatPause } from './seat-pause.tsx';
import type { SeatRow } from './seat-signs.ts';
import { words } from './settings.ts';

/** All that can be done with one seat; by keyboard as well as by touch. */
export function SeatMoves({ row }: { readonly row: SeatRow }) {
  const [penalty, setPenalty] = useState(0);
  if (!mayMove.value) return null;
  const say = words.value;
  const queues = store.all('queues').filter(({ pbx }) => pbx === row.pbx);
  const watched = queues.map(({ queue }) => queue);
  const names = [...new Set([...watched, ...row.queues])];
  return (
    <section class="seat-moves" aria-labelledby="seat-moves-title">
      <h4 id="seat-moves-title">{say.say('move.title')}</h4>
      <MovesOfSeat seat={row.key} />
      <ul class="queue-moves">
        {names.map((queue) => (
          <li key={queue}>
            <span class="name">
              {row.queues.includes(queue) ? <span aria-hidden="true">● </span> : null}
              <b>{queue}</b> <Waiting row={queues.find((one) => one.queue === queue)} />
            </span>
            <span class="offers">
              {offersFor(row, { pbx: row.pbx, queue }, penalty).map((offer) => (
                <OfferButton key={JSON.stringify(offer.change)} seat={row} offer={offer} />
              ))}
              {row.queues.includes(queue) ? (
                <Member key={row.penalties[queue]} row={row} queue={queue} />
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {names.length > row.queues.length ? (
        <label class="soft">
          {say.say('move.penalty-for')} <PenaltyInput value={penalty} onValue={setPenalty} />
        </label>
      ) : null}
      <SeatPause row={row} />
    </section>
  );
}

function Waiting({ row }: { readonly row: { readonly waiting: number } | undefined }) {
  const say = words.value;
  if (row === undefined || row.waiting === 0) return null;
  return (
    <span class="warn">
      {say.count(row.waiting)} {say.say('queue.waiting')}
    </span>
  );
}

function Member({ row, queue }: { readonly row: SeatRow; readonly queue: string }) {
  const say = words.value;
  // Not known of every member: then none is shown, and one may be set.
  const now = row.penalties[queue];
  const [penalty, setPenalty] = useState(now);
  return (
    <>
      {row.staticIn.includes(queue) ? <span class="soft">{say.say('move.static')}</span> : null}
      {row.pausedIn.includes(queue) ? (
        <button
          type="button"
          class="act"
          disabled={!isLive.value}
          onClick={() => moveSeat(row, { what: 'unpause', queue })}
        >
          {say.say('move.unpause-here')}
        </button>
      ) : null}
      <form
        class="penalty"
        onSubmit={(event) => {
          event.preventDefault();
          if (penalty !== undefined) moveSeat(row, { what: 'penalty', queue, penalty });
        }}
      >
        <PenaltyInput value={penalty} onValue={setPenalty} label={say.say('move.penalty-of', { queue })} />
        <button class="act" disabled={!isLive.value || penalty === undefined || penalty === now}>
          {say.say('move.set')}
        </button>
      </form>
    </>
  );
}

function PenaltyInput(props: {
  readonly value: number | undefined;
  readonly onValue: (value: number) => void;
  readonly label?: string;
}) {
  return (
    <input
      type="number"
      min={0}
      max={99}
      step={1}
      required
      aria-label={props.label}
      title={props.label}
      value={props.value ?? ''}
      onInput={({ currentTarget: { valueAsNumber } }) => {
        if (Number.isInteger(valueAsNumber) && valueAsNumber >= 0) props.onValue(valueAsNumber);
      }}
    />
  );
}
