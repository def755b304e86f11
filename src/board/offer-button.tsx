import { isLive } from './live.ts';
import { moveSeat } from './move-desk.ts';
import type { Offer } from './move-offers.ts';
import { changeWords } from './move-words.ts';
import type { SeatRow } from './seat-signs.ts';
import { words } from './settings.ts';

const SIGNS = { add: '＋', transfer: '⇄', remove: '－' } as const;

/** One thing that can be done with a seat and a queue; `after`: once it was asked. */
export function OfferButton(props: {
  readonly seat: SeatRow;
  readonly offer: Offer;
  readonly after?: () => void;
}) {
  const { change, isStatic } = props.offer;
  const say = words.value;
  if (change.what !== 'add' && change.what !== 'transfer' && change.what !== 'remove') return null;
  const name =
    change.what === 'transfer'
      ? say.say('move.transfer', { queue: change.from })
      : say.say(`move.${change.what}`);
  return (
    <button
      type="button"
      class="act"
      disabled={isStatic || !isLive.value}
      title={isStatic ? say.say('move.static') : changeWords(say, change)}
      aria-label={[name, props.seat.agent, change.what === 'transfer' ? change.to : change.queue].join(', ')}
      onClick={() => {
        moveSeat(props.seat, change);
        props.after?.();
      }}
    >
      <span aria-hidden="true">{SIGNS[change.what]}</span> {name}
    </button>
  );
}
