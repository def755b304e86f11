import type { SettingPath } from './setting-node.ts';

export type MistakeLevel = 'error' | 'warning';

/** What is wrong with a setting before anybody looked up where it stands. */
export interface Finding {
  readonly level: MistakeLevel;
  readonly path: SettingPath;
  /** Says what is wrong and what would be right. Never holds a secret or a caller's number. */
  readonly message: string;
  /** Point at the name of the setting, not at its value. */
  readonly atKey?: boolean;
  /** Where it stands in the file that the setting names. */
  readonly inFile?: { readonly file: string; readonly line: number; readonly column: string };
}

/** A finding with its place. */
export interface Mistake {
  readonly level: MistakeLevel;
  /** `ringside.yaml:12:7`, or `environment variable RINGSIDE_HTTP__PORT`. */
  readonly place: string;
  /** For the order of messages; 0 where the place is not in the file. */
  readonly line: number;
  readonly column: number;
  /** The line in a file the configuration names, where the mistake is there. */
  readonly fileLine?: number;
  /** `hotlines[0].queues[1]`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

export const error = (path: SettingPath, message: string): Finding => ({ level: 'error', path, message });
export const warning = (path: SettingPath, message: string): Finding => ({ level: 'warning', path, message });

/** `hotlines[0].hours.week.mon-fri` */
export function pathText(path: SettingPath): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`))
    .join('');
}

/** One line: `ringside.yaml:12:7: error: http.port: must be …`. */
export function mistakeText(mistake: Mistake): string {
  const path = mistake.path === '' ? '' : `${mistake.path}: `;
  return `${mistake.place}: ${mistake.level}: ${path}${mistake.message}`;
}

/** In the order of the file, then by path and message, so that the same mistakes always read the same. */
export function sortMistakes(mistakes: readonly Mistake[]): readonly Mistake[] {
  return mistakes.toSorted(
    (a, b) =>
      a.line - b.line ||
      a.column - b.column ||
      (a.fileLine ?? 0) - (b.fileLine ?? 0) ||
      a.path.localeCompare(b.path, 'en') ||
      a.message.localeCompare(b.message, 'en'),
  );
}
