import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { CallQuery } from './call-query.ts';
import { FigureLink } from './figure-link.tsx';
import { floorZone, nowOf, store } from './live.ts';
import { Running } from './running.tsx';
import { chosenSeat } from './seat-choice.ts';
import { SeatMoves } from './seat-moves.tsx';
import { SEAT_SIGNS, type SeatRow } from './seat-signs.ts';
import { onWhat } from './seat-tile.tsx';
import { words } from './settings.ts';
import { Unmask } from './unmask.tsx';
import { whyWords } from './why-words.ts';

/** All that is known of one seat, and why it is in that state. */
export function SeatDetails({ rowKey }: { readonly rowKey: string }) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    panel.current?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  // What was pressed goes away when it is done: the keyboard must not be left nowhere.
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus({ preventScroll: true });
  });
  const row = store.row('seats', rowKey)?.value;
  if (row === undefined) return null;
  const say = words.value;
  return (
    <aside
      ref={panel}
      class="seat-details card"
      tabIndex={-1}
      aria-labelledby="seat-details-title"
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
    >
      <header>
        <h3 id="seat-details-title">{row.agent}</h3>
        <button type="button" class="close" aria-label={say.say('seat.close')} onClick={close}>
          ✕
        </button>
      </header>
      <p class={`state ${row.state}`}>
        <span aria-hidden="true">{SEAT_SIGNS[row.state]}</span> {say.say(`seat.state.${row.state}`)}{' '}
        <Running sinceMs={row.sinceMs} pbx={row.pbx} />
      </p>
      <SeatMoves row={row} />
      <Facts row={row} />
    </aside>
  );
}

const close = (): void => {
  chosenSeat.value = undefined;
};

function Facts({ row }: { readonly row: SeatRow }) {
  const say = words.value;
  const { answered, ringNoAnswer, endedFirst, talks } = row.today;
  return (
    <dl class="facts">
      <Fact name={say.say('seat.why')}>
        <Why why={row.why} />
      </Fact>
      <Fact name={say.say('seat.since')}>{say.instant(row.sinceMs, nowOf(row.pbx), floorZone.value)}</Fact>
      <On row={row} />
      <Fact name={say.say('seat.queues')}>
        <Memberships row={row} />
      </Fact>
      <Fact name={say.say('seat.phone')}>{row.seat}</Fact>
      <Fact name={say.say('seat.today')}>
        {say.say('seat.answered')} <FigureLink calls={callsOfDay(row)}>{say.count(answered)}</FigureLink> ·{' '}
        {say.say('seat.ring-no-answer')} {say.count(ringNoAnswer)} · {say.say('seat.ended-first')}{' '}
        {say.say('seat.ended-of', { count: say.count(endedFirst), talks: say.count(talks) })}
      </Fact>
    </dl>
  );
}

function Why({ why }: { readonly why: string }) {
  const said = whyWords(words.value, why);
  return said === undefined ? <span lang="en">{why}</span> : <>{said}</>;
}

/** Of the agent, since the running day began; where that was is known of a hotline of the same exchange. */
function callsOfDay({ pbx, agent }: SeatRow): CallQuery {
  const rates = store.all('hotlines').find((hotline) => hotline.pbx === pbx)?.targets[0]?.rates;
  return { pbx, agent, fromMs: rates?.find(({ window }) => window === 'day')?.fromMs };
}

function On({ row }: { readonly row: SeatRow }) {
  const say = words.value;
  const what = onWhat(row);
  if (what === '') return null;
  const direction = row.direction === null ? '' : ` (${say.say(`seat.${row.direction}`)})`;
  return (
    <Fact name={say.say('seat.on')}>
      {what}
      {direction}{' '}
      {row.uniqueid === '' || row.caller === '' ? null : <Unmask pbx={row.pbx} uniqueid={row.uniqueid} />}
    </Fact>
  );
}

function Memberships({ row }: { readonly row: SeatRow }) {
  const say = words.value;
  if (row.queues.length === 0) return <>{say.say('seat.in-no-queue')}</>;
  return (
    <ul class="memberships">
      {row.queues.map((queue) => (
        <li key={queue}>
          <b>{queue}</b>{' '}
          {[
            ...penaltyIn(row, queue),
            ...(row.pausedIn.includes(queue) ? [`▮ ${say.say('seat.paused-here')}`] : []),
            ...(row.staticIn.includes(queue) ? [say.say('seat.static')] : []),
          ].join(' · ')}
        </li>
      ))}
    </ul>
  );
}

/** Not known of every member: then nothing is said, for 0 is a penalty too. */
function penaltyIn({ penalties }: SeatRow, queue: string): readonly string[] {
  const penalty = penalties[queue];
  return penalty === undefined ? [] : [words.value.say('seat.penalty', { penalty })];
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
