import type { Environment } from './environment.ts';
import { error, warning, type Finding } from './mistake.ts';
import { groupAt, listAt, textAt } from './raw-value.ts';
import { pathKey, type SettingPath } from './setting-node.ts';
import { failureText, type FileContent, type WantedFile } from './wanted-file.ts';

/** Secrets and certificates by the path (`pathKey`) of what they belong to: `pbxs 0 ami`, `… acting`, `… tls`. */
export type Materials = ReadonlyMap<string, string>;

export interface SecretCheck {
  readonly materials: Materials;
  readonly findings: readonly Finding[];
}

const WAYS = ['secretFile', 'secretEnv', 'secret'] as const;
// oxlint-disable-next-line no-control-regex -- control characters are what it refuses
const CONTROL = /[\u0000-\u001f\u007f]/;

/** The logins of the configuration, wherever one has the shape of one. */
function logins(value: unknown): readonly { path: SettingPath; login: Readonly<Record<string, unknown>> }[] {
  return listAt(value, 'pbxs').flatMap((pbx, i) => {
    const ami = groupAt(pbx, 'ami');
    if (ami === undefined) return [];
    const acting = groupAt(ami, 'acting');
    const reading = { path: ['pbxs', i, 'ami'], login: ami };
    return acting === undefined ? [reading] : [reading, { path: [...reading.path, 'acting'], login: acting }];
  });
}

/** Where secrets stand in the file itself. */
export function secretsIn(value: unknown): readonly SettingPath[] {
  return logins(value).flatMap(({ path, login }) =>
    textAt(login, 'secret') === undefined ? [] : [[...path, 'secret']],
  );
}

/** The variables secrets are taken from. */
export function secretVariables(value: unknown): ReadonlySet<string> {
  return new Set(logins(value).flatMap(({ login }) => textAt(login, 'secretEnv') ?? []));
}

/** The files to read before `checkSecrets` can judge. */
export function filesOfLogins(value: unknown): readonly WantedFile[] {
  return logins(value).flatMap(({ path, login }): WantedFile[] => {
    const secretFile = textAt(login, 'secretFile');
    const caFile = textAt(groupAt(login, 'tls'), 'caFile');
    return [
      ...(secretFile === undefined
        ? []
        : [{ path: [...path, 'secretFile'], file: secretFile, kind: 'secret' as const }]),
      ...(caFile === undefined
        ? []
        : [{ path: [...path, 'tls', 'caFile'], file: caFile, kind: 'certificates' as const }]),
    ];
  });
}

/**
 * Takes each secret from the one place it is given in. No message holds what was written: whoever confuses the three
 * ways has the secret itself standing there. `secretsElsewhere`: variables may be missing here (a check away from the daemon).
 */
export function checkSecrets(
  value: unknown,
  environment: Environment,
  files: ReadonlyMap<string, FileContent>,
  secretsElsewhere: boolean,
): SecretCheck {
  const materials = new Map<string, string>();
  const findings: Finding[] = [];
  for (const { path, login } of logins(value)) {
    const ways = WAYS.filter((way) => login[way] !== undefined);
    if (ways.length !== 1) {
      const said = ways.length === 0 ? 'has no secret' : `has ${ways.join(' and ')}`;
      findings.push(error(path, `${said}: must have exactly one of ${WAYS.join(', ')}`));
    }
    for (const way of ways) {
      const taken = take(way, login, files.get(pathKey([...path, way])), environment, secretsElsewhere);
      if (taken.secret !== undefined) materials.set(pathKey(path), taken.secret);
      findings.push(...taken.findings.map((finding) => ({ ...finding, path: [...path, way] })));
    }
    findings.push(...certificates([...path, 'tls'], files, materials));
  }
  return { materials, findings };
}

type Taken = { readonly secret?: string; readonly findings: readonly Finding[] };
const wrong = (message: string): Taken => ({ findings: [error([], message)] });

function take(
  way: (typeof WAYS)[number],
  login: Readonly<Record<string, unknown>>,
  content: FileContent | undefined,
  environment: Environment,
  secretsElsewhere: boolean,
): Taken {
  const written = textAt(login, way);
  if (written === undefined || written === '') return { findings: [] };
  if (way === 'secret') return { secret: written, findings: [] };
  if (way === 'secretEnv') {
    // Anything else is no name, and the schema says so.
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(written)) return { findings: [] };
    const secret = environment[written] ?? '';
    if (secret !== '') return CONTROL.test(secret) ? wrong(NOT_ONE_LINE) : { secret, findings: [] };
    if (!secretsElsewhere) return wrong('names a variable that is not set: set it where Ringside is started');
    return {
      secret: '',
      findings: [warning([], 'names a variable that is not set here: the daemon must have it')],
    };
  }
  if (content === undefined) return { findings: [] };
  if ('failure' in content) return wrong(failureText(content.failure));
  const secret = content.text.replace(/\r?\n$/, '');
  if (secret === '') return wrong('names a file that is empty: must hold the secret');
  if (CONTROL.test(secret)) return wrong(NOT_ONE_LINE);
  const open = warning([], 'names a file that every user of this machine may read: chmod 640 or less');
  return { secret, findings: content.readableByAll ? [open] : [] };
}

const NOT_ONE_LINE = 'gives a secret with a line break or control character: must be one line of text';

function certificates(
  path: SettingPath,
  files: ReadonlyMap<string, FileContent>,
  materials: Map<string, string>,
): readonly Finding[] {
  const content = files.get(pathKey([...path, 'caFile']));
  if (content === undefined) return [];
  const at = [...path, 'caFile'];
  if ('failure' in content) return [error(at, failureText(content.failure))];
  if (!content.text.includes('-----BEGIN CERTIFICATE-----')) {
    return [error(at, 'names a file without a certificate: must be PEM ("-----BEGIN CERTIFICATE-----")')];
  }
  materials.set(pathKey(path), content.text);
  return [];
}
