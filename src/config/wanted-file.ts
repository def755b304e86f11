import { groupAt, listAt, textAt } from './raw-value.ts';
import type { SettingPath } from './setting-node.ts';

/** A file the configuration names; the shell reads it. Of a queue log only whether it may: it is large and grows. */
export interface WantedFile {
  readonly path: SettingPath;
  readonly file: string;
  readonly kind: 'secret' | 'certificates' | 'keys' | 'roster' | 'queue-log' | 'door';
}

/** What the shell found: its text and whether every user of the machine may read it, or the code of the failure (`ENOENT`). */
export type FileContent =
  { readonly text: string; readonly readableByAll: boolean } | { readonly failure: string };

/** The journal's keys, the roster, and the exchanges' queue logs. */
export function filesBesideLogins(value: unknown): readonly WantedFile[] {
  const named = (path: SettingPath, holder: unknown, kind: WantedFile['kind']): readonly WantedFile[] => {
    const file = textAt(holder, String(path.at(-1)));
    return file === undefined || file === '' ? [] : [{ path, file, kind }];
  };
  return [
    ...named(['journal', 'keyFile'], groupAt(value, 'journal'), 'keys'),
    ...named(['roster', 'file'], groupAt(value, 'roster'), 'roster'),
    ...listAt(value, 'pbxs').flatMap((pbx, i) =>
      named(['pbxs', i, 'queueLog', 'path'], groupAt(pbx, 'queueLog'), 'queue-log'),
    ),
  ];
}

/** Why a file the configuration names cannot be used, to follow the name of the setting. */
export function failureText(code: string): string {
  const why = FAILURES[code] ?? `cannot be read (${code})`;
  return `names a file that ${why}`;
}
const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'is not there: a relative path starts from the directory of the configuration',
  EACCES: 'Ringside may not read: give its user the right to',
  EISDIR: 'is a directory: must be a file',
  TOO_LARGE: 'is too large: must be under 1 MB',
};
