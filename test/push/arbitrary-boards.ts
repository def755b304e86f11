import * as fc from 'fast-check';
import * as z from 'zod';
import { ROW_KINDS } from '../../src/push/apply-changes.ts';
import { ROWS, type Board, type Row, type RowKind } from '../../src/push/protocol.ts';

/** As much of JSON Schema as the protocol is told in. */
interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly propertyNames?: Shape;
  readonly additionalProperties?: Shape | boolean;
}

/** Few of each, so that two boards have much in common. */
const WORDS = ['', 'gas', 'support', 'billing', 'Ann', 'lunch', '138****0001'];
const COUNTS = [0, 1, 2];
const NUMBERS = [0, 0.25, 0.5, 1];

/** Anything of this shape. */
function anyOf(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(anyOf));
  switch (shape.type) {
    case 'object':
      return anyObject(shape);
    case 'array':
      return fc.array(anyOf(shape.items ?? {}), { maxLength: 2 });
    case 'string':
      return fc.constantFrom(...WORDS);
    case 'integer':
      return fc.constantFrom(...COUNTS);
    case 'number':
      return fc.constantFrom(...NUMBERS);
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constant(null);
  }
}

function anyObject({ properties, propertyNames, additionalProperties }: Shape): fc.Arbitrary<unknown> {
  if (properties !== undefined) return recordOf(Object.entries(properties));
  const value = typeof additionalProperties === 'object' ? additionalProperties : {};
  const names = propertyNames?.enum;
  if (names !== undefined) return recordOf(names.map((name) => [String(name), value]));
  return fc.dictionary(fc.constantFrom(...WORDS), anyOf(value), { maxKeys: 2 });
}

const recordOf = (fields: readonly (readonly [string, Shape])[]): fc.Arbitrary<unknown> =>
  fc.record(Object.fromEntries(fields.map(([name, shape]) => [name, anyOf(shape)])));

function anyRows<Kind extends RowKind>(kind: Kind): fc.Arbitrary<readonly Row<Kind>[]> {
  const shape = z.toJSONSchema(ROWS[kind]) as Shape;
  const row = fc
    .tuple(anyOf(shape), fc.constantFrom('a', 'b', 'c', 'd'))
    .map(([fields, key]) => ({ ...(fields as Row<Kind>), key }));
  return fc.uniqueArray(row, { maxLength: 4, selector: ({ key }) => key });
}

/** Any board the protocol allows; keys out of a handful. */
export const anyBoard: fc.Arbitrary<Board> = fc.record(
  Object.fromEntries(ROW_KINDS.map((kind) => [kind, anyRows(kind)])),
) as unknown as fc.Arbitrary<Board>;
