import { readCsv } from './csv-text.ts';
import { error, type Finding } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { groupAt, listAt, textAt } from './raw-value.ts';

/** What a line can say, under the names the file's columns have. */
export const ROSTER_COLUMNS = ['day', 'shift', 'seat', 'agent', 'role', 'pbx'] as const;
export type RosterColumn = (typeof ROSTER_COLUMNS)[number];

/** One line of a roster as written, from wherever it was written; '' for what it does not say. */
export type RosterLine = Readonly<Record<RosterColumn, string>> & {
  /** Where its mistakes are shown. */
  at(column: RosterColumn): Pick<Finding, 'path' | 'atKey' | 'inFile'>;
};

export interface RosterLines {
  readonly lines: readonly RosterLine[];
  readonly findings: readonly Finding[];
}

/** The lines of `roster.entries`: one for its leader, one for each seat. What has the wrong form is the schema's to tell. */
export function linesOfEntries(value: unknown): readonly RosterLine[] {
  return listAt(groupAt(value, 'roster'), 'entries').flatMap((entry, i) => {
    if (!isWritten(textAt(entry, 'day')) || !isWritten(textAt(entry, 'shift'))) return [];
    const path = ['roster', 'entries', i];
    const common = {
      day: textAt(entry, 'day') ?? '',
      shift: textAt(entry, 'shift') ?? '',
      pbx: textAt(entry, 'pbx') ?? '',
    };
    const leader = textAt(entry, 'leader');
    const leads: RosterLine[] = !isWritten(leader)
      ? []
      : [
          {
            ...common,
            seat: '',
            agent: leader,
            role: 'leader',
            at: (column) => ({
              path: [...path, column === 'agent' || column === 'role' ? 'leader' : column],
            }),
          },
        ];
    const seats = Object.entries(groupAt(entry, 'seats') ?? {}).flatMap(([seat, agent]): RosterLine[] => {
      if (typeof agent !== 'string' || agent === '') return [];
      const here = [...path, 'seats', seat];
      const at: RosterLine['at'] = (column) => {
        if (column === 'seat' || column === 'role') return { path: here, atKey: true };
        return { path: column === 'agent' ? here : [...path, column] };
      };
      return [{ ...common, seat, agent, role: 'seat', at }];
    });
    return [...leads, ...seats];
  });
}

const isWritten = (text: string | undefined): text is string => text !== undefined && text !== '';

const REQUIRED = ['day', 'shift', 'seat', 'agent', 'role'] as const;
// oxlint-disable-next-line no-control-regex -- control characters are what it refuses
const CONTROL = /[\u0000-\u001f\u007f]/;
const HEADER = `must begin with a line ${REQUIRED.join(',')} (in any order)`;

/** The lines of a roster file. */
export function linesOfCsv(text: string, file: string): RosterLines {
  const findings: Finding[] = [];
  const inFile = (line: number, column: string) => ({
    path: ['roster', 'file'],
    inFile: { file, line, column },
  });
  const wrong = (line: number, column: string, message: string): void => {
    findings.push({ ...error([], message), ...inFile(line, column) });
  };
  // What a decoder writes for bytes that are no UTF-8; spreadsheets save in the code page of their country.
  const stray = text.indexOf('\uFFFD');
  if (stray >= 0) {
    wrong(text.slice(0, stray).split('\n').length, '', 'is not UTF-8: save it as "CSV UTF-8"');
    return { lines: [], findings };
  }
  const { records, problem } = readCsv(text);
  if (problem !== undefined) wrong(problem.line, '', problem.message);
  const [header, ...body] = records;
  if (header === undefined) {
    if (problem === undefined) wrong(1, '', `is empty: ${HEADER}`);
    return { lines: [], findings };
  }
  const columns = readHeader(header.fields, (message) => wrong(header.line, '', message));
  if (columns === undefined) return { lines: [], findings };
  const lines = body.flatMap(({ line, fields }): RosterLine[] => {
    if (fields.length !== header.fields.length) {
      const count = `has ${fields.length} field${fields.length === 1 ? '' : 's'}`;
      wrong(line, '', `${count}: must have ${header.fields.length}, as the first line has`);
      return [];
    }
    if (fields.some((field) => CONTROL.test(field))) {
      wrong(line, '', 'has a line end or control character in a field: must be text on one line');
      return [];
    }
    const field = (column: RosterColumn): string => fields[columns.get(column) ?? -1] ?? '';
    return [
      {
        day: plainDate(field('day')),
        shift: field('shift'),
        seat: field('seat'),
        agent: field('agent'),
        role: field('role'),
        pbx: field('pbx'),
        at: (column) => inFile(line, column),
      },
    ];
  });
  return { lines, findings };
}

/** Which field is which column; undefined where it cannot be told. */
function readHeader(
  fields: readonly string[],
  wrong: (message: string) => void,
): ReadonlyMap<RosterColumn, number> | undefined {
  const columns = new Map<RosterColumn, number>();
  let isGood = true;
  const refuse = (message: string): void => {
    isGood = false;
    wrong(message);
  };
  for (const [i, name] of fields.entries()) {
    const column = ROSTER_COLUMNS.find((known) => known === name.toLowerCase());
    if (column === undefined) {
      refuse(
        `"${name}" is no column${didYouMean(name, ROSTER_COLUMNS) || `: known are ${ROSTER_COLUMNS.join(', ')}`}`,
      );
    } else if (columns.has(column)) {
      refuse(`has the column ${column} a second time: name each once`);
    } else {
      columns.set(column, i);
    }
  }
  const missing = REQUIRED.filter((column) => !columns.has(column));
  if (isGood && missing.length > 0) refuse(`lacks the column ${missing.join(', ')}: ${HEADER}`);
  return isGood ? columns : undefined;
}

/** Spreadsheets write `2026-10-01` back as `2026/10/1`; year first, it can be nothing else. */
function plainDate(written: string): string {
  const [, year, month, day] = /^([0-9]{4})\/([0-9]{1,2})\/([0-9]{1,2})$/.exec(written) ?? [];
  if (year === undefined || month === undefined || day === undefined) return written;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
