import { compileHours, minuteOf } from './hours-text.ts';
import { error, warning, type Finding } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { groupAt, isGroup, isTrueAt, listAt, textAt } from './raw-value.ts';
import type { HoursText } from './schema-hours.ts';
import type { SettingPath } from './setting-node.ts';

/** Hours, zones and shifts that are right by their form and wrong all the same. */
export function checkHours(value: unknown): readonly Finding[] {
  const company = groupAt(value, 'company');
  const findings = [
    ...zoneFinding(company, ['company', 'zone']),
    ...shiftFindings(company, ['company', 'shifts']),
  ];
  const hasZone = textAt(company, 'zone') !== undefined;
  for (const [i, hotline] of listAt(value, 'hotlines').entries()) {
    findings.push(...hotlineFindings(hotline, ['hotlines', i], hasZone));
  }
  return findings;
}

function hotlineFindings(hotline: unknown, path: SettingPath, companyHasZone: boolean): readonly Finding[] {
  if (!isGroup(hotline)) return [];
  const findings: Finding[] = [];
  const emergency = isTrueAt(hotline, 'emergency');
  const hoursPath = [...path, 'hours'];
  if (hotline['hours'] === undefined && !emergency) {
    findings.push(
      error(
        hoursPath,
        'is missing: must be the hours in which people are promised, such as { week: { mon-fri: "08:00-20:00" } }',
      ),
    );
    return findings;
  }
  const hours = groupAt(hotline, 'hours');
  if (textAt(hours, 'zone') === undefined && !companyHasZone) {
    const message = 'is missing: must be an IANA time zone such as Asia/Shanghai, here or as company.zone';
    findings.push(error([...hoursPath, 'zone'], message));
  }
  if (hours === undefined) return findings;
  findings.push(
    ...zoneFinding(hours, [...hoursPath, 'zone']),
    ...shiftFindings(hours, [...hoursPath, 'shifts']),
  );
  const { week, exceptions, problems } = compileHours(readable(hours));
  for (const problem of problems) {
    const at = [...hoursPath, ...problem.path];
    findings.push({ ...error(at, problem.message), atKey: true });
  }
  const spans = [...Object.values(week), ...exceptions.values()];
  if (
    emergency &&
    spans.some((day) => day.reduce((sum, span) => sum + span.untilMin - span.fromMin, 0) < 1_440)
  ) {
    const message =
      'is not used: an emergency hotline is open at all hours; leave it out, or write { mon-sun: 24h }';
    findings.push(warning([...hoursPath, 'week'], message));
  }
  return findings;
}

/** What of the hours has the right form; the rest is the schema's to complain about. */
function readable(hours: Readonly<Record<string, unknown>>): Pick<HoursText, 'week' | 'exceptions'> {
  return {
    week: readableTable(groupAt(hours, 'week')),
    exceptions: readableTable(groupAt(hours, 'exceptions')),
  };
}

function readableTable(table: Readonly<Record<string, unknown>> | undefined): HoursText['week'] {
  const entries = Object.entries(table ?? {}).map(([key, spans]): [string, string | string[]] => {
    if (Array.isArray(spans)) return [key, spans.filter((span) => typeof span === 'string')];
    return [key, typeof spans === 'string' ? spans : []];
  });
  return Object.fromEntries(entries);
}

function zoneFinding(holder: unknown, path: SettingPath): readonly Finding[] {
  const zone = textAt(holder, 'zone');
  if (zone === undefined || isZone(zone)) return [];
  const hint = didYouMean(zone, Intl.supportedValuesOf('timeZone')) || ' (such as Asia/Shanghai)';
  return [error(path, `"${zone}" is no time zone: must be a name of the IANA table${hint}`)];
}

/** By name only: an offset such as `+08:00` knows no change of the clock. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function shiftFindings(holder: unknown, path: SettingPath): readonly Finding[] {
  const seen = new Map<number, string>();
  return Object.entries(groupAt(holder, 'shifts') ?? {}).flatMap(([name, clock]) => {
    const minute = typeof clock === 'string' ? minuteOf(clock) : undefined;
    if (minute === undefined) return [];
    const other = seen.get(minute);
    seen.set(minute, name);
    if (other === undefined) return [];
    return [error([...path, name], `begins when shift "${other}" does: each needs its own start`)];
  });
}
