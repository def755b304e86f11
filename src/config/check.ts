import type { HotlineDefinition } from '../hotlines/definition.ts';
import { weeklyOpenMinutes } from '../hotlines/hours.ts';
import type { CompiledConfig } from './compile.ts';
import type { Environment } from './environment.ts';
import { loadConfig } from './load.ts';
import { mistakeText, type Mistake } from './mistake.ts';

/**
 * `ringside check FILE`: every mistake, a line each; or what the file has Ringside watch. Exit code 1 where there is
 * an error, 0 otherwise (warnings too). No secret is in the text.
 */
export async function checkConfig(
  file: string,
  environment: Environment,
): Promise<{ readonly text: string; readonly exitCode: 0 | 1 }> {
  const result = await loadConfig(file, { environment, secretsElsewhere: true, keeps: true });
  if (!result.ok) {
    const lines = [...result.mistakes.map(mistakeText), `${file}: not usable: ${countText(result.mistakes)}`];
    return { text: `${lines.join('\n')}\n`, exitCode: 1 };
  }
  const verdict = result.warnings.length === 0 ? 'right' : `usable: ${countText(result.warnings)}`;
  const lines = [...result.warnings.map(mistakeText), `${file}: ${verdict}`, ...summary(result.config)];
  return { text: `${lines.join('\n')}\n`, exitCode: 0 };
}

/** `2 errors, 1 warning` */
export function countText(mistakes: readonly Mistake[]): string {
  const count = (level: Mistake['level']): string => {
    const number = mistakes.filter((mistake) => mistake.level === level).length;
    return number === 0 ? '' : numberOf(number, level);
  };
  return [count('error'), count('warning')].filter((part) => part !== '').join(', ');
}

function summary(config: CompiledConfig): readonly string[] {
  return [...exchangeLines(config), ...keptLines(config)];
}

function exchangeLines({ definition, connections }: CompiledConfig): readonly string[] {
  return definition.pbxs.flatMap((pbx, i) => {
    const hotlines = definition.hotlines.filter((hotline) => hotline.pbx === pbx.name);
    const connection = connections[i];
    const wire = connection?.tls === undefined ? '' : ' over TLS';
    const { trunks, queues, seats } = pbx;
    const counts = [
      numberOf(trunks.length, 'trunk'),
      numberOf(queues.length, 'queue'),
      numberOf(seats.length, 'configured seat'),
    ].join(', ');
    return [
      `  exchange ${pbx.name}: ${connection?.host}:${connection?.port}${wire}, ${counts}`,
      ...hotlines.map((hotline) => `    ${hotlineText(hotline)}`),
    ];
  });
}

function keptLines({ roster, journal, queueLogs, reports }: CompiledConfig): readonly string[] {
  const lines: string[] = [];
  if (roster !== undefined) {
    const { shifts, duties } = roster;
    lines.push(`  roster: ${numberOf(shifts.length, 'shift')}, ${numberOf(duties.length, 'duty', 'duties')}`);
  }
  if (journal.file !== undefined) {
    const { numbersDays, callsMonths } = journal.retention;
    const calls = `calls for ${numberOf(callsMonths, 'month')}`;
    const numbers = journal.keys.length === 0 ? 'no numbers' : `numbers for ${numberOf(numbersDays, 'day')}`;
    lines.push(`  journal: ${journal.file}, ${calls}, ${numbers}`);
  }
  if (reports.folder !== undefined) {
    const { folder, formats, languages } = reports;
    lines.push(`  reports: ${folder}, ${formats.join(', ')} in ${languages.join(', ')}`);
  }
  return [...lines, ...queueLogs.map(({ pbx, path }) => `  queue log of ${pbx}: ${path}`)];
}

const numberOf = (number: number, one: string, several = `${one}s`): string =>
  `${number} ${number === 1 ? one : several}`;

function hotlineText({ name, kind, numbers, emergency, hours }: HotlineDefinition): string {
  const weekly = `${Math.round(weeklyOpenMinutes(hours) / 6) / 10} h a week`;
  const open = emergency ? 'emergency, all hours' : weekly;
  return `hotline ${name}: ${kind}, ${numberOf(numbers.length, 'number')}, ${open}, ${hours.zone}`;
}
