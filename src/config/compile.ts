import { createHash } from 'node:crypto';
import type { AccessDefinition } from '../access/access-definition.ts';
import type { PbxConnection } from '../ami/connection.ts';
import type { CallBackSettings } from '../attempts/call-back-settings.ts';
import type { NumberFormSettings } from '../attempts/number-settings.ts';
import type {
  HotlineDefinition,
  HoursDefinition,
  PbxDefinition,
  RosterDefinition,
  WatchDefinition,
} from '../hotlines/definition.ts';
import type { NumberKey } from '../lib/number-keys.ts';
import { compileAccess } from './compile-access.ts';
import type { Materials } from './check-secrets.ts';
import { ALWAYS, compileHours, minuteOf } from './hours-text.ts';
import type { HotlineSettings, PbxSettings, Settings } from './schema.ts';
import { pathKey } from './setting-node.ts';

const MINUTE_MS = 60_000;

/** The whole configuration as the program uses it; frozen. */
export interface CompiledConfig {
  readonly definition: WatchDefinition;
  readonly connections: readonly PbxConnection[];
  /** Undefined: nobody is known to lead or to sit anywhere. */
  readonly roster: RosterDefinition | undefined;
  readonly journal: JournalConfig;
  /** How numbers are brought to one form. */
  readonly numbers: NumberFormSettings;
  /** Whom to call back, and what counts as having done so. */
  readonly callBacks: CallBackSettings;
  /** Of the exchanges that have one here. */
  readonly queueLogs: readonly QueueLogConfig[];
  readonly floor: FloorConfig;
  readonly moves: MovesConfig;
  readonly reports: ReportsConfig;
  readonly access: AccessDefinition;
  readonly http: Settings['http'];
  readonly metrics: Settings['metrics'];
  readonly log: Settings['log'];
}

export interface JournalConfig {
  /** The database; undefined: figures begin anew at each restart. */
  readonly file: string | undefined;
  /** File of those keys; undefined: numbers are not kept. */
  readonly keyFile: string | undefined;
  /** What numbers are hashed and encrypted under, newest first; empty: they are not kept. */
  readonly keys: readonly NumberKey[];
  readonly retention: Settings['journal']['retention'];
}
export interface ReportsConfig {
  /** Of a report that is not asked for in another. */
  readonly language: Settings['reports']['language'];
  /** Where one is written at the end of each period; undefined: nowhere. */
  readonly folder: string | undefined;
  /** What those are written in, each once. */
  readonly languages: readonly Settings['reports']['language'][];
  readonly formats: readonly Settings['reports']['formats'][number][];
}
export interface QueueLogConfig {
  readonly pbx: string;
  readonly path: string;
  /** Its rotated siblings too. */
  readonly rotated: boolean;
}

/** From when on the floor is not as it has to be. */
export interface FloorConfig {
  readonly unstaffedMs: number;
  readonly awayMs: number;
  /** By the reason in lower case. */
  readonly pausesMs: ReadonlyMap<string, number>;
  readonly pauseReasons: readonly string[];
}

export interface MovesConfig {
  readonly enabled: boolean;
  /** For one step. */
  readonly timeoutMs: number;
}

/** What was read from beside the settings. */
export interface Found {
  readonly materials: Materials;
  readonly keys: readonly NumberKey[];
  readonly roster: RosterDefinition | undefined;
  /** Of the sign-in elsewhere; '' where there is none. */
  readonly clientSecret: string;
  /** A path of the configuration as the program can open it. */
  readonly pathOf: (path: string) => string;
}

/** Settings without mistakes, and what was found in the files they name, to what the program works with. */
export function compile(settings: Settings, found: Found): CompiledConfig {
  const { materials, keys, roster, pathOf } = found;
  const { journal, numbers, callBacks } = settings;
  const pbxs = settings.pbxs.map(compilePbx);
  const hotlines = settings.hotlines.map((hotline) => compileHotline(hotline, settings));
  return deepFreeze({
    definition: { hash: hashOf(pbxs, hotlines, { numbers, callBacks }), pbxs, hotlines },
    connections: settings.pbxs.map((pbx, i) => compileConnection(pbx, i, materials)),
    roster,
    journal: {
      file: journal.file === undefined ? undefined : pathOf(journal.file),
      keyFile:
        journal.file === undefined || journal.keyFile === undefined ? undefined : pathOf(journal.keyFile),
      keys: journal.file === undefined ? [] : keys,
      retention: journal.retention,
    },
    numbers,
    callBacks,
    queueLogs: settings.pbxs.flatMap(({ name, queueLog }) =>
      queueLog === undefined ? [] : [{ pbx: name, path: pathOf(queueLog.path), rotated: queueLog.rotated }],
    ),
    floor: compileFloor(settings),
    moves: { enabled: settings.moves.enabled, timeoutMs: settings.moves.timeoutS * 1000 },
    reports: compileReports(settings, pathOf),
    access: compileAccess(settings.access, found.clientSecret),
    http: compileHttp(settings.http, pathOf),
    metrics: settings.metrics,
    log: settings.log,
  });
}

/** Of a watch that keeps nothing there is nothing to report. */
function compileFloor({ floor }: Settings): FloorConfig {
  const { unstaffedS, awayMin, pauses } = floor;
  return {
    unstaffedMs: unstaffedS * 1000,
    awayMs: awayMin * MINUTE_MS,
    pausesMs: new Map(
      pauses.map(({ reason, minutes }) => [reason.trim().toLowerCase(), minutes * MINUTE_MS]),
    ),
    pauseReasons: pauses.map(({ reason }) => reason.trim()),
  };
}

function compileReports({ reports, journal }: Settings, pathOf: Found['pathOf']): ReportsConfig {
  const { language, folder, languages = [language], formats } = reports;
  return {
    language,
    folder: folder === undefined || journal.file === undefined ? undefined : pathOf(folder),
    languages: [...new Set(languages)],
    formats: [...new Set(formats)],
  };
}

function compileHttp({ tls, ...http }: Settings['http'], pathOf: (path: string) => string): Settings['http'] {
  if (tls === undefined) return http;
  return { ...http, tls: { certFile: pathOf(tls.certFile), keyFile: pathOf(tls.keyFile) } };
}

function compilePbx(pbx: PbxSettings): PbxDefinition {
  return {
    name: pbx.name,
    trunks: pbx.trunks.map((trunk) => ({ ...trunk, lines: trunk.lines })),
    queues: pbx.queues.map((queue) => ({ ...queue, wrapupS: queue.wrapupS })),
    seats: pbx.seats.map((seat) => ({ interface: seat.interface, name: seat.name ?? seat.interface })),
    notPersonNumbers: pbx.notPersonNumbers,
  };
}

function compileHotline(hotline: HotlineSettings, settings: Settings): HotlineDefinition {
  const pbx = settings.pbxs.find(({ name }) => name === hotline.pbx) ?? settings.pbxs[0];
  const interfaces = new Map(pbx?.trunks.map((trunk) => [trunk.name, trunk.interface]));
  const { hours: _hours, norm, ...rest } = hotline;
  const { targets, ...bounds } = settings.norm;
  return {
    ...rest,
    title: hotline.title ?? hotline.name,
    pbx: pbx?.name ?? '',
    trunks: hotline.trunks.flatMap((name) => interfaces.get(name) ?? []),
    hours: compileHotlineHours(hotline, settings.company),
    ...bounds,
    ...present({ ...norm, targets: undefined }),
    targets: { ...targets, ...present(norm?.targets ?? {}) },
  };
}

function compileHotlineHours(hotline: HotlineSettings, company: Settings['company']): HoursDefinition {
  const { hours, emergency } = hotline;
  const { week, exceptions } = compileHours(emergency ? ALWAYS : (hours ?? ALWAYS));
  const shifts = Object.entries(hours?.shifts ?? company.shifts ?? {});
  return {
    zone: hours?.zone ?? company.zone ?? 'UTC',
    week,
    exceptions,
    shifts: shifts
      .map(([name, clock]) => ({ name, fromMin: minuteOf(clock) ?? 0 }))
      .toSorted((a, b) => a.fromMin - b.fromMin),
  };
}

function compileConnection({ name, ami }: PbxSettings, index: number, materials: Materials): PbxConnection {
  const path = ['pbxs', index, 'ami'];
  const material = (...more: readonly string[]): string | undefined =>
    materials.get(pathKey([...path, ...more]));
  const { tls, acting } = ami;
  return {
    pbx: name,
    host: ami.host,
    port: ami.port ?? (tls === undefined ? 5038 : 5039),
    user: ami.user,
    secret: material() ?? '',
    tls: tls && { ca: material('tls'), serverName: tls.serverName, verify: tls.verify },
    acting: acting && { user: acting.user, secret: material('acting') ?? '' },
  };
}

/** Without what was left out, so that it does not hide what it would replace. */
function present<Value extends object>(
  values: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  // Object.entries forgets the keys it was given; nothing was added.
  return Object.fromEntries(entries) as { [Key in keyof Value]?: Exclude<Value[Key], undefined> };
}

/**
 * The same for the same figures: the order of exchanges, hotlines and of what they list does not matter, and neither
 * does a title.
 */
function hashOf(
  pbxs: readonly PbxDefinition[],
  hotlines: readonly HotlineDefinition[],
  rules: Pick<Settings, 'numbers' | 'callBacks'>,
): string {
  const { numbers, callBacks } = rules;
  const figures = {
    pbxs,
    hotlines: hotlines.map(({ title: _title, ...figure }) => figure),
    // Of these the order does matter.
    numbers: { ...numbers, outsideLinePrefixes: numbers.outsideLinePrefixes.join() },
    callBacks,
  };
  return createHash('sha256')
    .update(JSON.stringify(canonical(figures)))
    .digest('hex')
    .slice(0, 12);
}

function canonical(value: unknown): unknown {
  if (value instanceof Map) return canonical(Object.fromEntries(value as Map<string, unknown>));
  if (Array.isArray(value)) {
    const elements = value.map((element) => JSON.stringify(canonical(element)));
    return elements.toSorted();
  }
  if (typeof value !== 'object' || value === null) return value ?? null;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, element]) => [key, canonical(element)]));
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    const parts =
      value instanceof Map ? [...(value as Map<unknown, unknown>).values()] : Object.values(value);
    for (const part of parts) deepFreeze(part);
  }
  return value;
}
