import { ReadCounter, ReadGauge, type Families } from './families.ts';

/** What is told to the boards that are open; totals since the start. */
export interface PushTotals {
  readonly clients: number;
  readonly frames: Readonly<Record<string, number>>;
  readonly serialisations: number;
  readonly coalesced: number;
  readonly snapshots: Readonly<Record<string, number>>;
  readonly closed: Readonly<Record<string, number>>;
}

/** Who reads at `/live`, and whether they keep up. */
export class PushGauges {
  private readonly families: ReturnType<typeof familiesOf>;

  constructor(families: Families) {
    this.families = familiesOf(families);
  }

  fill(push: PushTotals | undefined): void {
    const { families } = this;
    for (const family of Object.values(families)) family.empty();
    if (push === undefined) return;
    families.clients.set({}, push.clients);
    families.serialisations.set({}, push.serialisations);
    families.coalesced.set({}, push.coalesced);
    for (const [kind, total] of Object.entries(push.frames)) families.frames.set({ kind }, total);
    for (const [reason, total] of Object.entries(push.snapshots)) families.snapshots.set({ reason }, total);
    for (const [reason, total] of Object.entries(push.closed)) families.closed.set({ reason }, total);
  }
}

function familiesOf(families: Families) {
  return {
    clients: new ReadGauge(families, 'ringside_push_clients', 'Boards that are open at /live.', []),
    frames: new ReadCounter(families, 'ringside_push_frames_total', 'Frames sent to boards.', ['kind']),
    serialisations: new ReadCounter(
      families,
      'ringside_push_serialisations_total',
      'Boards and changes made into text: one for each scope and change, however many read it.',
      [],
    ),
    coalesced: new ReadCounter(
      families,
      'ringside_push_coalesced_total',
      'Changes that a board was not told one by one, because it reads too slowly.',
      [],
    ),
    snapshots: new ReadCounter(
      families,
      'ringside_push_snapshots_total',
      'Whole boards sent, by why: somebody came, saw a gap, or had read too slowly.',
      ['reason'],
    ),
    closed: new ReadCounter(
      families,
      'ringside_push_closed_total',
      'Connections of boards that ended, by why.',
      ['reason'],
    ),
  };
}
