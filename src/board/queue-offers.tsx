import type { Row } from '../push/protocol.ts';
import { store } from './live.ts';
import { mayMove } from './move-desk.ts';
import { offersFor } from './move-offers.ts';
import { OfferButton } from './offer-button.tsx';
import { chosenSeat } from './seat-choice.ts';

/** While a seat is chosen, each queue says what can be done with it there: a seat, then a queue, and it is asked. */
export function QueueOffers({ queue }: { readonly queue: Row<'queues'> }) {
  const key = chosenSeat.value;
  const seat = key === undefined || !mayMove.value ? undefined : store.row('seats', key)?.value;
  if (seat === undefined) return null;
  const offers = offersFor(seat, queue);
  if (offers.length === 0) return null;
  return (
    <div class="offers" role="group" aria-label={`${seat.agent} – ${queue.queue}`}>
      {offers.map((offer) => (
        <OfferButton key={JSON.stringify(offer.change)} seat={seat} offer={offer} />
      ))}
    </div>
  );
}
