import { writeFileSync } from 'node:fs';
import { numberFormSchema } from '../../src/attempts/number-settings.ts';

/** A line of a key file whose bytes are all `byte`. */
export const keyLine = (id: string, byte: number): string =>
  `${id}:${Buffer.alloc(32, byte).toString('base64')}\n`;

/** Writes a key file as the vault wants it. */
export function putKeys(file: string, ...lines: readonly string[]): void {
  writeFileSync(file, lines.join(''), { mode: 0o600 });
}

/** How numbers are written in China. */
export const NUMBERS = numberFormSchema.parse({ countryCode: '86', shortestNational: 10 });
