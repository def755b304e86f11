import { createHash } from 'node:crypto';
import type { RosterDefinition, RosterDuty } from '../hotlines/definition.ts';
import { nowhere } from './check-names.ts';
import { daysOf, isDate, minuteOf } from './hours-text.ts';
import { error, type Finding } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { groupAt, listAt, textAt } from './raw-value.ts';
import { linesOfCsv, linesOfEntries, type RosterColumn, type RosterLine } from './roster-line.ts';
import { pathKey } from './setting-node.ts';
import { failureText, type FileContent } from './wanted-file.ts';

export interface RosterCheck {
  /** Undefined where none is configured (or its file was not read). */
  readonly roster: RosterDefinition | undefined;
  readonly findings: readonly Finding[];
}

const NOBODY = '-';
const FILE_PATH = ['roster', 'file'];
const NONE: RosterCheck = { roster: undefined, findings: [] };

/** The roster, from its file or from the configuration itself, held against shifts and seats. */
export function checkRoster(value: unknown, files: ReadonlyMap<string, FileContent>): RosterCheck {
  const group = groupAt(value, 'roster');
  if (group === undefined) return NONE;
  const file = textAt(group, 'file');
  const entries = linesOfEntries(value);
  const isInline = listAt(group, 'entries').length > 0;
  if ((file !== undefined) === isInline) {
    const said = isInline ? 'has file and entries' : 'has neither file nor entries';
    return { roster: undefined, findings: [error(['roster'], `${said}: must have one of them`)] };
  }
  if (file === undefined) return compileLines(entries, value);
  const content = files.get(pathKey(FILE_PATH));
  if (content === undefined) return NONE;
  if ('failure' in content) {
    return { roster: undefined, findings: [error(FILE_PATH, failureText(content.failure))] };
  }
  const { lines, findings } = linesOfCsv(content.text, file);
  const compiled = compileLines(lines, value);
  return { ...compiled, findings: [...findings, ...compiled.findings] };
}

/** What a line can name. */
interface Surroundings {
  readonly shifts: readonly string[];
  readonly pbxs: readonly unknown[];
}

/** What the lines so far have come to. */
interface Progress {
  readonly findings: Finding[];
  /** Findings that are told. */
  readonly said: Set<string>;
  /** Duties that are given. */
  readonly taken: Set<string>;
}

function compileLines(lines: readonly RosterLine[], value: unknown): RosterCheck {
  const company = groupAt(value, 'company');
  const shifts = shiftsOf(company);
  const findings: Finding[] = [];
  if (shifts.length === 0) {
    const example = '{ early: "06:00", late: "14:00", night: "22:00" }';
    findings.push(error(['company', 'shifts'], `is missing: the roster goes by shifts, such as ${example}`));
  }
  const zone = textAt(company, 'zone');
  if (zone === undefined) {
    const message =
      'is missing: the roster is counted in it; must be an IANA time zone such as Asia/Shanghai';
    findings.push(error(['company', 'zone'], message));
  }
  const around = { shifts: shifts.map(({ name }) => name), pbxs: listAt(value, 'pbxs') };
  const progress = { findings, said: new Set<string>(), taken: new Set<string>() };
  const duties = lines.flatMap((line) => dutiesOf(line, around, progress));
  if (findings.length > 0 || zone === undefined) return { roster: undefined, findings };
  const definition = { zone, shifts, duties };
  return { roster: { hash: hashOf(definition), ...definition }, findings };
}

function shiftsOf(company: unknown): RosterDefinition['shifts'] {
  return Object.entries(groupAt(company, 'shifts') ?? {})
    .flatMap(([name, clock]) => {
      const fromMin = typeof clock === 'string' ? minuteOf(clock) : undefined;
      return fromMin === undefined ? [] : [{ name, fromMin }];
    })
    .toSorted((a, b) => a.fromMin - b.fromMin);
}

/** A line's duties: one for each day, two where a leader has a seat. None where anything in it is wrong. */
function dutiesOf(
  line: RosterLine,
  around: Surroundings,
  { findings, said, taken }: Progress,
): readonly RosterDuty[] {
  let isGood = true;
  const wrong = (column: RosterColumn, message: string): void => {
    isGood = false;
    const finding = { ...error([], message), ...line.at(column) };
    // The leader and the seats of one entry share its day: told once.
    const key = JSON.stringify(finding);
    if (!said.has(key)) findings.push(finding);
    said.add(key);
  };
  const days = daysOfLine(line, wrong);
  if (line.shift === '') wrong('shift', 'is missing: must be one of company.shifts');
  else if (around.shifts.length > 0 && !around.shifts.includes(line.shift)) {
    wrong('shift', nowhere(line.shift, 'shift', around.shifts, 'company.shifts'));
  }
  const isLeader = line.role === 'leader';
  if (!isLeader && line.role !== 'seat')
    wrong('role', `must be seat or leader${didYouMean(line.role, ['seat', 'leader'])}`);
  const place = placeOf(line, around, wrong);
  if (line.agent === '') wrong('agent', `is missing: must be a name, or "${NOBODY}" for nobody`);
  if (line.agent === NOBODY && days.some((day) => !isDate(day))) {
    wrong(
      'agent',
      `"${NOBODY}" (nobody) stands in for a weekday's line on a date: give a date, or leave the line out`,
    );
  }
  if (!isGood) return [];
  const agent = line.agent === NOBODY ? '' : line.agent;
  const { shift } = line;
  const duties = days.flatMap((day): readonly RosterDuty[] => [
    ...(isLeader ? [{ day, shift, role: 'leader' as const, pbx: '', seat: '', agent }] : []),
    ...(place === undefined ? [] : [{ day, shift, role: 'seat' as const, ...place, agent }]),
  ]);
  for (const duty of duties) {
    const key = [duty.day, shift, duty.role, duty.pbx, duty.seat].join('\u0000');
    const what = duty.role === 'leader' ? 'who leads' : 'who sits there in';
    if (taken.has(key)) {
      wrong(
        duty.role === 'leader' ? 'role' : 'seat',
        `tells ${what} shift ${shift} of ${duty.day} a second time: tell it once`,
      );
      return [];
    }
    taken.add(key);
  }
  return duties;
}

type Wrong = (column: RosterColumn, message: string) => void;

function daysOfLine({ day }: RosterLine, wrong: Wrong): readonly string[] {
  if (isDate(day)) return [day];
  const days = daysOf(day);
  if (days !== undefined) return days;
  const must = 'must be days such as mon-fri, or a date such as 2026-10-01';
  wrong('day', day === '' ? `is missing: ${must}` : `"${day}" is neither a day nor a date: ${must}`);
  return [];
}

/** Undefined where the line names no seat. */
function placeOf(
  { seat, pbx, role }: RosterLine,
  { pbxs }: Surroundings,
  wrong: Wrong,
): { readonly pbx: string; readonly seat: string } | undefined {
  if (seat === '') {
    if (role === 'seat') wrong('seat', 'is missing: must be a seat by its name or its interface');
    return undefined;
  }
  const names = pbxs.flatMap((one) => textAt(one, 'name') ?? []);
  const exchange =
    pbx === '' && pbxs.length === 1 ? pbxs[0] : pbxs.find((one) => textAt(one, 'name') === pbx);
  if (exchange === undefined) {
    wrong(
      'pbx',
      pbx === ''
        ? `is missing: must be the exchange of the seat, one of ${names.join(', ')}`
        : nowhere(pbx, 'exchange', names, 'pbxs'),
    );
    return undefined;
  }
  const seats = listAt(exchange, 'seats');
  const name = textAt(exchange, 'name') ?? '';
  const [known, another] = seats.filter((one) => textAt(one, 'name') === seat);
  if (another !== undefined)
    wrong('seat', `"${seat}" is the name of several seats: name it by its interface`);
  const device = known === undefined ? seat : (textAt(known, 'interface') ?? '');
  // A seat that is not configured is found as a member of a queue: by its interface it can be named all the same.
  if (known === undefined && !/^[A-Za-z0-9]+\/[^\s,&]+$/.test(seat)) {
    const hint = didYouMean(
      seat,
      seats.flatMap((one) => textAt(one, 'name') ?? []),
    );
    wrong(
      'seat',
      `"${seat}" is no seat of exchange "${name}": must be the name of one, or an interface such as PJSIP/101${hint}`,
    );
  }
  return { pbx: name, seat: device };
}

function hashOf(definition: Omit<RosterDefinition, 'hash'>): string {
  const { zone, shifts, duties } = definition;
  const sorted = duties.map((duty) => JSON.stringify(duty)).toSorted();
  return createHash('sha256')
    .update(JSON.stringify([zone, shifts, sorted]))
    .digest('hex')
    .slice(0, 12);
}
