import { ROW_KINDS } from './apply-changes.ts';
import type { Board, Changes, Row, RowKind } from './protocol.ts';
import { isSameValue } from './same-value.ts';

/** What must be told to bring whoever has `before` to `after`; undefined where they say the same. */
export function deltaOf(before: Board, after: Board): Changes | undefined {
  const changes: { [Kind in RowKind]?: unknown } = {};
  let isAny = false;
  for (const kind of ROW_KINDS) {
    const changed = changedRows(before[kind], after[kind]);
    if (changed === undefined) continue;
    changes[kind] = changed;
    isAny = true;
  }
  // Each kind's patches are made of its own rows: what is lost in the loop is only that the names go together.
  return isAny ? (changes as Changes) : undefined;
}

interface Changed {
  set?: object[];
  gone?: string[];
}

function changedRows(before: readonly Row<RowKind>[], after: readonly Row<RowKind>[]): Changed | undefined {
  if (before === after) return undefined;
  const left = new Map(before.map((row) => [row.key, row]));
  const set: object[] = [];
  for (const row of after) {
    const known = left.get(row.key);
    left.delete(row.key);
    if (known === row) continue;
    const patch = known === undefined ? row : patchOf(known, row);
    if (patch !== undefined) set.push(patch);
  }
  const gone = [...left.keys()];
  if (set.length === 0 && gone.length === 0) return undefined;
  return { ...(set.length > 0 && { set }), ...(gone.length > 0 && { gone }) };
}

/** The fields that changed, beside the key; undefined where none did. */
function patchOf(before: object, after: { readonly key: string }): object | undefined {
  const known: Readonly<Record<string, unknown>> = { ...before };
  const patch: Record<string, unknown> = {};
  let isAny = false;
  for (const [field, value] of Object.entries(after)) {
    if (isSameValue(known[field], value)) continue;
    patch[field] = value;
    isAny = true;
  }
  return isAny ? { key: after.key, ...patch } : undefined;
}
