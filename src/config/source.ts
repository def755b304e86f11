import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml';
import { error, type Finding } from './mistake.ts';
import { childOf, rootNode, wantsText, type SettingNode, type SettingPath } from './setting-node.ts';

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A configuration text as plain values, and where each of them stands. */
export interface Source {
  /** Undefined where the text is not YAML. */
  readonly value: unknown;
  readonly findings: readonly (Finding & { readonly position: Position })[];
  /** Place of the value at `path` (of its key with `atKey`), or of the closest thing around it that there is. */
  locate(path: SettingPath, atKey?: boolean): Position;
}

const START: Position = { line: 1, column: 1 };

/**
 * Reads YAML 1.2. Numbers where text is wanted are taken as written (`0215550100` keeps its zero). The parser's own
 * messages quote the text around a mistake, which may be a secret: ours go by its error code alone.
 */
export function readSource(text: string): Source {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, logLevel: 'silent' });
  const position = (offset: number): Position => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = [
    ...document.errors.map(toProblem),
    ...document.warnings.map(toProblem),
    ...badAliases(document),
  ];
  const findings = problems.map(({ code, offset }) => ({
    ...error([], SYNTAX[code] ?? 'is not valid YAML here: check indentation, quotes and colons'),
    position: position(offset),
  }));
  keepTextAsWritten(document, document.contents, rootNode, 0);
  const locate = (path: SettingPath, atKey = false): Position => {
    const offset = offsetOf(document, path, atKey);
    return offset === undefined ? START : position(offset);
  };
  if (problems.length > 0) return { value: undefined, findings, locate };
  try {
    return { value: document.toJS({ maxAliasCount: 1_000 }) as unknown, findings, locate };
  } catch {
    const bomb = { ...error([], 'uses too many YAML aliases: write the text out'), position: START };
    return { value: undefined, findings: [bomb], locate };
  }
}

interface Problem {
  readonly code: string;
  readonly offset: number;
}

function toProblem({
  code,
  pos,
}: {
  readonly code: string;
  readonly pos: readonly [number, number];
}): Problem {
  return { code, offset: pos[0] };
}

/** The parser tells of an alias without its anchor only when values are made, and only of the first. */
function badAliases(document: Document.Parsed): readonly Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) === undefined)
        problems.push({ code: 'BAD_ALIAS', offset: startOf(alias) ?? 0 });
    },
  });
  return problems;
}

/** Codes of the yaml package (dist/errors.d.ts) that people meet. */
const SYNTAX: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'refers to a YAML anchor that is not defined above: put text that begins with "*" in quotes',
  BAD_INDENT: 'is indented wrongly: the settings of one group start in the same column',
  BLOCK_AS_IMPLICIT_KEY: 'is not valid YAML: put text that holds ": " in quotes',
  DUPLICATE_KEY: 'is set twice in the same group: keep one',
  MISSING_CHAR: 'lacks a colon, bracket, brace or quote, or is indented wrongly',
  MULTILINE_IMPLICIT_KEY: 'is not valid YAML: a setting is written "name: value" on one line',
  MULTIPLE_DOCS: 'begins a second document: keep everything in one, without "---" in between',
  TAB_AS_INDENT: 'is indented with a tab: use spaces',
  TAG_RESOLVE_FAILED: 'has a YAML tag that is not known: put text that begins with "!" in quotes',
  UNEXPECTED_TOKEN: 'is not valid YAML here: check indentation, quotes and colons',
};

const DEEPEST = 20;

function keepTextAsWritten(document: Document, node: unknown, setting: SettingNode, depth: number): void {
  if (depth > DEEPEST) return;
  const target = isAlias(node) ? node.resolve(document) : node;
  if (isScalar(target)) {
    if (typeof target.value === 'number' && wantsText(setting)) target.value = target.source;
  } else if (isMap(target)) {
    for (const { key, value } of target.items) {
      const child = isScalar(key) ? childOf(setting, String(key.value)) : undefined;
      if (child !== undefined) keepTextAsWritten(document, value, child, depth + 1);
    }
  } else if (isSeq(target)) {
    const child = childOf(setting, 0);
    if (child !== undefined)
      for (const item of target.items) keepTextAsWritten(document, item, child, depth + 1);
  }
}

function offsetOf(document: Document, path: SettingPath, atKey: boolean): number | undefined {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [depth, step] of path.entries()) {
    const target: unknown = isAlias(node) ? node.resolve(document) : node;
    let next: unknown;
    if (isMap(target)) {
      const pair = target.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return offset;
      // A missing value is best shown at its key.
      const last = depth === path.length - 1;
      offset = (last && atKey ? undefined : startOf(pair.value)) ?? startOf(pair.key) ?? offset;
      next = pair.value;
    } else if (isSeq(target) && typeof step === 'number') {
      next = target.items[step];
      if (next === undefined) return offset;
      offset = startOf(next) ?? offset;
    } else {
      return offset;
    }
    node = next;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
