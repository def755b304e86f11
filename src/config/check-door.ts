import { isAnyAddress, isLoopback, isPrivateAddress } from '../lib/address.ts';
import { pairFault } from '../lib/certificate-pair.ts';
import { error, warning, type Finding } from './mistake.ts';
import { groupAt, isTrueAt, listAt, textAt } from './raw-value.ts';
import { pathKey, type SettingPath } from './setting-node.ts';
import { failureText, type FileContent, type WantedFile } from './wanted-file.ts';

type Files = ReadonlyMap<string, FileContent>;

const CERT: SettingPath = ['http', 'tls', 'certFile'];
const KEY: SettingPath = ['http', 'tls', 'keyFile'];
const CLIENT_SECRET: SettingPath = ['access', 'oidc', 'clientSecretFile'];

/** The certificate, its key, and the secret of the sign-in elsewhere. */
export function filesOfDoor(value: unknown): readonly WantedFile[] {
  const tls = groupAt(groupAt(value, 'http'), 'tls');
  const oidc = groupAt(groupAt(value, 'access'), 'oidc');
  return (
    [
      [CERT, textAt(tls, 'certFile')],
      [KEY, textAt(tls, 'keyFile')],
      [CLIENT_SECRET, textAt(oidc, 'clientSecretFile')],
    ] as const
  ).flatMap(([path, file]) => (file === undefined || file === '' ? [] : [{ path, file, kind: 'door' }]));
}

export interface DoorCheck {
  /** Of the sign-in elsewhere; '' where there is none. */
  readonly clientSecret: string;
  readonly findings: readonly Finding[];
}

/** Where it listens, and whether that is safe; the files of it. `secretsElsewhere`: they may be missing here. */
export function checkDoor(value: unknown, files: Files, secretsElsewhere: boolean): DoorCheck {
  const { clientSecret, findings } = secretOf(files, secretsElsewhere);
  return {
    clientSecret,
    findings: [
      ...findings,
      ...checkPair(files, secretsElsewhere),
      ...checkPage(value),
      ...checkMetrics(value),
    ],
  };
}

function secretOf(files: Files, secretsElsewhere: boolean): DoorCheck {
  const content = files.get(pathKey(CLIENT_SECRET));
  if (content === undefined) return { clientSecret: '', findings: [] };
  const read = readable(CLIENT_SECRET, content, secretsElsewhere);
  if (read.text === undefined) return { clientSecret: '', findings: read.findings };
  const clientSecret = read.text.replace(/\r?\n$/, '');
  const empty = error(CLIENT_SECRET, 'names a file that is empty: must hold the secret');
  return { clientSecret, findings: clientSecret === '' ? [empty] : read.findings };
}

function checkPair(files: Files, secretsElsewhere: boolean): readonly Finding[] {
  const [cert, key] = [CERT, KEY].map((path) => {
    const content = files.get(pathKey(path));
    return content === undefined ? undefined : readable(path, content, secretsElsewhere, path === KEY);
  });
  const findings = [...(cert?.findings ?? []), ...(key?.findings ?? [])];
  const { text: certText } = cert ?? {};
  const { text: keyText } = key ?? {};
  if (certText === undefined || keyText === undefined) return findings;
  const wrong = pairFault({ cert: certText, key: keyText });
  return wrong === undefined
    ? findings
    : [...findings, error(wrong.at === 'cert' ? CERT : KEY, `names a file ${wrong.words}`)];
}

interface Readable {
  readonly text: string | undefined;
  readonly findings: readonly Finding[];
}

function readable(
  path: SettingPath,
  content: FileContent,
  secretsElsewhere: boolean,
  isSecret = path === CLIENT_SECRET,
): Readable {
  if ('failure' in content) {
    const isElsewhere = secretsElsewhere && ['ENOENT', 'EACCES'].includes(content.failure);
    const finding = isElsewhere
      ? warning(path, 'names a file that cannot be read here: the daemon must have it')
      : error(path, failureText(content.failure));
    return { text: undefined, findings: [finding] };
  }
  const open = warning(path, 'names a file that every user of this machine may read: chmod 600');
  return { text: content.text, findings: isSecret && content.readableByAll ? [open] : [] };
}

const asksWho = (value: unknown): boolean => {
  const access = groupAt(value, 'access');
  return listAt(access, 'users').length > 0 || groupAt(access, 'oidc') !== undefined;
};
const hasTls = (value: unknown): boolean => groupAt(groupAt(value, 'http'), 'tls') !== undefined;

/** Over a network nobody reads along, and nobody gets in whom nobody knows. */
function checkPage(value: unknown): readonly Finding[] {
  const host = textAt(groupAt(value, 'http'), 'host');
  if (host === undefined || isLoopback(host)) return [];
  const at = ['http', 'host'];
  const findings: Finding[] = [];
  if (!asksWho(value)) {
    const message =
      'is no loopback, and everybody on that network would be let in: name users under access.users ("ringside user password" makes what is needed), or listen on 127.0.0.1';
    findings.push(error(at, message));
  }
  if (!hasTls(value)) {
    const message =
      'is no loopback, and passwords and calls would go over that network in clear: set http.tls, or listen on 127.0.0.1 behind a proxy that has TLS (and set http.url)';
    findings.push(error(at, message));
  }
  return findings;
}

function checkMetrics(value: unknown): readonly Finding[] {
  const metrics = groupAt(value, 'metrics');
  const at = (key: string): SettingPath => ['metrics', key];
  if (metrics?.['port'] === undefined) {
    return ['host', 'allowPlain'].flatMap((key) =>
      metrics?.[key] === undefined || metrics[key] === false
        ? []
        : [error(at(key), 'is of no effect without metrics.port: set the port that /metrics has to itself')],
    );
  }
  const host = textAt(metrics, 'host') ?? '127.0.0.1';
  if (isLoopback(host)) return [];
  if (isTrueAt(metrics, 'allowPlain')) {
    if (isPrivateAddress(host) || isAnyAddress(host)) return [];
    const message =
      'is no private address: with metrics.allowPlain it must be one such as 10.0.0.5, or 0.0.0.0 (which answers private addresses alone)';
    return [error(at('host'), message)];
  }
  const tokens = listAt(groupAt(value, 'access'), 'tokens');
  if (hasTls(value) && tokens.some((token) => textAt(token, 'for') === 'metrics')) return [];
  const message =
    'is no loopback: set http.tls and a token for metrics under access.tokens ("ringside token new" makes one), or metrics.allowPlain on a private network';
  return [error(at('host'), message)];
}
