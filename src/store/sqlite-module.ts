import type * as Sqlite from 'node:sqlite';

const EXPERIMENTAL = 'SQLite is an experimental feature';

/** `node:sqlite`, loaded without its one warning of being experimental; every other warning is heard as ever. */
export function sqliteModule(): typeof Sqlite {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    if (String(warning).startsWith(EXPERIMENTAL)) return;
    Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
