import { readPasswordHash } from '../access/password-hash.ts';
import { isLoopback } from '../lib/address.ts';
import { nowhere } from './check-names.ts';
import { error, pathText, type Finding } from './mistake.ts';
import { groupAt, listAt, textAt } from './raw-value.ts';
import type { SettingPath } from './setting-node.ts';

/** Users, tokens and the sign-in elsewhere: what they name is there, and what is kept of a secret is no secret. */
export function checkAccess(value: unknown): readonly Finding[] {
  const access = groupAt(value, 'access');
  const known = namesOf(value);
  const hasOidc = groupAt(access, 'oidc') !== undefined;
  const users = listAt(access, 'users');
  return [
    ...checkNames(access),
    ...users.flatMap((user, i) => checkPassword(user, ['access', 'users', i], hasOidc)),
    ...checkOidc(value, users.length),
    ...seers(access).flatMap(({ holder, path }) => checkSight(holder, path, known)),
  ];
}

/** What the audit writes for what nobody did, and for whoever is on this machine. */
const KEPT_NAMES: ReadonlySet<string> = new Set(['ringside', 'local']);

/** The audit names users and machines alike. */
function checkNames(access: unknown): readonly Finding[] {
  const taken = new Map<string, SettingPath>();
  const paths = (['users', 'tokens'] as const).flatMap((list) =>
    listAt(access, list).map((one, i) => ({ name: textAt(one, 'name'), path: ['access', list, i, 'name'] })),
  );
  return paths.flatMap(({ name, path }): readonly Finding[] => {
    if (name === undefined) return [];
    if (KEPT_NAMES.has(name)) return [error(path, `"${name}" is what Ringside calls itself: take another`)];
    const first = taken.get(name);
    if (first === undefined) {
      taken.set(name, path);
      return [];
    }
    return [error(path, `"${name}" is already ${pathText(first)}: users and tokens need a name each`)];
  });
}

const HOW_TO_MAKE = 'must be the line "ringside user password" prints';
const NO_HASH: Readonly<Record<'plain' | 'broken' | 'out-of-bounds', string>> = {
  plain: `is no hash, and a password has no place in a file: ${HOW_TO_MAKE}`,
  broken: `is a hash that is cut short or changed: ${HOW_TO_MAKE}, whole and in quotes`,
  'out-of-bounds': `is a hash that costs too little or too much to try: ${HOW_TO_MAKE}`,
};

function checkPassword(user: unknown, path: SettingPath, hasOidc: boolean): readonly Finding[] {
  const line = textAt(user, 'password');
  // Without a name it is no user at all, and that is said.
  if (line === undefined) {
    if (hasOidc || textAt(user, 'name') === undefined) return [];
    return [error([...path, 'password'], `is missing: ${HOW_TO_MAKE}`)];
  }
  const read = readPasswordHash(line);
  return read.ok ? [] : [error([...path, 'password'], NO_HASH[read.why])];
}

function checkOidc(value: unknown, users: number): readonly Finding[] {
  const oidc = groupAt(groupAt(value, 'access'), 'oidc');
  if (oidc === undefined) return [];
  const path = ['access', 'oidc'];
  const findings: Finding[] = [];
  const issuer = textAt(oidc, 'issuer') ?? '';
  if (issuer.startsWith('http:') && !isLoopback(hostOf(issuer))) {
    findings.push(
      error(
        [...path, 'issuer'],
        'is asked in clear: must begin with https:// (http:// only on this machine)',
      ),
    );
  }
  if (textAt(groupAt(value, 'http'), 'url') === undefined) {
    findings.push(error(path, 'does not know where to come back to: set http.url, the address people open'));
  }
  if (users === 0 && listAt(oidc, 'groups').length === 0) {
    findings.push(error(path, 'lets nobody in: name users under access.users, or groups here'));
  }
  return findings;
}

function hostOf(address: string): string {
  return /^https?:\/\/(\[[^\]]*\]|[^/:]*)/.exec(address)?.[1] ?? '';
}

/** Everybody who sees a part. */
function seers(access: unknown): readonly { holder: unknown; path: SettingPath }[] {
  const of = (parent: unknown, list: string, path: SettingPath) =>
    listAt(parent, list).map((holder, i) => ({ holder, path: [...path, list, i, 'sees'] }));
  return [
    ...of(access, 'users', ['access']),
    ...of(access, 'tokens', ['access']),
    ...of(groupAt(access, 'oidc'), 'groups', ['access', 'oidc']),
  ];
}

interface Known {
  readonly hotlines: readonly string[];
  readonly queues: readonly string[];
  readonly seats: readonly string[];
}

function namesOf(value: unknown): Known {
  const pbxs = listAt(value, 'pbxs');
  const namesIn = (list: string, keys: readonly string[]): readonly string[] =>
    pbxs.flatMap((pbx) => listAt(pbx, list).flatMap((one) => keys.flatMap((key) => textAt(one, key) ?? [])));
  return {
    hotlines: listAt(value, 'hotlines').flatMap((hotline) => textAt(hotline, 'name') ?? []),
    queues: namesIn('queues', ['name']),
    seats: namesIn('seats', ['name', 'interface']),
  };
}

function checkSight(holder: unknown, path: SettingPath, known: Known): readonly Finding[] {
  const sees = groupAt(holder, 'sees');
  return (
    [
      ['hotlines', 'hotline', 'hotlines'],
      ['queues', 'queue', 'the queues under pbxs'],
      ['seats', 'seat', 'the seats under pbxs'],
    ] as const
  ).flatMap(([key, what, where]) =>
    listAt(sees, key).flatMap((name, i): readonly Finding[] => {
      if (typeof name !== 'string' || known[key].includes(name)) return [];
      // A seat that is not configured is found as a member of a queue: by its interface it can be named all the same.
      if (key === 'seats' && /^[A-Za-z0-9]+\/[^\s,&]+$/.test(name)) return [];
      return [error([...path, key, i], nowhere(name, what, known[key], where))];
    }),
  );
}
