import { readNumberKeys, type NumberKey } from '../lib/number-keys.ts';
import { error, warning, type Finding } from './mistake.ts';
import { listAt } from './raw-value.ts';
import type { Settings } from './schema.ts';
import { pathKey } from './setting-node.ts';
import { failureText, type FileContent } from './wanted-file.ts';

export interface KeyCheck {
  /** Newest first; empty: numbers are not kept. */
  readonly keys: readonly NumberKey[];
  readonly findings: readonly Finding[];
}

type Files = ReadonlyMap<string, FileContent>;
const KEY_FILE = ['journal', 'keyFile'];

/** The keys. `secretsElsewhere`: they may be missing here (a check away from the daemon). */
export function checkKeys(files: Files, secretsElsewhere: boolean): KeyCheck {
  const content = files.get(pathKey(KEY_FILE));
  if (content === undefined) return { keys: [], findings: [] };
  if ('failure' in content) return { keys: [], findings: [unreadable(content.failure, secretsElsewhere)] };
  const { keys, findings } = readKeys(content.text);
  const open = warning(KEY_FILE, 'names a file that every user of this machine may read: chmod 600');
  return { keys, findings: content.readableByAll ? [...findings, open] : findings };
}

/** Queue logs that are not there (yet) stop nothing: blind time stays unknown, and that is said. */
export function checkQueueLogs(value: unknown, files: Files): readonly Finding[] {
  return listAt(value, 'pbxs').flatMap((_pbx, i): readonly Finding[] => {
    const path = ['pbxs', i, 'queueLog', 'path'];
    const content = files.get(pathKey(path));
    if (content === undefined || !('failure' in content)) return [];
    return [warning(path, `${failureText(content.failure)}; blind time is not filled`)];
  });
}

/** What is not kept, for a configuration without mistakes: whoever has some is not told of this too. */
export function notKept({ journal, reports }: Settings): readonly Finding[] {
  const at = ['journal'];
  if (journal.file === undefined) {
    const idle = warning(KEY_FILE, 'is not used without journal.file: set both');
    const unwritten = warning(['reports', 'folder'], 'is not used without journal.file: set both');
    return [
      warning(at, 'figures begin anew at each restart: set journal.file'),
      ...(journal.keyFile === undefined ? [] : [idle]),
      ...(reports.folder === undefined ? [] : [unwritten]),
    ];
  }
  const message = 'numbers are not kept, so attempts and call-backs cannot be told: set journal.keyFile';
  return journal.keyFile === undefined ? [warning(at, message)] : [];
}

const DAY_H = 24;

/** A number must outlive its call-back, and a chain of attempts, which ends 24 h after its last call (norm.md section 3). */
export function shortRetention({ journal, callBacks }: Settings): readonly Finding[] {
  const leastDays = Math.ceil(callBacks.reachWithinH / DAY_H) + 1;
  if (journal.retention.numbersDays >= leastDays) return [];
  const message = `destroys numbers before they can be called back: must be ${leastDays} or more, a day longer than callBacks.reachWithinH`;
  return [error(['journal', 'retention', 'numbersDays'], message)];
}

const HOW_TO_MAKE = '"ringside key new FILE" makes one';

function unreadable(code: string, secretsElsewhere: boolean): Finding {
  if (secretsElsewhere && ['ENOENT', 'EACCES'].includes(code)) {
    return warning(KEY_FILE, 'names a file that cannot be read here: the daemon must have it');
  }
  return error(KEY_FILE, `${failureText(code)}${code === 'ENOENT' ? `; ${HOW_TO_MAKE}` : ''}`);
}

function readKeys(text: string): KeyCheck {
  const { keys, faults } = readNumberKeys(text);
  const findings = faults.map(({ line, why }) => error(KEY_FILE, `names a file whose line ${line} ${why}`));
  if (keys.length === 0 && findings.length === 0) {
    findings.push(error(KEY_FILE, `names a file that is empty: must hold a key; ${HOW_TO_MAKE}`));
  }
  return { keys, findings };
}
