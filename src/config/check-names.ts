import { error, pathText, type Finding } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { isTrueAt, listAt, textAt } from './raw-value.ts';
import type { SettingPath } from './setting-node.ts';

/** Names that are there twice, and names that point nowhere. */
export function checkNames(value: unknown): readonly Finding[] {
  const pbxs = listAt(value, 'pbxs');
  const findings = onceEach(pbxs, ['pbxs'], 'name', 'exchange');
  for (const [i, pbx] of pbxs.entries()) {
    const path = ['pbxs', i];
    findings.push(
      ...onceEach(listAt(pbx, 'trunks'), [...path, 'trunks'], 'name', 'trunk'),
      ...onceEach(listAt(pbx, 'trunks'), [...path, 'trunks'], 'interface', 'trunk'),
      ...onceEach(listAt(pbx, 'queues'), [...path, 'queues'], 'name', 'queue'),
      ...onceEach(listAt(pbx, 'seats'), [...path, 'seats'], 'interface', 'seat'),
    );
  }
  return [...findings, ...checkHotlines(value, pbxs)];
}

function onceEach(elements: readonly unknown[], path: SettingPath, key: string, what: string): Finding[] {
  const seen = new Map<string, number>();
  return elements.flatMap((element, i) => {
    const name = textAt(element, key);
    if (name === undefined) return [];
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, i);
      return [];
    }
    const message = `"${name}" is already the ${key} of ${pathText([...path, first])}: each ${what} needs its own`;
    return [error([...path, i, key], message)];
  });
}

/** Names and numbers may come again on another exchange. */
function checkHotlines(value: unknown, pbxs: readonly unknown[]): readonly Finding[] {
  const findings: Finding[] = [];
  const names = new Map<string, SettingPath>();
  const numbers = new Map<string, SettingPath>();
  for (const [i, hotline] of listAt(value, 'hotlines').entries()) {
    const path = ['hotlines', i];
    const pbx = pbxOf(hotline, pbxs, path, findings);
    findings.push(...references(hotline, pbx, path));
    const pbxName = textAt(pbx, 'name') ?? '';
    const name = textAt(hotline, 'name');
    if (name !== undefined) {
      const twice = takeOnce(names, `${pbxName} ${name}`, [...path, 'name']);
      if (twice !== undefined) {
        findings.push(
          error(
            [...path, 'name'],
            `"${name}" is already ${twice}: each hotline of an exchange needs its own`,
          ),
        );
      }
    }
    for (const [j, number] of listAt(hotline, 'numbers').entries()) {
      if (typeof number !== 'string') continue;
      const twice = takeOnce(numbers, `${pbxName} ${number}`, [...path, 'numbers', j]);
      if (twice !== undefined) {
        findings.push(
          error(
            [...path, 'numbers', j],
            `"${number}" is already ${twice}: a number of an exchange reaches one hotline`,
          ),
        );
      }
    }
  }
  return findings;
}

/** Where `key` was taken before, as text. */
function takeOnce(taken: Map<string, SettingPath>, key: string, path: SettingPath): string | undefined {
  const first = taken.get(key);
  if (first === undefined) taken.set(key, path);
  return first === undefined ? undefined : pathText(first);
}

function pbxOf(hotline: unknown, pbxs: readonly unknown[], path: SettingPath, findings: Finding[]): unknown {
  const name = textAt(hotline, 'pbx');
  const names = pbxs.flatMap((pbx) => textAt(pbx, 'name') ?? []);
  if (name === undefined) {
    if (pbxs.length > 1) {
      const message = `is missing: must be the exchange it is on, one of ${names.join(', ')}`;
      findings.push(error([...path, 'pbx'], message));
    }
    return pbxs.length === 1 ? pbxs[0] : undefined;
  }
  const pbx = pbxs.find((candidate) => textAt(candidate, 'name') === name);
  if (pbx === undefined) {
    findings.push(error([...path, 'pbx'], nowhere(name, 'exchange', names, 'pbxs')));
  }
  return pbx;
}

function references(hotline: unknown, pbx: unknown, path: SettingPath): readonly Finding[] {
  // Without its exchange nothing it names can be found: one message is enough.
  if (pbx === undefined) return [];
  const findings: Finding[] = [];
  for (const [key, what] of [
    ['trunks', 'trunk'],
    ['queues', 'queue'],
  ] as const) {
    const defined = listAt(pbx, key);
    const names = defined.flatMap((element) => textAt(element, 'name') ?? []);
    const where = `${key} of exchange "${textAt(pbx, 'name') ?? ''}"`;
    for (const [i, name] of listAt(hotline, key).entries()) {
      if (typeof name !== 'string') continue;
      if (!names.includes(name)) findings.push(error([...path, key, i], nowhere(name, what, names, where)));
      const element = defined.find((candidate) => textAt(candidate, 'name') === name);
      if (key === 'trunks' && isTrueAt(element, 'interExchange')) {
        const message = `"${name}" is marked interExchange, its calls reach no hotline: name a trunk to the outside`;
        findings.push(error([...path, key, i], message));
      }
    }
  }
  return findings;
}

/** A name that points to nothing, and what it could have meant. */
export function nowhere(name: string, what: string, names: readonly string[], where: string): string {
  const known = names.length === 0 ? 'there are none' : `known are ${names.join(', ')}`;
  return `"${name}" is no ${what}: must be one of ${where}${didYouMean(name, names) || ` (${known})`}`;
}
