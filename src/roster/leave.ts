/** A seat that was left before its successor was there (norm.md section 6). */
export interface Leave {
  /** At the end of the shift, or in the middle of it (a meal). */
  readonly when: 'shift-end' | 'break';
  readonly pbx: string;
  readonly seat: string;
  /** Who left: by the roster at the end of a shift, as seen in the middle. */
  readonly agent: string;
  /** Why the seat was paused, '' where no reason was given. */
  readonly reason: string;
  readonly leftAtMs: number;
  /** Seat and agent that were to come, '' each in the middle of a shift: the roster names nobody for a meal. */
  readonly successorSeat: string;
  readonly successor: string;
  /** The queue that was left with nobody, '' at the end of a shift. */
  readonly queue: string;
  /** When somebody was there; undefined where nobody was until the end of what is known. */
  readonly relievedAtMs: number | undefined;
  /** From leaving until then. */
  readonly gapMs: number;
}

/** What came of looking at leaves: those not in `findings` were right, or nobody can say. */
export interface LeaveCheck {
  /** How many could be judged. */
  readonly judged: number;
  /** How many could not, because we did not see. */
  readonly unseen: number;
  readonly findings: readonly Leave[];
}

/** As long as it takes one to log out and the other to log in at the same phone, and no queue is called unstaffed (norm.md section 6). */
export const TOLERATED_MS = 30_000;

/** Nobody left, or what there is to see has not happened yet. */
export const NO_LEAVE: LeaveCheck = { judged: 0, unseen: 0, findings: [] };
export const UNSEEN_LEAVE: LeaveCheck = { judged: 0, unseen: 1, findings: [] };
export const GOOD_LEAVE: LeaveCheck = { judged: 1, unseen: 0, findings: [] };

/** A leave that was judged: a finding where nobody was there for longer than is tolerated. */
export function judged(leave: Leave): LeaveCheck {
  if (leave.gapMs > TOLERATED_MS) return { judged: 1, unseen: 0, findings: [leave] };
  return leave.relievedAtMs === undefined ? NO_LEAVE : GOOD_LEAVE;
}

/** Many looks as one, in order of time. */
export function allTogether(checks: readonly LeaveCheck[]): LeaveCheck {
  const sum = (count: (check: LeaveCheck) => number): number =>
    checks.reduce((total, check) => total + count(check), 0);
  return {
    judged: sum((check) => check.judged),
    unseen: sum((check) => check.unseen),
    findings: checks
      .flatMap(({ findings }) => findings)
      .toSorted((a, b) => a.leftAtMs - b.leftAtMs || a.seat.localeCompare(b.seat, 'en')),
  };
}
