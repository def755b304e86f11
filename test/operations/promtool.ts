import { spawn } from 'node:child_process';

/** Runs a tool to its end; all that it said, in either stream. Never rejects: 127 is a program that cannot be run. */
export function run(
  program: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Has promtool live through a file of rule tests. Resolves to what comes out differently, '' where nothing does. */
export async function differencesInRules(promtool: string, file: string): Promise<string> {
  const { code, output } = await run(promtool, ['test', 'rules', file]);
  return code === 0 ? '' : output || `promtool ended with ${code}`;
}
