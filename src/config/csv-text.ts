/** One record, and the line it begins on (from 1): a quoted field may hold line ends. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** Records up to the first problem: behind it quotes can no longer be told from text. */
export interface CsvText {
  readonly records: readonly CsvRecord[];
  readonly problem: { readonly line: number; readonly message: string } | undefined;
}

type ReadRecord = { readonly fields: readonly string[]; readonly end: number } | { readonly wrong: string };
type Field = { readonly value: string; readonly end: number } | { readonly wrong: string };

/**
 * CSV as RFC 4180 has it, strictly: nothing is guessed where quotes do not fit. A byte order mark and either line end
 * are taken, fields are without the blanks around them, and empty lines and those that begin with `#` are skipped.
 * `;` parts the fields where the first record has it and no comma: spreadsheets write it where the comma is decimal.
 */
export function readCsv(written: string): CsvText {
  const text = written.replace(/^\uFEFF/, '');
  const records: CsvRecord[] = [];
  let separator: string | undefined;
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const first = text.slice(at, lineEnd(text, at));
    if (first.trim() === '' || first.startsWith('#')) {
      at += first.length + 1;
      line += 1;
      continue;
    }
    separator ??= first.includes(';') && !first.includes(',') ? ';' : ',';
    const record = readRecord(text, at, separator);
    if ('wrong' in record) return { records, problem: { line, message: record.wrong } };
    records.push({ line, fields: record.fields });
    line += text.slice(at, record.end).split('\n').length;
    at = record.end + 1;
  }
  return { records, problem: undefined };
}

/** `end`: its line end, or the end of the text. */
function readRecord(text: string, from: number, separator: string): ReadRecord {
  const fields: string[] = [];
  let at = from;
  for (;;) {
    const start = skipBlanks(text, at);
    const field = text[start] === '"' ? readQuoted(text, start, separator) : readPlain(text, at, separator);
    if ('wrong' in field) return field;
    fields.push(field.value);
    if (text[field.end] !== separator) return { fields, end: field.end };
    at = field.end + 1;
  }
}

function readPlain(text: string, from: number, separator: string): Field {
  const next = text.indexOf(separator, from);
  const end = Math.min(next < 0 ? text.length : next, lineEnd(text, from));
  const value = text.slice(from, end).trim();
  if (value.includes('"'))
    return { wrong: 'has a quote inside a field: put the field in quotes, and each quote in it twice' };
  return { value, end };
}

function readQuoted(text: string, from: number, separator: string): Field {
  let close = text.indexOf('"', from + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0) return { wrong: 'has a quote that is never closed' };
  const end = skipBlanks(text, close + 1);
  const isOver = end === text.length || text[end] === separator || text[end] === '\n';
  if (!isOver) return { wrong: 'goes on behind a closing quote: a quote in a field is written twice' };
  return {
    value: text
      .slice(from + 1, close)
      .replaceAll('""', '"')
      .trim(),
    end,
  };
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

/** Blanks in a line; the carriage return before its end is one. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') at += 1;
  return at;
}
