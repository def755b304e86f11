import type { ChannelCreated, Snapshot } from '../ami/pbx-event.ts';

/** `ChannelState` 4: the channel runs the dialplan from its first event; Asterisk counts it in CoreProcessedCalls. */
const RUNS_DIALPLAN = 4;

/**
 * Whether calls passed while we were blind, by the exchange's own counter: CoreProcessedCalls rises by one for each
 * channel that begins in the dialplan (in every recording of test/traces its rise equals the Newchannels of state 4).
 */
export class MissedCalls {
  #counted: number | undefined;
  #begun = 0;
  #lastBegunPbxMs = Number.NEGATIVE_INFINITY;

  hear(event: ChannelCreated): void {
    if (event.state !== RUNS_DIALPLAN) return;
    this.#begun++;
    this.#lastBegunPbxMs = event.pbxMs;
  }

  /**
   * Channels that began in the dialplan and were not heard since the snapshot before; undefined where the counter
   * cannot tell: first snapshot, restart, a channel that began while the lists were read.
   */
  missedUntil(snapshot: Snapshot): number | undefined {
    const told = this.#lastBegunPbxMs >= snapshot.pbxMs ? undefined : snapshot.processedCalls;
    if (told === undefined) {
      if (snapshot.purpose === 'resync') this.#counted = undefined;
      return undefined;
    }
    const missed = this.#counted === undefined || snapshot.rebooted ? -1 : told - this.#counted - this.#begun;
    this.#counted = told;
    this.#begun = 0;
    return missed < 0 ? undefined : missed;
  }
}
