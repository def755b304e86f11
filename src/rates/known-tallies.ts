import type { CallClosed, QueueEnded, QueueEntered } from '../calls/facts.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import { ByPbx } from './by-pbx.ts';
import { HotlineTally } from './hotline-tally.ts';
import { type KeptRow, KeptSums } from './kept-sums.ts';
import { QueueTally, type QueueTerms } from './queue-tally.ts';
import type { Sign } from './series.ts';

/** What one exchange adds up to. */
export interface PbxTally {
  readonly pbx: string;
  unattributed: number;
  /** Blind times that are over; a running one is the link's to tell. */
  blindMs: number;
  /** From when on it is known what went on there by what was kept; undefined where nothing was. */
  knownSinceMs: number | undefined;
}

/**
 * Whatever was ever watched, by its name. A reload that takes it away and another that brings it back change nothing of
 * what was counted, as counters and the journal have it: it is asked for here, and made only where it never was.
 */
export class KnownTallies {
  private readonly hotlines = new ByPbx<HotlineTally>();
  private readonly queues = new ByPbx<QueueTally>();
  private readonly pbxs = new Map<string, PbxTally>();
  /** What is asked for the first time gets what was kept of it in an earlier run. */
  private kept = new KeptSums([]);

  /** As it is defined now. */
  hotline(hotline: HotlineDefinition, countsSinceMs: number): HotlineTally {
    const { pbx, name } = hotline;
    const known = this.hotlines.get(pbx, name);
    known?.redefine(hotline);
    if (known !== undefined) return known;
    const made = new HotlineTally(hotline, countsSinceMs);
    made.seed(this.kept.of(pbx, 'hotline', name));
    this.hotlines.set(pbx, name, made);
    return made;
  }

  /** As it is defined now. */
  queue(pbx: string, name: string, terms: QueueTerms): QueueTally {
    const known = this.queues.get(pbx, name);
    known?.redefine(terms);
    if (known !== undefined) return known;
    const made = new QueueTally(name, terms);
    made.seed(this.kept.of(pbx, 'queue', name));
    this.queues.set(pbx, name, made);
    return made;
  }

  pbx(name: string): PbxTally {
    const known = this.pbxs.get(name);
    if (known !== undefined) return known;
    const made = { pbx: name, ...selfOf(this.kept, name), knownSinceMs: undefined };
    this.pbxs.set(name, made);
    return made;
  }

  /** Of what is not watched now: no figure has the fact, but the books must close when it is watched again. */
  passAway(fact: CallClosed | QueueEntered | QueueEnded, sign: Sign): void {
    if (fact.type === 'call-closed') this.hotlines.get(fact.pbx, fact.hotline)?.closeAway(sign);
    else this.queues.get(fact.pbx, fact.queue)?.passAway(fact, sign);
  }

  /** Goes on after a restart: what is known gets what was kept of it now, the rest when it is asked for. */
  seed(sums: readonly KeptRow[]): void {
    const kept = new KeptSums(sums);
    for (const tally of this.hotlines.values()) {
      const { pbx, name } = tally.definition;
      tally.seed(kept.of(pbx, 'hotline', name));
    }
    for (const tally of this.pbxs.values()) {
      for (const queue of this.queues.namesOf(tally.pbx)) {
        this.queues.get(tally.pbx, queue)?.seed(kept.of(tally.pbx, 'queue', queue));
      }
      Object.assign(tally, selfOf(kept, tally.pbx));
    }
    this.kept = kept;
  }
}

function selfOf(kept: KeptSums, pbx: string): Pick<PbxTally, 'unattributed' | 'blindMs'> {
  const { unattributed = 0, blindMs = 0 } = kept.of(pbx, 'pbx', pbx).ever('self');
  return { unattributed, blindMs };
}
