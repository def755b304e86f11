import type { z } from 'zod';
import { didYouMean } from '../config/nearest.ts';
import { maskDigitRuns } from '../lib/mask.ts';

/** Parameters of an address after their check: what they say, or what is wrong with each and what would be right. */
export type ReadQuery<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly mistakes: readonly string[] };

/** The longest name that is said back. */
const LONGEST_SAID = 40;

/**
 * Checks the parameters of an address. Each field of `schema` says in its `meta({ expected })` what would be right.
 * What was written as a value is never said back: it may be somebody's number.
 */
export function readQuery<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  raw: unknown,
): ReadQuery<z.output<z.ZodObject<Shape>>> {
  const given = new Map<string, unknown>(Object.entries((raw ?? {}) as Readonly<Record<string, unknown>>));
  const known = Object.keys(schema.shape);
  const mistakes: string[] = [];
  for (const [name, value] of given) {
    if (!known.includes(name)) mistakes.push(`${unknownName(name, known)}`);
    else if (Array.isArray(value)) mistakes.push(`${name}: given ${value.length} times, expected once`);
  }
  if (mistakes.length > 0) return { ok: false, mistakes };
  const read = schema.safeParse(Object.fromEntries(given));
  if (read.success) return { ok: true, value: read.data };
  return { ok: false, mistakes: read.error.issues.map((issue) => mistakeOf(issue, schema, given)) };
}

function unknownName(name: string, known: readonly string[]): string {
  const said = maskDigitRuns(name.replaceAll(/[^\w .:-]/g, '?')).slice(0, LONGEST_SAID);
  const there = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`;
  return `"${said}" is no parameter of this address${didYouMean(name.slice(0, LONGEST_SAID), known)}: ${there}`;
}

function mistakeOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodObject,
  given: ReadonlyMap<string, unknown>,
): string {
  const name = String(issue.path[0] ?? '');
  // What looks at several of them together says it in words of its own.
  if (issue.code === 'custom' && issue.message !== 'Invalid input') return `${name}: ${issue.message}`;
  const expected = schema.shape[name]?.meta()?.['expected'];
  const right = typeof expected === 'string' ? `expected ${expected}` : 'not understood';
  if (issue.code !== 'invalid_value') return `${name}: ${right}`;
  const words = issue.values.map(String);
  return `${name}: expected one of ${words.join(', ')}${didYouMean(String(given.get(name)).slice(0, LONGEST_SAID), words)}`;
}
