import { ReadGauge, type Families } from './families.ts';

/** Callers of a hotline who are owed a call. */
export interface CallBackCounts {
  readonly pbx: string;
  readonly hotline: string;
  readonly open: number;
  /** Of those, the ones whose time is up. */
  readonly overdue: number;
}

/** Callers of a hotline by how many attempts they needed (norm.md section 3), in the month that runs. */
export interface AttemptCounts {
  readonly pbx: string;
  readonly hotline: string;
  readonly attempts1: number;
  readonly attempts2: number;
  readonly attempts3: number;
  readonly attempts4plus: number;
  readonly never: number;
  /** They hang on a call of which it is not known how it ended. */
  readonly unknown: number;
  /** Of 20; null where there are none. */
  readonly meanScore: number | null;
}

const ON = ['pbx', 'hotline'] as const;
/** The label of each count. */
const BY_ATTEMPTS = {
  attempts1: '1',
  attempts2: '2',
  attempts3: '3',
  attempts4plus: '4+',
  never: 'never',
  unknown: 'unknown',
} as const satisfies Partial<Record<keyof AttemptCounts, string>>;

/** What callers went through, call after call: it is read out of the journal, and absent without one. */
export class CallerGauges {
  private readonly families: ReturnType<typeof familiesOf>;

  constructor(families: Families) {
    this.families = familiesOf(families);
  }

  fill(callBacks: Iterable<CallBackCounts>, attempts: Iterable<AttemptCounts>): void {
    const { families } = this;
    for (const family of Object.values(families)) family.empty();
    for (const { pbx, hotline, open, overdue } of callBacks) {
      families.open.set({ pbx, hotline }, open);
      families.overdue.set({ pbx, hotline }, overdue);
    }
    for (const row of attempts) {
      const { pbx, hotline, meanScore } = row;
      for (const column of COLUMNS) {
        families.chains.set({ pbx, hotline, attempts: BY_ATTEMPTS[column] }, row[column]);
      }
      families.score.set({ pbx, hotline }, meanScore);
    }
  }
}

// The keys of a literal of ours.
const COLUMNS = Object.keys(BY_ATTEMPTS) as readonly (keyof typeof BY_ATTEMPTS)[];

function familiesOf(families: Families) {
  return {
    open: new ReadGauge(
      families,
      'ringside_call_backs_open',
      'Callers of a hotline who asked for a person, got none and are to be called back.',
      ON,
    ),
    overdue: new ReadGauge(
      families,
      'ringside_call_backs_overdue',
      'Those of them whose time is up; an emergency is due at once.',
      ON,
    ),
    chains: new ReadGauge(
      families,
      'ringside_attempts_callers',
      'Callers of a hotline in the month that runs, by the attempts until they got through; never: they gave up; unknown: an end nobody saw.',
      [...ON, 'attempts'],
    ),
    score: new ReadGauge(
      families,
      'ringside_attempts_score',
      'Mean score of the attempts in the month that runs, of 20; absent without callers.',
      ON,
    ),
  };
}
