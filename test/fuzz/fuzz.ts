import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeCommand } from './node-command.ts';
import { seedsOf } from './seeds.ts';
import { LONGEST_INPUT, type Target, TARGETS } from './targets.ts';

const HERE = import.meta.dirname;
const SCRATCH = join(HERE, '../../.cache/fuzz');

const HELP = `Usage: npm run fuzz -- [--seconds N] [--merge] [TARGET…]
Targets: ${TARGETS.join(', ')}; all of them where none is named.
  --seconds N   for how long in all (60)
  --merge       keep in test/fuzz/corpus what takes ways through the code that nothing there takes yet
`;

/** What one run of libFuzzer came to. */
interface Run {
  readonly code: number | null;
  readonly output: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    merge: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => !TARGETS.some((target) => target === name));
const seconds = Number(values.seconds);
if (values.help || unknown.length > 0 || !(seconds >= 1)) {
  process.stdout.write(HELP);
  process.exitCode = values.help ? 0 : 2;
} else {
  const targets = TARGETS.filter((target) => positionals.length === 0 || positionals.includes(target));
  for (const target of targets) {
    const isSound = await (values.merge ? merge(target) : search(target, seconds / targets.length));
    if (!isSound) process.exitCode = 1;
  }
}

/** Looks for an input that breaks the target: it is left in the corpus, where `npm test` finds it from then on. */
async function search(target: Target, forS: number): Promise<boolean> {
  const { code, output } = await guided(target, [
    scratchOf(target),
    corpusOf(target),
    `-max_total_time=${Math.max(1, Math.round(forS))}`,
    `-max_len=${LONGEST_INPUT[target]}`,
    `-artifact_prefix=${corpusOf(target)}/`,
  ]);
  if (code !== 0) {
    process.stdout.write(`${target}: broken\n${output.slice(-6_000)}\n`);
    return false;
  }
  const inputs = /#(\d+)\s+DONE/.exec(output)?.[1] ?? '?';
  const branches = /DONE\s+cov: (\d+)/.exec(output)?.[1] ?? '?';
  process.stdout.write(`${target}: held for ${inputs} inputs, ${branches} branches taken\n`);
  return true;
}

async function merge(target: Target): Promise<boolean> {
  for (const [name, bytes] of seedsOf(target)) writeFileSync(join(scratchOf(target), name), bytes);
  const { code, output } = await guided(target, [
    '-merge=1',
    '-use_counters=0',
    '-use_cmp=0',
    corpusOf(target),
    scratchOf(target),
  ]);
  const told = /MERGE-OUTER: \d+ new files.*/.exec(output)?.[0] ?? output.slice(-2_000);
  process.stdout.write(`${target}: ${told}\n`);
  return code === 0;
}

function guided(target: Target, options: readonly string[]): Promise<Run> {
  const words = [...nodeCommand(), '--disable-warning=ExperimentalWarning'];
  const [command = '', ...before] = words;
  const child = spawn(command, [...before, join(HERE, 'guided.ts'), target, '--', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, RINGSIDE_FUZZ_COMMAND: JSON.stringify(words) },
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

function corpusOf(target: Target): string {
  return made(join(HERE, 'corpus', target));
}
/** What was found on this machine so far: the next run goes on from there. */
function scratchOf(target: Target): string {
  return made(join(SCRATCH, target));
}
function made(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}
