import { ReadCounter, ReadGauge, type Families } from './families.ts';

/** How it stands with the journal; totals since the start. */
export interface JournalFigures {
  readonly state: 'writing' | 'failing' | 'closed';
  readonly pendingFacts: number;
  readonly droppedFacts: number;
  readonly committedFacts: number;
  readonly lastCommitAtMs: number | undefined;
  /** The slowest commit since the last look. */
  readonly slowestCommitMs: number;
  readonly bytes: number;
}

/** Whether what is counted will be there after a restart. Without a journal there is nothing to tell. */
export class JournalGauges {
  private readonly families: ReturnType<typeof familiesOf>;

  constructor(families: Families) {
    this.families = familiesOf(families);
  }

  fill(journal: JournalFigures | undefined): void {
    const { families } = this;
    for (const family of Object.values(families)) family.empty();
    if (journal === undefined) return;
    families.up.set({}, journal.state === 'writing' ? 1 : 0);
    families.pending.set({}, journal.pendingFacts);
    families.dropped.set({}, journal.droppedFacts);
    families.committed.set({}, journal.committedFacts);
    const { lastCommitAtMs } = journal;
    families.lastCommit.set({}, lastCommitAtMs === undefined ? undefined : lastCommitAtMs / 1000);
    families.slowest.set({}, journal.slowestCommitMs / 1000);
    families.bytes.set({}, journal.bytes);
  }
}

function familiesOf(families: Families) {
  const gauge = (name: string, help: string) => new ReadGauge(families, name, help, []);
  const counter = (name: string, help: string) => new ReadCounter(families, name, help, []);
  return {
    up: gauge(
      'ringside_journal_up',
      'Whether what is seen is being written down: 0 while writing fails; absent without a journal.',
    ),
    pending: gauge('ringside_journal_pending_facts', 'Facts in memory that are not committed.'),
    dropped: counter(
      'ringside_journal_dropped_facts_total',
      'Facts given up because memory was full while nothing could be written: the figures after a restart will lack them.',
    ),
    committed: counter('ringside_journal_committed_facts_total', 'Facts committed since the daemon started.'),
    lastCommit: gauge(
      'ringside_journal_last_commit_timestamp_seconds',
      'When the journal last committed, unix time.',
    ),
    slowest: gauge(
      'ringside_journal_slowest_commit_seconds',
      'How long the slowest commit since the last scrape took.',
    ),
    bytes: gauge('ringside_journal_bytes', 'Size of the journal and its log.'),
  };
}
