import { type Fields, NAMED_LISTS, ROW_KINDS } from './apply-changes.ts';
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
  const patch = fieldsThatChanged(before, after);
  return patch === undefined ? undefined : { key: after.key, ...patch };
}

function fieldsThatChanged(before: object, after: object): Fields | undefined {
  const known: Fields = { ...before };
  const patch: Record<string, unknown> = {};
  let isAny = false;
  for (const [field, value] of Object.entries(after) as [string, unknown][]) {
    if (isSameValue(known[field], value)) continue;
    const name = NAMED_LISTS.get(field);
    patch[field] = (name === undefined ? undefined : itemsThatChanged(known[field], value, name)) ?? value;
    isAny = true;
  }
  return isAny ? patch : undefined;
}

/** By name; undefined where the list has to be told whole. */
function itemsThatChanged(before: unknown, after: unknown, name: string): Fields | undefined {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return undefined;
  const items: readonly Fields[] = after;
  const known: readonly Fields[] = before;
  if (new Set(items.map((item) => item[name])).size < items.length) return undefined;
  const patch: Record<string, unknown> = {};
  for (const [place, item] of items.entries()) {
    const one = known[place] ?? {};
    if (one[name] !== item[name]) return undefined;
    const changed = fieldsThatChanged(one, item);
    if (changed !== undefined) patch[String(item[name])] = changed;
  }
  return patch;
}
