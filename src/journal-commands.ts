import { userInfo } from 'node:os';
import type { JournalCommand } from './command-line.ts';
import { countText } from './config/check.ts';
import type { CompiledConfig } from './config/compile.ts';
import { loadConfig } from './config/load.ts';
import { mistakeText } from './config/mistake.ts';
import { callBackList } from './explain/call-back-list.ts';
import { callBackText } from './explain/call-back-text.ts';
import { journalOptions } from './keeping.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import { runImport } from './queue-log/import-command.ts';
import { reportOnJournal } from './reports/report-journal.ts';
import { readQueueLogFiles } from './queue-log/queue-log-file.ts';
import { runBackup } from './store/backup-command.ts';
import type { CallBackEntry } from './store/call-back-reads.ts';
import { runClose } from './store/close-command.ts';
import type { CommandPorts } from './store/command-ports.ts';
import { runExport } from './store/export-command.ts';
import { exportSpanOf } from './store/export-span.ts';
import { runForget } from './store/forget-command.ts';
import { faultWords } from './store/fault.ts';
import { openJournal } from './store/journal.ts';
import { runRestore } from './store/restore-command.ts';
import { openExisting } from './store/sqlite-existing.ts';
import { SqliteJournalReader } from './store/sqlite-journal-reader.ts';

export interface JournalCommandPorts extends Omit<CommandPorts, 'nowMs' | 'who'> {
  readonly clock: Clock;
  readonly log: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard input. */
  readonly input: AsyncIterable<string | Uint8Array>;
}

interface Work {
  readonly config: CompiledConfig;
  readonly file: string;
  readonly ports: CommandPorts;
  readonly with: JournalCommandPorts;
}

/** Runs a command on the journal that the configuration names. Exit code 0; 1 with why not, 2 for a misuse. */
export async function runJournalCommand(
  command: JournalCommand,
  given: JournalCommandPorts,
): Promise<number> {
  const { environment, complain, clock, write } = given;
  const loaded = await loadConfig(command.config, { environment, withoutSecrets: true });
  if (!loaded.ok) {
    complain(`${loaded.mistakes.map(mistakeText).join('\n')}\nnothing done: ${countText(loaded.mistakes)}\n`);
    return 1;
  }
  const { config } = loaded;
  const { file } = config.journal;
  if (file === undefined) {
    complain(`nothing done: ${command.config} names no journal: set journal.file\n`);
    return 1;
  }
  const ports = { write, complain, nowMs: () => clock.nowMs(), who: userInfo().username };
  return await run(command, { config, file, ports, with: given });
}

async function run(command: JournalCommand, work: Work): Promise<number> {
  const { config, file, ports } = work;
  const { numbers } = config;
  const { keyFile } = config.journal;
  switch (command.name) {
    case 'backup':
      return await runBackup({ journal: file, out: command.file }, ports);
    case 'restore':
      return await runRestore({ backup: command.file, journal: file, force: command.force }, ports);
    case 'forget':
      if (keyFile === undefined) {
        ports.complain(
          'nothing to forget: the configuration names no journal.keyFile, so no number is kept\n',
        );
        return 1;
      }
      return await runForget({ journal: file, keyFile, numbers }, { ...ports, input: work.with.input });
    case 'export': {
      const span = spanOf(command, config);
      if (typeof span === 'string') return misuse(span, ports);
      return await runExport({ ...span, journal: file, keyFile, numbers, out: command.out }, ports);
    }
    case 'call-back-list':
      return await listCallBacks(command.json, work);
    case 'call-back-close': {
      const { definition, callBacks } = config;
      const { id, reason, by } = command;
      return await runClose({ journal: file, definition, callBacks, id, reason, by }, ports);
    }
    case 'import':
      return await bringIn(command, work);
    case 'report': {
      const { definition, roster, reports } = config;
      const company = { definition, roster, language: reports.language };
      return await reportOnJournal(command, company, { file, keepsNumbers: keyFile !== undefined }, ports);
    }
  }
}

async function bringIn(command: Extract<JournalCommand, { name: 'import' }>, work: Work): Promise<number> {
  const { config, file, ports } = work;
  const { definition, numbers } = config;
  const [only, ...others] = definition.pbxs;
  const pbx = command.pbx ?? (others.length === 0 ? only?.name : undefined);
  if (pbx === undefined) {
    const names = definition.pbxs.map(({ name }) => name).join(', ');
    return misuse(`--pbx says whose log it is: ${names}`, ports);
  }
  const span = spanOf(command, config);
  if (typeof span === 'string') return misuse(span, ports);
  const { hotline } = command;
  const { extensionLength } = numbers;
  const { fromMs, untilMs } = span;
  const reader = new SqliteJournalReader(file);
  try {
    return await runImport(
      { file: command.file, pbx, definition, extensionLength, fromMs, untilMs, hotline },
      {
        ...ports,
        readLog: async (path) => (await readQueueLogFiles(path, -Infinity, false)).reading,
        openJournal: () => openJournal(journalOptions({ ...work.with, config, file })),
        reader,
      },
    );
  } finally {
    await reader.close();
  }
}

const A_PAGE = 500;

async function listCallBacks(asJson: boolean, { config, file, ports, with: given }: Work): Promise<number> {
  const { vault } = journalOptions({ ...given, config, file });
  const reader = new SqliteJournalReader(file, vault);
  try {
    // Says why where it cannot be read at all.
    openExisting(file, { readOnly: true }).close();
    const nowMs = ports.nowMs();
    const entries: CallBackEntry[] = [];
    let after: string | undefined;
    do {
      const filter = { state: 'open', limit: A_PAGE, ...(after !== undefined && { after }) } as const;
      const page = await reader.callBacks(filter, nowMs);
      entries.push(...page.callBacks);
      after = page.next ?? undefined;
    } while (after !== undefined);
    const list = callBackList(entries, nowMs);
    await ports.write(asJson ? `${JSON.stringify(list, null, 2)}\n` : callBackText(list));
    return 0;
  } catch (cause) {
    ports.complain(`no list: ${faultWords(cause)}\n`);
    return 1;
  } finally {
    await reader.close();
  }
}

const spanOf = (
  told: { readonly from: string | undefined; readonly until: string | undefined },
  { definition }: CompiledConfig,
): ReturnType<typeof exportSpanOf> => exportSpanOf(told, definition.hotlines[0]?.hours.zone ?? 'UTC');

function misuse(words: string, { complain }: CommandPorts): number {
  complain(`${words}\n`);
  return 2;
}
