import { computed, signal } from '@preact/signals';
import { Choice } from './choice.tsx';
import { seenSeats, store } from './live.ts';
import { moveFocus } from './roving-focus.ts';
import { SeatDetails } from './seat-details.tsx';
import { groupSeats, SEAT_SIGNS, SEAT_STATES, type SeatGroup, type SeatState } from './seat-signs.ts';
import { SeatTile } from './seat-tile.tsx';
import { chosenSeat } from './seat-choice.ts';
import { arrangement, ARRANGEMENTS, words } from './settings.ts';

const only = signal<SeatState>();

/** As text, so that a seat that changed without moving draws nothing but itself. */
const groupsText = computed(() => JSON.stringify(groupSeats(shownSeats(), arrangement.value, only.value)));
/** Those that are not seen now are in no state that could be asked for. */
const shownSeats = () => (only.value === undefined ? store.all('seats') : seenSeats.value);
const groups = computed(() => JSON.parse(groupsText.value) as readonly SeatGroup[]);

/** Every seat, all together or by queue, and more of the one that is chosen. */
export function SeatFloor() {
  const say = words.value;
  const names = { all: say.say('seat.all'), queue: say.say('seat.by-queue') };
  return (
    <section class="seats" aria-labelledby="seats-title">
      <div class="section-head">
        <h2 id="seats-title">{say.say('seat.title')}</h2>
        <OnlyChoice />
        <Choice
          name="arrangement"
          label={say.say('seat.arrange')}
          chosen={arrangement}
          choices={ARRANGEMENTS.map((one) => [one, names[one]] as const)}
        />
      </div>
      <p class="unseen" id="seat-keys">
        {say.say('seat.keys')}
      </p>
      <SeatGroups />
      {chosenSeat.value === undefined ? null : (
        <SeatDetails key={chosenSeat.value} rowKey={chosenSeat.value} />
      )}
    </section>
  );
}

function SeatGroups() {
  const say = words.value;
  if (groups.value.length === 0) return <p class="soft">{say.say('seat.none')}</p>;
  const byQueue = arrangement.value === 'queue';
  return (
    <div onKeyDown={moveFocus}>
      {groups.value.map(({ queue, keys }, at) => (
        <div key={queue} class="seat-group">
          {byQueue ? <h3>{queue === '' ? say.say('seat.in-no-queue') : queue}</h3> : null}
          <ul class="seat-grid" aria-describedby="seat-keys">
            {keys.map((key, index) => (
              <li key={key}>
                <SeatTile rowKey={key} isFirst={at === 0 && index === 0} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** The states with their counts: press one to see only those. */
function OnlyChoice() {
  const say = words.value;
  const seats = seenSeats.value;
  const counts = SEAT_STATES.map((state) => ({
    state,
    count: seats.filter((seat) => seat.state === state).length,
  })).filter(({ state, count }) => count > 0 || state === only.value);
  return (
    <div class="only" role="group" aria-label={say.say('seat.show-only')}>
      {counts.map(({ state, count }) => (
        <button
          key={state}
          type="button"
          class={state}
          aria-pressed={only.value === state}
          onClick={() => {
            only.value = only.value === state ? undefined : state;
          }}
        >
          <span aria-hidden="true">{SEAT_SIGNS[state]}</span> {say.say(`seat.state.${state}`)}{' '}
          <b>{say.count(count)}</b>
        </button>
      ))}
    </div>
  );
}
