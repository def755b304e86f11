import { SEAT_STATES } from '../calls/facts.ts';
import type { QueueReport, Report, SeatReport } from '../rates/report.ts';
import { type Html, html } from './html.ts';
import { duration, percentOrDash, SEAT_WORDS } from './wording.ts';

/** The queues and the seats of the exchanges that are seen now; of the others there is no live picture to show. */
export function floor(report: Report, blind: ReadonlySet<string>): Html {
  const queues = report.queues.filter(({ pbx }) => !blind.has(pbx));
  const seats = report.seats.filter(({ pbx }) => !blind.has(pbx));
  return html`${queues.length === 0 ? html`` : queueTable(queues)}
  ${seats.length === 0 ? html`` : seatList(seats)}`;
}

function queueTable(queues: readonly QueueReport[]): Html {
  const heads = [
    'queue',
    'waiting',
    'longest wait',
    'talking',
    'staffed',
    'idle',
    'ringing',
    'paused',
    'answered today',
    'occupancy, 30 min',
  ];
  return html`<section>
    <h2>Queues</h2>
    <div class="scroll">
      <table class="wide">
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${queues.map((row) => queueRow(row))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function queueRow(row: QueueReport): Html {
  const today = row.rates.find(({ window }) => window === 'day');
  const lately = row.figures.find(({ window }) => window === '30m');
  const unstaffed = row.waiting > 0 && row.staffed === 0;
  return html`<tr class="${row.waiting > 0 ? 'wait' : ''}">
    <th scope="row">${row.queue}</th>
    <td>${row.waiting}</td>
    <td>${duration(row.longestWaitMs)}</td>
    <td>${row.connected}</td>
    <td>${row.staffed}${unstaffed ? ' ▼ nobody' : ''}</td>
    <td>${row.seats.idle}</td>
    <td>${row.seats.ringing}</td>
    <td>${row.membersPaused}</td>
    <td>${percentOrDash(today?.ratio ?? null)} of ${today?.of ?? 0}</td>
    <td>${percentOrDash(lately?.occupancy ?? null)}</td>
  </tr>`;
}

function seatList(seats: readonly SeatReport[]): Html {
  const counts = SEAT_STATES.map((state) => ({
    state,
    count: seats.filter((row) => row.state === state).length,
  }));
  const told = counts
    .filter(({ count }) => count > 0)
    .map(
      ({ state, count }) => html`<span>${SEAT_WORDS[state].sign} ${count} ${SEAT_WORDS[state].words}</span>`,
    );
  return html`<section>
    <h2>Seats</h2>
    <p class="counts">${told}</p>
    <ul class="seats">
      ${seats.map((row) => seatTile(row))}
    </ul>
  </section>`;
}

function seatTile(row: SeatReport): Html {
  const { sign, words } = SEAT_WORDS[row.state];
  const busy = row.busyWith === null ? '' : ` · ${row.on === '' ? row.busyWith : row.on}`;
  const reason = row.state === 'paused' && row.pausedReason !== '' ? ` · ${row.pausedReason}` : '';
  return html`<li class="${row.state}" title="${row.seat}: ${row.why}">
    <b>${row.agent}</b> <span>${sign} ${words}${busy}${reason}</span>
  </li>`;
}
