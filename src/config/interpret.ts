import { checkAccess } from './check-access.ts';
import { checkDoor, filesOfDoor } from './check-door.ts';
import { checkForm } from './check-form.ts';
import { checkHours } from './check-hours.ts';
import { checkKeys, checkQueueLogs, notKept, shortRetention } from './check-journal.ts';
import { checkMoves } from './check-moves.ts';
import { checkNames } from './check-names.ts';
import { checkReach } from './check-reach.ts';
import { checkRoster } from './check-roster.ts';
import { checkSecrets, filesOfLogins, secretsIn, secretVariables } from './check-secrets.ts';
import { checkWires } from './check-wires.ts';
import { compile, type CompiledConfig } from './compile.ts';
import { overlayEnvironment, type Environment } from './environment.ts';
import { pathText, sortMistakes, warning, type Finding, type Mistake } from './mistake.ts';
import { belowNorm } from './norm-hours.ts';
import type { Settings } from './schema.ts';
import { pathKey, type SettingPath } from './setting-node.ts';
import { readSource, type Position } from './source.ts';
import { filesBesideLogins, type FileContent, type WantedFile } from './wanted-file.ts';

/** A configuration text and what surrounds it. */
export interface ConfigSource {
  readonly text: string;
  /** How messages call the file. */
  readonly file: string;
  /** Whether every user of the machine may read the file. */
  readonly readableByAll: boolean;
  readonly environment: Environment;
  /** Variables that hold secrets may be missing here: a check away from the daemon (a warning, not an error). */
  readonly secretsElsewhere: boolean;
  /** The journal's keys and the queue logs matter, and what is not kept is warned of. */
  readonly keeps: boolean;
  /** A path of the configuration as the program can open it. */
  readonly pathOf: (path: string) => string;
}

/** All or nothing: a configuration and what to be warned of, or every mistake in it (warnings among them). */
export type LoadResult =
  | { readonly ok: true; readonly config: CompiledConfig; readonly warnings: readonly Mistake[] }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** A configuration read as far as it goes without its secrets. */
export interface Draft {
  /** Files to read before it can be finished; keys of `finish` are `pathKey(wanted.path)`. */
  readonly wanted: readonly WantedFile[];
  finish(files: ReadonlyMap<string, FileContent>): LoadResult;
}

/** From text to configuration, with every mistake told at once. Pure: the shell reads the files (load.ts). */
export function interpret(source: ConfigSource): Draft {
  const read = readSource(source.text);
  const placedAt = (finding: Finding, position: Position): Mistake =>
    mistakeAt(finding, `${source.file}:${position.line}:${position.column}`, position);
  if (read.value === undefined || read.value === null) {
    const empty = read.findings.length === 0 ? [EMPTY] : read.findings;
    const mistakes = sortMistakes(empty.map((finding) => placedAt(finding, finding.position)));
    return { wanted: [], finish: () => ({ ok: false, mistakes }) };
  }
  const overlay = overlayEnvironment(read.value, source.environment, secretVariables(read.value));
  const place = (finding: Finding): Mistake => {
    const variable = originOf(finding.path, overlay.origins);
    if (variable !== undefined && finding.inFile === undefined) return inVariable(finding, variable);
    return placedAt(finding, read.locate(finding.path, finding.atKey));
  };
  const form = checkForm(overlay.value);
  const finish = (files: ReadonlyMap<string, FileContent>): LoadResult => {
    const secrets = checkSecrets(overlay.value, source.environment, files, source.secretsElsewhere);
    const { keys, findings: keyFindings } = checkKeys(files, source.secretsElsewhere);
    const door = checkDoor(overlay.value, files, source.secretsElsewhere);
    const { roster, findings: rosterFindings } = checkRoster(overlay.value, files);
    const findings = [
      ...form.findings,
      ...checkNames(overlay.value),
      ...checkReach(overlay.value),
      ...checkHours(overlay.value),
      ...checkWires(overlay.value),
      ...checkAccess(overlay.value),
      ...checkMoves(overlay.value),
      ...door.findings,
      ...secrets.findings,
      ...keyFindings,
      ...(form.settings === undefined ? [] : shortRetention(form.settings)),
      ...checkQueueLogs(overlay.value, files),
      ...rosterFindings,
      ...(source.readableByAll ? openSecrets(read.value) : []),
    ];
    const mistakes = [...findings.map(place), ...overlay.findings.map((f) => inVariable(f, f.variable))];
    if (form.settings === undefined || mistakes.some(({ level }) => level === 'error')) {
      return { ok: false, mistakes: sortMistakes(mistakes) };
    }
    const { materials } = secrets;
    const { clientSecret } = door;
    const { pathOf } = source;
    const config = compile(form.settings, { materials, keys, roster, clientSecret, pathOf });
    const lost = source.keeps ? notKept(form.settings) : [];
    const more = [...normFindings(config, form.settings), ...lost];
    mistakes.push(...more.map(place));
    return { ok: true, config, warnings: sortMistakes(mistakes) };
  };
  const wanted = [
    ...filesOfLogins(overlay.value),
    ...filesBesideLogins(overlay.value),
    ...filesOfDoor(overlay.value),
  ];
  return { wanted: wanted.filter(({ kind }) => source.keeps || !OF_THE_DAEMON.has(kind)), finish };
}

const OF_THE_DAEMON: ReadonlySet<WantedFile['kind']> = new Set(['keys', 'queue-log', 'door']);

const EMPTY = {
  level: 'error' as const,
  path: [],
  message: 'is empty: must have pbxs and hotlines (config/example.yaml shows how)',
  position: { line: 1, column: 1 },
};

function mistakeAt(finding: Finding, around: string, { line, column }: Position): Mistake {
  const { level, path, message, inFile } = finding;
  if (inFile === undefined) return { level, place: around, line, column, path: pathText(path), message };
  const place = `${inFile.file}:${inFile.line}`;
  return { level, place, line, column, fileLine: inFile.line, path: inFile.column, message };
}

function inVariable(finding: Finding, variable: string): Mistake {
  return mistakeAt(finding, `environment variable ${variable}`, { line: 0, column: 0 });
}

/** The variable that set this, or what it is a part of. */
function originOf(path: SettingPath, origins: ReadonlyMap<string, string>): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const variable = origins.get(pathKey(path.slice(0, length)));
    if (variable !== undefined) return variable;
  }
  return undefined;
}

function openSecrets(fileValue: unknown): readonly Finding[] {
  return secretsIn(fileValue).map((path) =>
    warning(
      path,
      'stands in a file that every user of this machine may read: chmod 640 or less, or use secretFile',
    ),
  );
}

function normFindings(config: CompiledConfig, settings: Settings): readonly Finding[] {
  return config.definition.hotlines.flatMap((hotline, i) => {
    const message = belowNorm(hotline, settings.company);
    return message === undefined ? [] : [warning(['hotlines', i, 'hours', 'week'], message)];
  });
}
