import { WEEKDAYS, type HoursDefinition, type RosterDefinition } from '../hotlines/definition.ts';
import { periodOf, type Period } from '../hotlines/hours.ts';

/** A seat that somebody is to sit at. */
export interface RosterSeat {
  readonly pbx: string;
  /** Its interface, as facts name it. */
  readonly seat: string;
  readonly agent: string;
}

/** Who was named for one shift of one day (or of one weekday); '' for nobody. */
interface Named {
  leader: string | undefined;
  readonly seats: Map<string, RosterSeat>;
}

/**
 * Who leads which shift and who sits where (norm.md section 6). Shifts are the company's and are told by the keys that
 * periods have: `2026-03-29 night`, by the date a shift begins on. What is named for a date takes the place of what is
 * named for its weekday, seat by seat.
 */
export class Roster {
  readonly #hours: HoursDefinition;
  readonly #named = new Map<string, Named>();

  constructor({ zone, shifts, duties }: RosterDefinition) {
    this.#hours = { zone, shifts, week: NO_WEEK, exceptions: new Map() };
    for (const { day, shift, role, pbx, seat, agent } of duties) {
      const named = this.#named.get(keyOf(day, shift)) ?? { leader: undefined, seats: new Map() };
      this.#named.set(keyOf(day, shift), named);
      if (role === 'leader') named.leader = agent;
      else named.seats.set(placeOf(pbx, seat), { pbx, seat, agent });
    }
  }

  /** The shift on duty at an instant; before the first one of a day it is the last one of the day before. */
  shiftAt(atMs: number): Period {
    return periodOf(this.#hours, 'shift', atMs);
  }

  /** Undefined where nobody is named. */
  whoLeads(shiftKey: string): string | undefined {
    const { ofDate, ofWeekday } = this.#namedFor(shiftKey);
    const leader = ofDate?.leader ?? ofWeekday?.leader;
    return leader === '' ? undefined : leader;
  }

  /** Who is to sit at a seat at an instant; undefined where nobody is named. */
  agentAt(pbx: string, seat: string, atMs: number): string | undefined {
    const { ofDate, ofWeekday } = this.#namedFor(this.shiftAt(atMs).key);
    const place = placeOf(pbx, seat);
    const agent = (ofDate?.seats.get(place) ?? ofWeekday?.seats.get(place))?.agent;
    return agent === '' ? undefined : agent;
  }

  /** The seats a shift names, with who is to sit there. */
  seatsOf(shiftKey: string): readonly RosterSeat[] {
    const { ofDate, ofWeekday } = this.#namedFor(shiftKey);
    const seats = new Map([...(ofWeekday?.seats ?? []), ...(ofDate?.seats ?? [])]);
    return [...seats.values()].filter(({ agent }) => agent !== '');
  }

  #namedFor(shiftKey: string): { readonly ofDate: Named | undefined; readonly ofWeekday: Named | undefined } {
    const date = shiftKey.slice(0, DATE_LENGTH);
    const shift = shiftKey.slice(DATE_LENGTH + 1);
    return {
      ofDate: this.#named.get(keyOf(date, shift)),
      ofWeekday: this.#named.get(keyOf(weekdayOf(date), shift)),
    };
  }
}

const DATE_LENGTH = 'YYYY-MM-DD'.length;
/** A roster promises no hours: of its days only the shifts are asked for. */
const NO_WEEK = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

const keyOf = (day: string, shift: string): string => `${day} ${shift}`;
const placeOf = (pbx: string, seat: string): string => `${pbx} ${seat}`;

/** The same in every zone: a date is a date. */
function weekdayOf(date: string): string {
  const index = new Date(`${date}T00:00:00Z`).getUTCDay();
  return WEEKDAYS[(index + 6) % 7] ?? '';
}
