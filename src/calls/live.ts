/** What the calls' state shows to the report and to the seats; read-only views of one owner's state. */
export interface LiveCallCounts {
  readonly calls: number;
  readonly waiting: number;
  readonly talking: number;
  /** Since when the longest waiting caller waits (our clock), undefined if nobody waits. */
  readonly longestSinceMs: number | undefined;
  /** Not yet decided, by target. */
  readonly pending: Readonly<Record<'auto' | 'transfer' | 'direct' | 'after-hours', number>>;
}
export interface LiveQueueCaller {
  readonly uniqueid: string;
  readonly sinceMs: number;
}
/** The live picture of one exchange's calls. */
export interface LiveCalls {
  readonly pbx: string;
  hotline(name: string): LiveCallCounts;
  /** In line now, longest first. */
  queueCallers(queue: string): readonly LiveQueueCaller[];
  /** Callers whose stay in the queue has no known end: in line, or on their way to a member. For the standing equation. */
  queueUnsettled(queue: string): number;
  /** Callers of this queue now talking to a seat. */
  queueConnected(queue: string): number;
  trunkLinesInUse(trunkInterface: string): number;
  /** Most lines in use at once since the daemon watches this trunk. */
  trunkPeak(trunkInterface: string): number;
  /** Pending calls of one hotline and target that reached it at or after `fromMs`. */
  pendingSince(
    hotline: string,
    target: 'auto' | 'transfer' | 'direct' | 'after-hours',
    fromMs: number,
  ): number;
}
