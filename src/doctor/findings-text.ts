import { FINDING_LEVELS, type ExchangeFindings, type Finding, type FindingLevel } from './finding.ts';

const INDENT = ' '.repeat(11);

/** For people: what is wrong first; no colours, so that it reads the same in a terminal, a file and a mail. */
export function findingsText(exchanges: readonly ExchangeFindings[]): string {
  const blocks = exchanges.map(({ pbx, address, findings }) =>
    [
      `Exchange ${pbx} at ${address}`,
      ...FINDING_LEVELS.flatMap((level) => findings.filter((one) => one.level === level).map(findingText)),
    ].join('\n'),
  );
  return `${[...blocks, summary(exchanges)].join('\n\n')}\n`;
}

/** For programs: the same, and the two counts the summary is made of. */
export function findingsJson(exchanges: readonly ExchangeFindings[]): string {
  const counts = { wrong: count(exchanges, 'wrong'), warnings: count(exchanges, 'warning') };
  return `${JSON.stringify({ ...counts, exchanges }, undefined, 2)}\n`;
}

export function count(exchanges: readonly ExchangeFindings[], level: FindingLevel): number {
  return exchanges.flatMap(({ findings }) => findings).filter((one) => one.level === level).length;
}

function findingText({ level, what, why, change }: Finding): string {
  const lines = [`  ${level.padEnd(7)}  ${what}`];
  if (why !== '') lines.push(`${INDENT}${why}`);
  if (change !== '') lines.push(`${INDENT}-> ${change}`);
  return lines.join('\n');
}

function summary(exchanges: readonly ExchangeFindings[]): string {
  const wrongs = count(exchanges, 'wrong');
  const warnings = count(exchanges, 'warning');
  const found = [
    wrongs === 0 ? 'Nothing is wrong' : `${wrongs} wrong`,
    ...(warnings === 0 ? [] : [`${warnings} warning${warnings === 1 ? '' : 's'}`]),
  ];
  return `${found.join(', ')}.`;
}
