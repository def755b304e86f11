import { parseDocument } from 'yaml';
import { error, type Finding } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { childOf, pathKey, rootNode, wantsText, type SettingNode, type SettingPath } from './setting-node.ts';

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Overlay {
  readonly value: unknown;
  readonly findings: readonly (Finding & { readonly variable: string })[];
  /** Path (as `pathKey` joins it) -> the variable it came from. */
  readonly origins: ReadonlyMap<string, string>;
}

const PREFIX = 'RINGSIDE_';
const SECRETS = ['secret', 'secretFile', 'secretEnv'];

/**
 * Lays settings from the environment over those of the file. `RINGSIDE_HTTP__PORT` is `http.port`: `RINGSIDE_`, then
 * the path with `__` between its steps, each step in capitals with `_` between words (`shortAbandonS` is
 * `SHORT_ABANDON_S`). An element of a list is told by its name, or by its number from 0, and must be in the file:
 * `RINGSIDE_PBXS__HQ__AMI__HOST`. Values are written as in the file (`[a, b]` is a list); where text is
 * wanted they are taken letter for letter. Variables without `__` are not settings, and neither are those the file
 * takes its secrets from.
 */
export function overlayEnvironment(
  fileValue: unknown,
  environment: Environment,
  secretVariables: ReadonlySet<string>,
): Overlay {
  const value: unknown = structuredClone(fileValue);
  const findings: (Finding & { variable: string })[] = [];
  const origins = new Map<string, string>();
  for (const variable of Object.keys(environment).toSorted()) {
    const raw = environment[variable];
    if (raw === undefined || !variable.startsWith(PREFIX) || !variable.includes('__')) continue;
    if (secretVariables.has(variable)) continue;
    const steps = variable.slice(PREFIX.length).split('__');
    const walked = walk(value, steps);
    if ('wrong' in walked) {
      findings.push({ ...error([], walked.wrong), variable });
      continue;
    }
    setValue(value, walked.path, valueOf(raw, walked.node));
    origins.set(pathKey(walked.path), variable);
  }
  return { value, findings, origins };
}

type Walk = { readonly path: SettingPath; readonly node: SettingNode } | { readonly wrong: string };

function walk(root: unknown, steps: readonly string[]): Walk {
  let node = rootNode;
  let value = root;
  const path: (string | number)[] = [];
  for (const step of steps) {
    const found = find(node, value, step);
    if (typeof found === 'object') return found;
    const child = childOf(node, found);
    if (child === undefined) return { wrong: `"${step}" is no setting` };
    path.push(found);
    node = child;
    value = (value as Record<string | number, unknown> | undefined | null)?.[found];
  }
  if (node.properties !== undefined) return { wrong: 'names a group of settings; name one setting of it' };
  return { path, node };
}

/** The key or index `step` stands for. */
function find(node: SettingNode, value: unknown, step: string): string | number | { readonly wrong: string } {
  if (node.items !== undefined) {
    const elements = Array.isArray(value) ? (value as unknown[]) : [];
    const names = elements.map((element) => capitals(nameOf(element)));
    const index = /^[0-9]+$/.test(step) && !names.includes(step) ? Number(step) : names.indexOf(step);
    if (index >= 0 && index < elements.length) return index;
    return { wrong: `"${step}" is the name or number of no element in the file${didYouMean(step, names)}` };
  }
  const keys = Object.keys(node.properties ?? (typeof value === 'object' ? (value ?? {}) : {}));
  const key = keys.find((candidate) => capitals(candidate) === step);
  return key ?? { wrong: `"${step}" is no setting${didYouMean(step, keys.map(capitals))}` };
}

function nameOf(element: unknown): string {
  const name = (element as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' ? name : '';
}

/** `shortAbandonS` -> `SHORT_ABANDON_S`, `head-office` -> `HEAD_OFFICE` */
export function capitals(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]/g, '_')
    .toUpperCase();
}

function valueOf(raw: string, node: SettingNode): unknown {
  if (wantsText(node) && node.anyOf === undefined) return raw;
  const document = parseDocument(raw, { prettyErrors: false, logLevel: 'silent', schema: 'core' });
  if (document.errors.length > 0) return raw;
  const value: unknown = document.toJS();
  const item = node.items ?? node.anyOf?.find((choice) => choice.items !== undefined)?.items;
  if (Array.isArray(value) && item !== undefined && wantsText(item))
    return textItems(document.contents, value);
  return typeof value === 'number' && wantsText(node) ? raw : value;
}

/** Elements as written: `[0100, 0200]` keeps its zeros. */
function textItems(contents: unknown, value: readonly unknown[]): readonly unknown[] {
  const items = (contents as { items?: readonly { source?: string }[] }).items ?? [];
  return value.map((element, i) => (typeof element === 'number' ? (items[i]?.source ?? element) : element));
}

function setValue(root: unknown, path: SettingPath, value: unknown): void {
  // The walk went over lists that are there and over groups, which may be missing: those are made.
  let holder = root as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) {
    if (typeof holder[step] !== 'object' || holder[step] === null) holder[step] = {};
    holder = holder[step] as Record<string | number, unknown>;
  }
  const last = path.at(-1) ?? '';
  // One way to give a secret replaces the other two of the file.
  if (SECRETS.includes(String(last))) for (const other of SECRETS) delete holder[other];
  holder[last] = value;
}
