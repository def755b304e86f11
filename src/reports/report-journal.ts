import type { CommandPorts } from '../store/command-ports.ts';
import { faultWords } from '../store/fault.ts';
import { openExisting } from '../store/sqlite-existing.ts';
import { SqliteJournalReader } from '../store/sqlite-journal-reader.ts';
import { journalSources } from './journal-sources.ts';
import { runReport, type ReportOptions } from './report-command.ts';
import type { ReportCompany } from './report-text.ts';

/**
 * `ringside report`: out of a journal that is there, beside a daemon that goes on writing. Exit code 0; 1 with why
 * there is no report, 2 for a misuse.
 */
export async function reportOnJournal(
  options: ReportOptions,
  company: ReportCompany,
  journal: { readonly file: string; readonly keepsNumbers: boolean },
  ports: Pick<CommandPorts, 'write' | 'complain' | 'nowMs'>,
): Promise<number> {
  const { file, keepsNumbers } = journal;
  try {
    openExisting(file, { readOnly: true }).close();
  } catch (cause) {
    ports.complain(`No report: ${faultWords(cause)}\n`);
    return 1;
  }
  const reader = new SqliteJournalReader(file);
  try {
    const { definition, roster, language } = company;
    const sources = journalSources(reader, { keepsNumbers });
    const { write, complain, nowMs } = ports;
    return await runReport(options, {
      definition,
      roster,
      language,
      sources,
      write,
      complain,
      clock: { nowMs },
    });
  } finally {
    await reader.close();
  }
}
