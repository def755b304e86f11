import type { LinkStatus } from '../ami/connection.ts';
import type { LiveCalls } from '../calls/live.ts';
import type { PbxDefinition } from '../hotlines/definition.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import { keep } from './keep.ts';
import type { PbxReport } from './report.ts';
import type { PbxTally } from './known-tallies.ts';

/** One exchange of the Report, and since when it is, or is not, seen. */
export class PbxRow {
  private definition: PbxDefinition;
  private readonly startedAtMs: number;
  private row: PbxReport | undefined;
  /** First readiness; undefined while we never saw this exchange. */
  private seenSinceMs: number | undefined;
  private blindSinceMs: number | undefined;

  /** @param knownSinceMs where the figures go on from what was kept: from when on they are known */
  constructor(definition: PbxDefinition, startedAtMs: number, knownSinceMs: number | undefined) {
    this.definition = definition;
    this.startedAtMs = startedAtMs;
    this.seenSinceMs = knownSinceMs;
    this.blindSinceMs = startedAtMs;
  }

  /** After a reload: what is known of the link stays. */
  redefine(definition: PbxDefinition): void {
    this.definition = definition;
  }

  /**
   * Looks at the link. `blindFromMs`, where the owner of the picture knows it, is when we last heard the exchange:
   * earlier than the instant at which the silence was noticed.
   */
  look(link: LinkStatus | undefined, blindFromMs: number | undefined): void {
    if (link?.state === 'ready' && blindFromMs === undefined) {
      this.seenSinceMs ??= link.sinceMs;
      this.blindSinceMs = undefined;
    } else {
      this.blindSinceMs = blindFromMs ?? this.blindSinceMs ?? link?.sinceMs ?? this.startedAtMs;
    }
  }

  get blindNow(): boolean {
    return this.blindSinceMs !== undefined;
  }

  /** Windows that began before this have no verdict. */
  get knownSinceMs(): number {
    return this.seenSinceMs ?? Infinity;
  }

  build(
    tally: PbxTally | undefined,
    live: LiveCalls | undefined,
    link: LinkStatus | undefined,
    nowMs: number,
  ): PbxReport {
    const { row } = this;
    this.row = keep(row, {
      pbx: this.definition.name,
      link: link?.state ?? 'idle',
      release: link?.release ?? '',
      blindSinceMs: this.blindSinceMs ?? null,
      blindMs: (tally?.blindMs ?? 0) + this.blindForMs(nowMs),
      clockOffsetMs: link?.clockOffsetMs ?? 0,
      unattributed: tally?.unattributed ?? 0,
      trunks: this.trunks(live),
    });
    return this.row;
  }

  /** The running blind time; before the first look there was nothing to lose sight of. */
  private blindForMs(nowMs: number): number {
    if (this.seenSinceMs === undefined || this.blindSinceMs === undefined) return 0;
    return Math.max(0, nowMs - this.blindSinceMs);
  }

  private trunks(live: LiveCalls | undefined): PbxReport['trunks'] {
    const previous = this.row?.trunks;
    const rows = this.definition.trunks.map((trunk, index) => {
      return keep(previous?.[index], {
        trunk: maskDigitRuns(trunk.name),
        linesInUse: live?.trunkLinesInUse(trunk.interface) ?? 0,
        lines: trunk.lines ?? null,
        peakLinesInUse: live?.trunkPeak(trunk.interface) ?? 0,
      });
    });
    return keep(previous, rows);
  }
}
