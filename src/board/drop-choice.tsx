import { Dialog } from './dialog.tsx';
import { store } from './live.ts';
import { offersFor } from './move-offers.ts';
import { OfferButton } from './offer-button.tsx';
import { dropToChoose } from './seat-choice.ts';
import { words } from './settings.ts';

/** A seat that is in other queues was dropped on one: is it to be in both, or to come over? */
export function DropChoice() {
  const dropped = dropToChoose.value;
  const seat = dropped && store.row('seats', dropped.seat)?.value;
  const queue = dropped && store.row('queues', dropped.queue)?.value;
  if (seat === undefined || queue === undefined) return null;
  const leave = (): void => {
    dropToChoose.value = undefined;
  };
  const say = words.value;
  return (
    <Dialog title={say.say('move.choose', { agent: seat.agent, queue: queue.queue })} onLeave={leave}>
      <p class="actions">
        {offersFor(seat, queue).map((offer) => (
          <OfferButton key={JSON.stringify(offer.change)} seat={seat} offer={offer} after={leave} />
        ))}
        <button type="button" class="act" onClick={leave}>
          {say.say('move.cancel')}
        </button>
      </p>
    </Dialog>
  );
}
