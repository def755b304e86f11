import { ReadCounter, type Families } from './families.ts';

/** Moves of seats of one exchange by how they ended, since the start. */
export interface MoveTotals {
  readonly pbx: string;
  readonly ended: Readonly<Record<string, number>>;
}

/** Seats that leaders moved between queues. */
export class MoveCounters {
  private readonly counter: ReadCounter<'pbx' | 'result'>;

  constructor(families: Families) {
    this.counter = new ReadCounter(
      families,
      'ringside_moves_total',
      'Moves of seats that leaders asked for, by how they ended; what was confirmed after it was given up stays as it ended.',
      ['pbx', 'result'],
    );
  }

  fill(totals: Iterable<MoveTotals>): void {
    this.counter.empty();
    for (const { pbx, ended } of totals) {
      for (const [result, moves] of Object.entries(ended)) this.counter.set({ pbx, result }, moves);
    }
  }
}
