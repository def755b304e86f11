import { settingRows } from './setting-row.ts';

const WIDTH = 100;

/** The settings part of `--help`: every setting with its default and what it does, plain text. */
export function settingsHelp(): string {
  const lines = settingRows().flatMap(({ path, depth, expected, fallback, description, isGroup }) => {
    const indent = '  '.repeat(depth);
    const value = fallback === 'required' ? 'required' : fallback === '' ? 'optional' : `default ${fallback}`;
    const heading = isGroup ? `${indent}${path}` : `${indent}${path}  (${expected}; ${value})`;
    return [heading, ...wrapped(description, `${indent}    `)];
  });
  return [
    'Settings (YAML; config/reference.md has them as tables):',
    '',
    ...lines,
    '',
    ...ENVIRONMENT,
    '',
  ].join('\n');
}

const ENVIRONMENT = [
  'Settings from the environment: RINGSIDE_HTTP__PORT=9000 sets http.port, RINGSIDE_PBXS__HQ__AMI__HOST the',
  'host of the exchange named hq. "__" goes one step down, "_" parts words, an element of a list is told by',
  'its name or its number from 0. The environment wins over the file.',
];

function wrapped(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, indent + line];
}
