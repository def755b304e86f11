import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** One `FROM` and what follows it. */
export interface Stage {
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of the Dockerfile; of an instruction on several lines the first alone is read. */
export function stagesOf(checkout: string): readonly Stage[] {
  const lines = readFileSync(join(checkout, 'Dockerfile'), 'utf8').split('\n');
  const stages: { base: string; instructions: Instruction[] }[] = [];
  for (const [, name = '', text = ''] of lines.flatMap((line) => [/^([A-Z]+) (.*)$/.exec(line) ?? []])) {
    if (name === 'FROM') stages.push({ base: text, instructions: [] });
    else if (name !== '') stages.at(-1)?.instructions.push({ name, text });
  }
  return stages;
}

/** Texts of the instructions of that name. */
export const textsOf = ({ instructions }: Stage, name: string): readonly string[] =>
  instructions.filter((instruction) => instruction.name === name).map(({ text }) => text);

/** The words of an instruction in its JSON form (`ENTRYPOINT`, `CMD`, the `CMD` of `HEALTHCHECK`). */
export function wordsOf(stage: Stage, name: string): readonly string[] {
  const json = /\[.*\]$/.exec(textsOf(stage, name).join(''))?.[0] ?? '[]';
  return JSON.parse(json) as readonly string[];
}
